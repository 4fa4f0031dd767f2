//! An edition as one file: every table of a law book, packed, with a checksum over every byte.
//!
//! Source of truth: the format below, of which `docs/reference/editions.md` gives the words. Bytes in, tables
//! out: the program reads and writes the files, and its build makes the file of the shipped edition. What a
//! table means is for `law`.
//!
//! | bytes | hold |
//! |---|---|
//! | 8 | `CGEDITN` and a line feed |
//! | 4 | the version of this format |
//! | 4 | the version of the format of the tables, [`Tables::FORMAT`] |
//! | 32 | the edition |
//! | 8 | how long the tables are unpacked |
//! | 4 | how long the next text is |
//! | 32 | SHA-256 of everything else in the file |
//! | … | the version of the program that kept it, as text |
//! | … | the tables, packed with zlib: their number, then of each the lengths of path and text, path and text |
//!
//! Numbers are little-endian.

use std::io::{Read, Write};

use cites::EditionId;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use law::book::Tables;
use sha2::{Digest, Sha256};

/// What a file begins with.
const MAGIC: [u8; 8] = *b"CGEDITN\n";
/// The version of the format that this program writes and reads.
const VERSION: u32 = 1;
/// Where the checksum stands, and how long it is.
const SUM: std::ops::Range<usize> = 60..92;
/// How much of the tables is unpacked at most: the shipped ones are a thirtieth of it, and a file that
/// promises more is no edition.
pub const UNPACKED_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Why bytes are no edition.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Something else.
    #[error("this is no file of an edition, or it is damaged at its start")]
    NoEdition,
    /// Made by a later program.
    #[error("the file has format {0}, and this program reads format {VERSION}; use the program that kept it")]
    Format(u32),
    /// It ends too early.
    #[error("the file is cut; take it from a copy, or keep the edition again")]
    Cut,
    /// A byte is another than was written.
    #[error("the file is damaged; take it from a copy, or keep the edition again")]
    Damaged,
    /// The tables are not those of the edition that it names.
    #[error("the file names edition {told} and holds {held}; take it from a copy")]
    Other {
        /// The edition that it names.
        told: EditionId,
        /// The edition of its tables.
        held: EditionId,
    },
    /// The tables have columns or meanings of another time.
    #[error(
        "its tables have format {told} (kept by version {program}), and this program reads format {}; use the \
         program that kept it",
        Tables::FORMAT
    )]
    TablesFormat {
        /// Their format.
        told: u32,
        /// The program that kept it.
        program: String,
    },
}

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The edition.
    pub edition: EditionId,
    /// The version of the program that kept it.
    pub program: String,
    tables_format: u32,
    unpacked: u64,
    body: usize,
}

/// The file of `tables`, kept by the program of version `program`. The text of every table must be whole.
///
/// # Errors
/// Memory ends while packing.
pub fn write(tables: &Tables, program: &str) -> std::io::Result<Vec<u8>> {
    let unpacked = unpacked(tables);
    let mut out = Vec::new();
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&Tables::FORMAT.to_le_bytes());
    out.extend_from_slice(&tables.edition().0);
    out.extend_from_slice(&(unpacked.len() as u64).to_le_bytes());
    out.extend_from_slice(&(program.len() as u32).to_le_bytes());
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&unpacked)?;
    let packed = packed.finish()?;
    let sum = sum(&out, &[program.as_bytes(), &packed]);
    out.extend_from_slice(&sum);
    out.extend_from_slice(program.as_bytes());
    out.extend_from_slice(&packed);
    Ok(out)
}

/// What the file says of itself, and that no byte of it has changed. The tables stay packed.
///
/// # Errors
/// The bytes are no edition, or damaged.
pub fn head(bytes: &[u8]) -> Result<Head, FileError> {
    let mut rest = Reader(bytes);
    if rest.take(MAGIC.len()).ok_or(FileError::NoEdition)? != MAGIC {
        return Err(FileError::NoEdition);
    }
    let version = rest.u32()?;
    if version != VERSION {
        return Err(FileError::Format(version));
    }
    let tables_format = rest.u32()?;
    let edition = EditionId(rest.array()?);
    let unpacked = u64::from_le_bytes(rest.array()?);
    let program = rest.u32()? as usize;
    let told: [u8; 32] = rest.array()?;
    let (before, after) = (bytes.get(..SUM.start), bytes.get(SUM.end..));
    if before.zip(after).is_none_or(|(before, after)| sum(before, &[after]) != told) {
        return Err(FileError::Damaged);
    }
    let program = rest.take(program).ok_or(FileError::Cut)?;
    let program = String::from_utf8_lossy(program).into_owned();
    Ok(Head { edition, program, tables_format, unpacked, body: bytes.len() - rest.0.len() })
}

/// The tables of a file, which are those of the edition that it names.
///
/// # Errors
/// The bytes are no edition, damaged, or of a format that this program does not read: never a part of one.
pub fn read(bytes: &[u8]) -> Result<(Head, Tables), FileError> {
    let head = head(bytes)?;
    if head.tables_format != Tables::FORMAT {
        return Err(FileError::TablesFormat { told: head.tables_format, program: head.program });
    }
    if head.unpacked > UNPACKED_BYTES_MAX {
        return Err(FileError::Damaged);
    }
    let mut unpacked = Vec::new();
    let body = bytes.get(head.body..).ok_or(FileError::Cut)?;
    let read = ZlibDecoder::new(body).take(head.unpacked + 1).read_to_end(&mut unpacked);
    if read.is_err() || unpacked.len() as u64 != head.unpacked {
        return Err(FileError::Damaged);
    }
    let tables = tables(&unpacked)?;
    let held = tables.edition();
    if held != head.edition {
        return Err(FileError::Other { told: head.edition, held });
    }
    Ok((head, tables))
}

fn unpacked(tables: &Tables) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend_from_slice(&(tables.iter().count() as u32).to_le_bytes());
    for (path, text) in tables.iter() {
        out.extend_from_slice(&(path.len() as u32).to_le_bytes());
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
        out.extend_from_slice(path.as_bytes());
        out.extend_from_slice(text.as_bytes());
    }
    out
}

fn tables(unpacked: &[u8]) -> Result<Tables, FileError> {
    let mut rest = Reader(unpacked);
    let mut tables = Tables::new();
    for _ in 0..rest.u32()? {
        let (path, text) = (rest.u32()? as usize, rest.u32()? as usize);
        let path = rest.text(path)?;
        tables.insert(path, rest.text(text)?);
    }
    if rest.0.is_empty() { Ok(tables) } else { Err(FileError::Damaged) }
}

fn sum(before: &[u8], after: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(before);
    after.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// The bytes that are not read yet.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], FileError> {
        self.take(N).and_then(|bytes| bytes.try_into().ok()).ok_or(FileError::Cut)
    }

    fn u32(&mut self) -> Result<u32, FileError> {
        self.array().map(u32::from_le_bytes)
    }

    fn text(&mut self, length: usize) -> Result<String, FileError> {
        let bytes = self.take(length).ok_or(FileError::Damaged)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| FileError::Damaged)
    }
}
