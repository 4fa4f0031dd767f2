//! Export quotas: the Species+ download, and the shapes in which UNEP-WCMC hands them on.

use cites::{Day, Kingdom};

use super::sheet::{Problems, Row, Sheet};
use super::{ImportError, OfficialFormat, Read, value};

/// An amount as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotaAmount {
    /// The Party has told none, or not yet: written as -1. It is not zero.
    NotPublished,
    /// The amount as written, a decimal number that is not negative.
    UpTo(String),
}

/// A row of a quota download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaRow {
    /// The line on which it starts.
    pub line: usize,
    /// The kingdom, where one is given.
    pub kingdom: Option<Kingdom>,
    /// The taxon's name; empty where only its identifier is given.
    pub taxon: String,
    /// The identifier of the taxon; 0 where none is given.
    pub taxon_id: u32,
    /// The rank as written.
    pub rank: String,
    /// The exporting Party as written: a code, or its name in English.
    pub party: String,
    /// The year, where one is given.
    pub year: Option<i16>,
    /// The first day, where one is given.
    pub from: Option<Day>,
    /// The last day, where one is given.
    pub last_day: Option<Day>,
    /// How much.
    pub amount: QuotaAmount,
    /// The unit as written; empty is number of specimens.
    pub unit: String,
    /// The terms, sources and purposes it is for, as written; empty lists are all.
    pub terms: Vec<String>,
    /// See `terms`.
    pub sources: Vec<String>,
    /// See `terms`.
    pub purposes: Vec<String>,
    /// The note, without markup.
    pub note: String,
}

const FROM: [&str; 3] = ["start_date", "StartDate", "from"];
const LAST_DAY: [&str; 2] = ["end_date", "EndDate"];

/// Reads quotas.
///
/// # Errors
/// The text has no header, or the header lacks a column that is needed.
pub fn quotas_csv(text: &str) -> Result<Read<QuotaRow>, ImportError> {
    let sheet = Sheet::open(text)?;
    sheet.require(&["quota"], OfficialFormat::Quotas)?;
    let columns: [&[&str]; 15] = [
        &["Kingdom"],
        &["Full Name", "FullName", "taxon_name"],
        &["RecId", "taxon_concept_id"],
        &["Rank"],
        &["party", "ISO code", "iso_code2"],
        &["year"],
        &FROM,
        &LAST_DAY,
        &["quota"],
        &["unit"],
        &["Terms", "Term"],
        &["Sources", "Source"],
        &["Purposes", "Purpose"],
        &["notes"],
        &["Remarks"],
    ];
    let at = columns.map(|names| sheet.column(names));
    Ok(sheet.read(|row, problems| quota_row(row, at, problems)))
}

fn quota_row(row: &Row<'_>, at: [Option<usize>; 15], problems: &mut Problems) -> Option<QuotaRow> {
    let [
        kingdom,
        taxon,
        id,
        rank,
        party,
        year,
        from,
        last_day,
        amount,
        unit,
        terms,
        sources,
        purposes,
        note,
        remark,
    ] = at.map(|column| row.cell(column));
    let amount = match amount_of(amount) {
        Some(amount) => amount,
        None => {
            problems.lost(
                "quota",
                format!("`{amount}` is no amount"),
                "write a number, or -1 for none published",
            );
            return None;
        }
    };
    let taxon_id = id.parse().unwrap_or(0);
    if taxon.is_empty() && taxon_id == 0 {
        problems.lost("Full Name", "no taxon".to_owned(), "the row is left out");
        return None;
    }
    let year_read = year.parse().ok();
    if year_read.is_none() && !year.is_empty() {
        problems.cell("year", format!("`{year}` is no year"), "it is left out");
    }
    Some(QuotaRow {
        line: row.line,
        kingdom: kingdom.parse().ok(),
        taxon: value::plain_text(taxon),
        taxon_id,
        rank: rank.to_owned(),
        party: party.to_owned(),
        year: year_read,
        from: value::day(from, "start_date", problems),
        last_day: value::day(last_day, "end_date", problems),
        amount,
        unit: value::not_all(unit),
        terms: value::codes(terms),
        sources: value::codes(sources),
        purposes: value::codes(purposes),
        note: value::remarks([note, remark]),
    })
}

/// A decimal number as written; `-1` says that none is published.
fn amount_of(cell: &str) -> Option<QuotaAmount> {
    if matches!(cell, "-1" | "-1.0") {
        return Some(QuotaAmount::NotPublished);
    }
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, "0"));
    let is_number =
        |text: &str| (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(whole) && is_number(fraction)).then(|| QuotaAmount::UpTo(cell.to_owned()))
}
