//! Reservations after September 2013.
//!
//! Source of truth: `rules/reservations_2013_2026.csv`, and the Secretariat's file of Appendix I reservations
//! of July 2023 for which older ones were still open.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use super::{FIRST_APPENDIX_FILE, append, provenance, rules};
use crate::bars::known::Known;
use crate::bars::table::{Cells, cells, get};
use crate::lawbook::reading::{self, Row};

const TABLE: &str = "reservations.csv";

/// Closes older reservations and adds new ones.
///
/// # Errors
/// The table is missing or no CSV.
pub fn merge(reference: &Path, rows: &mut Vec<Cells>, known: &mut Known) -> Result<()> {
    let (mut closed, mut added) = (0, 0);
    let later = rules(reference, "reservations_2013_2026.csv")?;
    for told in &later {
        let name = told.get("taxon").trim_end_matches(" spp.");
        if name.starts_with('(') || name.starts_with("all ") {
            println!("  left out, names no taxon: {} {name} {}", told.get("party"), told.get("appendix"));
            continue;
        }
        let Some(found) = known.find(TABLE, None, name) else {
            println!("  left out, the species tables do not have it: {} {name}", told.get("party"));
            continue;
        };
        let taxon = found.accepted.clone();
        let same = |row: &&mut Cells| is_same(row, told, known, &taxon);
        match rows.iter_mut().find(same) {
            Some(row) => {
                close(row, told);
                closed += 1;
            }
            None => {
                rows.push(new(told, name, &found.kingdom, &found.rank));
                added += 1;
            }
        }
    }
    println!("  {} rows of 2013 to 2026: {closed} close older ones, {added} are new", later.len());
    Ok(())
}

/// Whether a row is the reservation that is told: of the same day, or an open one that is older.
fn is_same(row: &Cells, told: &Row, known: &Known, taxon: &str) -> bool {
    let own = known.look(Some(get(row, "kingdom")), get(row, "taxon"));
    let older = get(row, "until").is_empty() && get(row, "from") < told.get("from");
    ["party", "appendix"].iter().all(|column| get(row, column) == told.get(column))
        && (older || get(row, "from") == told.get("from"))
        && own.is_some_and(|own| own.accepted == taxon)
}

fn close(row: &mut Cells, told: &Row) {
    if told.get("to").is_empty() {
        append(row, "source", &source(told));
        return;
    }
    row.insert("until".to_owned(), told.get("to").to_owned());
    let ended_by = if told.get("note").contains("lapsed") { "moved to II" } else { "withdrawn" };
    row.insert("ended_by".to_owned(), ended_by.to_owned());
    row.remove("verified_to");
    append(row, "source", &source(told));
}

fn new(told: &Row, name: &str, kingdom: &str, rank: &str) -> Cells {
    let open = told.get("to").is_empty();
    let note = told.get("note");
    let verified_to = if note.contains("file of July 2023") {
        FIRST_APPENDIX_FILE
    } else if note.contains("shown as current in Nov 2022") {
        "2022-11-27"
    } else {
        told.get("from")
    };
    let mut row = cells([
        ("party", told.get("party").to_owned()),
        ("kingdom", kingdom.to_owned()),
        ("rank", rank.to_owned()),
        ("taxon", name.to_owned()),
        ("appendix", told.get("appendix").to_owned()),
        ("from", told.get("from").to_owned()),
        ("until", told.get("to").to_owned()),
        ("verified_to", if open { verified_to.to_owned() } else { String::new() }),
        ("ended_by", if open { String::new() } else { "withdrawn".to_owned() }),
        ("note", note.to_owned()),
    ]);
    provenance(&mut row, &source(told), told.get("confidence"));
    row
}

/// The source without the places of files.
fn source(told: &Row) -> String {
    let mut text = told.get("source").to_owned();
    while let Some((before, after)) = text.split_once(" (data/") {
        let rest = after.split_once(')').map_or("", |(_, rest)| rest);
        text = format!("{before}{rest}");
    }
    text.replace(
        "SAPI lib/data/reservations.csv",
        "Species+ file of Appendix I reservations, July 2023 (UNEP-WCMC)",
    )
}

/// Party and accepted name of the reservations that the file of July 2023 shows without an end.
///
/// # Errors
/// The file is missing or no CSV.
pub fn open_in_file_of_appendix_i(reference: &Path, known: &Known) -> Result<BTreeSet<(String, String)>> {
    let rows = rules(reference, "sapi_reservations.csv")?;
    let open = rows.iter().filter(|row| row.get("end_date").is_empty());
    let named = open.filter_map(|row| {
        Some((row.get("iso_code2").to_owned(), known.look(None, row.get("taxon_name"))?.accepted))
    });
    Ok(named.collect())
}

/// Compares the rows with the file of July 2023, and says where they differ.
///
/// # Errors
/// The file is missing, no CSV, or a day in it cannot be read.
pub fn compare_with_file(reference: &Path, rows: &[Cells], known: &Known) -> Result<()> {
    let mut differences = Vec::new();
    let file = rules(reference, "sapi_reservations.csv")?;
    for told in &file {
        let Some(found) = known.look(None, told.get("taxon_name")) else { continue };
        let from = reading::iso_day(told.get("start_date"))?;
        let end = if told.get("end_date").is_empty() {
            String::new()
        } else {
            reading::iso_day(told.get("end_date"))?
        };
        let lineage = known.lineage(&found.kingdom, &found.accepted);
        let same = rows.iter().filter(|row| {
            let own = known.look(Some(get(row, "kingdom")), get(row, "taxon"));
            get(row, "party") == told.get("iso_code2")
                && get(row, "appendix") == "I"
                && own.is_some_and(|own| lineage.contains(&own.accepted))
        });
        let spans: Vec<(&str, &str)> = same.map(|row| (get(row, "from"), get(row, "until"))).collect();
        if !spans.contains(&(from.as_str(), end.as_str())) {
            differences.push(format!(
                "{} {}: {from} to {end}, the table has {spans:?}",
                told.get("iso_code2"),
                told.get("taxon_name")
            ));
        }
    }
    println!(
        "  {} rows of the Appendix I file of July 2023, {} not as in the table",
        file.len(),
        differences.len()
    );
    differences.iter().for_each(|difference| println!("    {difference}"));
    Ok(())
}
