//! Texts that join several names: hybrid formulas and alternatives.

use super::parts::{capitalised, is_cross, is_hybrid_word};
use super::{JOINED_NAMES_MAX, Parts, Reading, one_name};

/// Reads `words` as a hybrid or as alternatives; `None` where they are one name.
pub(super) fn read(words: &[&str], is_genus: &dyn Fn(&str) -> bool) -> Option<Reading<'static>> {
    if words.iter().any(|word| is_hybrid_word(word)) {
        return Some(with_hybrid_word(words, is_genus));
    }
    let crossed = words.iter().skip(1).any(|word| is_cross(word)) && !names_one_taxon(words);
    if crossed {
        return Some(hybrid(None, parents(words, is_genus)));
    }
    alternatives(words, is_genus)
}

/// `Cattleya × hardyana` is the name of one taxon: a sign before its only epithet.
fn names_one_taxon(words: &[&str]) -> bool {
    match words {
        [_, sign, epithet, rest @ ..] if is_cross(sign) => {
            epithet.starts_with(char::is_lowercase) && !rest.iter().any(|word| is_cross(word))
        }
        _ => false,
    }
}

fn with_hybrid_word(words: &[&str], is_genus: &dyn Fn(&str) -> bool) -> Reading<'static> {
    let place = words.iter().position(|word| is_hybrid_word(word)).unwrap_or(0);
    let (before, after) = words.split_at(place);
    let trimmed: Vec<&str> =
        after.iter().skip(1).map(|word| word.trim_matches(['(', ')', ':', ','])).collect();
    let trimmed: Vec<&str> =
        trimmed.into_iter().filter(|word| !word.is_empty() && !is_hybrid_word(word)).collect();
    let before: Vec<&str> = before.iter().map(|word| word.trim_matches(['(', ')', ':', ','])).collect();
    if before.iter().skip(1).any(|word| is_cross(word)) {
        return hybrid(None, parents(&before, is_genus));
    }
    let mut named = Vec::new();
    if trimmed.iter().skip(1).any(|word| is_cross(word)) {
        // The genus before the word may be what the formula abbreviates.
        let genus = before.first().map(|word| capitalised(word));
        named = parents_after(genus, &trimmed, is_genus);
    }
    hybrid(one_name(&before).or_else(|| one_name(&trimmed)).filter(|_| named.is_empty()), named)
}

fn hybrid(anchor: Option<Parts<'static>>, parents: Vec<Parts<'static>>) -> Reading<'static> {
    if anchor.is_none() && parents.is_empty() { Reading::NoName } else { Reading::Hybrid { anchor, parents } }
}

fn parents(words: &[&str], is_genus: &dyn Fn(&str) -> bool) -> Vec<Parts<'static>> {
    parents_after(None, words, is_genus)
}

/// The names between the hybrid signs.
fn parents_after(
    genus: Option<String>,
    words: &[&str],
    is_genus: &dyn Fn(&str) -> bool,
) -> Vec<Parts<'static>> {
    let sides = words.split(|word| is_cross(word)).filter(|side| !side.is_empty());
    let mut last = genus;
    let mut parents = Vec::new();
    for side in sides.take(JOINED_NAMES_MAX) {
        if let Some(parent) = side_name(side, last.as_deref(), is_genus) {
            last = Some(parent.first.clone().into_owned());
            parents.push(parent);
        }
    }
    parents
}

/// The name on one side of a sign, its genus taken from the side before where it is left out or abbreviated.
fn side_name(side: &[&str], before: Option<&str>, is_genus: &dyn Fn(&str) -> bool) -> Option<Parts<'static>> {
    let [first, rest @ ..] = side else { return None };
    let first = first.trim_matches(['(', ')', ',']);
    let Some(genus) = before else { return one_name(side) };
    let is_small = first.starts_with(char::is_lowercase);
    let stands_for_genus = is_abbreviation(first, genus);
    if stands_for_genus || (is_small && !is_genus(&capitalised(first))) {
        let mut words = vec![genus];
        words.extend(if stands_for_genus { None } else { Some(first) });
        words.extend(rest);
        return one_name(&words);
    }
    one_name(side)
}

/// `F.` or `Fa.` for `Falco`.
fn is_abbreviation(word: &str, genus: &str) -> bool {
    let letters = word.strip_suffix('.').unwrap_or(word);
    let is_short = letters.len() == 1 || (word.ends_with('.') && letters.len() <= 3);
    let start = genus.get(..letters.len());
    is_short && start.is_some_and(|start| start.eq_ignore_ascii_case(letters))
}

/// `Falco rusticolus/cherrug`, `Falco cherrug / Falco rusticolus`.
fn alternatives(words: &[&str], is_genus: &dyn Fn(&str) -> bool) -> Option<Reading<'static>> {
    let text = words.join(" ");
    let sides: Vec<Vec<&str>> = text.split('/').map(|side| side.split_whitespace().collect()).collect();
    let [first, others @ ..] = sides.as_slice() else { return None };
    let are_names = sides.iter().all(|side| {
        side.iter()
            .all(|word| word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '.' | '-')))
    });
    if others.is_empty() || !are_names {
        return None;
    }
    let first = one_name(first)?;
    let genus = first.first.clone().into_owned();
    let others = others.iter().take(JOINED_NAMES_MAX - 1);
    let named: Vec<Parts<'static>> =
        others.filter_map(|side| side_name(side, Some(&genus), is_genus)).collect();
    (!named.is_empty()).then(|| Reading::Alternatives(std::iter::once(first).chain(named).collect()))
}
