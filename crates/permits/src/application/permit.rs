//! What becomes of a permit after it is issued.
//!
//! Source of truth: the deeds, each with its day. A permit that has ended never becomes live again: what was wrong is
//! mended by another permit. Expiry is no deed: a live permit is expired on every day after its last.

use cites::{Day, PermitId};
use serde::{Deserialize, Serialize};

use crate::clock::{Clock, Standing, Term};
use crate::working_days::WorkingDays;

/// A permit, in whatever state it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permit {
    /// Issued, and neither ended nor expired.
    Live(Live),
    /// Ended.
    Ended(Ended),
}

/// How a permit ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// Cancelled by the authority.
    Cancelled(Cancelled),
    /// Replaced by another permit, in place of an alteration.
    Replaced(Replaced),
    /// Reported lost, stolen or destroyed.
    Lost(Lost),
    /// The endorsed copy, or the unused permit, came back.
    Returned(Returned),
}

impl Permit {
    /// Its facts while it has not ended.
    pub const fn live(&self) -> Option<&Live> {
        match self {
            Permit::Live(live) => Some(live),
            Permit::Ended(_) => None,
        }
    }

    /// The word of rows, lists and answers on `on`.
    pub fn as_str(&self, on: Day) -> &'static str {
        match self {
            Permit::Live(live) if live.is_expired(on) => "expired",
            Permit::Live(_) => "issued",
            Permit::Ended(Ended::Cancelled(_)) => "cancelled",
            Permit::Ended(Ended::Replaced(_)) => "replaced",
            Permit::Ended(Ended::Lost(_)) => "lost",
            Permit::Ended(Ended::Returned(_)) => "returned",
        }
    }

    /// Whether goods may pass on it on `on`, as far as its state tells.
    pub fn is_good_on(&self, on: Day) -> bool {
        matches!(self, Permit::Live(live) if live.issued <= on && !live.is_expired(on))
    }
}

/// Why a permit cannot end so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PermitError {
    /// The day lies before the issue.
    #[error("{day} is before {issued}, the day on which the permit was issued; correct the day")]
    Before {
        /// The day told.
        day: Day,
        /// The day of issue.
        issued: Day,
    },
    /// No reason is given.
    #[error("a permit is cancelled or replaced with a reason; state it")]
    NoReason,
    /// Goods have passed on it, and its endorsed copy, which says how much, has not come.
    #[error("goods have passed on the permit and its endorsed copy was not filed; have it filed first")]
    CopyAwaited,
    /// An amendment is asked for already.
    #[error("an amendment was asked for on {0} and is not decided; wait for it")]
    AskedBefore(Day),
    /// It was never printed.
    #[error("the permit was not printed, so there is nothing to hand over; print it first")]
    NotPrinted,
    /// It is over.
    #[error("the permit was good through {0}; apply for a new one")]
    Over(Day),
    /// Nothing was released on it.
    #[error("no release is told from which the days for the return are counted")]
    NotReleased,
}

/// Issued, and not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Live {
    issued: Day,
    last_day: Day,
    /// The last day on which goods were released on it.
    released: Option<Day>,
    /// The day on which it was last printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    printed: Option<Day>,
    /// The day on which it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    handed_over: Option<Day>,
    /// The day on which the copy was filed that the latest release endorsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    copy_filed: Option<Day>,
    /// The amendment that is asked for and not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amendment: Option<AmendmentRequest>,
}

/// An amendment that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmendmentRequest {
    /// The day.
    pub on: Day,
    /// What the permit shall say instead.
    pub wanted: Box<str>,
    /// Why.
    pub why: Box<str>,
}

impl Live {
    /// A permit issued on `issued`, good through `last_day`.
    pub const fn issued(issued: Day, last_day: Day) -> Live {
        Live {
            issued,
            last_day,
            released: None,
            printed: None,
            handed_over: None,
            copy_filed: None,
            amendment: None,
        }
    }

    /// The day of issue.
    pub const fn issued_on(&self) -> Day {
        self.issued
    }

    /// The last day on which it is good.
    pub const fn last_day(&self) -> Day {
        self.last_day
    }

    /// Whether `on` lies after its last day.
    ///
    /// Source: Res. Conf. 12.3 (Rev. CoP19): good through the end of its last day.
    pub fn is_expired(&self, on: Day) -> bool {
        self.last_day < on
    }

    /// A border endorsed it and released goods on `on`.
    ///
    /// # Errors
    /// The day lies before the issue. That it lies after the last day is a finding of the border, and is kept.
    pub fn release(mut self, on: Day) -> Result<Live, PermitError> {
        self.not_before(on)?;
        self.released = self.released.max(Some(on));
        self.copy_filed = None;
        Ok(self)
    }

    /// Printed.
    ///
    /// # Errors
    /// The day lies before the issue, or after its last day.
    pub fn print(mut self, on: Day) -> Result<Live, PermitError> {
        self.is_good(on)?;
        self.printed = Some(on);
        Ok(self)
    }

    /// Handed over to who holds it.
    ///
    /// # Errors
    /// It was not printed, or the day lies before the issue or after its last day.
    pub fn hand_over(mut self, on: Day) -> Result<Live, PermitError> {
        self.is_good(on)?;
        self.printed.ok_or(PermitError::NotPrinted)?;
        self.handed_over = Some(on);
        Ok(self)
    }

    /// The holder filed the copy that the border endorsed.
    ///
    /// Source: Regulation 465 of China Art. 21.
    ///
    /// # Errors
    /// Nothing was released on it, or the day lies before the release.
    pub fn file_copy(mut self, on: Day) -> Result<Live, PermitError> {
        let released = self.released.ok_or(PermitError::NotReleased)?;
        if on < released {
            return Err(PermitError::Before { day: on, issued: released });
        }
        self.copy_filed = Some(on);
        Ok(self)
    }

    /// Another content is asked for.
    ///
    /// # Errors
    /// It says not what or why, one is asked for already, or the permit is over.
    pub fn ask_amendment(mut self, wanted: &str, why: &str, on: Day) -> Result<Live, PermitError> {
        self.is_good(on)?;
        if let Some(before) = &self.amendment {
            return Err(PermitError::AskedBefore(before.on));
        }
        self.amendment = Some(AmendmentRequest { on, wanted: stated(wanted)?, why: stated(why)? });
        Ok(self)
    }

    /// The day on which it was last printed.
    pub const fn printed_on(&self) -> Option<Day> {
        self.printed
    }

    /// The day on which it was handed over.
    pub const fn handed_over_on(&self) -> Option<Day> {
        self.handed_over
    }

    /// The day on which the endorsed copy of the latest release was filed.
    pub const fn copy_filed_on(&self) -> Option<Day> {
        self.copy_filed
    }

    /// The amendment that is asked for and not decided.
    pub const fn amendment(&self) -> Option<&AmendmentRequest> {
        self.amendment.as_ref()
    }

    /// The day of the release whose endorsed copy has not come.
    pub fn awaits_copy_since(&self) -> Option<Day> {
        self.released.filter(|_| self.copy_filed.is_none())
    }

    fn is_good(&self, on: Day) -> Result<(), PermitError> {
        self.not_before(on)?;
        if self.is_expired(on) { Err(PermitError::Over(self.last_day)) } else { Ok(()) }
    }

    /// How the days for the return of the endorsed copy stand.
    ///
    /// Source: Regulation 465 of China Art. 21: within 30 days of release.
    ///
    /// # Errors
    /// Nothing was released on it.
    pub fn return_due(&self, term: Term, on: Day, calendar: &WorkingDays) -> Result<Standing, PermitError> {
        let released = self.released.ok_or(PermitError::NotReleased)?;
        Ok(Clock::start(released, term).standing(on, calendar))
    }

    /// Cancelled by the authority. What is left of it is free again.
    ///
    /// # Errors
    /// No reason, or the day lies before the issue.
    pub fn cancel(self, reason: &str, on: Day) -> Result<Cancelled, PermitError> {
        self.not_before(on)?;
        Ok(Cancelled { on, reason: stated(reason)? })
    }

    /// Replaced by another permit: a permit is never altered. Where goods have passed on it, what is left of it is
    /// known for sure only once its endorsed copy has come.
    ///
    /// Source: Res. Conf. 12.3 (Rev. CoP19): a replacement says what it replaces and why.
    ///
    /// # Errors
    /// No reason, an endorsed copy that has not come, or the day lies before the issue or after the last day.
    pub fn replace(self, reason: &str, on: Day) -> Result<Replaced, PermitError> {
        self.is_good(on)?;
        if self.awaits_copy_since().is_some() {
            return Err(PermitError::CopyAwaited);
        }
        Ok(Replaced { on, reason: stated(reason)?, by: None })
    }

    /// Reported lost, stolen or destroyed: whoever presents it is looked at.
    ///
    /// # Errors
    /// The day lies before the issue.
    pub fn lose(self, on: Day) -> Result<Lost, PermitError> {
        self.not_before(on)?;
        Ok(Lost { on })
    }

    /// The endorsed copy came back, or the permit unused.
    ///
    /// # Errors
    /// The day lies before the issue.
    pub fn come_back(self, on: Day) -> Result<Returned, PermitError> {
        self.not_before(on)?;
        Ok(Returned { on, released: self.released })
    }

    /// The last day on which goods were released on it.
    pub const fn released_on(&self) -> Option<Day> {
        self.released
    }

    fn not_before(&self, day: Day) -> Result<(), PermitError> {
        if day < self.issued { Err(PermitError::Before { day, issued: self.issued }) } else { Ok(()) }
    }
}

fn stated(reason: &str) -> Result<Box<str>, PermitError> {
    if reason.trim().is_empty() { Err(PermitError::NoReason) } else { Ok(reason.into()) }
}

/// Cancelled by the authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Cancelled {
    /// The day.
    pub on: Day,
    /// The reason.
    pub reason: Box<str>,
}

/// Replaced by another permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Replaced {
    /// The day.
    pub on: Day,
    /// The reason, which the new permit states too.
    pub reason: Box<str>,
    /// The permit that took its place; none of rows that are older than this field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<PermitId>,
}

impl Replaced {
    /// The same, by this permit.
    #[must_use]
    pub fn by(self, permit: PermitId) -> Replaced {
        Replaced { by: Some(permit), ..self }
    }
}

/// Reported lost, stolen or destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    /// The day of the report.
    pub on: Day,
}

/// Came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returned {
    /// The day.
    pub on: Day,
    /// The last day on which goods were released on it; `None` where it came back unused.
    pub released: Option<Day>,
}
