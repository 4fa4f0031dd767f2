//! What is to be said against a further use of a foreign paper.

use std::fmt;

use cites::{Day, Quantity, Unit};

use super::paper::Difference;

/// How much of a line the earlier uses took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Full,
    /// A part.
    Part {
        /// What is left.
        left: Quantity,
    },
    /// It cannot be counted.
    Unknown,
}

/// What is to be said against a further use. Lines are numbered from 0; templates start from [`Finding::id`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The line was used before.
    UsedBefore {
        /// The line.
        line: usize,
        /// How much was used then.
        quantity: Quantity,
        /// How much all earlier uses took.
        extent: Extent,
        /// When.
        on: Day,
        /// Where.
        at: Box<str>,
        /// With which consignment.
        consignment: Box<str>,
    },
    /// The same consignment at the same place is among the uses.
    RecordedBefore {
        /// Which move, from 0.
        place: usize,
        /// When.
        on: Day,
        /// Where.
        at: Box<str>,
    },
    /// More is asked than is left.
    MoreThanLeft {
        /// The line.
        line: usize,
        /// What is asked, in the unit of the line.
        asked: Quantity,
        /// What is left.
        left: Quantity,
    },
    /// The paper has no such line.
    NoSuchLine {
        /// The line.
        line: usize,
        /// How many it has.
        lines: usize,
    },
    /// The unit does not convert exactly into that of the line.
    OtherUnit {
        /// The line.
        line: usize,
        /// What is asked.
        asked: Quantity,
        /// The unit of the line.
        unit: Unit,
    },
    /// The line tells no quantity.
    NoQuantity {
        /// The line.
        line: usize,
    },
    /// What is left of the line cannot be counted, since an earlier use was counted in another unit.
    NotCounted {
        /// The line.
        line: usize,
    },
    /// A paper of the same number from the same authority was seen with other content.
    OtherContent {
        /// What differs.
        differences: Vec<Difference>,
    },
    /// The number was written otherwise when it was first seen.
    NumberWrittenOtherwise {
        /// As it was first seen.
        first: Box<str>,
        /// As it is presented.
        now: Box<str>,
    },
    /// The paper was over.
    Expired {
        /// Its last day.
        last_day: Day,
        /// The day of the use.
        on: Day,
    },
    /// The paper was issued after the use.
    NotYetIssued {
        /// The day of issue.
        issued: Day,
        /// The day of the use.
        on: Day,
    },
    /// No last day is told from which it could be seen whether the paper was over.
    NoLastDay,
    /// The uses are those of another paper.
    AnotherPaper,
}

impl Finding {
    /// The word by which a finding is known in answers.
    pub const fn id(&self) -> &'static str {
        match self {
            Finding::UsedBefore { .. } => "used-before",
            Finding::RecordedBefore { .. } => "recorded-before",
            Finding::MoreThanLeft { .. } => "more-than-left",
            Finding::NoSuchLine { .. } => "no-such-line",
            Finding::OtherUnit { .. } => "other-unit",
            Finding::NoQuantity { .. } => "no-quantity",
            Finding::NotCounted { .. } => "not-counted",
            Finding::OtherContent { .. } => "other-content",
            Finding::NumberWrittenOtherwise { .. } => "number-written-otherwise",
            Finding::Expired { .. } => "expired",
            Finding::NotYetIssued { .. } => "not-yet-issued",
            Finding::NoLastDay => "no-last-day",
            Finding::AnotherPaper => "another-paper",
        }
    }
}

impl fmt::Display for Finding {
    /// One line in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::UsedBefore { line, quantity, extent, on, at, consignment } => {
                write!(f, "line {}: {quantity} was used on {on} at {at} (`{consignment}`)", line + 1)?;
                match extent {
                    Extent::Full => f.write_str("; nothing is left of it"),
                    Extent::Part { left } => write!(f, "; {left} is left of it"),
                    Extent::Unknown => f.write_str("; what is left cannot be counted"),
                }
            }
            Finding::RecordedBefore { place, on, at } => {
                write!(f, "the consignment is use {} of the paper already, on {on} at {at}", place + 1)
            }
            Finding::MoreThanLeft { line, asked, left } => {
                write!(f, "line {}: {asked} is asked and {left} is left; ask the issuing authority", line + 1)
            }
            Finding::NoSuchLine { line, lines } => {
                write!(f, "the paper has no line {}, only {lines}; look at it again", line + 1)
            }
            Finding::OtherUnit { line, asked, unit } => {
                write!(f, "line {}: {asked} cannot be counted exactly in {unit}; count in {unit}", line + 1)
            }
            Finding::NoQuantity { line } => {
                write!(f, "line {} tells no quantity; enter it from the paper", line + 1)
            }
            Finding::NotCounted { line } => {
                write!(f, "line {}: what is left cannot be counted; look at its earlier uses", line + 1)
            }
            Finding::OtherContent { differences } => write!(
                f,
                "a paper of this number was seen with other content in {} places; one of the two may be forged, so ask the issuing authority",
                differences.len()
            ),
            Finding::NumberWrittenOtherwise { first, now } => {
                write!(f, "the number `{now}` was first seen as `{first}`; compare the two papers")
            }
            Finding::Expired { last_day, on } => {
                write!(f, "the paper was good until {last_day}, before {on}")
            }
            Finding::NotYetIssued { issued, on } => write!(f, "the paper was issued on {issued}, after {on}"),
            Finding::NoLastDay => f.write_str("no last day is told; enter it from the paper"),
            Finding::AnotherPaper => {
                f.write_str("the uses are those of another paper; look up the number again")
            }
        }
    }
}
