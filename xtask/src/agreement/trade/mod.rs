//! The trade records of 2001 to 2012 against the law of their years: whether every name leads to a taxon, and
//! whether the Appendix that a record states was in force for its population on some day of the year.
//!
//! Records state what somebody believed. Each difference is a mistake of the book, a renaming, or a mistake of
//! the record; the causes are told by what the law says of other populations, years and kinds of specimen.

mod cause;
mod row;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use border::record::{Law, Named, Standing, When, Years};
use cites::{AppendixSet, Country, Day};
use law::book::LawBook;
use species::{ImportedNames, Names};

use super::{Cause, Comparison, Difference, table};
use cause::Causes;
use row::Row;

/// The years of the records at hand.
const YEARS: std::ops::RangeInclusive<i16> = 2001..=2012;

/// The part of the records whose law of 2001 and of 2013 differ.
const CHANGED: &str = "law changed";

/// Compares the records with the shipped names alone, and with those of the Index imported, each on a core.
///
/// # Errors
/// The book or a table of records cannot be read.
pub(super) fn compare(book: &LawBook, reference: &Path, index: &[u8]) -> Result<Vec<Comparison>> {
    let folder = reference.join("trade");
    if !folder.join("cites_2001.csv.gz").is_file() {
        eprintln!(
            "SKIPPED: no trade records in `{}`; they are a part of the reference data",
            folder.display()
        );
        return Ok(Vec::new());
    }
    let law = Law::of(book)?;
    let texts = YEARS.map(|year| crate::lawbook::reading::text(&folder.join(format!("cites_{year}.csv.gz"))));
    let texts: Vec<String> = texts.collect::<Result<_>>()?;
    let imported = ImportedNames::open(index)?;
    let shipped = Names::shipped(book.backbone());
    let with_index = Names { imported: Some(&imported), ..shipped };
    let states = [
        ("trade 2001-2012", "trade-2001-2012.csv", shipped),
        ("trade, names imported", "trade-2001-2012-index.csv", with_index),
    ];
    std::thread::scope(|scope| {
        let texts = &texts;
        let running = states.map(|(name, file, names)| {
            scope.spawn(move || {
                let figures = Bench::of(law, names).compare(texts)?;
                Ok(figures.told(Comparison::new(name, file)))
            })
        });
        let ended = running.into_iter().map(|thread| {
            thread.join().map_err(|_| anyhow!("the comparison with the trade records broke off"))?
        });
        ended.collect()
    })
}

/// What the records are compared with, and what was found for names and populations seen before.
struct Bench<'b> {
    law: Law<'b>,
    years: Years,
    names: Names<'b>,
    named: HashMap<String, (usize, Named<'b>)>,
    standings: HashMap<(usize, Option<Country>, When), Standing>,
    causes: HashMap<(usize, Option<Country>, i16, String, AppendixSet), Cause>,
}

impl<'b> Bench<'b> {
    fn of(law: Law<'b>, names: Names<'b>) -> Bench<'b> {
        let (years, named) = (Years::of(&law), HashMap::new());
        Bench { law, years, names, named, standings: HashMap::new(), causes: HashMap::new() }
    }

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
        let population = self.population_of(row)?;
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
        let has_changed = before.at_end != after.at_end;
        figures.count(row, agrees, has_changed);
        if agrees == Some(false) {
            let in_force = standing.in_force(&row.traded, &self.law);
            let at_sight = cause::at_sight(row, standing.hangs_on_kind());
            let mut cause = match at_sight {
                Some(cause) => cause,
                None => self.cause_of(row, number, population, in_force)?,
            };
            cause.part = if has_changed { CHANGED } else { "" }.to_owned();
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

    fn population_of(&self, row: &Row<'_>) -> Result<Option<Country>> {
        let (_, named) = self.named.get(&row.key()).context("a name was lost")?;
        Ok(row.traded.population_of(named))
    }

    fn cause_of(
        &mut self,
        row: &Row<'_>,
        number: usize,
        population: Option<Country>,
        in_force: AppendixSet,
    ) -> Result<Cause> {
        let key = (number, population, row.year, row.recorded.to_string(), in_force);
        if let Some(known) = self.causes.get(&key) {
            return Ok(known.clone());
        }
        let (_, named) = self.named.get(&row.key()).context("a name was lost")?;
        let cause = Causes { law: &self.law, years: &self.years, named }.of(row, in_force)?;
        self.causes.insert(key, cause.clone());
        Ok(cause)
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
    differ: BTreeMap<Difference, Cause>,
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

    fn differ(&mut self, row: &Row<'_>, in_force: &str, cause: Cause) {
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

    /// The comparison that these figures come to.
    fn told(self, mut comparison: Comparison) -> Comparison {
        comparison.report = self.report(comparison.name);
        comparison.rows = self.rows;
        comparison.differences =
            self.differ.into_iter().map(|(difference, cause)| (difference, Some(cause))).collect();
        comparison
    }

    fn report(&self, name: &str) -> String {
        let mut out = format!("{name}: {} of {} records lead to a taxon\n", self.resolved, self.rows);
        for (part, share) in &self.shares {
            let percent = table::percent(share.agree, share.rows);
            let _ =
                writeln!(out, "  {part:<30} {:>7} of {:>7} agree {percent:>8} %", share.agree, share.rows);
        }
        let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
        for cause in self.differ.values() {
            *causes.entry(&cause.cause).or_default() += 1;
        }
        let _ = writeln!(out, "  {:>7} differ:", self.differ.len());
        for (cause, rows) in causes {
            let _ = writeln!(out, "  {rows:>7} {cause}");
        }
        out
    }
}
