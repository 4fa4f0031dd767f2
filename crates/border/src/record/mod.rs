//! A trade record as a line of goods: what the Convention said about it on the days of its year.
//!
//! Source of truth: the law book. The Appendix that a record states is compared with the law and is never an
//! argument of it. Records come taken apart; reading files is for the program.

mod line;
mod recorded;
mod standing;
#[cfg(test)]
mod tests;

use cites::{Country, Day, Purpose, PurposeSet, Quantity, Source, SourceCode, Term};
use law::assess::purposes_of_trade;

pub use line::{Named, verdict};
pub use recorded::{Recorded, RecordedError};
pub use standing::{Law, Standing, Years};

/// When a record says that the trade took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// In a year; the law asked for is that of its last day.
    Year(i16),
    /// On a day.
    On(Day),
}

impl When {
    /// The day whose law is asked for; `None` for a year that is not kept.
    pub fn day(self) -> Option<Day> {
        match self {
            When::Year(year) => Day::from_ymd(year, 12, 31),
            When::On(day) => Some(day),
        }
    }
}

/// What a record tells about one line of trade, apart from its name. What is `None` is not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traded {
    /// The State of import.
    pub importer: Option<Country>,
    /// The State of export or re-export.
    pub exporter: Option<Country>,
    /// The State of origin, where it is another than the exporter's.
    pub origin: Option<Country>,
    /// The kind of specimen.
    pub term: Option<Term>,
    /// How the specimen was obtained.
    pub source: Option<SourceCode>,
    /// How much.
    pub quantity: Option<Quantity>,
    /// The purpose as the State of export reports it.
    pub purpose_export: Option<Purpose>,
    /// The purpose as the State of import reports it.
    pub purpose_import: Option<Purpose>,
}

impl Traded {
    /// The State whose population the specimen belongs to: the State of origin, or the exporter where the
    /// record names no origin.
    ///
    /// Source: CITES Trade Database Guide v9: the origin is left empty where it is the State of export, or
    /// where it is not reported. See [`Traded::population_of`].
    pub fn population(&self) -> Option<Country> {
        self.origin.or(self.exporter)
    }

    /// The State whose population a specimen of `named` belongs to; `None` where the record does not tell it:
    /// it names no origin, and no wild specimen can be from the exporter, outside the range of the taxon.
    /// Where the range is not known, or the specimen was bred or grown, the exporter may be the origin.
    ///
    /// Source: CITES Trade Database Guide v9, column Origin.
    pub fn population_of(&self, named: &Named<'_>) -> Option<Country> {
        match (self.origin, self.exporter) {
            (None, Some(exporter)) if self.is_wild_or_untold() && named.lives_outside(exporter) => None,
            _ => self.population(),
        }
    }

    /// Whether the specimen may have been taken from the wild, as far as the record tells.
    fn is_wild_or_untold(&self) -> bool {
        let primary = self.source.and_then(SourceCode::primary);
        primary.is_none_or(|source| matches!(source, Source::Wild | Source::Unknown))
    }

    /// The purposes for which the trade may be, as the law takes them where a population entry asks.
    pub fn purposes(&self) -> PurposeSet {
        purposes_of_trade(self.purpose_export, self.purpose_import)
    }
}
