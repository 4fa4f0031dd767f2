//! Scientific institutions that may exchange specimens under a label.
//!
//! Source of truth: the Secretariat's register under Res. Conf. 11.15. Source of what they may exchange: Art. VII.6.

use std::fmt;
use std::str::FromStr;

use cites::{Country, Day, Span};

use super::Contact;

/// The number of an institution in the register, such as `CN001`.
///
/// Source: notes to the Register of scientific institutions: the two letters of the State on whose territory it is,
/// and a number that its Management Authority gives. How long the number is, is not told there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InstitutionNumber {
    country: Country,
    /// With the zeros that the authority writes.
    number: Box<str>,
}

/// The most digits of the number that an authority gives.
const DIGITS_MAX: usize = 9;

/// Why text is no number of an institution.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{written}` is not the number of a registered institution; write the two letters of its State and its number, such as CN001"
)]
pub struct InstitutionNumberError {
    /// The text as written.
    pub written: String,
}

impl InstitutionNumber {
    /// The State on whose territory the institution is.
    pub const fn country(&self) -> Country {
        self.country
    }

    /// The number that its Management Authority gave, with its zeros.
    pub fn number(&self) -> &str {
        &self.number
    }
}

impl FromStr for InstitutionNumber {
    type Err = InstitutionNumberError;

    /// Reads `CN001`, and with a space or a hyphen between the two parts.
    fn from_str(text: &str) -> Result<InstitutionNumber, InstitutionNumberError> {
        let number = || {
            let (country, number) = text.split_at_checked(2)?;
            let number = number.strip_prefix([' ', '-']).unwrap_or(number);
            let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
            let is_sound = is_number && (1..=DIGITS_MAX).contains(&number.len());
            is_sound.then_some(InstitutionNumber { country: country.parse().ok()?, number: number.into() })
        };
        number().ok_or_else(|| InstitutionNumberError { written: text.to_owned() })
    }
}

impl fmt::Display for InstitutionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.country, self.number)
    }
}

/// An institution of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Institution {
    /// Its number.
    pub number: InstitutionNumber,
    /// Who it is and where.
    pub contact: Contact,
    /// The days on which it is in the register.
    pub in_register: Span,
}

impl Institution {
    /// Whether it is in the register on a day.
    pub fn is_registered(&self, on: Day) -> bool {
        self.in_register.contains(on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_its_zeros() {
        for (text, expected) in [("CN001", "CN001"), ("CN 001", "CN001"), ("GB-12", "GB12")] {
            assert_eq!(
                text.parse::<InstitutionNumber>().map(|number| number.to_string()),
                Ok(expected.to_owned())
            );
        }
        for text in ["", "CN", "CN0a1", "C001", "cn001", "CN  1", "CN1234567890", "隼001"] {
            assert!(text.parse::<InstitutionNumber>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_institution_is_registered_while_it_is_in_the_register() {
        let institution = Institution {
            number: "CN001".parse().unwrap(),
            contact: Contact::default(),
            in_register: Span::since(Day::new(2000, 1, 1)),
        };
        assert!(institution.is_registered(Day::new(2000, 1, 1)));
        assert!(!institution.is_registered(Day::new(1999, 12, 31)));
    }
}
