//! Nothing within two edits is missed.

use proptest::prelude::*;

use super::*;
use crate::exact;

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

struct Names {
    letters: String,
    starts: Vec<u32>,
    buckets: exact::Buckets,
    near: NearIndex,
}

impl Names {
    fn new(names: &[&str]) -> Self {
        let mut starts = vec![0];
        for name in names {
            starts.push(starts.last().unwrap() + name.len() as u32);
        }
        let buckets = exact::buckets(names.iter().copied());
        Self { letters: names.concat(), starts, buckets, near: NearIndex::of(names.iter().copied()) }
    }

    fn table(&self) -> NameTable<'_, &[u32]> {
        NameTable {
            letters: self.letters.as_bytes(),
            starts: &self.starts,
            buckets: &self.buckets.starts,
            slots: &self.buckets.slots,
        }
    }

    fn search(&self, written: &str) -> Vec<(&str, u8)> {
        let key = Key::of(written).unwrap();
        let (first, rest) = split_first(key.as_bytes());
        let found = self.near.table().search(&self.table(), first, rest, EDITS_MAX);
        found
            .iter()
            .map(|near| (self.table().text(near.name).unwrap(), near.first_edits + near.rest_edits))
            .collect()
    }
}

#[test]
fn names_within_two_edits_are_found() {
    let names = Names::new(&NAMES);
    for (written, expected) in [
        ("Falco cherug", vec![("Falco cherrug", 1)]),
        ("Flaco cherug", vec![("Falco cherrug", 2)]),
        ("Flaco cherrg", vec![("Falco cherrug", 2)]),
        ("Falko", vec![("Falco", 1)]),
        ("Ursus arctos isabelinus", vec![("Ursus arctos isabellinus", 1)]),
        ("Masdevalia pescadoensis", vec![("Masdevallia pescadoënsis", 1)]),
        ("Flako chreug", vec![]),
    ] {
        assert_eq!(names.search(written), expected, "{written}");
    }
}

#[test]
fn stems_find_other_combinations() {
    let names = Names::new(&NAMES);
    let table = names.near.table();
    let found = table.same_stem(&names.table(), b"virginianum");
    let found: Vec<&str> = found.iter().map(|name| names.table().text(*name).unwrap()).collect();
    assert_eq!(found, ["Bubo virginianus", "Aquila virginiana"]);
    assert!(table.has_first(b"falco") && !table.has_first(b"falc") && !table.has_first(b"zzz"));
}

#[test]
fn an_empty_index_finds_nothing() {
    let names = Names::new(&[]);
    assert_eq!(names.search("Falco cherrug"), []);
    assert_eq!(names.near.table().same_stem(&names.table(), b"cherrug"), Vec::<u32>::new());
    assert!(!names.near.table().has_first(b"falco"));
}

proptest! {
    /// The masks leave out nothing: whatever two edits make of a name, the name is found.
    #[test]
    fn no_name_within_two_edits_is_missed(
        words in proptest::collection::vec("[a-e]{1,5} [a-e]{1,6}", 1..12),
        edits in proptest::collection::vec((0_u8..4, 0_usize..12, b'a'..b'f'), 0..=2),
    ) {
        let known: Vec<&str> = words.iter().map(String::as_str).collect();
        let names = Names::new(&known);
        let (first, rest) = split_first(words[0].as_bytes());
        let mut word = rest.to_vec();
        for (kind, at, letter) in edits {
            let at = at.min(word.len());
            match kind {
                0 => word.insert(at, letter),
                1 if at < word.len() => { word.remove(at); }
                2 if at < word.len() => word[at] = letter,
                3 if at + 1 < word.len() => word.swap(at, at + 1),
                _ => {}
            }
        }
        // Without any epithet left, what is written is a genus.
        prop_assume!(!word.is_empty());
        let found = names.near.table().search(&names.table(), first, &word, EDITS_MAX);
        prop_assert!(found.iter().any(|near| near.name == 0));
    }
}
