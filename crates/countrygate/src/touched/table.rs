//! A table of lines, row by row on all cores, each on both days.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use border::change::DayAnswer;
use border::record::{self, Traded, When};
use cites::Country;
use law::assess;

use super::document::Document;
use super::show::{ADDED, Problem, Shown};
use super::totals::Totals;
use super::{Asking, Show};
use crate::arguments::Format;
use crate::check::desk::{Asked, Desk};
use crate::check::input::Input;
use crate::check::layout::Layout;
use crate::check::report::Report;
use crate::check::stream::{self, Hands, ReadRow};
use crate::check::told::{CellProblem, Told};
use border::touched::{self, Outcome, Touched};

/// Looks through a table.
///
/// # Errors
/// The file is no table, cannot be read any further, or the output ends early.
pub fn run(
    asking: &Asking<'_>,
    input: Input,
    document: &mut Document,
    out: &mut dyn Write,
) -> Result<Totals> {
    let mut report = Report::of(&input.name, input.bytes);
    let (rows, layout) = stream::open(input.reader, &ADDED, Hands::all())?;
    document.kind = layout.kind.as_str();
    document.head(asking, out)?;
    if asking.format == Format::Csv {
        out.write_all(&layout.head(&ADDED))?;
    }
    let clerk = Clerk { asking, layout: &layout };
    let done = stream::run(rows, &clerk, Hands::all(), asking.format == Format::Json, &mut report, out);
    report.finish();
    done
}

/// What a worker needs.
struct Clerk<'c> {
    asking: &'c Asking<'c>,
    layout: &'c Layout,
}

impl<'c> stream::Clerk for Clerk<'c> {
    type Desk = Desk<'c>;
    type Totals = Totals;

    fn desk(&self) -> Desk<'c> {
        Desk::of(self.asking.office)
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
        let told = &row.told;
        let (outcome, matched, kind) = self.outcome(told, desk)?;
        totals.count(&outcome, !told.problems.is_empty());
        if self.asking.show == Show::All || outcome.touched != Touched::No {
            let shown = Shown {
                what: "Row",
                number: row.row.number,
                line: Some(row.row.line),
                name: &told.name,
                matched: &matched,
                kind,
                about: about(told),
                outcome: &outcome,
                papers: &[],
                problems: told.problems.iter().map(|problem| self.problem(problem)).collect(),
            };
            self.write(&shown, row, out);
        }
        Ok(())
    }

    fn add(all: &mut Totals, more: &Totals) {
        all.add(more);
    }
}

impl Clerk<'_> {
    fn problem<'p>(&'p self, problem: &'p CellProblem) -> Problem<'p> {
        Problem { column: problem.at.map(|at| self.layout.name(at)), message: &problem.message }
    }

    /// What a row comes to, what its name stands for, and how it was matched.
    fn outcome(&self, told: &Told<'_>, desk: &mut Desk<'_>) -> Result<(Outcome, String, &'static str)> {
        let (outcome, matched, kind) = self.as_told(told, desk)?;
        let is_open = outcome.touched == Touched::No && !self.asking.changes.law.window.is_empty();
        if is_open && self.hangs_on_a_state(told, desk)? {
            let asked = Outcome { by_any: false, ..Outcome::unread(&self.asking.changes.law) };
            return Ok((asked, matched, kind));
        }
        Ok((outcome, matched, kind))
    }

    /// Whether a row that does not tell a State of its crossing would be touched if it were one whose own law the book
    /// has: such a State asks for more than the Convention, and changes what it asks for.
    fn hangs_on_a_state(&self, told: &Told<'_>, desk: &mut Desk<'_>) -> Result<bool> {
        let Traded { exporter, importer, .. } = told.traded;
        let packs = self.asking.office.law.sources.packs.iter();
        let states: BTreeSet<Country> = packs.map(|pack| pack.place().country).collect();
        for state in states {
            for is_of_export in [true, false] {
                let is_told = if is_of_export { exporter.is_some() } else { importer.is_some() };
                if is_told {
                    continue;
                }
                let mut assumed = told.clone();
                let side =
                    if is_of_export { &mut assumed.traded.exporter } else { &mut assumed.traded.importer };
                *side = Some(state);
                if self.as_told(&assumed, desk)?.0.touched != Touched::No {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The same with what is not told left open.
    fn as_told(&self, told: &Told<'_>, desk: &mut Desk<'_>) -> Result<(Outcome, String, &'static str)> {
        let changes = self.asking.changes;
        let (since, on) = (changes.law.window.since, changes.law.window.on);
        if told.name.is_empty() {
            return Ok((Outcome::unread(&changes.law), String::new(), "none"));
        }
        let candidates = {
            let Asked { line, crossing, .. } = desk.asked(told, When::On(since))?;
            changes.law.window.candidates(&line, &crossing)
        };
        let Asked { name, standing, line, crossing } = desk.asked(told, When::On(on))?;
        let candidates = touched::join(candidates, changes.law.window.candidates(&line, &crossing));
        drop(line);
        let matched = standing.matched.as_deref().unwrap_or(name.accepted).to_owned();
        let kind = standing.kind.as_str();
        // Nothing that changes can bear on the line, and a port has seasons of its own.
        if candidates.is_empty() && crossing.port.is_none() {
            return Ok((Outcome::untouched(), matched, kind));
        }
        let sources = self.asking.office.law.sources;
        let mut assessments = Vec::new();
        for day in touched::days(&changes.law, &candidates) {
            let Asked { line, crossing, .. } = desk.asked(told, When::On(day))?;
            assessments.push(assess::assess(&line, &crossing, &sources, day));
        }
        let Asked { line, crossing, .. } = desk.asked(told, When::On(on))?;
        let bearing = changes.law.window.bearing(&candidates, &line, &crossing, &assessments);
        let ends = assessments.first().zip(assessments.last());
        let (before, after) = ends.ok_or_else(|| anyhow::anyhow!("a line was not assessed"))?;
        let answer = |assessment| DayAnswer::of(assessment, record::verdict(assessment), sources.rules);
        let verified = before.verified() && after.verified();
        let outcome = Outcome::of(&changes.law, &bearing, answer(before), answer(after), verified);
        Ok((outcome.of_line(&line), matched, kind))
    }

    fn write(&self, shown: &Shown<'_>, row: &ReadRow<'_>, out: &mut Vec<u8>) {
        match self.asking.format {
            Format::Text => shown.write_text(self.asking.changes, out),
            Format::Json => shown.write_json(out),
            Format::Csv => {
                self.layout.write_row(out, row);
                shown.write_cells(self.asking.changes, out);
                out.push(b'\n');
            }
        }
    }
}

/// What a row tells besides its name, for reading.
fn about(told: &Told<'_>) -> String {
    let traded = &told.traded;
    let mut about = String::new();
    let mut add = |told: Option<String>| {
        if let Some(told) = told {
            about += &format!(", {told}");
        }
    };
    add(traded.term.map(|term| format!("{} ({term})", term.name_en().to_lowercase())));
    add(traded.quantity.map(wording::words::amount));
    add(traded.source.map(|source| format!("source {source}")));
    add(traded.origin.map(|state| format!("origin {state}")));
    add(traded.exporter.map(|state| format!("from {state}")));
    add(traded.importer.map(|state| format!("to {state}")));
    about
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
