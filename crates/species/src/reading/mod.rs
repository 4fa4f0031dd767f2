//! Taking a written name apart: which words are the name, and what else the writer says.
//!
//! Clean names, ranks, `spp.`, hybrid formulas and noise of case and spacing are read here; authorship and
//! anything less usual is left to the `gbif-name-parser` crate. Both give the same parts where both can
//! read a name (a property test holds them to it). Decides nothing about taxa: a word is asked about only
//! to tell `x acipenser naccarii` (a genus in small letters) from an epithet.

mod clean;
mod formula;
mod gbif;
mod parts;

use std::borrow::Cow;

use crate::Qualifier;

/// The longest text that is read as a name, in bytes. The longest name with its authors in the Checklist
/// has 163; a formula of two such names, with markup, stays below this.
pub const NAME_BYTES_MAX: usize = 512;

/// The most names that one text may join by `×` or `/`.
pub const JOINED_NAMES_MAX: usize = 8;

/// How much of the taxon named is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The taxon.
    Named,
    /// All species of it: `spp.`
    AllBelow,
    /// One species of it, not determined: `sp.`
    OneBelow,
}

/// One name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts<'w> {
    /// The genus, or a name of one word.
    pub first: Cow<'w, str>,
    pub species: Option<Cow<'w, str>>,
    /// Subspecies, variety or form.
    pub infra: Option<Cow<'w, str>>,
    pub extent: Extent,
    pub qualifier: Option<Qualifier>,
    /// Whether a `×` stands before the genus or an epithet.
    pub hybrid_sign: bool,
    /// What follows the name: its authors, as a rule.
    pub rest: String,
}

impl<'w> Parts<'w> {
    pub fn of(first: impl Into<Cow<'w, str>>) -> Self {
        Parts {
            first: first.into(),
            species: None,
            infra: None,
            extent: Extent::Named,
            qualifier: None,
            hybrid_sign: false,
            rest: String::new(),
        }
    }

    /// The words of the name with one space between them.
    pub fn name(&self) -> String {
        let words = [Some(&self.first), self.species.as_ref(), self.infra.as_ref()];
        let words: Vec<&str> = words.into_iter().flatten().map(Cow::as_ref).collect();
        words.join(" ")
    }
}

/// What a text was read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading<'w> {
    Name(Parts<'w>),
    /// `Falco hybrid` has an anchor and no parents, `Falco rusticolus × F. cherrug` the reverse.
    Hybrid {
        anchor: Option<Parts<'w>>,
        parents: Vec<Parts<'w>>,
    },
    /// Several names of which one is meant.
    Alternatives(Vec<Parts<'w>>),
    NoName,
    TooLong,
}

/// Reads a name of one to three words in their usual letters and nothing else, without a place on the heap;
/// `None` for anything else. Most names in declarations and all of the Checklist's are so written.
pub(crate) fn plain(written: &str) -> Option<Parts<'_>> {
    let bytes = written.as_bytes();
    if bytes.len() > NAME_BYTES_MAX || !bytes.first()?.is_ascii_uppercase() {
        return None;
    }
    let mut words = written.split(' ');
    let mut parts = Parts::of(words.next()?);
    parts.species = words.next().map(Cow::Borrowed);
    parts.infra = words.next().map(Cow::Borrowed);
    let first_is_plain =
        parts.first.len() > 2 && parts.first.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
    let epithets = [parts.species.as_deref(), parts.infra.as_deref()];
    let epithets_are_plain = epithets.into_iter().flatten().all(is_plain_epithet);
    (words.next().is_none() && first_is_plain && epithets_are_plain).then_some(parts)
}

fn is_plain_epithet(word: &str) -> bool {
    word.len() > 2
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        && !word.starts_with('-')
        && !word.ends_with('-')
        && !parts::is_keyword(word)
}

/// Reads any text. `is_genus` says whether a word, with a capital, is a known name of one word.
pub(crate) fn read(written: &str, is_genus: &dyn Fn(&str) -> bool) -> Reading<'static> {
    if written.len() > NAME_BYTES_MAX {
        return Reading::TooLong;
    }
    let cleaned = clean::clean(written);
    let words: Vec<&str> = cleaned.split(' ').filter(|word| !word.is_empty()).collect();
    if let Some(reading) = formula::read(&words, is_genus) {
        return reading;
    }
    one_name(&words).map_or(Reading::NoName, Reading::Name)
}

/// Reads the words of one name.
fn one_name(words: &[&str]) -> Option<Parts<'static>> {
    let own = parts::read(words)?;
    if parts::is_understood(&own.rest) {
        return Some(own);
    }
    Some(gbif::read(&words.join(" "), &own).unwrap_or(own))
}

/// Another way to read a name: a capital after the genus or species may be an epithet that the writer gave
/// a capital, not an author (`falco Cherrug`).
pub(crate) fn with_capital_epithet<'w>(parts: &Parts<'w>) -> Option<Parts<'w>> {
    let (word, rest) = parts.rest.split_once(' ').unwrap_or((&parts.rest, ""));
    if parts.infra.is_some() || word.len() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut other = parts.clone();
    let slot = if parts.species.is_none() { &mut other.species } else { &mut other.infra };
    *slot = Some(Cow::Owned(word.to_lowercase()));
    other.rest = rest.to_owned();
    Some(other)
}

#[cfg(test)]
mod tests;
