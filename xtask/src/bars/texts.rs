//! Compares the tables that people write with the dated texts they are taken from: no text of an annotation
//! may be without a row on its first day, and no population entry that deems its other specimens to be of
//! Appendix I without a row.
//!
//! Source of truth: the wordings by meeting, the table of annotations since 2007, and the notes of the
//! official history. Whether a row says what its text says is for a person to see; `checked` tells when.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Result, bail};

use super::known::Known;
use super::names::{KINGDOMS, Names};
use crate::lawbook::reading::{self, Row};

/// Compares `annotations.csv` and `deemed.csv`.
///
/// # Errors
/// A table or download is missing, or a text has no row.
pub fn run(reference: &Path, data: &Path, known: &mut Known) -> Result<()> {
    let mut without = annotations(reference, data, known)?;
    without.extend(deemed(reference, data, known)?);
    match without.first() {
        None => Ok(()),
        Some(first) => bail!("{} texts have no row, the first is: {first}", without.len()),
    }
}

fn annotations(reference: &Path, data: &Path, known: &mut Known) -> Result<Vec<String>> {
    let history = reference.join("listings/history_1975_2013");
    let days: HashMap<String, String> = reading::rows(&history.join("cops_in_force.csv"))?
        .iter()
        .map(|row| Ok((row.get("name").to_owned(), reading::iso_day(row.get("start_date"))?)))
        .collect::<Result<_>>()?;
    let mut texts: Vec<(String, String)> = Vec::new();
    for row in reading::rows(&history.join("hash_annotations.csv"))? {
        let meeting = row.get("For Display").rsplit_once(' ').map_or("", |(meeting, _)| meeting);
        if let Some(day) = days.get(meeting) {
            texts.push((row.get("Hash No").to_owned(), day.clone()));
        }
    }
    for row in reading::rows(&reference.join("rules/annotations_2007_2026.csv"))? {
        if row.get("symbol").starts_with('#') && !row.get("covers_terms").is_empty() {
            texts.push((row.get("symbol").to_owned(), row.get("from").to_owned()));
        }
    }
    let rows = reading::rows(&data.join("law/annotations.csv"))?;
    for row in &rows {
        let taxa =
            row.get("excluded_when").split(['&', ';']).filter_map(|test| test.trim().split_once("taxon="));
        taxa.flat_map(|(_, names)| names.split('|')).for_each(|name| {
            known.find("annotations.csv", None, name.trim());
        });
    }
    let has = |(symbol, day): &&(String, String)| {
        rows.iter().any(|row| row.get("symbol") == symbol.as_str() && holds(row, day))
    };
    println!("annotations: {} dated texts, {} rows", texts.len(), rows.len());
    Ok(texts.iter().filter(|text| !has(text)).map(|(symbol, day)| format!("{symbol} of {day}")).collect())
}

fn deemed(reference: &Path, data: &Path, known: &mut Known) -> Result<Vec<String>> {
    let folder = reference.join("listings/history_1975_2013");
    let names = Names::read(&folder)?;
    let rows = reading::rows(&data.join("law/deemed.csv"))?;
    for row in &rows {
        known.find("deemed.csv", Some(row.get("kingdom")), row.get("taxon"));
    }
    let (mut texts, mut without) = (0, Vec::new());
    for (kingdom, stem) in KINGDOMS {
        for step in reading::rows(&folder.join(format!("{stem}_legislation.csv.gz")))? {
            if step.get("listing") != "II" || !step.get("full_note_en").contains("deemed to be specimens") {
                continue;
            }
            texts += 1;
            let Some(taxon) = names.full(kingdom, step.get("rank_name"), step.get("rec_id")) else {
                continue;
            };
            let day = reading::iso_day(step.get("effective_from"))?;
            for country in step.get("populations_iso2").split(',') {
                let of = |row: &&Row| {
                    let population = row.get("population");
                    row.get("taxon") == taxon
                        && (population.is_empty() || population.contains(country.trim()))
                };
                if !rows.iter().filter(of).any(|row| holds(row, &day)) {
                    without.push(format!("{taxon} of {country} on {day}"));
                }
            }
        }
    }
    println!("deemed: {texts} texts of the history, {} rows", rows.len());
    Ok(without)
}

fn holds(row: &Row, day: &str) -> bool {
    row.get("from") <= day && (row.get("until").is_empty() || day < row.get("until"))
}
