//! What lies above and below a taxon.

use cites::{Rank, TaxonId};

use super::Backbone;

impl Backbone {
    /// The next higher taxon; `None` at the top.
    pub fn parent(&self, id: TaxonId) -> Option<TaxonId> {
        let parent = TaxonId(self.taxon(id)?.parent);
        (parent != id).then_some(parent)
    }

    /// The taxon itself, then every taxon above it up to the top.
    pub fn lineage(&self, id: TaxonId) -> Lineage<'_> {
        Lineage { backbone: self, next: self.taxon(id).map(|_| id) }
    }

    /// The taxon of `rank` in the lineage of `id`, itself included.
    pub fn at_rank(&self, id: TaxonId, rank: Rank) -> Option<TaxonId> {
        self.lineage(id).find(|above| self.rank(*above) == rank)
    }

    /// Whether `inner` is `outer` or lies below it.
    pub fn is_within(&self, inner: TaxonId, outer: TaxonId) -> bool {
        self.lineage(inner).any(|above| above == outer)
    }

    /// The lowest taxon that holds all of `taxa`; `None` for none, or when they share no kingdom.
    pub fn common(&self, taxa: impl IntoIterator<Item = TaxonId>) -> Option<TaxonId> {
        let mut taxa = taxa.into_iter();
        let first = taxa.next()?;
        taxa.try_fold(first, |common, taxon| self.lineage(taxon).find(|above| self.is_within(common, *above)))
    }

    /// The taxa directly below.
    pub fn children(&self, id: TaxonId) -> Children<'_> {
        let at = id.0 as usize;
        let range = self.children_starts.get(at).zip(self.children_starts.get(at + 1));
        let own = range.and_then(|(start, end)| self.children.get(*start as usize..*end as usize));
        Children(own.unwrap_or(&[]).iter())
    }

    /// Every taxon below, each before what lies below it; not the taxon itself.
    pub fn descendants(&self, id: TaxonId) -> Descendants<'_> {
        Descendants { backbone: self, open: vec![self.children(id)] }
    }
}

/// A taxon and those above it. See [`Backbone::lineage`].
#[derive(Debug, Clone)]
pub struct Lineage<'b> {
    backbone: &'b Backbone,
    next: Option<TaxonId>,
}

impl Iterator for Lineage<'_> {
    type Item = TaxonId;

    fn next(&mut self) -> Option<TaxonId> {
        let here = self.next?;
        self.next = self.backbone.parent(here);
        Some(here)
    }
}

/// The taxa directly below one. See [`Backbone::children`].
#[derive(Debug, Clone)]
pub struct Children<'b>(std::slice::Iter<'b, u32>);

impl Iterator for Children<'_> {
    type Item = TaxonId;

    fn next(&mut self) -> Option<TaxonId> {
        self.0.next().copied().map(TaxonId)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Children<'_> {}

/// The taxa below one. See [`Backbone::descendants`].
#[derive(Debug, Clone)]
pub struct Descendants<'b> {
    backbone: &'b Backbone,
    open: Vec<Children<'b>>,
}

impl Iterator for Descendants<'_> {
    type Item = TaxonId;

    fn next(&mut self) -> Option<TaxonId> {
        loop {
            match self.open.last_mut()?.next() {
                Some(id) => {
                    self.open.push(self.backbone.children(id));
                    return Some(id);
                }
                None => self.open.pop()?,
            };
        }
    }
}
