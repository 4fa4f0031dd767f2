//! Every taxon with those above it, one list after another, and the nearest of them that has an entry.
//!
//! Source of truth: the tree of taxa at loading. Asking it touches no heap and follows no pointers.

use cites::TaxonId;
use species::Backbone;

/// No taxon.
const NONE: u32 = u32::MAX;

/// The lineage of every taxon.
#[derive(Debug, Default)]
pub(super) struct Lineages {
    /// For each taxon, where its lineage begins in `taxa`; one more at the end.
    begins: Vec<u32>,
    taxa: Vec<TaxonId>,
    /// For each taxon, the nearest at or above it that has an entry of its own.
    nearest_listed: Vec<u32>,
}

impl Lineages {
    /// The lineages of `backbone`, whose parents stand before their children.
    pub(super) fn build(backbone: &Backbone, is_listed: impl Fn(TaxonId) -> bool) -> Lineages {
        let mut lineages = Lineages { begins: vec![0], ..Lineages::default() };
        for taxon in backbone.taxa() {
            lineages.taxa.push(taxon);
            let parent = backbone.parent(taxon);
            let above = parent.map(|parent| lineages.range(parent)).unwrap_or_default();
            lineages.taxa.extend_from_within(above);
            lineages.begins.push(lineages.taxa.len() as u32);
            let of_parent = parent.and_then(|parent| lineages.nearest_listed.get(parent.0 as usize));
            let nearest = if is_listed(taxon) { taxon.0 } else { of_parent.copied().unwrap_or(NONE) };
            lineages.nearest_listed.push(nearest);
        }
        lineages
    }

    fn range(&self, taxon: TaxonId) -> std::ops::Range<usize> {
        let at = taxon.0 as usize;
        let ends = self.begins.get(at).zip(self.begins.get(at + 1));
        ends.map_or(0..0, |(from, until)| *from as usize..*until as usize)
    }

    /// The taxon, then every taxon above it; nothing for a taxon that is not in the tree.
    #[inline]
    pub(super) fn of(&self, taxon: TaxonId) -> &[TaxonId] {
        self.taxa.get(self.range(taxon)).unwrap_or_default()
    }

    /// The nearest taxon at or above `taxon` that has an entry, whenever in force.
    #[inline]
    pub(super) fn nearest_listed(&self, taxon: TaxonId) -> Option<TaxonId> {
        let nearest = self.nearest_listed.get(taxon.0 as usize)?;
        (*nearest != NONE).then_some(TaxonId(*nearest))
    }

    /// The nearest taxon above `taxon` that has an entry, whenever in force.
    #[inline]
    pub(super) fn next_listed(&self, taxon: TaxonId) -> Option<TaxonId> {
        self.of(taxon).get(1).and_then(|above| self.nearest_listed(*above))
    }
}
