//! What becomes of a permit after it is issued.
//!
//! Source of truth: the deeds, each with its day. A permit that has ended never becomes live again: what was wrong is
//! mended by another permit. Expiry is no deed: a live permit is expired on every day after its last.

use cites::Day;
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
    /// Goods have passed on it: what was used cannot be replaced as a whole.
    #[error("goods have passed on the permit; what is left of it can be closed and applied for again")]
    Used,
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
}

impl Live {
    /// A permit issued on `issued`, good through `last_day`.
    pub const fn issued(issued: Day, last_day: Day) -> Live {
        Live { issued, last_day, released: None }
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
        Ok(self)
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

    /// Replaced by another permit: a permit is never altered.
    ///
    /// Source: Res. Conf. 12.3 (Rev. CoP19): a replacement says what it replaces and why.
    ///
    /// # Errors
    /// No reason, goods have passed on it, or the day lies before the issue.
    pub fn replace(self, reason: &str, on: Day) -> Result<Replaced, PermitError> {
        self.not_before(on)?;
        if self.released.is_some() {
            return Err(PermitError::Used);
        }
        Ok(Replaced { on, reason: stated(reason)? })
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
