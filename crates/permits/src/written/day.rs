//! Days as people and spreadsheets write them.
//!
//! Source of truth: the year, month and day written. A spreadsheet hands on the number under which it keeps a day:
//! day 1 of the 1900 system is 1 January 1900, and a day in 1900 that never was stands between 59 and 61, so that
//! numbers are counted from 61 on. `03/05/2026` is of March or of May, and is told.

use cites::{Day, DayError};

use super::clean::clean;
use super::defect::Defect;
use super::doubt::Doubt;
use super::note::Read;

/// When a specimen was acquired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Acquired {
    /// On the day.
    On(Day),
    /// Before the day, which is all that is known.
    ///
    /// Source: EU Reg. 865/2006 Art. 7(4).
    Before(Day),
}

/// Day 0 of the 1900 system, as far as days from March 1900 on are counted.
const SERIAL_ZERO: Day = Day::new(1899, 12, 30);
/// The first number behind the day that never was.
const SERIAL_MIN: i32 = 61;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a day.
///
/// # Errors
/// Why the text is none, or has two readings.
pub fn day(text: &str) -> Result<Read<Day>, Defect> {
    let text = clean(text)?;
    let (date, hour) = split_hour(&text);
    let mut read = match numbers(date) {
        Numbers::Serial(number) => serial(number, &text)?,
        Numbers::Three(parts) => of_parts(parts, &text)?,
        Numbers::InPart => return Err(Defect::DayInPart),
        Numbers::None => return Err(Defect::Day(DayError::NotIso(text.to_string()))),
    };
    if hour {
        read.doubts.push(Doubt::Hour);
    }
    Ok(read)
}

/// Reads when a specimen was acquired: a day, or `before` a day in one of the languages of the region.
///
/// # Errors
/// Why the text is no day, or has two readings.
pub fn acquired(text: &str) -> Result<Read<Acquired>, Defect> {
    let cleaned = clean(text)?;
    let before = ["before ", "Before ", "BEFORE ", "<", "до ", "До "]
        .iter()
        .find_map(|word| cleaned.strip_prefix(word))
        .or_else(|| ["以前", "之前", "前"].iter().find_map(|word| cleaned.strip_suffix(word)));
    match before {
        Some(rest) => Ok(day(rest)?.map(Acquired::Before)),
        None => Ok(day(&cleaned)?.map(Acquired::On)),
    }
}

/// The day without the hour behind it, and whether an hour other than midnight was there.
fn split_hour(text: &str) -> (&str, bool) {
    let at = text.find(['T', ' ']).filter(|at| text.get(*at..).is_some_and(|rest| rest.contains(':')));
    let Some((date, hour)) = at.and_then(|at| text.split_at_checked(at)) else { return (text, false) };
    (date, hour.bytes().any(|byte| matches!(byte, b'1'..=b'9')))
}

enum Numbers<'t> {
    /// One number, as a spreadsheet keeps a day.
    Serial(i32),
    /// Three parts, and what stands between them.
    Three([&'t str; 3]),
    /// A year, or a year of two digits.
    InPart,
    None,
}

fn numbers(date: &str) -> Numbers<'_> {
    let date = date.strip_suffix(['日', '.', '号']).unwrap_or(date).trim_end_matches(" г");
    if let Some(number) = serial_number(date) {
        return match number {
            1800..=2200 => Numbers::InPart,
            18_000_101..=22_001_231 => compact(date).map_or(Numbers::None, Numbers::Three),
            _ => Numbers::Serial(number),
        };
    }
    let mut parts = date.split(['-', '/', '.', ' ', '年', '月']).filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), Some(third), None) => {
            let is_whole = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            let has_year = is_whole(first) || is_whole(third);
            if has_year { Numbers::Three([first, second, third]) } else { Numbers::InPart }
        }
        (Some(_), Some(_), None, _) => Numbers::InPart,
        _ => Numbers::None,
    }
}

/// A number alone, with no decimals but those of the hour.
fn serial_number(date: &str) -> Option<i32> {
    let (whole, hour) = date.split_once('.').unwrap_or((date, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // `30.11` is no number of a spreadsheet's day, which has five digits in our time.
    let is_number = digits(whole) && digits(hour) && (hour.is_empty() || whole.len() == 5);
    if is_number && (1..=8).contains(&whole.len()) { whole.parse().ok() } else { None }
}

/// The parts of `20261130`.
fn compact(date: &str) -> Option<[&str; 3]> {
    let date = date.split('.').next()?;
    Some([date.get(..4)?, date.get(4..6)?, date.get(6..8)?])
}

fn serial(number: i32, text: &str) -> Result<Read<Day>, Defect> {
    let day = Day::from_days_since_1970(SERIAL_ZERO.days_since_1970().saturating_add(number));
    match day.filter(|_| number >= SERIAL_MIN) {
        Some(day) => Ok(Read::with(day, Doubt::SerialDay { day })),
        None => Err(Defect::Day(DayError::NotIso(text.to_owned()))),
    }
}

fn of_parts([first, second, third]: [&str; 3], text: &str) -> Result<Read<Day>, Defect> {
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.len() <= 4);
    let not_a_day = || Defect::Day(DayError::NotIso(text.to_owned()));
    let Some(first_number) = number(first) else {
        // `Nov 30, 2026` and the like.
        let (month, day) = (month_of(first), number(second.trim_end_matches(',')));
        return in_order(month.zip(day).zip(number(third)).map(|((m, d), y)| (y, m, d)), text);
    };
    let last = number(third).ok_or_else(not_a_day)?;
    if first.len() == 4 {
        let month = number(second).ok_or_else(not_a_day)?;
        return Ok(Read::sure(civil(first_number, month, last, text)?));
    }
    let Some(middle) = number(second) else {
        return in_order(month_of(second).map(|month| (last, month, first_number)), text);
    };
    // With points between them the day comes first, in every country that writes so.
    if text.contains('.') || first_number > 12 {
        return in_order(Some((last, middle, first_number)), text);
    }
    if middle > 12 {
        return in_order(Some((last, first_number, middle)), text);
    }
    let day_first = civil(last, middle, first_number, text)?;
    let month_first = civil(last, first_number, middle, text)?;
    if day_first == month_first {
        return Ok(Read::with(day_first, Doubt::OtherOrder { day: day_first }));
    }
    Err(Defect::DayOfTwoReadings { day_first, month_first })
}

fn in_order(parts: Option<(i16, i16, i16)>, text: &str) -> Result<Read<Day>, Defect> {
    let (year, month, day) = parts.ok_or_else(|| Defect::Day(DayError::NotIso(text.to_owned())))?;
    let day = civil(year, month, day, text)?;
    Ok(Read::with(day, Doubt::OtherOrder { day }))
}

/// The month of an English name, in full or in three letters.
fn month_of(word: &str) -> Option<i16> {
    let word = word.trim_end_matches(',').to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    i16::try_from(at + 1).ok()
}

fn civil(year: i16, month: i16, day: i16, text: &str) -> Result<Day, Defect> {
    if !(1800..=2200).contains(&year) {
        return Err(Defect::Day(DayError::OutOfRange(text.to_owned())));
    }
    let day = u8::try_from(month).ok().zip(u8::try_from(day).ok());
    let day = day.and_then(|(month, day)| Day::from_ymd(year, month, day));
    day.ok_or_else(|| Defect::Day(DayError::NotInCalendar(text.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str, doubts: &[&str]) {
        let read = day(written).unwrap_or_else(|defect| panic!("{written}: {defect}"));
        assert_eq!(read.value.to_string(), expected, "{written}");
        assert_eq!(read.doubts.iter().map(Doubt::id).collect::<Vec<_>>(), doubts, "{written}");
    }

    #[test]
    fn days_of_spreadsheets_are_read() {
        check("2026-11-30", "2026-11-30", &[]);
        check("2026-11-30 00:00:00", "2026-11-30", &[]);
        check("2026-11-30T00:00:00.000Z", "2026-11-30", &[]);
        check("2026-11-30 14:05", "2026-11-30", &["hour"]);
        check("46356", "2026-11-30", &["serial-day"]);
        check("46356.0", "2026-11-30", &["serial-day"]);
        check("61", "1900-03-01", &["serial-day"]);
        check("２０２６－１１－３０", "2026-11-30", &[]);
        check("20261130", "2026-11-30", &[]);
    }

    #[test]
    fn days_in_other_orders_are_read_where_they_have_one_reading() {
        check("2026/11/30", "2026-11-30", &[]);
        check("2026.11.30", "2026-11-30", &[]);
        check("2026年11月30日", "2026-11-30", &[]);
        check("30.11.2026", "2026-11-30", &["other-order"]);
        check("05.03.2026", "2026-03-05", &["other-order"]);
        check("30/11/2026", "2026-11-30", &["other-order"]);
        check("11/30/2026", "2026-11-30", &["other-order"]);
        check("05/05/2026", "2026-05-05", &["other-order"]);
        check("30-Nov-2026", "2026-11-30", &["other-order"]);
        check("November 30, 2026", "2026-11-30", &["other-order"]);
        let (day_first, month_first) = (Day::new(2026, 3, 5), Day::new(2026, 5, 3));
        assert_eq!(day("05/03/2026"), Err(Defect::DayOfTwoReadings { day_first, month_first }));
    }

    #[test]
    fn what_is_no_day_is_told() {
        for (written, expected) in [
            ("1975", "day-in-part"),
            ("30/11/26", "day-in-part"),
            ("11.2026", "day-in-part"),
            ("", "not-a-day"),
            ("soon", "not-a-day"),
            ("60", "not-a-day"),
            ("99999999", "not-a-day"),
            ("2026-02-30", "not-a-day"),
            ("1700-01-01", "not-a-day"),
            ("1-2-3-4", "not-a-day"),
            ("#N/A", "error-text"),
        ] {
            let defect = day(written).unwrap_err();
            assert_eq!(defect.id(), expected, "{written}: {defect}");
        }
    }

    #[test]
    fn a_day_before_which_a_specimen_was_acquired_is_read() {
        let limit = Day::new(1975, 7, 1);
        for written in
            ["before 1975-07-01", "< 1975-07-01", "до 01.07.1975", "1975年7月1日以前", "1975-07-01前"]
        {
            assert_eq!(acquired(written).map(|read| read.value), Ok(Acquired::Before(limit)), "{written}");
        }
        assert_eq!(acquired("1975-07-01").map(|read| read.value), Ok(Acquired::On(limit)));
    }
}
