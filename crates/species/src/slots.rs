//! From a hash to numbers: buckets chosen by the high bits of the hash, each holding the low bits and a number.
//!
//! Numbers of one hash come in the order in which they were given. Equal low bits are no proof: whoever asks
//! compares what the number stands for. A filter of sixteen bits a bucket answers most hashes that are not there
//! from an eighth of the memory. Built the same way in memory and for a file.

use crate::words::{Words, grouped};

/// Bits of the filter for each bucket.
const FILTER_BITS: usize = 16;
const WORD_BITS: usize = 32;

/// Buckets as they are searched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slots<W> {
    /// One bit for each sixteenth of a bucket that holds something.
    pub filter: W,
    /// Where each bucket starts, and at the end where the last one ends.
    pub starts: W,
    /// Two numbers a slot: the low bits of the hash, and the number.
    pub slots: W,
}

/// Buckets as they are built.
#[derive(Debug, Default)]
pub(crate) struct SlotTables {
    /// See [`Slots::filter`].
    pub filter: Vec<u32>,
    /// See [`Slots::starts`].
    pub starts: Vec<u32>,
    /// See [`Slots::slots`].
    pub slots: Vec<u32>,
}

impl SlotTables {
    /// Buckets over hashes and their numbers, one bucket a pair.
    pub fn of(pairs: &[(u64, u32)]) -> Self {
        let count = pairs.len().max(1);
        let places: Vec<(u32, u32)> =
            (0..).zip(pairs).map(|(place, (hash, _))| (part_of(*hash, count) as u32, place)).collect();
        let (starts, places) = grouped(count, &places);
        let in_order = places.iter().filter_map(|place| pairs.get(*place as usize));
        let slots = in_order.flat_map(|(hash, number)| [*hash as u32, *number]).collect();
        let mut filter = vec![0_u32; (count * FILTER_BITS).div_ceil(WORD_BITS)];
        for (hash, _) in pairs {
            let bit = part_of(*hash, count * FILTER_BITS);
            if let Some(word) = filter.get_mut(bit / WORD_BITS) {
                *word |= 1 << (bit % WORD_BITS);
            }
        }
        SlotTables { filter, starts, slots }
    }

    /// The buckets as they are searched.
    pub fn table(&self) -> Slots<&[u32]> {
        Slots { filter: &self.filter, starts: &self.starts, slots: &self.slots }
    }
}

impl<W: Words> Slots<W> {
    /// Whether some number may have `hash`; seldom said in vain.
    #[inline]
    pub fn may_hold(self, hash: u64) -> bool {
        let buckets = self.starts.count().saturating_sub(1);
        let bit = part_of(hash, buckets * FILTER_BITS);
        self.filter.word(bit / WORD_BITS).is_some_and(|word| word >> (bit % WORD_BITS) & 1 != 0)
    }

    /// The numbers that may have `hash`.
    #[inline]
    pub fn find(self, hash: u64) -> impl Iterator<Item = u32> {
        let (start, end) = if self.may_hold(hash) { self.bucket(hash) } else { (0, 0) };
        (start..end).filter_map(move |slot| {
            let is_same = self.slots.word(slot * 2)? == hash as u32;
            if is_same { self.slots.word(slot * 2 + 1) } else { None }
        })
    }

    #[inline]
    fn bucket(self, hash: u64) -> (usize, usize) {
        let bucket = part_of(hash, self.starts.count().saturating_sub(1));
        let (start, end) = self.starts.pair(bucket).unwrap_or((0, 0));
        (start, end.min(self.slots.count() / 2))
    }
}

/// The part of a hash among `count` equal parts, by its high bits.
#[inline]
fn part_of(hash: u64, count: usize) -> usize {
    ((u128::from(hash) * count as u128) >> 64) as usize
}
