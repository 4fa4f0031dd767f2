//! Registered operations that breed animals of Appendix I for commercial purposes, and registered nurseries that
//! propagate plants of Appendix I.
//!
//! Source of truth: the Secretariat's registers under Res. Conf. 12.10 (Rev. CoP15) and Res. Conf. 9.19 (Rev. CoP15).

use std::fmt;
use std::str::FromStr;

use cites::{Country, Day, Span};

use super::{Contact, Registered, registered};
use crate::application::asked::ChosenTaxon;

/// The number of an operation in the register, such as `A-CN-501`.
///
/// Source: notes to the Register of captive-breeding operations: A for animals, the two letters of the State on whose
/// territory it is, and for each Party a sequential number starting with 501.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationNumber {
    /// The State.
    country: Country,
    /// The sequential number, from 501.
    serial: u16,
}

/// The first sequential number of a Party.
const SERIAL_FIRST: u16 = 501;

/// Why text is no number of an operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{written}` is not the number of a registered operation; write it as in the register, such as A-CN-501"
)]
pub struct OperationNumberError {
    /// The text as written.
    pub written: String,
}

impl OperationNumber {
    /// The number `serial` of a State; `None` below 501.
    pub fn new(country: Country, serial: u16) -> Option<OperationNumber> {
        (serial >= SERIAL_FIRST).then_some(OperationNumber { country, serial })
    }

    /// The State on whose territory the operation is.
    pub const fn country(self) -> Country {
        self.country
    }

    /// The sequential number.
    pub const fn serial(self) -> u16 {
        self.serial
    }
}

impl FromStr for OperationNumber {
    type Err = OperationNumberError;

    fn from_str(text: &str) -> Result<OperationNumber, OperationNumberError> {
        let number = || {
            let (country, serial) = text.strip_prefix("A-")?.split_once('-')?;
            let is_serial = serial.bytes().all(|byte| byte.is_ascii_digit()) && !serial.starts_with('0');
            OperationNumber::new(country.parse().ok()?, serial.parse().ok().filter(|_| is_serial)?)
        };
        number().ok_or_else(|| OperationNumberError { written: text.to_owned() })
    }
}

impl fmt::Display for OperationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A-{}-{}", self.country, self.serial)
    }
}

/// An operation of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its number.
    pub number: OperationNumber,
    /// Who it is and where.
    pub contact: Contact,
    /// The taxa for which it is registered.
    pub taxa: Vec<ChosenTaxon>,
    /// How it marks its specimens, as the register says.
    pub marks: Box<str>,
    /// The days on which it is in the register.
    pub in_register: Span,
}

impl Operation {
    /// What the register says of a taxon on a day.
    pub fn registered(&self, taxon: &ChosenTaxon, on: Day) -> Registered {
        registered(self.in_register, &self.taxa, taxon, on)
    }
}

/// A nursery of the register. The form of its number was not seen in a text, so that it is opaque.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nursery {
    /// Its number as the register writes it.
    pub number: Box<str>,
    /// The State.
    pub country: Country,
    /// Who it is and where.
    pub contact: Contact,
    /// The taxa for which it is registered.
    pub taxa: Vec<ChosenTaxon>,
    /// The days on which it is in the register.
    pub in_register: Span,
}

impl Nursery {
    /// What the register says of a taxon on a day.
    pub fn registered(&self, taxon: &ChosenTaxon, on: Day) -> Registered {
        registered(self.in_register, &self.taxa, taxon, on)
    }
}

#[cfg(test)]
mod tests {
    use cites::Kingdom;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_read_as_the_register_writes_it() {
        let number: OperationNumber = "A-CN-501".parse().unwrap();
        assert_eq!((number.country(), number.serial()), ("CN".parse().unwrap(), 501));
        for text in [
            "",
            "A-CN-500",
            "A-CN-0501",
            "P-CN-501",
            "A-CN501",
            "A-C-501",
            "a-cn-501",
            "A-CN-+501",
            "A-CN-99999",
        ] {
            assert!(text.parse::<OperationNumber>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_register_says_for_what_and_when() {
        let taxon = |name: &str| ChosenTaxon { kingdom: Kingdom::Animalia, name: name.into() };
        let operation = Operation {
            number: "A-CN-501".parse().unwrap(),
            contact: Contact::default(),
            taxa: vec![taxon("Falco rusticolus")],
            marks: "closed rings".into(),
            in_register: Span::between(Day::new(2010, 1, 1), Day::new(2020, 1, 1)).unwrap(),
        };
        let says = |name, day| operation.registered(&taxon(name), day);
        assert_eq!(says("Falco rusticolus", Day::new(2019, 12, 31)), Registered::For);
        assert_eq!(says("Falco peregrinus", Day::new(2019, 12, 31)), Registered::ForOthers);
        assert_eq!(says("Falco rusticolus", Day::new(2020, 1, 1)), Registered::Not);
    }

    proptest! {
        #[test]
        fn printed_then_read_is_the_same(country in "[A-Z]{2}", serial in 501_u16..) {
            let number = OperationNumber::new(country.parse().unwrap(), serial).unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }
}
