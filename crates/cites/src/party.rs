//! Who is bound by the Convention, from which day.
//!
//! Source of truth: `data/codes/party.csv`. The state of a code on a day is one of four, and "unknown"
//! is never folded into "not a Party": [`Country::standing_on`] tells them apart.

use std::sync::LazyLock;

use crate::country::{COUNTRIES, Country};
use crate::day::{Day, Span};
use crate::generated::PARTIES;
use crate::outcome::Confidence;

/// For each code of two letters, where its rows begin in the table; one more at the end.
static BEGINS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let begin = |index| PARTIES.partition_point(|fact| fact.country.index() < index) as u16;
    (0..=Country::COUNT).map(begin).collect()
});

/// For each code of two letters, the former States of which it is a successor.
static FORMER: LazyLock<Vec<Vec<Country>>> = LazyLock::new(|| {
    let mut former = vec![Vec::new(); Country::COUNT];
    for fact in COUNTRIES.iter() {
        for successor in fact.successors {
            former.iter_mut().skip(successor.index()).take(1).for_each(|states| states.push(fact.country));
        }
    }
    former
});

/// One stretch of time in the relation of a country or territory to the Convention.
#[derive(Debug, PartialEq, Eq)]
pub struct PartyFact {
    /// The country or territory.
    pub country: Country,
    /// What it is in that time.
    pub status: PartyStatus,
    /// First day; `None` when the row holds from the beginning.
    pub from: Option<Day>,
    /// First day on which it no longer holds; `None` while no end is known.
    pub until: Option<Day>,
    /// Succession, conflicts between sources, doubts.
    pub note: &'static str,
    /// Where the row comes from.
    pub source: &'static str,
    /// How sure the row is.
    pub confidence: Confidence,
    /// Last day a person compared the row with its source; `None` for a row from memory.
    pub checked: Option<Day>,
}

/// What a row of the table of Parties says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyStatus {
    /// The Convention is in force for it.
    Party,
    /// It depends on another State and follows that State.
    TerritoryOf(Country),
    /// It has not joined.
    NotParty,
}

/// How a country stands towards the Convention on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The Convention is in force for it.
    Party,
    /// A territory; bound when the State it depends on is a Party that day.
    Territory {
        /// The State it depends on.
        of: Country,
        /// Whether that State is a Party on the day.
        bound: bool,
    },
    /// The Convention is not in force for it.
    NotParty,
    /// The table does not tell: an unknown, special or former code, or a territory of unclear standing.
    Unknown,
}

impl PartyFact {
    fn holds_on(&self, day: Day) -> bool {
        Span { from: self.from.unwrap_or(Day::MIN), until: self.until }.contains(day)
    }
}

impl Country {
    /// Every row of the table of Parties about this country, in time.
    pub fn party_facts(self) -> &'static [PartyFact] {
        let begins = &*BEGINS;
        let span = begins.get(self.index()).zip(begins.get(self.index() + 1));
        let rows = span.and_then(|(first, after)| PARTIES.get(usize::from(*first)..usize::from(*after)));
        rows.unwrap_or_default()
    }

    /// The row that holds on `day`; `None` when the table does not tell.
    pub fn party_fact_on(self, day: Day) -> Option<&'static PartyFact> {
        self.party_facts().iter().find(|fact| fact.holds_on(day))
    }

    /// How this country stands towards the Convention on `day`.
    ///
    /// Source: Art XXII, entry into force; the rows of `data/codes/party.csv`.
    pub fn standing_on(self, day: Day) -> Standing {
        self.standing_by(self.party_fact_on(day), day)
    }

    /// The same by the row that holds on `day`, where it is at hand.
    pub fn standing_by(self, row: Option<&PartyFact>, day: Day) -> Standing {
        match row.map(|fact| fact.status) {
            Some(PartyStatus::Party) => Standing::Party,
            Some(PartyStatus::TerritoryOf(of)) => {
                Standing::Territory { of, bound: of.is_itself_party_on(day) }
            }
            Some(PartyStatus::NotParty) => Standing::NotParty,
            None if self.has_only_years_as_party() && !self.may_be_another_state_on(day) => {
                Standing::NotParty
            }
            None => Standing::Unknown,
        }
    }

    /// Whether the Convention is in force on `day` for this country, or for the State it depends on.
    ///
    /// `false` also when nothing is known; a decision asks [`Country::standing_on`].
    pub fn is_party_on(self, day: Day) -> bool {
        matches!(self.standing_on(day), Standing::Party | Standing::Territory { bound: true, .. })
    }

    /// The day since which the Convention has been in force without a break; `None` for a country that is
    /// no Party today, and for territories, which follow their State.
    pub fn party_since(self) -> Option<Day> {
        let mut since = None;
        for fact in self.party_facts().iter().rev().filter(|fact| fact.status == PartyStatus::Party) {
            if fact.until != since {
                break;
            }
            since = fact.from;
        }
        since
    }

    fn is_itself_party_on(self, day: Day) -> bool {
        self.party_fact_on(day).is_some_and(|fact| fact.status == PartyStatus::Party)
    }

    /// Whether all rows are years as a Party, so that a day outside them is before joining or after leaving.
    fn has_only_years_as_party(self) -> bool {
        let facts = self.party_facts();
        !facts.is_empty() && facts.iter().all(|fact| fact.status == PartyStatus::Party)
    }

    /// Whether the code may stand for another State on `day`: a former code after its time, or a
    /// successor while the former State was still a Party.
    fn may_be_another_state_on(self, day: Day) -> bool {
        self.fact().is_some_and(|fact| fact.until.is_some_and(|until| until <= day))
            || FORMER
                .get(self.index())
                .is_some_and(|former| former.iter().any(|state| state.is_itself_party_on(day)))
    }
}
