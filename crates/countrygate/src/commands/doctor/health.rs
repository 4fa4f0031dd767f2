//! How old the tables are and how much of them is not verified.

use cites::{Confidence, Day};
use law::book::Tables;
use serde::Serialize;

/// The state of one table.
#[derive(Debug, Serialize)]
pub struct TableHealth {
    pub path: String,
    /// Whether it comes from the folder of `--book`.
    pub laid_over: bool,
    pub rows: usize,
    /// The last and the earliest day on which a row was compared with its source.
    pub checked_newest: Option<Day>,
    pub checked_oldest: Option<Day>,
    /// Days since `checked_oldest`.
    pub age_days: Option<i32>,
    /// The ids of rows from memory or in conflict; their lines where they have no id.
    pub unverified: Vec<String>,
}

/// The columns of [`HealthRow`].
pub const COLUMNS: [&str; 7] =
    ["path", "laid_over", "rows", "checked_newest", "checked_oldest", "age_days", "unverified"];

/// A table's state as a row.
#[derive(Debug, Serialize)]
pub struct HealthRow<'t> {
    path: &'t str,
    laid_over: bool,
    rows: usize,
    checked_newest: Option<Day>,
    checked_oldest: Option<Day>,
    age_days: Option<i32>,
    unverified: usize,
}

impl TableHealth {
    /// The state as a row of a table.
    pub fn row(&self) -> HealthRow<'_> {
        HealthRow {
            path: &self.path,
            laid_over: self.laid_over,
            rows: self.rows,
            checked_newest: self.checked_newest,
            checked_oldest: self.checked_oldest,
            age_days: self.age_days,
            unverified: self.unverified.len(),
        }
    }

    fn see(&mut self, checked: Option<Day>, is_verified: bool, id: impl FnOnce() -> String) {
        self.rows += 1;
        if let Some(day) = checked {
            self.checked_newest = Some(self.checked_newest.map_or(day, |known| known.max(day)));
            self.checked_oldest = Some(self.checked_oldest.map_or(day, |known| known.min(day)));
        }
        if !is_verified {
            self.unverified.push(id());
        }
    }
}

/// The state of every table on a day.
pub fn health(tables: &Tables, on: Day) -> Vec<TableHealth> {
    let shipped = crate::shipped::shipped();
    let state = tables.iter().map(|(path, text)| {
        let mut table = TableHealth {
            path: path.to_owned(),
            laid_over: shipped.digest(path) != tables.digest(path),
            rows: 0,
            checked_newest: None,
            checked_oldest: None,
            age_days: None,
            unverified: Vec::new(),
        };
        if path.ends_with(".toml") {
            of_rules(text, &mut table)
        } else {
            of_rows(text, &mut table)
        }
        table.age_days = table.checked_oldest.map(|oldest| oldest.days_until(on));
        table
    });
    state.collect()
}

/// A row that cannot be read does not load, so that none is lost here.
fn of_rows(text: &str, table: &mut TableHealth) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else { return };
    let place = |column: &str| header.iter().position(|name| name == column);
    let (checked, confidence, id) = (place("checked"), place("confidence"), place("id"));
    for row in reader.records().filter_map(Result::ok) {
        let cell = |place: Option<usize>| place.and_then(|place| row.get(place)).unwrap_or("");
        let line = row.position().map_or(0, csv::Position::line);
        let is_verified = cell(confidence).parse::<Confidence>().map_or(true, Confidence::is_verified);
        table.see(cell(checked).parse().ok(), is_verified, || match cell(id) {
            "" => format!("line {line}"),
            id => id.to_owned(),
        });
    }
}

/// Rules and what a pack says of itself: lines that begin a row or give its day. The files were read as TOML
/// when the book was loaded.
fn of_rules(text: &str, table: &mut TableHealth) {
    let values = |key: &str| {
        text.lines()
            .filter_map(move |line| line.strip_prefix(key)?.trim_start().strip_prefix('='))
            .collect::<Vec<_>>()
    };
    let rows = text.lines().filter(|line| line.starts_with("[[")).count();
    for day in values("checked") {
        table.see(day.trim().parse().ok(), true, String::new);
    }
    let unverified = values("confidence")
        .into_iter()
        .filter(|value| matches!(value.trim().trim_matches('"'), "M" | "C"))
        .count();
    table.rows = rows;
    table.unverified = (0..unverified).map(|_| "a row of the file".to_owned()).collect();
}
