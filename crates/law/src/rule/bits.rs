//! A set of the rules of one rule set, as machine words.

/// Words in a [`RuleBits`]: room for 128 rules a set, which one vector instruction joins. The treaty's rules
/// about lines, the largest set, are some ninety; a book that needs more does not load and says so.
const WORDS: usize = 2;

/// A set of rules by their place in a rule set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct RuleBits([u64; WORDS]);

impl RuleBits {
    /// How many rules one set has room for.
    pub(super) const CAPACITY: usize = WORDS * 64;
    pub(super) const NONE: RuleBits = RuleBits([0; WORDS]);

    /// The first `count` rules.
    pub(super) fn first(count: usize) -> RuleBits {
        let mut bits = RuleBits::NONE;
        (0..count).for_each(|place| bits.insert(place));
        bits
    }

    pub(super) fn insert(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    pub(super) fn contains(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word & 1 << (place % 64) != 0)
    }

    #[inline]
    pub(super) fn and(self, other: RuleBits) -> RuleBits {
        self.join(other, |a, b| a & b)
    }

    #[inline]
    pub(super) fn or(self, other: RuleBits) -> RuleBits {
        self.join(other, |a, b| a | b)
    }

    #[inline]
    pub(super) fn without(self, other: RuleBits) -> RuleBits {
        self.join(other, |a, b| a & !b)
    }

    #[inline]
    pub(super) fn is_empty(self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    /// The places in the set, in order.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(at, word)| Ones(word).map(move |bit| at * 64 + bit))
    }

    #[inline]
    fn join(self, other: RuleBits, by: impl Fn(u64, u64) -> u64) -> RuleBits {
        let mut words = self.0;
        words.iter_mut().zip(other.0).for_each(|(word, with)| *word = by(*word, with));
        RuleBits(words)
    }
}

/// The bits that are set in a word, from the lowest.
pub(crate) struct Ones(pub(crate) u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let lowest = (self.0 != 0).then(|| self.0.trailing_zeros() as usize);
        self.0 &= self.0.wrapping_sub(1);
        lowest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_back_what_was_put_in() {
        let mut bits = RuleBits::NONE;
        [0, 63, 64, 127].into_iter().for_each(|place| bits.insert(place));
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 63, 64, 127]);
        assert!(bits.contains(64) && !bits.contains(65));
        assert_eq!(RuleBits::first(3).iter().collect::<Vec<_>>(), [0, 1, 2]);
        assert!(bits.without(bits).is_empty());
    }
}
