//! `cargo xtask agreement`: the book compared with the official states, row by row, in one table.
//!
//! Source of truth: the official states themselves, which check the book and are the source of none of its
//! rows. Every difference is printed; those that are known stand in `docs/reference/differences/` with
//! their cause.

mod canada;
mod checklist;
mod history;

use std::path::Path;

use anyhow::{Context, Result, anyhow};
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
    let text = |name: &str| std::fs::read_to_string(data.join(name)).with_context(|| format!("reading `{name}`"));
    let taxa = text("species/taxa.csv")?;
    let backbone = Backbone::from_tables(&taxa, &text("species/synonyms.csv")?, "").map_err(|faults| first_of(&faults))?;
    let listings = Listings::from_tables(&text("law/listings.csv")?, &text("law/populations.csv")?, &backbone);
    Ok(Book { listings: listings.map_err(|faults| first_of(&faults))?, backbone })
}

fn first_of<E: std::fmt::Display>(faults: &[E]) -> anyhow::Error {
    let shown: Vec<String> = faults.iter().take(20).map(ToString::to_string).collect();
    anyhow!("{} faults:\n{}", faults.len(), shown.join("\n"))
}

/// One comparison: its name, how many rows agree, and the rows that differ.
pub struct Comparison {
    pub name: &'static str,
    pub rows: usize,
    pub differences: Vec<String>,
}

/// Compares the book in `root` with every official state.
///
/// # Errors
/// A table cannot be read.
pub fn run(root: &Path) -> Result<()> {
    let reference = crate::data::reference(root);
    let book = load(&root.join("data"))?;
    let comparisons = [
        checklist::compare(&book, &reference)?,
        history::compare(&book, &reference)?,
        canada::compare(&book, &reference, "Canada 25 Aug 2020", "2020-08-25")?,
        canada::compare(&book, &reference, "Canada 6 Mar 2025", "2025-03-06")?,
    ];
    for comparison in &comparisons {
        for difference in &comparison.differences {
            println!("{}: {difference}", comparison.name);
        }
    }
    for comparison in &comparisons {
        let wrong = comparison.differences.len();
        let share = 100.0 * (comparison.rows - wrong) as f64 / comparison.rows.max(1) as f64;
        println!("{:<28} {:>7} rows {:>6} differ {share:>8.3} %", comparison.name, comparison.rows, wrong);
    }
    Ok(())
}
