//! Recommendations to suspend trade, and the bans that Parties have told the Secretariat of.
//!
//! Source of truth: `data/law/suspensions.csv`. A recommendation whose end is not known counts as in force
//! up to the last day on which it was seen in force; after it the answer is "not verified", never "none".

use std::str::FromStr;

use cites::{Country, Day, PurposeSet, SourceSet, Span, TermSet};
use species::Backbone;

use super::by_taxon::RowsByTaxon;
use super::exception::{self, Exception};
use super::missing::{Match, Test};
use super::movement::Movement;
use super::table::{Provenance, codes, provenance, read_rows, refuse_double_ids, span, taxon_or_below};
use super::taxon::ListedTaxon;
use crate::table::{Row, TableError};

const TABLE: &str = "suspensions.csv";
const COLUMNS: [&str; 18] = [
    "id",
    "country",
    "basis",
    "direction",
    "kingdom",
    "taxon",
    "terms",
    "sources",
    "purposes",
    "scope",
    "from",
    "until",
    "verified_to",
    "exceptions",
    "notification",
    "source",
    "confidence",
    "checked",
];

/// All suspensions, by country.
#[derive(Debug, Default)]
pub struct Suspensions {
    rows: Vec<Suspension>,
    /// The country and the days of every row, close together for a search.
    briefs: Vec<(Option<Country>, Span)>,
    /// The rows that name a taxon, by taxon; places in `with_taxon`.
    by_taxon: RowsByTaxon,
    with_taxon: Vec<usize>,
    /// The rows of each country that name no taxon, by [`Country::index`].
    by_country: Vec<Vec<usize>>,
    of_all: Vec<usize>,
}

/// One recommendation, or one ban of a Party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// Its id.
    pub id: Box<str>,
    /// The country; `None` for every country.
    pub country: Option<Country>,
    /// On what it rests.
    pub basis: Basis,
    /// Which ways of trade it stops.
    pub direction: Directions,
    /// The taxon; `None` for everything that is listed.
    pub taxon: Option<ListedTaxon>,
    /// The kinds of specimen.
    pub terms: TermSet,
    /// The sources.
    pub sources: SourceSet,
    /// The purposes.
    pub purposes: PurposeSet,
    /// The regimes it is told to stop.
    pub scope: Scope,
    /// Its days, as far as they are known.
    pub span: Span,
    /// The last day on which it was seen in force, where its end is not known to the day.
    pub verified_to: Option<Day>,
    /// What is outside.
    pub exceptions: Box<[Exception]>,
    /// The notification to the Parties, as its number is known.
    pub notification: Box<str>,
    /// Where the row comes from.
    pub provenance: Provenance,
    line: u64,
}

/// On what a suspension rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A recommendation of the Standing Committee or the Secretariat: reports, legislation, compliance.
    Compliance,
    /// A recommendation after the Review of Significant Trade.
    SignificantTrade,
    /// A stricter measure of the country itself, told to the Parties.
    National,
}

/// The regimes a suspension is told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All trade of its purposes, whatever article governs it.
    All,
    /// Trade under Articles III to V; of the exemptions nothing is told.
    Ordinary,
}

/// Which ways of trade a suspension stops, as seen from its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Directions {
    /// First export from it.
    pub export: bool,
    /// Import into it.
    pub import: bool,
    /// Re-export from it.
    pub re_export: bool,
}

/// Whether a suspension is known to be in force on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// It is.
    InForce,
    /// It was, and no end is known; or the entry itself is unverified.
    NotVerified,
}

/// A suspension that may concern a movement.
#[derive(Debug, Clone, Copy)]
pub struct Applying<'s> {
    /// The suspension.
    pub suspension: &'s Suspension,
    /// Whether it is known to be in force on the day.
    pub certainty: Certainty,
    /// How surely the movement is within it.
    pub matched: Match,
}

impl Suspensions {
    /// Reads `suspensions.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read, and every id that stands twice.
    pub fn from_table(text: &str, backbone: &Backbone) -> Result<Suspensions, Vec<TableError>> {
        let rows = read_rows(TABLE, &COLUMNS, text, |row| suspension(row, backbone))?;
        refuse_double_ids(TABLE, rows.iter().map(|row| (row.line, &*row.id)))?;
        let mut suspensions = Suspensions {
            by_country: vec![Vec::new(); Country::COUNT],
            briefs: rows.iter().map(|row| (row.country, row.span)).collect(),
            rows,
            ..Suspensions::default()
        };
        for (at, row) in suspensions.rows.iter().enumerate() {
            let of_country = row.country.and_then(|country| suspensions.by_country.get_mut(country.index()));
            let list = match (&row.taxon, of_country) {
                (Some(_), _) => &mut suspensions.with_taxon,
                (None, Some(of_country)) => of_country,
                (None, None) => &mut suspensions.of_all,
            };
            list.push(at);
        }
        let named = |at: &usize| suspensions.rows.get(*at).and_then(|row| row.taxon.as_ref());
        let taxa = suspensions.with_taxon.iter().filter_map(named).map(ListedTaxon::id);
        suspensions.by_taxon = RowsByTaxon::build(backbone, taxa);
        Ok(suspensions)
    }

    /// Every row, in the order of the table.
    pub fn rows(&self) -> &[Suspension] {
        &self.rows
    }

    /// The suspensions that the movement falls under, or may fall under.
    pub fn applying(&self, movement: &Movement<'_>) -> Vec<Applying<'_>> {
        let mut found = Vec::new();
        self.each_applying(movement, |applying| found.push(applying));
        found
    }

    /// Shows each of them to `see`, without a list of them.
    pub(crate) fn each_applying<'s>(&'s self, movement: &Movement<'_>, see: impl FnMut(Applying<'s>)) {
        let mut see = see;
        let told = [movement.exporter, movement.importer].map(|state| state.and_then(super::movement::named));
        // An untold country may be any.
        let concerns = |(country, span): &(Option<Country>, Span)| {
            let is_told = match (*country, told) {
                (Some(country), [Some(one), Some(other)]) => country == one || country == other,
                _ => true,
            };
            is_told && span.contains(movement.on)
        };
        let mut look_at = |at: usize| {
            if !self.briefs.get(at).is_some_and(concerns) {
                return;
            }
            let Some(suspension) = self.rows.get(at) else { return };
            let Some(certainty) = suspension.certainty(movement.on) else { return };
            let Some(matched) = suspension.stops(movement).fits() else { return };
            see(Applying { suspension, certainty, matched });
        };
        let of_taxon = self.by_taxon.of(movement.lineage).filter_map(|place| self.with_taxon.get(place));
        of_taxon.copied().for_each(&mut look_at);
        let of = |country: Country| self.by_country.get(country.index()).map(Vec::as_slice);
        match told {
            [Some(one), Some(other)] => {
                of(one).into_iter().flatten().copied().for_each(&mut look_at);
                let other = of(other).filter(|_| one != other);
                other.into_iter().flatten().copied().for_each(&mut look_at);
            }
            _ => self.by_country.iter().flatten().copied().for_each(&mut look_at),
        }
        self.of_all.iter().copied().for_each(look_at);
    }

    /// The suspensions of a taxon with `lineage` on a day, whatever the country; for showing.
    pub fn of_taxon(&self, lineage: &[cites::TaxonId], on: Day) -> Vec<Applying<'_>> {
        let found = self.rows.iter().filter_map(|suspension| {
            let certainty = suspension.certainty(on)?;
            let matched = suspension.taxon.as_ref()?.holds(lineage).fits()?;
            Some(Applying { suspension, certainty, matched })
        });
        found.collect()
    }
}

impl Suspension {
    /// Whether it is in force on a day; `None` on a day on which it is not.
    pub fn certainty(&self, on: Day) -> Option<Certainty> {
        if !self.span.contains(on) {
            return None;
        }
        let seen = match (self.verified_to, self.span.until) {
            (Some(last), _) => on <= last,
            (None, Some(_)) => true,
            (None, None) => false,
        };
        let verified = self.provenance.confidence.is_verified();
        Some(if seen && verified { Certainty::InForce } else { Certainty::NotVerified })
    }

    /// Whether it tells of the regime that governs the movement.
    pub fn tells_of_exempted_trade(&self) -> bool {
        self.scope == Scope::All
    }

    fn stops(&self, movement: &Movement<'_>) -> Test {
        let directed = self.directed(movement);
        if directed == Test::NotMet {
            return directed;
        }
        let taxon = self.taxon.as_ref().map_or(Test::Met, |taxon| taxon.holds(movement.lineage));
        let within = taxon
            .and(directed)
            .and(movement.terms_in(self.terms))
            .and(movement.sources_in(self.sources))
            .and(movement.purposes_in(self.purposes));
        if within == Test::NotMet {
            return within;
        }
        let outside = self.exceptions.iter().map(|exception| exception.frees(movement));
        within.and(outside.fold(Test::NotMet, Test::or).negated())
    }

    fn directed(&self, movement: &Movement<'_>) -> Test {
        let Some(country) = self.country else { return Test::Met };
        let leaves = match (self.direction.export, self.direction.re_export) {
            (true, true) => movement.leaves(country),
            (true, false) => movement.leaves(country).and(movement.re_exported().negated()),
            (false, true) => movement.leaves(country).and(movement.re_exported()),
            (false, false) => Test::NotMet,
        };
        let enters = if self.direction.import { movement.enters(country) } else { Test::NotMet };
        leaves.or(enters)
    }
}

impl FromStr for Directions {
    type Err = String;

    fn from_str(cell: &str) -> Result<Directions, String> {
        let mut directions = Directions::default();
        for word in cell.split_whitespace() {
            match word {
                "export" => directions.export = true,
                "import" => directions.import = true,
                "re-export" => directions.re_export = true,
                other => {
                    return Err(format!("`{other}` is not a direction; write export, import or re-export"));
                }
            }
        }
        Ok(directions)
    }
}

impl FromStr for Basis {
    type Err = String;

    fn from_str(cell: &str) -> Result<Basis, String> {
        match cell {
            "compliance" => Ok(Basis::Compliance),
            "significant-trade" => Ok(Basis::SignificantTrade),
            "national" => Ok(Basis::National),
            other => {
                Err(format!("`{other}` is not a basis; write compliance, significant-trade or national"))
            }
        }
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(cell: &str) -> Result<Scope, String> {
        match cell {
            "all" => Ok(Scope::All),
            "ordinary" => Ok(Scope::Ordinary),
            other => Err(format!("`{other}` is not a scope; write all or ordinary")),
        }
    }
}

fn suspension(row: &Row<'_>, backbone: &Backbone) -> Result<Suspension, TableError> {
    let named = if row.get("taxon").is_empty() { None } else { Some(taxon_or_below(row, backbone)?) };
    Ok(Suspension {
        id: row.needed("id")?.into(),
        country: row.optional("country")?,
        basis: row.parsed("basis")?,
        direction: row.parsed("direction")?,
        taxon: named,
        terms: codes(row, "terms")?,
        sources: codes(row, "sources")?,
        purposes: codes(row, "purposes")?,
        scope: row.parsed("scope")?,
        span: span(row)?,
        verified_to: row.optional("verified_to")?,
        exceptions: exception::read(row, backbone)?,
        notification: row.get("notification").into(),
        provenance: provenance(row)?,
        line: row.line(),
    })
}

#[cfg(test)]
#[path = "suspension_tests.rs"]
mod tests;
