//! The taxa that one exact name stands for, in both tables, and the choice between them.
//!
//! The shipped table goes first: it is the one that the law book speaks of. An imported name is then placed in
//! the shipped tree: as the taxon of that name, or below its species, genus or whatever higher taxon is there.

use cites::{CountrySet, Kingdom, Rank, TaxonId};

use super::{Hint, Names};
use crate::imported::ImportedError;
use crate::{Backbone, Candidate, ImportedTaxon, Placement, SynonymKind};

/// The most taxa that one name is followed to. The most ambiguous name of the Checklist stands for four; a
/// name beyond this would only make the doubt longer.
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
        let is_new = !self.iter().any(|known| known.is_same(&hit));
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
    pub fn preferring(self, passes: impl Fn(&Hit<'a>) -> bool) -> Self {
        let mut chosen = Self::NONE;
        self.iter().filter(|hit| passes(hit)).for_each(|hit| chosen.push(*hit));
        if chosen.is_empty() { self } else { chosen }
    }
}

impl Hit<'_> {
    /// Whether two names stand for one taxon.
    pub fn is_same(&self, other: &Hit<'_>) -> bool {
        self.accepted == other.accepted && self.kingdom == other.kingdom
    }

    /// Whether another table's plain synonymy may be out of date against this one: it carries no day.
    fn is_plain_synonym(&self) -> bool {
        matches!(self.synonym, Some(SynonymKind::Synonym))
    }
}

/// What the tables say about one exact name.
pub(super) struct Found<'a> {
    pub hits: Hits<'a>,
    /// What the shipped table says where the import overrules its synonymy.
    pub otherwise: Hits<'a>,
    pub damage: Option<ImportedError>,
}

impl<'a> Names<'a> {
    /// Everything that the folded name `key` stands for: shipped accepted names if there are any, else shipped
    /// synonyms, else imported names. A shipped synonym without a day gives way to an imported accepted name:
    /// the two disagree, and the younger official list has split what the older one joined.
    pub(super) fn exact(&self, key: &[u8]) -> Found<'a> {
        let (mut accepted, mut synonyms) = (Hits::NONE, Hits::NONE);
        for number in self.backbone.names().find(key) {
            let hit = shipped(self.backbone, number);
            if hit.synonym.is_none() { accepted.push(hit) } else { synonyms.push(hit) }
        }
        let mut found = Found { hits: accepted, otherwise: Hits::NONE, damage: None };
        if !found.hits.is_empty() {
            return found;
        }
        let is_open = synonyms.is_empty() || synonyms.iter().any(Hit::is_plain_synonym);
        let imported = match self.imported.filter(|_| is_open).map(|_| self.imported_hits(key)) {
            Some(Ok(hits)) => hits,
            Some(Err(error)) => {
                found.damage = Some(error);
                Hits::NONE
            }
            None => Hits::NONE,
        };
        let is_split = !synonyms.is_empty() && imported.iter().any(|hit| hit.synonym.is_none());
        (found.hits, found.otherwise) = match (synonyms.is_empty(), is_split) {
            (true, _) => (imported, Hits::NONE),
            (false, true) => (imported, synonyms),
            (false, false) => (synonyms, Hits::NONE),
        };
        found
    }

    /// The imported taxa of a name: accepted ones if there are any, else those it is a synonym of.
    fn imported_hits(&self, key: &[u8]) -> Result<Hits<'a>, ImportedError> {
        let (mut accepted, mut synonyms) = (Hits::NONE, Hits::NONE);
        let Some(imported) = self.imported else { return Ok(accepted) };
        let numbers = imported.accepted()?;
        for number in imported.names()?.find(key) {
            if let Some(hit) = self.imported_hit(number)? {
                if numbers.is_accepted(number) { accepted.push(hit) } else { synonyms.push(hit) }
            }
        }
        Ok(if accepted.is_empty() { synonyms } else { accepted })
    }

    /// What the imported name numbered `number` stands for.
    pub(super) fn imported_hit(&self, number: u32) -> Result<Option<Hit<'a>>, ImportedError> {
        let Some(imported) = self.imported else { return Ok(None) };
        let numbers = imported.accepted()?;
        let Some(taxon) = imported.described()?.taxon(numbers.of(number)) else { return Ok(None) };
        let synonym = (!numbers.is_accepted(number)).then_some(SynonymKind::Synonym);
        Ok(Some(self.placed(&taxon, synonym)))
    }

    /// An imported taxon in the shipped tree.
    fn placed(&self, taxon: &ImportedTaxon<'a>, synonym: Option<SynonymKind>) -> Hit<'a> {
        if let Some(own) = self.backbone.only(taxon.kingdom, taxon.name) {
            // The law's own name for it, where nomenclature has moved on since the download.
            let renamed = self.backbone.name(own) != taxon.name;
            return Hit {
                taxon: Some(own),
                placement: Placement::Itself,
                accepted: self.backbone.name(own),
                rank: self.backbone.rank(own),
                kingdom: taxon.kingdom,
                synonym: synonym.or(renamed.then_some(SynonymKind::Synonym)),
            };
        }
        let species = taxon.name.match_indices(' ').nth(1).and_then(|(end, _)| taxon.name.get(..end));
        let genus = taxon.name.split(' ').next();
        let [phylum, class, order, family, own_genus] = taxon.above;
        let above = [species, Some(own_genus), genus, Some(family), Some(order), Some(class), Some(phylum)];
        let above = above.into_iter().flatten().filter(|name| !name.is_empty());
        let holder = { above }.find_map(|name| self.backbone.only(taxon.kingdom, name));
        Hit {
            taxon: holder,
            placement: Placement::KnownMember,
            accepted: taxon.name,
            rank: taxon.rank,
            kingdom: taxon.kingdom,
            synonym,
        }
    }

    /// Where a taxon lives, as far as the import knows.
    pub(super) fn range(&self, hit: &Hit<'a>) -> Option<CountrySet> {
        let range = self.imported?.range(hit.kingdom, hit.accepted).ok()?;
        (!range.is_empty()).then_some(range)
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
    pub(super) fn lies_in(&self, hit: &Hit<'a>, name: &str) -> bool {
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
pub(super) fn shipped(backbone: &Backbone, number: u32) -> Hit<'_> {
    let (taxon, synonym) = backbone.named(number);
    Hit {
        taxon: Some(taxon),
        placement: Placement::Itself,
        accepted: backbone.name(taxon),
        rank: backbone.rank(taxon),
        kingdom: backbone.kingdom(taxon),
        synonym,
    }
}
