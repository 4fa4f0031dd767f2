//! The State department's review, which comes before the Management Authority's and ends in a document.
//!
//! Source of truth: the deeds of the department where it shares the system, else its document as it was handed in.
//! Source: Regulation 465 of China Arts. 10 to 12: a first review by the province where the law asks for one, then
//! the decision; the applicant turns to the Management Authority while the approval is good.

use cites::{AgencyId, Day};
use serde::{Deserialize, Serialize};

use super::{ApplicationError, in_order, stated};
use crate::clock::{Clock, Standing, Term};
use crate::working_days::{Counted, WorkingDays};

/// How many days the State department has, by the law of its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewTerms {
    /// For the first review by the province; `None` where the law asks for none.
    pub provincial: Option<Term>,
    /// For the decision, from the day on which the department received the application.
    pub decision: Term,
    /// How many days more may be granted once.
    pub extension: u16,
}

/// Which side of the State department an application is reviewed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Forestry and grassland: animals on land, and plants.
    Forestry,
    /// Fishery: animals in water.
    Fishery,
}

impl Side {
    /// The word of rows and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Side::Forestry => "forestry",
            Side::Fishery => "fishery",
        }
    }
}

/// With whom a review is, where the department shares the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct With {
    /// The side of the department.
    pub side: Side,
    /// The agency that has it.
    pub agency: AgencyId,
}

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

impl Review {
    /// Begins on receipt, with the province where the law asks for its review first.
    pub const fn begin(with: With, received: Day, terms: ReviewTerms) -> Review {
        match terms.provincial {
            Some(term) => Review::Provincial(Provincial::begin(with, received, term)),
            None => Review::Deciding(Deciding::begin(with, received, terms.decision, terms.extension)),
        }
    }

    /// With whom it is, or was; `None` of a document that came from outside the system.
    pub const fn with(&self) -> Option<With> {
        match self {
            Review::Provincial(provincial) => Some(provincial.with),
            Review::Deciding(deciding) => Some(deciding.with),
            Review::Approved(approval) => approval.with,
            Review::Refused(refusal) => Some(refusal.with),
        }
    }

    /// Whether it has not come to its end.
    pub const fn is_under_way(&self) -> bool {
        matches!(self, Review::Provincial(_) | Review::Deciding(_))
    }

    /// How its clock stands; `None` where it has come to its end.
    pub fn standing(&self, on: Day, calendar: &WorkingDays) -> Option<Standing> {
        match self {
            Review::Provincial(provincial) => Some(provincial.standing(on, calendar)),
            Review::Deciding(deciding) => Some(deciding.standing(on, calendar)),
            Review::Approved(_) | Review::Refused(_) => None,
        }
    }

    /// The last day of its clock, with what the calendar does not know of the way to it.
    pub fn due(&self, on: Day, calendar: &WorkingDays) -> Option<Counted> {
        self.standing(on, calendar)?.last()
    }
}

/// What is to be said of the department's approval, where it bars nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caution {
    /// None is recorded. Whether one is needed hangs on the taxon, the side and what was delegated to provinces, which
    /// the terms do not tell.
    NotRecorded,
    /// The approval does not say how long it is good.
    NoLastDay,
    /// It was good when the Management Authority was asked, and is over since this day.
    OverSince(Day),
}

/// Why the Management Authority cannot grant on the strength of the department's review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unapproved {
    /// The department has not decided.
    #[error("the State department has not decided yet; wait for its review, or enter its document")]
    UnderWay,
    /// The department refused.
    #[error("the State department refused on {0}; enter a later approval, or refuse the application")]
    Refused(Day),
    /// The approval is dated in the future.
    #[error("the State department's approval is of {0}, which is to come; correct its day")]
    NotYet(Day),
    /// The approval was over when the Management Authority was asked.
    #[error(
        "the State department's approval was good through {last} and the application came on {applied}; enter one that was good then"
    )]
    Over {
        /// Its last day.
        last: Day,
        /// The day on which the Management Authority was asked.
        applied: Day,
    },
}

/// Whether the Management Authority, which was asked on `applied`, may grant on `on` as far as the department's review
/// tells, and what is to be said of it.
///
/// Source: Regulation 465 Art. 12: the applicant turns to the Management Authority while the approval is good.
///
/// # Errors
/// It is under way or refused, or the approval is sure not to have been good.
pub fn stands(review: Option<&Review>, applied: Day, on: Day) -> Result<Option<Caution>, Unapproved> {
    let approval = match review {
        None => return Ok(Some(Caution::NotRecorded)),
        Some(Review::Provincial(_) | Review::Deciding(_)) => return Err(Unapproved::UnderWay),
        Some(Review::Refused(refusal)) => return Err(Unapproved::Refused(refusal.on)),
        Some(Review::Approved(approval)) => approval,
    };
    if on < approval.issued {
        return Err(Unapproved::NotYet(approval.issued));
    }
    match approval.last_day {
        None => Ok(Some(Caution::NoLastDay)),
        Some(last) if last < applied => Err(Unapproved::Over { last, applied }),
        Some(last) if last < on => Ok(Some(Caution::OverSince(last))),
        Some(_) => Ok(None),
    }
}

/// The first review, by the province.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provincial {
    with: With,
    received: Day,
    clock: Clock,
}

impl Provincial {
    /// Begins on receipt.
    pub const fn begin(with: With, received: Day, term: Term) -> Provincial {
        Provincial { with, received, clock: Clock::start(received, term) }
    }

    /// How the clock of the first review stands.
    pub fn standing(&self, on: Day, calendar: &WorkingDays) -> Standing {
        self.clock.standing(on, calendar)
    }

    /// Passed on to the department, whose own term begins, with what the province says of it.
    ///
    /// # Errors
    /// The day lies before the receipt.
    pub fn pass_on(
        self,
        (to, opinion): (AgencyId, &str),
        on: Day,
        terms: ReviewTerms,
    ) -> Result<Deciding, ApplicationError> {
        in_order(on, self.received)?;
        let with = With { agency: to, ..self.with };
        let opinion = stated(opinion).ok();
        Ok(Deciding { opinion, ..Deciding::begin(with, on, terms.decision, terms.extension) })
    }
}

/// The department decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deciding {
    with: With,
    clock: Clock,
    extension: u16,
    /// What the province said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opinion: Option<Box<str>>,
}

impl Deciding {
    /// Begins on receipt.
    pub const fn begin(with: With, received: Day, term: Term, extension: u16) -> Deciding {
        Deciding { with, clock: Clock::start(received, term), extension, opinion: None }
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
        Ok(Approval { with: Some(self.with), ..approval })
    }

    /// Refused, with reasons.
    ///
    /// # Errors
    /// No reason, or the day lies before the receipt.
    pub fn refuse(mut self, reasons: &str, on: Day) -> Result<Refusal, ApplicationError> {
        let reasons = stated(reasons)?;
        self.clock.end(on)?;
        Ok(Refusal { on, reasons, with: self.with })
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
    /// With whom the review was; `None` of a document from outside the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<With>,
}

impl Approval {
    /// The document as it was handed in.
    ///
    /// # Errors
    /// No number, no content, issued on a day to come, or over before it is issued.
    pub fn entered(self, on: Day) -> Result<Approval, ApplicationError> {
        stated(&self.number).and(stated(&self.content)).map_err(|_| ApplicationError::EmptyDocument)?;
        in_order(on, self.issued)?;
        in_order(self.last_day.unwrap_or(Day::MAX), self.issued)?;
        Ok(self)
    }

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
    /// With whom the review was.
    pub with: With,
}
