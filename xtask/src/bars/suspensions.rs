//! Builds `data/law/suspensions.csv`: recommendations to suspend trade, and bans that Parties told of.
//!
//! Source of truth: the table of suspensions 2013 to 2026; for what it does not repeat, the Species+ file of
//! September 2013 with its notifications; for taxa taken out of a genus and for the whales, the Secretariat's
//! file of exemptions. What a phrase of a source means in codes is told here, phrase by phrase; a row whose
//! phrase is not known is left out and said so.

mod earlier;
mod exempt;
mod later;

use std::path::Path;

use anyhow::Result;

use super::additions::{Additions, Replaced};
use super::known::Known;
use super::table::{self, Cells, get, slug};

pub const COLUMNS: [&str; 18] = [
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
const TABLE: &str = "suspensions.csv";

/// Builds the table.
///
/// # Errors
/// A download is missing or cannot be read, or the table cannot be written.
pub fn run(reference: &Path, data: &Path, known: &mut Known) -> Result<()> {
    let additions = Additions::read(data)?;
    let mut replaced = Replaced::of(&additions.suspension);
    let exempt = exempt::read(reference)?;
    let mut rows = Vec::new();
    for (key, row) in earlier::rows(reference)?.into_iter().chain(later::rows(reference, &exempt)?) {
        if replaced.has(&key) {
            continue;
        }
        match (additions.reason_to_leave_out(&key), row) {
            (Some(reason), _) => println!("  left out, {reason}: {key}"),
            (None, None) => println!("  left out, its phrase is not known: {key}"),
            (None, Some(row)) => rows.push(row),
        }
    }
    replaced.all_met()?;
    rows.extend(additions.suspension.iter().map(|addition| addition.cells.clone()));
    rows.extend(exempt.whales());
    rows.iter_mut().for_each(|row| finish(row, known));
    rows.sort_by_key(|row| ["country", "taxon", "from"].map(|column| get(row, column).to_owned()));
    table::write(&data.join("law").join(TABLE), &COLUMNS, &mut rows)?;
    println!("  {} rows", rows.len());
    Ok(())
}

/// Adds the kingdom and the id.
fn finish(row: &mut Cells, known: &mut Known) {
    let taxon = get(row, "taxon").to_owned();
    if !taxon.is_empty() && get(row, "kingdom").is_empty() {
        known.find(TABLE, None, &taxon);
        row.insert("kingdom".to_owned(), known.kingdom_of(&taxon));
    }
    let excepted =
        get(row, "exceptions").split(['&', ';']).filter_map(|test| test.trim().strip_prefix("taxon="));
    excepted.flat_map(|names| names.split('|')).for_each(|name| {
        known.find(TABLE, None, name.trim());
    });
    let country = if get(row, "country").is_empty() { "all" } else { get(row, "country") }.to_lowercase();
    let what = if taxon.is_empty() { "all".to_owned() } else { slug(&taxon) };
    row.insert("id".to_owned(), format!("{country}.{what}.{}", get(row, "from")));
}
