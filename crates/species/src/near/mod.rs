//! Names like the one written: within two edits of it as a whole, or with an epithet of the same stem.
//!
//! Known names stand grouped by their first word, and there by the shape of the rest. Two edits leave the first
//! word or the rest as it is, or give one edit to each: the first case looks through the names of one first word,
//! the second goes from the rest to the names that have it, the third finds the first words one edit away by the
//! letters that are left when one is taken out. A space that is lost, added or moved makes other words of the same
//! text, which are searched likewise. So nothing within two edits is ever missed. Knows no taxa, only numbered
//! names; what a near name means is decided where names are resolved.

mod build;
mod distance;
mod found;
mod query;
mod search;
mod shape;
mod stem;

pub(crate) use build::NearIndex;
pub(crate) use distance::EDITS_MAX;
#[cfg(test)]
pub(crate) use distance::distance;
pub(crate) use found::{Found, Near};
pub(crate) use query::Query;
pub(crate) use stem::{Stem, stem};

use crate::hash::{hash64, part_hash};
use crate::slots::Slots;
use crate::words::Words;

/// The number of the first word that stands for none: names of one word are its members.
const NO_FIRST: u32 = 0;

/// An index as it is searched, in memory or in a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NearTable<'a, W> {
    /// The letters of all first words; the first of them is empty, and holds the names of one word.
    pub first_letters: &'a [u8],
    /// Where each first word starts, and at the end where the last ends.
    pub first_starts: W,
    /// The shape of each first word.
    pub first_shapes: W,
    /// First words as they are.
    pub first_slots: Slots<W>,
    /// First words by what is left of them with one letter taken out.
    pub shortened_slots: Slots<W>,
    /// Where the members of each first word start.
    pub member_starts: W,
    /// The number of each name, by first word and the shape of the rest.
    pub members: W,
    /// The first word of each member.
    pub member_firsts: W,
    /// The shape of the rest of each member.
    pub rest_shapes: W,
    /// The letters of the rest of each member, folded.
    pub rest_letters: &'a [u8],
    /// Where the rest of each member starts, and at the end where the last ends.
    pub rest_starts: W,
    /// Members by their rest.
    pub rest_slots: Slots<W>,
    /// Members by the stem of their last epithet.
    pub stem_slots: Slots<W>,
}

impl<'a, W: Words> NearTable<'a, W> {
    /// Whether `word`, folded, is the first word of a name.
    pub fn has_first(&self, word: &[u8]) -> bool {
        self.number_of(word).is_some()
    }

    /// The number of the first word `word`, folded.
    pub fn number_of(&self, word: &[u8]) -> Option<u32> {
        self.first_of(word, part_hash(word))
    }

    /// The names whose last epithet has `stem`.
    pub fn of_stem<'s>(&self, stem: &'s Stem) -> impl Iterator<Item = u32> + use<'a, 's, W> {
        let table = *self;
        let members = self.stem_slots.find(hash64(stem.as_bytes()));
        members.filter_map(move |member| table.name_of_stem(member, stem))
    }

    /// The names of the first word numbered `first` whose last epithet has `stem`.
    pub fn of_stem_in<'s>(&self, first: u32, stem: &'s Stem) -> impl Iterator<Item = u32> + use<'a, 's, W> {
        let table = *self;
        let members = self.stem_slots.find(hash64(stem.as_bytes()));
        let own = members.filter(move |member| table.member_firsts.word(*member as usize) == Some(first));
        own.filter_map(move |member| table.name_of_stem(member, stem))
    }

    fn name_of_stem(&self, member: u32, stem: &Stem) -> Option<u32> {
        let own = self::stem(last_epithet(self.rest(member)?)?);
        self.members.word(member as usize).filter(|_| own.as_bytes() == stem.as_bytes())
    }

    /// The number of the first word `word`, which has this hash.
    #[inline]
    pub fn first_of(&self, word: &[u8], hash: u64) -> Option<u32> {
        let mut firsts = self.first_slots.find(hash);
        firsts.find(|first| self.first(*first) == Some(word))
    }

    fn first(&self, first: u32) -> Option<&'a [u8]> {
        let (start, end) = self.first_starts.pair(first as usize)?;
        self.first_letters.get(start..end)
    }

    fn rest(&self, member: u32) -> Option<&'a [u8]> {
        let (start, end) = self.rest_starts.pair(member as usize)?;
        self.rest_letters.get(start..end)
    }
}

/// The first word of a folded name, and the rest.
pub(crate) fn split_first(key: &[u8]) -> (&[u8], &[u8]) {
    let space = key.iter().position(|byte| *byte == b' ').unwrap_or(key.len());
    (key.get(..space).unwrap_or(key), key.get(space + 1..).unwrap_or(&[]))
}

/// The last word of what follows a name's first.
pub(crate) fn last_epithet(rest: &[u8]) -> Option<&[u8]> {
    rest.rsplit(|byte| *byte == b' ').next().filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests;
