//! The suspensions of September 2013 that the later table does not repeat: bans of Parties since 1984, and a
//! few recommendations.
//!
//! Source of truth: `suspensions_2013_cr_line_ends.csv` (its lines end in CR) with `suspension_notifications.csv`.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;

use crate::bars::names::Names;
use crate::bars::table::{Cells, cells};
use crate::bars::{CHECKED, HISTORY_END};
use crate::lawbook::reading::{self, Row};

/// The last notification whose recommendations the later table does not repeat.
const LAST_NOT_REPEATED: u32 = 16;
const SOURCE: &str = "Species+ suspensions file of 2013 (UNEP-WCMC)";

/// The rows with their keys, `2013|country|taxon`; `None` where the phrase is not known.
///
/// # Errors
/// A file is missing, no CSV, or a day in it cannot be read.
pub fn rows(reference: &Path) -> Result<Vec<(String, Option<Cells>)>> {
    let folder = reference.join("listings/history_1975_2013");
    let names = Names::read(&folder)?;
    let notifications = notifications(&folder)?;
    let file = reading::rows(&folder.join("suspensions_2013_cr_line_ends.csv"))?;
    println!("suspensions: {} rows of 2013, {} notifications", file.len(), notifications.len());
    let mut rows = Vec::new();
    for row in &file {
        let number = row.get("StartNotificationID");
        let Some(notification) = notifications.get(number) else { continue };
        if number.parse::<u32>().is_ok_and(|number| number <= LAST_NOT_REPEATED) {
            let taxon = taxon(row, &names);
            let key =
                format!("2013|{}|{}", row.get("ISO code"), if taxon.is_empty() { "all" } else { &taxon });
            rows.push((key, read(row, &taxon, notification)));
        }
    }
    Ok(rows)
}

struct Notification {
    day: String,
    name: String,
    basis: &'static str,
}

fn notifications(folder: &Path) -> Result<HashMap<String, Notification>> {
    let mut notifications = HashMap::new();
    for row in reading::rows(&folder.join("suspension_notifications.csv"))? {
        if row.get("Designation") != "CITES" || row.get("Date valid from").is_empty() {
            continue;
        }
        let basis = match row.get("Basis for Suspension") {
            basis if basis.starts_with("National trade ban") => "national",
            basis if basis.contains("Significant trade") => "significant-trade",
            _ => "compliance",
        };
        let name = row.get("LnmShortDesc").replace("CITES Notif. No. ", "");
        let day = reading::iso_day(row.get("Date valid from"))?;
        notifications.insert(row.get("Legacy_ID").to_owned(), Notification { day, name, basis });
    }
    Ok(notifications)
}

fn taxon(row: &Row, names: &Names) -> String {
    let kingdom = if row.get("Kingdom") == "Plantae" { "Plantae" } else { "Animalia" };
    match row.get("Rank") {
        "" => String::new(),
        "KINGDOM" => kingdom.to_owned(),
        rank => names.full(kingdom, rank, row.get("RecID")).unwrap_or_default(),
    }
}

/// Reads the phrase of a row: what is stopped, and what is outside.
fn read(row: &Row, taxon: &str, notification: &Notification) -> Option<Cells> {
    let note = reading::plain(row.get("Notes"));
    let (direction, purposes, exceptions) = match note.trim_end_matches('.') {
        note if note.starts_with("All exports") => ("export", "", String::new()),
        note if note.starts_with("The export of live specimens, as well as of parts and derivatives") => {
            ("export", "", outside(note))
        }
        "All commercial trade in specimens of CITES-listed species" => {
            ("export import re-export", "T", String::new())
        }
        "The export of CITES-listed species for commercial purposes" => ("export", "T", String::new()),
        _ => return None,
    };
    let scope = if notification.basis == "compliance" { "all" } else { "ordinary" };
    Some(cells([
        ("country", row.get("ISO code").to_owned()),
        ("basis", notification.basis.to_owned()),
        ("direction", direction.to_owned()),
        ("taxon", taxon.to_owned()),
        ("purposes", purposes.to_owned()),
        ("scope", scope.to_owned()),
        ("from", notification.day.clone()),
        ("verified_to", HISTORY_END.to_owned()),
        ("exceptions", exceptions),
        ("notification", notification.name.clone()),
        ("source", SOURCE.to_owned()),
        ("confidence", "F".to_owned()),
        ("checked", CHECKED.to_owned()),
    ]))
}

fn outside(note: &str) -> String {
    if note.contains("except for specimens from ranching") {
        "sources=R".to_owned()
    } else if note.contains("except for trophies") {
        "terms=TRO".to_owned()
    } else {
        String::new()
    }
}
