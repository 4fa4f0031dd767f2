//! Conditions on values of long lists: terms, States, taxa, amounts. Each is a set or a range, three-valued.

use cites::{Amount, Country, CountrySet, Quantity, TermSet, Unit};

use super::fact::Fact;
use super::facts::{Particulars, Truth};

/// A condition that is no mask over the values of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// The term is one of these.
    Terms(TermSet),
    /// A State of the journey is one of these.
    States(Role, Box<CountrySet>),
    /// The amount lies in a range.
    Amount(Range),
    /// The taxon lies in this group of the rule book.
    InGroup(u8),
    /// The taxon lies outside this group of the rule book.
    NotInGroup(u8),
}

/// A State's part in the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Export or re-export.
    Exporter,
    /// Import.
    Importer,
    /// Origin.
    Origin,
}

/// A range of amounts of one unit; an amount in a unit that cannot be converted is undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The unit of the bounds.
    pub unit: Unit,
    /// More than this.
    pub above: Option<Amount>,
    /// This or less.
    pub at_most: Option<Amount>,
}

impl Range {
    /// Whether `quantity` lies in the range.
    pub fn holds(self, quantity: Option<Quantity>) -> Truth {
        let converted = quantity.and_then(|quantity| quantity.convert_to(self.unit));
        converted.map_or(Truth::Unknown, |Quantity { amount, .. }| {
            let above = self.above.is_none_or(|bound| amount > bound);
            Truth::from(above && self.at_most.is_none_or(|bound| amount <= bound))
        })
    }
}

impl Test {
    /// Whether the condition holds.
    pub fn holds(&self, line: &Particulars) -> Truth {
        match self {
            Test::Terms(terms) => Truth::from(line.term.map(|term| terms.contains(term))),
            Test::States(role, states) => Truth::from(role.of(line).map(|state| states.contains(state))),
            Test::Amount(range) => range.holds(line.quantity),
            Test::InGroup(group) => in_group(*group, line),
            Test::NotInGroup(group) => in_group(*group, line).negate(),
        }
    }

    /// The fact that decides the condition.
    pub const fn fact(&self) -> Fact {
        match self {
            Test::Terms(_) => Fact::Term,
            Test::States(Role::Exporter, _) => Fact::Exporter,
            Test::States(Role::Importer, _) => Fact::Importer,
            Test::States(Role::Origin, _) => Fact::Origin,
            Test::Amount(_) => Fact::Quantity,
            Test::InGroup(_) | Test::NotInGroup(_) => Fact::Taxon,
        }
    }

    /// Whether some line could meet both conditions.
    pub(super) fn meets(&self, other: &Test) -> bool {
        match (self, other) {
            (Test::Terms(a), Test::Terms(b)) => !a.intersection(*b).is_empty(),
            (Test::States(a, x), Test::States(b, y)) if a == b => !x.intersection(y).is_empty(),
            (Test::InGroup(a), Test::NotInGroup(b)) | (Test::NotInGroup(a), Test::InGroup(b)) => a != b,
            (Test::Amount(a), Test::Amount(b)) => a.meets(*b),
            _ => true,
        }
    }
}

impl Range {
    fn meets(self, other: Range) -> bool {
        let apart = |low: Option<Amount>, high: Option<Amount>| {
            low.zip(high).is_some_and(|(above, at_most)| at_most <= above)
        };
        self.unit != other.unit || !(apart(self.above, other.at_most) || apart(other.above, self.at_most))
    }
}

impl Role {
    fn of(self, line: &Particulars) -> Option<Country> {
        match self {
            Role::Exporter => line.exporter,
            Role::Importer => line.importer,
            Role::Origin => line.origin,
        }
    }
}

fn in_group(group: u8, line: &Particulars) -> Truth {
    let bit = 1 << group;
    if line.groups.surely & bit != 0 {
        Truth::Yes
    } else if line.groups.perhaps & bit != 0 {
        Truth::Unknown
    } else {
        Truth::No
    }
}

#[cfg(test)]
mod tests {
    use cites::Term;

    use super::super::facts::Groups;
    use super::*;

    fn line() -> Particulars {
        Particulars {
            term: Some(Term::Horn),
            quantity: "10 KGM".parse().ok(),
            groups: Groups { surely: 0b01, perhaps: 0b10 },
            ..Particulars::default()
        }
    }

    #[test]
    fn each_kind_of_condition_is_three_valued() {
        let range = |above: &str| Range { unit: Unit::Gram, above: above.parse().ok(), at_most: None };
        let unknown = Particulars::default();
        for (test, expected) in [
            (Test::Terms(TermSet::of(&[Term::Horn])), Truth::Yes),
            (Test::Terms(TermSet::of(&[Term::Live])), Truth::No),
            (Test::Amount(range("9999.999999")), Truth::Yes),
            (Test::Amount(range("10000")), Truth::No),
            (Test::Amount(Range { unit: Unit::Number, above: None, at_most: None }), Truth::Unknown),
            (Test::InGroup(0), Truth::Yes),
            (Test::InGroup(1), Truth::Unknown),
            (Test::NotInGroup(1), Truth::Unknown),
            (Test::InGroup(2), Truth::No),
        ] {
            assert_eq!(test.holds(&line()), expected, "{test:?}");
        }
        assert_eq!(Test::Terms(TermSet::of(&[Term::Horn])).holds(&unknown), Truth::Unknown);
        assert_eq!(Test::Amount(range("1")).holds(&unknown), Truth::Unknown);
    }

    #[test]
    fn ranges_that_only_touch_do_not_meet() {
        let at = |above: Option<&str>, at_most: Option<&str>| Range {
            unit: Unit::Gram,
            above: above.and_then(|text| text.parse().ok()),
            at_most: at_most.and_then(|text| text.parse().ok()),
        };
        assert!(!at(Some("125"), None).meets(at(None, Some("125"))));
        assert!(at(Some("124"), None).meets(at(None, Some("125"))));
    }
}
