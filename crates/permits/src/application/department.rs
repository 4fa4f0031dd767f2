//! The State department's review, which comes before the Management Authority's and ends in a document.
//!
//! Source of truth: the deeds of the department where it shares the system, else its document as it was handed in.
//! Source: Regulation 465 of China Arts. 10 to 12: a first review by the province where the law asks for one, then
//! the decision; the applicant turns to the Management Authority while the approval is good.

use cites::Day;
use serde::{Deserialize, Serialize};

use super::{ApplicationError, in_order, stated};
use crate::clock::{Clock, Standing, Term};
use crate::working_days::WorkingDays;

/// A review by the department, in whatever state it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Review {
    /// With the province.
    Provincial(Provincial),
    /// With the department itself.
    Deciding(Deciding),
    /// Approved.
    Approved(Approval),
    /// Refused.
    Refused(Refusal),
}

/// The first review, by the province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provincial {
    received: Day,
    clock: Clock,
}

impl Provincial {
    /// Begins on receipt.
    pub const fn begin(received: Day, term: Term) -> Provincial {
        Provincial { received, clock: Clock::start(received, term) }
    }

    /// How the clock of the first review stands.
    pub fn standing(&self, on: Day, calendar: &WorkingDays) -> Standing {
        self.clock.standing(on, calendar)
    }

    /// Passed on to the department, whose own term begins.
    ///
    /// # Errors
    /// The day lies before the receipt.
    pub fn pass_on(self, on: Day, decision: Term, extension: u16) -> Result<Deciding, ApplicationError> {
        in_order(on, self.received)?;
        Ok(Deciding::begin(on, decision, extension))
    }
}

/// The department decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deciding {
    clock: Clock,
    extension: u16,
}

impl Deciding {
    /// Begins on receipt.
    pub const fn begin(received: Day, term: Term, extension: u16) -> Deciding {
        Deciding { clock: Clock::start(received, term), extension }
    }

    /// How the clock of the decision stands.
    pub fn standing(&self, on: Day, calendar: &WorkingDays) -> Standing {
        self.clock.standing(on, calendar)
    }

    /// More time, once, with the head's approval.
    ///
    /// # Errors
    /// Extended before, or the last day has passed.
    pub fn extend(mut self, on: Day, calendar: &WorkingDays) -> Result<Deciding, ApplicationError> {
        self.clock.extend(self.extension, on, calendar)?;
        Ok(self)
    }

    /// Approved by a document.
    ///
    /// # Errors
    /// The document is older than what it approves, or over before it is issued.
    pub fn approve(mut self, approval: Approval) -> Result<Approval, ApplicationError> {
        self.clock.end(approval.issued)?;
        in_order(approval.last_day.unwrap_or(Day::MAX), approval.issued)?;
        Ok(approval)
    }

    /// Refused, with reasons.
    ///
    /// # Errors
    /// No reason, or the day lies before the receipt.
    pub fn refuse(mut self, reasons: &str, on: Day) -> Result<Refusal, ApplicationError> {
        let reasons = stated(reasons)?;
        self.clock.end(on)?;
        Ok(Refusal { on, reasons })
    }
}

/// The department's document of approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Approval {
    /// Its number.
    pub number: Box<str>,
    /// The day of issue.
    pub issued: Day,
    /// The last day on which it is good; `None` where it bears none.
    pub last_day: Option<Day>,
    /// What it approves, in its own words.
    pub content: Box<str>,
}

impl Approval {
    /// Whether the Management Authority may be asked on its strength on `on`; `None` where the document does not
    /// say how long it is good.
    ///
    /// Source: Regulation 465 Art. 12.
    pub fn is_good_on(&self, on: Day) -> Option<bool> {
        if on < self.issued {
            return Some(false);
        }
        self.last_day.map(|last| on <= last)
    }
}

/// The department's refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Refusal {
    /// Its day.
    pub on: Day,
    /// The reasons given.
    pub reasons: Box<str>,
}
