//! Civil days and the spans between them. Law knows days, never instants.
//!
//! Days run from 1800-01-01 to 2200-12-31 in the Gregorian calendar: no permit, listing or acquisition
//! date lies outside. No time zone and no clock: the day is always told by the caller.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;

/// A civil day. Ordered in time; stored as days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// Why text is not a [`Day`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// The text is not of the form `YYYY-MM-DD`.
    #[error("`{0}` is not a date; write it as year-month-day, such as 2026-03-05")]
    NotIso(String),
    /// The form is right, but the calendar has no such day.
    #[error("`{0}` is not in the calendar; check the month and the day")]
    NotInCalendar(String),
    /// The year is not one this system keeps.
    #[error("`{0}` is outside the years 1800 to 2200; check the year")]
    OutOfRange(String),
}

impl Day {
    /// The first day there is, 1800-01-01.
    pub const MIN: Day = Day::new(1800, 1, 1);
    /// The last day there is, 2200-12-31.
    pub const MAX: Day = Day::new(2200, 12, 31);

    /// A day written in source code. Text and numbers from outside go through [`Day::from_ymd`] or `FromStr`.
    ///
    /// # Panics
    /// When the calendar from 1800 to 2200 has no such day; in a constant this stops the build.
    pub const fn new(year: i16, month: u8, day: u8) -> Day {
        assert!(in_calendar(year, month, day), "no such day between 1800 and 2200");
        Day(days_from_civil(year as i32, month as i32, day as i32))
    }

    /// The day `year`-`month`-`day`, or `None` when the calendar from 1800 to 2200 has no such day.
    pub const fn from_ymd(year: i16, month: u8, day: u8) -> Option<Day> {
        if in_calendar(year, month, day) { Some(Day::new(year, month, day)) } else { None }
    }

    /// The day `days` after 1970-01-01, or `None` outside the years 1800 to 2200.
    pub const fn from_days_since_1970(days: i32) -> Option<Day> {
        if days < Day::MIN.0 || days > Day::MAX.0 { None } else { Some(Day(days)) }
    }

    /// Days since 1970-01-01; negative before.
    pub const fn days_since_1970(self) -> i32 {
        self.0
    }

    /// The year, 1800 to 2200.
    pub const fn year(self) -> i16 {
        civil_from_days(self.0).0
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        civil_from_days(self.0).1
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        civil_from_days(self.0).2
    }

    /// The day `days` later, or earlier when negative; stops at [`Day::MIN`] and [`Day::MAX`].
    #[must_use]
    pub const fn plus_days(self, days: i32) -> Day {
        let moved = self.0.saturating_add(days);
        if moved < Day::MIN.0 {
            Day::MIN
        } else if moved > Day::MAX.0 {
            Day::MAX
        } else {
            Day(moved)
        }
    }

    /// The same day of the month `months` calendar months later, or the last day of that month when it
    /// is shorter: 31 August and 6 months is 28 or 29 February. Stops at [`Day::MAX`].
    ///
    /// Source: permit validity counts calendar months, 50 CFR 23.54 after Res. Conf. 12.3.
    #[must_use]
    pub const fn plus_months(self, months: u32) -> Day {
        let (year, month, day) = civil_from_days(self.0);
        let count = (year as i64) * 12 + (month as i64) - 1 + months as i64;
        if count > (2200 * 12 + 11) {
            return Day::MAX;
        }
        let (year, month) = ((count / 12) as i16, (count % 12 + 1) as u8);
        let last = days_in_month(year, month);
        Day::new(year, month, if day < last { day } else { last })
    }

    /// The day after; [`Day::MAX`] is its own.
    #[must_use]
    pub const fn next(self) -> Day {
        self.plus_days(1)
    }

    /// The day before; [`Day::MIN`] is its own.
    #[must_use]
    pub const fn previous(self) -> Day {
        self.plus_days(-1)
    }

    /// How many days `later` is after this one; negative when it is before.
    pub const fn days_until(self, later: Day) -> i32 {
        later.0 - self.0
    }
}

/// Whether the Gregorian calendar has the day, and the year is kept.
const fn in_calendar(year: i16, month: u8, day: u8) -> bool {
    year >= 1800 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month)
}

/// Length of a month; `month` is 1 to 12.
const fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a valid civil day: years start in March, so the leap day comes last.
const fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a count of days; the inverse of [`days_from_civil`].
const fn civil_from_days(days: i32) -> (i16, u8, u8) {
    let days = days + 719_468;
    let era = days / 146_097;
    let day_of_era = days - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year as i16, month as u8, day as u8)
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Day, DayError> {
        let Some((year, month, day)) = iso_parts(text) else {
            return Err(DayError::NotIso(text.to_owned()));
        };
        if !(1800..=2200).contains(&year) {
            return Err(DayError::OutOfRange(text.to_owned()));
        }
        Day::from_ymd(year, month, day).ok_or_else(|| DayError::NotInCalendar(text.to_owned()))
    }
}

/// The numbers of `YYYY-MM-DD`: ten characters, ASCII digits, two hyphens, nothing else.
fn iso_parts(text: &str) -> Option<(i16, u8, u8)> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let [a, b, c, d, b'-', e, f, b'-', g, h] = bytes else { return None };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    let pair = |tens: &u8, ones: &u8| Some(digit(tens)? * 10 + digit(ones)?);
    let year = pair(a, b)? * 100 + pair(c, d)?;
    Some((year, pair(e, f)? as u8, pair(g, h)? as u8))
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Day);

/// A stretch of days: `from` belongs to it, `until` is the first day that no longer does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Span {
    /// The first day.
    pub from: Day,
    /// The first day after the last; `None` while no end is known.
    pub until: Option<Day>,
}

impl Span {
    /// The span from `from` on, without a known end.
    pub const fn since(from: Day) -> Span {
        Span { from, until: None }
    }

    /// The span from `from` to the day before `until`, or `None` when no day lies between.
    pub fn between(from: Day, until: Day) -> Option<Span> {
        (from < until).then_some(Span { from, until: Some(until) })
    }

    /// Whether `day` lies in the span.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether some day lies in both spans.
    pub fn overlaps(self, other: Span) -> bool {
        let begins = self.from.max(other.from);
        self.contains(begins) && other.contains(begins)
    }

    /// The last day of the span; `None` while no end is known.
    pub fn last_day(self) -> Option<Day> {
        self.until.map(Day::previous)
    }
}
