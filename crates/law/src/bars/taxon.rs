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
}

impl ListedTaxon {
    /// The taxon that `name` stands for; `None` where the backbone has none or several.
    pub fn find(backbone: &Backbone, kingdom: Kingdom, name: &str) -> Option<ListedTaxon> {
        match backbone.find(Some(kingdom), name).as_slice() {
            [one] => Some(ListedTaxon { lineage: backbone.lineage(*one).collect() }),
            several => {
                // A name in use goes before a synonym of another taxon.
                let accepted = several.iter().find(|id| backbone.name(**id) == name)?;
                Some(ListedTaxon { lineage: backbone.lineage(*accepted).collect() })
            }
        }
    }

    /// The taxon.
    pub fn id(&self) -> TaxonId {
        self.lineage.first().copied().unwrap_or(TaxonId(u32::MAX))
    }

    /// Whether a taxon with `lineage` (itself first) is this one or lies below it; unknown where it lies
    /// above, because it may be this one.
    pub(crate) fn holds(&self, lineage: &[TaxonId]) -> Test {
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
