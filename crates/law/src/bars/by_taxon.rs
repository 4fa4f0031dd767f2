//! Which rows of a table may concern a taxon: those that name it, a taxon above it or one below it.
//!
//! Source of truth: the tree of taxa at loading. Most taxa have no row in most tables; this tells so at once.

use cites::TaxonId;
use species::Backbone;

/// The places of the rows that may concern each taxon, in the order of the table.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowsByTaxon {
    /// For each taxon of the tree, where its places begin; one more at the end.
    begins: Vec<u32>,
    places: Vec<u32>,
    count: u32,
    /// One bit for each taxon that has a place: short enough to stay near, so that most questions end here.
    concerned: Vec<u64>,
}

/// The bits of a word.
const WORD: usize = u64::BITS as usize;

impl RowsByTaxon {
    /// The index over rows that name `taxa`, one a row, in the order of the table.
    pub(crate) fn build(backbone: &Backbone, taxa: impl Iterator<Item = TaxonId> + Clone) -> RowsByTaxon {
        let mut lengths = vec![0_u32; backbone.len() + 1];
        let concerned = |taxon: TaxonId| backbone.lineage(taxon).chain(backbone.descendants(taxon));
        for taxon in taxa.clone().flat_map(concerned) {
            lengths.iter_mut().skip(taxon.0 as usize + 1).take(1).for_each(|length| *length += 1);
        }
        let begins: Vec<u32> = lengths
            .iter()
            .scan(0, |sum, length| {
                *sum += length;
                Some(*sum)
            })
            .collect();
        let mut next = begins.clone();
        let mut places = vec![0; begins.last().map_or(0, |all| *all as usize)];
        let mut count = 0;
        for (place, taxon) in taxa.enumerate() {
            for concerned in concerned(taxon) {
                let Some(at) = next.get_mut(concerned.0 as usize) else { continue };
                places.iter_mut().skip(*at as usize).take(1).for_each(|slot| *slot = place as u32);
                *at += 1;
            }
            count += 1;
        }
        let mut concerned = vec![0; backbone.len().div_ceil(WORD)];
        let with_places = begins.windows(2).enumerate().filter(|(_, ends)| ends.first() != ends.last());
        for (taxon, _) in with_places {
            concerned.iter_mut().skip(taxon / WORD).take(1).for_each(|word| *word |= 1 << (taxon % WORD));
        }
        RowsByTaxon { begins, places, count, concerned }
    }

    /// Whether some row may concern a taxon with `lineage`.
    #[inline]
    pub(crate) fn concern(&self, lineage: &[TaxonId]) -> bool {
        let word = |at: usize| self.concerned.get(at / WORD).is_some_and(|word| word & 1 << (at % WORD) != 0);
        lineage.first().map_or(self.count > 0, |taxon| word(taxon.0 as usize))
    }

    /// The rows that may concern a taxon with `lineage`, itself first: all rows where no taxon is told.
    #[inline]
    pub(crate) fn of(&self, lineage: &[TaxonId]) -> Places<'_> {
        if !self.concern(lineage) {
            return Places::Some([].iter());
        }
        match self.span(lineage) {
            Some((from, until)) => {
                Places::Some(self.places.get(from as usize..until as usize).unwrap_or_default().iter())
            }
            None => Places::All(0..self.count),
        }
    }

    /// Where the places of the first taxon of `lineage` are.
    #[inline]
    fn span(&self, lineage: &[TaxonId]) -> Option<(u32, u32)> {
        let at = lineage.first()?.0 as usize;
        Some((*self.begins.get(at)?, *self.begins.get(at + 1)?))
    }
}

/// The same for rows in the order of a key, asked for the rows of one key: keys stand beside the places, so that
/// a search reads one short list.
#[derive(Debug, Clone, Default)]
pub(crate) struct KeyedRows {
    by_taxon: RowsByTaxon,
    /// For each place of `by_taxon`, the key of its row.
    keys: Vec<u32>,
    /// The key of every row.
    all: Vec<u32>,
}

impl KeyedRows {
    /// Whether some row may concern a taxon with `lineage`.
    #[inline]
    pub(crate) fn concern(&self, lineage: &[TaxonId]) -> bool {
        self.by_taxon.concern(lineage)
    }

    /// The index over rows that name `taxa` and have `keys`, one a row, in the order of the keys.
    pub(crate) fn build(
        backbone: &Backbone,
        taxa: impl Iterator<Item = TaxonId> + Clone,
        keys: Vec<u32>,
    ) -> KeyedRows {
        let by_taxon = RowsByTaxon::build(backbone, taxa);
        let of_places = by_taxon.places.iter().filter_map(|place| keys.get(*place as usize).copied());
        KeyedRows { keys: of_places.collect(), by_taxon, all: keys }
    }

    /// The rows of `key` that may concern a taxon with `lineage`, itself first: all of them where no taxon is
    /// told.
    #[inline]
    pub(crate) fn of(&self, lineage: &[TaxonId], key: u32) -> Places<'_> {
        let Some((from, until)) = self.by_taxon.span(lineage) else {
            let (first, count) = equal_range(&self.all, key);
            return Places::All(first as u32..(first + count) as u32);
        };
        let (from, until) = (from as usize, until as usize);
        let (first, count) = equal_range(self.keys.get(from..until).unwrap_or_default(), key);
        let places = self.by_taxon.places.get(from + first..from + first + count);
        Places::Some(places.unwrap_or_default().iter())
    }
}

/// Where `key` begins in keys that are in order, and how often it stands there.
fn equal_range(keys: &[u32], key: u32) -> (usize, usize) {
    let first = keys.partition_point(|known| *known < key);
    let count = keys.iter().skip(first).take_while(|known| **known == key).count();
    (first, count)
}

/// Places of rows.
pub(crate) enum Places<'p> {
    /// Some of them.
    Some(std::slice::Iter<'p, u32>),
    /// All of them.
    All(std::ops::Range<u32>),
}

impl Iterator for Places<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        match self {
            Places::Some(places) => places.next().map(|place| *place as usize),
            Places::All(places) => places.next().map(|place| place as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_concerns_its_taxon_those_above_and_those_below() {
        let taxa = "kingdom,rank,name,parent,status,source\n\
                    Animalia,family,Felidae,,accepted,example\n\
                    Animalia,genus,Panthera,Felidae,accepted,example\n\
                    Animalia,species,Panthera leo,Panthera,accepted,example\n\
                    Animalia,species,Panthera pardus,Panthera,accepted,example\n";
        let backbone = Backbone::from_tables(taxa, "", "").unwrap();
        let id = |name: &str| backbone.find(None, name)[0];
        let rows = [id("Panthera"), id("Panthera leo")];
        let index = RowsByTaxon::build(&backbone, rows.iter().copied());
        let of = |name: &str| index.of(&[id(name)]).collect::<Vec<_>>();
        assert_eq!(of("Felidae"), [0, 1]);
        assert_eq!(of("Panthera leo"), [0, 1]);
        assert_eq!(of("Panthera pardus"), [0]);
        assert_eq!(index.of(&[]).collect::<Vec<_>>(), [0, 1]);
        let keyed = KeyedRows::build(&backbone, [rows[0], rows[1], rows[1]].into_iter(), vec![3, 5, 5]);
        let of = |lineage: &[TaxonId], key| keyed.of(lineage, key).collect::<Vec<_>>();
        assert_eq!(of(&[id("Panthera leo")], 5), [1, 2]);
        assert_eq!(of(&[id("Panthera leo")], 3), [0]);
        assert_eq!(of(&[id("Panthera pardus")], 5), [0_usize; 0]);
        assert_eq!(of(&[], 5), [1, 2]);
        assert_eq!(of(&[], 4), [0_usize; 0]);
    }
}
