//! One line on both days: what touches it, and how the answer moves.
//!
//! Source of truth: the assessments of both days and of every day between them on which something changes that
//! may bear on the line. Whether a row bears on a line is said by `law`, how two answers stand to each other by
//! [`change`](crate::change).

use std::collections::BTreeMap;

use cites::Day;
use law::assess::{Crossing, Line, Sources};
use law::book::touch::{Bearing, Candidates, Window};
use law::book::{About, BookFaults, Change, LawBook};
use species::Names;

use crate::change::{DayAnswer, Shift, Step};
use crate::consignment::Consignment;
use crate::receive::{self, ReceivedLine};
use crate::{LineVerdict, Verdicts, check, check_received};

/// Everything that changes between two days.
#[derive(Debug)]
pub struct Changes<'b> {
    /// The events, found by taxon.
    pub window: Window<'b>,
    /// The changes, by day.
    pub changes: Vec<Change<'b>>,
    /// For each event of the window, the change it is a part of.
    change_of: Vec<usize>,
}

impl<'b> Changes<'b> {
    /// What changes after `since`, up to `on` and on it.
    ///
    /// # Errors
    /// The book has a fault.
    pub fn of(book: &'b LawBook, since: Day, on: Day) -> Result<Changes<'b>, BookFaults> {
        let window = book.window(since, on)?;
        let changes = book.changes(since, on)?;
        let places: BTreeMap<(Day, &About), usize> =
            changes.iter().enumerate().map(|(place, change)| ((change.day, &change.about), place)).collect();
        let change_of = (0..window.len() as u32).filter_map(|place| window.event(place)).map(|event| {
            let about = About::of(&event.row);
            places.get(&(event.day, &about)).copied().unwrap_or_default()
        });
        let change_of = change_of.collect();
        Ok(Changes { window, changes, change_of })
    }

    /// The change that the event at a place is a part of.
    pub fn change_of(&self, place: u32) -> usize {
        self.change_of.get(place as usize).copied().unwrap_or_default()
    }
}

/// Whether a line is touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Touched {
    /// No row that bears on it changes.
    #[default]
    No,
    /// A row changes that may bear on it.
    Unknown,
    /// A row that bears on it changes.
    Yes,
}

impl Touched {
    /// The word of answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Touched::No => "no",
            Touched::Unknown => "unknown",
            Touched::Yes => "yes",
        }
    }
}

/// A change that touches a line, or may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// The place of the change among all.
    pub change: usize,
    /// Whether it surely does.
    pub sure: bool,
}

/// What the change of the law comes to for a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Whether it is touched.
    pub touched: Touched,
    /// By what; nothing where only the day itself moves the answer, such as the season of a port.
    pub touches: Vec<Touch>,
    /// Its name may mean anything, so that everything that changes may touch it. Nothing is named then.
    pub by_any: bool,
    /// The answers before and after; `None` where nothing can bear on the line.
    pub answers: Option<Box<(DayAnswer, DayAnswer)>>,
    /// How the one stands to the other; `None` where they are the same because nothing changes.
    pub shift: Option<Shift>,
    /// What to do.
    pub steps: Vec<Step>,
    /// Whether everything that either answer rests on is verified.
    pub verified: bool,
}

impl Outcome {
    /// A line of which nothing can be said: anything that changes may touch it.
    pub fn unread(changes: &Changes<'_>) -> Outcome {
        let touched = if changes.window.is_empty() { Touched::No } else { Touched::Unknown };
        let by_any = touched == Touched::Unknown;
        Outcome { touched, by_any, steps: vec![Step::FindOut], ..Outcome::default() }
    }

    /// A line that nothing can touch.
    pub fn untouched() -> Outcome {
        Outcome { verified: true, ..Outcome::default() }
    }

    /// From the events that bear on a line and the answers of both days.
    pub fn of(
        changes: &Changes<'_>,
        bearing: &[Bearing],
        before: DayAnswer,
        after: DayAnswer,
        verified: bool,
    ) -> Outcome {
        let mut touches: Vec<Touch> = Vec::new();
        for Bearing { place, sure } in bearing.iter().copied() {
            let change = changes.change_of(place);
            match touches.iter_mut().find(|touch| touch.change == change) {
                Some(touch) => touch.sure |= sure,
                None => touches.push(Touch { change, sure }),
            }
        }
        touches.sort_by_key(|touch| touch.change);
        let shift = after.shift(&before);
        let by_rows =
            touches.iter().map(|touch| if touch.sure { Touched::Yes } else { Touched::Unknown }).max();
        // The answer never changes without the line being touched, whatever it is that counts the days.
        let by_day = if shift == Shift::Same { Touched::No } else { Touched::Yes };
        Outcome {
            touched: by_rows.unwrap_or(by_day).max(if touches.is_empty() { by_day } else { Touched::No }),
            steps: if shift == Shift::Same && touches.is_empty() { Vec::new() } else { after.steps(&before) },
            touches,
            by_any: false,
            answers: Some(Box::new((before, after))),
            shift: Some(shift),
            verified,
        }
    }

    /// The same without what says nothing of this line: the answers of a line that is not touched, and by what
    /// one may be touched whose name may mean anything.
    pub fn of_line(mut self, line: &Line<'_>) -> Outcome {
        if self.touched == Touched::No {
            self.answers = None;
        }
        if line.may_be_any_taxon() && self.touched == Touched::Unknown {
            self.by_any = true;
            self.touches.clear();
            self.steps = vec![Step::FindOut];
        }
        self
    }

    /// How the answer moves.
    pub fn shift(&self) -> Shift {
        self.shift.unwrap_or(Shift::Same)
    }
}

/// The days on which a line is asked: the last of the law before, every day between on which something changes
/// that may bear on it, and the day.
pub fn days(changes: &Changes<'_>, candidates: &[u32]) -> Vec<Day> {
    let (since, on) = (changes.window.since, changes.window.on);
    let between = changes.window.days(candidates).into_iter().filter(|day| since < *day && *day < on);
    std::iter::once(since).chain(between).chain([on]).collect()
}

/// The candidates of one line asked twice, each once.
pub fn join(one: Candidates, other: Candidates) -> Candidates {
    let mut all = one;
    all.extend(other);
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether anything that changes may bear on a line of a consignment. Where a port is told, the day itself may, since
/// ports have seasons of their own. What this leaves out needs no answer of either day.
pub fn may_bear(
    consignment: &Consignment,
    changes: &Changes<'_>,
    sources: &Sources<'_>,
    names: &Names<'_>,
) -> bool {
    let crossing = receive::crossing(consignment);
    let is_touched = |line: &ReceivedLine<'_>| !changes.window.candidates(&line.line, &crossing).is_empty();
    crossing.port.is_some()
        || [changes.window.since, changes.window.on]
            .into_iter()
            .any(|day| receive::consignment(consignment, sources, names, day).lines.iter().any(is_touched))
}

/// A consignment on both days, and on every day between on which something changes that may bear on a line.
#[derive(Debug)]
pub struct Both<'c> {
    crossing: Crossing<'c>,
    /// The lines as they are received on the later day.
    received: Vec<ReceivedLine<'c>>,
    /// For each line, the events that may bear on it.
    candidates: Vec<Candidates>,
    verdicts: Vec<Verdicts<'c, 'c>>,
}

/// A line on both days.
#[derive(Debug)]
pub struct BothLine<'v, 'c> {
    /// The line as it is received on the later day.
    pub received: &'v ReceivedLine<'c>,
    /// What it comes to on the earlier day.
    pub was: &'v LineVerdict<'c, 'c>,
    /// What it comes to on the later day.
    pub is: &'v LineVerdict<'c, 'c>,
    /// The events that bear on it, or may.
    pub bearing: Vec<Bearing>,
}

impl<'c> Both<'c> {
    /// Asks the law of both days, and of those between, about a consignment.
    pub fn of(
        consignment: &'c Consignment,
        changes: &Changes<'c>,
        sources: &Sources<'c>,
        names: &Names<'c>,
    ) -> Both<'c> {
        let crossing = receive::crossing(consignment);
        let (since, on) = (changes.window.since, changes.window.on);
        let receive = |day: Day| receive::consignment(consignment, sources, names, day);
        let (before, received) = (receive(since), receive(on));
        let of = |line: &ReceivedLine<'_>| changes.window.candidates(&line.line, &crossing);
        let lines = before.lines.iter().zip(&received.lines);
        let candidates: Vec<Candidates> = lines.map(|(first, last)| join(of(first), of(last))).collect();
        let all = candidates.iter().cloned().fold(Candidates::new(), join);
        let verdicts = |day: Day| match day {
            day if day == since => check_received(consignment, &before, sources, day),
            day if day == on => check_received(consignment, &received, sources, day),
            day => check(consignment, sources, names, day),
        };
        let verdicts = days(changes, &all).into_iter().map(verdicts).collect();
        Both { crossing, received: received.lines, candidates, verdicts }
    }

    /// The consignment on the earlier day and on the later one.
    pub fn ends(&self) -> Option<(&Verdicts<'c, 'c>, &Verdicts<'c, 'c>)> {
        self.verdicts.first().zip(self.verdicts.last())
    }

    /// The line at a place from 0.
    pub fn line(&self, at: usize, changes: &Changes<'c>) -> Option<BothLine<'_, 'c>> {
        let (first, last) = self.ends()?;
        let (received, candidates) = (self.received.get(at)?, self.candidates.get(at)?);
        let days = days(changes, candidates);
        let own = self.verdicts.iter().filter(|verdicts| days.contains(&verdicts.on));
        let assessments: Vec<_> =
            own.filter_map(|verdicts| verdicts.lines.get(at)).map(|line| line.assessment.clone()).collect();
        let bearing = changes.window.bearing(candidates, &received.line, &self.crossing, &assessments);
        Some(BothLine { received, was: first.lines.get(at)?, is: last.lines.get(at)?, bearing })
    }
}

impl BothLine<'_, '_> {
    /// Whether everything that either answer rests on is verified.
    pub fn is_verified(&self) -> bool {
        [self.was, self.is].iter().all(|line| line.findings().all(|finding| finding.verified))
    }
}
