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
}

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
        RowsByTaxon { begins, places, count }
    }

    /// The rows that may concern a taxon with `lineage`, itself first: all rows where no taxon is told.
    pub(crate) fn of(&self, lineage: &[TaxonId]) -> Places<'_> {
        let span = lineage.first().and_then(|taxon| {
            let at = taxon.0 as usize;
            Some((*self.begins.get(at)?, *self.begins.get(at + 1)?))
        });
        match span {
            Some((from, until)) => {
                Places::Some(self.places.get(from as usize..until as usize).unwrap_or_default().iter())
            }
            None => Places::All(0..self.count),
        }
    }
}

impl RowsByTaxon {
    /// The same, of rows that are in the order of a key, those with one key only.
    pub(crate) fn of_key<K: Ord>(
        &self,
        lineage: &[TaxonId],
        key: K,
        key_of: impl Fn(usize) -> K,
    ) -> Places<'_> {
        match self.of(lineage) {
            Places::Some(places) => {
                let places = places.as_slice();
                let first = places.partition_point(|place| key_of(*place as usize) < key);
                let rest = places.get(first..).unwrap_or_default();
                let count = rest.iter().take_while(|place| key_of(**place as usize) == key).count();
                Places::Some(rest.get(..count).unwrap_or_default().iter())
            }
            Places::All(places) => {
                let first = places.clone().find(|place| key_of(*place as usize) == key).unwrap_or(places.end);
                let after = (first..places.end).find(|place| key_of(*place as usize) != key);
                Places::All(first..after.unwrap_or(places.end))
            }
        }
    }
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
    }
}
