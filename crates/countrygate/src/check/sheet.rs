//! A table of lines: every row answered as `check` answers it.
//!
//! Rows are read, answered and written by [`super::stream`]; here a row becomes its answer.

use std::io::{Read, Write};

use anyhow::Result;
use law::rule::RuleBook;

use super::answer;
use super::cells::Cells;
use super::desk::{Desk, Office};
use super::layout::{ADDED, Layout};
use super::report::{PROBLEMS_SHOWN, Report, RowProblem};
use super::rows::{Row, Run};
use super::stream::{self, Hands};
use super::told::{self, CellProblem, Told};
use super::totals::Totals;
use crate::arguments::Format;

/// The answer to one run of rows.
pub type Answered = stream::Answered<Totals>;

/// Answers a table. The rows go to `out`, what could not be read to `report`.
///
/// # Errors
/// The file is no table, cannot be read any further, or the output ends early.
pub fn run(
    input: impl Read + Send,
    format: Format,
    office: Office<'_>,
    hands: Hands,
    report: &mut Report,
    out: &mut dyn Write,
) -> Result<(Layout, Totals)> {
    let (rows, layout) = stream::open(input, &ADDED, hands)?;
    if format == Format::Csv {
        out.write_all(&answer::header(&layout))?;
    }
    let clerk = Clerk { layout: &layout, format, office };
    // Rows of JSON follow each other with a comma; each ends its line.
    let totals = stream::run(rows, &clerk, hands, format == Format::Json, report, out)?;
    Ok((layout, totals))
}

/// What a worker needs to answer rows.
struct Clerk<'c> {
    layout: &'c Layout,
    format: Format,
    office: Office<'c>,
}

impl<'c> stream::Clerk for Clerk<'c> {
    type Desk = Desk<'c>;
    type Totals = Totals;

    fn desk(&self) -> Desk<'c> {
        Desk::of(self.office)
    }

    fn run(&self, run: &Run, desk: &mut Desk<'c>) -> Result<Answered> {
        let mut answered = Answered { number: run.number, bytes_read: run.bytes_read, ..Answered::default() };
        // An answer is about twice as long as its row.
        answered.text.reserve(3 * run.text.len());
        let mut cells = Cells::default();
        for row in &run.rows {
            self.row(row, row.text(run), &mut cells, desk, &mut answered)?;
        }
        Ok(answered)
    }

    fn add(all: &mut Totals, more: &Totals) {
        all.add(more);
    }
}

impl Clerk<'_> {
    fn row(
        &self,
        row: &Row,
        text: &str,
        cells: &mut Cells,
        desk: &mut Desk<'_>,
        answered: &mut Answered,
    ) -> Result<()> {
        let rules: &RuleBook = self.office.law.sources.rules;
        let cells = cells.split(text, self.layout.delimiter);
        let told = match row.fault {
            None => told::read(cells, self.layout),
            Some(fault) => {
                let problem = CellProblem { at: None, message: fault.to_string() };
                Told { problems: vec![problem], ..Told::default() }
            }
        };
        let is_lost = told.name.is_empty();
        let answer = if is_lost { None } else { Some(desk.answer(&told)?) };
        let totals = &mut answered.totals;
        totals.rows += 1;
        totals.lost_rows += u64::from(is_lost);
        totals.bad_rows += u64::from(!told.problems.is_empty());
        if let Some(answer) = &answer {
            totals.count(answer, told.recorded);
        }
        match self.format {
            Format::Text => {}
            Format::Csv => {
                let row = (text, row.fault.is_none());
                answer::write_csv(&mut answered.text, row, cells, self.layout, answer.as_ref(), rules);
            }
            Format::Json => {
                answer::write_json(&mut answered.text, row, &told, self.layout, answer.as_ref(), rules);
            }
        }
        for problem in told.problems {
            if answered.problems.len() < PROBLEMS_SHOWN {
                answered.problems.push(RowProblem::of(row, problem, self.layout));
            } else {
                answered.more_problems += 1;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
