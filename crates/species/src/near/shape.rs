//! The shape of a word: which letters it has, and its length. Enough to leave out most words unseen.

const LETTERS: u32 = (1 << LENGTH_SHIFT) - 1;
const LENGTH_SHIFT: u32 = 26;
/// Longer words count as this long; what differs then only seems nearer.
const LENGTH_MAX: usize = 63;

/// Which of the 26 letters a folded word has, and above them its length: shapes in order are lengths in order.
pub(crate) fn shape(word: &[u8]) -> u32 {
    let mask = word.iter().fold(0, |mask, byte| {
        // Signs that are no letters shift the bit out of the mask.
        let letter = u32::from(byte.wrapping_sub(b'a'));
        mask | 1_u32.checked_shl(letter).unwrap_or(0) & LETTERS
    });
    mask | (word.len().min(LENGTH_MAX) as u32) << LENGTH_SHIFT
}

/// Whether words of these shapes can be within `edits`. Each edit changes the length by one and one letter of
/// the mask, or keeps the length and changes two letters at most.
#[inline]
pub(crate) fn may_be_near(one: u32, other: u32, edits: u8) -> bool {
    let lengths = (one >> LENGTH_SHIFT).abs_diff(other >> LENGTH_SHIFT);
    let edits = u32::from(edits);
    lengths <= edits && ((one ^ other) & LETTERS).count_ones() + lengths <= 2 * edits
}

/// The lowest and the highest shape that a word within `edits` of one of this shape can have.
pub(crate) fn near_lengths(shape: u32, edits: u8) -> (u32, u32) {
    let length = shape >> LENGTH_SHIFT;
    let low = length.saturating_sub(u32::from(edits));
    let high = (length + u32::from(edits)).min(LENGTH_MAX as u32);
    (low << LENGTH_SHIFT, high << LENGTH_SHIFT | LETTERS)
}
