//! Archives of the ZIP format, as far as workbooks and documents use it: read out of memory, within a bound.
//!
//! Source of truth: the central directory at the end of the file (PKWARE APPNOTE 6.3 §4.3.12), which is what programs
//! go by. Sizes that an archive tells of itself are not believed: what is unpacked is counted while it is unpacked, so
//! that a small file cannot become a large one. Encryption, several volumes and files above 4 GiB are not read.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;

/// The most entries of an archive; a workbook has some dozen, and one more for each picture.
pub const ARCHIVE_ENTRIES_MAX: usize = 2_000;
/// The most bytes unpacked of one archive, all entries that are read together: a workbook of a thousand lines in all
/// columns has some five million.
pub const UNPACKED_BYTES_MAX: usize = 32 << 20;

/// Why an archive cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Its directory or an entry is damaged, or of a form that programs do not write for workbooks.
    #[error("the file is damaged, or packed in a way that is not read; save it anew")]
    Damaged,
    /// It has too many entries.
    #[error("the file holds more than {ARCHIVE_ENTRIES_MAX} parts; take the table out of it")]
    TooManyEntries,
    /// It would be too large unpacked.
    #[error(
        "the file unpacks to more than {UNPACKED_BYTES_MAX} bytes; take out what is no table, or split it"
    )]
    TooLarge,
    /// A part is encrypted.
    #[error("the file is encrypted; save it without a password")]
    Encrypted,
}

/// An entry of the directory.
#[derive(Debug, Clone, Copy)]
struct Entry {
    flags: u16,
    method: u16,
    packed: usize,
    header: usize,
}

/// An archive in memory.
#[derive(Debug)]
pub(crate) struct Archive<'b> {
    bytes: &'b [u8],
    entries: BTreeMap<String, Entry>,
    /// How many bytes may still be unpacked.
    room: usize,
}

const END: [u8; 4] = *b"PK\x05\x06";
const END_BYTES: usize = 22;
/// The comment behind the end has its length in two bytes.
const COMMENT_BYTES_MAX: usize = 0xFFFF;
const DIRECTORY: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";

impl<'b> Archive<'b> {
    /// Reads the directory of an archive.
    pub(crate) fn of(bytes: &'b [u8]) -> Result<Archive<'b>, ArchiveError> {
        let from = bytes.len().saturating_sub(END_BYTES + COMMENT_BYTES_MAX);
        let tail = bytes.get(from..).unwrap_or_default();
        let end = tail.windows(END.len()).rposition(|window| window == END).ok_or(ArchiveError::Damaged)?;
        let end = from + end;
        let comment = usize::from(number_2(bytes, end + 20)?);
        if end + END_BYTES + comment > bytes.len() {
            return Err(ArchiveError::Damaged);
        }
        let count = usize::from(number_2(bytes, end + 10)?);
        if count > ARCHIVE_ENTRIES_MAX {
            return Err(ArchiveError::TooManyEntries);
        }
        let mut at = number_4(bytes, end + 16)?;
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            let (name, entry, next) = entry(bytes, at)?;
            // Two entries of one name are read otherwise by one program than by another.
            if entries.insert(name, entry).is_some() {
                return Err(ArchiveError::Damaged);
            }
            at = next;
        }
        Ok(Archive { bytes, entries, room: UNPACKED_BYTES_MAX })
    }

    /// The names of the entries.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// An entry, unpacked; `None` where there is none. Names are compared without case, as programs do.
    pub(crate) fn unpacked(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let entry = self.entries.get(&folded(name)).copied();
        entry.map(|entry| self.unpack(entry)).transpose()
    }

    fn unpack(&mut self, entry: Entry) -> Result<Vec<u8>, ArchiveError> {
        if entry.flags & 1 != 0 {
            return Err(ArchiveError::Encrypted);
        }
        let at = entry.header;
        if self.bytes.get(at..at.saturating_add(4)) != Some(LOCAL.as_slice()) {
            return Err(ArchiveError::Damaged);
        }
        let names = usize::from(number_2(self.bytes, at + 26)?) + usize::from(number_2(self.bytes, at + 28)?);
        let from = at + 30 + names;
        let packed = from.checked_add(entry.packed).and_then(|to| self.bytes.get(from..to));
        let packed = packed.ok_or(ArchiveError::Damaged)?;
        let mut out = Vec::new();
        // One byte more than there is room for, so that what is too large is told from what just fits.
        let most = self.room as u64 + 1;
        let read = match entry.method {
            0 => packed.take(most).read_to_end(&mut out),
            8 => DeflateDecoder::new(packed).take(most).read_to_end(&mut out),
            _ => return Err(ArchiveError::Damaged),
        };
        read.map_err(|_| ArchiveError::Damaged)?;
        self.room = self.room.checked_sub(out.len()).ok_or(ArchiveError::TooLarge)?;
        Ok(out)
    }
}

/// An entry of the directory at `at`, and where the next one begins.
fn entry(bytes: &[u8], at: usize) -> Result<(String, Entry, usize), ArchiveError> {
    if bytes.get(at..at.saturating_add(4)) != Some(DIRECTORY.as_slice()) {
        return Err(ArchiveError::Damaged);
    }
    let (name, extra) = (usize::from(number_2(bytes, at + 28)?), usize::from(number_2(bytes, at + 30)?));
    let comment = usize::from(number_2(bytes, at + 32)?);
    let entry = Entry {
        flags: number_2(bytes, at + 8)?,
        method: number_2(bytes, at + 10)?,
        packed: number_4(bytes, at + 20)?,
        header: number_4(bytes, at + 42)?,
    };
    let (from, to) = (at + 46, at + 46 + name);
    let name = bytes.get(from..to).ok_or(ArchiveError::Damaged)?;
    Ok((folded(&String::from_utf8_lossy(name)), entry, to + extra + comment))
}

fn folded(name: &str) -> String {
    name.trim_start_matches('/').to_ascii_lowercase()
}

fn number_2(bytes: &[u8], at: usize) -> Result<u16, ArchiveError> {
    let read = bytes.get(at..).and_then(|rest| rest.first_chunk::<2>());
    read.map(|read| u16::from_le_bytes(*read)).ok_or(ArchiveError::Damaged)
}

/// A number of four bytes as a place; the largest stands for one of more bytes, which is beyond what is read.
fn number_4(bytes: &[u8], at: usize) -> Result<usize, ArchiveError> {
    let read = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>());
    let read = read.map(|read| u32::from_le_bytes(*read)).ok_or(ArchiveError::Damaged)?;
    usize::try_from(read).map_err(|_| ArchiveError::Damaged)
}

/// Archives of the tests.
#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use super::*;

    /// An archive of entries, packed.
    pub(crate) fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for (name, bytes) in entries {
            let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
            packer.write_all(bytes).unwrap();
            let packed = packer.finish().unwrap();
            let header = u32::try_from(out.len()).unwrap();
            let sizes = [packed.len(), bytes.len()].map(|size| u32::try_from(size).unwrap().to_le_bytes());
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            let common = [[20, 0], [0, 0], [8, 0], [0, 0], [0, 0]].concat();
            let shared = [common.as_slice(), &[0; 4], &sizes.concat(), &length, &[0; 2]].concat();
            out.extend([LOCAL.as_slice(), &shared, name.as_bytes(), &packed].concat());
            let rest = [[0; 10].as_slice(), &header.to_le_bytes()].concat();
            directory.extend([DIRECTORY.as_slice(), &[20, 0], &shared, &rest, name.as_bytes()].concat());
        }
        let place = u32::try_from(out.len()).unwrap().to_le_bytes();
        let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
        let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
        out.extend(directory);
        out.extend([END.as_slice(), &[0; 4], &count, &count, &length, &place, &[0; 2]].concat());
        out
    }

    #[test]
    fn what_was_packed_is_unpacked() {
        let bytes = packed(&[("a.xml", b"<a/>"), ("dir/B.xml", b"bb")]);
        let mut archive = Archive::of(&bytes).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["a.xml", "dir/b.xml"]);
        assert_eq!(archive.unpacked("a.xml"), Ok(Some(b"<a/>".to_vec())));
        assert_eq!(archive.unpacked("/DIR/b.xml"), Ok(Some(b"bb".to_vec())));
        assert_eq!(archive.unpacked("c.xml"), Ok(None));
    }

    #[test]
    fn a_small_file_does_not_become_a_large_one() {
        let much = vec![b' '; UNPACKED_BYTES_MAX / 2 + 1];
        let bytes = packed(&[("a", &much), ("b", &much)]);
        assert!(bytes.len() < 100_000);
        let mut archive = Archive::of(&bytes).unwrap();
        assert_eq!(archive.unpacked("a").unwrap().map(|a| a.len()), Some(much.len()));
        assert_eq!(archive.unpacked("b"), Err(ArchiveError::TooLarge));
    }

    #[test]
    fn what_is_damaged_is_told_and_nothing_else() {
        let bytes = packed(&[("a.xml", b"<a/>")]);
        assert!(Archive::of(b"").is_err());
        for cut in 0..bytes.len() {
            assert!(Archive::of(&bytes[..cut]).is_err(), "{cut}");
        }
        for place in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[place] ^= 0xFF;
            if let Ok(mut archive) = Archive::of(&bytes) {
                let _ = archive.unpacked("a.xml");
            }
        }
        let twice = packed(&[("a", b"1"), ("A", b"2")]);
        assert_eq!(Archive::of(&twice).unwrap_err(), ArchiveError::Damaged);
    }
}
