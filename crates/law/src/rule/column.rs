//! The facts as the rules of a set see them: for every byte of them, which rules its value leaves.
//!
//! Source of truth: the masks of the rules. Several facts stand in one byte, and one look into the table of the
//! byte answers for all of them. A fact of two bytes is looked up half by half.

use super::bits::RuleBits;
use super::fact::Fact;
use super::model::Rule;
use super::possible::{Possible, Slot};
use super::set::places;

/// The answers for every value of a byte.
type Table = Box<[Left; BYTES]>;

/// How many values a byte has.
const BYTES: usize = 1 << u8::BITS;

/// A table of what `left` says of each byte.
fn table(left: impl Fn(u8) -> Left) -> Table {
    Box::new(std::array::from_fn(|byte| left(byte as u8)))
}

/// The facts that the rules of a set ask about.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    bytes: Vec<Column>,
    wide: Vec<WideColumn>,
}

/// One byte of facts.
#[derive(Debug, Clone)]
struct Column {
    at: usize,
    left: Table,
}

/// A fact of two bytes.
#[derive(Debug, Clone)]
struct WideColumn {
    at: usize,
    /// The answers for the values of the first byte, and of the second.
    halves: [Table; 2],
    /// The answer where nothing is known.
    open: Left,
}

/// What the values left of some facts leave of the rules.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Left {
    /// The rules that some of the values does not exclude.
    pub(super) some: RuleBits,
    /// The rules that none of the values excludes.
    pub(super) every: RuleBits,
}

impl Left {
    /// Nothing is excluded of `rules`.
    pub(super) const fn all(rules: RuleBits) -> Left {
        Left { some: rules, every: rules }
    }

    /// What is left by values of one fact, any of which may hold.
    fn or(self, other: Left) -> Left {
        Left { some: self.some.or(other.some), every: self.every.and(other.every) }
    }

    /// What is left by two facts.
    #[inline]
    pub(super) fn and(self, other: Left) -> Left {
        Left { some: self.some.and(other.some), every: self.every.and(other.every) }
    }
}

impl Columns {
    pub(super) fn compile(rules: &[Rule]) -> Columns {
        let mut columns = Columns::default();
        for fact in Fact::VALUED {
            let asks = rules.iter().any(|rule| rule.mask_of(*fact).is_some());
            let Some(slot) = Possible::slot(*fact).filter(|_| asks) else { continue };
            let answers = Answers::of(*fact, slot, rules);
            if slot.is_wide() {
                columns.wide.push(answers.wide(slot));
            } else {
                columns.add(slot, &answers, rules.len());
            }
        }
        columns
    }

    /// Adds a fact to the table of its byte.
    fn add(&mut self, slot: Slot, answers: &Answers, rules: usize) {
        let all = RuleBits::first(rules);
        if self.bytes.last().is_none_or(|column| column.at != slot.at) {
            self.bytes.push(Column { at: slot.at, left: table(|_| Left::all(all)) });
        }
        let Some(column) = self.bytes.last_mut() else { return };
        for (byte, left) in (0..=u8::MAX).zip(column.left.iter_mut()) {
            *left = left.and(answers.of_values(slot.of_byte(byte)).unwrap_or(answers.open));
        }
    }

    /// What all facts leave of `left`.
    #[inline]
    pub(super) fn narrow(&self, possible: &Possible, left: Left) -> Left {
        let of_bytes = self.bytes.iter().fold(left, |left, column| left.and(column.left(possible)));
        self.wide.iter().fold(of_bytes, |left, column| left.and(column.left(possible)))
    }
}

impl Column {
    #[inline]
    fn left(&self, possible: &Possible) -> Left {
        left_by(&self.left, possible.byte(self.at))
    }
}

impl WideColumn {
    #[inline]
    fn left(&self, possible: &Possible) -> Left {
        let [low, high] = [possible.byte(self.at), possible.byte(self.at + 1)];
        if low == 0 && high == 0 {
            return self.open;
        }
        let [of_low, of_high] = &self.halves;
        left_by(of_low, low).or(left_by(of_high, high))
    }
}

#[inline]
#[expect(clippy::indexing_slicing, reason = "a table has a place for every byte, which the compiler sees")]
fn left_by(table: &Table, byte: u8) -> Left {
    table[usize::from(byte)]
}

/// What each value of a fact leaves, and what is left where nothing is known.
struct Answers {
    of_values: Vec<Left>,
    open: Left,
    /// What no value at all leaves: it adds nothing to what other values leave.
    none: Left,
}

impl Answers {
    fn of(fact: Fact, slot: Slot, rules: &[Rule]) -> Answers {
        let of_value = |value: usize| {
            let allowed = places(rules, |rule| rule.mask_of(fact).is_none_or(|mask| mask & 1 << value != 0));
            Left::all(allowed)
        };
        let all = RuleBits::first(rules.len());
        let silent = places(rules, |rule| rule.mask_of(fact).is_none());
        Answers {
            of_values: (0..slot.count).map(of_value).collect(),
            // Where nothing is known only a rule that does not ask surely holds, even if it names every value.
            open: Left { some: all, every: silent },
            none: Left { some: RuleBits::NONE, every: all },
        }
    }

    /// What the values of `set` leave together; `None` for no value.
    fn of_values(&self, set: u16) -> Option<Left> {
        let of_set = self.of_values.iter().enumerate().filter(|(value, _)| set & 1 << value != 0);
        of_set.map(|(_, left)| *left).reduce(Left::or)
    }

    fn wide(&self, slot: Slot) -> WideColumn {
        let half = |shift: u32| -> Table {
            table(|byte| self.of_values(u16::from(byte) << shift).unwrap_or(self.none))
        };
        WideColumn { at: slot.at, halves: [half(0), half(u8::BITS)], open: self.open }
    }
}
