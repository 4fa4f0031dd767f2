//! For each taxon of the backbone, the groups of taxa named by rules that hold it.

use cites::TaxonId;
use species::{Backbone, Placement};

use super::book::RuleBook;
use super::facts::Groups;

/// The groups of every taxon, ready to be looked up.
#[derive(Debug, Clone, Default)]
pub struct GroupIndex {
    by_taxon: Vec<Groups>,
}

impl GroupIndex {
    /// The groups of `rules` over the taxa of `backbone`.
    pub fn build(rules: &RuleBook, backbone: &Backbone) -> GroupIndex {
        let mut by_taxon = vec![Groups::default(); backbone.len()];
        let mut mark = |taxon: TaxonId, mark: &dyn Fn(&mut Groups)| {
            if let Some(groups) = by_taxon.get_mut(taxon.0 as usize) {
                mark(groups);
            }
        };
        for (place, group) in rules.groups().iter().enumerate() {
            for named in group {
                let within = std::iter::once(*named).chain(backbone.descendants(*named));
                within.for_each(|taxon| mark(taxon, &|groups| groups.surely |= 1 << place));
                let above = backbone.lineage(*named).skip(1);
                above.for_each(|taxon| mark(taxon, &|groups| groups.perhaps |= 1 << place));
            }
        }
        GroupIndex { by_taxon }
    }

    /// The groups of what was written, which lies at `taxon` or below it.
    pub fn of(&self, taxon: TaxonId, placement: Placement) -> Groups {
        let found = self.by_taxon.get(taxon.0 as usize).copied().unwrap_or_default();
        // A known member is none of the taxa below that rules name.
        let perhaps = if placement == Placement::KnownMember { 0 } else { found.perhaps & !found.surely };
        Groups { surely: found.surely, perhaps }
    }
}
