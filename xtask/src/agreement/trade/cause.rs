//! Why a record and the law differ, as far as the law of other populations and years tells.

use anyhow::Result;
use border::record::{Law, Named, Standing, Traded, When, Years};

use super::row::Row;

/// The first year of the Convention, and the last of which the book is asked.
const FIRST_YEAR: i16 = 1975;
const LAST_YEAR: i16 = 2026;

/// What the law of other populations and years is asked for.
pub struct Causes<'c, 'b> {
    pub law: &'c Law<'b>,
    pub years: &'c Years,
    pub named: &'c Named<'b>,
}

impl Causes<'_, '_> {
    /// The cause of a difference.
    pub fn of(&self, row: &Row<'_>, hangs_on_kind: bool) -> Result<&'static str> {
        let is_cat = row.hint.family == "Felidae" && row.year == 2010;
        let stated = row.recorded.to_string();
        if is_cat && stated == "I" && row.traded.exporter.is_some_and(|state| state.to_string() == "ZA") {
            return Ok("cats exported by South Africa in 2010: one report states I for all");
        }
        if hangs_on_kind {
            return Ok("the Appendix hangs on the kind of specimen, and the record states the other");
        }
        let population = row.traded.population();
        let standing = |traded: &Traded, year| {
            let standing =
                Standing::of(self.named, traded.population(), When::Year(year), self.law, self.years);
            standing.map(|standing| row.recorded.is_among(standing.in_force(traded, self.law)))
        };
        let anywhere = Traded { exporter: None, origin: None, ..row.traded };
        if standing(&anywhere, row.year)? {
            return Ok("the record states the Appendix of another population");
        }
        let own = Traded { origin: population, ..row.traded };
        for year in (FIRST_YEAR..=LAST_YEAR).filter(|year| *year != row.year) {
            if standing(&own, year)? {
                return Ok(if year < row.year {
                    "the record states an Appendix that held before that year"
                } else {
                    "the record states an Appendix that held only after that year"
                });
            }
        }
        Ok(if stated == "N" {
            "the record states none, and the taxon is listed in all populations and years"
        } else {
            "the record states an Appendix that never held for the taxon in this population"
        })
    }
}
