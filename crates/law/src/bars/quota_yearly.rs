//! Export quotas that Parties published year by year.
//!
//! Source of truth: `data/law/quotas_yearly.csv`. They are voluntary limits of the Party that published
//! them: a year without a row is a year without a known quota, not a quota of nothing. Quotas of the
//! Appendices themselves are in [`super::quota`].

use std::collections::HashMap;

use cites::{Country, Kingdom, Source, SourceSet, TaxonId, TermSet};
use species::Backbone;

use super::by_taxon::KeyedRows;
use super::missing::{Match, Missing, Test};
use super::movement::{Movement, named};
use super::quota::{Quota, directly_exported, limit};
use super::table::{codes, read_rows, unknown_taxon};
use super::taxon::ListedTaxon;
use crate::table::{Row, TableError};

const TABLE: &str = "quotas_yearly.csv";
const COLUMNS: [&str; 9] =
    ["taxon", "exporter", "year", "quantity", "unit", "terms", "sources", "note", "source"];

/// All yearly quotas.
#[derive(Debug, Default)]
pub struct YearlyQuotas {
    taxa: Vec<ListedTaxon>,
    rows: Vec<YearlyQuota>,
    /// The rows of every State and year, in the order of [`key`]; a row of several years stands there for each.
    of_years: Vec<u32>,
    by_taxon: KeyedRows,
}

/// A State and a year as one number.
fn key(exporter: Country, year: u16) -> u32 {
    (exporter.index() as u32) << u16::BITS | u32::from(year)
}

const _: () = assert!(Country::COUNT <= 1 << 16, "a State and a year fit into one number");

/// A quota of one Party for one year, or for several in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearlyQuota {
    taxon: usize,
    /// The State of origin.
    pub exporter: Country,
    /// The first year.
    pub year_first: u16,
    /// The last year.
    pub year_last: u16,
    /// How much a year.
    pub limit: Quota,
    /// The kinds of specimen.
    pub terms: TermSet,
    /// The sources; `None` where the publication says none, which means wild specimens for the least.
    pub sources: Option<SourceSet>,
    /// What sets it apart from another quota of the same taxon, kind and year.
    pub note: Box<str>,
    /// The key of the publication; `data/law/README.md` explains it.
    pub source: Box<str>,
}

/// A yearly quota that a movement counts against, or may.
#[derive(Debug, Clone, Copy)]
pub struct Applying<'q> {
    /// The quota.
    pub quota: &'q YearlyQuota,
    /// How surely the movement counts.
    pub matched: Match,
}

impl YearlyQuotas {
    /// Reads `quotas_yearly.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read.
    pub fn from_table(text: &str, backbone: &Backbone) -> Result<YearlyQuotas, Vec<TableError>> {
        let mut taxa = Taxa { backbone, known: HashMap::new(), list: Vec::new() };
        let rows = read_rows(TABLE, &COLUMNS, text, |row| yearly(row, &mut taxa))?;
        let years_of = |(at, row): (usize, &YearlyQuota)| {
            let exporter = row.exporter;
            (row.year_first..=row.year_last).map(move |year| (key(exporter, year), at as u32))
        };
        let mut of_years: Vec<(u32, u32)> = rows.iter().enumerate().flat_map(years_of).collect();
        of_years.sort_unstable();
        let (keys, of_years): (Vec<u32>, Vec<u32>) = of_years.into_iter().unzip();
        let taxon_of = |row: &u32| rows.get(*row as usize).and_then(|row| taxa.list.get(row.taxon));
        let ids = of_years.iter().map(|row| taxon_of(row).map_or(TaxonId(u32::MAX), ListedTaxon::id));
        let by_taxon = KeyedRows::build(backbone, ids, keys);
        Ok(YearlyQuotas { taxa: taxa.list, rows, of_years, by_taxon })
    }

    /// Every row, in the order of the table.
    pub fn rows(&self) -> &[YearlyQuota] {
        &self.rows
    }

    /// The taxon of a row.
    pub fn taxon_of(&self, row: &YearlyQuota) -> Option<&ListedTaxon> {
        self.taxa.get(row.taxon)
    }

    /// The quotas of the day's year that the movement counts against, or may. An untold origin is not
    /// compared with every State: nothing is returned, and the caller lacks the origin.
    pub fn applying(&self, movement: &Movement<'_>) -> Vec<Applying<'_>> {
        let mut found = Vec::new();
        self.each_applying(movement, |applying| found.push(applying));
        found
    }

    /// Shows each of them to `see`, without a list of them.
    pub(crate) fn each_applying<'q>(&'q self, movement: &Movement<'_>, see: impl FnMut(Applying<'q>)) {
        let Some(origin) = movement.origin.and_then(|place| named(place.country)) else { return };
        let exported = directly_exported(movement);
        if exported == Test::NotMet || !self.by_taxon.concern(movement.lineage) {
            return;
        }
        let year = u16::try_from(movement.on.year()).unwrap_or_default();
        let of_year = self.by_taxon.of(movement.lineage, key(origin, year));
        let rows = of_year.filter_map(|at| self.rows.get(*self.of_years.get(at)? as usize));
        let matched = |quota| exported.and(self.counts(quota, movement)).fits();
        rows.filter_map(|quota| Some(Applying { quota, matched: matched(quota)? })).for_each(see);
    }

    /// Whether the goods are those of the quota, leaving their way aside.
    fn counts(&self, quota: &YearlyQuota, movement: &Movement<'_>) -> Test {
        let kind = movement.terms_in(quota.terms).and(sources_in(quota.sources, movement));
        if kind == Test::NotMet {
            return kind;
        }
        kind.and(self.taxon_of(quota).map_or(Test::NotMet, |taxon| taxon.holds(movement.lineage)))
    }
}

/// A quota that names no source is one for wild specimens; whether others count is not told.
fn sources_in(told: Option<SourceSet>, movement: &Movement<'_>) -> Test {
    match told {
        Some(sources) => movement.sources_in(sources),
        None if movement.sources_in(Source::Wild.into()) == Test::Met => Test::Met,
        None => Test::lacks(Missing::Source),
    }
}

/// The taxa of the table, each looked up once.
struct Taxa<'b> {
    backbone: &'b Backbone,
    known: HashMap<Box<str>, usize>,
    list: Vec<ListedTaxon>,
}

impl Taxa<'_> {
    fn place_of(&mut self, name: &str) -> Option<usize> {
        if let Some(place) = self.known.get(name) {
            return Some(*place);
        }
        let kingdoms = [Kingdom::Animalia, Kingdom::Plantae];
        let taxon = kingdoms
            .into_iter()
            .find_map(|kingdom| ListedTaxon::find_or_below(self.backbone, kingdom, name))?;
        self.known.insert(name.into(), self.list.len());
        self.list.push(taxon);
        Some(self.list.len() - 1)
    }
}

fn yearly(row: &Row<'_>, taxa: &mut Taxa<'_>) -> Result<YearlyQuota, TableError> {
    let name = row.needed("taxon")?;
    let unknown = || row.fault("taxon", &unknown_taxon(name));
    let (year_first, year_last) = years(row)?;
    Ok(YearlyQuota {
        taxon: taxa.place_of(name).ok_or_else(unknown)?,
        exporter: row.parsed("exporter")?,
        year_first,
        year_last,
        limit: limit(row)?,
        terms: codes(row, "terms")?,
        sources: if row.get("sources").is_empty() { None } else { Some(codes(row, "sources")?) },
        note: row.get("note").into(),
        source: row.needed("source")?.into(),
    })
}

/// The years of which the Convention can know.
const YEARS: std::ops::RangeInclusive<u16> = 1975..=2200;

/// `2008`, or `2008-2011` with both years in it.
fn years(row: &Row<'_>) -> Result<(u16, u16), TableError> {
    let cell = row.needed("year")?;
    let (first, last) = cell.split_once('-').unwrap_or((cell, cell));
    match (first.parse::<u16>(), last.parse::<u16>()) {
        (Ok(first), Ok(last)) if first <= last && YEARS.contains(&first) && YEARS.contains(&last) => {
            Ok((first, last))
        }
        _ => Err(row.fault("year", &format!("`{cell}` is not a year; write 2008 or 2008-2011"))),
    }
}

#[cfg(test)]
#[path = "quota_yearly_tests.rs"]
mod tests;
