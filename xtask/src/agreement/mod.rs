//! `cargo xtask agreement`: the book compared with the official states, row by row, in one table.
//!
//! Source of truth: the official states themselves, which check the book and are the source of none of its
//! rows. Every difference is printed; those that are known stand in `docs/reference/differences/` with
//! their cause.

mod canada;
mod checklist;
mod history;
mod trade;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use law::Listings;
use species::Backbone;

/// The shipped tables, loaded as the program loads them.
pub struct Book {
    pub backbone: Backbone,
    pub listings: Listings,
}

/// Loads the shipped tables from `data`.
///
/// # Errors
/// A table is missing or has a fault.
pub fn load(data: &Path) -> Result<Book> {
    let text =
        |name: &str| std::fs::read_to_string(data.join(name)).with_context(|| format!("reading `{name}`"));
    let taxa = text("species/taxa.csv")?;
    let backbone = Backbone::from_tables(&taxa, &text("species/synonyms.csv")?, "")
        .map_err(|faults| first_of(&faults))?;
    let listings =
        Listings::from_tables(&text("law/listings.csv")?, &text("law/populations.csv")?, &backbone);
    Ok(Book { listings: listings.map_err(|faults| first_of(&faults))?, backbone })
}

fn first_of<E: std::fmt::Display>(faults: &[E]) -> anyhow::Error {
    let shown: Vec<String> = faults.iter().take(20).map(ToString::to_string).collect();
    anyhow!("{} faults:\n{}", faults.len(), shown.join("\n"))
}

/// One row on which the book and the official state differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The row: a taxon, and what tells it from the taxon's other rows.
    pub row: String,
    /// What the official state says.
    pub official: String,
    /// What the book says.
    pub book: String,
}

/// One comparison: its name, the file of its known differences, how many rows, and those that differ.
pub struct Comparison {
    pub name: &'static str,
    pub file: &'static str,
    pub rows: usize,
    pub differences: Vec<Difference>,
}

/// Where the known differences are kept, with their causes.
const KNOWN: &str = "docs/reference/differences";

/// Compares the book in `root` with every official state.
///
/// # Errors
/// A table cannot be read.
pub fn compare(root: &Path) -> Result<Vec<Comparison>> {
    let reference = crate::data::reference(root);
    let book = load(&root.join("data"))?;
    let mut comparisons = vec![
        checklist::compare(&book, &reference)?,
        history::compare(&book, &reference)?,
        canada::compare(&book, &reference, "Canada 25 Aug 2020", "2020-08-25")?,
        canada::compare(&book, &reference, "Canada 6 Mar 2025", "2025-03-06")?,
    ];
    comparisons.extend(trade::compare(root, &reference)?);
    Ok(comparisons)
}

/// Prints the differences that are not known, those that are known and gone, and one table.
///
/// # Errors
/// A table cannot be read, or a difference is not known or gone.
pub fn run(root: &Path) -> Result<()> {
    let comparisons = compare(root)?;
    let mut surprises = 0;
    for comparison in &comparisons {
        for surprise in surprises_of(root, comparison)? {
            println!("{}: {surprise}", comparison.name);
            surprises += 1;
        }
    }
    println!("{:<24} {:>7} {:>7} {:>9}", "official state", "rows", "differ", "agree");
    for comparison in &comparisons {
        let wrong = comparison.differences.len();
        let share = 100.0 * (comparison.rows - wrong) as f64 / comparison.rows.max(1) as f64;
        println!("{:<24} {:>7} {wrong:>7} {share:>7.3} %", comparison.name, comparison.rows);
    }
    if surprises > 0 {
        bail!(
            "{surprises} differences are not as {KNOWN} has them; find the cause, mend the data or write the row there"
        );
    }
    Ok(())
}

/// What is new or gone against the known differences of a comparison.
fn surprises_of(root: &Path, comparison: &Comparison) -> Result<Vec<String>> {
    let file = root.join(KNOWN).join(comparison.file);
    let rows = if file.exists() { crate::lawbook::reading::rows(&file)? } else { Vec::new() };
    let known: BTreeSet<Difference> = rows
        .iter()
        .map(|row| Difference {
            row: row.get("row").to_owned(),
            official: row.get("official").to_owned(),
            book: row.get("book").to_owned(),
        })
        .collect();
    let found: BTreeSet<Difference> = comparison.differences.iter().cloned().collect();
    let tell = |what: &str, difference: &Difference| {
        format!("{what}: {},{},{}", difference.row, difference.official, difference.book)
    };
    let new = found.difference(&known).map(|difference| tell("new", difference));
    let gone = known.difference(&found).map(|difference| tell("gone", difference));
    Ok(new.chain(gone).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The book may differ from an official state only in the rows that are known, each with its cause.
    #[test]
    fn every_difference_from_an_official_state_is_known() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        if !crate::data::reference(root).is_dir() {
            eprintln!(
                "SKIPPED: no reference data; set COUNTRYGATE_REFERENCE to compare with the official states"
            );
            return;
        }
        for comparison in compare(root).unwrap() {
            let surprises = surprises_of(root, &comparison).unwrap();
            assert!(surprises.is_empty(), "{}: {surprises:#?}", comparison.name);
        }
    }
}
