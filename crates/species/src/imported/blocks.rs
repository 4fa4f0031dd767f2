//! The blocks of a compact names file: a header with a directory, then blocks with a checksum each.
//!
//! The header and the directory are checked when the file is opened; a block when it is first used, and then
//! not again. Numbers are written least byte first.

use std::sync::atomic::{AtomicU8, Ordering};

use crate::hash::checksum;
use crate::words::LeWords;

/// The first bytes of every file; the last of them is the version of the format.
pub(super) const MAGIC: [u8; 8] = *b"CGNAMES\x03";

/// What a block holds; the order is that of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// The letters of all names: accepted ones, then synonyms.
    Letters,
    /// Where each name starts.
    Starts,
    /// The lines of exact look-up.
    Lines,
    /// [`FACT_WORDS`] numbers an accepted name: what every answer needs.
    Facts,
    /// [`TAXON_WORDS`] numbers an accepted name: what else is told about it.
    Taxa,
    /// The accepted name of each synonym.
    Accepted,
    /// The text of each name's authors.
    Authors,
    /// Texts that many records share: authors, listings, annotations, higher taxa.
    Texts,
    TextStarts,
    /// Five texts a row: phylum, class, order, family, genus.
    Higher,
    /// The countries of each range.
    Ranges,
    /// The index of near names.
    FirstLetters,
    FirstStarts,
    FirstShapes,
    FirstFilter,
    FirstBuckets,
    FirstSlots,
    ShortenedFilter,
    ShortenedBuckets,
    ShortenedSlots,
    MemberStarts,
    Members,
    MemberFirsts,
    RestShapes,
    RestLetters,
    RestStarts,
    RestFilter,
    RestBuckets,
    RestSlots,
    StemFilter,
    StemBuckets,
    StemSlots,
}

impl Block {
    pub const ALL: [Block; 32] = [
        Block::Letters,
        Block::Starts,
        Block::Lines,
        Block::Facts,
        Block::Taxa,
        Block::Accepted,
        Block::Authors,
        Block::Texts,
        Block::TextStarts,
        Block::Higher,
        Block::Ranges,
        Block::FirstLetters,
        Block::FirstStarts,
        Block::FirstShapes,
        Block::FirstFilter,
        Block::FirstBuckets,
        Block::FirstSlots,
        Block::ShortenedFilter,
        Block::ShortenedBuckets,
        Block::ShortenedSlots,
        Block::MemberStarts,
        Block::Members,
        Block::MemberFirsts,
        Block::RestShapes,
        Block::RestLetters,
        Block::RestStarts,
        Block::RestFilter,
        Block::RestBuckets,
        Block::RestSlots,
        Block::StemFilter,
        Block::StemBuckets,
        Block::StemSlots,
    ];
}

/// How many blocks there are.
pub(super) const BLOCKS: usize = Block::ALL.len();
/// Kingdom, rank and the number of its countries; and where these start.
pub(super) const FACT_WORDS: usize = 2;
/// Higher taxa, listing, annotation, parts, identifier.
pub(super) const TAXON_WORDS: usize = 5;
/// Magic, length of the file, checksum of the directory.
pub(super) const HEADER_BYTES: usize = 24;
/// Where a block starts, how long it is, its checksum.
pub(super) const ENTRY_BYTES: usize = 24;

/// Why a compact names file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportedError {
    /// Other bytes stand at its start.
    #[error("not a file of imported names; import the official download again")]
    NotNames,
    /// Another version of the format.
    #[error(
        "written by another version (format {found}, this program reads {expected}); import the official download again"
    )]
    OtherVersion {
        /// Its version.
        found: u8,
        /// The version that is read.
        expected: u8,
    },
    /// It is shorter or longer than it says.
    #[error("{found} bytes long instead of {expected}; import the official download again")]
    Length {
        /// Its length.
        found: usize,
        /// The length in its header.
        expected: u64,
    },
    /// A checksum does not match.
    #[error("damaged ({part}); import the official download again")]
    Damaged {
        /// The part, for whoever looks for the cause.
        part: String,
    },
}

impl ImportedError {
    fn damaged(part: &str) -> Self {
        ImportedError::Damaged { part: part.to_owned() }
    }
}

/// The blocks of a file, each checked when it is first used.
#[derive(Debug)]
pub(super) struct Blocks<'a> {
    blocks: [Part<'a>; BLOCKS],
    checked: [AtomicU8; BLOCKS],
}

/// A block in the file.
#[derive(Debug, Clone, Copy, Default)]
struct Part<'a> {
    bytes: &'a [u8],
    /// The block and what fills it up to a multiple of eight: the checksum is over both.
    filled: &'a [u8],
    checksum: u64,
}

const UNCHECKED: u8 = 0;
const SOUND: u8 = 1;
const UNSOUND: u8 = 2;

impl<'a> Blocks<'a> {
    /// Reads the header and the directory.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportedError> {
        let ([b'C', b'G', b'N', b'A', b'M', b'E', b'S', version], rest) =
            bytes.split_first_chunk().ok_or(ImportedError::NotNames)?
        else {
            return Err(ImportedError::NotNames);
        };
        let [.., expected] = MAGIC;
        if *version != expected {
            return Err(ImportedError::OtherVersion { found: *version, expected });
        }
        let header = || ImportedError::damaged("header");
        let (length, rest) = rest.split_first_chunk().ok_or_else(header)?;
        let (expected, rest) = rest.split_first_chunk().ok_or_else(header)?;
        let length = u64::from_le_bytes(*length);
        if length != bytes.len() as u64 {
            return Err(ImportedError::Length { found: bytes.len(), expected: length });
        }
        let directory = rest.get(..ENTRY_BYTES * BLOCKS).ok_or_else(header)?;
        if checksum(directory) != u64::from_le_bytes(*expected) {
            return Err(ImportedError::damaged("directory"));
        }
        let mut blocks = [Part::default(); BLOCKS];
        for (block, entry) in blocks.iter_mut().zip(directory.as_chunks::<ENTRY_BYTES>().0) {
            *block = Self::entry(bytes, entry).ok_or_else(|| ImportedError::damaged("directory"))?;
        }
        Ok(Self { blocks, checked: [const { AtomicU8::new(UNCHECKED) }; BLOCKS] })
    }

    fn entry(bytes: &'a [u8], entry: &[u8; ENTRY_BYTES]) -> Option<Part<'a>> {
        let mut numbers = entry.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number));
        let (start, length, checksum) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let (start, length) = (usize::try_from(start).ok()?, usize::try_from(length).ok()?);
        let filled = bytes.get(start..start.checked_add(length.checked_next_multiple_of(8)?)?)?;
        Some(Part { bytes: filled.get(..length)?, filled, checksum })
    }

    /// The bytes of a block.
    #[inline]
    pub fn bytes(&self, block: Block) -> Result<&'a [u8], ImportedError> {
        let at = block as usize;
        match (self.blocks.get(at), self.checked.get(at)) {
            (Some(part), Some(checked)) if checked.load(Ordering::Relaxed) == SOUND => Ok(part.bytes),
            (Some(part), Some(checked)) => Self::checked(block, part, checked),
            _ => Err(ImportedError::damaged("directory")),
        }
    }

    #[cold]
    fn checked(block: Block, part: &Part<'a>, checked: &AtomicU8) -> Result<&'a [u8], ImportedError> {
        if checked.load(Ordering::Relaxed) == UNCHECKED {
            let state = if checksum(part.filled) == part.checksum { SOUND } else { UNSOUND };
            checked.store(state, Ordering::Relaxed);
        }
        if checked.load(Ordering::Relaxed) == SOUND {
            Ok(part.bytes)
        } else {
            Err(ImportedError::damaged(&format!("block {block:?}")))
        }
    }

    /// Checks every block.
    pub fn check(&self) -> Result<(), ImportedError> {
        Block::ALL.into_iter().try_for_each(|block| self.bytes(block).map(drop))
    }

    /// The numbers of a block.
    pub fn words(&self, block: Block) -> Result<LeWords<'a>, ImportedError> {
        self.bytes(block).map(LeWords::new)
    }
}
