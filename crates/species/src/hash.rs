//! One hash for names and for the checksums of the compact names file.
//!
//! Source of truth: this file; a compact names file written with another hash does not open. It is no
//! defence against someone who chooses names to collide: equal hashes are told apart by comparing names.

/// An odd number, so that multiplying by it can be undone; the golden ratio in 64 bits.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

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

const fn step(hash: u64, word: u64) -> u64 {
    let mixed = (hash ^ word).wrapping_mul(SPREAD);
    mixed ^ (mixed >> 29)
}

/// Brings the well-mixed high bits down once more: buckets are picked by the high bits, compared by the low.
const fn finish(hash: u64) -> u64 {
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_byte_changes_the_hash() {
        let text: Vec<u8> = (0..100).collect();
        let whole = hash64(&text);
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut damaged = text.clone();
                damaged[at] ^= 1 << bit;
                assert_ne!(hash64(&damaged), whole, "byte {at}, bit {bit}");
            }
        }
    }

    #[test]
    fn trailing_zeros_count() {
        assert_ne!(hash64(b"abc"), hash64(b"abc\0"));
        assert_ne!(hash64(b""), hash64(b"\0"));
    }
}
