//! Doubts: what there is to say of a value that was read all the same.

use std::fmt;

use cites::{Day, Unit};

/// A remark on a value that was read all the same. Templates start from [`Doubt::id`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// The code was written by name, or in small letters.
    ReadAs {
        /// The code.
        code: Box<str>,
    },
    /// The code is found in old records only.
    Legacy {
        /// The code.
        code: Box<str>,
    },
    /// The code is that of a State or territory that is no longer current.
    FormerCountry {
        /// The code.
        code: Box<str>,
    },
    /// A comma was read as the decimal sign.
    DecimalComma,
    /// Signs between groups of three digits were left out.
    Grouped,
    /// The number had a power of ten and may have lost digits on its way.
    Exponent,
    /// The number had more than six decimals and was rounded.
    Rounded,
    /// No unit is written; specimens are counted.
    Counted,
    /// The unit stands in the same field as the number.
    UnitBesideNumber {
        /// The unit.
        unit: Unit,
    },
    /// The unit is written by a code that is not in the Guidelines.
    UnofficialUnit {
        /// The unit.
        unit: Unit,
    },
    /// The day is written as a spreadsheet counts days. A file of the 1904 system would mean a day 1,462 days later.
    SerialDay {
        /// The day that was read.
        day: Day,
    },
    /// The day is written in another order than year, month, day.
    OtherOrder {
        /// The day that was read.
        day: Day,
    },
    /// An hour stands behind the day and was left out.
    Hour,
    /// The name is a common one.
    CommonName {
        /// The scientific name that was taken for it.
        accepted: Box<str>,
    },
    /// The name is a hybrid's.
    Hybrid,
    /// What the search of names has to say.
    Name(species::Doubt),
    /// Two fields name different States where one is expected.
    OtherCountry {
        /// What the other field says.
        other: Box<str>,
    },
}

impl Doubt {
    /// The word by which a doubt is known in answers.
    pub const fn id(&self) -> &'static str {
        match self {
            Doubt::ReadAs { .. } => "read-as",
            Doubt::Legacy { .. } => "legacy-code",
            Doubt::FormerCountry { .. } => "former-country",
            Doubt::DecimalComma => "decimal-comma",
            Doubt::Grouped => "grouped-digits",
            Doubt::Exponent => "exponent",
            Doubt::Rounded => "rounded",
            Doubt::Counted => "counted",
            Doubt::UnitBesideNumber { .. } => "unit-beside-number",
            Doubt::UnofficialUnit { .. } => "unofficial-unit",
            Doubt::SerialDay { .. } => "serial-day",
            Doubt::OtherOrder { .. } => "other-order",
            Doubt::Hour => "hour",
            Doubt::CommonName { .. } => "common-name",
            Doubt::Hybrid => "hybrid",
            Doubt::Name(doubt) => doubt.id(),
            Doubt::OtherCountry { .. } => "other-country",
        }
    }
}

impl fmt::Display for Doubt {
    /// One line in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::ReadAs { code } => write!(f, "read as {code}"),
            Doubt::Legacy { code } => write!(f, "{code} is found in old records only; write a current code"),
            Doubt::FormerCountry { code } => write!(f, "{code} is no longer a current code; check the State"),
            Doubt::DecimalComma => f.write_str("the comma was read as a decimal sign"),
            Doubt::Grouped => f.write_str("the signs between groups of digits were left out"),
            Doubt::Exponent => f.write_str("the number had an exponent; check that no digit was lost"),
            Doubt::Rounded => f.write_str("rounded to six decimals"),
            Doubt::Counted => f.write_str("no unit is written; specimens are counted"),
            Doubt::UnitBesideNumber { unit } => write!(f, "the unit {unit} was read from behind the number"),
            Doubt::UnofficialUnit { unit } => write!(f, "read as {unit}"),
            Doubt::SerialDay { day } => write!(f, "a spreadsheet's count of days, read as {day}; check it"),
            Doubt::OtherOrder { day } => write!(f, "read as {day}"),
            Doubt::Hour => f.write_str("the hour behind the day was left out"),
            Doubt::CommonName { accepted } => write!(f, "a common name, read as {accepted}; check it"),
            Doubt::Hybrid => f.write_str("a hybrid; its parents decide"),
            Doubt::Name(doubt) => write!(f, "{doubt}"),
            Doubt::OtherCountry { other } => {
                write!(f, "the other side is told to be {other}; correct one of them")
            }
        }
    }
}
