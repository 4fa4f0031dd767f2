//! Searching the index for every name within two edits.

use smallvec::SmallVec;

use super::distance::{EDITS_MAX, distance};
use super::found::{Found, Near};
use super::query::Query;
use super::shape::{may_be_near, near_lengths, shape};
use super::{NO_FIRST, NearTable};
use crate::fold::KEY_BYTES_MAX;
use crate::hash::part_hash;
use crate::words::Words;

/// The fewest letters of an epithet that may be lost or added whole together with its space: a genus is no
/// misspelling of a species of it, however short the epithet.
const EPITHET_LETTERS_MIN: usize = 2;

/// Fewer names than this are looked through as they stand.
const FEW_NAMES: usize = 24;

/// First words one edit away, of which each is looked through once.
type NearFirsts = SmallVec<[u32; 16]>;

impl<W: Words> NearTable<'_, W> {
    /// Adds every name that differs from `query` by at most [`EDITS_MAX`] edits.
    pub fn search(&self, query: &Query<'_>, found: &mut Found) {
        let space = query.key.iter().position(|byte| *byte == b' ');
        let own_epithet = space.map_or(EPITHET_LETTERS_MIN, |space| query.key.len() - space - 1);
        if own_epithet >= EPITHET_LETTERS_MIN {
            self.scan(NO_FIRST, query.key, Spent { first: 0, left: EDITS_MAX }, found);
        }
        let length = query.key.len();
        for at in 0..=length {
            self.with_first_until(query, at, found);
            self.with_rest_from(query, at, found);
            self.swapped_over_space(query, at, found);
            if query.is_space(at) {
                self.near_firsts(query, at, found);
                self.swapped_spaces(query, at, found);
            }
        }
    }

    /// Names whose first word is what stands before `end`: the space follows, or it was lost, or a letter
    /// stands in its place.
    fn with_first_until(&self, query: &Query<'_>, end: usize, found: &mut Found) {
        let word = query.part(0, end);
        let Some(first) = self.first_of(word, query.hashes.part(0, end)) else { return };
        let rest_from = |at: usize| query.part(at.min(query.key.len()), query.key.len());
        if query.is_space(end) {
            self.scan(first, rest_from(end + 1), Spent { first: 0, left: EDITS_MAX }, found);
            return;
        }
        let spent = Spent { first: 1, left: EDITS_MAX - 1 };
        let has_space = query.key.contains(&b' ');
        for rest in [rest_from(end), rest_from(end + 1)] {
            if has_space || !rest.is_empty() {
                self.scan(first, rest, spent, found);
            }
        }
    }

    /// Names whose rest is what stands from `start` on: after the space, or the space was lost, or a letter
    /// stands in its place.
    fn with_rest_from(&self, query: &Query<'_>, start: usize, found: &mut Found) {
        let length = query.key.len();
        let rest = query.part(start, length);
        let before = start.checked_sub(1);
        let is_spaced = before.is_some_and(|before| query.is_space(before));
        for member in self.rest_slots.find(query.hashes.part(start, length)) {
            if self.rest(member) != Some(rest) {
                continue;
            }
            match before {
                Some(before) if is_spaced => self.with_first(member, query.part(0, before), 0, found),
                Some(before) => {
                    self.with_first(member, query.part(0, start), 1, found);
                    self.with_first(member, query.part(0, before), 1, found);
                }
                None => self.with_first(member, &[], 1, found),
            }
        }
    }

    /// A member whose rest is the one written, where its first word is near `first`.
    fn with_first(&self, member: u32, first: &[u8], spent: u8, found: &mut Found) {
        let Some(own) = self.member_firsts.word(member as usize) else { return };
        let left = EDITS_MAX - spent;
        let shapes = self.first_shapes.word(own as usize);
        if !shapes.is_some_and(|own| may_be_near(own, shape(first), left)) {
            return;
        }
        let edits = self.first(own).and_then(|own| distance(own, first, left));
        if let Some((edits, name)) = edits.zip(self.members.word(member as usize)) {
            found.push(Near { name, first_edits: spent + edits, rest_edits: 0 });
        }
    }

    /// Names whose first word is one edit from what stands before the space, and whose rest one edit at most.
    fn near_firsts(&self, query: &Query<'_>, space: usize, found: &mut Found) {
        let (word, rest) = (query.part(0, space), query.part(space + 1, query.key.len()));
        let mut firsts = NearFirsts::new();
        // One letter more; one letter less; one letter taken out of both: another letter, or two swapped.
        let as_it_is = query.hashes.part(0, space);
        firsts.extend(self.shortened_slots.find(as_it_is));
        for at in 0..space {
            let hash = query.hashes.without(0, space, at);
            firsts.extend(self.first_slots.find(hash).chain(self.shortened_slots.find(hash)));
        }
        firsts.sort_unstable();
        firsts.dedup();
        firsts.retain(|first| self.first(*first).and_then(|own| distance(own, word, 1)) == Some(1));
        for first in firsts {
            self.scan(first, rest, Spent { first: 1, left: EDITS_MAX - 1 }, found);
        }
    }

    /// Names that the written one becomes when its space at `space` changes places with a letter.
    fn swapped_spaces(&self, query: &Query<'_>, space: usize, found: &mut Found) {
        let key = query.key;
        let (before, after) = (query.part(0, space), query.part(space + 1, key.len()));
        let once = Spent { first: 1, left: EDITS_MAX - 1 };
        // `Falc ocherrug`, and `Falc ?ocherrug`, where swapping and adding a letter are two edits.
        if let [letter, rest @ ..] = after {
            self.joined(before, &[*letter], &[], rest, once, found);
        }
        let twice = Spent { first: 2, left: 0 };
        if let [_, letter, rest @ ..] = after {
            self.joined(before, &[*letter], &[], rest, twice, found);
        }
        // `Falcoc herrug`, and `Falcoc? herrug`.
        if let [first @ .., letter] = before {
            self.joined(first, &[], &[*letter], after, once, found);
        }
        if let [first @ .., letter, _] = before {
            self.joined(first, &[], &[*letter], after, twice, found);
        }
    }

    /// Names of which the space was lost between two letters that then changed places: `Falccoherrug`.
    fn swapped_over_space(&self, query: &Query<'_>, at: usize, found: &mut Found) {
        let end = at + 2;
        if end > query.key.len() {
            return;
        }
        let hash = query.hashes.without(0, end, at);
        if self.first_slots.may_hold(hash) {
            let (first, rest) = (query.part(0, at), query.part(end, query.key.len()));
            let (letter, other) = (query.part(at, at + 1), query.part(at + 1, end));
            self.joined(first, other, letter, rest, Spent { first: EDITS_MAX, left: 0 }, found);
        }
    }

    /// Names with one of the two words that are made of two pieces each, and the other near.
    fn joined(
        &self,
        first: &[u8],
        first_end: &[u8],
        rest_start: &[u8],
        rest: &[u8],
        spent: Spent,
        found: &mut Found,
    ) {
        let (first, rest) = (Pieces::of(first, first_end), Pieces::of(rest_start, rest));
        let (first, rest) = (first.as_bytes(), rest.as_bytes());
        if let Some(own) = self.first_of(first, part_hash(first)) {
            self.scan(own, rest, spent, found);
        }
        for member in self.rest_slots.find(part_hash(rest)) {
            if self.rest(member) == Some(rest) {
                self.with_first(member, first, spent.first, found);
            }
        }
    }

    /// The members of `first` whose rest is near `rest`.
    fn scan(&self, first: u32, rest: &[u8], spent: Spent, found: &mut Found) {
        let wanted = shape(rest);
        let (low, high) = near_lengths(wanted, spent.left);
        let (mut start, end) = self.member_starts.pair(first as usize).unwrap_or((0, 0));
        if end.saturating_sub(start) > FEW_NAMES {
            start = self.first_from(low, start, end);
        }
        for (member, own) in (start as u32..).zip(self.rest_shapes.range(start, end)) {
            if own > high {
                return;
            }
            if may_be_near(own, wanted, spent.left) {
                self.compare(member, rest, first == NO_FIRST, spent, found);
            }
        }
    }

    /// The first member from `start` to before `end` whose shape is not below `low`.
    fn first_from(&self, low: u32, mut start: usize, mut end: usize) -> usize {
        while start < end {
            let middle = start + (end - start) / 2;
            match self.rest_shapes.word(middle) {
                Some(shape) if shape < low => start = middle + 1,
                _ => end = middle,
            }
        }
        start
    }

    fn compare(&self, member: u32, rest: &[u8], is_one_word: bool, spent: Spent, found: &mut Found) {
        let edits = self.rest(member).and_then(|own| distance(own, rest, spent.left));
        if let Some((edits, name)) = edits.zip(self.members.word(member as usize)) {
            let (first_edits, rest_edits) = if is_one_word { (edits, 0) } else { (spent.first, edits) };
            found.push(Near { name, first_edits, rest_edits });
        }
    }
}

/// The edits that finding a first word took, and those that are left for the rest.
#[derive(Debug, Clone, Copy)]
struct Spent {
    first: u8,
    left: u8,
}

/// Two pieces of a written name as one word, without a place on the heap.
struct Pieces {
    bytes: [u8; KEY_BYTES_MAX],
    len: usize,
}

impl Pieces {
    fn of(one: &[u8], other: &[u8]) -> Self {
        let mut pieces = Pieces { bytes: [0; KEY_BYTES_MAX], len: 0 };
        for (place, byte) in pieces.bytes.iter_mut().zip(one.iter().chain(other)) {
            *place = *byte;
            pieces.len += 1;
        }
        pieces
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}
