//! The values that each fact may still have, in one short string of bytes that rules read byte by byte.
//!
//! Every value of a fact is one bit; a fact without a bit is one of which nothing is known. The facts stand in
//! their order, as many in a byte as have room; a fact of more than eight values takes two bytes of its own.
//! Reading and setting are always in place: where the fact is known while compiling nothing is left of the layout
//! but one mask.

use super::fact::Fact;

/// No value excluded.
pub(super) const OPEN: u16 = u16::MAX;

/// The bits of one byte.
const BITS: usize = u8::BITS as usize;

/// The most values of a fact: it takes two bytes at most, and that nothing is known is told from all values
/// being left by name.
const VALUES_MOST: usize = 2 * BITS - 1;

/// Where the values of a fact stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// The byte; for a fact of two bytes that of the first eight values.
    pub(super) at: usize,
    /// The place of the first value in it.
    pub(super) shift: usize,
    /// How many values there are.
    pub(super) count: usize,
}

impl Slot {
    /// Whether the fact takes two bytes of its own.
    pub(super) const fn is_wide(self) -> bool {
        self.count > BITS
    }

    const fn mask(self) -> u16 {
        ((1_u32 << self.count) - 1) as u16
    }

    /// The values of the fact that the byte `byte` leaves, for a fact of one byte.
    pub(super) const fn of_byte(self, byte: u8) -> u16 {
        (byte as u16 >> self.shift) & self.mask()
    }
}

/// The slots of all facts, and the length of the string.
const LAYOUT: ([Slot; Fact::VALUED_COUNT], usize) = layout();

#[expect(clippy::indexing_slicing, reason = "worked out while compiling, where a wrong place is told")]
const fn layout() -> ([Slot; Fact::VALUED_COUNT], usize) {
    let mut slots = [Slot { at: 0, shift: 0, count: 0 }; Fact::VALUED_COUNT];
    // The byte being filled, and how much of it is.
    let (mut at, mut used) = (0, 0);
    let mut nth = 0;
    while nth < Fact::VALUED_COUNT {
        let count = match Fact::VALUED[nth].vocabulary() {
            Some(list) => list.count as usize,
            None => 0,
        };
        assert!(count <= VALUES_MOST, "a fact has more values than two bytes have room for");
        if used > 0 && used + count > BITS {
            at += 1;
            used = 0;
        }
        slots[nth] = Slot { at, shift: used, count };
        used += count;
        if count > BITS {
            at += 2;
            used = 0;
        }
        nth += 1;
    }
    (slots, at + 1)
}

/// The values that are left of every fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Possible([u8; LAYOUT.1]);

impl Possible {
    /// Nothing known of any fact.
    pub(super) const NOTHING_KNOWN: Possible = Possible([0; LAYOUT.1]);

    /// Where the values of `fact` stand; `None` for a fact without a list of values.
    #[inline(always)]
    pub(super) fn slot(fact: Fact) -> Option<Slot> {
        LAYOUT.0.get(fact as usize).copied()
    }

    /// The byte at `at`; zero beyond the end.
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.0.get(at).copied().unwrap_or(0)
    }

    /// The values that are left, one bit each; [`OPEN`] where nothing is known.
    #[inline(always)]
    pub(super) fn of(&self, fact: Fact) -> u16 {
        let Some(slot) = Possible::slot(fact) else { return OPEN };
        let left = if slot.is_wide() {
            u16::from_le_bytes([self.byte(slot.at), self.byte(slot.at + 1)])
        } else {
            slot.of_byte(self.byte(slot.at))
        };
        if left == 0 { OPEN } else { left }
    }

    /// Sets the values that are left; [`OPEN`] forgets what is known.
    #[inline(always)]
    pub(super) fn set(&mut self, fact: Fact, values: u16) {
        let Some(slot) = Possible::slot(fact) else { return };
        let values = if values == OPEN { 0 } else { values & slot.mask() };
        let [low, high] = values.to_le_bytes();
        if slot.is_wide() {
            self.0.iter_mut().skip(slot.at).zip([low, high]).for_each(|(byte, new)| *byte = new);
        } else if let Some(byte) = self.0.get_mut(slot.at) {
            *byte = *byte & !((slot.mask() << slot.shift) as u8) | low << slot.shift;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_facts_share_a_bit() {
        for (nth, fact) in Fact::VALUED.iter().enumerate() {
            let mut possible = Possible::NOTHING_KNOWN;
            let all = Possible::slot(*fact).unwrap().mask();
            possible.set(*fact, all);
            assert_eq!(possible.of(*fact), all, "{fact}");
            for other in Fact::VALUED.iter().skip(nth + 1) {
                assert_eq!(possible.of(*other), OPEN, "{fact} and {other}");
            }
        }
    }

    #[test]
    fn what_is_set_is_told_and_can_be_forgotten() {
        let mut possible = Possible::NOTHING_KNOWN;
        for fact in Fact::VALUED {
            possible.set(*fact, 0b10);
        }
        assert!(Fact::VALUED.iter().all(|fact| possible.of(*fact) == 0b10));
        Fact::VALUED.iter().for_each(|fact| possible.set(*fact, OPEN));
        assert_eq!(possible, Possible::NOTHING_KNOWN);
    }
}
