//! The facts as the rules of a set see them: for each set of values that may be left, which rules it leaves.
//!
//! Source of truth: the masks of the rules. A fact of few values has its answers laid out for every set of
//! them; one of many values has them for each value, and they are joined when asked.

use super::bits::RuleBits;
use super::fact::Fact;
use super::facts::OPEN;
use super::model::Rule;
use super::set::places;

/// The most values of a fact whose sets are all laid out: 2^6 sets of two words of rules are 2 KiB.
const VALUES_LAID_OUT: u32 = 6;

/// The facts that the rules of a set ask about.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    columns: Vec<Column>,
    /// The answers of all columns, one column after another.
    left: Vec<Left>,
}

/// One fact.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) fact: Fact,
    /// Whether the answers are laid out for sets of values, else for single values.
    by_set: bool,
    /// Where the answers begin.
    begins: u32,
    /// Which answer is that of a fact of which nothing is known: the last.
    open: u16,
}

/// What some values of a fact leave.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Left {
    /// The rules that some of the values does not exclude.
    pub(super) some: RuleBits,
    /// The rules that none of the values excludes.
    pub(super) every: RuleBits,
}

impl Left {
    fn join(self, other: Left) -> Left {
        Left { some: self.some.or(other.some), every: self.every.and(other.every) }
    }
}

impl Columns {
    pub(super) fn compile(rules: &[Rule]) -> Columns {
        let mut columns = Columns::default();
        for fact in Fact::VALUED {
            if rules.iter().any(|rule| rule.mask_of(*fact).is_some()) {
                columns.add(*fact, rules);
            }
        }
        columns
    }

    fn add(&mut self, fact: Fact, rules: &[Rule]) {
        let values = fact.vocabulary().map_or(0, |list| list.count);
        let silent = places(rules, |rule| rule.mask_of(fact).is_none());
        let of_value = |value: u32| {
            let allowed = places(rules, |rule| rule.mask_of(fact).is_none_or(|mask| mask & 1 << value != 0));
            Left { some: allowed, every: allowed }
        };
        let of_values: Vec<Left> = (0..values).map(of_value).collect();
        let begins = self.left.len() as u32;
        let by_set = values <= VALUES_LAID_OUT;
        if by_set {
            let none = Left { some: silent, every: silent };
            self.left.extend((0..1_u16 << values).map(|set| joined(&of_values, set).unwrap_or(none)));
        } else {
            self.left.extend(of_values);
        }
        let open = (self.left.len() as u32 - begins) as u16;
        // Where nothing is known only a rule that does not ask surely holds, even if it names every value.
        self.left.push(Left { some: RuleBits::first(rules.len()), every: silent });
        self.columns.push(Column { fact, by_set, begins, open });
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Column> {
        self.columns.get(at)
    }

    /// The places of the columns that the rule at `place` asks.
    pub(super) fn asked_by(&self, place: usize) -> Box<[u8]> {
        let asks = |column: &Column| !self.left(column, OPEN).every.contains(place);
        let asked = self.columns.iter().enumerate().filter(|(_, column)| asks(column));
        asked.filter_map(|(at, _)| u8::try_from(at).ok()).collect()
    }

    /// What the possible values of a column leave.
    #[inline]
    pub(super) fn left(&self, column: &Column, possible: u16) -> Left {
        let at = if column.by_set || possible == OPEN {
            possible.min(column.open)
        } else if possible.is_power_of_two() {
            possible.trailing_zeros() as u16
        } else {
            return self.of_several(column, possible);
        };
        self.left.get(column.begins as usize + usize::from(at)).copied().unwrap_or_default()
    }

    fn of_several(&self, column: &Column, possible: u16) -> Left {
        let begins = column.begins as usize;
        let values = self.left.get(begins..begins + usize::from(column.open)).unwrap_or_default();
        joined(values, possible).unwrap_or_else(|| self.left(column, OPEN))
    }
}

/// What the values of `set` leave together; `None` for no value.
fn joined(of_values: &[Left], set: u16) -> Option<Left> {
    let of_set = of_values.iter().enumerate().filter(|(value, _)| set & 1 << value != 0);
    of_set.map(|(_, left)| *left).reduce(Left::join)
}
