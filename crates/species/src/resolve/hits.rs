//! The taxa that one exact name stands for, in both tables, and the choice between them.
//!
//! The shipped table goes first: it is the one that the law book speaks of. An imported name is then placed in
//! the shipped tree: as the taxon of that name, or below its species, genus or whatever higher taxon is there.

use cites::TaxonId;

use smallvec::SmallVec;

use super::{Hint, Names};
use crate::exact::Named;
use crate::hit::Hit;
use crate::imported::{ImportedError, Place, Range};
use crate::{Backbone, Candidate, ImportedNames, ImportedTaxon, Placement, SynonymKind};

/// The most taxa that one name is followed to. The most ambiguous name of the Checklist stands for four; a
/// name beyond this would only make the doubt longer.
const HITS_MAX: usize = 8;

/// The taxa that one name stands for: one as a rule, which needs no place on the heap.
#[derive(Debug, Clone, Default)]
pub(super) struct Hits<'a>(SmallVec<[Hit<'a>; 2]>);

impl<'a> Hits<'a> {
    /// Adds a hit, unless its taxon is there already.
    pub fn push(&mut self, hit: Hit<'a>) {
        if self.0.len() < HITS_MAX && !self.0.iter().any(|known| known.is_same(&hit)) {
            self.0.push(hit);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Hit<'a>> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The only hit there is.
    pub fn only(&self) -> Option<&Hit<'a>> {
        match self.0.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The hits that pass, or all of them if none does.
    pub fn preferring(mut self, passes: impl Fn(&Hit<'a>) -> bool) -> Self {
        if self.0.iter().any(&passes) {
            self.0.retain(|hit| passes(hit));
        }
        self
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
        let (mut accepted, mut synonyms) = (Hits::default(), Hits::default());
        for named in self.backbone.names().find_named(key) {
            let hit = shipped_named(self.backbone, named);
            if hit.synonym.is_none() { accepted.push(hit) } else { synonyms.push(hit) }
        }
        let mut found = Found { hits: accepted, otherwise: Hits::default(), damage: None };
        if !found.hits.is_empty() {
            return found;
        }
        let is_open = synonyms.is_empty() || synonyms.iter().any(Hit::is_plain_synonym);
        let imported = match self.imported.filter(|_| is_open).map(|_| self.imported_hits(key)) {
            Some(Ok(hits)) => hits,
            Some(Err(error)) => {
                found.damage = Some(error);
                Hits::default()
            }
            None => Hits::default(),
        };
        let is_split = !synonyms.is_empty() && imported.iter().any(|hit| hit.synonym.is_none());
        (found.hits, found.otherwise) = match (synonyms.is_empty(), is_split) {
            (true, _) => (imported, Hits::default()),
            (false, true) => (imported, synonyms),
            (false, false) => (synonyms, Hits::default()),
        };
        found
    }

    /// The imported taxa of a name: accepted ones if there are any, else those it is a synonym of.
    fn imported_hits(&self, key: &[u8]) -> Result<Hits<'a>, ImportedError> {
        let (mut accepted, mut synonyms) = (Hits::default(), Hits::default());
        let Some(imported) = self.imported else { return Ok(accepted) };
        let numbers = imported.accepted()?;
        for named in imported.names()?.find_named(key) {
            let is_accepted = numbers.is_accepted(named.number);
            // The letters at hand spare looking for them.
            let name = std::str::from_utf8(named.letters).ok().filter(|_| is_accepted);
            if let Some(hit) = self.imported_named(named.number, name)? {
                if is_accepted { accepted.push(hit) } else { synonyms.push(hit) }
            }
        }
        Ok(if accepted.is_empty() { synonyms } else { accepted })
    }

    /// What the imported name numbered `number` stands for.
    pub(super) fn imported_hit(&self, number: u32) -> Result<Option<Hit<'a>>, ImportedError> {
        self.imported_named(number, None)
    }

    /// What the imported name numbered `number` stands for, where the accepted name is at hand.
    fn imported_named(&self, number: u32, name: Option<&'a str>) -> Result<Option<Hit<'a>>, ImportedError> {
        let Some(imported) = self.imported else { return Ok(None) };
        let numbers = imported.accepted()?;
        let own = numbers.of(number);
        let facts = imported.facts()?;
        let Some((rank, kingdom)) = facts.rank(own).zip(facts.kingdom(own)) else { return Ok(None) };
        let name = match name {
            Some(name) => Some(name),
            None => imported.names()?.text(own),
        };
        let Some(name) = name else { return Ok(None) };
        let synonym = (!numbers.is_accepted(number)).then_some(SynonymKind::Synonym);
        let (taxon, placement) = match self.place(imported, own)? {
            Place::Itself(taxon) => {
                let hit = shipped(self.backbone, taxon.0);
                // The law's own name for it, where nomenclature has moved on since the download.
                let renamed = (hit.accepted != name).then_some(SynonymKind::Synonym);
                return Ok(Some(Hit { synonym: synonym.or(renamed), ..hit }));
            }
            Place::Below(taxon) => (Some(taxon), Placement::KnownMember),
            Place::Nowhere => (None, Placement::KnownMember),
        };
        Ok(Some(Hit { taxon, placement, accepted: name, rank, kingdom, synonym, imported: Some(own) }))
    }

    /// Where the imported taxon numbered `number` stands in the shipped tree.
    fn place(&self, imported: &ImportedNames<'a>, number: u32) -> Result<Place, ImportedError> {
        let links = imported.links(self.backbone.fingerprint(), self.backbone.len())?;
        if let Some(place) = links.and_then(|links| links.place(number)) {
            return Ok(place);
        }
        let taxon = imported.described()?.taxon(number);
        let place = taxon.map_or(Place::Nowhere, |taxon| self.searched_place(&taxon));
        if let Some(links) = links {
            links.remember_place(number, place);
        }
        Ok(place)
    }

    fn searched_place(&self, taxon: &ImportedTaxon<'a>) -> Place {
        if let Some(own) = self.backbone.only(taxon.kingdom, taxon.name) {
            return Place::Itself(own);
        }
        let species = taxon.name.match_indices(' ').nth(1).and_then(|(end, _)| taxon.name.get(..end));
        let genus = taxon.name.split(' ').next();
        let [phylum, class, order, family, own_genus] = taxon.above;
        let above = [species, Some(own_genus), genus, Some(family), Some(order), Some(class), Some(phylum)];
        let above = above.into_iter().flatten().filter(|name| !name.is_empty());
        let holder = { above }.find_map(|name| self.backbone.only(taxon.kingdom, name));
        holder.map_or(Place::Nowhere, Place::Below)
    }

    /// Where a taxon lives, as far as the import knows, or else the shipped table; an import that is damaged there
    /// says so.
    pub(super) fn range(&self, hit: &Hit<'a>) -> Result<Option<Range<'a>>, ImportedError> {
        let imported = match (self.imported, self.number_of(hit)?) {
            (Some(imported), Some(number)) => imported.range(number)?,
            _ => None,
        };
        Ok(imported.or_else(|| self.shipped_range(hit)))
    }

    /// Where a taxon of the backbone lives, as far as the shipped table tells.
    pub(super) fn shipped_range(&self, hit: &Hit<'a>) -> Option<Range<'a>> {
        let own = hit.taxon.filter(|_| hit.placement == Placement::Itself)?;
        self.backbone.range(own).and_then(Range::told)
    }

    /// The number of a taxon among imported ones.
    pub(super) fn number_of(&self, hit: &Hit<'a>) -> Result<Option<u32>, ImportedError> {
        match (self.imported, hit.imported, hit.taxon) {
            (Some(_), Some(number), _) => Ok(Some(number)),
            (Some(imported), None, Some(taxon)) => self.imported_number(imported, taxon),
            _ => Ok(None),
        }
    }

    /// The imported taxon of the accepted name of a shipped one.
    fn imported_number(
        &self,
        imported: &ImportedNames<'a>,
        taxon: TaxonId,
    ) -> Result<Option<u32>, ImportedError> {
        let links = imported.links(self.backbone.fingerprint(), self.backbone.len())?;
        if let Some(number) = links.and_then(|links| links.number(taxon)) {
            return Ok(number);
        }
        let number = imported.number(self.backbone.kingdom(taxon), self.backbone.name(taxon))?;
        if let Some(links) = links {
            links.remember_number(taxon, number);
        }
        Ok(number)
    }

    /// The hits that agree with the hint, or all where the hint decides nothing.
    pub(super) fn preferred(&self, hits: Hits<'a>, hint: Hint<'_>) -> Hits<'a> {
        if hits.0.len() < 2 {
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

/// What a name of the backbone stands for that was looked up.
fn shipped_named<'a>(backbone: &'a Backbone, named: Named<'a>) -> Hit<'a> {
    let (taxon, synonym) = backbone.named(named.number);
    // The letters at hand spare looking for them.
    let own = std::str::from_utf8(named.letters).ok().filter(|_| synonym.is_none());
    hit_of(backbone, taxon, synonym, own.unwrap_or_else(|| backbone.name(taxon)))
}

/// What the name numbered `number` of the backbone stands for.
pub(super) fn shipped(backbone: &Backbone, number: u32) -> Hit<'_> {
    let (taxon, synonym) = backbone.named(number);
    hit_of(backbone, taxon, synonym, backbone.name(taxon))
}

fn hit_of<'a>(
    backbone: &'a Backbone,
    taxon: TaxonId,
    synonym: Option<SynonymKind>,
    accepted: &'a str,
) -> Hit<'a> {
    Hit {
        taxon: Some(taxon),
        placement: Placement::Itself,
        accepted,
        rank: backbone.rank(taxon),
        kingdom: backbone.kingdom(taxon),
        synonym,
        imported: None,
    }
}
