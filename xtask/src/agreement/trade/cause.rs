//! Why a record and the law differ, as far as the law of other populations and years tells.
//!
//! Source of truth: the law book, asked about other populations and years. A record says what its reporter
//! believed, so that a cause names what the record states in place of what was in force.

use anyhow::Result;
use border::record::{Law, Named, Standing, Traded, When, Years};
use cites::AppendixSet;

use super::row::Row;
use crate::agreement::{Cause, Whose};

/// The first year of the Convention, and the last of which the book is asked.
const FIRST_YEAR: i16 = 1975;
const LAST_YEAR: i16 = 2026;

/// The taxa of which the printed Appendices say that Parties listed their own populations in Appendix III; of others
/// the history alone says so.
///
/// Source: Appendices I, II and III, valid from 25 September 2012; *Swietenia macrophylla*: the entry of 2003.
const PRINTED_BY_POPULATION: [&str; 5] = [
    "Cedrela odorata",
    "Dalbergia darienensis",
    "Dalbergia retusa",
    "Dalbergia stevensonii",
    "Swietenia macrophylla",
];

/// What the law of other populations and years is asked for.
pub struct Causes<'c, 'b> {
    pub law: &'c Law<'b>,
    pub years: &'c Years,
    pub named: &'c Named<'b>,
}

impl Causes<'_, '_> {
    /// The cause of a difference, apart from what hangs on the kind of specimen.
    pub fn of(&self, row: &Row<'_>, in_force: AppendixSet) -> Result<Cause> {
        let population = row.traded.population_of(self.named);
        let holds = |traded: &Traded, year| {
            let when = When::Year(year);
            let standing = Standing::of(self.named, traded.population(), when, self.law, self.years);
            standing.map(|standing| row.recorded.is_among(standing.in_force(traded, self.law)))
        };
        let anywhere = Traded { exporter: None, origin: None, ..row.traded };
        let stated = row.recorded.to_string();
        if holds(&anywhere, row.year)? {
            return Ok(self.of_another_population(&stated, in_force));
        }
        let own = Traded { origin: population, ..row.traded };
        for years in 1..=LAST_YEAR - FIRST_YEAR {
            let (before, after) = (row.year - years, row.year + years);
            if before >= FIRST_YEAR && holds(&own, before)? {
                return Ok(theirs(match years {
                    1 => "the record states an Appendix that held until the year before",
                    _ => "the record states an Appendix that held until two years before or longer ago",
                }));
            }
            if after <= LAST_YEAR && holds(&own, after)? {
                return Ok(theirs(match years {
                    1 => "the record states an Appendix that held from the year after",
                    _ => "the record states an Appendix that held from two years after or later",
                }));
            }
        }
        Ok(theirs(match (stated.as_str(), in_force.to_string().as_str()) {
            ("N", _) => "the record states none of a taxon that is listed in all populations and years",
            (_, "NC") => {
                "the record states an Appendix of a taxon or population that was never in it, nor in another that year"
            }
            ("II", "I") => "the record states II of a taxon that is in I in all populations",
            ("I", "II") => "the record states I of a taxon that is in II in all populations",
            ("II", "III") => "the record states II of a taxon that is in III",
            ("III", "II") => "the record states III of a taxon that is in II in all populations",
            _ => "the record states an Appendix that never held for the taxon in this population",
        }))
    }

    /// The record states what holds for other populations.
    fn of_another_population(&self, stated: &str, in_force: AppendixSet) -> Cause {
        let taxon = self.named.resolution.accepted;
        theirs(match (stated, in_force.to_string().as_str()) {
            ("III", _) if is_printed_by_population(taxon) => {
                "an entry of Appendix III that names the populations of its Parties; the record states III of another"
            }
            ("III", _) => {
                let cause = "an entry of Appendix III that the history alone confines to its Party; the record states III of another";
                return Cause::of(Whose::Open, cause);
            }
            ("II", "I") => "a population of Appendix I; the record states the II of others",
            ("I", "II") => "a population of Appendix II; the record states the I of others",
            ("I" | "II", "NC") => "a population in no Appendix; the record states the Appendix of others",
            _ => "the record states the Appendix of another population",
        })
    }
}

/// Whether the printed Appendices confine the entries of a taxon, or of a species of it.
fn is_printed_by_population(taxon: &str) -> bool {
    PRINTED_BY_POPULATION.iter().any(|printed| printed.split(' ').next() == Some(taxon) || *printed == taxon)
}

/// A cause that is seen before the law of other years is asked.
pub fn at_sight(row: &Row<'_>, hangs_on_kind: bool) -> Option<Cause> {
    let is_cat = row.hint.family == "Felidae" && row.year == 2010;
    let stated = row.recorded.to_string();
    if is_cat && stated == "I" && row.traded.exporter.is_some_and(|state| state.to_string() == "ZA") {
        return Some(theirs("cats exported by South Africa in 2010: one report states I of all"));
    }
    hangs_on_kind.then(|| {
        theirs(match stated.as_str() {
            "I" => "the population's entry keeps specimens of this kind in II; the record states I",
            _ => "specimens of this kind are deemed to be of Appendix I; the record states another",
        })
    })
}

fn theirs(cause: &str) -> Cause {
    Cause::of(Whose::Theirs, cause)
}
