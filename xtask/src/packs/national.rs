//! An entry of a national list and how it is written into `national_list.csv`.

use anyhow::{Context, Result};

use super::CHECKED;
use super::place::Place;

/// One entry of a national list.
pub struct Entry {
    /// `Animalia` or `Plantae`; algae and fungi count as plants, as in the list.
    pub kingdom: &'static str,
    /// The taxon in the spelling and under the name that can be resolved.
    pub taxon: String,
    /// Rank of the taxon; a section stands on its genus.
    pub rank: &'static str,
    /// `I` or `II`.
    pub class: String,
    /// Whose side: `forestry`, `fishery` or `agriculture`.
    pub side: &'static str,
    /// Which specimens are meant: empty all, `wild`, `landlocked`.
    pub scope: &'static str,
    /// The section of the genus that is meant; empty the whole.
    pub section: String,
    /// The list's own words on what is meant.
    pub scope_note: String,
    /// Taxa that are not meant, joined by `;`.
    pub except: String,
    /// Chinese name.
    pub name_zh: String,
    /// Another Chinese name that the list gives: a former or bracketed one.
    pub other_zh: String,
    /// The scientific name as the transcription has it.
    pub as_listed: String,
    /// The Checklist's taxon of which this one is only a part.
    pub part_of: String,
    /// Where it hangs in the tree of names.
    pub place: Place,
    /// First day in force.
    pub from: &'static str,
    /// The announcement.
    pub source: &'static str,
    /// `F` or `D`.
    pub confidence: &'static str,
}

impl Entry {
    /// Whether the list counts it among its groups rather than its species.
    pub fn is_group(&self) -> bool {
        matches!(self.rank, "genus" | "family" | "order")
    }
}

const HEADER: [&str; 22] = [
    "kingdom",
    "taxon",
    "rank",
    "class",
    "side",
    "scope",
    "section",
    "scope_note",
    "except_taxa",
    "name_zh",
    "other_zh",
    "as_listed",
    "part_of",
    "phylum",
    "class_name",
    "order_name",
    "family",
    "from",
    "until",
    "source",
    "confidence",
    "checked",
];

/// The table as CSV text.
///
/// # Errors
/// A cell cannot be written.
pub fn csv<'a>(entries: impl Iterator<Item = &'a Entry>) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for entry in entries {
        let (e, place) = (entry, &entry.place);
        let cells: [&str; 22] = [
            e.kingdom,
            &e.taxon,
            e.rank,
            &e.class,
            e.side,
            e.scope,
            &e.section,
            &e.scope_note,
            &e.except,
            &e.name_zh,
            &e.other_zh,
            &e.as_listed,
            &e.part_of,
            &place.phylum,
            &place.class,
            &place.order,
            &place.family,
            e.from,
            "",
            e.source,
            e.confidence,
            CHECKED,
        ];
        writer.write_record(cells)?;
    }
    String::from_utf8(writer.into_inner().context("writing the national list")?).context("not UTF-8")
}
