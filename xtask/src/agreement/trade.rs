//! The trade records of 2001 to 2012 against the law of their years: whether every name leads to a taxon, and
//! whether the Appendix that a record states was in force for its population on some day of the year.
//!
//! Records state what somebody believed. Each difference is a mistake of the book, a renaming, or a mistake of
//! the record; the causes are told by what the law says of other populations, years and kinds of specimen.

mod cause;
mod row;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use border::record::{Law, Named, Standing, When, Years};
use cites::{Country, Day};
use law::book::{LawBook, Tables};
use species::imported::{NameSet, write};
use species::{ImportedNames, Names};

use super::{Comparison, Difference};
use cause::Causes;
use row::Row;

/// The years of the records at hand.
const YEARS: std::ops::RangeInclusive<i16> = 2001..=2012;

/// The records that are known to differ, with either set of names.
const KNOWN: &str = "trade-2001-2012.csv";

/// Compares the records with the shipped names alone, and with those of the Index imported.
///
/// # Errors
/// The book or a table of records cannot be read.
pub(super) fn compare(root: &Path, reference: &Path) -> Result<Vec<Comparison>> {
    let folder = reference.join("trade");
    if !folder.join("cites_2001.csv.gz").is_file() {
        eprintln!(
            "SKIPPED: no trade records in `{}`; they are a part of the reference data",
            folder.display()
        );
        return Ok(Vec::new());
    }
    let book = book(&root.join("data"))?;
    let law = Law::of(&book)?;
    let texts = YEARS.map(|year| crate::lawbook::reading::text(&folder.join(format!("cites_{year}.csv.gz"))));
    let texts: Vec<String> = texts.collect::<Result<_>>()?;
    let index = imported(reference)?;
    let imported = ImportedNames::open(&index)?;
    let shipped = Names::shipped(book.backbone());
    let with_index = Names { imported: Some(&imported), ..shipped };
    let mut comparisons = Vec::new();
    for (name, names) in [("trade 2001-2012", shipped), ("trade, Index imported", with_index)] {
        let mut bench =
            Bench { law, years: Years::of(&law), names, named: HashMap::new(), standings: HashMap::new() };
        let figures = bench.compare(&texts)?;
        figures.print(name);
        comparisons.push(Comparison {
            name,
            file: KNOWN,
            rows: figures.rows,
            differences: figures.differ.into_keys().collect(),
        });
    }
    Ok(comparisons)
}

/// The law book as the program loads it.
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
fn imported(reference: &Path) -> Result<Vec<u8>> {
    let text =
        crate::lawbook::reading::text(&reference.join("listings/Index_of_CITES_Species_2017-04-21.csv.gz"))?;
    let mut set = NameSet::default();
    set.merge(&species::import::index_csv(&text)?.rows);
    Ok(write(&set))
}

/// What the records are compared with, and what was found for names and populations seen before.
struct Bench<'b> {
    law: Law<'b>,
    years: Years,
    names: Names<'b>,
    named: HashMap<String, (usize, Named<'b>)>,
    standings: HashMap<(usize, Option<Country>, When), Standing>,
}

impl<'b> Bench<'b> {
    fn compare(&mut self, texts: &[String]) -> Result<Figures> {
        let mut figures = Figures::default();
        for text in texts {
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for record in reader.records() {
                let record = record?;
                self.row(&Row::read(&record)?, &mut figures)?;
            }
        }
        Ok(figures)
    }

    fn row(&mut self, row: &Row<'_>, figures: &mut Figures) -> Result<()> {
        let number = self.number_of(row);
        let population = row.traded.population();
        let year = When::Year(row.year);
        self.look_up(row, number, population, year)?;
        let before = When::On(Day::new(*YEARS.start(), 1, 1));
        let after = When::On(Day::new(*YEARS.end() + 1, 1, 1));
        self.look_up(row, number, population, before)?;
        self.look_up(row, number, population, after)?;
        let of = |when: When| self.standings.get(&(number, population, when));
        let (Some(standing), Some(before), Some(after)) = (of(year), of(before), of(after)) else {
            return Ok(());
        };
        let agrees = standing.agrees(row.recorded, &row.traded, &self.law);
        figures.count(row, agrees, before.at_end != after.at_end);
        if agrees == Some(false) {
            let in_force = standing.in_force(&row.traded, &self.law);
            let hangs_on_kind = standing.hangs_on_kind();
            let cause = self.cause_of(row, hangs_on_kind)?;
            figures.differ(row, &in_force.to_string(), cause);
        }
        Ok(())
    }

    fn number_of(&mut self, row: &Row<'_>) -> usize {
        let next = self.named.len();
        let names = self.names;
        let new = || (next, Named::of(names.resolve_with(row.taxon, row.hint)));
        self.named.entry(row.key()).or_insert_with(new).0
    }

    fn look_up(
        &mut self,
        row: &Row<'_>,
        number: usize,
        population: Option<Country>,
        when: When,
    ) -> Result<()> {
        if !self.standings.contains_key(&(number, population, when)) {
            let (_, named) = self.named.get(&row.key()).context("a name was lost")?;
            let standing = Standing::of(named, population, when, &self.law, &self.years)?;
            self.standings.insert((number, population, when), standing);
        }
        Ok(())
    }

    fn cause_of(&self, row: &Row<'_>, hangs_on_kind: bool) -> Result<&'static str> {
        let (_, named) = self.named.get(&row.key()).context("a name was lost")?;
        Causes { law: &self.law, years: &self.years, named }.of(row, hangs_on_kind)
    }
}

/// Rows and those that agree.
#[derive(Default, Clone, Copy)]
struct Share {
    rows: usize,
    agree: usize,
}

/// What was found.
#[derive(Default)]
struct Figures {
    rows: usize,
    resolved: usize,
    shares: BTreeMap<String, Share>,
    /// Records that differ, with the cause.
    differ: BTreeMap<Difference, &'static str>,
}

impl Figures {
    fn count(&mut self, row: &Row<'_>, agrees: Option<bool>, law_changed: bool) {
        self.rows += 1;
        self.resolved += usize::from(agrees.is_some());
        let changed =
            if law_changed { "law of 2001 and 2013 differ" } else { "law of 2001 and 2013 the same" };
        for part in [
            "all rows".to_owned(),
            format!("Appendix {}", row.recorded),
            format!("year {}", row.year),
            changed.to_owned(),
        ] {
            let share = self.shares.entry(part).or_default();
            share.rows += 1;
            share.agree += usize::from(agrees == Some(true));
        }
    }

    fn differ(&mut self, row: &Row<'_>, in_force: &str, cause: &'static str) {
        let mut number = 1;
        loop {
            let difference = Difference {
                row: row.written(number),
                official: row.recorded.to_string(),
                book: in_force.to_owned(),
            };
            number += 1;
            if let std::collections::btree_map::Entry::Vacant(place) = self.differ.entry(difference) {
                place.insert(cause);
                return;
            }
        }
    }

    fn print(&self, name: &str) {
        println!("{name}: {} of {} records lead to a taxon", self.resolved, self.rows);
        for (part, share) in &self.shares {
            let percent = 100.0 * share.agree as f64 / share.rows.max(1) as f64;
            println!("  {part:<30} {:>7} of {:>7} agree {percent:>8.3} %", share.agree, share.rows);
        }
        let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
        for cause in self.differ.values() {
            *causes.entry(cause).or_default() += 1;
        }
        println!("  {:>7} differ:", self.differ.len());
        for (cause, rows) in causes {
            println!("  {rows:>7} {cause}");
        }
    }
}
