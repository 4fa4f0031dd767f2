//! The file of an edition of the law book. The first letter of an input says what the rest is: `d` changes of a
//! sound file, as in [`crate::mapped_damage`]; `t` tables before they are packed; else the file itself.

use std::io::Write;
use std::sync::OnceLock;

use cites::EditionId;
use countrygate::door::edition_file::{FileError, Head, read, write};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use law::book::Tables;
use sha2::{Digest, Sha256};

use crate::book;

/// Where the edition and the checksum stand in the file.
const EDITION: usize = 16;
const SUM: usize = 60;

/// A file opens as the edition that it names, or says why not; one that opens is written again as it was; a
/// byte that is changed, or an end that is cut, is an error.
pub fn edition(bytes: &[u8]) {
    match bytes.split_first() {
        Some((b'd', changes)) => damaged(changes),
        Some((b't', unpacked)) => {
            if let Some(file) = sealed(unpacked) {
                judged(read(&file));
            }
        }
        _ => judged(read(bytes)),
    }
}

fn judged(read_file: Result<(Head, Tables), FileError>) {
    match read_file {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok((head, tables)) => {
            assert_eq!(tables.edition(), head.edition);
            let again =
                write(&tables, &head.program).unwrap_or_else(|error| unreachable!("in memory: {error}"));
            let again = read(&again).unwrap_or_else(|error| unreachable!("just written: {error}"));
            assert_eq!(again.1, tables);
        }
    }
}

/// The file of the small book.
fn file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        write(&book::small_tables(), "0.1.0").unwrap_or_else(|error| unreachable!("in memory: {error}"))
    })
}

fn damaged(changes: &[u8]) {
    let whole = file();
    let mut damaged = whole.to_vec();
    let (changes, rest) = changes.as_chunks::<3>();
    for [high, low, add] in changes {
        let place = (usize::from(*high) << 8 | usize::from(*low)) % whole.len();
        if let Some(byte) = damaged.get_mut(place) {
            *byte = byte.wrapping_add(*add);
        }
    }
    damaged.truncate(whole.len() - rest.len());
    if damaged != whole {
        assert!(read(&damaged).is_err(), "a damaged file opens");
    }
}

/// A file of these tables with the right checksum, and the edition that it really has where it has one.
fn sealed(unpacked: &[u8]) -> Option<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(unpacked).ok()?;
    let head = file().get(..EDITION)?;
    let length = (unpacked.len() as u64).to_le_bytes();
    let seal = |edition: EditionId, packed: &[u8]| {
        let before = [head, &edition.0, &length, &0_u32.to_le_bytes()].concat();
        assert_eq!(before.len(), SUM);
        let sum: [u8; 32] = Sha256::new().chain_update(&before).chain_update(packed).finalize().into();
        [before.as_slice(), &sum, packed].concat()
    };
    let packed = packed.finish().ok()?;
    let named = seal(EditionId([0; 32]), &packed);
    match read(&named) {
        Err(FileError::Other { held, .. }) => Some(seal(held, &packed)),
        _ => Some(named),
    }
}
