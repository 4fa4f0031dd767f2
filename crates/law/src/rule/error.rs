//! Why a book of rules does not load.

use super::model::Place;

/// A mistake in a file of rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {wrong}")]
pub struct RuleError {
    /// Where.
    pub place: Place,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong in a file of rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// No TOML, or not the form of a rule.
    #[error("{}", .0.trim_end().replace('\n', " "))]
    Toml(String),
    /// A key in `when` that is no fact.
    #[error("`{0}` is no fact a rule can ask about; docs/reference/rules.md lists them")]
    UnknownFact(String),
    /// A value the fact does not have.
    #[error("`{word}` is no value of `{fact}`; write one of {allowed}")]
    UnknownValue {
        /// The fact.
        fact: String,
        /// The value as written.
        word: String,
        /// The values it has.
        allowed: String,
    },
    /// A word that is not in its list.
    #[error("`{word}` is no {what}; write one of {allowed}")]
    UnknownWord {
        /// What the word should be.
        what: &'static str,
        /// The word as written.
        word: String,
        /// The list.
        allowed: String,
    },
    /// A code the codes do not have.
    #[error("{0}")]
    Code(String),
    /// A condition that always or never holds.
    #[error("`{0}` allows everything or nothing; leave it out, or narrow it")]
    AllOrNothing(String),
    /// Something else where a list of texts is expected.
    #[error("`{0}` wants one text or a list of texts")]
    NotAList(String),
    /// A time of day where a day is expected.
    #[error("`{0}` is more than a day; write year-month-day")]
    NotADay(String),
    /// Nothing written.
    #[error("the {0} is empty; write it")]
    Empty(&'static str),
    /// A name that is not lower-case words with hyphens.
    #[error("`{0}` is no rule id; write lower-case words with hyphens between them")]
    NotASlug(String),
    /// An end on or before the beginning.
    #[error("the end is not after the beginning; `until` is the first day on which it no longer holds")]
    EndBeforeBegin,
    /// A bar without its regimes.
    #[error(
        "`{0}` forbids, and does not say in which regimes; write `applies_to`, or `applies_to = [\"all\"]`"
    )]
    BarWithoutRegimes(String),
    /// The regime in `when` and in `applies_to`.
    #[error("the regime stands in `when` and in `applies_to`; keep one")]
    RegimeTwice,
    /// Documents without `require`, or the reverse.
    #[error("`{0}` must have documents when its outcome is `require`, and only then")]
    DocumentsAndOutcome(String),
    /// A key that belongs to one outcome only.
    #[error("the key `{0}` must be there when the outcome is `{0}`, and only then")]
    KeyAndOutcome(&'static str),
    /// Two rules of one name on one day.
    #[error("`{key}` is in force twice on {day}; the other stands at {other}")]
    Overlap {
        /// The rule.
        key: String,
        /// A day on which both are in force.
        day: cites::Day,
        /// The other.
        other: Place,
    },
    /// One name in two sets of rules.
    #[error("`{key}` is also a rule of another book, at {other}; choose another id")]
    Shared {
        /// The rule.
        key: String,
        /// The other.
        other: Place,
    },
    /// An exception to a rule that is not there.
    #[error("`{0}` is no rule of the same book; an exception names what it excepts by its id")]
    UnknownRule(String),
    /// An exception that in the end excepts itself.
    #[error("`{0}` is an exception to itself, through {1}; remove one of the exceptions")]
    Cycle(String, String),
    /// Two exceptions that disagree.
    #[error(
        "`{one}` and `{two}` are both exceptions to `{to}`, can hold together and disagree; let one override the other"
    )]
    Disagreement {
        /// The one, which stands here.
        one: String,
        /// The other.
        two: String,
        /// What both except.
        to: String,
    },
    /// A name that is no taxon of the tables.
    #[error("`{0}` is no taxon of the species tables; write its scientific name as they do")]
    UnknownTaxon(String),
    /// More rules or groups than a set holds.
    #[error("there are more than {0} {1}; split the book")]
    TooMany(usize, &'static str),
}
