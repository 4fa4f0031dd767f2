//! Builds `data/law/reservations.csv`: who reserved what, from when to when, and what ended it.
//!
//! Source of truth: the reservation steps (`/r`, `/w`) of the official history to September 2013, then the
//! table of reservations 2013 to 2026; the Secretariat's file of Appendix I reservations of July 2023 tells
//! how far an open one was seen. A reservation without a withdrawal ends when the taxon leaves the Appendix,
//! by `listings.csv`.

mod appendices;
mod later;
mod steps;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

pub use steps::{Step, read as steps};

use super::additions::{Additions, Replaced};
use super::known::Known;
use super::table::{self, Cells, cells, get, slug};
use super::{CHECKED, HISTORY_END, replay};
use crate::lawbook::reading;
use appendices::Appendices;

pub const COLUMNS: [&str; 17] = [
    "id",
    "party",
    "territory",
    "kingdom",
    "rank",
    "taxon",
    "except_taxa",
    "population",
    "appendix",
    "from",
    "until",
    "verified_to",
    "ended_by",
    "note",
    "source",
    "confidence",
    "checked",
];
const HISTORY: &str = "Species+ listing history of Sept 2013 (UNEP-WCMC)";
/// The day of the file of Appendix I reservations.
pub const FIRST_APPENDIX_FILE: &str = "2023-07-01";
const TABLE: &str = "reservations.csv";

/// Builds the table and replays the official steps against it.
///
/// # Errors
/// A download is missing or cannot be read, or the table cannot be written.
pub fn run(reference: &Path, data: &Path, known: &mut Known) -> Result<()> {
    let additions = Additions::read(data)?;
    let steps = steps(reference)?;
    println!("reservations: {} steps of the history", steps.len());
    let mut rows = paired(&steps);
    rows.iter().for_each(|row| {
        known.find(TABLE, Some(get(row, "kingdom")), get(row, "taxon"));
    });
    later::merge(reference, &mut rows, known)?;
    let mut replaced = Replaced::of(&additions.reservation);
    rows.retain(|row| !replaced.has(&key_of(row)));
    replaced.all_met()?;
    rows.extend(additions.reservation.iter().map(|addition| addition.cells.clone()));
    end_with_the_listing(data, &mut rows, known)?;
    see_open_ones(reference, &mut rows, known)?;
    rows.sort_by_key(|row| {
        ["kingdom", "taxon", "from", "party", "territory"].map(|column| get(row, column).to_owned())
    });
    rows.iter_mut().for_each(give_id);
    later::compare_with_file(reference, &rows, known)?;
    table::write(&data.join("law").join(TABLE), &COLUMNS, &mut rows)?;
    println!(
        "  {} rows, {} of them open",
        rows.len(),
        rows.iter().filter(|row| get(row, "until").is_empty()).count()
    );
    replay::report(&steps, &rows);
    Ok(())
}

/// How a row is named in `bars_additions.toml`.
fn key_of(row: &Cells) -> String {
    ["taxon", "appendix", "party", "territory", "from"].map(|column| get(row, column)).join("|")
}

fn give_id(row: &mut Cells) {
    let territory = get(row, "territory").to_lowercase();
    let holder = get(row, "party").to_lowercase() + if territory.is_empty() { "" } else { "-" } + &territory;
    let id = format!("{}.{holder}.{}.{}", slug(get(row, "taxon")), get(row, "from"), get(row, "appendix"));
    row.insert("id".to_owned(), id);
}

/// Pairs entries with withdrawals: of one Party, taxon, Appendix, territory and population, the oldest first.
fn paired(steps: &[Step]) -> Vec<Cells> {
    let mut groups: BTreeMap<_, Vec<&Step>> = BTreeMap::new();
    for step in steps {
        groups.entry(step.group()).or_default().push(step);
    }
    let mut rows = Vec::new();
    for (_, mut group) in groups {
        group.sort_by(|a, b| a.day.cmp(&b.day));
        pair(&group, &mut rows);
    }
    rows
}

fn pair(group: &[&Step], rows: &mut Vec<Cells>) {
    let days: BTreeSet<&str> = group.iter().map(|step| step.day.as_str()).collect();
    let mut open: Option<&Step> = None;
    for day in days {
        let of_day = || group.iter().filter(|step| step.day == day);
        let mut withdrawn = of_day().filter(|step| !step.enters).count();
        if let (Some(entered), true) = (open, withdrawn > 0) {
            rows.push(row(entered, Some((day, "withdrawn"))));
            (open, withdrawn) = (None, withdrawn - 1);
        }
        for entered in of_day().filter(|step| step.enters) {
            if let Some(before) = open.filter(|before| before.day != entered.day) {
                rows.push(row(before, Some((day, "entered anew"))));
            }
            open = Some(entered);
        }
        if withdrawn > 0 {
            let what = if open.take().is_some() {
                "entered and withdrawn on one day"
            } else {
                "withdrawn, never entered"
            };
            println!(
                "  {what}: {}",
                group.first().map_or(String::new(), |step| format!("{} {day}", step.told()))
            );
        }
    }
    rows.extend(open.map(|entered| row(entered, None)));
}

fn row(step: &Step, end: Option<(&str, &str)>) -> Cells {
    let (until, ended_by) = end.unwrap_or_default();
    let verified_to = match (end.is_some(), step.current) {
        (true, _) => "",
        (false, true) => HISTORY_END,
        (false, false) => &step.day,
    };
    let mut row = cells([
        ("party", step.party.clone()),
        ("territory", step.territory.clone()),
        ("kingdom", step.kingdom.to_owned()),
        ("rank", step.rank.clone()),
        ("taxon", step.taxon.clone()),
        ("except_taxa", step.except_taxa.join(";")),
        ("population", step.population.clone()),
        ("appendix", step.appendix.clone()),
        ("from", step.day.clone()),
        ("until", until.to_owned()),
        ("verified_to", verified_to.to_owned()),
        ("ended_by", ended_by.to_owned()),
        ("note", step.note.clone()),
    ]);
    provenance(&mut row, HISTORY, "F");
    row
}

fn provenance(row: &mut Cells, source: &str, confidence: &str) {
    for (column, cell) in [("source", source), ("confidence", confidence), ("checked", CHECKED)] {
        row.insert(column.to_owned(), cell.to_owned());
    }
}

/// Ends the open reservations whose taxon has left the Appendix.
fn end_with_the_listing(data: &Path, rows: &mut [Cells], known: &Known) -> Result<()> {
    let appendices = Appendices::read(data, known)?;
    for row in rows.iter_mut().filter(|row| get(row, "until").is_empty()) {
        let (kingdom, taxon) = (get(row, "kingdom"), get(row, "taxon"));
        let left = appendices.left(&known.lineage(kingdom, taxon), get(row, "appendix"), get(row, "from"));
        let Some((day, now)) = left else { continue };
        println!("  ended by the Appendices on {day} ({now}): {}", key_of(row));
        row.insert("until".to_owned(), day);
        row.insert("ended_by".to_owned(), now);
        row.remove("verified_to");
    }
    Ok(())
}

/// An open Appendix I reservation was seen as far as the file of July 2023, where it is in it; one that the
/// history marks as past is current where the taxon above it has one of the same Party and day.
fn see_open_ones(reference: &Path, rows: &mut [Cells], known: &Known) -> Result<()> {
    let open_in_file = later::open_in_file_of_appendix_i(reference, known)?;
    let current: BTreeSet<_> = rows
        .iter()
        .filter(|row| get(row, "verified_to") == HISTORY_END)
        .map(|row| ["party", "appendix", "from", "taxon"].map(|column| get(row, column).to_owned()))
        .collect();
    for row in rows.iter_mut().filter(|row| get(row, "until").is_empty() && get(row, "source") == HISTORY) {
        let lineage = known.lineage(get(row, "kingdom"), get(row, "taxon"));
        let own = |taxon: &String| {
            [get(row, "party"), get(row, "appendix"), get(row, "from"), taxon].map(str::to_owned)
        };
        let above_is_current = lineage.iter().skip(1).any(|taxon| current.contains(&own(taxon)));
        let in_file = lineage
            .first()
            .is_some_and(|taxon| open_in_file.contains(&(get(row, "party").to_owned(), taxon.clone())));
        if get(row, "appendix") == "I" && in_file {
            row.insert("verified_to".to_owned(), FIRST_APPENDIX_FILE.to_owned());
        } else if above_is_current {
            row.insert("verified_to".to_owned(), HISTORY_END.to_owned());
        } else if get(row, "verified_to") != HISTORY_END {
            append(row, "note", "marked as no longer current in Sept 2013; no withdrawal is printed");
        }
    }
    Ok(())
}

/// Adds words to a cell.
fn append(row: &mut Cells, column: &str, words: &str) {
    let cell = row.entry(column.to_owned()).or_default();
    if !cell.is_empty() {
        cell.push_str("; ");
    }
    cell.push_str(words);
}

/// Reads the rows of a file of `rules`.
fn rules(reference: &Path, file: &str) -> Result<Vec<reading::Row>> {
    reading::rows(&reference.join("rules").join(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(day: &str, enters: bool) -> Step {
        Step {
            kingdom: "Animalia",
            rank: "species".to_owned(),
            taxon: "Falco cherrug".to_owned(),
            appendix: "II".to_owned(),
            enters,
            day: day.to_owned(),
            party: "AE".to_owned(),
            territory: String::new(),
            population: String::new(),
            except_taxa: Vec::new(),
            note: String::new(),
            current: true,
        }
    }

    fn spans(steps: &[(&str, bool)]) -> Vec<String> {
        let steps: Vec<Step> = steps.iter().map(|(day, enters)| step(day, *enters)).collect();
        let rows = paired(&steps);
        rows.iter()
            .map(|row| format!("{}..{} {}", get(row, "from"), get(row, "until"), get(row, "ended_by")))
            .collect()
    }

    #[test]
    fn an_entry_runs_to_its_withdrawal() {
        assert_eq!(
            spans(&[("1990-01-18", true), ("1991-01-11", false)]),
            ["1990-01-18..1991-01-11 withdrawn"]
        );
        assert_eq!(spans(&[("1990-01-18", true)]), ["1990-01-18.. "]);
    }

    #[test]
    fn an_entry_and_withdrawal_of_one_day_hold_on_no_day() {
        assert!(spans(&[("1981-06-06", true), ("1981-06-06", false)]).is_empty());
    }

    #[test]
    fn a_second_entry_takes_the_place_of_the_first() {
        let spans = spans(&[("1980-11-04", true), ("1981-06-06", true)]);
        assert_eq!(spans, ["1980-11-04..1981-06-06 entered anew", "1981-06-06.. "]);
    }

    #[test]
    fn a_withdrawal_of_the_day_of_a_new_entry_ends_the_old_one() {
        let spans = spans(&[("1980-01-01", true), ("1985-01-01", false), ("1985-01-01", true)]);
        assert_eq!(spans, ["1980-01-01..1985-01-01 withdrawn", "1985-01-01.. "]);
    }
}
