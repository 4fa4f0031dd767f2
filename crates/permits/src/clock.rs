//! The clock of an authority: a term of law that begins with an event, stands still while others are asked, may be
//! extended once, and ends with the answer.
//!
//! Source of truth: the days that are told; how many days a term has is data (`approval.csv` of a pack). For China:
//! Regulation 465 Art. 13 (20 working days, 10 more with the head's approval and reasons), Art. 14 (time for expert
//! evaluation and for asking abroad is not counted). The days after the question up to the answer are not counted,
//! as the day of the event that begins a term is not.

use cites::Day;
use serde::{Deserialize, Serialize};

use crate::kept::{Impossible, kept, must};
use crate::working_days::{Counted, WorkingDays, days_after, last_of};

/// How long a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// Days on which the authority works.
    WorkingDays(u16),
    /// All days.
    CalendarDays(u16),
}

impl Term {
    fn days(self) -> u16 {
        match self {
            Term::WorkingDays(days) | Term::CalendarDays(days) => days,
        }
    }

    fn counts(self, day: Day, calendar: &WorkingDays) -> bool {
        match self {
            Term::WorkingDays(_) => calendar.is_worked(day),
            Term::CalendarDays(_) => true,
        }
    }
}

/// Why a clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wait {
    /// The Scientific Authority, or experts, were asked. Source: Regulation 465 Art. 14.
    Experts,
    /// A foreign authority was asked. Source: Regulation 465 Art. 14.
    Abroad,
}

impl Wait {
    /// Who is waited for, in words.
    pub const fn who(self) -> &'static str {
        match self {
            Wait::Experts => "the Scientific Authority",
            Wait::Abroad => "the foreign authority",
        }
    }

    /// The word of rows and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Wait::Experts => "scientific-authority",
            Wait::Abroad => "abroad",
        }
    }
}

/// A stretch in which a clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The day of the question, which still counts.
    pub asked: Day,
    /// The day of the answer, the last that does not count; `None` while it is awaited.
    pub answered: Option<Day>,
    /// Who is waited for.
    pub wait: Wait,
}

impl Pause {
    fn covers(&self, day: Day) -> bool {
        self.asked < day && self.answered.is_none_or(|answered| day <= answered)
    }

    fn is_open(&self) -> bool {
        self.answered.is_none()
    }
}

/// A term that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Clock {
    started: Day,
    term: Term,
    /// How many days more, and the day on which they were granted.
    extension: Option<(u16, Day)>,
    pauses: Vec<Pause>,
    stopped: Option<Day>,
}

/// How a clock stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It runs.
    Running {
        /// The last day of the term.
        last: Counted,
        /// The days of the term that are left after this day.
        left: u32,
    },
    /// It stands still.
    Waiting {
        /// The first question that is not answered.
        pause: Pause,
        /// The days of the term that are left once it runs on.
        left: u32,
    },
    /// The last day has passed without an answer.
    Late {
        /// The last day of the term.
        last: Counted,
        /// The days of the kind the term counts that have passed since.
        by: u32,
    },
    /// It has ended.
    Ended {
        /// The day of the answer.
        on: Day,
        /// The last day of the term; `None` where the answer came while others were awaited.
        last: Option<Counted>,
        /// Whether the answer came in time.
        in_time: bool,
    },
}

impl Standing {
    /// The last day of the term, where it has not ended and does not stand still.
    pub fn last(self) -> Option<Counted> {
        match self {
            Standing::Running { last, .. } | Standing::Late { last, .. } => Some(last),
            Standing::Waiting { .. } | Standing::Ended { .. } => None,
        }
    }
}

/// Why a clock cannot do what is asked of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// It has ended.
    #[error("the term ended on {0}; nothing can be changed about it")]
    Ended(Day),
    /// The day lies before something that came earlier.
    #[error("{day} is before {earlier}, the day of what came before; correct the day")]
    Before {
        /// The day told.
        day: Day,
        /// The latest day of the clock.
        earlier: Day,
    },
    /// Nobody is waited for under that number.
    #[error("question {0} is not open; choose one that awaits its answer")]
    NoQuestion(usize),
    /// It was extended before.
    #[error("the term was extended on {0}; it may be extended once")]
    Extended(Day),
    /// The last day has passed.
    #[error("the term ended on {0} without an answer; it can no longer be extended")]
    Late(Day),
}

impl Clock {
    /// A clock that begins with the event of `started`.
    pub const fn start(started: Day, term: Term) -> Clock {
        Clock { started, term, extension: None, pauses: Vec::new(), stopped: None }
    }

    /// The day of the event that began it.
    pub const fn started(&self) -> Day {
        self.started
    }

    /// The days that were granted more, and the day on which they were.
    pub const fn extension(&self) -> Option<(u16, Day)> {
        self.extension
    }

    /// The questions, in the order in which they were asked.
    pub fn pauses(&self) -> &[Pause] {
        &self.pauses
    }

    /// Stands still from the question of `asked` on; the number of the question.
    ///
    /// # Errors
    /// It has ended, or the day lies before the beginning.
    pub fn ask(&mut self, wait: Wait, asked: Day) -> Result<usize, ClockError> {
        self.runs()?;
        not_before(asked, self.started)?;
        self.pauses.push(Pause { asked, answered: None, wait });
        Ok(self.pauses.len() - 1)
    }

    /// The answer to the question numbered `question` came on `answered`.
    ///
    /// # Errors
    /// It has ended, the question is not open, or the answer lies before it.
    pub fn answer(&mut self, question: usize, answered: Day) -> Result<(), ClockError> {
        self.runs()?;
        let pause = self.pauses.get_mut(question).filter(|pause| pause.is_open());
        let pause = pause.ok_or(ClockError::NoQuestion(question))?;
        not_before(answered, pause.asked)?;
        pause.answered = Some(answered);
        Ok(())
    }

    /// Adds `days` of the kind the term counts, once, while the term is not over.
    ///
    /// # Errors
    /// It has ended, was extended before, or its last day has passed.
    pub fn extend(&mut self, days: u16, granted: Day, calendar: &WorkingDays) -> Result<(), ClockError> {
        self.runs()?;
        not_before(granted, self.started)?;
        if let Some((_, earlier)) = self.extension {
            return Err(ClockError::Extended(earlier));
        }
        if let Some(last) = self.last_day(calendar).filter(|last| last.day < granted) {
            return Err(ClockError::Late(last.day));
        }
        self.extension = Some((days, granted));
        Ok(())
    }

    /// Ends with the answer of the authority.
    ///
    /// # Errors
    /// It has ended before, or the day lies before the beginning.
    pub fn end(&mut self, on: Day) -> Result<(), ClockError> {
        self.runs()?;
        not_before(on, self.started)?;
        self.stopped = Some(on);
        Ok(())
    }

    /// The last day of the term; `None` while it hangs on an answer.
    pub fn last_day(&self, calendar: &WorkingDays) -> Option<Counted> {
        self.end_of_term(calendar).ok()
    }

    /// The last day of the term, or the question that it hangs on: the first that is not answered.
    fn end_of_term(&self, calendar: &WorkingDays) -> Result<Counted, Pause> {
        // An open question counts nothing out before it was asked, and everything after.
        let is_answered = |pause: &&Pause| !pause.is_open();
        let counts = |day| {
            self.term.counts(day, calendar)
                && !self.pauses.iter().filter(is_answered).any(|pause| pause.covers(day))
        };
        let last = last_of(self.started, self.days(), counts);
        let open = self.pauses.iter().filter(|pause| pause.is_open()).min_by_key(|pause| pause.asked);
        match open {
            Some(open) if open.covers(last) => Err(*open),
            _ => Ok(self.counted(last, calendar)),
        }
    }

    /// How it stands on `on`.
    pub fn standing(&self, on: Day, calendar: &WorkingDays) -> Standing {
        let end = self.end_of_term(calendar);
        if let Some(ended) = self.stopped.filter(|ended| *ended <= on) {
            let in_time = !end.as_ref().is_ok_and(|last| last.day < ended);
            return Standing::Ended { on: ended, last: end.ok(), in_time };
        }
        match end {
            Ok(last) if last.day < on => {
                let by =
                    days_after(last.day, on).filter(|day| self.term.counts(*day, calendar)).count() as u32;
                Standing::Late { last, by }
            }
            Ok(last) => Standing::Running { last, left: self.left(on, calendar) },
            Err(pause) => Standing::Waiting { pause, left: self.left(on, calendar) },
        }
    }

    /// The days of the term and of its extension.
    fn days(&self) -> u32 {
        u32::from(self.term.days()) + self.extension.map_or(0, |(days, _)| u32::from(days))
    }

    /// The days of the term that are left after `on`.
    fn left(&self, on: Day, calendar: &WorkingDays) -> u32 {
        let passed = days_after(self.started, on).filter(|day| self.counts(*day, calendar)).count() as u32;
        self.days().saturating_sub(passed)
    }

    fn counts(&self, day: Day, calendar: &WorkingDays) -> bool {
        self.term.counts(day, calendar) && !self.pauses.iter().any(|pause| pause.covers(day))
    }

    /// A day, with what the calendar does not know of the way to it.
    fn counted(&self, day: Day, calendar: &WorkingDays) -> Counted {
        match self.term {
            Term::WorkingDays(_) => calendar.counted(self.started, day),
            Term::CalendarDays(_) => Counted::sure(day),
        }
    }

    /// Whether it has ended.
    pub(crate) const fn stopped(&self) -> Option<Day> {
        self.stopped
    }

    /// What was kept is what the deeds of a clock could have led to.
    fn check(&self) -> Result<(), Impossible> {
        let after_start = |day: Day| self.started <= day;
        must(self.stopped.is_none_or(after_start), "a term that ended before it began")?;
        must(
            self.extension.is_none_or(|(_, granted)| after_start(granted)),
            "a term that was extended before it began",
        )?;
        must(
            self.pauses.iter().all(|pause| {
                after_start(pause.asked) && pause.answered.is_none_or(|answered| pause.asked <= answered)
            }),
            "a question before the term, or an answer before its question",
        )
    }

    fn runs(&self) -> Result<(), ClockError> {
        self.stopped.map_or(Ok(()), |on| Err(ClockError::Ended(on)))
    }
}

kept!(Clock);

fn not_before(day: Day, earlier: Day) -> Result<(), ClockError> {
    if day < earlier { Err(ClockError::Before { day, earlier }) } else { Ok(()) }
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
