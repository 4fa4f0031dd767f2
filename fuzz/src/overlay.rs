//! What an office lays over the book. A line `=== path` begins each table.

use law::book::{LawBook, Tables};

use crate::{book, parts};

/// A book with the office's tables loads, or each fault names a table and a line; one that loads has every
/// row of its own and is another edition.
pub fn overlay(bytes: &[u8]) {
    let text = parts::text(bytes);
    let plain = book::small_tables();
    let mut tables = plain.clone();
    let files = parts::parts(&text);
    for (path, text) in &files {
        let path = format!("office/{path}");
        if Tables::is_table(&path) {
            tables.insert(path, (*text).to_owned());
        }
    }
    let is_plain = tables == plain;
    let edition = tables.edition();
    assert_eq!(edition == plain.edition(), is_plain, "another text is another edition");
    match LawBook::from_tables(tables.clone()) {
        Ok(book) => {
            let suspensions = book.suspensions().map_or(0, |table| table.rows().len());
            assert!(suspensions >= 1, "what was shipped is kept or superseded");
        }
        Err(faults) => {
            assert!(!faults.0.is_empty());
            for fault in &faults.0 {
                let text = tables.get(&fault.path);
                assert!(fault.path.starts_with("office/") || fault.path.starts_with("law/"), "{fault}");
                let is_merged = fault.path.starts_with("law/");
                assert!(is_merged || text.is_some_and(|text| fault.line <= parts::lines(text)), "{fault}");
                assert!(!fault.problem.is_empty());
            }
        }
    }
}
