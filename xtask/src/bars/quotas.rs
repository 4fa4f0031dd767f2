//! Builds `data/law/quotas.csv`: quotas that stand in the Appendices or that the Conference has set.
//!
//! Source of truth: the Secretariat's file of quotas in annotations; what it does not hold, or holds with a
//! wrong day, is in `bars_additions.toml` with the text it was read in.

use std::path::Path;

use anyhow::Result;

use super::CHECKED;
use super::additions::{Additions, Replaced};
use super::known::Known;
use super::table::{self, Cells, cells, get, slug};
use crate::lawbook::reading::{self, Row};

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
const TABLE: &str = "quotas.csv";
/// First days of the Appendices of a meeting: a row that ends on one of them ended the day before.
const FIRST_DAYS: [&str; 3] = ["2017-01-02", "2019-11-26", "2023-02-23"];

/// Builds the table.
///
/// # Errors
/// A download is missing or cannot be read, or the table cannot be written.
pub fn run(reference: &Path, data: &Path, known: &mut Known) -> Result<()> {
    let additions = Additions::read(data)?;
    let mut replaced = Replaced::of(&additions.quota);
    let file = reading::rows(&reference.join("rules/sapi_quotas.csv"))?;
    println!("quotas: {} rows of the file of quotas in annotations", file.len());
    let mut rows = Vec::new();
    for row in &file {
        if !replaced.has(&key_of(row)) {
            rows.push(quota(row)?);
        }
    }
    replaced.all_met()?;
    println!("  {} rows kept, {} from the additions", rows.len(), additions.quota.len());
    rows.extend(additions.quota.iter().map(|addition| addition.cells.clone()));
    rows.iter_mut().for_each(|row| finish(row, known));
    rows.sort_by_key(|row| {
        ["kingdom", "taxon", "exporter", "from"].map(|column| get(row, column).to_owned())
    });
    table::write(&data.join("law").join(TABLE), &COLUMNS, &mut rows)
}

/// How a row is named in `bars_additions.toml`.
fn key_of(row: &Row) -> String {
    [row.get("taxon_name"), row.get("iso_code2"), row.get("start_date"), row.get("quota")].join("|")
}

fn quota(row: &Row) -> Result<Cells> {
    let all = |cell: &str| if cell == "All" { String::new() } else { cell.replace(';', "") };
    let until = match row.get("end_date") {
        "Present" => String::new(),
        end => day_after(&reading::iso_day(end)?),
    };
    let kind = if row.get("quota_type") == "CoP_approved" { "conference" } else { "annotation" };
    Ok(cells([
        ("taxon", row.get("taxon_name").to_owned()),
        ("exporter", all(row.get("iso_code2"))),
        ("from", reading::iso_day(row.get("start_date"))?),
        ("until", until),
        ("quantity", row.get("quota").to_owned()),
        ("terms", all(row.get("term"))),
        ("sources", all(row.get("source"))),
        ("purposes", all(row.get("purpose"))),
        ("kind", kind.to_owned()),
        ("source", "SAPI file of quotas in annotations (UNEP-WCMC)".to_owned()),
        ("confidence", "F".to_owned()),
        ("checked", CHECKED.to_owned()),
    ]))
}

/// The day after the last day of a row; a last day that is the first of new Appendices was the day of the end.
fn day_after(last: &str) -> String {
    if FIRST_DAYS.contains(&last) {
        return last.to_owned();
    }
    match last {
        "2019-11-25" => "2019-11-26".to_owned(),
        "2017-01-01" => "2017-01-02".to_owned(),
        end_of_year => {
            let year = end_of_year.get(..4).and_then(|year| year.parse::<u16>().ok()).unwrap_or(0);
            format!("{}-01-01", year + 1)
        }
    }
}

fn finish(row: &mut Cells, known: &mut Known) {
    let taxon = get(row, "taxon").to_owned();
    known.find(TABLE, None, &taxon);
    row.insert("kingdom".to_owned(), known.kingdom_of(&taxon));
    let exporter =
        get(row, "exporter").split_whitespace().next().unwrap_or("all").replace('!', "not-").to_lowercase();
    row.insert("id".to_owned(), format!("{}.{exporter}.{}", slug(&taxon), get(row, "from")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_that_is_a_last_day_becomes_the_first_day_after() {
        for (last, until) in [
            ("2019-11-25", "2019-11-26"),
            ("2023-02-23", "2023-02-23"),
            ("2017-12-31", "2018-01-01"),
            ("2017-01-01", "2017-01-02"),
        ] {
            assert_eq!(day_after(last), until);
        }
    }
}
