//! Defects: what keeps a value from being read, and what to do next.

use cites::{
    AmountError, CountryError, Day, DayError, DocumentKindError, PlaceError, PurposeError, Quantity,
    SourceCodeError, TermError, Unit, UnitError,
};

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
