//! `cargo xtask agreement`: the book compared with the official states and records, row by row, in one table.
//!
//! Source of truth: the other sides themselves, which check the book and are the source of none of its rows.
//! Every difference that is not known is printed; those that are known stand in `docs/reference/differences/`
//! with their cause.

mod avilist;
mod canada;
mod checklist;
mod history;
pub mod known;
mod speciesplus;
pub mod table;
mod trade;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use law::Listings;
use law::book::{LawBook, Tables};
use species::Backbone;
use species::imported::NameSet;

pub use known::{Cause, Difference, Figure, Known, Whose};

/// The shipped tables, loaded as the program loads them.
#[derive(Clone, Copy)]
pub struct Book<'b> {
    pub law: &'b LawBook,
    pub backbone: &'b Backbone,
    pub listings: &'b Listings,
}

/// One comparison: its name, the file of its known differences, how many rows, and those that differ, with
/// the cause where the comparison itself tells it.
pub struct Comparison {
    pub name: &'static str,
    pub file: &'static str,
    pub rows: usize,
    pub differences: Vec<(Difference, Option<Cause>)>,
    /// What else was found, printed before the table.
    pub report: String,
}

impl Comparison {
    fn new(name: &'static str, file: &'static str) -> Comparison {
        Comparison { name, file, rows: 0, differences: Vec::new(), report: String::new() }
    }

    /// Notes a row that differs. A number tells it from rows that are written alike.
    fn differs(&mut self, row: impl Into<String>, official: impl Into<String>, book: impl Into<String>) {
        let (row, official, book) = (row.into(), official.into(), book.into());
        let mut difference = Difference { row: row.clone(), official, book };
        let mut number = 1;
        while self.differences.iter().any(|(other, _)| *other == difference) {
            number += 1;
            difference.row = format!("{row} ({number})");
        }
        self.differences.push((difference, None));
    }

    fn figure(&self) -> Figure {
        let (state, file) = (self.name.to_owned(), self.file.to_owned());
        Figure { state, file, rows: self.rows, differ: self.differences.len() }
    }
}

/// The law book of the tables in `data`.
fn book(data: &Path) -> Result<LawBook> {
    let mut tables = Tables::new();
    for folder in ["species", "law", "packs"] {
        collect(data, folder, &mut tables)?;
    }
    let edition = tables.edition();
    Ok(LawBook::open(tables, edition)?)
}

fn collect(data: &Path, folder: &str, tables: &mut Tables) -> Result<()> {
    for entry in std::fs::read_dir(data.join(folder)).with_context(|| format!("reading `{folder}`"))? {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(data, &name, tables)?;
        } else if Tables::is_table(&name) {
            tables.insert(name, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

/// The names of the Index as an import keeps them.
fn names_of_index(reference: &Path, backbone: &Backbone) -> Result<Vec<u8>> {
    let text =
        crate::lawbook::reading::text(&reference.join("listings/Index_of_CITES_Species_2017-04-21.csv.gz"))?;
    let mut set = NameSet::default();
    set.merge(&species::import::index_csv(&text)?.rows);
    Ok(species::write_joined(&set, backbone))
}

/// Compares the book in `root` with every other side, on two cores.
///
/// # Errors
/// A table cannot be read.
pub fn compare(root: &Path) -> Result<Vec<Comparison>> {
    let reference = crate::data::reference(root);
    let law = book(&root.join("data"))?;
    let book = Book { law: &law, backbone: law.backbone(), listings: law.listings()? };
    let index = names_of_index(&reference, law.backbone())?;
    let (states, records) = std::thread::scope(|scope| {
        let records = scope.spawn(|| trade::compare(&law, &reference, &index));
        let states = states(book, &reference, &root.join("data"), &index);
        (states, records.join())
    });
    let mut comparisons = states?;
    comparisons.extend(records.map_err(|_| anyhow!("the comparison with the trade records broke off"))??);
    Ok(comparisons)
}

fn states(book: Book<'_>, reference: &Path, data: &Path, index: &[u8]) -> Result<Vec<Comparison>> {
    let mut comparisons = checklist::compare(book, reference, index)?;
    comparisons.push(history::compare(book, reference)?);
    comparisons.push(canada::compare(book, reference, &canada::AUGUST_2020)?);
    comparisons.push(canada::compare(book, reference, &canada::MARCH_2025)?);
    comparisons.extend(speciesplus::compare(book, reference, data, index)?);
    comparisons.push(avilist::compare(book, reference, index)?);
    Ok(comparisons)
}

/// Prints what is new or gone, and one table; with `write`, the files of differences are written anew, and
/// the counts of the document with them. Figures are rewritten only where they are better.
///
/// # Errors
/// A table cannot be read, a difference is not known or gone, or a figure is worse than the best so far.
pub fn run(root: &Path, write: bool) -> Result<()> {
    let comparisons = compare(root)?;
    let mut surprises = Vec::new();
    for comparison in &comparisons {
        print!("{}", comparison.report);
        let of_comparison = surprises_of(root, comparison)?;
        surprises.extend(of_comparison.into_iter().map(|told| format!("{}: {told}", comparison.name)));
    }
    let worse = figures(root, &comparisons)?;
    if write {
        write_known(root, &comparisons)?;
        std::fs::write(root.join(table::DOCUMENT), table::document(root)?)?;
    }
    for surprise in surprises.iter().chain(&worse) {
        println!("{surprise}");
    }
    print!("{}", table_of(root, &comparisons)?);
    if !worse.is_empty() {
        bail!("{} figures are worse than the best so far: {}", worse.len(), worse.join("; "));
    }
    if !surprises.is_empty() && !write {
        bail!(
            "{} differences are not as {} has them; find the cause and mend the data, or let `--write` put the rows there and say the cause",
            surprises.len(),
            known::FOLDER
        );
    }
    Ok(())
}

fn table_of(root: &Path, comparisons: &[Comparison]) -> Result<String> {
    let mut lines = Vec::new();
    for comparison in comparisons {
        let known = with_causes(root, comparison)?;
        lines.push(table::Line {
            state: comparison.name,
            rows: comparison.rows,
            differ: comparison.differences.len(),
            theirs: table::theirs(&known),
        });
    }
    Ok(table::text(&lines))
}

/// The differences that were found, each with the cause that the comparison or the file of known ones tells.
fn with_causes(root: &Path, comparison: &Comparison) -> Result<Known> {
    let known = known::read(&root.join(known::FOLDER).join(comparison.file))?;
    let unexplained = Cause::of(Whose::Ours, "not explained yet");
    let with_cause = |(difference, cause): &(Difference, Option<Cause>)| {
        let cause = cause.as_ref().or_else(|| known.get(difference)).unwrap_or(&unexplained);
        (difference.clone(), cause.clone())
    };
    Ok(comparison.differences.iter().map(with_cause).collect())
}

fn write_known(root: &Path, comparisons: &[Comparison]) -> Result<()> {
    for comparison in comparisons {
        known::write(&root.join(known::FOLDER).join(comparison.file), &with_causes(root, comparison)?)?;
    }
    Ok(())
}

/// Rewrites the figures that are better, and says those that are worse.
fn figures(root: &Path, comparisons: &[Comparison]) -> Result<Vec<String>> {
    let folder = root.join(known::FOLDER);
    let known = known::figures(&folder)?;
    let best: BTreeMap<&str, &Figure> = known.iter().map(|figure| (figure.state.as_str(), figure)).collect();
    let mut worse = Vec::new();
    let mut figures = Vec::new();
    for comparison in comparisons {
        let found = comparison.figure();
        match best.get(comparison.name) {
            Some(best) if best.is_better_than(&found) => {
                worse.push(format!(
                    "{}: {} of {} rows differ, {} of {} at best",
                    found.state, found.differ, found.rows, best.differ, best.rows
                ));
                figures.push((*best).clone());
            }
            _ => figures.push(found),
        }
    }
    if figures != known {
        known::write_figures(&folder, &figures)?;
    }
    Ok(worse)
}

/// What is new or gone against the known differences of a comparison, and causes that have changed.
fn surprises_of(root: &Path, comparison: &Comparison) -> Result<Vec<String>> {
    let known = known::read(&root.join(known::FOLDER).join(comparison.file))?;
    let tell = |what: &str, difference: &Difference| {
        format!("{what}: {},{},{}", difference.row, difference.official, difference.book)
    };
    let found: BTreeMap<&Difference, &Option<Cause>> =
        comparison.differences.iter().map(|(difference, cause)| (difference, cause)).collect();
    let mut surprises = Vec::new();
    for (difference, cause) in &found {
        match (known.get(difference), cause) {
            (None, _) => surprises.push(tell("new", difference)),
            (Some(known), Some(cause)) if known != cause => surprises.push(tell("another cause", difference)),
            _ => {}
        }
    }
    surprises.extend(known.keys().filter(|known| !found.contains_key(known)).map(|gone| tell("gone", gone)));
    Ok(surprises)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The book may differ from another side only in the rows that are known, each with its cause.
    #[test]
    fn every_difference_from_another_side_is_known() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        if !crate::data::reference(root).is_dir() {
            eprintln!(
                "SKIPPED: no reference data; set COUNTRYGATE_REFERENCE to compare with the other sides"
            );
            return;
        }
        for comparison in compare(root).unwrap() {
            let surprises = surprises_of(root, &comparison).unwrap();
            assert!(surprises.is_empty(), "{}: {surprises:#?}", comparison.name);
        }
    }
}
