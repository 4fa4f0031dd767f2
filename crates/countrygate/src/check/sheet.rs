//! A table of lines: read, answered and written at once, on all cores, in the order of its rows.
//!
//! Every worker takes a run of rows, answers it at its own desk, and hands the answer to the one thread that
//! writes. No run is handed out that is far ahead of what is written, so that memory does not grow with the
//! file.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, PoisonError};

use anyhow::{Result, bail};
use law::rule::RuleBook;

use super::answer;
use super::cells::Cells;
use super::desk::{Desk, Office};
use super::layout::{Layout, LayoutError};
use super::report::{PROBLEMS_SHOWN, Report, RowProblem};
use super::rows::{Row, Rows, Run};
use super::told::{self, CellProblem, Told};
use super::totals::Totals;
use crate::arguments::Format;

/// How many runs may be handed out beyond those written, for each worker: one at work and one waiting.
const RUNS_AHEAD: u64 = 2;

/// The answer to one run of rows.
#[derive(Default)]
pub struct Answered {
    number: u64,
    bytes_read: u64,
    /// The rows, written.
    pub text: Vec<u8>,
    /// What could not be read, as much of it as is told.
    pub problems: Vec<RowProblem>,
    /// How much more could not be read.
    pub more_problems: usize,
    /// How many rows of each kind.
    pub totals: Totals,
}

/// Answers a table. The rows go to `out`, what could not be read to `report`.
///
/// # Errors
/// The file is no table, cannot be read any further, or the output ends early.
pub fn run(
    input: impl Read + Send,
    format: Format,
    office: Office<'_>,
    report: &mut Report,
    out: &mut dyn Write,
) -> Result<(Layout, Totals)> {
    let mut rows = Rows::of(input);
    let Some((first, row)) = rows.first_row()? else { bail!(LayoutError::Empty) };
    if let Some(fault) = row.fault {
        bail!("row 1: {fault}");
    }
    let layout = Layout::read(row.text(&first))?;
    rows.set_delimiter(layout.delimiter);
    if format == Format::Csv {
        out.write_all(&answer::header(&layout))?;
    }
    let counter = Counter::of(rows);
    let clerk = Clerk { layout: &layout, format, office };
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let totals = std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..workers {
            let sender = sender.clone();
            let (counter, clerk) = (&counter, &clerk);
            scope.spawn(move || clerk.work(counter, workers, &sender));
        }
        drop(sender);
        let written = write(&receiver, &counter, format, report, out);
        counter.close();
        written
    })?;
    if let Some(assumed) = counter.assumed() {
        report.note(&assumed.to_string());
    }
    Ok((layout, totals))
}

/// Writes the answers in the order of the rows.
fn write<R: Read>(
    answers: &Receiver<Result<Answered>>,
    counter: &Counter<R>,
    format: Format,
    report: &mut Report,
    out: &mut dyn Write,
) -> Result<Totals> {
    let mut totals = Totals::default();
    let mut early: BTreeMap<u64, Answered> = BTreeMap::new();
    let (mut next, mut has_rows) = (0, false);
    for answered in answers {
        let answered = answered?;
        early.insert(answered.number, answered);
        while let Some(answered) = early.remove(&next) {
            let text = answered.text.as_slice();
            // Rows of JSON follow each other with a comma; each ends its line.
            let text =
                if format == Format::Json && !has_rows { text.get(1..).unwrap_or_default() } else { text };
            out.write_all(text)?;
            has_rows |= !text.is_empty();
            report.problems(&answered.problems, answered.more_problems);
            report.progress(answered.bytes_read);
            totals.add(&answered.totals);
            next += 1;
            counter.written(next);
        }
    }
    Ok(totals)
}

/// Hands out runs of rows, none far ahead of what is written.
struct Counter<R> {
    rows: Mutex<Rows<R>>,
    gate: Mutex<Gate>,
    turned: Condvar,
}

#[derive(Default)]
struct Gate {
    handed_out: u64,
    written: u64,
    closed: bool,
}

impl<R: Read> Counter<R> {
    fn of(rows: Rows<R>) -> Counter<R> {
        Counter { rows: Mutex::new(rows), gate: Mutex::new(Gate::default()), turned: Condvar::new() }
    }

    /// The next run; `None` at the end, or when nothing more is written.
    fn next(&self, workers: usize) -> Result<Option<Run>> {
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let ahead = RUNS_AHEAD * workers as u64;
        let gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        let is_far = |gate: &mut Gate| !gate.closed && gate.handed_out >= gate.written + ahead;
        let mut gate = self.turned.wait_while(gate, is_far).unwrap_or_else(PoisonError::into_inner);
        if gate.closed {
            return Ok(None);
        }
        gate.handed_out += 1;
        drop(gate);
        Ok(rows.next_run()?)
    }

    fn written(&self, runs: u64) {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner).written = runs;
        self.turned.notify_all();
    }

    fn close(&self) {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.turned.notify_all();
    }

    fn assumed(&self) -> Option<super::decode::Assumed> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner).assumed()
    }
}

/// What a worker needs to answer rows.
struct Clerk<'c> {
    layout: &'c Layout,
    format: Format,
    office: Office<'c>,
}

impl Clerk<'_> {
    fn work<R: Read>(&self, counter: &Counter<R>, workers: usize, answers: &Sender<Result<Answered>>) {
        let mut desk = Desk::of(self.office);
        loop {
            let answered = match counter.next(workers) {
                Ok(None) => return,
                Ok(Some(run)) => self.run(&run, &mut desk),
                Err(error) => Err(error),
            };
            let failed = answered.is_err();
            if answers.send(answered).is_err() || failed {
                return;
            }
        }
    }

    fn run(&self, run: &Run, desk: &mut Desk<'_>) -> Result<Answered> {
        let mut answered = Answered { number: run.number, bytes_read: run.bytes_read, ..Answered::default() };
        // An answer is about twice as long as its row.
        answered.text.reserve(3 * run.text.len());
        let mut cells = Cells::default();
        for row in &run.rows {
            self.row(row, row.text(run), &mut cells, desk, &mut answered)?;
        }
        Ok(answered)
    }

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
                answer::write_csv(&mut answered.text, text, cells, self.layout, answer.as_ref(), rules)
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
