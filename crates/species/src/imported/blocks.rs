//! The blocks of a compact names file: a header with a directory, then blocks in pages with a checksum each.
//!
//! The header and the directory are checked when the file is opened; a page when it is first used, and then not
//! again. Whoever takes a block whole uses all its pages. Numbers are written least byte first.

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
    /// What names stand for in both tables at once.
    JointSeeds,
    JointCells,
    JointLetters,
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
    pub const ALL: [Block; 35] = [
        Block::Letters,
        Block::Starts,
        Block::Lines,
        Block::JointSeeds,
        Block::JointCells,
        Block::JointLetters,
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
/// Magic, length of the file, checksum of what follows up to the first block.
pub(super) const HEADER_BYTES: usize = 24;
/// The backbone that the file was joined with, by its fingerprint.
pub(super) const JOINED_BYTES: usize = 8;
/// Where a block starts and how long it is.
pub(super) const ENTRY_BYTES: usize = 16;
/// A checksum of a page.
pub(super) const SUM_BYTES: usize = 8;
/// Header and blocks are filled up to a multiple of this: a line of memory, so that in a file that is mapped what
/// is kept together in one line is read at once.
pub(super) const FILLED_BYTES: usize = 64;
/// The bytes of a block that are checked at once: hashing so many takes ten microseconds, and a file of forty
/// thousand names has no more checksums than fit into a page of memory.
pub(super) const PAGE_BYTES: usize = 64 << 10;

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

    #[cold]
    fn of_block(block: Block) -> Self {
        Self::damaged(&format!("block {block:?}"))
    }
}

/// The blocks of a file, each page of which is checked when it is first used.
#[derive(Debug)]
pub(super) struct Blocks<'a> {
    /// The fingerprint of the backbone that the file was joined with.
    pub joined_with: u64,
    blocks: [Part<'a>; BLOCKS],
    /// What is known of each block as a whole.
    whole: [AtomicU8; BLOCKS],
    /// What is known of each page, those of one block after those of the one before.
    pages: Box<[AtomicU8]>,
}

/// A block in the file.
#[derive(Debug, Clone, Copy, Default)]
struct Part<'a> {
    bytes: &'a [u8],
    /// The block and what fills it up: the checksums are over both.
    filled: &'a [u8],
    /// The checksum of each page.
    sums: &'a [[u8; SUM_BYTES]],
    /// The number of its first page.
    first_page: usize,
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
        Self::described(bytes, rest, u64::from_le_bytes(*expected))
            .ok_or_else(|| ImportedError::damaged("directory"))
    }

    /// Reads what follows the header and has the checksum `expected`.
    fn described(bytes: &'a [u8], rest: &'a [u8], expected: u64) -> Option<Self> {
        let (joined_with, after) = rest.split_first_chunk::<JOINED_BYTES>()?;
        let (directory, after) = after.split_at_checked(ENTRY_BYTES * BLOCKS)?;
        let mut blocks = [Part::default(); BLOCKS];
        let mut pages = 0_usize;
        for (block, entry) in blocks.iter_mut().zip(directory.as_chunks::<ENTRY_BYTES>().0) {
            *block = Self::entry(bytes, entry)?;
            block.first_page = pages;
            pages += block.filled.len().div_ceil(PAGE_BYTES);
        }
        let sums = after.get(..pages.checked_mul(SUM_BYTES)?)?;
        let head = HEADER_BYTES + JOINED_BYTES + directory.len() + sums.len();
        let summed = rest.get(..head.next_multiple_of(FILLED_BYTES) - HEADER_BYTES)?;
        if checksum(summed) != expected {
            return None;
        }
        let sums = sums.as_chunks().0;
        for block in &mut blocks {
            let count = block.filled.len().div_ceil(PAGE_BYTES);
            block.sums = sums.get(block.first_page..block.first_page + count)?;
        }
        Some(Self {
            joined_with: u64::from_le_bytes(*joined_with),
            blocks,
            whole: [const { AtomicU8::new(UNCHECKED) }; BLOCKS],
            pages: (0..pages).map(|_| AtomicU8::new(UNCHECKED)).collect(),
        })
    }

    fn entry(bytes: &'a [u8], entry: &[u8; ENTRY_BYTES]) -> Option<Part<'a>> {
        let mut numbers = entry.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number));
        let (start, length) = (numbers.next()?, numbers.next()?);
        let (start, length) = (usize::try_from(start).ok()?, usize::try_from(length).ok()?);
        let filled = bytes.get(start..start.checked_add(length.checked_next_multiple_of(FILLED_BYTES)?)?)?;
        Some(Part { bytes: filled.get(..length)?, filled, ..Part::default() })
    }

    /// The bytes of a block.
    #[inline]
    pub fn bytes(&self, block: Block) -> Result<&'a [u8], ImportedError> {
        let at = block as usize;
        match (self.blocks.get(at), self.whole.get(at)) {
            (Some(part), Some(whole)) if whole.load(Ordering::Relaxed) == SOUND => Ok(part.bytes),
            (Some(part), Some(whole)) => {
                self.check_pages(block, 0, part.sums.len())?;
                whole.store(SOUND, Ordering::Relaxed);
                Ok(part.bytes)
            }
            _ => Err(ImportedError::damaged("directory")),
        }
    }

    /// How many bytes a block has.
    #[inline]
    pub fn length(&self, block: Block) -> usize {
        self.blocks.get(block as usize).map_or(0, |part| part.bytes.len())
    }

    /// `length` bytes of a block from `start` on, for which only their pages are checked. A place outside the block
    /// is damage: no sound file speaks of one.
    #[inline]
    pub fn slice(&self, block: Block, start: usize, length: usize) -> Result<&'a [u8], ImportedError> {
        let end = start.saturating_add(length);
        let bytes =
            self.blocks.get(block as usize).and_then(|part| Some((part, part.bytes.get(start..end)?)));
        let Some((part, bytes)) = bytes else { return Err(ImportedError::of_block(block)) };
        let (first, after) = (start / PAGE_BYTES, end.div_ceil(PAGE_BYTES));
        let pages = self.pages.get(part.first_page + first..part.first_page + after);
        let is_sound = |page: &AtomicU8| page.load(Ordering::Relaxed) == SOUND;
        if !pages.is_some_and(|pages| pages.iter().all(is_sound)) {
            self.check_pages(block, first, after)?;
        }
        Ok(bytes)
    }

    /// Checks the pages of a block from `first` to before `after`, as far as they are not known.
    #[cold]
    fn check_pages(&self, block: Block, first: usize, after: usize) -> Result<(), ImportedError> {
        let is_sound = |page: usize| {
            let part = self.blocks.get(block as usize)?;
            let state = self.pages.get(part.first_page + page)?;
            if state.load(Ordering::Relaxed) == UNCHECKED {
                let filled = part.filled.chunks(PAGE_BYTES).nth(page)?;
                let is_sound = checksum(filled) == u64::from_le_bytes(*part.sums.get(page)?);
                state.store(if is_sound { SOUND } else { UNSOUND }, Ordering::Relaxed);
            }
            Some(state.load(Ordering::Relaxed) == SOUND)
        };
        if (first..after).all(|page| is_sound(page) == Some(true)) {
            Ok(())
        } else {
            Err(ImportedError::of_block(block))
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
