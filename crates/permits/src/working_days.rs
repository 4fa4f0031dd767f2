//! Which days the authorities of a country work, and where a term of so many working days ends.
//!
//! Source of truth: `data/calendars`, one file a country: its weekend, and for each year the notice that says which
//! days are public holidays and which days of a weekend are worked. A year without a notice is not known: its
//! weekends are counted, its holidays are not, and the answer says so.

use std::collections::BTreeMap;

use cites::{Confidence, Country, Day, Span, Verified};
use serde::Deserialize;

/// The working days of a country's authorities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    country: Country,
    /// The weekly days of rest, by their place in the week from Monday.
    weekend: [bool; 7],
    confidence: Confidence,
    years: BTreeMap<i16, Year>,
}

/// What the notice for a year says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Year {
    off: Vec<Span>,
    work: Vec<Day>,
    confidence: Confidence,
}

/// A day to which working days were counted, and what the count does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The day.
    pub day: Day,
    /// The years that were counted without their holidays, in order; the true day may be later.
    pub unknown_years: Vec<i16>,
    /// Whether everything that was read of the calendar is verified.
    pub verified: Verified,
}

/// Why a file is no calendar.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// It cannot be read as TOML of this shape.
    #[error("the calendar cannot be read")]
    Shape(#[source] Box<toml::de::Error>),
    /// A day of the week is none, or no day of the week is worked.
    #[error("`{0}` is not a weekend; write days of the week in English and in small letters, six at most")]
    Weekend(String),
    /// A day of a year lies outside it, or stands among holidays and working days.
    #[error("{day} cannot stand in the year {year}: {problem}")]
    Day {
        /// The year that says so.
        year: i16,
        /// The day.
        day: Day,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A year stands twice.
    #[error("the year {0} stands twice; keep the latest notice and note the earlier one beside it")]
    Twice(i16),
}

/// The most calendar days that a count goes through: a term ends within years, and a calendar in which no day is
/// worked must not hold a clock for ever.
const DAYS_MOST: u32 = 366 * 20;

impl WorkingDays {
    /// Reads a calendar.
    ///
    /// # Errors
    /// What the file is not, with the day concerned.
    pub fn from_toml(text: &str) -> Result<WorkingDays, CalendarError> {
        let file: File = toml::from_str(text).map_err(|error| CalendarError::Shape(Box::new(error)))?;
        let mut years = BTreeMap::new();
        for written in &file.year {
            if years.insert(written.year, written.read()?).is_some() {
                return Err(CalendarError::Twice(written.year));
            }
        }
        let weekend = weekend(&file.weekend)?;
        Ok(WorkingDays { country: file.country, weekend, confidence: file.confidence, years })
    }

    /// The country whose authorities work so.
    pub fn country(&self) -> Country {
        self.country
    }

    /// Whether the holidays of `year` are known.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// Whether the authorities work on `day`, as far as the calendar knows.
    pub fn is_worked(&self, day: Day) -> bool {
        let year = self.years.get(&day.year());
        if year.is_some_and(|year| year.work.contains(&day)) {
            return true;
        }
        let is_off = year.is_some_and(|year| year.off.iter().any(|span| span.contains(day)));
        !is_off && !self.weekend.get(place_in_week(day)).copied().unwrap_or(false)
    }

    /// The last day of a term of `days` working days that begins with the event of `start`. The day of the event is
    /// not counted, so that a term of no days ends on it.
    ///
    /// Source: Administrative Licensing Law of China Art. 82: terms are counted in working days, without public
    /// holidays. That the first day is left out is the common reading; no text of it was found.
    pub fn after(&self, start: Day, days: u16) -> Counted {
        self.counted(start, last_of(start, u32::from(days), |day| self.is_worked(day)))
    }

    /// How many working days lie after `start` up to `end`, which counts; none where it is not later.
    pub fn between(&self, start: Day, end: Day) -> u32 {
        let days = days_after(start, end);
        days.filter(|day| self.is_worked(*day)).count() as u32
    }

    /// What is not known of the days after `start` up to `day`.
    pub(crate) fn counted(&self, start: Day, day: Day) -> Counted {
        let mut verified = Verified::from(self.confidence);
        let mut unknown_years = Vec::new();
        // A term of no days reads nothing of the calendar.
        let first = if start < day { start.next().year() } else { day.year() + 1 };
        for year in first..=day.year() {
            match self.years.get(&year) {
                Some(known) => verified = verified.and(known.confidence.into()),
                None => unknown_years.push(year),
            }
        }
        Counted { day, unknown_years, verified }
    }
}

impl Counted {
    /// A day that hangs on no calendar.
    pub(crate) const fn sure(day: Day) -> Counted {
        Counted { day, unknown_years: Vec::new(), verified: Verified::Yes }
    }

    /// Whether the day is sure: every year known, and everything verified.
    pub fn is_sure(&self) -> bool {
        self.unknown_years.is_empty() && self.verified.is_yes()
    }
}

/// The day after `start` on which the `days`th of the days that count is reached; `start` for none.
pub(crate) fn last_of(start: Day, days: u32, counts: impl Fn(Day) -> bool) -> Day {
    let mut left = days;
    let mut last = start;
    for day in days_after(start, Day::MAX) {
        if left == 0 {
            break;
        }
        last = day;
        left -= u32::from(counts(day));
    }
    last
}

/// The days after `start` up to `end`, no more than a count goes through.
pub(crate) fn days_after(start: Day, end: Day) -> impl Iterator<Item = Day> {
    let days = u32::try_from(start.days_until(end)).unwrap_or(0).min(DAYS_MOST);
    (1..=days).map(move |nth| start.plus_days(nth as i32))
}

/// The names of the days of the week, from Monday.
const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The place of a day in the week, from Monday. 1 January 1970 was a Thursday.
fn place_in_week(day: Day) -> usize {
    (day.days_since_1970() + 3).rem_euclid(7) as usize
}

fn weekend(names: &[String]) -> Result<[bool; 7], CalendarError> {
    let mut weekend = [false; 7];
    for name in names {
        let place = WEEK.iter().position(|known| known == name);
        let rests = place.and_then(|place| weekend.get_mut(place));
        *rests.ok_or_else(|| CalendarError::Weekend(name.clone()))? = true;
    }
    if weekend.iter().all(|rests| *rests) {
        return Err(CalendarError::Weekend(names.join(", ")));
    }
    Ok(weekend)
}

/// A calendar as its file writes it. What is there for readers only is checked to be there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a source must be written, and is read by people")]
struct File {
    about: String,
    country: Country,
    weekend: Vec<String>,
    source: String,
    confidence: Confidence,
    checked: Day,
    #[serde(default)]
    year: Vec<WrittenYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "a source must be written, and is read by people")]
struct WrittenYear {
    year: i16,
    notice: String,
    issued: Day,
    source: String,
    confidence: Confidence,
    checked: Day,
    off: Vec<WrittenSpan>,
    work: Vec<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "the occasion is for readers")]
struct WrittenSpan {
    from: Day,
    until: Day,
    occasion: String,
}

impl WrittenYear {
    fn read(&self) -> Result<Year, CalendarError> {
        let wrong = |day, problem| CalendarError::Day { year: self.year, day, problem };
        let within = |day: Day| match day.year() == self.year {
            true => Ok(()),
            false => Err(wrong(day, "it is a day of another year; write it there")),
        };
        let mut off = Vec::new();
        for span in &self.off {
            within(span.from)?;
            within(span.until.previous())?;
            if span.until <= span.from {
                return Err(wrong(
                    span.until,
                    "the span ends before it begins; `until` is the first day after",
                ));
            }
            off.push(Span { from: span.from, until: Some(span.until) });
        }
        for day in &self.work {
            within(*day)?;
            if off.iter().any(|span| span.contains(*day)) {
                return Err(wrong(*day, "it is a holiday and a working day; keep one"));
            }
        }
        Ok(Year { off, work: self.work.clone(), confidence: self.confidence })
    }
}

#[cfg(test)]
#[path = "working_days_tests.rs"]
mod tests;
