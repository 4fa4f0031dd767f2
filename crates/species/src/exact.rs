//! Exact look-up: from a folded name to every name that folds the same.
//!
//! A table of buckets chosen by the high bits of the hash, each holding the low bits and the name's number,
//! in the order of the numbers: a look-up touches one bucket and the letters of the name it finds. Built
//! the same way for the backbone (in memory) and for imported names (in their file). Knows no ranks and no
//! taxa, only numbered names.

use crate::fold::{Key, folds_to};
use crate::hash::hash64;
use crate::words::{Words, grouped};

/// Names one after another in one text, with where each starts, and the buckets over them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameTable<'a, W> {
    /// The letters of all names.
    pub letters: &'a [u8],
    /// Where each name starts, and at the end where the last one ends.
    pub starts: W,
    /// Where each bucket starts, and at the end where the last one ends.
    pub buckets: W,
    /// Two numbers a name: the low bits of its hash, and its number.
    pub slots: W,
}

/// The buckets over a list of names.
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    /// See [`NameTable::buckets`].
    pub starts: Vec<u32>,
    /// See [`NameTable::slots`].
    pub slots: Vec<u32>,
}

impl<'a, W: Words> NameTable<'a, W> {
    /// The letters of the name numbered `name`.
    pub fn name(&self, name: u32) -> Option<&'a [u8]> {
        let (start, end) = self.starts.pair(name as usize)?;
        self.letters.get(start..end)
    }

    /// The text of the name numbered `name`.
    pub fn text(&self, name: u32) -> Option<&'a str> {
        self.name(name).and_then(|letters| std::str::from_utf8(letters).ok())
    }

    /// The numbers of all names that fold to `key`, in their order.
    pub fn find<'k>(self, key: &'k [u8]) -> impl Iterator<Item = u32> + use<'a, 'k, W> {
        let hash = hash64(key);
        let bucket = bucket_of(hash, self.buckets.count().saturating_sub(1));
        let (start, end) = self.buckets.pair(bucket).unwrap_or((0, 0));
        let end = end.min(self.slots.count() / 2);
        (start..end).filter_map(move |slot| {
            let name = self.slots.word(slot * 2 + 1)?;
            let same = self.slots.word(slot * 2)? == hash as u32 && folds_to(self.name(name)?, key);
            same.then_some(name)
        })
    }
}

/// The bucket of a hash among `count` buckets, by its high bits.
fn bucket_of(hash: u64, count: usize) -> usize {
    ((u128::from(hash) * count as u128) >> 64) as usize
}

/// The buckets over `names`. A name too long for a key gets none: nothing that is looked up could equal it.
pub(crate) fn buckets<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Buckets {
    let count = names.len().max(1);
    let mut hashes = Vec::with_capacity(count);
    for (number, name) in names.enumerate() {
        if let Some(key) = Key::of(name) {
            hashes.push((hash64(key.as_bytes()), number as u32));
        }
    }
    let pairs: Vec<(u32, u32)> = hashes
        .iter()
        .enumerate()
        .map(|(place, (hash, _))| (bucket_of(*hash, count) as u32, place as u32))
        .collect();
    let (starts, places) = grouped(count, &pairs);
    let in_order = places.iter().filter_map(|place| hashes.get(*place as usize));
    let slots = in_order.flat_map(|(hash, number)| [*hash as u32, *number]).collect();
    Buckets { starts, slots }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_nothing_else() {
        let names: Vec<String> = (0..500).map(|n| format!("Genus{} species{n}", n % 7)).collect();
        let built = buckets(names.iter().map(String::as_str));
        let letters = names.concat();
        let mut starts = vec![0_u32];
        for name in &names {
            starts.push(starts.last().unwrap() + name.len() as u32);
        }
        let table = NameTable {
            letters: letters.as_bytes(),
            starts: starts.as_slice(),
            buckets: built.starts.as_slice(),
            slots: built.slots.as_slice(),
        };
        for (number, name) in names.iter().enumerate() {
            let key = Key::of(name).unwrap();
            assert_eq!(table.find(key.as_bytes()).collect::<Vec<_>>(), [number as u32]);
        }
        assert_eq!(table.find(b"genus1 species0").count(), 0);
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        let built = buckets([].into_iter());
        let table = NameTable {
            letters: b"",
            starts: [0_u32].as_slice(),
            buckets: built.starts.as_slice(),
            slots: built.slots.as_slice(),
        };
        assert_eq!(table.find(b"falco").count(), 0);
    }
}
