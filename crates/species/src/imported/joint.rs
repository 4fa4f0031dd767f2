//! What names stand for in the shipped and in the imported table at once, as it stands in the file.
//!
//! A look-up touches one line of memory that is not at hand: the cell of the name, which holds the whole answer
//! beside the letters that prove it. Which cell it is comes from the hash of the name and a seed; all seeds together
//! are so few bytes that they stay near. Source of truth: the two tables; what is kept here is what looking into
//! both told when the file was written, and holds for the backbone it was written with. Knows one sure taxon a
//! name: a name that stands for several, or for none, has no cell.

use cites::{Rank, TaxonId};

use super::blocks::{Block, Blocks, ImportedError};
use super::facts::{Range, kingdom_of};
use super::file;
use crate::hash::{SPREAD, hash64};
use crate::hit::Hit;
use crate::{Placement, SynonymKind};

/// A cell is a line of memory.
const CELL_BYTES: usize = 64;
/// The taxon, what the kinds are, and where the countries are.
const HEAD_BYTES: usize = 12;
/// The day of a renaming, or where the letters are that found no room.
const NUMBER_BYTES: usize = 4;
/// Seventeen cells of twenty are taken: with fewer left over, seeds are hard to find.
const CELLS_IN_ALL: usize = 20;
const CELLS_TAKEN: usize = 17;
/// Names that share a seed, on average.
const NAMES_A_SEED: usize = 4;
const SEED_BYTES: usize = 2;

/// Where each part of the second number of a cell starts.
const KINGDOM_SHIFT: u32 = 0;
const PLACEMENT_SHIFT: u32 = 1;
const SYNONYM_SHIFT: u32 = 2;
const RANK_SHIFT: u32 = 5;
const APART_SHIFT: u32 = 9;
const KEY_SHIFT: u32 = 10;
const NAME_SHIFT: u32 = 18;
/// Where the number of countries starts in the third; below is where they start.
const COUNT_SHIFT: u32 = 24;

const START_MAX: u32 = (1 << COUNT_SHIFT) - 1;
const COUNT_MAX: u32 = (1 << (u32::BITS - COUNT_SHIFT)) - 1;
const KEY_LENGTH_MAX: usize = (1 << (NAME_SHIFT - KEY_SHIFT)) - 1;
const NAME_LENGTH_MAX: usize = (1 << (u32::BITS - NAME_SHIFT)) - 1;

/// What names stand for, as it is searched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Joint<'b, 'a> {
    pub(super) blocks: &'b Blocks<'a>,
}

impl<'a> Joint<'_, 'a> {
    /// What the folded name `key` stands for and where that occurs; `None` where the tables have to be asked.
    ///
    /// # Errors
    /// A page that is met is damaged.
    #[inline]
    pub fn find(self, key: &[u8]) -> Result<Option<(Hit<'a>, Option<Range<'a>>)>, ImportedError> {
        let seeds = self.blocks.length(Block::JointSeeds) / SEED_BYTES;
        let cells = self.blocks.length(Block::JointCells) / CELL_BYTES;
        if seeds == 0 || cells == 0 {
            return Ok(None);
        }
        let hash = hash64(key);
        let seed = self.blocks.slice(Block::JointSeeds, scaled(hash, seeds) * SEED_BYTES, SEED_BYTES)?;
        let seed = seed.first_chunk().map_or(0, |bytes| u16::from_le_bytes(*bytes));
        let cell =
            self.blocks.slice(Block::JointCells, cell_of(hash, seed, cells) * CELL_BYTES, CELL_BYTES)?;
        let Some(cell) = Cell::read(cell) else { return Ok(None) };
        let (own, name) = match cell.letters {
            Letters::Here(letters) => split(letters, cell.key_length),
            Letters::Apart(start) => {
                let length = cell.key_length + cell.name_length;
                split(self.blocks.slice(Block::JointLetters, start as usize, length)?, cell.key_length)
            }
        };
        let is_same = if own.is_empty() { name.eq_ignore_ascii_case(key) } else { own == key };
        let accepted = std::str::from_utf8(name).ok().filter(|name| is_same && !name.is_empty());
        let Some(hit) = accepted.and_then(|accepted| cell.hit(accepted)) else { return Ok(None) };
        let range = match cell.range >> COUNT_SHIFT {
            0 => None,
            count => file::range(self.blocks, cell.range & START_MAX, count)?,
        };
        Ok(Some((hit, range)))
    }
}

/// The folded name, where the accepted name does not fold to it by small letters alone, and the accepted name.
#[inline]
fn split(letters: &[u8], at: usize) -> (&[u8], &[u8]) {
    letters.split_at_checked(at).unwrap_or_default()
}

/// What a cell holds.
struct Cell<'a> {
    taxon: u32,
    kinds: u32,
    range: u32,
    day: u32,
    key_length: usize,
    name_length: usize,
    letters: Letters<'a>,
}

/// Where the letters are.
enum Letters<'a> {
    Here(&'a [u8]),
    /// Among those that found no room, from this byte on.
    Apart(u32),
}

impl<'a> Cell<'a> {
    #[inline]
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (taxon, rest) = number(bytes)?;
        let (kinds, rest) = number(rest)?;
        let (range, rest) = number(rest)?;
        let has_day = part(kinds, SYNONYM_SHIFT, RANK_SHIFT) == SynonymKind::RENAMED_ON;
        let (day, rest) = if has_day { number(rest)? } else { (0, rest) };
        let key_length = part(kinds, KEY_SHIFT, NAME_SHIFT) as usize;
        let name_length = (kinds >> NAME_SHIFT) as usize;
        let letters = if part(kinds, APART_SHIFT, KEY_SHIFT) == 0 {
            Letters::Here(rest.get(..key_length + name_length)?)
        } else {
            Letters::Apart(number(rest)?.0)
        };
        Some(Cell { taxon, kinds, range, day, key_length, name_length, letters })
    }

    #[inline]
    fn hit(&self, accepted: &'a str) -> Option<Hit<'a>> {
        let is_itself = part(self.kinds, PLACEMENT_SHIFT, SYNONYM_SHIFT) == 0;
        Some(Hit {
            taxon: self.taxon.checked_sub(1).map(TaxonId),
            placement: if is_itself { Placement::Itself } else { Placement::KnownMember },
            accepted,
            rank: *Rank::ALL.get(part(self.kinds, RANK_SHIFT, APART_SHIFT) as usize)?,
            kingdom: kingdom_of(part(self.kinds, KINGDOM_SHIFT, PLACEMENT_SHIFT)),
            synonym: SynonymKind::from_numbers(part(self.kinds, SYNONYM_SHIFT, RANK_SHIFT), self.day),
            imported: None,
        })
    }
}

/// The bits of `word` from `from` to before `until`.
#[inline]
const fn part(word: u32, from: u32, until: u32) -> u32 {
    (word >> from) & ((1 << (until - from)) - 1)
}

/// The first number in `bytes`, and what follows.
#[inline]
fn number(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (number, rest) = bytes.split_first_chunk()?;
    Some((u32::from_le_bytes(*number), rest))
}

/// One of `count`, by the high bits of a hash.
#[inline]
const fn scaled(hash: u64, count: usize) -> usize {
    ((hash as u128 * count as u128) >> 64) as usize
}

/// The cell of a hash with a seed. Names of one seed share the high bits of their hashes, which the product mixes.
#[inline]
const fn cell_of(hash: u64, seed: u16, cells: usize) -> usize {
    let mixed = (hash ^ (seed as u64).wrapping_mul(SPREAD)).wrapping_mul(SPREAD);
    scaled((mixed ^ (mixed >> 32)).wrapping_mul(SPREAD), cells)
}

/// What names stand for, as it is written.
#[derive(Debug, Clone, Default)]
pub(crate) struct JointTables {
    pub seeds: Vec<u8>,
    pub cells: Vec<u8>,
    pub letters: Vec<u8>,
}

/// The cells under construction, each with the hash of its name.
#[derive(Debug, Default)]
pub(crate) struct JointDraft {
    cells: Vec<(u64, [u8; CELL_BYTES])>,
    letters: Vec<u8>,
}

impl JointDraft {
    /// Adds what `key` stands for, with the start and the count of its countries. What does not fit into the numbers
    /// of a cell is left out: the tables are asked then.
    pub fn add(&mut self, key: &[u8], hit: &Hit<'_>, (start, count): (u32, u32)) {
        let own = if hit.accepted.as_bytes().eq_ignore_ascii_case(key) { &[] } else { key };
        let letters = [own, hit.accepted.as_bytes()].concat();
        let fits = start <= START_MAX
            && count <= COUNT_MAX
            && own.len() <= KEY_LENGTH_MAX
            && hit.accepted.len() <= NAME_LENGTH_MAX;
        let Ok(apart) = u32::try_from(self.letters.len()) else { return };
        if !fits {
            return;
        }
        let (synonym, day) = hit.synonym.map_or((0, 0), SynonymKind::numbers);
        let day = Some(day).filter(|_| synonym == SynonymKind::RENAMED_ON);
        let room = CELL_BYTES - HEAD_BYTES - day.map_or(0, |_| NUMBER_BYTES);
        let is_apart = letters.len() > room;
        let kinds = (hit.kingdom as u32) << KINGDOM_SHIFT
            | u32::from(hit.placement != Placement::Itself) << PLACEMENT_SHIFT
            | synonym << SYNONYM_SHIFT
            | (hit.rank as u32) << RANK_SHIFT
            | u32::from(is_apart) << APART_SHIFT
            | (own.len() as u32) << KEY_SHIFT
            | (hit.accepted.len() as u32) << NAME_SHIFT;
        let taxon = hit.taxon.map_or(0, |taxon| taxon.0 + 1);
        let numbers = [taxon, kinds, start | count << COUNT_SHIFT].into_iter().chain(day);
        let here = if is_apart { apart.to_le_bytes().to_vec() } else { letters.clone() };
        if is_apart {
            self.letters.extend(letters);
        }
        let mut cell = [0; CELL_BYTES];
        cell.iter_mut().zip(numbers.flat_map(u32::to_le_bytes).chain(here)).for_each(|(to, from)| *to = from);
        self.cells.push((hash64(key), cell));
    }

    /// The tables. The names of one seed go to cells that are free for all of them; those with the most names
    /// choose first.
    pub fn finish(self) -> JointTables {
        if self.cells.is_empty() {
            return JointTables::default();
        }
        let seed_count = self.cells.len().div_ceil(NAMES_A_SEED);
        let cell_count = (self.cells.len() * CELLS_IN_ALL).div_ceil(CELLS_TAKEN);
        let mut sharing = vec![Vec::new(); seed_count];
        for (hash, cell) in &self.cells {
            if let Some(group) = sharing.get_mut(scaled(*hash, seed_count)) {
                group.push((*hash, cell));
            }
        }
        let mut order: Vec<usize> = (0..seed_count).collect();
        order.sort_by_key(|at| std::cmp::Reverse(sharing.get(*at).map_or(0, Vec::len)));
        let (mut seeds, mut taken) = (vec![0_u16; seed_count], vec![None; cell_count]);
        for at in order {
            let group = sharing.get(at).map_or(&[][..], Vec::as_slice);
            // Names for which no seed is found have no cell, and the tables are asked.
            let found = (0..=u16::MAX).find(|seed| are_free(group, *seed, &taken));
            let (Some(seed), Some(own)) = (found, seeds.get_mut(at)) else { continue };
            *own = seed;
            for (hash, cell) in group {
                if let Some(place) = taken.get_mut(cell_of(*hash, seed, cell_count)) {
                    *place = Some(*cell);
                }
            }
        }
        let cells = taken.into_iter().flat_map(|cell| cell.copied().unwrap_or([0; CELL_BYTES]));
        JointTables {
            seeds: seeds.into_iter().flat_map(u16::to_le_bytes).collect(),
            cells: cells.collect(),
            letters: self.letters,
        }
    }
}

/// Whether with `seed` each name of a group has a free cell of its own.
fn are_free<T>(group: &[(u64, T)], seed: u16, taken: &[Option<T>]) -> bool {
    let place = |hash: &u64| cell_of(*hash, seed, taken.len());
    group.iter().enumerate().all(|(at, (hash, _))| {
        let own = place(hash);
        taken.get(own).is_some_and(Option::is_none)
            && group.iter().take(at).all(|(other, _)| place(other) != own)
    })
}

/// Every rank has its number in a cell.
const _: () = assert!(Rank::ALL.len() <= 1 << (APART_SHIFT - RANK_SHIFT));
