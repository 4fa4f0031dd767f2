//! Consignments, as TOML and as JSON.

use border::Verdict;
use border::consignment::{Consignment, ConsignmentError, from_json, from_toml};
use cites::Day;
use species::Names;

use crate::{book, parts};

/// The day of the law.
const ON: Day = Day::new(2026, 3, 5);
/// How many problems are told at most, and the longest of them.
const PROBLEMS: usize = 100;
const MESSAGE_LETTERS: usize = 1_000;

/// What is read of a TOML consignment; see [`consignment_json`].
pub fn consignment_toml(bytes: &[u8]) {
    let text = parts::text(bytes);
    let read = from_toml(&text);
    judged(&text, &read);
    assert_eq!(from_toml(&format!("\u{feff}{}", text.trim_start_matches('\u{feff}'))).is_ok(), read.is_ok());
}

/// A consignment is read or every problem is told with its place; one that is read is answered line by line,
/// and a name that stands for nothing never crosses. What is read as JSON is JSON to others too.
pub fn consignment_json(bytes: &[u8]) {
    let text = parts::text(bytes);
    let read = from_json(&text);
    judged(&text, &read);
    if read.is_ok() {
        let text = text.trim_start_matches('\u{feff}');
        let other: Result<serde::de::IgnoredAny, _> = serde_json::from_str(text);
        assert!(other.is_ok(), "{other:?}");
        assert_eq!(from_json(&format!(" {text}\r\n\t")), read, "white space around it changes nothing");
    }
}

fn judged(text: &str, read: &Result<Consignment, ConsignmentError>) {
    match read {
        Ok(consignment) => answered(consignment),
        Err(error) => told(text, error),
    }
}

fn told(text: &str, error: &ConsignmentError) {
    assert!((1..=PROBLEMS).contains(&error.problems.len()), "{} problems", error.problems.len());
    let lines = text.split('\n').count();
    for problem in &error.problems {
        assert!((1..=lines).contains(&problem.place.line), "{problem} in {lines} lines");
        let line = text.split('\n').nth(problem.place.line - 1).unwrap_or_default();
        assert!((1..=line.chars().count() + 1).contains(&problem.place.column), "{problem}");
        let told = problem.to_string();
        assert!(told.chars().count() <= MESSAGE_LETTERS, "{} letters", told.chars().count());
        assert!(!told.contains(char::is_control), "{told:?}");
    }
}

fn answered(consignment: &Consignment) {
    let book = book::shipped();
    let sources = book.sources().unwrap_or_else(|faults| unreachable!("the shipped book: {faults}"));
    let names = Names::shipped(book.backbone());
    let verdicts = border::check(consignment, &sources, &names, ON);
    assert_eq!(verdicts.lines.len(), consignment.lines.len(), "every line is answered");
    for line in &verdicts.lines {
        assert!(line.verdict <= verdicts.verdict, "the worst line is the whole");
        let may_cross = line.verdict < Verdict::Refer;
        assert!(!may_cross || line.name.taxon.is_some(), "nothing known crosses: {:?}", line.name);
    }
    let again = border::check(consignment, &sources, &names, ON);
    assert_eq!(format!("{verdicts:?}"), format!("{again:?}"), "asked twice, answered twice the same");
}
