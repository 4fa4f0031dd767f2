//! What becomes of an application, from the draft to the permit and its end, as states that hand on to each other.
//!
//! Source of truth: the deeds, each with its day. A state holds only what is true in it, and a deed that it does not
//! have cannot be done in it: a decision on an application that was never accepted does not compile. Who did a deed,
//! and whether they may, is not asked here; how many days a term has comes with [`Terms`], which is data.
//!
//! Two authorities, two clocks: the State department's review ([`department`]) comes first and ends in a document;
//! the Management Authority's clock begins with its own acceptance. Source: Regulation 465 of China Arts. 10 to 13.

pub mod advice;
pub mod asked;
pub mod department;
mod files;
mod grant;
mod kept;
mod permit;
mod terms;
#[cfg(test)]
mod tests;

use cites::Day;
use serde::{Deserialize, Serialize};

use crate::clock::{Clock, ClockError, Pause, Standing, Term, Wait};
use crate::working_days::WorkingDays;
use department::ReviewTerms;

pub use grant::{GrantError, GrantedLine, LineDecision, granted};
pub use permit::{AmendmentRequest, Cancelled, Ended, Live, Lost, Permit, PermitError, Replaced, Returned};
pub use terms::TermsError;

/// How many days an authority has, by the law of its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// For the one notice of everything that is missing, from the day of receipt.
    pub completeness: Term,
    /// For the decision, from the day of acceptance.
    pub decision: Term,
    /// How many days more may be granted once.
    pub extension: u16,
    /// For the State department's review on the forestry side; `None` where the country has no such review.
    pub forestry: Option<ReviewTerms>,
    /// For its review on the fishery side.
    pub fishery: Option<ReviewTerms>,
    /// For the return of the endorsed copy, from the release of the goods; `None` where none has to come back.
    pub copy: Option<Term>,
}

/// An application, in whatever state it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Application {
    /// Being written.
    Draft(Draft),
    /// Received, and not yet looked at whether it is complete.
    Received(Received),
    /// Sent back with one notice of what is missing.
    Incomplete(Incomplete),
    /// Accepted: the clock of the decision runs.
    Accepted(Accepted),
    /// Granted, and the permit not yet issued.
    Granted(Granted),
    /// Refused.
    Refused(Refused),
    /// Taken back by the applicant, or lapsed.
    Withdrawn(Withdrawn),
    /// A permit was issued.
    Issued(Issued),
}

impl Application {
    /// The word of rows, queues and answers.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Application::Draft(_) => "draft",
            Application::Received(_) => "received",
            Application::Incomplete(_) => "incomplete",
            Application::Accepted(_) => "accepted",
            Application::Granted(_) => "granted",
            Application::Refused(_) => "refused",
            Application::Withdrawn(_) => "withdrawn",
            Application::Issued(_) => "issued",
        }
    }

    /// The one notice of what is missing, while it waits for its answer or what was answered is looked at.
    pub const fn notice(&self) -> Option<&Notice> {
        match self {
            Application::Incomplete(incomplete) => Some(&incomplete.notice),
            Application::Received(received) => received.notified.as_ref(),
            _ => None,
        }
    }

    /// The clock of the decision, in the states that have one or had it.
    pub const fn clock(&self) -> Option<&Clock> {
        match self {
            Application::Accepted(accepted) => Some(&accepted.clock),
            Application::Granted(granted) => Some(&granted.clock),
            Application::Refused(refused) => Some(&refused.clock),
            _ => None,
        }
    }

    /// The question for which the clock of the decision stands still, with its number: the first that is not answered.
    pub fn awaited(&self) -> Option<(usize, Pause)> {
        let Application::Accepted(accepted) = self else { return None };
        let open = accepted.clock.pauses().iter().copied().enumerate();
        open.filter(|(_, pause)| pause.answered.is_none()).min_by_key(|(_, pause)| pause.asked)
    }

    /// Why it was refused.
    pub fn reasons(&self) -> Option<&str> {
        match self {
            Application::Refused(refused) => Some(&refused.reasons),
            _ => None,
        }
    }
}

/// Why a deed cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplicationError {
    /// Everything that is missing is told once.
    #[error(
        "what is missing was told on {0}; it is told once and in full, so accept the application or refuse it"
    )]
    NotifiedBefore(Day),
    /// A notice names nothing.
    #[error("the notice names nothing that is missing; name every defect, or accept the application")]
    NoDefect,
    /// A refusal or an extension gives no reason.
    #[error("it needs its reasons in writing; state them")]
    NoReason,
    /// A document says nothing.
    #[error("a document has a number and a content; enter both")]
    EmptyDocument,
    /// Somebody who was asked has not answered.
    #[error("{0} has not answered yet; wait for the answer or take the question back")]
    Awaited(&'static str),
    /// The day lies before the deed before it.
    #[error("{day} is before {earlier}, the day of what came before; correct the day")]
    Before {
        /// The day told.
        day: Day,
        /// The day of the deed before it.
        earlier: Day,
    },
    /// The clock refuses.
    #[error("the term does not allow it")]
    Clock(#[from] ClockError),
}

pub(super) fn in_order(day: Day, earlier: Day) -> Result<(), ApplicationError> {
    if day < earlier { Err(ApplicationError::Before { day, earlier }) } else { Ok(()) }
}

/// Reasons, where some are given.
pub(super) fn stated(reasons: &str) -> Result<Box<str>, ApplicationError> {
    if reasons.trim().is_empty() { Err(ApplicationError::NoReason) } else { Ok(reasons.into()) }
}

/// Being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft;

impl Draft {
    /// Handed in. The clock of completeness begins.
    pub const fn submit(self, on: Day, terms: Terms) -> Received {
        Received { on, notified: None, clock: Clock::start(on, terms.completeness) }
    }
}

/// Received, and not yet looked at whether it is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Received {
    /// The day of receipt; after a notice that of the answer.
    pub on: Day,
    /// The notice that was answered, where there was one.
    pub notified: Option<Notice>,
    clock: Clock,
}

/// The one notice of everything that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Notice {
    /// Its day.
    pub on: Day,
    /// Every defect, in words for the applicant.
    pub defects: Vec<Box<str>>,
    /// Whether it came after the last day for it.
    pub late: bool,
}

impl Received {
    /// The State department's review came to its end in the system, so that the Management Authority is asked from
    /// this day on: its clock of completeness begins.
    ///
    /// Source: Regulation 465 Art. 12: the department's approval comes before the Management Authority is asked.
    #[must_use]
    pub fn reaches(self, on: Day, terms: Terms) -> Received {
        Received { on: on.max(self.on), clock: Clock::start(on.max(self.on), terms.completeness), ..self }
    }

    /// How the clock of completeness stands.
    pub fn standing(&self, on: Day, calendar: &WorkingDays) -> Standing {
        self.clock.standing(on, calendar)
    }

    /// Sent back with everything that is missing.
    ///
    /// Source: Regulation 465 Art. 13: once, in full, within five working days. A notice that comes later is sent
    /// all the same and is marked as late.
    ///
    /// # Errors
    /// It was told before, names nothing, or lies before the receipt.
    pub fn notify(
        self,
        defects: Vec<Box<str>>,
        on: Day,
        calendar: &WorkingDays,
    ) -> Result<Incomplete, ApplicationError> {
        if let Some(earlier) = &self.notified {
            return Err(ApplicationError::NotifiedBefore(earlier.on));
        }
        if defects.iter().all(|defect| defect.trim().is_empty()) {
            return Err(ApplicationError::NoDefect);
        }
        in_order(on, self.on)?;
        let late = self.clock.last_day(calendar).is_some_and(|last| last.day < on);
        Ok(Incomplete { notice: Notice { on, defects, late } })
    }

    /// Accepted: the clock of the decision begins.
    ///
    /// # Errors
    /// The day lies before the receipt.
    pub fn accept(self, on: Day, terms: Terms) -> Result<Accepted, ApplicationError> {
        in_order(on, self.on)?;
        let clock = Clock::start(on, terms.decision);
        Ok(Accepted { on, clock, extension: terms.extension, extended_because: None })
    }

    /// Taken back by the applicant.
    ///
    /// # Errors
    /// The day lies before the receipt.
    pub fn withdraw(self, on: Day) -> Result<Withdrawn, ApplicationError> {
        Withdrawn::after(self.on, on)
    }
}

/// Sent back with one notice of what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incomplete {
    /// The notice.
    pub notice: Notice,
}

impl Incomplete {
    /// The applicant answered.
    ///
    /// # Errors
    /// The day lies before the notice.
    pub fn answer(self, on: Day, terms: Terms) -> Result<Received, ApplicationError> {
        in_order(on, self.notice.on)?;
        Ok(Received { on, notified: Some(self.notice), clock: Clock::start(on, terms.completeness) })
    }

    /// Taken back by the applicant.
    ///
    /// # Errors
    /// The day lies before the notice.
    pub fn withdraw(self, on: Day) -> Result<Withdrawn, ApplicationError> {
        Withdrawn::after(self.notice.on, on)
    }
}

/// Accepted: the clock of the decision runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Accepted {
    /// The day of acceptance.
    pub on: Day,
    clock: Clock,
    extension: u16,
    /// Why the term was extended, as the applicant was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_because: Option<Box<str>>,
}

impl Accepted {
    /// How the clock of the decision stands.
    pub fn standing(&self, on: Day, calendar: &WorkingDays) -> Standing {
        self.clock.standing(on, calendar)
    }

    /// The clock, with whom it waits for.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The Scientific Authority or a foreign authority is asked; the clock stands still. The number of the question.
    ///
    /// # Errors
    /// The day lies before the acceptance.
    pub fn ask(mut self, wait: Wait, on: Day) -> Result<(Accepted, usize), ApplicationError> {
        let question = self.clock.ask(wait, on)?;
        Ok((self, question))
    }

    /// The answer came; the clock runs on.
    ///
    /// # Errors
    /// The question is not open, or the answer lies before it.
    pub fn answered(mut self, question: usize, on: Day) -> Result<Accepted, ApplicationError> {
        self.clock.answer(question, on)?;
        Ok(self)
    }

    /// More time, once, with the head's approval and reasons told to the applicant.
    ///
    /// Source: Regulation 465 Art. 13.
    ///
    /// # Errors
    /// No reason, extended before, or the last day has passed.
    pub fn extend(
        mut self,
        reason: &str,
        on: Day,
        calendar: &WorkingDays,
    ) -> Result<Accepted, ApplicationError> {
        let reason = stated(reason)?;
        self.clock.extend(self.extension, on, calendar)?;
        self.extended_because = Some(reason);
        Ok(self)
    }

    /// Granted. What was asked must be answered first: a decision against an advice that is on its way would not
    /// rest on it.
    ///
    /// # Errors
    /// Somebody has not answered, or the day lies before the acceptance.
    pub fn grant(mut self, on: Day) -> Result<Granted, ApplicationError> {
        if let Some(open) = self.clock.pauses().iter().find(|pause| pause.answered.is_none()) {
            return Err(ApplicationError::Awaited(open.wait.who()));
        }
        self.clock.end(on)?;
        Ok(Granted { on, clock: self.clock, lines: Vec::new(), reasons: None })
    }

    /// Refused, in writing and with reasons, to the applicant and the department.
    ///
    /// Source: Regulation 465 Art. 13.
    ///
    /// # Errors
    /// No reason, or the day lies before the acceptance.
    pub fn refuse(mut self, reasons: &str, on: Day) -> Result<Refused, ApplicationError> {
        let reasons = stated(reasons)?;
        self.clock.end(on)?;
        Ok(Refused { on, reasons, clock: self.clock })
    }

    /// Taken back by the applicant.
    ///
    /// # Errors
    /// The day lies before the acceptance.
    pub fn withdraw(self, on: Day) -> Result<Withdrawn, ApplicationError> {
        Withdrawn::after(self.on, on)
    }
}

/// Granted, and the permit not yet issued. What the decision reserves of a quota stays reserved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Granted {
    /// The day of the decision.
    pub on: Day,
    clock: Clock,
    /// What is granted, line by line; none of rows that are older than this field.
    #[serde(default)]
    lines: Vec<GrantedLine>,
    /// Why, where the decision gives reasons for the whole of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reasons: Option<Box<str>>,
}

impl Granted {
    /// The same for these lines.
    #[must_use]
    pub fn for_lines(self, lines: Vec<GrantedLine>) -> Granted {
        Granted { lines, ..self }
    }

    /// The same for these reasons, where some are given.
    #[must_use]
    pub fn because(self, reasons: Option<&str>) -> Granted {
        let reasons = reasons.map(str::trim).filter(|reasons| !reasons.is_empty());
        Granted { reasons: reasons.map(Box::from), ..self }
    }

    /// Why, where the decision gives reasons for the whole of it.
    pub fn reasons(&self) -> Option<&str> {
        self.reasons.as_deref()
    }

    /// What is granted, line by line.
    pub fn lines(&self) -> &[GrantedLine] {
        &self.lines
    }

    /// Whether the decision came in time, and when its last day was.
    pub fn standing(&self, calendar: &WorkingDays) -> Standing {
        self.clock.standing(self.on, calendar)
    }

    /// The permit is issued, good through `last_day`.
    ///
    /// # Errors
    /// It is issued before the decision, or would be over before it is issued.
    pub fn issue(self, on: Day, last_day: Day) -> Result<Issued, ApplicationError> {
        in_order(on, self.on)?;
        in_order(last_day, on)?;
        Ok(Issued { on, permit: Live::issued(on, last_day) })
    }

    /// Given up before a permit was issued; what was reserved is free again.
    ///
    /// # Errors
    /// The day lies before the decision.
    pub fn withdraw(self, on: Day) -> Result<Withdrawn, ApplicationError> {
        Withdrawn::after(self.on, on)
    }
}

/// Refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Refused {
    /// The day of the decision.
    pub on: Day,
    /// The reasons given.
    pub reasons: Box<str>,
    clock: Clock,
}

impl Refused {
    /// Whether the decision came in time, and when its last day was.
    pub fn standing(&self, calendar: &WorkingDays) -> Standing {
        self.clock.standing(self.on, calendar)
    }
}

/// Taken back by the applicant, or lapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The day.
    pub on: Day,
}

impl Withdrawn {
    fn after(earlier: Day, on: Day) -> Result<Withdrawn, ApplicationError> {
        in_order(on, earlier)?;
        Ok(Withdrawn { on })
    }
}

/// A permit was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Issued {
    /// The day of issue.
    pub on: Day,
    /// The permit as it was issued.
    pub permit: Live,
}
