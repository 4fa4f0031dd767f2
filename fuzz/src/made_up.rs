//! Every target on its seeds with a few edits made by rules: what a person's slip, a broken transfer or a
//! hostile hand does to a file that was sound. Bytes alone seldom come near to one.

use std::path::Path;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::Target;

/// What is put in: signs of the formats, values at their ends, characters that are read in several ways.
const PIECES: [&[u8]; 56] = [
    b"\"",
    b"\"\"",
    b"'",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b" ",
    b"=",
    b"[",
    b"]",
    b"[[",
    b"{",
    b"}",
    b":",
    b"=== ",
    b"#",
    b".",
    b"-",
    b"+",
    b"/",
    b"\\",
    b"\\u",
    b"\\ud800",
    b"\xFF",
    b"\xED\xA0\x80",
    b"\xC3",
    b"\xEF\xBB\xBF",
    "雪豹".as_bytes(),
    "é".as_bytes(),
    "×".as_bytes(),
    "\u{a0}".as_bytes(),
    "\u{202e}".as_bytes(),
    "İ".as_bytes(),
    b"NA",
    b"XX",
    b"KZ",
    b"PH-PLW",
    b"II",
    b"I/III",
    b"#4",
    b"-1",
    b"0",
    b"1e308",
    b"9223372036854.775807",
    b"0.0000001",
    b"2026-02-29",
    b"1800-01-01",
    b"2200-12-31",
    b"Falco cherrug",
    b"Falco",
    b" x ",
    b"unknown",
];

/// One edit of a text.
#[derive(Debug, Clone)]
enum Edit {
    /// A piece at a place.
    Put(Index, usize),
    /// So many bytes away from a place.
    Take(Index, usize),
    /// So many bytes from one place at another.
    Repeat(Index, Index, usize),
    /// Everything from a place on away.
    Cut(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        5 => (any::<Index>(), 0..PIECES.len()).prop_map(|(at, piece)| Edit::Put(at, piece)),
        3 => (any::<Index>(), 1_usize..12).prop_map(|(at, count)| Edit::Take(at, count)),
        2 => (any::<Index>(), any::<Index>(), 1_usize..80).prop_map(|(from, to, count)| Edit::Repeat(from, to, count)),
        1 => any::<Index>().prop_map(Edit::Cut),
    ]
}

fn edited(seed: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for edit in edits {
        let place = |at: &Index| at.index(bytes.len() + 1);
        match edit {
            Edit::Put(at, piece) => {
                let at = place(at);
                bytes.splice(at..at, PIECES[*piece].iter().copied());
            }
            Edit::Take(at, count) => {
                let at = place(at);
                let end = (at + count).min(bytes.len());
                bytes.drain(at..end);
            }
            Edit::Repeat(from, to, count) => {
                let (from, to) = (place(from), place(to));
                let end = (from + count).min(bytes.len());
                let copy = bytes[from..end].to_vec();
                bytes.splice(to..to, copy);
            }
            Edit::Cut(at) => {
                let at = place(at);
                bytes.truncate(at);
            }
        }
    }
    bytes
}

/// The seeds of a target, in the order of their names.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

macro_rules! holds_for_edited_seeds {
    ($($name:ident: $cases:literal;)+) => {$(
        proptest! {
            #![proptest_config(ProptestConfig { cases: $cases, failure_persistence: None, ..ProptestConfig::default() })]

            #[test]
            fn $name(seed in any::<Index>(), edits in vec(edit(), 1..6)) {
                static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| seeds(stringify!($name)));
                let target: Target = crate::$name;
                let seed: &Vec<u8> = seed.get(SEEDS.as_slice());
                target(&edited(seed, &edits));
            }
        }
    )+};
}

holds_for_edited_seeds! {
    backbone: 200;
    codes: 300;
    consignment_json: 100;
    consignment_toml: 100;
    downloads: 200;
    edition: 100;
    law_tables: 200;
    lines: 200;
    mapped_bytes: 50;
    mapped_damage: 200;
    names: 100;
    overlay: 50;
    packs: 150;
    pasted: 200;
    rules: 150;
    table: 30;
}
