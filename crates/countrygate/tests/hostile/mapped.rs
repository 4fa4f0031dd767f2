//! The mapped file of imported names: cut at every class of length, any byte changed.

use std::path::Path;

use crate::run::{Ran, within};

const INDEX: &str = "\
TaxonId,Kingdom,Phylum,Class,Order,Family,Genus,Species,Subspecies,FullName,AuthorYear,RankName,CurrentListing,AnnotationEnglish,#AnnotationSymbol,SynonymsWithAuthors,CitesAccepted,All_DistributionISOCodes
2,Animalia,Chordata,Aves,Falconiformes,Falconidae,Falco,cherrug,,Falco cherrug,\"Gray, 1834\",SPECIES,II,,,\"Falco exemplaris Nobody, 1891\",true,\"KZ, CN, MN\"
4,Animalia,Chordata,Aves,Falconiformes,Falconidae,Falco,exemplum,,Falco exemplum,\"Nobody, 2001\",SPECIES,II,,,,true,KZ
";

const ASKED: [&str; 11] = [
    "species",
    "Falco exemplaris",
    "Falco exemplum",
    "Falco exempllum",
    "Falco cherrug",
    "--on",
    "2026-03-05",
    "--format",
    "csv",
    "--data",
    "names",
];

fn imported(folder: &Path) -> Vec<u8> {
    std::fs::write(folder.join("index.csv"), INDEX).unwrap();
    let ran = within(folder, &["data", "import", "index.csv", "--data", "names"]);
    assert!(ran.code.is_some_and(|code| code != 1), "{}", ran.err);
    std::fs::read(folder.join("names/names.cgn")).unwrap()
}

/// The answer from a file of these bytes.
fn from(folder: &Path, bytes: &[u8]) -> Ran {
    // A new file in the place of the old one, as an import puts it.
    std::fs::write(folder.join("names/fresh"), bytes).unwrap();
    std::fs::rename(folder.join("names/fresh"), folder.join("names/names.cgn")).unwrap();
    within(folder, &ASKED)
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let whole = imported(folder.path());
    assert_eq!(from(folder.path(), &whole).code, Some(10));
    for length in [0, 1, 7, 8, 9, 16, 23, 24, 25, 100, whole.len() / 2, whole.len() - 8, whole.len() - 1] {
        let ran = from(folder.path(), &whole[..length]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "cut at {length}: {}", ran.err);
        assert!(ran.err.contains("names.cgn"), "cut at {length}: {}", ran.err);
    }
    let longer = [whole.as_slice(), b"\0"].concat();
    assert_eq!(from(folder.path(), &longer).code, Some(1));
}

#[test]
fn a_changed_byte_gives_an_error_or_a_doubt_or_the_same_answer() {
    let folder = tempfile::tempdir().unwrap();
    let whole = imported(folder.path());
    let expected = from(folder.path(), &whole).out;
    // Every place is tried in the library's own test; here some of each part, through the program.
    for at in (0..whole.len()).step_by(whole.len() / 61) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x20;
        let ran = from(folder.path(), &damaged);
        match ran.code {
            Some(1) => assert!(ran.err.contains("names.cgn"), "byte {at}: {}", ran.err),
            Some(10) => {
                for (line, expected) in ran.out.lines().zip(expected.lines()) {
                    assert!(line == expected || line.contains("import-damaged"), "byte {at}: {line}");
                }
                assert_eq!(ran.out.lines().count(), expected.lines().count(), "byte {at}");
            }
            code => panic!("byte {at}: {code:?} {}", ran.err),
        }
    }
}

#[test]
fn a_damaged_file_is_replaced_by_the_next_import() {
    let folder = tempfile::tempdir().unwrap();
    let whole = imported(folder.path());
    std::fs::write(folder.path().join("names/names.cgn"), &whole[..40]).unwrap();
    assert_eq!(imported(folder.path()), whole);
}
