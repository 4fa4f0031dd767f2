//! The words of one name.

use std::borrow::Cow;

use super::{Extent, Parts};
use crate::Qualifier;

/// Words between epithets that say the rank of the next, without their dot.
fn is_rank_marker(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "var"
            | "subsp"
            | "ssp"
            | "f"
            | "fo"
            | "forma"
            | "subvar"
            | "nothosubsp"
            | "nothovar"
            | "subspecies"
            | "variety"
    )
}

fn extent(word: &str) -> Option<Extent> {
    match word.trim_end_matches(['.', ',', ';']) {
        "spp" | "ssp" | "species" | "subspp" => Some(Extent::AllBelow),
        "sp" | "spec" | "indet" => Some(Extent::OneBelow),
        _ => None,
    }
}

fn qualifier(word: &str) -> Option<Qualifier> {
    match word.trim_end_matches('.') {
        "cf" | "conf" | "cfr" => Some(Qualifier::Compare),
        "aff" | "near" | "nr" | "prope" => Some(Qualifier::Affine),
        "?" => Some(Qualifier::Uncertain),
        _ => None,
    }
}

/// Words that say that something is a hybrid without saying of what.
pub(super) fn is_hybrid_word(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphabetic());
    ["hybrid", "hybrids", "hybride", "híbrido", "hybr", "hyb"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// The hybrid sign, and what is typed for it. `х` is the Cyrillic letter.
pub(super) fn is_cross(word: &str) -> bool {
    matches!(word, "×" | "x" | "X" | "х" | "Х")
}

/// Small words of authorship, which are no epithets.
fn is_author_word(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.'),
        "ex" | "et"
            | "al"
            | "in"
            | "de"
            | "da"
            | "do"
            | "du"
            | "di"
            | "del"
            | "des"
            | "den"
            | "der"
            | "van"
            | "von"
            | "vom"
            | "zu"
            | "la"
            | "le"
            | "and"
            | "und"
            | "y"
            | "non"
            | "nec"
            | "not"
            | "auct"
            | "auctt"
            | "sensu"
            | "emend"
            | "nom"
            | "nud"
            | "comb"
            | "nov"
            | "bis"
            | "fil"
            | "pro"
            | "syn"
            | "cv"
            | "group"
    )
}

/// Words that a plain name does not hold, because they say something about it.
pub(super) fn is_keyword(word: &str) -> bool {
    is_rank_marker(word)
        || extent(word).is_some()
        || qualifier(word).is_some()
        || is_hybrid_word(word)
        || is_author_word(word)
        || matches!(word, "x" | "or" | "with" | "from")
}

/// Whether the words may be an epithet: small letters, and at most two signs that a misreading put there.
fn is_epithet(word: &str) -> bool {
    let odd = word.chars().filter(|letter| !(letter.is_lowercase() || matches!(letter, '-' | '\''))).count();
    word.starts_with(char::is_lowercase)
        && word.chars().count() > 1
        && odd <= 2
        && word.chars().count() > 2 * odd
        && !word.contains(['.', ',', ';', ':', '(', ')', '&', '/', '='])
}

/// Reads the words of one name; `None` where the first is no Latin word.
pub(super) fn read(words: &[&str]) -> Option<Parts<'static>> {
    let mut rest = words;
    let mut parts = Parts::of("");
    while let [word, after @ ..] = rest {
        match qualifier(word) {
            Some(found) => parts.qualifier = Some(found),
            None if is_cross(word) => parts.hybrid_sign = true,
            None => break,
        }
        rest = after;
    }
    let [first, after @ ..] = rest else { return None };
    parts.first = Cow::Owned(capitalised(first.trim_end_matches([',', '.', ';', ':', '?', '"'])));
    if !parts.first.starts_with(|letter: char| letter.is_alphabetic() && letter.len_utf8() <= 2) {
        return None;
    }
    // A comma ends a name: what follows are authors or remarks.
    let after = if first.ends_with([',', ';', ':']) { &mut [].as_slice() } else { &mut { after } };
    read_epithets(&mut parts, after);
    parts.rest = after.join(" ");
    Some(parts)
}

/// Takes the epithets off the front of `words`.
fn read_epithets(parts: &mut Parts<'static>, words: &mut &[&str]) {
    let mut marked = false;
    while let [word, after @ ..] = *words {
        if parts.species.is_none() && word.starts_with('(') && !word.ends_with("),") {
            // A subgenus, or a common name in brackets; either is no part of the name.
            let end = words.iter().position(|word| word.ends_with(')')).unwrap_or(0);
            *words = words.get(end + 1..).unwrap_or(&[]);
            continue;
        }
        if let Some(rest) = take_quoted(parts, words) {
            *words = rest;
            continue;
        }
        if let Some(found) = extent(word).filter(|_| parts.species.is_none()) {
            parts.extent = found;
            *words = &[];
            return;
        }
        if let Some(found) = qualifier(word) {
            parts.qualifier = Some(found);
        } else if is_cross(word) {
            parts.hybrid_sign = true;
        } else if is_rank_marker(word) && parts.species.is_some() && is_name_word(after) {
            marked = true;
        } else if names_an_author(word, after) || !take_epithet(parts, word, marked) {
            return;
        }
        *words = after;
        if word.ends_with([',', ';', ':']) {
            return;
        }
    }
}

/// Takes an epithet in double quotes, which names a species not yet described (`Woodworthia "Mt. Arthur"`), and
/// returns what follows it. Cultivars stand in single quotes.
fn take_quoted<'w, 'r>(parts: &mut Parts<'static>, words: &'w [&'r str]) -> Option<&'w [&'r str]> {
    let opens = |word: &str| word.starts_with(['"', '“']);
    let closes = |word: &str| word.len() > 1 && word.trim_end_matches([',', ';']).ends_with(['"', '”']);
    if parts.infra.is_some() || !words.first().is_some_and(|word| opens(word)) {
        return None;
    }
    let end = words.iter().position(|word| closes(word))?;
    let inner = words.get(..=end)?.join(" ");
    let slot = if parts.species.is_none() { &mut parts.species } else { &mut parts.infra };
    *slot = Some(Cow::Owned(inner.trim_matches(['"', '“', '”', ',', ';']).to_owned()));
    words.get(end + 1..)
}

/// Whether an epithet follows a rank marker; after `L. f.` and the like, none does.
fn is_name_word(after: &[&str]) -> bool {
    after.first().is_some_and(|word| is_epithet(word) && !is_author_word(word))
}

/// A word in small letters with a comma and a year is an author: `gray, 1834`.
fn names_an_author(word: &str, after: &[&str]) -> bool {
    word.ends_with(',')
        && after.first().is_some_and(|next| next.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn take_epithet(parts: &mut Parts<'static>, word: &str, marked: bool) -> bool {
    let bare = word.trim_end_matches([',', '.', ';', ':', '?', '"']);
    let is_taken = is_epithet(bare) && !(is_author_word(word) || is_author_word(bare));
    let place = match (&parts.species, &parts.infra) {
        _ if !is_taken => return false,
        (None, _) => &mut parts.species,
        (Some(_), None) => &mut parts.infra,
        // `subsp. a var. b`: the last rank named is the one meant.
        (Some(_), Some(_)) if marked => &mut parts.infra,
        _ => return false,
    };
    *place = Some(Cow::Owned(bare.to_owned()));
    if word.ends_with('?') {
        parts.qualifier = Some(Qualifier::Uncertain);
    }
    true
}

/// Whether what follows a name can only be authors, a year or a remark: no epithet hides in it.
pub(super) fn is_understood(rest: &str) -> bool {
    let mut words = rest.split(' ').peekable();
    while let Some(word) = words.next() {
        let hides = words
            .peek()
            .is_some_and(|next| is_rank_marker(word) && is_epithet(next) && !is_author_word(next));
        if hides || word.contains(['\'', '"', '‘', '“']) {
            return false;
        }
    }
    true
}

/// The word with a capital and small letters.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next();
    first.into_iter().flat_map(char::to_uppercase).chain(letters.flat_map(char::to_lowercase)).collect()
}
