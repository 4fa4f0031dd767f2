//! A table read, answered and written at once, on all cores, in the order of its rows.
//!
//! Every worker takes a run of rows, answers it at its own desk, and hands the answer to the one thread that
//! writes. No run is handed out that is far ahead of what is written, so that memory does not grow with the
//! file. What a row is asked and how its answer looks is for a [`Clerk`].

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, PoisonError};

use anyhow::{Result, bail};

use super::cells::{Cells, RowCells};
use super::layout::{Layout, LayoutError};
use super::report::{PROBLEMS_SHOWN, Report, RowProblem};
use super::rows::{RUN_BYTES, Row, Rows, Run};
use super::told::{self, CellProblem, Told};

/// How many runs may be handed out beyond those written, for each worker: one at work and one waiting.
const RUNS_AHEAD: u64 = 2;

/// How a table is shared out. What comes out does not hang on it.
#[derive(Debug, Clone, Copy)]
pub struct Hands {
    /// How many work at once.
    pub workers: usize,
    /// How much text each takes at once, in bytes, about.
    pub run_bytes: usize,
}

impl Hands {
    /// One for each core.
    pub fn all() -> Hands {
        let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
        Hands { workers, run_bytes: RUN_BYTES }
    }
}

/// A row as it was read.
pub struct ReadRow<'r> {
    /// Where it is, and what keeps it from being read.
    pub row: &'r Row,
    /// Its text.
    pub text: &'r str,
    /// Its cells.
    pub cells: RowCells<'r>,
    /// What it tells.
    pub told: Told<'r>,
}

/// Answers rows.
pub trait Clerk: Sync {
    /// What one worker keeps from run to run.
    type Desk;
    /// What a table comes to as a whole.
    type Totals: Default + Send;

    /// An empty desk.
    fn desk(&self) -> Self::Desk;

    /// What the table is.
    fn layout(&self) -> &Layout;

    /// Answers a row: writes it to `out` and counts it in `totals`.
    ///
    /// # Errors
    /// The law book has a fault.
    fn row(
        &self,
        row: &ReadRow<'_>,
        desk: &mut Self::Desk,
        out: &mut Vec<u8>,
        totals: &mut Self::Totals,
    ) -> Result<()>;

    /// Adds what a run comes to.
    fn add(all: &mut Self::Totals, more: &Self::Totals);
}

/// The answer to one run of rows.
#[derive(Default)]
pub struct Answered<T> {
    /// The place of the run among all.
    pub number: u64,
    /// How many bytes of the input were read when it was complete.
    pub bytes_read: u64,
    /// The rows, written.
    pub text: Vec<u8>,
    /// What could not be read, as much of it as is told.
    pub problems: Vec<RowProblem>,
    /// How much more could not be read.
    pub more_problems: usize,
    /// What the run comes to.
    pub totals: T,
}

impl<T> Answered<T> {
    fn note(&mut self, row: &Row, problems: Vec<CellProblem>, layout: &Layout) {
        for problem in problems {
            if self.problems.len() < PROBLEMS_SHOWN {
                self.problems.push(RowProblem::of(row, problem, layout));
            } else {
                self.more_problems += 1;
            }
        }
    }
}

/// Reads the first row of a table; `added` are the columns that the answer adds.
///
/// # Errors
/// The input is no table, or cannot be read.
pub fn open<R: Read>(input: R, added: &[&str], hands: Hands) -> Result<(Rows<R>, Layout)> {
    let mut rows = Rows::of(input, hands.run_bytes);
    let Some((first, row)) = rows.first_row()? else { bail!(LayoutError::Empty) };
    if let Some(fault) = row.fault {
        bail!("row 1: {fault}");
    }
    let layout = Layout::read(row.text(&first), added)?;
    rows.set_delimiter(layout.delimiter);
    Ok((rows, layout))
}

/// Answers every row. The answers go to `out`, what could not be read to `report`. Where each row begins with a
/// separator, `separated` leaves out that of the first.
///
/// # Errors
/// The input cannot be read any further, or the output ends early.
pub fn run<R: Read + Send, C: Clerk>(
    rows: Rows<R>,
    clerk: &C,
    hands: Hands,
    separated: bool,
    report: &mut Report,
    out: &mut dyn Write,
) -> Result<C::Totals> {
    let counter = Counter::of(rows);
    let workers = hands.workers.max(1);
    let totals = std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 0..workers {
            let sender = sender.clone();
            let counter = &counter;
            scope.spawn(move || work(clerk, counter, workers, &sender));
        }
        drop(sender);
        let written = write::<R, C>(&receiver, &counter, separated, report, out);
        counter.close();
        written
    })?;
    if let Some(assumed) = counter.assumed() {
        report.note(&assumed.to_string());
    }
    Ok(totals)
}

fn work<R: Read, C: Clerk>(
    clerk: &C,
    counter: &Counter<R>,
    workers: usize,
    answers: &Sender<Result<Answered<C::Totals>>>,
) {
    let mut desk = clerk.desk();
    loop {
        let answered = match counter.next(workers) {
            Ok(None) => return,
            Ok(Some(run)) => answer(clerk, &run, &mut desk),
            Err(error) => Err(error),
        };
        let failed = answered.is_err();
        if answers.send(answered).is_err() || failed {
            return;
        }
    }
}

/// Answers a run.
fn answer<C: Clerk>(clerk: &C, run: &Run, desk: &mut C::Desk) -> Result<Answered<C::Totals>> {
    let mut answered = Answered { number: run.number, bytes_read: run.bytes_read, ..Answered::default() };
    // An answer is about twice as long as its row.
    answered.text.reserve(3 * run.text.len());
    let (mut cells, layout) = (Cells::default(), clerk.layout());
    for row in &run.rows {
        let text = row.text(run);
        let cells = cells.split(text, layout.delimiter);
        let read = ReadRow { row, text, cells, told: told::read_row(row, cells, layout) };
        clerk.row(&read, desk, &mut answered.text, &mut answered.totals)?;
        answered.note(row, read.told.problems, layout);
    }
    Ok(answered)
}

/// Writes the answers in the order of the rows.
fn write<R: Read, C: Clerk>(
    answers: &Receiver<Result<Answered<C::Totals>>>,
    counter: &Counter<R>,
    separated: bool,
    report: &mut Report,
    out: &mut dyn Write,
) -> Result<C::Totals> {
    let mut totals = C::Totals::default();
    let mut early: BTreeMap<u64, Answered<C::Totals>> = BTreeMap::new();
    let (mut next, mut has_rows) = (0, false);
    for answered in answers {
        let answered = answered?;
        early.insert(answered.number, answered);
        while let Some(answered) = early.remove(&next) {
            let text = answered.text.as_slice();
            let text = if separated && !has_rows { text.get(1..).unwrap_or_default() } else { text };
            out.write_all(text)?;
            has_rows |= !text.is_empty();
            report.problems(&answered.problems, answered.more_problems);
            report.progress(answered.bytes_read);
            C::add(&mut totals, &answered.totals);
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

    fn assumed(&self) -> Option<::files::text::Assumed> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner).assumed()
    }
}
