//! Three-valued answers: met, not met, or unknown with the facts that would decide.
//!
//! Source of truth: none; the algebra of "unknown is never none". A set of missing facts is one machine
//! word, so that many rows can be tested without a heap.

use std::fmt;

/// A fact that a row asks for and a declaration does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Missing {
    /// The taxon, down to the one that a row names.
    Taxon,
    /// The kind of specimen.
    Term,
    /// How the specimen was obtained.
    Source,
    /// What the transaction is for.
    Purpose,
    /// The State of origin.
    Origin,
    /// The part of the State of origin, or the population.
    Population,
    /// The State that the goods leave.
    Exporter,
    /// The State that the goods enter.
    Importer,
    /// Whether this is a first export or a re-export.
    ReExport,
    /// The Appendix.
    Appendix,
    /// Whether the plant was propagated, or is naturalised.
    Propagated,
    /// Whether the goods are packed and ready for retail trade.
    RetailPacked,
    /// Whether the goods are finished.
    Finished,
    /// The mass of the listed wood in each item.
    MassPerItem,
    /// The mass of the listed wood in the whole shipment.
    MassPerShipment,
    /// Whether the goods are a finished musical instrument, or its part or accessory.
    Instrument,
    /// Whether a culture travels in sterile containers.
    Sterile,
    /// Whether a powder is exhausted.
    Exhausted,
    /// Whether the goods bear the label that the annotation prescribes.
    Labelled,
    /// Whether the goods move without change of owner and not for sale.
    KeepsOwner,
    /// What no field of a declaration holds: the row's own words say what.
    Condition,
}

impl Missing {
    /// Every fact.
    pub const ALL: [Missing; 21] = [
        Missing::Taxon,
        Missing::Term,
        Missing::Source,
        Missing::Purpose,
        Missing::Origin,
        Missing::Population,
        Missing::Exporter,
        Missing::Importer,
        Missing::ReExport,
        Missing::Appendix,
        Missing::Propagated,
        Missing::RetailPacked,
        Missing::Finished,
        Missing::MassPerItem,
        Missing::MassPerShipment,
        Missing::Instrument,
        Missing::Sterile,
        Missing::Exhausted,
        Missing::Labelled,
        Missing::KeepsOwner,
        Missing::Condition,
    ];

    /// The word that answers use.
    pub const fn key(self) -> &'static str {
        match self {
            Missing::Taxon => "taxon",
            Missing::Term => "term",
            Missing::Source => "source",
            Missing::Purpose => "purpose",
            Missing::Origin => "origin",
            Missing::Population => "population",
            Missing::Exporter => "exporter",
            Missing::Importer => "importer",
            Missing::ReExport => "re_export",
            Missing::Appendix => "appendix",
            Missing::Propagated => "propagated",
            Missing::RetailPacked => "retail_packed",
            Missing::Finished => "finished",
            Missing::MassPerItem => "mass_per_item",
            Missing::MassPerShipment => "mass_per_shipment",
            Missing::Instrument => "musical_instrument",
            Missing::Sterile => "sterile",
            Missing::Exhausted => "exhausted_powder",
            Missing::Labelled => "labelled",
            Missing::KeepsOwner => "keeps_owner",
            Missing::Condition => "condition",
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A set of missing facts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct MissingSet(u32);

impl MissingSet {
    /// Nothing is missing.
    pub const EMPTY: MissingSet = MissingSet(0);

    /// This set and `fact`.
    #[must_use]
    pub const fn with(self, fact: Missing) -> MissingSet {
        MissingSet(self.0 | 1 << fact as u32)
    }

    /// Everything in this set or in `other`.
    #[must_use]
    pub const fn union(self, other: MissingSet) -> MissingSet {
        MissingSet(self.0 | other.0)
    }

    /// Whether `fact` is missing.
    pub const fn contains(self, fact: Missing) -> bool {
        self.0 & 1 << fact as u32 != 0
    }

    /// Whether nothing is missing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The facts, in the order of [`Missing::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Missing> {
        Missing::ALL.into_iter().filter(move |fact| self.contains(*fact))
    }
}

impl From<Missing> for MissingSet {
    fn from(fact: Missing) -> MissingSet {
        MissingSet::EMPTY.with(fact)
    }
}

impl fmt::Debug for MissingSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// How a row that cannot be excluded fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Match {
    /// Everything that the row asks for is told and fits.
    Met,
    /// It fits or not, depending on these facts.
    Unknown(MissingSet),
}

impl Match {
    /// What is missing; nothing for [`Match::Met`].
    pub const fn missing(self) -> MissingSet {
        match self {
            Match::Met => MissingSet::EMPTY,
            Match::Unknown(missing) => missing,
        }
    }

    /// Whether the row surely fits.
    pub const fn is_met(self) -> bool {
        matches!(self, Match::Met)
    }
}

/// One test of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    /// It fits.
    Met,
    /// It does not.
    NotMet,
    /// These facts would tell.
    Unknown(MissingSet),
}

impl Test {
    /// Unknown for want of one fact.
    pub(crate) const fn lacks(fact: Missing) -> Test {
        Test::Unknown(MissingSet::EMPTY.with(fact))
    }

    /// A fact that is told, or lacked.
    pub(crate) const fn told(value: Option<bool>, fact: Missing) -> Test {
        match value {
            Some(true) => Test::Met,
            Some(false) => Test::NotMet,
            None => Test::lacks(fact),
        }
    }

    /// Both: not met as soon as one is not.
    pub(crate) fn and(self, other: Test) -> Test {
        match (self, other) {
            (Test::NotMet, _) | (_, Test::NotMet) => Test::NotMet,
            (Test::Met, test) | (test, Test::Met) => test,
            (Test::Unknown(one), Test::Unknown(other)) => Test::Unknown(one.union(other)),
        }
    }

    /// Either: met as soon as one is.
    pub(crate) fn or(self, other: Test) -> Test {
        match (self, other) {
            (Test::Met, _) | (_, Test::Met) => Test::Met,
            (Test::NotMet, test) | (test, Test::NotMet) => test,
            (Test::Unknown(one), Test::Unknown(other)) => Test::Unknown(one.union(other)),
        }
    }

    /// Met where this is not.
    pub(crate) const fn negated(self) -> Test {
        match self {
            Test::Met => Test::NotMet,
            Test::NotMet => Test::Met,
            unknown => unknown,
        }
    }

    /// `None` where the row is excluded.
    pub(crate) const fn fits(self) -> Option<Match> {
        match self {
            Test::Met => Some(Match::Met),
            Test::NotMet => None,
            Test::Unknown(missing) => Some(Match::Unknown(missing)),
        }
    }
}

impl FromIterator<Test> for Test {
    /// All of them.
    fn from_iter<I: IntoIterator<Item = Test>>(tests: I) -> Test {
        tests.into_iter().fold(Test::Met, Test::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERM: Test = Test::lacks(Missing::Term);
    const TAXON: Test = Test::lacks(Missing::Taxon);

    #[test]
    fn an_unknown_never_hides_what_is_decided() {
        assert_eq!(TERM.and(Test::NotMet), Test::NotMet);
        assert_eq!(TERM.or(Test::Met), Test::Met);
        assert_eq!(TERM.and(Test::Met), TERM);
        assert_eq!(TERM.or(Test::NotMet), TERM);
    }

    #[test]
    fn two_unknowns_lack_what_both_lack() {
        let both = MissingSet::from(Missing::Term).with(Missing::Taxon);
        assert_eq!(TERM.and(TAXON), Test::Unknown(both));
        assert_eq!(TERM.or(TAXON), Test::Unknown(both));
        assert_eq!(TERM.negated(), TERM);
    }

    #[test]
    fn the_facts_of_a_set_come_back_in_order() {
        let all = Missing::ALL.into_iter().fold(MissingSet::EMPTY, MissingSet::with);
        assert_eq!(all.iter().collect::<Vec<_>>(), Missing::ALL);
        assert_eq!(format!("{:?}", MissingSet::from(Missing::ReExport)), "{ReExport}");
    }

    #[test]
    fn every_fact_has_a_word_of_its_own() {
        let mut words: Vec<&str> = Missing::ALL.into_iter().map(Missing::key).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Missing::ALL.len());
    }
}
