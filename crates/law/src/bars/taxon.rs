//! The taxon that a row names, with those above it, so that a row is compared without the backbone.
//!
//! Source of truth: the backbone at loading. A name that is not in it stops the loading.

use cites::{Kingdom, TaxonId};
use species::Backbone;

use super::missing::{Missing, Test};

/// A taxon that a row of a law table names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTaxon {
    lineage: Box<[TaxonId]>,
    /// The row names a species that the backbone does not have, below the genus that `lineage` opens with.
    below: bool,
}

impl ListedTaxon {
    /// The taxon that `name` stands for; `None` where the backbone has none or several.
    pub fn find(backbone: &Backbone, kingdom: Kingdom, name: &str) -> Option<ListedTaxon> {
        let found = backbone.find(Some(kingdom), name);
        // A name in use goes before a synonym of another taxon.
        let accepted = found.iter().find(|id| backbone.name(**id) == name);
        let id = match (accepted, found.as_slice()) {
            (Some(id), _) => *id,
            (None, [one]) => *one,
            (None, _) => return None,
        };
        Some(ListedTaxon { lineage: backbone.lineage(id).collect(), below: false })
    }

    /// As [`ListedTaxon::find`]; a species that the backbone does not have is taken as some species of its
    /// genus, so that a row on it is unknown, not met, for a line of that genus.
    pub fn find_or_below(backbone: &Backbone, kingdom: Kingdom, name: &str) -> Option<ListedTaxon> {
        ListedTaxon::find(backbone, kingdom, name).or_else(|| {
            let (genus, _) = name.split_once(' ')?;
            Some(ListedTaxon { below: true, ..ListedTaxon::find(backbone, kingdom, genus)? })
        })
    }

    /// Whether the backbone has the taxon itself; if not, [`ListedTaxon::id`] is its genus.
    pub fn is_in_backbone(&self) -> bool {
        !self.below
    }

    /// The taxon.
    pub fn id(&self) -> TaxonId {
        self.lineage.first().copied().unwrap_or(TaxonId(u32::MAX))
    }

    /// Whether a taxon with `lineage` (itself first) is this one or lies below it; unknown where it lies
    /// above, because it may be this one.
    pub(crate) fn holds(&self, lineage: &[TaxonId]) -> Test {
        if self.below {
            let may_be = lineage.first().is_none_or(|asked| self.lineage.contains(asked));
            return if may_be { Test::lacks(Missing::Taxon) } else { Test::NotMet };
        }
        if lineage.contains(&self.id()) {
            return Test::Met;
        }
        match lineage.first() {
            Some(asked) if self.lineage.contains(asked) => Test::lacks(Missing::Taxon),
            Some(_) => Test::NotMet,
            None => Test::lacks(Missing::Taxon),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bars::fixture::{backbone, lineage};

    fn check(row: &str, asked: &str, expected: Test) {
        let listed = ListedTaxon::find_or_below(&backbone(), Kingdom::Animalia, row).unwrap();
        assert_eq!(listed.holds(&lineage(asked)), expected, "{row} for {asked}");
    }

    #[test]
    fn a_taxon_holds_itself_and_what_lies_below() {
        check("Calumma", "Calumma parsonii", Test::Met);
        check("Calumma", "Calumma", Test::Met);
        check("Calumma parsonii", "Calumma", Test::lacks(Missing::Taxon));
        check("Calumma parsonii", "Calumma capuroni", Test::NotMet);
    }

    #[test]
    fn a_species_that_the_backbone_does_not_have_leaves_its_genus_open() {
        check("Calumma vencesi", "Calumma", Test::lacks(Missing::Taxon));
        check("Calumma vencesi", "Animalia", Test::lacks(Missing::Taxon));
        check("Calumma vencesi", "Calumma parsonii", Test::NotMet);
        check("Calumma vencesi", "Saiga tatarica", Test::NotMet);
        assert!(ListedTaxon::find(&backbone(), Kingdom::Animalia, "Calumma vencesi").is_none());
        assert!(ListedTaxon::find_or_below(&backbone(), Kingdom::Animalia, "Callumma vencesi").is_none());
    }
}
