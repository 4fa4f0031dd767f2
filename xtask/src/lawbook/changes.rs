//! The changes of the Appendices after September 2013, one row each.
//!
//! Source of truth: the tables of changes, compiled from the meetings' results, official lists of later
//! days and notifications; each row says how sure it is. Interprets the wording of the rows, not the law:
//! what a change does to the entries in force is in `chain`.

use std::path::Path;

use anyhow::Result;

use super::reading::{self, Row};

/// The first and last possible day of a change whose day is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    pub earliest: String,
    pub latest: String,
}

/// How a name relates to the one it replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renaming {
    /// The old name stands for the new one from then on.
    Replaces(Vec<String>),
    /// A part of the old taxon has a name of its own from then on; the old one remains.
    SplitFrom(String),
    /// New, with no earlier name told.
    New,
}

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    pub event: String,
    pub day: String,
    pub window: Option<Window>,
    pub taxon: String,
    pub rank: String,
    /// `I`, `II`, `III` or `none`.
    pub before: String,
    pub after: String,
    pub population: Population,
    /// The Appendix of the populations not named; empty where nothing is said.
    pub remainder: String,
    pub exclusions: String,
    pub annotation: String,
    pub note: String,
    pub parties: Vec<String>,
    pub source: String,
    pub confidence: String,
    pub renaming: Option<Renaming>,
}

/// The populations a change speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Population {
    /// States, or keys of `data/law/populations.csv`.
    pub whole: Vec<String>,
    /// States of which only a part is meant, and named parts of States.
    pub part: Vec<String>,
}

impl Population {
    /// No population is named: all are meant.
    pub fn is_all(&self) -> bool {
        self.whole.is_empty() && self.part.is_empty()
    }

    /// Every place named, whole or in part.
    pub fn places(&self) -> Vec<String> {
        self.whole.iter().chain(&self.part).cloned().collect()
    }
}

/// The tables, in the order in which they are applied.
pub const TABLES: [&str; 4] = ["2013_2017.csv", "2019_2024.csv", "appendix3_2017_2026.csv", "2026.csv"];

/// Reads all tables of changes and `additions` of the same columns, ordered by day.
///
/// # Errors
/// A table is missing.
pub fn read(folder: &Path, additions: &Path) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    changes.extend(reading::rows(additions)?.iter().filter_map(change));
    for table in TABLES {
        changes.extend(reading::rows(&folder.join(table))?.iter().filter_map(change));
    }
    changes.sort_by(|one, other| one.day.cmp(&other.day));
    keep_names_used_again(&mut changes);
    Ok(changes)
}

/// An old name that a later row uses for a narrower taxon is not renamed away: it was split.
fn keep_names_used_again(changes: &mut [Change]) {
    let last_use: std::collections::HashMap<String, String> =
        changes.iter().map(|change| (change.taxon.clone(), change.day.clone())).collect();
    for change in changes {
        let Some(Renaming::Replaces(olds)) = &change.renaming else { continue };
        if let [old] = olds.as_slice()
            && last_use.get(old).is_some_and(|day| *day > change.day)
        {
            change.renaming = Some(Renaming::SplitFrom(old.clone()));
        }
    }
}

fn change(row: &Row) -> Option<Change> {
    let event = row.get("event");
    let taxon = row.get("taxon").trim_end_matches(" spp.");
    // Notes on the state of an entry and on a search without result are no changes.
    if event == "state check" || taxon.starts_with('(') {
        return None;
    }
    let note = row.get("note");
    let window = window(event, taxon, row.get("in_force"), note);
    let day = window.as_ref().map_or(row.get("in_force"), |window| &window.latest);
    Some(Change {
        event: event.to_owned(),
        day: day.to_owned(),
        taxon: taxon.to_owned(),
        rank: row.get("rank").to_lowercase(),
        before: row.get("appendix_before").to_owned(),
        after: row.get("appendix_after").to_owned(),
        population: population(row.get("population")),
        remainder: row.get("remainder").to_owned(),
        exclusions: row.get("exclusions").to_owned(),
        annotation: row.get("parts_code").to_owned(),
        parties: row
            .get("party")
            .split([' ', ';'])
            .filter(|party| !party.is_empty())
            .map(str::to_owned)
            .collect(),
        source: super::sources::written_out(row.get("source")),
        confidence: row.get("confidence").to_owned(),
        renaming: (event == "nomenclature").then(|| renaming(taxon, note)),
        note: note.to_owned(),
        window,
    })
}

/// The bounds of a day that is not known, as the row's note gives them.
fn window(event: &str, taxon: &str, in_force: &str, note: &str) -> Option<Window> {
    let of = |earliest: &str, latest: &str| {
        Some(Window { earliest: earliest.to_owned(), latest: latest.to_owned() })
    };
    if in_force.is_empty() {
        return match event {
            "App III South Africa succulents" => of("2020-08-26", "2023-02-23"),
            // "About 23 March 2022, or 90 days later": the later bound is the safe one.
            "App III France" => of("2020-08-26", "2022-06-22"),
            _ => of("2020-08-26", "2025-03-06"),
        };
    }
    if let Some((earliest, latest)) = note.split_once("window ").and_then(|(_, days)| days.split_once(" to "))
    {
        let latest = latest.get(..10).unwrap_or(latest);
        return of(earliest, latest);
    }
    if event == "AppIII-deletion" || note.contains("first possible day") {
        return of("2013-09-15", in_force);
    }
    (taxon == "Salamandra algira")
        .then(|| Window { earliest: "2014-01-01".to_owned(), latest: "2017-04-21".to_owned() })
}

fn renaming(taxon: &str, note: &str) -> Renaming {
    let Some(rest) = note.strip_prefix("was ") else {
        return Renaming::New;
    };
    let names = rest.split([';', '(']).next().unwrap_or("").trim();
    if let Some(old) = names.strip_prefix("part of ") {
        return Renaming::SplitFrom(old.to_owned());
    }
    // "was X for the Indian entry" renames one entry, not the taxon; a genus does not become a species.
    if names.starts_with("in ") || names.contains(" for ") || (!names.contains(' ') && taxon.contains(' ')) {
        return Renaming::New;
    }
    if rest.contains("; split") {
        return Renaming::SplitFrom(names.to_owned());
    }
    let names = names.strip_prefix("also ").unwrap_or(names);
    Renaming::Replaces(names.split(" + ").map(|name| name.trim().to_owned()).collect())
}

/// Reads the wordings of the column `population`: codes, codes with `(part…)`, and names of regions.
fn population(written: &str) -> Population {
    let named = match written {
        "" => return Population::default(),
        "African populations" => Some("africa"),
        "populations of the Neotropics" => Some("neotropics"),
        "Central and North America" => Some("central-and-north-america"),
        _ => None,
    };
    if let Some(key) = named {
        return Population { whole: vec![key.to_owned()], part: Vec::new() };
    }
    for (sign, place) in [("Palawan", "PH-PLW"), ("Salta", "AR-A"), ("Cispata", "cispata")] {
        if written.contains(sign) {
            return Population { whole: Vec::new(), part: vec![place.to_owned()] };
        }
    }
    codes_and_parts(written)
}

fn codes_and_parts(written: &str) -> Population {
    let mut population = Population::default();
    let mut rest = written;
    while let Some(code) = rest.get(..2) {
        let after = rest.get(2..).unwrap_or("").trim_start();
        let (in_part, next) = match after.strip_prefix('(').and_then(|inner| inner.split_once(')')) {
            Some((_, next)) => (true, next),
            None => (false, after),
        };
        if in_part { &mut population.part } else { &mut population.whole }.push(code.to_owned());
        rest = next.trim_start_matches([' ', ',', ';']);
    }
    population
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn populations_in_part_are_kept_apart() {
        let read = population("AR (part) BO CL (regions Tarapaca) EC PE");
        assert_eq!(read.whole, ["BO", "EC", "PE"]);
        assert_eq!(read.part, ["AR", "CL"]);
        assert_eq!(population("PH (Palawan Islands)").part, ["PH-PLW"]);
    }

    #[test]
    fn a_split_keeps_the_old_name_a_renaming_does_not() {
        assert_eq!(renaming("Rhoptropella", "was Phelsuma; split"), Renaming::SplitFrom("Phelsuma".into()));
        assert_eq!(
            renaming("Pongo tapanuliensis", "was part of Pongo abelii; one side read"),
            Renaming::SplitFrom("Pongo abelii".into())
        );
        assert_eq!(
            renaming("Antigone vipio", "was Grus vipio"),
            Renaming::Replaces(vec!["Grus vipio".into()])
        );
        assert_eq!(renaming("Aloe kaysei", "new accepted name"), Renaming::New);
    }
}
