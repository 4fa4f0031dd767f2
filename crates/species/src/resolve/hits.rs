//! The taxa that one exact name stands for, in both tables, and the choice between them.

use cites::{Kingdom, Rank, TaxonId};

use super::{Hint, Names};
use crate::{Backbone, Candidate, Placement, SynonymKind};

/// The most taxa that one name is followed to. The most ambiguous genus name of the Checklist stands for
/// four; a name beyond this would only make the doubt longer.
const HITS_MAX: usize = 8;

/// One taxon that a name stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit<'a> {
    /// The deepest taxon of the backbone at or above it.
    pub taxon: Option<TaxonId>,
    pub placement: Placement,
    /// Its accepted name.
    pub accepted: &'a str,
    pub rank: Rank,
    pub kingdom: Kingdom,
    /// How the name came to stand for it.
    pub synonym: Option<SynonymKind>,
    /// The imported taxon, for what only the import knows.
    pub imported: Option<u32>,
}

/// A few hits, without a place on the heap.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hits<'a> {
    hits: [Option<Hit<'a>>; HITS_MAX],
    count: usize,
}

impl<'a> Hits<'a> {
    pub const NONE: Self = Self { hits: [None; HITS_MAX], count: 0 };

    /// Adds a hit, unless its taxon is there already.
    pub fn push(&mut self, hit: Hit<'a>) {
        let is_new = !self.iter().any(|known| known.accepted == hit.accepted && known.kingdom == hit.kingdom);
        if let Some(slot) = self.hits.get_mut(self.count).filter(|_| is_new) {
            *slot = Some(hit);
            self.count += 1;
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Hit<'a>> {
        self.hits.iter().flatten()
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The only hit there is.
    pub fn only(&self) -> Option<Hit<'a>> {
        if self.count == 1 { self.hits.first().copied().flatten() } else { None }
    }

    /// The hits that pass, or all of them if none does.
    fn preferring(self, passes: impl Fn(&Hit<'a>) -> bool) -> Self {
        let mut chosen = Self::NONE;
        self.iter().filter(|hit| passes(hit)).for_each(|hit| chosen.push(*hit));
        if chosen.is_empty() { self } else { chosen }
    }
}

impl<'a> Names<'a> {
    /// Everything that the folded name `key` stands for: accepted names if there are any, else synonyms.
    pub(super) fn exact(&self, key: &[u8]) -> Hits<'a> {
        let mut accepted = Hits::NONE;
        let mut synonyms = Hits::NONE;
        for number in self.backbone.names().find(key) {
            let hit = shipped(self.backbone, number);
            if hit.synonym.is_none() { accepted.push(hit) } else { synonyms.push(hit) }
        }
        if accepted.is_empty() { synonyms } else { accepted }
    }

    /// The hits that agree with the hint, or all where the hint decides nothing.
    pub(super) fn preferred(&self, hits: Hits<'a>, hint: Hint<'_>) -> Hits<'a> {
        if hits.count < 2 {
            return hits;
        }
        let in_kingdom = hits.preferring(|hit| hint.kingdom == Some(hit.kingdom));
        hint.names().fold(in_kingdom, |hits, name| hits.preferring(|hit| self.lies_in(hit, name)))
    }

    /// Whether a taxon called `name` is in the hit's lineage.
    fn lies_in(&self, hit: &Hit<'a>, name: &str) -> bool {
        let above = self.backbone.find(Some(hit.kingdom), name);
        hit.taxon.is_some_and(|taxon| above.iter().any(|above| self.backbone.is_within(taxon, *above)))
    }

    /// The candidates that the hits are.
    pub(super) fn candidates(&self, hits: &Hits<'a>) -> Vec<Candidate> {
        let all = hits.iter().take(crate::CANDIDATES_MAX);
        all.map(|hit| Candidate { name: hit.accepted.to_owned(), accepted: None, taxon: hit.taxon, edits: 0 })
            .collect()
    }
}

/// What the name numbered `number` of the backbone stands for.
fn shipped(backbone: &Backbone, number: u32) -> Hit<'_> {
    let (taxon, synonym) = backbone.named(number);
    Hit {
        taxon: Some(taxon),
        placement: Placement::Itself,
        accepted: backbone.name(taxon),
        rank: backbone.rank(taxon),
        kingdom: backbone.kingdom(taxon),
        synonym,
        imported: None,
    }
}
