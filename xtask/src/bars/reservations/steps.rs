//! The reservation steps of the official history.
//!
//! Source of truth: the Species+ legislation export, codes `/r` (entered) and `/w` (withdrawn).

use std::path::Path;

use anyhow::Result;

use crate::bars::names::{KINGDOMS, Names};
use crate::lawbook::reading::{self, Row};

/// One step.
pub struct Step {
    pub kingdom: &'static str,
    pub rank: String,
    pub taxon: String,
    pub appendix: String,
    /// Entered, not withdrawn.
    pub enters: bool,
    pub day: String,
    pub party: String,
    /// The territory on whose behalf it is.
    pub territory: String,
    /// Places as a cell writes them.
    pub population: String,
    pub except_taxa: Vec<String>,
    pub note: String,
    /// Marked as current in September 2013.
    pub current: bool,
}

impl Step {
    /// What an entry and its withdrawal have in common.
    pub fn group(&self) -> [&str; 6] {
        [self.kingdom, &self.taxon, &self.appendix, &self.party, &self.territory, &self.population]
    }

    /// The step in words.
    pub fn told(&self) -> String {
        let behalf =
            if self.territory.is_empty() { String::new() } else { format!(" for {}", self.territory) };
        format!("{} {} {}{behalf}", self.taxon, self.appendix, self.party)
    }
}

/// Reads the steps of both kingdoms.
///
/// # Errors
/// A file is missing, or a day cannot be read.
pub fn read(reference: &Path) -> Result<Vec<Step>> {
    let folder = reference.join("listings/history_1975_2013");
    let names = Names::read(&folder)?;
    let mut steps = Vec::new();
    for (kingdom, stem) in KINGDOMS {
        for row in reading::rows(&folder.join(format!("{stem}_legislation.csv.gz")))? {
            if let Some((appendix, kind)) = row.get("listing").split_once('/') {
                match step(kingdom, &row, appendix, kind, &names)? {
                    Some(step) => steps.push(step),
                    None => println!(
                        "  a step without name or Party: {kingdom} {} {}",
                        row.get("rec_id"),
                        row.get("listing")
                    ),
                }
            }
        }
    }
    Ok(steps)
}

fn step(kingdom: &'static str, row: &Row, appendix: &str, kind: &str, names: &Names) -> Result<Option<Step>> {
    let Some((taxon, rank)) = names.full_at_or_below(kingdom, row.get("rank_name"), row.get("rec_id")) else {
        return Ok(None);
    };
    if row.get("party_iso2").is_empty() {
        return Ok(None);
    }
    let note = reading::plain(row.get("short_note_en"));
    let behalf = note.contains("On behalf of HK");
    Ok(Some(Step {
        kingdom,
        rank,
        taxon,
        appendix: appendix.to_owned(),
        enters: kind == "r",
        day: reading::iso_day(row.get("effective_from"))?,
        party: row.get("party_iso2").to_owned(),
        territory: if behalf { "HK".to_owned() } else { String::new() },
        population: places(row),
        except_taxa: excluded(kingdom, row.get("excluded_rec_ids"), names),
        note: note.replace("On behalf of HK.", "").trim().to_owned(),
        current: row.get("is_current") == "1",
    }))
}

fn places(row: &Row) -> String {
    let list = |column: &str, mark: &str| -> Vec<String> {
        let codes = row.get(column).split([',', ' ']).filter(|code| !code.is_empty());
        codes.map(|code| format!("{mark}{code}")).collect()
    };
    let (within, except) = (list("populations_iso2", ""), list("EXCLUDEDpopulations_iso", "!"));
    within.into_iter().chain(except).collect::<Vec<_>>().join(" ")
}

fn excluded(kingdom: &'static str, cell: &str, names: &Names) -> Vec<String> {
    let pairs = cell.split(',').filter_map(|pair| pair.split_once(':'));
    pairs.filter_map(|(rank, id)| names.full(kingdom, rank.trim(), id.trim())).collect()
}
