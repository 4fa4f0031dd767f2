//! A written name as it is searched for.

use crate::fold::Key;
use crate::hash::PartHashes;

/// A written name, folded, with the hashes of its parts.
pub(crate) struct Query<'k> {
    /// The folded letters.
    pub key: &'k [u8],
    /// The hashes of all its parts.
    pub hashes: PartHashes,
}

impl<'k> Query<'k> {
    /// The query for `key`.
    pub fn of(key: &'k Key) -> Self {
        let key = key.as_bytes();
        Query { key, hashes: PartHashes::of(key) }
    }

    /// The part from `start` to before `end`.
    #[inline]
    pub fn part(&self, start: usize, end: usize) -> &'k [u8] {
        self.key.get(start..end).unwrap_or(&[])
    }

    /// Whether a space stands at `at`.
    #[inline]
    pub fn is_space(&self, at: usize) -> bool {
        self.key.get(at) == Some(&b' ')
    }
}
