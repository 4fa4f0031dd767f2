//! What a search for near names finds.

use smallvec::SmallVec;

/// A known name near the one written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Near {
    /// The number of the known name.
    pub name: u32,
    /// By how many edits its first word differs, those of the space after it among them.
    pub first_edits: u8,
    /// By how many edits the rest differs.
    pub rest_edits: u8,
}

impl Near {
    /// By how many edits the name differs.
    pub fn edits(&self) -> u8 {
        self.first_edits + self.rest_edits
    }
}

/// How many near names are kept without a place on the heap: the names of the Checklist have three on average.
const FOUND_INLINE: usize = 24;

/// Near names as they are found: one may be found in several ways until the search is over.
#[derive(Debug, Default)]
pub(crate) struct Found(SmallVec<[Near; FOUND_INLINE]>);

impl Found {
    /// Adds a name.
    pub fn push(&mut self, near: Near) {
        self.0.push(near);
    }

    /// Each name once, by its fewest edits, in the order of the numbers.
    pub fn finish(&mut self) {
        self.0.sort_unstable_by_key(|near| (near.name, near.edits(), near.first_edits));
        self.0.dedup_by_key(|near| near.name);
    }

    /// The names.
    pub fn as_slice(&self) -> &[Near] {
        &self.0
    }
}
