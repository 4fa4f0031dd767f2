//! Names like the one written: within two edits in all, or with an epithet of the same stem.
//!
//! Names stand grouped by their first word. A search compares the first word with all first words, and the
//! rest with the names below those near enough; a mask of letters and a length, kept beside each word, leaves
//! out most of them unseen, and none that is near (each edit changes at most two letters of the mask). So
//! nothing within two edits is ever missed. Knows no taxa, only numbered names; what a near name means is
//! decided where names are resolved.

mod distance;
mod stem;

use std::collections::BTreeMap;

use crate::exact::NameTable;
use crate::fold::Key;
use crate::hash::hash64;
use crate::words::{Words, grouped};

pub(crate) use distance::{EDITS_MAX, distance};
pub(crate) use stem::stem;

/// A known name near the one written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Near {
    /// The number of the known name.
    pub name: u32,
    /// By how many edits its first word differs.
    pub first_edits: u8,
    /// By how many edits the rest differs.
    pub rest_edits: u8,
}

/// The tables of an index, in memory; the compact file holds the same.
#[derive(Debug, Default)]
pub(crate) struct NearIndex {
    /// The letters of all first words, in order.
    pub letters: Vec<u8>,
    /// Where each first word starts, and at the end where the last ends.
    pub first_starts: Vec<u32>,
    /// The shape of each first word.
    pub first_shapes: Vec<u32>,
    /// Where the names of each first word start.
    pub member_starts: Vec<u32>,
    /// The names, by first word.
    pub members: Vec<u32>,
    /// The shape of the rest of each.
    pub member_shapes: Vec<u32>,
    /// Where each bucket of stems starts.
    pub stem_starts: Vec<u32>,
    /// Two numbers an epithet: the low bits of its stem's hash, and the name.
    pub stem_slots: Vec<u32>,
}

/// An index as it is searched, in memory or in a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NearTable<'a, W> {
    /// See [`NearIndex`] for this and the others.
    pub letters: &'a [u8],
    pub first_starts: W,
    pub first_shapes: W,
    pub member_starts: W,
    pub members: W,
    pub member_shapes: W,
    pub stem_starts: W,
    pub stem_slots: W,
}

impl NearIndex {
    /// The index over `names`, which are numbered as they come.
    pub fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut by_first: BTreeMap<Vec<u8>, Vec<(u32, u32)>> = BTreeMap::new();
        let mut stems = Vec::new();
        for (number, name) in (0..).zip(names) {
            let Some(key) = Key::of(name) else { continue };
            let (first, rest) = split_first(key.as_bytes());
            match by_first.get_mut(first) {
                Some(members) => members.push((number, shape(rest))),
                None => {
                    by_first.insert(first.to_vec(), vec![(number, shape(rest))]);
                }
            }
            if let Some(epithet) = last_epithet(rest) {
                stems.push((hash64(&stem(epithet)), number));
            }
        }
        let mut index = NearIndex { first_starts: vec![0], member_starts: vec![0], ..NearIndex::default() };
        for (first, members) in &by_first {
            index.letters.extend(first);
            index.first_starts.push(index.letters.len() as u32);
            index.first_shapes.push(shape(first));
            index.members.extend(members.iter().map(|(number, _)| number));
            index.member_shapes.extend(members.iter().map(|(_, shape)| shape));
            index.member_starts.push(index.members.len() as u32);
        }
        index.add_stems(&stems);
        index
    }

    fn add_stems(&mut self, stems: &[(u64, u32)]) {
        let buckets = stems.len().max(1);
        let pairs: Vec<(u32, u32)> =
            (0..).zip(stems).map(|(place, (hash, _))| (stem_bucket(*hash, buckets) as u32, place)).collect();
        let (starts, places) = grouped(buckets, &pairs);
        let in_order = places.iter().filter_map(|place| stems.get(*place as usize));
        self.stem_slots = in_order.flat_map(|(hash, number)| [*hash as u32, *number]).collect();
        self.stem_starts = starts;
    }

    /// The index as it is searched.
    pub fn table(&self) -> NearTable<'_, &[u32]> {
        NearTable {
            letters: &self.letters,
            first_starts: &self.first_starts,
            first_shapes: &self.first_shapes,
            member_starts: &self.member_starts,
            members: &self.members,
            member_shapes: &self.member_shapes,
            stem_starts: &self.stem_starts,
            stem_slots: &self.stem_slots,
        }
    }
}

impl<'a, W: Words> NearTable<'a, W> {
    /// Every name of `names` whose first word and rest differ from those written by at most `max` edits in all.
    /// Written words are folded.
    pub fn search(&self, names: &NameTable<'a, W>, first: &[u8], rest: &[u8], max: u8) -> Vec<Near> {
        let mut found = Vec::new();
        let wanted = shape(first);
        let shapes = self.first_shapes.range(0, self.first_shapes.count());
        for (at, _) in shapes.enumerate().filter(|(_, shape)| may_be_near(*shape, wanted, max)) {
            let edits = self.first(at).and_then(|known| distance(known, first, max));
            if let Some(first_edits) = edits {
                self.search_members(names, at, rest, (first_edits, max - first_edits), &mut found);
            }
        }
        found
    }

    fn first(&self, at: usize) -> Option<&'a [u8]> {
        let (start, end) = self.first_starts.pair(at)?;
        self.letters.get(start..end)
    }

    fn search_members(
        &self,
        names: &NameTable<'a, W>,
        first: usize,
        rest: &[u8],
        (first_edits, max): (u8, u8),
        found: &mut Vec<Near>,
    ) {
        let wanted = shape(rest);
        let (start, end) = self.member_starts.pair(first).unwrap_or((0, 0));
        let shapes = (start..).zip(self.member_shapes.range(start, end));
        for (at, _) in shapes.filter(|(_, shape)| may_be_near(*shape, wanted, max)) {
            let Some(name) = self.members.word(at) else { continue };
            let key = names.text(name).and_then(Key::of);
            // A genus is no misspelling of a species of it, however short the epithet.
            let own = key.as_ref().map(|key| split_first(key.as_bytes()).1);
            let own = own.filter(|own| own.is_empty() == rest.is_empty());
            let edits = own.and_then(|own| distance(own, rest, max));
            if let Some(rest_edits) = edits {
                found.push(Near { name, first_edits, rest_edits });
            }
        }
    }

    /// Whether `word`, folded, is the first word of a name.
    pub fn has_first(&self, word: &[u8]) -> bool {
        let (mut low, mut high) = (0, self.first_shapes.count());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.first(middle).map(|known| known.cmp(word)) {
                Some(std::cmp::Ordering::Equal) => return true,
                Some(std::cmp::Ordering::Less) => low = middle + 1,
                Some(std::cmp::Ordering::Greater) => high = middle,
                None => return false,
            }
        }
        false
    }

    /// The names whose last epithet has the stem of `epithet`, which is folded.
    pub fn same_stem(&self, names: &NameTable<'a, W>, epithet: &[u8]) -> Vec<u32> {
        let wanted = stem(epithet);
        let hash = hash64(&wanted);
        let bucket = stem_bucket(hash, self.stem_starts.count().saturating_sub(1));
        let (start, end) = self.stem_starts.pair(bucket).unwrap_or((0, 0));
        let mut found = Vec::new();
        for slot in start..end.min(self.stem_slots.count() / 2) {
            let name = self.stem_slots.word(slot * 2 + 1);
            if let Some(name) = name.filter(|_| self.stem_slots.word(slot * 2) == Some(hash as u32)) {
                let key = names.text(name).and_then(Key::of);
                let own = key.as_ref().and_then(|key| last_epithet(split_first(key.as_bytes()).1));
                if own.is_some_and(|own| stem(own) == wanted) {
                    found.push(name);
                }
            }
        }
        found
    }
}

fn stem_bucket(hash: u64, buckets: usize) -> usize {
    ((u128::from(hash) * buckets as u128) >> 64) as usize
}

/// The first word of a folded name, and the rest.
pub(crate) fn split_first(key: &[u8]) -> (&[u8], &[u8]) {
    let space = key.iter().position(|byte| *byte == b' ').unwrap_or(key.len());
    (key.get(..space).unwrap_or(key), key.get(space + 1..).unwrap_or(&[]))
}

/// The last word of what follows a name's first.
fn last_epithet(rest: &[u8]) -> Option<&[u8]> {
    rest.rsplit(|byte| *byte == b' ').next().filter(|word| !word.is_empty())
}

const LETTERS: u32 = (1 << 26) - 1;
const LENGTH_MAX: usize = 63;

/// Which of the 26 letters a folded word has, and above them its length, where it is below 63.
fn shape(word: &[u8]) -> u32 {
    let letters = word.iter().filter(|byte| byte.is_ascii_lowercase());
    let mask = letters.fold(0, |mask, byte| mask | 1_u32 << (byte - b'a'));
    mask | (word.len().min(LENGTH_MAX) as u32) << 26
}

/// Whether words of these shapes can be within `edits`: each changes the length by one at most, and puts in
/// one letter and takes out one at most.
fn may_be_near(one: u32, other: u32, edits: u8) -> bool {
    let lengths = (one >> 26).abs_diff(other >> 26);
    lengths <= u32::from(edits) && ((one ^ other) & LETTERS).count_ones() <= 2 * u32::from(edits)
}

#[cfg(test)]
mod tests;
