//! Names that no table has as written: the known names near them, and when one of them is the answer.
//!
//! One is the answer when it alone is nearest, the edits are few for the length of the words, and the genus as
//! written is not a known one with other species. Everything else only makes candidates.

use cites::{Rank, TaxonId};

use super::hits::{Hit, shipped};
use super::{Hint, Names};
use crate::fold::Key;
use crate::imported::ImportedError;
use crate::near::{EDITS_MAX, Near, NearTable, split_first, stem};
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
    first_edits: u8,
    rest_edits: u8,
    same_stem: bool,
}

/// Known names near the one written, the nearest first, one for each taxon.
#[derive(Debug, Default)]
pub(super) struct NearNames<'a> {
    pub names: Vec<NearName<'a>>,
    pub damage: Option<ImportedError>,
}

/// A written name, folded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'k> {
    pub first: &'k [u8],
    pub rest: &'k [u8],
}

impl NearName<'_> {
    fn edits(&self) -> u8 {
        self.first_edits + self.rest_edits
    }

    /// What makes a name nearer than another; names of equal rank are equally near.
    fn distance(&self) -> (u8, bool, bool) {
        (self.edits(), !self.same_stem, self.first_edits > 0)
    }

    /// Whether the edits are few enough for the length of the words: one in five letters of a genus, one in
    /// four of an epithet, and its first letter only where nothing else differs; one in six where the known
    /// name is a synonym, since those are many and near each other. A usual error of an epithet always is.
    fn is_likely(&self, written: Written<'_>) -> bool {
        if self.is_usual_error() {
            return true;
        }
        let few = |edits: u8, letters: usize, in_letters: usize| usize::from(edits) * in_letters <= letters;
        let initial = |rest: &[u8]| last_word(rest).and_then(|word| word.first().copied());
        let known = Key::of(self.name);
        let (first, rest) =
            known.as_ref().map_or((&[] as &[u8], &[] as &[u8]), |key| split_first(key.as_bytes()));
        let in_letters = if self.name == self.hit.accepted { 4 } else { 6 };
        few(self.first_edits, first.len(), 5)
            && few(self.rest_edits, rest.len(), in_letters)
            && (self.rest_edits < 2 || initial(rest) == initial(written.rest))
    }

    fn is_usual_error(&self) -> bool {
        self.first_edits == 0 && self.same_stem && self.rest_edits <= EDITS_MAX
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

    /// The name that alone is nearest, where its edits are few.
    pub fn answer(&self, written: Written<'_>, genus_is_known: bool) -> Option<NearName<'a>> {
        let [only] = self.nearest() else { return None };
        let other_genus = genus_is_known && (only.first_edits > 0 || only.leads_to_other_genus());
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
        let mut near = self.near_within(written, EDITS_MAX);
        if near.names.is_empty() {
            near = self.respaced(written);
        }
        let same_first = |name: &NearName<'a>| {
            let key = Key::of(name.name);
            key.is_some_and(|key| split_first(key.as_bytes()).0 == written.first)
        };
        let stems = self.of_stem(written, &mut near.damage);
        near.names.extend(stems.into_iter().filter(same_first));
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
        let mut found = NearNames::default();
        found.names = self.of_stem(written, &mut found.damage);
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

    fn near_within(&self, written: Written<'_>, max: u8) -> NearNames<'a> {
        let mut near = NearNames::default();
        let table = self.backbone.near().table();
        for found in table.search(&self.backbone.names(), written.first, written.rest, max) {
            near.names.push(placed(
                written,
                found,
                shipped(self.backbone, found.name),
                self.backbone.name_text(found.name),
            ));
        }
        if let Err(error) = self.imported_near(written, max, &mut near.names) {
            near.damage = Some(error);
        }
        near
    }

    fn imported_near(
        &self,
        written: Written<'_>,
        max: u8,
        names: &mut Vec<NearName<'a>>,
    ) -> Result<(), ImportedError> {
        let Some(imported) = self.imported else { return Ok(()) };
        let table = imported.names()?;
        for found in imported.near()?.search(&table, written.first, written.rest, max) {
            if let Some(hit) = self.imported_hit(found.name)? {
                names.push(placed(written, found, hit, table.text(found.name).unwrap_or(hit.accepted)));
            }
        }
        Ok(())
    }

    /// Names with a space that is missing, misplaced or one too many: one edit, and at most one more.
    fn respaced(&self, written: Written<'_>) -> NearNames<'a> {
        let mut near = NearNames::default();
        for (first, rest) in respacings(written) {
            let found = self.near_within(Written { first: &first, rest: &rest }, EDITS_MAX - 1);
            near.damage = near.damage.or(found.damage);
            let counted = |name: NearName<'a>| NearName { first_edits: name.first_edits + 1, ..name };
            near.names.extend(found.names.into_iter().map(counted));
        }
        near
    }

    /// Every name whose last epithet has the stem of the written one's.
    fn of_stem(&self, written: Written<'_>, damage: &mut Option<ImportedError>) -> Vec<NearName<'a>> {
        let Some(epithet) = last_word(written.rest) else { return Vec::new() };
        let shipped_names = self.backbone.names();
        let numbers = self.backbone.near().table().same_stem(&shipped_names, epithet);
        let all = numbers
            .into_iter()
            .map(|number| (shipped(self.backbone, number), self.backbone.name_text(number)));
        let mut all: Vec<(Hit<'a>, &'a str)> = all.collect();
        if let Err(error) = self.imported_of_stem(epithet, &mut all) {
            *damage = Some(error);
        }
        let words = written.rest.split(|byte| *byte == b' ').count();
        let same_length = |name: &str| name.split(' ').count() == words + 1;
        let named = all.into_iter().filter(|(_, name)| same_length(name));
        named
            .map(|(hit, name)| NearName {
                hit,
                name,
                first_edits: 0,
                rest_edits: EDITS_OF_STEM,
                same_stem: true,
            })
            .collect()
    }

    fn imported_of_stem(
        &self,
        epithet: &[u8],
        all: &mut Vec<(Hit<'a>, &'a str)>,
    ) -> Result<(), ImportedError> {
        let Some(imported) = self.imported else { return Ok(()) };
        let table = imported.names()?;
        for number in numbers_of_stem(&imported.near()?, &table, epithet) {
            if let Some(hit) = self.imported_hit(number)? {
                all.push((hit, table.text(number).unwrap_or(hit.accepted)));
            }
        }
        Ok(())
    }
}

fn numbers_of_stem<'a, W: Words>(
    near: &NearTable<'a, W>,
    names: &crate::exact::NameTable<'a, W>,
    epithet: &[u8],
) -> Vec<u32> {
    near.same_stem(names, epithet)
}

fn placed<'a>(written: Written<'_>, found: Near, hit: Hit<'a>, name: &'a str) -> NearName<'a> {
    let key = Key::of(name);
    let rest = key.as_ref().map_or(&[] as &[u8], |key| split_first(key.as_bytes()).1);
    let stems = last_word(rest).zip(last_word(written.rest));
    let same_stem = stems.is_some_and(|(known, own)| stem(known) == stem(own));
    NearName { hit, name, first_edits: found.first_edits, rest_edits: found.rest_edits, same_stem }
}

fn last_word(rest: &[u8]) -> Option<&[u8]> {
    rest.rsplit(|byte| *byte == b' ').next().filter(|word| !word.is_empty())
}

/// The ways in which the written words can be spaced otherwise by one slip.
fn respacings(written: Written<'_>) -> Vec<(Vec<u8>, Vec<u8>)> {
    let Written { first, rest } = written;
    let (second, third) = split_first(rest);
    if rest.is_empty() {
        // `Falcocherrug`, and `Falcoxcherrug` with another letter for the space.
        let places = (0..first.len()).flat_map(|at| [(at, at), (at, at + 1)]);
        let ways = places
            .filter_map(|(end, start)| Some((first.get(..end)?.to_vec(), first.get(start..)?.to_vec())));
        return ways.filter(|(first, rest)| first.len() > 1 && rest.len() > 1).collect();
    }
    let mut ways = Vec::new();
    if !third.is_empty() {
        // `Fal co cherrug`: the first two words are one; `Falco cher rug`: the last two are.
        ways.push(([first, second].concat(), third.to_vec()));
        ways.push((first.to_vec(), [second, third].concat()));
    }
    // `Falc ocherrug` and `Falcoc herrug`: the space has changed places with a letter.
    if let Some((last, first)) = first.split_last() {
        ways.push((first.to_vec(), [&[*last], rest].concat()));
    }
    if let Some((initial, rest)) = rest.split_first() {
        ways.push(([first, &[*initial]].concat(), rest.to_vec()));
    }
    ways
}
