//! The file of an edition: written and read back, cut, changed, of another format.

use super::file::{FileError, head, read, write};
use law::book::Tables;

fn example() -> Tables {
    let mut tables = Tables::new();
    tables.insert("law/listings.csv", "id,taxon\na,Falco\n");
    tables.insert("office/law/suspensions.csv", "id,person\nb,A. Officer\n");
    tables.insert("species/vernacular.csv", "name\n猎隼\n");
    tables
}

#[test]
fn what_is_kept_is_read_again() {
    let bytes = write(&example(), "0.1.0").unwrap();
    let (told, tables) = read(&bytes).unwrap();
    assert_eq!(tables, example());
    assert_eq!((told.edition, told.program.as_str()), (example().edition(), "0.1.0"));
    assert_eq!(write(&tables, "0.1.0").unwrap(), bytes);
}

#[test]
fn a_file_that_is_cut_is_an_error_wherever_it_is_cut() {
    let bytes = write(&example(), "0.1.0").unwrap();
    for length in 0..bytes.len() {
        assert!(read(&bytes[..length]).is_err(), "{length}");
        assert!(head(&bytes[..length]).is_err(), "{length}");
    }
}

#[test]
fn any_byte_that_is_changed_is_an_error() {
    let bytes = write(&example(), "0.1.0").unwrap();
    for at in 0..bytes.len() {
        for bit in [1, 0x80] {
            let mut other = bytes.clone();
            other[at] ^= bit;
            assert!(read(&other).is_err(), "{at}");
            assert!(head(&other).is_err(), "{at}");
        }
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(read(&longer).is_err());
}

#[test]
fn another_format_is_told_before_anything_is_read() {
    let mut later = write(&example(), "0.1.0").unwrap();
    later[8] = 2;
    assert!(matches!(read(&later), Err(FileError::Format(2))));
    assert!(matches!(read(b"id,taxon\n"), Err(FileError::NoEdition)));
}

#[test]
fn tables_of_another_format_are_told_with_the_program_that_kept_them() {
    use sha2::{Digest, Sha256};
    let mut bytes = write(&example(), "9.9.9").unwrap();
    bytes[12] = 7;
    // The file is sound: it was written so.
    let mut hash = Sha256::new();
    hash.update(&bytes[..60]);
    hash.update(&bytes[92..]);
    let sum: [u8; 32] = hash.finalize().into();
    bytes[60..92].copy_from_slice(&sum);
    let told = read(&bytes).unwrap_err().to_string();
    assert!(told.contains("format 7 (kept by version 9.9.9)"), "{told}");
    assert!(head(&bytes).is_ok(), "what it says of itself can still be listed");
}
