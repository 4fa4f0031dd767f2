//! A table of lines: every row answered as `check` answers it.
//!
//! Rows are read, answered and written by [`super::stream`]; here a row becomes its answer.

use std::io::{Read, Write};

use anyhow::Result;
use law::rule::RuleBook;

use super::answer;
use super::desk::{Desk, Office};
use super::layout::{ADDED, Layout};
use super::report::Report;
use super::stream::{self, Hands, ReadRow};
use super::totals::Totals;
use crate::arguments::Format;

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
        out.write_all(&layout.head(&ADDED))?;
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

    fn layout(&self) -> &Layout {
        self.layout
    }

    fn row(
        &self,
        row: &ReadRow<'_>,
        desk: &mut Desk<'c>,
        out: &mut Vec<u8>,
        totals: &mut Totals,
    ) -> Result<()> {
        let rules: &RuleBook = self.office.law.sources.rules;
        let is_lost = row.told.name.is_empty();
        let answer = if is_lost { None } else { Some(desk.answer(&row.told)?) };
        totals.rows += 1;
        totals.lost_rows += u64::from(is_lost);
        totals.bad_rows += u64::from(!row.told.problems.is_empty());
        if let Some(answer) = &answer {
            totals.count(answer, row.told.recorded);
        }
        match self.format {
            Format::Text => {}
            Format::Csv => answer::write_csv(out, row, self.layout, answer.as_ref(), rules),
            Format::Json => answer::write_json(out, row, self.layout, answer.as_ref(), rules),
        }
        Ok(())
    }

    fn add(all: &mut Totals, more: &Totals) {
        all.add(more);
    }
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
