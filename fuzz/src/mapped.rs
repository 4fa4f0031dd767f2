//! The file of imported names, which is mapped and never read whole.

use std::sync::OnceLock;

use species::{Doubt, ImportedError, ImportedNames, ImportedTaxon, Names, write_joined};

use crate::book;
use crate::names::{same, set, sound};

/// What is asked of a file: accepted, a synonym, a near miss, a name that is only imported, nothing.
const ASKED: [&str; 6] = [
    "Falco cherrug",
    "Falco saqer",
    "Falco exemplus",
    "Falco exemplum",
    "Masdevallia exemplaris",
    "Quagga nemo",
];

/// The file of our download, joined with the small book.
fn file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| write_joined(&set(), book::small_backbone()))
}

/// Whatever the bytes, a file opens or says why not, and everything asked of one that opens is answered or
/// refused.
pub fn mapped_bytes(bytes: &[u8]) {
    match ImportedNames::open(bytes) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(names) => {
            let _ = read(&names);
            asked(&names).iter().for_each(|found| assert!(!found.is_empty()));
        }
    }
}

/// A sound file of which bytes are changed or the end is cut: an error or the same answer, never another. The
/// input is a list of places of two bytes with the byte that is added there; a first byte of 0 cuts the file
/// at the first place.
pub fn mapped_damage(bytes: &[u8]) {
    let whole = file();
    let mut damaged = whole.to_vec();
    let Some((kind, changes)) = bytes.split_first() else { return };
    let (changes, _) = changes.as_chunks::<3>();
    for [high, low, add] in changes {
        let place = (usize::from(*high) << 8 | usize::from(*low)) % whole.len();
        if *kind == 0 {
            damaged.truncate(place);
            assert!(ImportedNames::open(&damaged).is_err(), "a file cut at {place} opens");
            break;
        }
        if let Some(byte) = damaged.get_mut(place) {
            *byte = byte.wrapping_add(*add);
        }
    }
    let sound_names = ImportedNames::open(whole).unwrap_or_else(|error| unreachable!("our file: {error}"));
    let Ok(names) = ImportedNames::open(&damaged) else { return };
    if let (Ok(found), Ok(expected)) = (read(&names), read(&sound_names)) {
        assert_eq!(found, expected, "another answer from a damaged file");
    }
    unchanged(&names, &sound_names);
}

/// Everything in a file.
fn read<'a>(names: &ImportedNames<'a>) -> Result<(Vec<ImportedTaxon<'a>>, usize, String), ImportedError> {
    let taxa: Vec<ImportedTaxon<'a>> = names.taxa()?.collect();
    for taxon in &taxa {
        names.find(taxon.kingdom, taxon.name)?;
    }
    Ok((taxa, names.synonym_count()?, format!("{:?}", names.to_set()?)))
}

/// What each name stands for, with the shipped names beside.
fn asked(names: &ImportedNames<'_>) -> Vec<String> {
    let both = Names { backbone: book::small_backbone(), imported: Some(names) };
    let ask = |name: &&str| {
        let found = both.resolve(name);
        sound(&found);
        format!("{found:?}")
    };
    ASKED.iter().map(ask).collect()
}

/// Every answer is that of the sound file, or says that the import is damaged.
fn unchanged(names: &ImportedNames<'_>, sound_names: &ImportedNames<'_>) {
    let backbone = book::small_backbone();
    let [damaged, whole] = [names, sound_names].map(|imported| Names { backbone, imported: Some(imported) });
    for name in ASKED {
        let (found, expected) = (damaged.resolve(name), whole.resolve(name));
        sound(&found);
        if !found.doubts.contains(&Doubt::ImportDamaged) {
            same(&found, &expected);
        }
    }
}
