//! Quotas that are part of an entry of the Appendices, or that the Conference of the Parties has set.
//!
//! Source of truth: `data/law/quotas.csv`. A quota counts direct exports from the State of origin; what the
//! regimes of Article VII make of it is for the rules. That none is found is not that none exists: a Party
//! may have published one of its own (see [`super::quota_yearly`]).

use std::str::FromStr;

use cites::{Amount, PurposeSet, Quantity, SourceSet, Span, TermSet, Unit};
use species::Backbone;

use super::by_taxon::RowsByTaxon;
use super::missing::{Match, Missing, Test};
use super::movement::Movement;
use super::places::Places;
use super::table::{Provenance, codes, or_empty, provenance, read_rows, refuse_double_ids, span, taxon};
use super::taxon::ListedTaxon;
use crate::table::{Row, TableError};

const TABLE: &str = "quotas.csv";
const COLUMNS: [&str; 19] = [
    "id",
    "kingdom",
    "taxon",
    "exporter",
    "year_from",
    "year_until",
    "from",
    "until",
    "quantity",
    "unit",
    "terms",
    "sources",
    "purposes",
    "condition",
    "kind",
    "note",
    "source",
    "confidence",
    "checked",
];

/// An export limit. "None published" is not zero, and is never -1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// A quota is known of, its number is not.
    NotPublished,
    /// Nothing may be exported.
    Zero,
    /// At most this much a year.
    UpTo(Quantity),
}

/// All quotas of the Appendices and the Conference.
#[derive(Debug, Default)]
pub struct Quotas {
    rows: Vec<QuotaRow>,
    by_taxon: RowsByTaxon,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaRow {
    /// Its id.
    pub id: Box<str>,
    /// The taxon.
    pub taxon: ListedTaxon,
    /// The States of origin whose exports it limits.
    pub exporter: Places,
    /// The first year it counts, where the years are told.
    pub year_from: Option<u16>,
    /// The first year it no longer counts.
    pub year_until: Option<u16>,
    /// Its days.
    pub span: Span,
    /// How much.
    pub limit: Quota,
    /// The kinds of specimen.
    pub terms: TermSet,
    /// The sources.
    pub sources: SourceSet,
    /// The purposes.
    pub purposes: PurposeSet,
    /// What else the specimen must be, which no field of a declaration tells; empty for nothing.
    pub condition: Box<str>,
    /// Who set it.
    pub kind: QuotaKind,
    /// What else it says, in words.
    pub note: Box<str>,
    /// Where the row comes from.
    pub provenance: Provenance,
    line: u64,
}

/// Who set a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuotaKind {
    /// It stands in an annotation of the Appendices.
    Annotation,
    /// A resolution of the Conference of the Parties.
    Conference,
    /// The Party itself, under an annotation that tells it to.
    Declared,
}

/// A quota that a movement counts against, or may.
#[derive(Debug, Clone, Copy)]
pub struct Applying<'q> {
    /// The quota.
    pub quota: &'q QuotaRow,
    /// How surely the movement counts.
    pub matched: Match,
}

impl Quotas {
    /// Reads `quotas.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read, and every id that stands twice.
    pub fn from_table(text: &str, backbone: &Backbone) -> Result<Quotas, Vec<TableError>> {
        let rows = read_rows(TABLE, &COLUMNS, text, |row| quota(row, backbone))?;
        refuse_double_ids(TABLE, rows.iter().map(|row| (row.line, &*row.id)))?;
        let by_taxon = RowsByTaxon::build(backbone, rows.iter().map(|row| row.taxon.id()));
        Ok(Quotas { rows, by_taxon })
    }

    /// Every row, in the order of the table.
    pub fn rows(&self) -> &[QuotaRow] {
        &self.rows
    }

    /// The quotas that the movement counts against, or may count against.
    ///
    /// Source: Res. Conf. 14.7 (Rev. CoP15): quotas limit exports; re-exports do not count.
    pub fn applying(&self, movement: &Movement<'_>) -> Vec<Applying<'_>> {
        let mut found = Vec::new();
        self.each_applying(movement, |applying| found.push(applying));
        found
    }

    /// Shows each of them to `see`, without a list of them.
    pub(crate) fn each_applying<'q>(&'q self, movement: &Movement<'_>, see: impl FnMut(Applying<'q>)) {
        let exported = directly_exported(movement);
        if exported == Test::NotMet || !self.by_taxon.concern(movement.lineage) {
            return;
        }
        let rows = self.by_taxon.of(movement.lineage).filter_map(|place| self.rows.get(place));
        let year = i32::from(movement.on.year());
        let in_force = rows.filter(|quota| quota.holds_on(movement.on, year));
        let matched = |quota: &QuotaRow| exported.and(quota.counts(movement)).fits();
        in_force.filter_map(|quota| Some(Applying { quota, matched: matched(quota)? })).for_each(see);
    }

    /// The quotas of a taxon with `lineage` on a day, whatever the origin; for showing.
    pub fn of_taxon(&self, lineage: &[cites::TaxonId], on: cites::Day) -> Vec<Applying<'_>> {
        let year = i32::from(on.year());
        let in_force = self.rows.iter().filter(|quota| quota.holds_on(on, year));
        in_force
            .filter_map(|quota| Some(Applying { quota, matched: quota.taxon.holds(lineage).fits()? }))
            .collect()
    }
}

impl QuotaRow {
    /// Whether it is in force on a day of `year`.
    fn holds_on(&self, day: cites::Day, year: i32) -> bool {
        let after = self.year_from.is_none_or(|from| i32::from(from) <= year);
        let before = self.year_until.is_none_or(|until| year < i32::from(until));
        self.span.contains(day) && after && before
    }

    /// Whether the goods are those of the quota, leaving their way aside.
    fn counts(&self, movement: &Movement<'_>) -> Test {
        let test = self.taxon.holds(movement.lineage);
        test.and(self.exporter.hold(movement.origin))
            .and(movement.terms_in(self.terms))
            .and(movement.sources_in(self.sources))
            .and(movement.purposes_in(self.purposes))
            .and(if self.condition.is_empty() { Test::Met } else { Test::lacks(Missing::Population) })
    }
}

/// Whether the goods leave their State of origin.
pub(crate) fn directly_exported(movement: &Movement<'_>) -> Test {
    let missing = if movement.origin.is_none() { Missing::Origin } else { Missing::Exporter };
    Test::told(movement.is_re_export().map(|again| !again), missing)
}

/// Reads a limit: a number with a unit, or nothing for a number that is not published.
pub(crate) fn limit(row: &Row<'_>) -> Result<Quota, TableError> {
    let Some(amount) = row.optional::<Amount>("quantity")? else { return Ok(Quota::NotPublished) };
    if amount == Amount::ZERO {
        return Ok(Quota::Zero);
    }
    let unit = row.get("unit");
    let unit = if unit.is_empty() { Ok(Unit::Number) } else { unit.parse::<Unit>() };
    let unit = unit.map_err(|error| row.fault("unit", &error.to_string()))?;
    Ok(Quota::UpTo(Quantity::new(amount, unit)))
}

impl FromStr for QuotaKind {
    type Err = String;

    fn from_str(cell: &str) -> Result<QuotaKind, String> {
        match cell {
            "annotation" => Ok(QuotaKind::Annotation),
            "conference" => Ok(QuotaKind::Conference),
            "declared" => Ok(QuotaKind::Declared),
            other => {
                Err(format!("`{other}` is not a kind of quota; write annotation, conference or declared"))
            }
        }
    }
}

fn quota(row: &Row<'_>, backbone: &Backbone) -> Result<QuotaRow, TableError> {
    Ok(QuotaRow {
        id: row.needed("id")?.into(),
        taxon: taxon(row, backbone)?,
        exporter: or_empty(row, "exporter")?,
        year_from: row.optional("year_from")?,
        year_until: row.optional("year_until")?,
        span: span(row)?,
        limit: limit(row)?,
        terms: codes(row, "terms")?,
        sources: codes(row, "sources")?,
        purposes: codes(row, "purposes")?,
        condition: row.get("condition").into(),
        kind: row.parsed("kind")?,
        note: row.get("note").into(),
        provenance: provenance(row)?,
        line: row.line(),
    })
}

#[cfg(test)]
#[path = "quota_tests.rs"]
mod tests;
