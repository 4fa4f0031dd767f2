//! What is known about a line, as the set of values each fact may still have.
//!
//! Nothing known is every value; a known value is one. A rule that asks for a value is met when only such
//! values are left, is not met when none is, and is undecided in between. So unknown is never "no".

use cites::{Country, Quantity, Term};
use smallvec::SmallVec;

use super::fact::{Fact, FactSet, Key};
use super::possible::{OPEN, Possible};
use super::word::Value;

/// Yes, no, or not decided by what is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// What is told leaves both open.
    Unknown,
}

impl Truth {
    /// Whether it surely holds.
    pub const fn is_yes(self) -> bool {
        matches!(self, Truth::Yes)
    }

    /// Whether it surely does not hold.
    pub const fn is_no(self) -> bool {
        matches!(self, Truth::No)
    }

    /// Both hold.
    #[must_use]
    pub const fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    /// At least one holds.
    #[must_use]
    pub const fn or(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
            (Truth::No, Truth::No) => Truth::No,
            _ => Truth::Unknown,
        }
    }

    /// The opposite.
    #[must_use]
    pub const fn negate(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }
}

impl From<Option<bool>> for Truth {
    fn from(told: Option<bool>) -> Truth {
        told.map_or(Truth::Unknown, Truth::from)
    }
}

/// Values that are codes of long lists, and so are asked by membership instead of a mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Particulars {
    /// The kind of specimen.
    pub term: Option<Term>,
    /// The amount.
    pub quantity: Option<Quantity>,
    /// The State of export or re-export.
    pub exporter: Option<Country>,
    /// The State of import.
    pub importer: Option<Country>,
    /// The State of origin, where one is named.
    pub origin: Option<Country>,
    /// The groups of taxa named by rules that hold the taxon of the line.
    pub groups: Groups,
}

/// Groups of taxa named by rules, by their places in the rule book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Groups {
    /// The taxon surely lies in these.
    pub surely: u64,
    /// A part of the taxon lies in these, or its place is not known.
    pub perhaps: u64,
}

impl Groups {
    /// The groups of a specimen that is one taxon and also the other, such as a hybrid.
    #[must_use]
    pub const fn union(self, other: Groups) -> Groups {
        Groups { surely: self.surely | other.surely, perhaps: self.perhaps | other.perhaps }
    }
}

/// What is known about a line.
#[derive(Debug, PartialEq)]
pub struct Facts {
    possible: Possible,
    why: SmallVec<[(Fact, FactSet); 6]>,
    unverified: FactSet,
    /// Codes asked by membership.
    pub particulars: Particulars,
}

impl Clone for Facts {
    /// By copying the list of reasons as a whole, which a derived clone would go through one by one.
    fn clone(&self) -> Facts {
        let Facts { possible, why, unverified, particulars } = self;
        let (why, particulars) = (SmallVec::from_slice(why), *particulars);
        Facts { possible: *possible, why, unverified: *unverified, particulars }
    }
}

impl Default for Facts {
    /// Nothing known.
    fn default() -> Facts {
        Facts {
            possible: Possible::NOTHING_KNOWN,
            why: SmallVec::new(),
            unverified: FactSet::EMPTY,
            particulars: Particulars::default(),
        }
    }
}

impl Facts {
    /// The fact is known.
    #[inline(always)]
    pub fn know<V: Value>(&mut self, key: Key<V>, value: V) {
        self.set(key.fact(), 1 << value.place());
    }

    /// The fact is known when `value` is; else it stays as it was.
    #[inline]
    pub fn know_if_told<V: Value>(&mut self, key: Key<V>, value: Option<V>) {
        if let Some(value) = value {
            self.know(key, value);
        }
    }

    /// The fact is one of `values`; no value at all leaves it open.
    #[inline]
    pub fn among<V: Value>(&mut self, key: Key<V>, values: impl IntoIterator<Item = V>) {
        let mask = values.into_iter().fold(0, |mask, value| mask | 1 << value.place());
        self.set(key.fact(), if mask == 0 { OPEN } else { mask });
    }

    /// The fact is the value that rules write as `word`; a word it does not have changes nothing.
    pub fn tell(&mut self, fact: Fact, word: &str) {
        if let Some(place) = fact.vocabulary().and_then(|list| (list.place_of)(word)) {
            self.set(fact, 1 << place);
        }
    }

    /// The fact is one of the values at `places`, one bit each.
    pub(crate) fn among_places<V: Value>(&mut self, key: Key<V>, places: u16) {
        self.set(key.fact(), if places == 0 { OPEN } else { places });
    }

    /// The fact is undecided because of `missing`, which a consignment can tell. A fact that is known, or that
    /// lacks nothing but itself, needs no reason.
    #[inline]
    pub fn because(&mut self, fact: Fact, missing: FactSet) {
        let is_known = self.possible(fact).is_power_of_two();
        if !is_known && !missing.is_empty() {
            self.note_reason(fact, missing);
        }
    }

    fn note_reason(&mut self, fact: Fact, missing: FactSet) {
        match self.why.iter_mut().find(|(known, _)| *known == fact) {
            Some((_, reasons)) => *reasons = reasons.union(missing),
            None if missing == FactSet::EMPTY.with(fact) => {}
            None => self.why.push((fact, missing)),
        }
    }

    /// The fact rests on something from memory or in conflict.
    pub fn rests_on_unverified(&mut self, fact: Fact) {
        self.unverified = self.unverified.with(fact);
    }

    /// The facts that rest on something from memory or in conflict.
    pub fn unverified(&self) -> FactSet {
        self.unverified
    }

    /// Whether the fact is `value`.
    #[inline(always)]
    pub fn is<V: Value>(&self, key: Key<V>, value: V) -> Truth {
        let (mask, bit) = (self.possible(key.fact()), 1 << value.place());
        if mask & bit == 0 {
            Truth::No
        } else if mask == bit {
            Truth::Yes
        } else {
            Truth::Unknown
        }
    }

    /// Whether the fact may be `value`.
    #[inline(always)]
    pub fn may_be<V: Value>(&self, key: Key<V>, value: V) -> bool {
        self.possible(key.fact()) & 1 << value.place() != 0
    }

    /// Whether more than one value is left.
    pub fn is_open(&self, fact: Fact) -> bool {
        self.possible(fact).count_ones() > 1
    }

    /// The words of the values that are left; empty for a fact without a list.
    pub fn words(&self, fact: Fact) -> impl Iterator<Item = &'static str> {
        let mask = self.possible(fact);
        fact.words().enumerate().filter(move |(place, _)| mask & 1 << place != 0).map(|(_, word)| word)
    }

    /// What must be told to decide `fact`.
    pub fn missing_for(&self, fact: Fact) -> FactSet {
        let reasons = self.why.iter().find(|(known, _)| *known == fact);
        reasons.map_or(FactSet::EMPTY.with(fact), |(_, missing)| *missing)
    }

    /// The values that are left, one bit each; all bits where nothing is known.
    #[inline(always)]
    pub(super) fn possible(&self, fact: Fact) -> u16 {
        self.possible.of(fact)
    }

    /// The values that are left of all facts.
    #[inline]
    pub(super) fn all_possible(&self) -> &Possible {
        &self.possible
    }

    /// Sets the values that are left.
    #[inline(always)]
    pub(super) fn set(&mut self, fact: Fact, mask: u16) {
        self.possible.set(fact, mask);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fact::key;
    use super::super::word::ListedAs;
    use super::*;

    #[test]
    fn nothing_known_is_every_value() {
        let facts = Facts::default();
        assert_eq!(facts.is(key::appendix, ListedAs::I), Truth::Unknown);
        assert_eq!(facts.words(Fact::Appendix).collect::<Vec<_>>(), ["I", "II", "III", "none"]);
        assert_eq!(facts.missing_for(Fact::Appendix), FactSet::of(&[Fact::Appendix]));
    }

    #[test]
    fn partial_knowledge_excludes_and_names_what_is_missing() {
        let mut facts = Facts::default();
        facts.among(key::appendix, [ListedAs::I, ListedAs::II]);
        facts.because(Fact::Appendix, FactSet::of(&[Fact::Subspecies]));
        assert_eq!(facts.is(key::appendix, ListedAs::I), Truth::Unknown);
        assert_eq!(facts.is(key::appendix, ListedAs::III), Truth::No);
        assert_eq!(facts.missing_for(Fact::Appendix), FactSet::of(&[Fact::Subspecies]));
    }

    #[test]
    fn truth_is_three_valued() {
        use Truth::{No, Unknown, Yes};
        assert_eq!(
            [Yes.and(Unknown), No.and(Unknown), Yes.or(Unknown), No.or(Unknown)],
            [Unknown, No, Yes, Unknown]
        );
        assert_eq!([Unknown.negate(), Yes.negate()], [Unknown, No]);
    }
}
