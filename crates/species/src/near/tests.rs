//! Nothing within two edits is missed, and nothing else is found.

use proptest::prelude::*;

use super::*;
use crate::fold::Key;

const NAMES: [&str; 9] = [
    "Falco",
    "Falco cherrug",
    "Falco rusticolus",
    "Falco peregrinus",
    "Bubo virginianus",
    "Aquila virginiana",
    "Ursus arctos",
    "Ursus arctos isabellinus",
    "Masdevallia pescadoënsis",
];

/// The places of the names found, with their edits.
fn search(names: &[&str], written: &str) -> Vec<(usize, u8)> {
    let index = NearIndex::of(names.iter().copied());
    let mut found = Found::default();
    index.table().search(&Query::of(&Key::of(written).unwrap()), &mut found);
    found.finish();
    found.as_slice().iter().map(|near| (near.name as usize, near.edits())).collect()
}

#[track_caller]
fn check(written: &str, expected: &[(&str, u8)]) {
    let found: Vec<(&str, u8)> =
        search(&NAMES, written).into_iter().map(|(name, edits)| (NAMES[name], edits)).collect();
    assert_eq!(found, expected, "{written}");
}

#[test]
fn names_within_two_edits_are_found() {
    check("Falco cherug", &[("Falco cherrug", 1)]);
    check("Flaco cherug", &[("Falco cherrug", 2)]);
    check("Flaco cherrg", &[("Falco cherrug", 2)]);
    check("Flcao cherrug", &[("Falco cherrug", 2)]);
    check("Falko", &[("Falco", 1)]);
    check("Ursus arctos isabelinus", &[("Ursus arctos isabellinus", 1)]);
    check("Masdevalia pescadoensis", &[("Masdevallia pescadoënsis", 1)]);
    check("Flako chreug", &[]);
}

#[test]
fn a_space_is_a_letter_like_any_other() {
    check("Falcocherrug", &[("Falco cherrug", 1)]);
    check("Falcocherug", &[("Falco cherrug", 2)]);
    check("Falcoxcherrug", &[("Falco cherrug", 1)]);
    check("Fal co cherrug", &[("Falco cherrug", 1)]);
    check("Falco cher rug", &[("Falco cherrug", 1)]);
    check("Falc ocherrug", &[("Falco cherrug", 1)]);
    check("Falcoc herug", &[("Falco cherrug", 2)]);
    check("Ursusarctos isabellinus", &[("Ursus arctos isabellinus", 1)]);
    check("Fal co", &[("Falco", 1)]);
    // A genus is no misspelling of a species.
    check("Falco x", &[]);
}

#[test]
fn stems_find_other_combinations() {
    let index = NearIndex::of(NAMES.into_iter());
    let table = index.table();
    let found: Vec<&str> = table.of_stem(&stem(b"virginianum")).map(|name| NAMES[name as usize]).collect();
    assert_eq!(found, ["Bubo virginianus", "Aquila virginiana"]);
    assert!(table.has_first(b"falco") && !table.has_first(b"falc") && !table.has_first(b""));
}

#[test]
fn an_empty_index_finds_nothing() {
    assert_eq!(search(&[], "Falco cherrug"), []);
    let index = NearIndex::of([].into_iter());
    assert_eq!(index.table().of_stem(&stem(b"cherrug")).count(), 0);
    assert!(!index.table().has_first(b"falco"));
}

/// A name, or a name with an edit or two, or anything.
fn written(names: Vec<String>) -> impl Strategy<Value = (Vec<String>, String)> {
    let edits =
        proptest::collection::vec((0_u8..4, 0_usize..16, prop::sample::select(b"abc e".to_vec())), 0..=3);
    (Just(names), 0_usize..40, edits).prop_map(|(names, which, edits)| {
        let mut written = names[which % names.len()].clone().into_bytes();
        for (kind, at, letter) in edits {
            let at = at.min(written.len());
            match kind {
                0 => written.insert(at, letter),
                1 if at < written.len() => {
                    written.remove(at);
                }
                2 if at < written.len() => written[at] = letter,
                3 if at + 1 < written.len() => written.swap(at, at + 1),
                _ => {}
            }
        }
        (names, String::from_utf8(written).unwrap())
    })
}

fn vocabulary() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[a-c]{1,4}( [a-e]{1,4}){0,2}", 1..40)
}

/// Whether one of the names has one word, and the other but a letter more: the index tells them apart.
fn is_genus_and_letter(one: &str, other: &str) -> bool {
    let short = |name: &str| name.split_once(' ').is_some_and(|(_, rest)| rest.len() < 2);
    (!one.contains(' ') && short(other)) || (!other.contains(' ') && short(one))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// The index finds what comparing with every name finds.
    #[test]
    fn the_index_finds_all_names_within_two_edits_and_no_other((names, written) in vocabulary().prop_flat_map(written)) {
        let key = Key::of(&written).unwrap();
        prop_assume!(!key.as_bytes().is_empty());
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = search(&all, &written);
        for (number, name) in names.iter().enumerate() {
            let expected = distance(name.as_bytes(), key.as_bytes(), EDITS_MAX);
            let own = found.iter().find(|(found, _)| *found == number).map(|(_, edits)| *edits);
            if !is_genus_and_letter(name, key.as_str()) {
                prop_assert_eq!(own, expected, "{} as {}", name, key.as_str());
            }
        }
    }
}
