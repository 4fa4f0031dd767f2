//! Tables of 32-bit numbers, in memory or inside the bytes of a file, behind one way of reading them.
//!
//! So one index serves the backbone, which is built at each start, and imported names, which are read in
//! place. Reading outside a table is `None`, never a panic.

/// A table of 32-bit numbers.
pub(crate) trait Words: Copy {
    /// The number at `at`.
    fn word(self, at: usize) -> Option<u32>;

    /// How many there are.
    fn count(self) -> usize;

    /// The numbers from `start` to before `end`, as far as there are any.
    fn range(self, start: usize, end: usize) -> impl Iterator<Item = u32>;

    /// The numbers at `at` and after it: where a list starts and where it ends.
    fn pair(self, at: usize) -> Option<(usize, usize)> {
        Some((self.word(at)? as usize, self.word(at.checked_add(1)?)? as usize))
    }
}

impl Words for &[u32] {
    fn word(self, at: usize) -> Option<u32> {
        self.get(at).copied()
    }

    fn count(self) -> usize {
        self.len()
    }

    fn range(self, start: usize, end: usize) -> impl Iterator<Item = u32> {
        self.get(start..end.min(self.len())).unwrap_or(&[]).iter().copied()
    }
}

/// Numbers written least byte first, one after another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LeWords<'a>(&'a [[u8; 4]]);

impl<'a> LeWords<'a> {
    /// The numbers in `bytes`; bytes left over at the end are no number.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.as_chunks::<4>().0)
    }
}

impl Words for LeWords<'_> {
    fn word(self, at: usize) -> Option<u32> {
        self.0.get(at).map(|bytes| u32::from_le_bytes(*bytes))
    }

    fn count(self) -> usize {
        self.0.len()
    }

    fn range(self, start: usize, end: usize) -> impl Iterator<Item = u32> {
        let bytes = self.0.get(start..end.min(self.0.len())).unwrap_or(&[]);
        bytes.iter().map(|bytes| u32::from_le_bytes(*bytes))
    }
}

/// For each key below `keys`, where its values start; and the values, keys in order, each key's in the
/// order given.
pub(crate) fn grouped(keys: usize, pairs: &[(u32, u32)]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; keys + 1];
    for (key, _) in pairs {
        if let Some(count) = starts.get_mut(*key as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut next = starts.clone();
    let mut values = vec![0; pairs.len()];
    for (key, value) in pairs {
        if let Some(place) = next.get_mut(*key as usize) {
            if let Some(slot) = values.get_mut(*place as usize) {
                *slot = *value;
            }
            *place += 1;
        }
    }
    (starts, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_a_table_is_none() {
        let bytes = [1, 0, 0, 0, 2, 1, 0, 0, 9];
        let words = LeWords::new(&bytes);
        assert_eq!(words.count(), 2);
        assert_eq!((words.word(0), words.word(1), words.word(2)), (Some(1), Some(258), None));
        assert_eq!(words.pair(usize::MAX), None);
        assert_eq!([1_u32, 2].as_slice().pair(0), Some((1, 2)));
    }

    #[test]
    fn groups_keep_the_order_given() {
        let (starts, values) = grouped(3, &[(2, 7), (0, 5), (2, 6)]);
        assert_eq!(starts, [0, 1, 1, 3]);
        assert_eq!(values, [5, 7, 6]);
    }
}
