//! Building the index of near names.

use std::collections::HashMap;

use super::shape::shape;
use super::{NO_FIRST, NearTable, last_epithet, split_first, stem};
use crate::fold::Key;
use crate::hash::{PartHashes, hash64, part_hash};
use crate::slots::SlotTables;

/// The tables of an index, in memory; the compact file holds the same. See [`NearTable`] for each.
#[derive(Debug, Default)]
pub(crate) struct NearIndex {
    pub first_letters: Vec<u8>,
    pub first_starts: Vec<u32>,
    pub first_shapes: Vec<u32>,
    pub first_slots: SlotTables,
    pub shortened_slots: SlotTables,
    pub member_starts: Vec<u32>,
    pub members: Vec<u32>,
    pub member_firsts: Vec<u32>,
    pub rest_shapes: Vec<u32>,
    pub rest_letters: Vec<u8>,
    pub rest_starts: Vec<u32>,
    pub rest_slots: SlotTables,
    pub stem_slots: SlotTables,
}

/// A name before it has its place.
struct Draft {
    first: u32,
    shape: u32,
    name: u32,
    /// Where the rest stands among the letters of all drafts.
    start: usize,
    end: usize,
}

impl NearIndex {
    /// The index over `names`, which are numbered as they come.
    pub fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut index = NearIndex { first_starts: vec![0], rest_starts: vec![0], ..NearIndex::default() };
        let mut firsts = Firsts::default();
        firsts.number(&mut index, b"");
        let (mut drafts, mut letters) = (Vec::new(), Vec::new());
        for (name, text) in (0..).zip(names) {
            let Some(key) = Key::of(text) else { continue };
            let (first, rest) = split_first(key.as_bytes());
            let number = firsts.number(&mut index, first);
            let (first, rest) = if rest.is_empty() { (NO_FIRST, first) } else { (number, rest) };
            let start = letters.len();
            letters.extend_from_slice(rest);
            drafts.push(Draft { first, shape: shape(rest), name, start, end: letters.len() });
        }
        drafts.sort_unstable_by_key(|draft| (draft.first, draft.shape, draft.name));
        index.add_members(&drafts, &letters);
        index.add_first_slots();
        index
    }

    fn add_members(&mut self, drafts: &[Draft], letters: &[u8]) {
        let (mut rests, mut stems) = (Vec::with_capacity(drafts.len()), Vec::with_capacity(drafts.len()));
        for (member, draft) in (0..).zip(drafts) {
            let rest = letters.get(draft.start..draft.end).unwrap_or(&[]);
            self.members.push(draft.name);
            self.member_firsts.push(draft.first);
            self.rest_shapes.push(draft.shape);
            self.rest_letters.extend_from_slice(rest);
            self.rest_starts.push(self.rest_letters.len() as u32);
            if draft.first != NO_FIRST {
                rests.push((part_hash(rest), member));
                let epithet = last_epithet(rest).unwrap_or(rest);
                stems.push((hash64(stem(epithet).as_bytes()), member));
            }
        }
        self.member_starts = (0..self.first_starts.len() as u32)
            .map(|first| drafts.partition_point(|draft| draft.first < first) as u32)
            .collect();
        self.rest_slots = SlotTables::of(&rests);
        self.stem_slots = SlotTables::of(&stems);
    }

    /// Each first word as it is, and, where it has members, with one letter taken out.
    fn add_first_slots(&mut self) {
        let (mut whole, mut shortened) = (Vec::new(), Vec::new());
        let bounds = self.first_starts.windows(2).zip(self.member_starts.windows(2));
        for (first, (letters, members)) in (0..).zip(bounds) {
            let ([start, end], [low, high]) = (letters, members) else { continue };
            let word = self.first_letters.get(*start as usize..*end as usize).unwrap_or(&[]);
            if first == NO_FIRST {
                continue;
            }
            whole.push((part_hash(word), first));
            if low < high {
                let hashes = PartHashes::of(word);
                shortened.extend((0..word.len()).map(|at| (hashes.without(0, word.len(), at), first)));
            }
        }
        self.first_slots = SlotTables::of(&whole);
        self.shortened_slots = SlotTables::of(&shortened);
    }

    /// The index as it is searched.
    pub fn table(&self) -> NearTable<'_, &[u32]> {
        NearTable {
            first_letters: &self.first_letters,
            first_starts: &self.first_starts,
            first_shapes: &self.first_shapes,
            first_slots: self.first_slots.table(),
            shortened_slots: self.shortened_slots.table(),
            member_starts: &self.member_starts,
            members: &self.members,
            member_firsts: &self.member_firsts,
            rest_shapes: &self.rest_shapes,
            rest_letters: &self.rest_letters,
            rest_starts: &self.rest_starts,
            rest_slots: self.rest_slots.table(),
            stem_slots: self.stem_slots.table(),
        }
    }
}

/// First words and their numbers, in the order in which they come.
#[derive(Default)]
struct Firsts {
    numbers: HashMap<Vec<u8>, u32>,
    /// Names of one first word often stand together.
    last: Option<(Vec<u8>, u32)>,
}

impl Firsts {
    fn number(&mut self, index: &mut NearIndex, word: &[u8]) -> u32 {
        if let Some((last, number)) = &self.last
            && last == word
        {
            return *number;
        }
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None => {
                let number = index.first_shapes.len() as u32;
                self.numbers.insert(word.to_vec(), number);
                index.first_letters.extend_from_slice(word);
                index.first_starts.push(index.first_letters.len() as u32);
                index.first_shapes.push(shape(word));
                number
            }
        };
        self.last = Some((word.to_vec(), number));
        number
    }
}
