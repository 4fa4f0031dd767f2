//! Texts that name several taxa: hybrids and alternatives.

use super::{Hint, Names};
use crate::reading::Parts;
use crate::{CANDIDATES_MAX, Candidate, Doubt, Hybrid, MatchKind, Placement, Resolution};

impl<'a> Names<'a> {
    /// A hybrid: each parent that is named, and the lowest taxon that holds them all.
    pub(super) fn hybrid(
        &self,
        anchor: Option<&Parts<'_>>,
        parents: &[Parts<'_>],
        hint: Hint<'_>,
    ) -> Resolution<'a> {
        let mut resolution = match anchor {
            Some(anchor) => self.one(anchor, hint),
            None => self.holding(parents, hint),
        };
        if resolution.taxon.is_some() {
            resolution.kind = MatchKind::Hybrid;
        }
        let mut hybrid = Hybrid::default();
        for parent in parents {
            // A hint speaks of the row's first taxon; it says nothing about where another parent belongs.
            let parent_hint = Hint { kingdom: hint.kingdom, ..Hint::default() };
            let found = self.one(parent, parent_hint);
            if found.taxon.is_none() {
                resolution.doubts.push(Doubt::UnknownParent { parent: parent.name() });
            }
            hybrid.parents.push(found);
        }
        resolution.hybrid = Some(hybrid);
        resolution
    }

    /// One of several names: the lowest taxon that holds them all.
    pub(super) fn alternatives(&self, names: &[Parts<'_>], hint: Hint<'_>) -> Resolution<'a> {
        let mut resolution = self.holding(names, hint);
        let found = names.iter().map(|name| self.one(name, hint));
        let candidates = found.filter(|found| found.taxon.is_some()).take(CANDIDATES_MAX).map(|found| {
            Candidate { name: found.accepted.to_owned(), accepted: None, taxon: found.taxon, edits: 0 }
        });
        resolution.doubts.push(Doubt::Alternatives { candidates: candidates.collect() });
        resolution
    }

    /// The lowest taxon that holds all the names that are known.
    fn holding(&self, names: &[Parts<'_>], hint: Hint<'_>) -> Resolution<'a> {
        let kingdom = Hint { kingdom: hint.kingdom, ..Hint::default() };
        let taxa = names.iter().filter_map(|name| self.one(name, kingdom).taxon);
        let common = self.backbone.common(taxa).or_else(|| self.hinted(hint));
        let mut resolution = common.map_or_else(Resolution::none, |taxon| self.above(taxon));
        resolution.placement = Placement::UnresolvedMember;
        resolution
    }
}
