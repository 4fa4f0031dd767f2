//! How a row of a pack fits what is asked: yes, no, or open for want of facts that a consignment can tell.
//!
//! Source of truth: none; the algebra of "unknown is never none", with the missing facts carried along.

use crate::rule::{Fact, FactSet, Truth};

/// Whether a row fits, and what would tell where that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// Yes, no or open.
    pub truth: Truth,
    /// The facts that would decide; empty unless it is open.
    pub missing: FactSet,
}

impl Fit {
    /// It fits.
    pub const YES: Fit = Fit { truth: Truth::Yes, missing: FactSet::EMPTY };
    /// It does not.
    pub const NO: Fit = Fit { truth: Truth::No, missing: FactSet::EMPTY };

    /// Open for want of `fact`.
    pub const fn lacks(fact: Fact) -> Fit {
        Fit { truth: Truth::Unknown, missing: FactSet::EMPTY.with(fact) }
    }

    /// A fact that is told, or lacked.
    pub const fn told(value: Option<bool>, fact: Fact) -> Fit {
        match value {
            Some(true) => Fit::YES,
            Some(false) => Fit::NO,
            None => Fit::lacks(fact),
        }
    }

    /// Whether it surely does not fit.
    pub const fn is_no(self) -> bool {
        self.truth.is_no()
    }

    /// Whether it surely fits.
    pub const fn is_yes(self) -> bool {
        self.truth.is_yes()
    }

    /// Both fit.
    #[must_use]
    pub const fn and(self, other: Fit) -> Fit {
        let truth = self.truth.and(other.truth);
        Fit::of(truth, self.missing.union(other.missing))
    }

    /// At least one fits.
    #[must_use]
    pub const fn or(self, other: Fit) -> Fit {
        let truth = self.truth.or(other.truth);
        Fit::of(truth, self.missing.union(other.missing))
    }

    /// It fits where this does not.
    #[must_use]
    pub const fn negate(self) -> Fit {
        Fit { truth: self.truth.negate(), missing: self.missing }
    }

    /// Open, whatever is told: the row's own words leave it to a person.
    #[must_use]
    pub const fn weaken(self, fact: Fact) -> Fit {
        self.and(Fit::lacks(fact))
    }

    const fn of(truth: Truth, missing: FactSet) -> Fit {
        Fit { truth, missing: if matches!(truth, Truth::Unknown) { missing } else { FactSet::EMPTY } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERM: Fit = Fit::lacks(Fact::Term);

    #[test]
    fn what_is_decided_lacks_nothing() {
        assert_eq!(TERM.and(Fit::NO), Fit::NO);
        assert_eq!(TERM.or(Fit::YES), Fit::YES);
        assert_eq!(TERM.and(Fit::YES), TERM);
        assert_eq!(Fit::YES.weaken(Fact::Term), TERM);
        assert_eq!(Fit::NO.weaken(Fact::Term), Fit::NO);
    }

    #[test]
    fn open_twice_lacks_both() {
        let both = TERM.and(Fit::lacks(Fact::Taxon));
        assert_eq!(both.missing, FactSet::of(&[Fact::Taxon, Fact::Term]));
        assert_eq!(both.negate().negate(), both);
    }
}
