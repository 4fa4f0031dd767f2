//! The number of a foreign paper: as written, and as it is compared.
//!
//! Source of truth: the number as printed; its form is the issuing authority's and is opaque. Two ways of writing are
//! one number where they differ only in spaces, hyphens and dashes, case, full-width forms and signs that are not
//! seen. Nothing else is folded: `O` and `0` are two letters, and `/` and `.` divide.

use std::fmt;

use crate::written::narrow;

/// The most letters of a number.
///
/// Source: UN/EDIFACT form of the CITES permit (an..70).
pub const PAPER_NUMBER_LETTERS_MAX: usize = 70;

/// The number of a foreign paper.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PaperNumber {
    written: Box<str>,
    folded: Box<str>,
}

/// Why text is no number of a paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperNumberError {
    /// Nothing is left to compare.
    #[error("`{0}` holds no letter or digit; write the number as it is printed")]
    Empty(Box<str>),
    /// Longer than any number.
    #[error("a number of {0} letters is longer than {PAPER_NUMBER_LETTERS_MAX}; write the number alone")]
    Long(usize),
}

impl PaperNumber {
    /// The number that is written so.
    ///
    /// # Errors
    /// It holds nothing to compare, or is longer than any number.
    pub fn of(written: &str) -> Result<PaperNumber, PaperNumberError> {
        let letters = written.chars().count();
        if letters > PAPER_NUMBER_LETTERS_MAX {
            return Err(PaperNumberError::Long(letters));
        }
        let folded = fold(written);
        if !folded.chars().any(char::is_alphanumeric) {
            return Err(PaperNumberError::Empty(written.into()));
        }
        Ok(PaperNumber { written: written.into(), folded: folded.into() })
    }

    /// As it is written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// As it is compared: what a register is searched by.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether both are one number, however they are written.
    pub fn is_same(&self, other: &PaperNumber) -> bool {
        self.folded == other.folded
    }
}

impl fmt::Display for PaperNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

fn fold(written: &str) -> String {
    let letters = written.chars().filter(|letter| !crate::written::is_blank_letter(*letter)).map(narrow);
    letters.filter(|letter| !is_dash(*letter)).flat_map(char::to_uppercase).collect()
}

/// The hyphen of ASCII, the dashes of Unicode, the minus sign and their small and full-width forms.
const fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, same: bool) {
        let number = |written| PaperNumber::of(written).unwrap();
        assert_eq!(number(one).is_same(&number(other)), same, "{one} and {other}");
    }

    #[test]
    fn a_number_written_otherwise_is_the_same_by_the_stated_rule_alone() {
        check("KZ 12-345", "kz12345", true);
        check("ＫＺ１２—345", "KZ12345", true);
        check("12\u{a0}345\u{200b}", "12345", true);
        check("de-e 00123/26", "DE-E 00123/26", true);
        check("1O1", "101", false);
        check("12/345", "12345", false);
        check("012345", "12345", false);
        check("СN1", "CN1", false);
        assert_eq!(PaperNumber::of("KZ 12-345").unwrap().written(), "KZ 12-345");
    }

    #[test]
    fn what_is_no_number_is_told() {
        assert!(matches!(PaperNumber::of(" - "), Err(PaperNumberError::Empty(_))));
        assert!(matches!(PaperNumber::of("//"), Err(PaperNumberError::Empty(_))));
        assert_eq!(PaperNumber::of(&"1".repeat(71)), Err(PaperNumberError::Long(71)));
    }

    proptest! {
        #[test]
        fn a_folded_number_folds_to_itself(written in "\\PC{0,70}") {
            // Capitals of some letters are longer than the letters.
            if let Ok(number) = PaperNumber::of(&written)
                && let Ok(again) = PaperNumber::of(number.folded())
            {
                prop_assert_eq!(again.folded(), number.folded());
            }
        }
    }
}
