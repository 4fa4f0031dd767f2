//! Kinds of specimen, as permits and annual reports name them.
//!
//! Source of truth: `data/codes/term.csv`, after the CITES Trade Database Guide v9, Annex 2. Legacy terms
//! are read from old records and never written on a new document.

use std::fmt;
use std::str::FromStr;

use crate::day::Day;
pub use crate::generated::Term;
use crate::generated::{TERM_BY_CODE, TERM_BY_TRADE_NAME, TERM_FACTS};
use crate::set::bit_set;
use crate::text::{find, find_folded, serde_as_text};

/// What is known about a [`Term`].
#[derive(Debug, PartialEq, Eq)]
pub struct TermFact {
    /// The three letters.
    pub code: &'static str,
    /// Name in English.
    pub name_en: &'static str,
    /// Name in Chinese, where sure.
    pub name_zh: Option<&'static str>,
    /// Name in Russian, where sure.
    pub name_ru: Option<&'static str>,
    /// Year in which the term entered the Guidelines, for those added since 2002.
    pub since: Option<u16>,
    /// Found in old records only.
    pub legacy: bool,
    /// The current term that took the place of a legacy one, where a standard names it.
    pub successor: Option<Term>,
    /// Where the row comes from.
    pub source: &'static str,
    /// Last day a person compared the row with its source.
    pub checked: Day,
}

/// Why text is not a [`Term`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a trade term; write its three capital letters, such as LIV for a live specimen")]
pub struct TermError {
    /// The text as written.
    pub written: String,
}

impl Term {
    /// Everything known about the term.
    pub fn fact(self) -> &'static TermFact {
        #[expect(clippy::indexing_slicing, reason = "the table is generated with one row for each variant")]
        &TERM_FACTS[self as usize]
    }

    /// The three letters, such as `LIV`.
    pub fn code(self) -> &'static str {
        self.fact().code
    }

    /// Name in English.
    pub fn name_en(self) -> &'static str {
        self.fact().name_en
    }

    /// Name in Chinese, where sure.
    pub fn name_zh(self) -> Option<&'static str> {
        self.fact().name_zh
    }

    /// Name in Russian, where sure.
    pub fn name_ru(self) -> Option<&'static str> {
        self.fact().name_ru
    }

    /// Whether the term is found in old records only.
    pub fn is_legacy(self) -> bool {
        self.fact().legacy
    }

    /// The current term that took the place of a legacy one, where a standard names it.
    pub fn successor(self) -> Option<Term> {
        self.fact().successor
    }

    /// The term a comparative tabulation of the CITES Trade Database calls `name`, such as `ivory carvings`.
    /// Case and spaces at the ends do not matter.
    pub fn from_trade_name(name: &str) -> Option<Term> {
        find_folded(&TERM_BY_TRADE_NAME, name)
    }
}

impl FromStr for Term {
    type Err = TermError;

    fn from_str(text: &str) -> Result<Term, TermError> {
        find(&TERM_BY_CODE, text).ok_or_else(|| TermError { written: text.to_owned() })
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

serde_as_text!(Term);

bit_set! {
    /// A set of kinds of specimen.
    TermSet(u128) of Term
}
