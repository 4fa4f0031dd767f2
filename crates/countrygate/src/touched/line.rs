//! One line on both days: what touches it, and how the answer moves.
//!
//! Source of truth: the assessments of both days and of every day between them on which something changes that
//! may bear on the line. Whether a row bears on a line is said by `law`, how two answers stand to each other by
//! `border`.

use anyhow::Result;
use border::change::{DayAnswer, Shift, Step};
use cites::Day;
use law::assess::{Assessment, Line};
use law::book::touch::{Bearing, Candidates};

use super::window::Changes;

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

/// The answer of the first or last of several assessments.
///
/// # Errors
/// There is none.
pub fn end<'a, 'b>(assessment: Option<&'a Assessment<'b>>) -> Result<&'a Assessment<'b>> {
    assessment.ok_or_else(|| anyhow::anyhow!("a line was not assessed"))
}
