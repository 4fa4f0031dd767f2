//! What an office has confirmed itself, laid over tables of law.
//!
//! Source of truth: the folder `office` of a book: tables of the same columns, with the `person` who confirmed
//! each row and the `day`. A row takes the place of the one with its id, or is added. The Appendices and the
//! rules cannot be laid over here: a book that changes them is another book.

use std::borrow::Cow;
use std::collections::HashSet;

use cites::Day;

use super::{BookError, Tables};

/// The tables of law that an office may confirm rows of.
const LAW: [&str; 2] = ["law/suspensions.csv", "law/reservations.csv"];

/// The text of the table `path` with the rows that the office has confirmed.
pub(super) fn laid_over<'t>(
    tables: &'t Tables,
    path: &str,
    text: &'t str,
) -> Result<Cow<'t, str>, Vec<BookError>> {
    let above = format!("office/{path}");
    let Some(confirmed) = tables.get(&above).filter(|_| LAW.contains(&path)) else { return Ok(text.into()) };
    merged(text, confirmed, &above).map(Cow::Owned)
}

/// Every table in the folder of the office must be one that an office may confirm.
pub(super) fn unknown(tables: &Tables) -> Vec<BookError> {
    let told = |path: &str| {
        let known = path.strip_prefix("office/").is_some_and(|path| {
            let mut parts = path.split('/');
            let pack =
                parts.next() == Some("packs") && parts.next().is_some_and(|name| has_pack(tables, name));
            pack || LAW.contains(&path)
        });
        (!known).then(|| BookError {
            path: path.to_owned(),
            line: 0,
            column: String::new(),
            problem: format!(
                "an office confirms rows of {} and of the packs' tables; no other",
                LAW.join(", ")
            ),
        })
    };
    tables.below("office").filter_map(|(path, _)| told(path)).collect()
}

fn has_pack(tables: &Tables, name: &str) -> bool {
    tables.get(&format!("packs/{name}/pack.toml")).is_some()
}

fn merged(text: &str, confirmed: &str, path: &str) -> Result<String, Vec<BookError>> {
    let fault = |line, column: &str, problem: String| {
        vec![BookError { path: path.to_owned(), line, column: column.to_owned(), problem }]
    };
    let broken =
        |error: csv::Error| fault(error.position().map_or(0, csv::Position::line), "", error.to_string());
    let mut shipped = csv::Reader::from_reader(text.as_bytes());
    let header = shipped.headers().map_err(broken)?.clone();
    let mut office = csv::Reader::from_reader(confirmed.as_bytes());
    let given = office.headers().map_err(broken)?.clone();
    let place = |column: &str| given.iter().position(|name| name == column);
    if let Some(missing) = header.iter().chain(["person", "day"]).find(|column| place(column).is_none()) {
        return Err(fault(1, missing, "the column is missing; add it to the header".to_owned()));
    }
    let cell = |row: &csv::StringRecord, column: &str| {
        place(column).and_then(|at| row.get(at)).unwrap_or("").trim().to_owned()
    };
    let (mut rows, mut ids, mut faults) = (Vec::new(), HashSet::new(), Vec::new());
    for row in office.records() {
        let row = row.map_err(broken)?;
        let line = row.position().map_or(0, csv::Position::line);
        if cell(&row, "person").is_empty() {
            faults.extend(fault(line, "person", "the cell is empty; write who confirmed the row".to_owned()));
        }
        if let Err(error) = cell(&row, "day").parse::<Day>() {
            faults.extend(fault(line, "day", format!("{error}; it is the day of the confirmation")));
        }
        ids.insert(cell(&row, "id"));
        rows.push(header.iter().map(|column| cell(&row, column)).collect::<csv::StringRecord>());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let id = header.iter().position(|column| column == "id");
    let mut written = csv::Writer::from_writer(Vec::new());
    written.write_record(&header).map_err(broken)?;
    for row in shipped.records() {
        let row = row.map_err(broken)?;
        if !id.and_then(|id| row.get(id)).is_some_and(|id| ids.contains(id)) {
            written.write_record(&row).map_err(broken)?;
        }
    }
    rows.iter().try_for_each(|row| written.write_record(row)).map_err(broken)?;
    let bytes = written.into_inner().unwrap_or_default();
    String::from_utf8(bytes).map_err(|error| fault(0, "", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = "id,until\na,\nb,\n";

    #[test]
    fn a_confirmed_row_takes_the_place_of_its_id() {
        let confirmed = "id,until,person,day\na,2026-01-01,A. Officer,2026-02-01\nc,,A. Officer,2026-02-01\n";
        assert_eq!(
            merged(SHIPPED, confirmed, "office/law/t.csv").unwrap(),
            "id,until\nb,\na,2026-01-01\nc,\n"
        );
    }

    #[test]
    fn who_confirmed_and_when_must_be_told() {
        for (confirmed, expected) in [
            ("id,until\na,\n", "office/law/t.csv line 1, column person: "),
            ("id,until,person,day\na,,,2026-02-01\n", "office/law/t.csv line 2, column person: "),
            ("id,until,person,day\na,,A. Officer,\n", "office/law/t.csv line 2, column day: "),
        ] {
            let faults = merged(SHIPPED, confirmed, "office/law/t.csv").unwrap_err();
            assert!(faults[0].to_string().starts_with(expected), "{}", faults[0]);
        }
    }
}
