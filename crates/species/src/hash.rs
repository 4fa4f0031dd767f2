//! One hash for names and for the checksums of the compact names file.
//!
//! Source of truth: this file; a compact names file written with another hash does not open. It is no
//! defence against someone who chooses names to collide: equal hashes are told apart by comparing names.

use crate::fold::KEY_BYTES_MAX;

/// An odd number, so that multiplying by it can be undone; the golden ratio in 64 bits.
pub(crate) const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of `bytes`.
///
/// Each step can be undone, so that two texts of one length that differ in one word of eight bytes never
/// share a hash: one damaged byte always shows.
pub(crate) fn hash64(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let start = step(SPREAD, bytes.len() as u64);
    let hash = words.iter().fold(start, |hash, word| step(hash, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    finish(step(hash, u64::from_le_bytes(last)))
}

/// The checksum of a block of a file: four hashes side by side, since a core multiplies faster than it can wait
/// for the last product. One damaged byte always shows, as in [`hash64`].
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let (lines, rest) = bytes.as_chunks::<32>();
    let mut lanes = [1, 2, 3, 4].map(|lane| step(SPREAD, lane));
    for line in lines {
        for (lane, word) in lanes.iter_mut().zip(line.as_chunks::<8>().0) {
            *lane = step(*lane, u64::from_le_bytes(*word));
        }
    }
    finish(lanes.into_iter().fold(hash64(rest) ^ bytes.len() as u64, step))
}

const fn step(hash: u64, word: u64) -> u64 {
    let mixed = (hash ^ word).wrapping_mul(SPREAD);
    mixed ^ (mixed >> 29)
}

/// Brings the well-mixed high bits down once more: buckets are picked by the high bits, compared by the low.
const fn finish(hash: u64) -> u64 {
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}

/// The powers of [`SPREAD`], which shift a part of a text to its place in a [`PartHashes`].
const POWERS: [u64; KEY_BYTES_MAX + 1] = {
    let mut powers = [1; KEY_BYTES_MAX + 1];
    let mut rest: &mut [u64] = &mut powers;
    let mut last = 1_u64;
    while let Some((power, after)) = rest.split_first_mut() {
        *power = last;
        last = last.wrapping_mul(SPREAD);
        rest = after;
    }
    powers
};

/// The hash of `bytes` as a part of a text: what [`PartHashes`] gives for the part that holds them.
pub(crate) fn part_hash(bytes: &[u8]) -> u64 {
    finish(bytes.iter().fold(0, |sum, byte| add(sum, *byte)))
}

/// The hashes of all parts of one key, each from two sums.
pub(crate) struct PartHashes {
    sums: [u64; KEY_BYTES_MAX + 1],
}

impl PartHashes {
    /// The sums over `key`, of which more than [`KEY_BYTES_MAX`] bytes are left out.
    pub fn of(key: &[u8]) -> Self {
        let mut sums = [0; KEY_BYTES_MAX + 1];
        let mut sum = 0;
        for (place, byte) in sums.iter_mut().skip(1).zip(key) {
            sum = add(sum, *byte);
            *place = sum;
        }
        Self { sums }
    }

    /// The hash of the part from `start` to before `end`.
    #[inline]
    pub fn part(&self, start: usize, end: usize) -> u64 {
        finish(self.sum(start, end))
    }

    /// The hash of the part from `start` to before `end`, without the byte at `at`.
    #[inline]
    pub fn without(&self, start: usize, end: usize, at: usize) -> u64 {
        let after = self.sum(at + 1, end);
        finish(self.sum(start, at).wrapping_mul(power(end - at - 1)).wrapping_add(after))
    }

    #[inline]
    fn sum(&self, start: usize, end: usize) -> u64 {
        let until = |at: usize| self.sums.get(at).copied().unwrap_or(0);
        until(end).wrapping_sub(until(start).wrapping_mul(power(end - start)))
    }
}

#[inline]
fn power(of: usize) -> u64 {
    POWERS.get(of).copied().unwrap_or(0)
}

#[inline]
const fn add(sum: u64, byte: u8) -> u64 {
    // A byte of zero counts too.
    sum.wrapping_mul(SPREAD).wrapping_add(byte as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_a_part_is_that_of_its_bytes() {
        let key = b"ursus arctos isabellinus";
        let hashes = PartHashes::of(key);
        for start in 0..key.len() {
            for end in start + 1..=key.len() {
                assert_eq!(hashes.part(start, end), part_hash(&key[start..end]));
                for at in start..end {
                    let left = [&key[start..at], &key[at + 1..end]].concat();
                    assert_eq!(hashes.without(start, end, at), part_hash(&left));
                }
            }
        }
    }

    #[test]
    fn one_changed_byte_changes_the_hash() {
        let text: Vec<u8> = (0..100).collect();
        let whole = hash64(&text);
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut damaged = text.clone();
                damaged[at] ^= 1 << bit;
                assert_ne!(hash64(&damaged), whole, "byte {at}, bit {bit}");
                assert_ne!(checksum(&damaged), checksum(&text), "byte {at}, bit {bit}");
            }
        }
    }

    #[test]
    fn trailing_zeros_count() {
        assert_ne!(hash64(b"abc"), hash64(b"abc\0"));
        assert_ne!(hash64(b""), hash64(b"\0"));
    }
}
