//! The Appendix that a record states.
//!
//! Source of truth: the record. It is evidence of what somebody believed, never of the law.

use std::fmt;
use std::str::FromStr;

use cites::AppendixSet;

/// The Appendix that a record states: `I`, `II`, `III`, or `N` for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded(AppendixSet);

/// Why text is no [`Recorded`] Appendix.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not an Appendix as records write it; write I, II, III, or N for none")]
pub struct RecordedError {
    /// The text as written.
    pub written: String,
}

impl Recorded {
    /// Whether the Appendix is one of `possible`; none agrees with a part that is in none.
    pub fn is_among(self, possible: AppendixSet) -> bool {
        let in_common = self.0.iter().any(|appendix| possible.contains(appendix));
        in_common || (self.0.has_not_controlled() && possible.has_not_controlled())
    }
}

impl FromStr for Recorded {
    type Err = RecordedError;

    fn from_str(text: &str) -> Result<Recorded, RecordedError> {
        let set = match text {
            "I" => AppendixSet::of(&[cites::Appendix::I]),
            "II" => AppendixSet::of(&[cites::Appendix::II]),
            "III" => AppendixSet::of(&[cites::Appendix::III]),
            "N" | "NC" => AppendixSet::NOT_CONTROLLED,
            _ => return Err(RecordedError { written: text.to_owned() }),
        };
        Ok(Recorded(set))
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.strictest().map_or("N", cites::Appendix::as_str))
    }
}
