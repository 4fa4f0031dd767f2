//! What a transaction is for, box 5a of the standard form.
//!
//! Source of truth: `data/codes/purpose.csv`. Whether a purpose is commercial in law is not decided here.

use std::fmt;
use std::str::FromStr;

use crate::day::Day;
pub use crate::generated::Purpose;
use crate::generated::{PURPOSE_BY_CODE, PURPOSE_FACTS};
use crate::set::bit_set;
use crate::text::{find, serde_as_text};

/// What is known about a [`Purpose`].
#[derive(Debug, PartialEq, Eq)]
pub struct PurposeFact {
    /// The letter.
    pub code: &'static str,
    /// Name in English.
    pub name_en: &'static str,
    /// Name in Chinese, where sure.
    pub name_zh: Option<&'static str>,
    /// Name in Russian, where sure.
    pub name_ru: Option<&'static str>,
    /// Where the row comes from.
    pub source: &'static str,
    /// Last day a person compared the row with its source.
    pub checked: Day,
}

/// Why text is not a [`Purpose`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a purpose; write one of the letters T Z G Q S H P M E N B L")]
pub struct PurposeError {
    /// The text as written.
    pub written: String,
}

impl Purpose {
    /// Everything known about the purpose.
    pub fn fact(self) -> &'static PurposeFact {
        #[expect(clippy::indexing_slicing, reason = "the table is generated with one row for each variant")]
        &PURPOSE_FACTS[self as usize]
    }

    /// The letter, such as `T`.
    pub fn code(self) -> &'static str {
        self.fact().code
    }

    /// Name in English.
    pub fn name_en(self) -> &'static str {
        self.fact().name_en
    }
}

impl FromStr for Purpose {
    type Err = PurposeError;

    fn from_str(text: &str) -> Result<Purpose, PurposeError> {
        find(&PURPOSE_BY_CODE, text).ok_or_else(|| PurposeError { written: text.to_owned() })
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

serde_as_text!(Purpose);

bit_set! {
    /// A set of purposes.
    PurposeSet(u16) of Purpose
}
