//! Names that no table has as written: the known names near them, and when one of them is the answer.
//!
//! One is the answer when it alone is nearest, the edits are few for the length of the words, and the genus as
//! written is not a known one with other species. Everything else only makes candidates.

use cites::{Rank, TaxonId};

use super::hits::shipped;
use super::{Hint, Names};
use crate::fold::Key;
use crate::hit::Hit;
use crate::imported::ImportedError;
use crate::near::{EDITS_MAX, Found, Near, NearTable, Query, Stem, last_epithet, split_first, stem};
use crate::words::Words;
use crate::{CANDIDATES_MAX, Candidate};

/// The edits counted for an epithet of the same stem that is further than [`EDITS_MAX`], or that stands under
/// another genus: more than any near name has.
const EDITS_OF_STEM: u8 = EDITS_MAX + 1;

/// A known name near the one written.
#[derive(Debug, Clone, Copy)]
pub(super) struct NearName<'a> {
    pub hit: Hit<'a>,
    /// The known name.
    pub name: &'a str,
    near: Near,
    same_stem: bool,
}

/// Known names near the one written, the nearest first, one for each taxon.
#[derive(Debug, Default)]
pub(super) struct NearNames<'a> {
    pub names: Vec<NearName<'a>>,
    pub damage: Option<ImportedError>,
}

/// A written name, folded.
#[derive(Clone, Copy)]
pub(super) struct Written<'k> {
    pub first: &'k [u8],
    pub rest: &'k [u8],
    query: &'k Query<'k>,
}

impl<'k> Written<'k> {
    pub fn of(query: &'k Query<'k>) -> Self {
        let (first, rest) = split_first(query.key);
        Written { first, rest, query }
    }

    fn words(&self) -> usize {
        self.query.key.split(|byte| *byte == b' ').count()
    }
}

impl<'a> NearName<'a> {
    fn of(hit: Hit<'a>, name: &'a str, near: Near, written: Option<&Stem>) -> Self {
        let key = Key::of(name);
        let own = key.as_ref().and_then(|key| last_epithet(split_first(key.as_bytes()).1)).map(stem);
        let stems = own.zip(written);
        let same_stem = stems.is_some_and(|(own, written)| own.as_bytes() == written.as_bytes());
        NearName { hit, name, near, same_stem }
    }
}

impl NearName<'_> {
    fn edits(&self) -> u8 {
        self.near.edits()
    }

    /// What makes a name nearer than another; names of equal rank are equally near.
    fn distance(&self) -> (u8, bool, bool) {
        (self.edits(), !self.same_stem, self.near.first_edits > 0)
    }

    /// Whether the edits are few enough for the length of the words: one in five letters of a genus, one in
    /// four of an epithet, and its first letter only where nothing else differs; one in six where the known
    /// name is a synonym, since those are many and near each other. A usual error of an epithet always is.
    fn is_likely(&self, written: Written<'_>) -> bool {
        if self.is_usual_error() {
            return true;
        }
        let few = |edits: u8, letters: usize, in_letters: usize| usize::from(edits) * in_letters <= letters;
        let initial = |rest: &[u8]| last_epithet(rest).and_then(|word| word.first().copied());
        let known = Key::of(self.name);
        let (first, rest) =
            known.as_ref().map_or((&[] as &[u8], &[] as &[u8]), |key| split_first(key.as_bytes()));
        let in_letters = if self.name == self.hit.accepted { 4 } else { 6 };
        few(self.near.first_edits, first.len(), 5)
            && few(self.near.rest_edits, rest.len(), in_letters)
            && (self.near.rest_edits < 2 || initial(rest) == initial(written.rest))
    }

    fn is_usual_error(&self) -> bool {
        self.near.first_edits == 0 && self.same_stem && self.near.rest_edits <= EDITS_MAX
    }

    /// Whether the known name is an old combination: the taxon it stands for is of another genus. Then a few
    /// letters are more likely another species of the old genus than an error.
    fn leads_to_other_genus(&self) -> bool {
        self.name.split(' ').next() != self.hit.accepted.split(' ').next()
    }

    fn candidate(&self) -> Candidate {
        let accepted = (self.name != self.hit.accepted).then(|| self.hit.accepted.to_owned());
        Candidate { name: self.name.to_owned(), accepted, taxon: self.hit.taxon, edits: self.edits() }
    }
}

impl<'a> NearNames<'a> {
    /// The names that are equally near and nearer than all others.
    pub fn nearest(&self) -> &[NearName<'a>] {
        let Some(first) = self.names.first() else { return &[] };
        let count = self.names.iter().take_while(|name| name.distance() == first.distance()).count();
        self.names.get(..count).unwrap_or(&[])
    }

    /// The name that alone is nearest, where its edits are few. Where more are near than a doubt can name, none
    /// is the answer: those unnamed might stand otherwise in law.
    pub fn answer(&self, written: Written<'_>, genus_is_known: bool) -> Option<NearName<'a>> {
        let [only] = self.nearest() else { return None };
        if self.names.len() > CANDIDATES_MAX {
            return None;
        }
        let other_genus = genus_is_known && (only.near.first_edits > 0 || only.leads_to_other_genus());
        let is_answer = only.is_usual_error() || (!other_genus && only.is_likely(written));
        (only.edits() <= EDITS_MAX && is_answer).then_some(*only)
    }

    /// What holds all that are nearest, where several are and their edits are few.
    pub fn holder(&self, written: Written<'_>, names: &Names<'a>) -> Option<TaxonId> {
        let nearest = self.nearest();
        let likely = nearest.iter().all(|name| name.edits() <= EDITS_MAX && name.is_likely(written));
        let common = names.backbone.common(nearest.iter().filter_map(|name| name.hit.taxon));
        common.filter(|taxon| nearest.len() > 1 && likely && names.backbone.rank(*taxon) >= Rank::Family)
    }

    /// The best candidates.
    pub fn candidates(&self) -> Vec<Candidate> {
        self.names.iter().take(CANDIDATES_MAX).map(NearName::candidate).collect()
    }

    fn sort(&mut self) {
        self.names.sort_by(|one, other| {
            one.distance().cmp(&other.distance()).then_with(|| one.name.cmp(other.name))
        });
        let mut kept: Vec<NearName<'a>> = Vec::with_capacity(self.names.len());
        for name in self.names.drain(..) {
            if !kept.iter().any(|known| known.hit.is_same(&name.hit)) {
                kept.push(name);
            }
        }
        self.names = kept;
    }
}

impl<'a> Names<'a> {
    /// Known names within two edits of the one written; and those of its first word with an epithet of the same
    /// stem, however it ends.
    pub(super) fn near(&self, written: Written<'_>, hint: Hint<'_>) -> NearNames<'a> {
        let mut near = NearNames::default();
        let stem = last_epithet(written.rest).map(stem);
        near.add_shipped(self, written, stem.as_ref());
        if let Err(error) = near.add_imported(self, written, stem.as_ref()) {
            near.damage = Some(error);
        }
        if let Some(kingdom) =
            hint.kingdom.filter(|kingdom| near.names.iter().any(|name| name.hit.kingdom == *kingdom))
        {
            near.names.retain(|name| name.hit.kingdom == kingdom);
        }
        near.sort();
        near
    }

    /// Species of other genera of `family` with the same epithet, or one of the same stem: the name may be an
    /// older or newer combination. Without a family, only where few have it.
    pub(super) fn other_combinations(&self, written: Written<'_>, family: Option<TaxonId>) -> Vec<Candidate> {
        let Some(stem) = last_epithet(written.rest).map(stem) else { return Vec::new() };
        let mut found = NearNames::default();
        let words = written.words();
        for name in self.backbone.near().table().of_stem(&stem) {
            found.add_of_stem(shipped(self.backbone, name), self.backbone.name_text(name), words);
        }
        // Damage is told by whoever searched for near names before.
        let _ = self.imported_of_stem(&stem, words, &mut found);
        if let Some(family) = family {
            let within = |name: &NearName<'a>| {
                name.hit.taxon.is_some_and(|taxon| self.backbone.is_within(taxon, family))
            };
            found.names.retain(within);
        }
        found.sort();
        if family.is_none() && found.names.len() > CANDIDATES_MAX {
            return Vec::new();
        }
        found.candidates()
    }

    /// Whether a name begins with `word`, folded.
    pub(super) fn has_first(&self, word: &[u8]) -> bool {
        let imported = || self.imported.and_then(|imported| imported.near().ok());
        self.backbone.near().table().has_first(word) || imported().is_some_and(|table| table.has_first(word))
    }

    fn imported_of_stem(
        &self,
        stem: &Stem,
        words: usize,
        found: &mut NearNames<'a>,
    ) -> Result<(), ImportedError> {
        let Some(imported) = self.imported else { return Ok(()) };
        let table = imported.names()?;
        for name in imported.near()?.of_stem(stem) {
            if let Some(hit) = self.imported_hit(name)? {
                found.add_of_stem(hit, table.text(name).unwrap_or(hit.accepted), words);
            }
        }
        Ok(())
    }
}

impl<'a> NearNames<'a> {
    fn add_shipped(&mut self, names: &Names<'a>, written: Written<'_>, stem: Option<&Stem>) {
        let table = names.backbone.near().table();
        for near in nearest(&table, written).as_slice() {
            let (hit, text) = (shipped(names.backbone, near.name), names.backbone.name_text(near.name));
            self.names.push(NearName::of(hit, text, *near, stem));
        }
        for name in same_first(&table, written, stem) {
            self.add_of_stem(shipped(names.backbone, name), names.backbone.name_text(name), written.words());
        }
    }

    fn add_imported(
        &mut self,
        names: &Names<'a>,
        written: Written<'_>,
        stem: Option<&Stem>,
    ) -> Result<(), ImportedError> {
        let Some(imported) = names.imported else { return Ok(()) };
        let (all, table) = (imported.names()?, imported.near()?);
        for near in nearest(&table, written).as_slice() {
            if let Some(hit) = names.imported_hit(near.name)? {
                self.names.push(NearName::of(hit, all.text(near.name).unwrap_or(hit.accepted), *near, stem));
            }
        }
        for name in same_first(&table, written, stem) {
            if let Some(hit) = names.imported_hit(name)? {
                self.add_of_stem(hit, all.text(name).unwrap_or(hit.accepted), written.words());
            }
        }
        Ok(())
    }

    /// Adds a name with an epithet of the stem written, if it has as many words.
    fn add_of_stem(&mut self, hit: Hit<'a>, name: &'a str, words: usize) {
        if name.split(' ').count() == words {
            let near = Near { name: 0, first_edits: 0, rest_edits: EDITS_OF_STEM };
            self.names.push(NearName { hit, name, near, same_stem: true });
        }
    }
}

/// The names within two edits, where there are very many only the nearest.
fn nearest<W: Words>(table: &NearTable<'_, W>, written: Written<'_>) -> Found {
    let mut found = Found::default();
    table.search(written.query, &mut found);
    found.finish();
    found
}

/// The names of the written first word with an epithet of its stem.
fn same_first<'t, 's, W: Words>(
    table: &NearTable<'t, W>,
    written: Written<'_>,
    stem: Option<&'s Stem>,
) -> impl Iterator<Item = u32> + use<'t, 's, W> {
    let table = *table;
    let first = table.number_of(written.first);
    let members = first.zip(stem).map(|(first, stem)| table.of_stem_in(first, stem));
    members.into_iter().flatten()
}
