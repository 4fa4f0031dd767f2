//! Exact look-up: from a folded name to every name that folds the same.
//!
//! Four names share a line of 64 bytes, which is what memory gives at once: a look-up touches the line that the hash
//! points to and the letters of the name it finds. A name whose line is full stands in the next. Built the same way
//! for the backbone (in memory) and for imported names (in their file). Knows no ranks and no taxa, only numbered
//! names.

use crate::fold::{Key, folds_to};
use crate::hash::hash64;
use crate::words::Words;

/// Names in a line, and how many there are on average: lines are seldom full.
const LINE_SLOTS: usize = 4;
const NAMES_IN_FIVE_LINES: usize = 13;
/// A slot: the low bits of the hash, the number of the name, where it starts, and its length.
const SLOT_WORDS: usize = 4;
const LINE_WORDS: usize = LINE_SLOTS * SLOT_WORDS;
/// The length in an empty slot; no name is empty.
const EMPTY: u32 = 0;

/// Names one after another in one text, with where each starts, and the lines over them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameTable<'a, W> {
    /// The letters of all names.
    pub letters: &'a [u8],
    /// Where each name starts, and at the end where the last one ends.
    pub starts: W,
    /// The lines of exact look-up.
    pub lines: W,
}

/// A name that was looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named<'a> {
    /// Its number.
    pub number: u32,
    /// Its letters.
    pub letters: &'a [u8],
}

impl<'a, W: Words> NameTable<'a, W> {
    /// The text of the name numbered `name`.
    pub fn text(&self, name: u32) -> Option<&'a str> {
        let (start, end) = self.starts.pair(name as usize)?;
        std::str::from_utf8(self.letters.get(start..end)?).ok()
    }

    /// The text of every name, in the order of their numbers.
    pub fn texts(self) -> impl Iterator<Item = &'a str> + use<'a, W> {
        let count = self.starts.count().saturating_sub(1) as u32;
        (0..count).filter_map(move |name| self.text(name))
    }

    /// The numbers of all names that fold to `key`, in their order.
    pub fn find<'k>(self, key: &'k [u8]) -> impl Iterator<Item = u32> + use<'a, 'k, W> {
        self.find_named(key).map(|named| named.number)
    }

    /// All names that fold to `key`, in the order of their numbers.
    #[inline]
    pub fn find_named<'k>(self, key: &'k [u8]) -> impl Iterator<Item = Named<'a>> + use<'a, 'k, W> {
        let hash = hash64(key);
        let same = Probe::of(self.lines, hash).filter(move |slot| slot.hash == hash as u32);
        same.filter_map(move |slot| {
            let start = slot.start as usize;
            let letters = self.letters.get(start..start.checked_add(slot.length as usize)?)?;
            folds_to(letters, key).then_some(Named { number: slot.number, letters })
        })
    }
}

/// What a line knows of a name.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    number: u32,
    start: u32,
    length: u32,
}

/// The slots in which a name of one hash can stand: those of its line and, as long as lines are full, the next.
struct Probe<W> {
    lines: W,
    at: usize,
    /// How many slots are left before all have been seen.
    left: usize,
}

impl<W: Words> Probe<W> {
    #[inline]
    fn of(lines: W, hash: u64) -> Self {
        let count = lines.count() / LINE_WORDS;
        Probe { lines, at: line_of(hash, count) * LINE_SLOTS, left: count * LINE_SLOTS }
    }
}

impl<W: Words> Iterator for Probe<W> {
    type Item = Slot;

    #[inline]
    fn next(&mut self) -> Option<Slot> {
        self.left = self.left.checked_sub(1)?;
        let word = self.at * SLOT_WORDS;
        let slot = Slot {
            hash: self.lines.word(word)?,
            number: self.lines.word(word + 1)?,
            start: self.lines.word(word + 2)?,
            length: self.lines.word(word + 3)?,
        };
        self.at += 1;
        if (self.at + 1) * SLOT_WORDS > self.lines.count() {
            self.at = 0;
        }
        (slot.length != EMPTY).then_some(slot)
    }
}

/// The line of a hash among `count` lines, by its high bits.
#[inline]
fn line_of(hash: u64, count: usize) -> usize {
    ((u128::from(hash) * count as u128) >> 64) as usize
}

/// The lines over `names`, which stand one after another. A name too long for a key gets no slot: nothing that is
/// looked up could equal it.
pub(crate) fn lines<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> Vec<u32> {
    let count = (names.len() * 5).div_ceil(NAMES_IN_FIVE_LINES) + 1;
    let mut lines = vec![0_u32; count * LINE_WORDS];
    let mut start = 0;
    for (number, name) in (0..).zip(names) {
        if let Some(key) = Key::of(name).filter(|_| !name.is_empty()) {
            let hash = hash64(key.as_bytes());
            put(&mut lines, hash, [hash as u32, number, start, name.len() as u32]);
        }
        start += name.len() as u32;
    }
    lines
}

/// Puts a slot into the first empty place from the line of its hash on.
fn put(lines: &mut [u32], hash: u64, slot: [u32; SLOT_WORDS]) {
    let slots = lines.as_chunks_mut::<SLOT_WORDS>().0;
    let first = line_of(hash, slots.len() / LINE_SLOTS) * LINE_SLOTS;
    let (before, from) = slots.split_at_mut(first.min(slots.len()));
    let empty = from.iter_mut().chain(before).find(|[.., length]| *length == EMPTY);
    if let Some(empty) = empty {
        *empty = slot;
    }
}

/// The numbers of all pairs of names of one hash, the earlier first.
pub(crate) fn same_hash(lines: &[u32]) -> Vec<(u32, u32)> {
    let slots = lines.as_chunks::<SLOT_WORDS>().0;
    let mut found = Vec::new();
    for (at, [hash, number, _, length]) in slots.iter().enumerate() {
        if *length == EMPTY {
            continue;
        }
        // A probe ends at an empty slot, so names of one hash stand with none between them.
        let after = slots.iter().skip(at + 1).chain(slots.iter().take(at));
        let probed = after.take_while(|[.., length]| *length != EMPTY);
        found.extend(probed.filter(|[other, ..]| other == hash).map(|[_, other, ..]| (*number, *other)));
    }
    found.retain(|(one, other)| one < other);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_nothing_else() {
        let names: Vec<String> = (0..500).map(|n| format!("Genus{} species{n}", n % 7)).collect();
        let built = lines(names.iter().map(String::as_str));
        let letters = names.concat();
        let mut starts = vec![0_u32];
        for name in &names {
            starts.push(starts.last().unwrap() + name.len() as u32);
        }
        let table =
            NameTable { letters: letters.as_bytes(), starts: starts.as_slice(), lines: built.as_slice() };
        for (number, name) in names.iter().enumerate() {
            let key = Key::of(name).unwrap();
            assert_eq!(table.find(key.as_bytes()).collect::<Vec<_>>(), [number as u32]);
        }
        assert_eq!(table.find(b"genus1 species0").count(), 0);
    }

    #[test]
    fn names_of_one_hash_are_paired() {
        let names = ["Prunella", "Falco", "Prunella", "Aloe", "PRUNELLA"];
        assert_eq!(same_hash(&lines(names.into_iter())), [(0, 2), (0, 4), (2, 4)]);
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        let built = lines([].into_iter());
        let table = NameTable { letters: b"", starts: [0_u32].as_slice(), lines: built.as_slice() };
        assert_eq!(table.find(b"falco").count(), 0);
    }
}
