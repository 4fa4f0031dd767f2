//! What is written is read; damage is an error, never a wrong answer.

use cites::{Country, Kingdom, Rank};
use proptest::prelude::*;

use super::*;
use crate::fold::Key;
use crate::import::{IndexRow, index_csv};
use crate::near::{Found, Query};

fn rows() -> Vec<IndexRow> {
    index_csv(include_str!("../../tests/fixtures/index.csv")).unwrap().rows
}

fn sample() -> Vec<u8> {
    let mut set = NameSet::default();
    set.merge(&rows());
    write(&set)
}

/// Reads everything there is to read.
fn read_all(bytes: &[u8]) -> Result<(NameSet, bool), ImportedError> {
    let names = ImportedNames::open(bytes)?;
    let set = names.to_set()?;
    let mut found = true;
    for taxon in names.taxa()? {
        found &= names.find(taxon.kingdom, taxon.name)? == Some(taxon);
    }
    let mut near = Found::default();
    names.near()?.search(&Query::of(&Key::of("falco cherug").expect("short")), &mut near);
    found &= near.as_slice().len() == 1;
    Ok((set, found))
}

#[test]
fn what_is_written_is_read() {
    let mut set = NameSet::default();
    assert_eq!(set.merge(&rows()), MergeReport { added: 4, ..MergeReport::default() });
    let bytes = write(&set);
    assert_eq!(read_all(&bytes), Ok((set, true)));
    let names = ImportedNames::open(&bytes).unwrap();
    let saker = names.find(Kingdom::Animalia, "FALCO SAQER").unwrap().unwrap();
    assert_eq!((saker.name, saker.author, saker.rank), ("Falco cherrug", "Gray, 1834", Rank::Species));
    assert_eq!((saker.listing, saker.above[3]), ("II", "Falconidae"));
    assert!(saker.range.contains(Country::new(b"MN")));
    assert_eq!(names.find(Kingdom::Plantae, "Falco cherrug").unwrap(), None);
    assert_eq!((names.len().unwrap(), names.synonym_count().unwrap()), (4, 3));
}

#[test]
fn the_same_download_twice_changes_nothing() {
    let bytes = sample();
    let mut set = ImportedNames::open(&bytes).unwrap().to_set().unwrap();
    assert_eq!(set.merge(&rows()), MergeReport { unchanged: 4, ..MergeReport::default() });
    assert_eq!(write(&set), bytes);
}

#[test]
fn a_newer_download_is_merged_and_told() {
    let mut newer = rows();
    newer.remove(0);
    newer[0].listing = "I".to_owned();
    newer.push(IndexRow {
        name: crate::import::WrittenName { name: "Falco nova".into(), author: String::new() },
        ..newer[0].clone()
    });
    let mut set = ImportedNames::open(&sample()).unwrap().to_set().unwrap();
    assert_eq!(set.merge(&newer), MergeReport { added: 1, changed: 1, unchanged: 2, repeated: 0 });
    assert_eq!(set.len(), 5);
}

#[test]
fn no_names_make_a_file_too() {
    let bytes = write(&NameSet::default());
    let names = ImportedNames::open(&bytes).unwrap();
    assert!(names.is_empty().unwrap());
    assert_eq!(names.find(Kingdom::Animalia, "Falco").unwrap(), None);
}

#[test]
fn a_cut_file_is_an_error() {
    let bytes = sample();
    for length in 0..bytes.len() {
        assert!(ImportedNames::open(&bytes[..length]).is_err(), "{length}");
    }
    assert_eq!(ImportedNames::open(b"PK\x03\x04 something else").unwrap_err(), ImportedError::NotNames);
    let mut other = bytes.clone();
    other[7] = 9;
    assert_eq!(
        ImportedNames::open(&other).unwrap_err(),
        ImportedError::OtherVersion { found: 9, expected: 3 }
    );
}

#[test]
fn any_changed_byte_is_an_error() {
    let bytes = sample();
    assert!(read_all(&bytes).is_ok());
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        assert!(read_all(&damaged).is_err(), "byte {at}");
        let checked = ImportedNames::open(&damaged).and_then(|names| names.check());
        assert!(checked.is_err(), "byte {at}");
    }
}

proptest! {
    /// Whatever the bytes, reading them ends with an answer or an error.
    #[test]
    fn reading_any_bytes_does_not_panic(start in 0_usize..600, noise in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = sample();
        for (to, from) in bytes.iter_mut().skip(start).zip(&noise) {
            *to = *from;
        }
        let _ = read_all(&bytes);
        let _ = read_all(&noise);
    }
}
