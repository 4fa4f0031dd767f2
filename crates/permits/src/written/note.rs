//! What reading a value has to say beside it: doubts, with which it was read, and defects, with which it was not.

use std::fmt;

use cites::{
    AmountError, CountryError, Day, DayError, DocumentKindError, PlaceError, PurposeError, Quantity,
    SourceCodeError, TermError, Unit, UnitError,
};

/// A value that was read, with the doubts about its reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// Every doubt about it, in the order in which they arose.
    pub doubts: Vec<Doubt>,
}

impl<T> Read<T> {
    /// A value about which there is no doubt.
    pub const fn sure(value: T) -> Read<T> {
        Read { value, doubts: Vec::new() }
    }

    /// A value with one doubt.
    pub fn with(value: T, doubt: Doubt) -> Read<T> {
        Read { value, doubts: vec![doubt] }
    }

    /// The same doubts about something made from the value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Read<U> {
        Read { value: make(self.value), doubts: self.doubts }
    }
}

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

/// What keeps a value from being read. Templates start from [`Defect::id`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Defect {
    /// A field that every line has is empty.
    #[error("nothing is written; write it as it stands on the papers")]
    Missing,
    /// The text of an error that a spreadsheet shows in place of a value.
    #[error("a spreadsheet could not work out this cell; write the value itself")]
    ErrorText,
    /// A formula in place of its value.
    #[error("a formula; copy its value instead")]
    Formula,
    /// Characters that are no text.
    #[error("characters that are no text; check the encoding of the file")]
    NoText,
    /// More letters than the field holds.
    #[error("longer than {letters_max} letters; shorten it, or put it into an attached file")]
    TooLong {
        /// How many it holds.
        letters_max: usize,
    },
    /// The number cannot be read.
    #[error(transparent)]
    Amount(AmountError),
    /// The number is nothing.
    #[error("a quantity of nothing; write how much")]
    NoAmount,
    /// A comma that may be a decimal sign or stand between groups of digits.
    #[error("may be a thousand times as much; write the number without signs between its digits")]
    CommaOfTwoReadings,
    /// Two fields name different units.
    #[error("two units are written, {beside} behind the number and {own} as the unit; keep one")]
    TwoUnits {
        /// The unit behind the number.
        beside: Unit,
        /// The unit in its own field.
        own: Unit,
    },
    /// The unit cannot be read.
    #[error(transparent)]
    Unit(UnitError),
    /// The kind of specimen cannot be read.
    #[error(transparent)]
    Term(TermError),
    /// The source cannot be read.
    #[error(transparent)]
    Source(SourceCodeError),
    /// The purpose cannot be read.
    #[error(transparent)]
    Purpose(PurposeError),
    /// The kind of paper cannot be read.
    #[error(transparent)]
    DocumentKind(DocumentKindError),
    /// The State cannot be read.
    #[error(transparent)]
    Country(CountryError),
    /// The place cannot be read.
    #[error(transparent)]
    Place(PlaceError),
    /// Two letters that no State or territory has.
    #[error("no State or territory has this code; write its two letters, or XX where it is not known")]
    NoSuchCountry,
    /// The day cannot be read.
    #[error(transparent)]
    Day(DayError),
    /// A day that may be of two months.
    #[error("may be {day_first} or {month_first}; write it as year-month-day")]
    DayOfTwoReadings {
        /// The day, read with the day of the month first.
        day_first: Day,
        /// The day, read with the month first.
        month_first: Day,
    },
    /// A year, or a year of two digits.
    #[error("the day is not told in full; write it as year-month-day")]
    DayInPart,
    /// The name leads to no taxon, or not to one that can be acted on.
    #[error("{0}")]
    Name(species::Doubt),
    /// The name leads to no taxon.
    #[error("no known name; write the scientific name")]
    NoName,
    /// The name is a common one of several taxa.
    #[error("a common name of several taxa: {}; write the scientific name", candidates.join(", "))]
    CommonNameOfSeveral {
        /// Their scientific names.
        candidates: Vec<String>,
    },
    /// The taxon that was chosen for the name is not known any more.
    #[error("the taxon chosen for it is not among the known names; choose again")]
    ChosenTaxonUnknown,
    /// A paper is told by its day or State, and its number is not.
    #[error("the number of the paper is missing; write it as it is printed")]
    NoNumber,
    /// More than it can be.
    #[error("more than {quantity}, which is all there is; correct one of the two")]
    MoreThan {
        /// All there is.
        quantity: Quantity,
    },
    /// A day that lies before another one.
    #[error("before {day}, the day of what came earlier; correct one of the two")]
    BeforeDay {
        /// The other day.
        day: Day,
    },
    /// Another row of the same permit tells otherwise.
    #[error("another row of the same number says `{other}`; correct one of the two")]
    OtherRow {
        /// What the other row says.
        other: Box<str>,
    },
    /// One of the words of a list was expected.
    #[error("not known here; write one of {}", words.join(", "))]
    NoSuchWord {
        /// The words.
        words: &'static [&'static str],
    },
}

impl Defect {
    /// The word by which a defect is known in answers.
    pub const fn id(&self) -> &'static str {
        match self {
            Defect::Missing => "missing",
            Defect::ErrorText => "error-text",
            Defect::Formula => "formula",
            Defect::NoText => "no-text",
            Defect::TooLong { .. } => "too-long",
            Defect::Amount(_) => "not-an-amount",
            Defect::NoAmount => "no-amount",
            Defect::CommaOfTwoReadings => "comma-of-two-readings",
            Defect::TwoUnits { .. } => "two-units",
            Defect::Unit(_) => "not-a-unit",
            Defect::Term(_) => "not-a-term",
            Defect::Source(_) => "not-a-source",
            Defect::Purpose(_) => "not-a-purpose",
            Defect::DocumentKind(_) => "not-a-document",
            Defect::Country(_) => "not-a-country",
            Defect::Place(_) => "not-a-place",
            Defect::NoSuchCountry => "no-such-country",
            Defect::Day(_) => "not-a-day",
            Defect::DayOfTwoReadings { .. } => "day-of-two-readings",
            Defect::DayInPart => "day-in-part",
            Defect::Name(doubt) => doubt.id(),
            Defect::NoName => "unknown-name",
            Defect::CommonNameOfSeveral { .. } => "common-name-of-several",
            Defect::ChosenTaxonUnknown => "chosen-taxon-unknown",
            Defect::NoNumber => "no-number",
            Defect::MoreThan { .. } => "more-than",
            Defect::BeforeDay { .. } => "before-day",
            Defect::OtherRow { .. } => "other-row",
            Defect::NoSuchWord { .. } => "no-such-word",
        }
    }
}

/// A doubt or a defect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The value was read.
    Doubt(Doubt),
    /// It was not.
    Defect(Defect),
}

impl Note {
    /// The word by which it is known in answers.
    pub const fn id(&self) -> &'static str {
        match self {
            Note::Doubt(doubt) => doubt.id(),
            Note::Defect(defect) => defect.id(),
        }
    }

    /// Whether it kept the value from being read.
    pub const fn is_defect(&self) -> bool {
        matches!(self, Note::Defect(_))
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Doubt(doubt) => write!(f, "{doubt}"),
            Note::Defect(defect) => write!(f, "{defect}"),
        }
    }
}
