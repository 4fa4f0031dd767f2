//! Imported names in memory, while they are merged and written.

use std::collections::BTreeMap;

use cites::{Country, Kingdom, Rank};

use crate::import::{IndexRow, WrittenName};

/// Names to be written. Ordered, so that the same names always make the same file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameSet {
    pub(super) taxa: BTreeMap<(Kingdom, String), Record>,
}

/// An accepted name with what the download says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub author: String,
    pub rank: Rank,
    pub taxon_id: u32,
    /// Phylum, class, order, family, genus.
    pub above: [String; 5],
    pub listing: String,
    pub annotation: String,
    pub parts: String,
    pub range: Vec<Country>,
    pub synonyms: Vec<WrittenName>,
}

/// What a merge did, by accepted names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MergeReport {
    /// Names that were not there.
    pub added: usize,
    /// Names of which something changed.
    pub changed: usize,
    /// Names that were there just so.
    pub unchanged: usize,
    /// Names that stand twice in the download; the last row holds.
    pub repeated: usize,
}

impl NameSet {
    /// How many accepted names there are.
    pub fn len(&self) -> usize {
        self.taxa.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.taxa.is_empty()
    }

    /// How many synonyms there are.
    pub fn synonym_count(&self) -> usize {
        self.taxa.values().map(|record| record.synonyms.len()).sum()
    }

    /// Takes in the rows of an Index. A taxon that is there already takes what the new row says; taxa that the
    /// new rows do not have stay.
    pub fn merge(&mut self, rows: &[IndexRow]) -> MergeReport {
        let mut report = MergeReport::default();
        let mut fresh: BTreeMap<(Kingdom, String), Record> = BTreeMap::new();
        for row in rows {
            let key = (row.kingdom, row.name.name.clone());
            if fresh.insert(key, Record::of(row)).is_some() {
                report.repeated += 1;
            }
        }
        for (key, record) in fresh {
            match self.taxa.get(&key) {
                Some(known) if *known == record => report.unchanged += 1,
                Some(_) => report.changed += 1,
                None => report.added += 1,
            }
            self.taxa.insert(key, record);
        }
        report
    }
}

impl Record {
    fn of(row: &IndexRow) -> Self {
        let mut synonyms: Vec<WrittenName> =
            row.synonyms.iter().filter(|synonym| synonym.name != row.name.name).cloned().collect();
        synonyms.sort();
        synonyms.dedup_by(|one, other| one.name == other.name);
        Record {
            author: row.name.author.clone(),
            rank: row.rank,
            taxon_id: row.taxon_id,
            above: row.above.clone(),
            listing: row.listing.clone(),
            annotation: row.annotation.clone(),
            parts: row.parts.clone(),
            range: row.range.iter().collect(),
            synonyms,
        }
    }
}
