//! Small tables by a written key: the ports of a pack, the texts of an annotation.
//!
//! Source of truth: the book, which alone fills them. So nobody outside can choose keys that collide, and the
//! hash is one of a few multiplications in place of one that is safe against that.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Values by a key that a table writes.
pub(crate) type Keyed<V> = HashMap<Box<str>, V, BuildHasherDefault<KeyHasher>>;

/// Takes eight bytes at a time: joined with what was before, multiplied, and both halves of the product joined, so
/// that every bit of a key bears on every bit of its hash.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct KeyHasher(u64);

/// Odd, its bits in no order: those of the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl KeyHasher {
    #[inline]
    fn add(&mut self, word: u64) {
        let product = u128::from(self.0.rotate_left(5) ^ word) * u128::from(SPREAD);
        self.0 = product as u64 ^ (product >> 64) as u64;
    }
}

impl Hasher for KeyHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.add(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let last = rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.add(last);
        }
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn every_key_is_found_again_and_no_other() {
        let key = |number: u32| format!("key {number} 口岸{}", "x".repeat(number as usize % 9));
        let keyed: Keyed<u32> = (0..1000).map(|number| (key(number).into(), number)).collect();
        for number in 0..1000 {
            assert_eq!(keyed.get(&*key(number)), Some(&number));
            assert_eq!(keyed.get(&*key(number + 1000)), None);
        }
    }

    #[test]
    fn keys_spread_over_the_places_of_a_table() {
        let hasher = BuildHasherDefault::<KeyHasher>::default();
        let mut places = [0_u32; 64];
        for number in 0..6400 {
            places[(hasher.hash_one(format!("port-{number}")) % 64) as usize] += 1;
        }
        assert!(places.iter().all(|count| (50..150).contains(count)), "{places:?}");
    }
}
