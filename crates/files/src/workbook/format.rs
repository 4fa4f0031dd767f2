//! How a workbook shows its numbers, as far as that says what they are: days, hours, percentages, leading zeros.
//!
//! Source of truth: the styles of the workbook (ECMA-376 Part 1 §18.8.30, formats of numbers), and for days the count
//! of §18.17.4: day 1 is 1 January 1900 in one system, day 0 is 1 January 1904 in the other. The first system has a
//! 29 February 1900 that never was; a number up to it is left a number.

use std::collections::BTreeMap;

use cites::Day;
use quick_xml::events::Event;

use super::WorkbookError;
use super::xml::{Events, attribute};

/// What a format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Number,
    /// A day, an hour, or both.
    Day {
        has_day: bool,
        has_hour: bool,
    },
    Percent,
    /// At least so many digits.
    Digits(usize),
}

/// The formats of a workbook.
#[derive(Debug)]
pub(super) struct Formats {
    /// By the number of the style.
    shown: Vec<Shown>,
    is_1904: bool,
}

/// Day 0 of the first system, as far as days from March 1900 on are counted.
const ZERO_1900: Day = Day::new(1899, 12, 30);
/// The first number behind the day that never was.
const FIRST_1900: f64 = 61.0;
const ZERO_1904: Day = Day::new(1904, 1, 1);
const SECONDS: f64 = 86_400.0;
/// The most digits with leading zeros; a float holds fifteen.
const DIGITS_MAX: usize = 15;

impl Formats {
    /// Of a workbook that tells none.
    pub(super) const fn none(is_1904: bool) -> Formats {
        Formats { shown: Vec::new(), is_1904 }
    }

    pub(super) fn of(part: &str, text: &str, is_1904: bool) -> Result<Formats, WorkbookError> {
        let mut events = Events::of(part, text);
        let (mut codes, mut ids, mut is_within) = (BTreeMap::new(), Vec::new(), false);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "numFmt" => {
                        let code = attribute(&start, "formatCode").unwrap_or_default();
                        codes.insert(attribute(&start, "numFmtId").unwrap_or_default(), Shown::of(&code));
                    }
                    "cellXfs" => is_within = true,
                    "xf" if is_within => ids.push(attribute(&start, "numFmtId").unwrap_or_default()),
                    _ => {}
                },
                Event::End(end) if end.local_name().as_ref() == "cellXfs" => is_within = false,
                _ => {}
            }
        }
        let shown = ids.iter().map(|id| codes.get(id).copied().unwrap_or_else(|| Shown::built_in(id)));
        Ok(Formats { shown: shown.collect(), is_1904 })
    }

    /// A number of the style `style`, as text.
    pub(super) fn text(&self, written: &str, style: Option<usize>) -> String {
        let number = written.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let Some(number) = number else { return written.to_owned() };
        let shown = style.and_then(|style| self.shown.get(style)).copied().unwrap_or(Shown::Number);
        match shown {
            Shown::Number => plain(number),
            Shown::Percent => format!("{}%", plain(number * 100.0)),
            Shown::Digits(width) if number.fract() == 0.0 && number >= 0.0 => {
                format!("{:0>width$}", plain(number))
            }
            Shown::Digits(_) => plain(number),
            Shown::Day { has_day, has_hour } => {
                self.day(number, has_day, has_hour).unwrap_or_else(|| plain(number))
            }
        }
    }

    fn day(&self, number: f64, has_day: bool, has_hour: bool) -> Option<String> {
        // A minute is the least that people write.
        let seconds = (number.fract() * SECONDS).round();
        let minutes = (seconds / 60.0).floor();
        let hour = || format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0);
        let is_hour = has_hour && seconds > 0.0;
        if !has_day {
            return (0.0..1.0).contains(&number).then(hour);
        }
        let (zero, first) = if self.is_1904 { (ZERO_1904, 0.0) } else { (ZERO_1900, FIRST_1900) };
        let days = number.floor();
        if !(first..100_000.0 * 3.0).contains(&days) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number within a range")]
        let day = Day::from_days_since_1970(zero.days_since_1970() + days as i32)?;
        Some(if is_hour { format!("{day} {}", hour()) } else { day.to_string() })
    }
}

impl Shown {
    /// Of a format that every program knows. Source: ECMA-376 Part 1 §18.8.30, the table of formats; those of 27 to 36
    /// and 50 to 58 are days and hours in Chinese, Japanese and Korean programs.
    fn built_in(id: &str) -> Shown {
        let (has_day, has_hour) = match id.parse::<u32>().unwrap_or(0) {
            9 | 10 => return Shown::Percent,
            14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => (true, false),
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => (false, true),
            22 => (true, true),
            _ => return Shown::Number,
        };
        Shown::Day { has_day, has_hour }
    }

    /// Of a format as it is written, by its first section: `yyyy-mm-dd`, `0.0%`, `000000`.
    fn of(code: &str) -> Shown {
        let signs = bare(code);
        let has = |letters: &[char]| signs.contains(letters);
        if signs.contains('%') {
            return Shown::Percent;
        }
        let has_hour = has(&['h', 's']);
        // `m` alone is a month; beside an hour it is minutes.
        let has_day = has(&['y', 'd']) || (has(&['m']) && !has_hour) || has(&['年', '月', '日']);
        if (has_day || has_hour) && !signs.starts_with("general") {
            return Shown::Day { has_day, has_hour };
        }
        let is_zeros = signs.len() > 1 && signs.bytes().all(|byte| byte == b'0');
        if is_zeros { Shown::Digits(signs.len().min(DIGITS_MAX)) } else { Shown::Number }
    }
}

/// The signs of the first section that say something: without quoted and escaped text, colours and conditions.
fn bare(code: &str) -> String {
    let mut out = String::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => drop(letters.by_ref().find(|end| *end == '"')),
            '\\' | '_' | '*' => drop(letters.next()),
            // `[h]` is an hour beyond a day, and is left out with colours: such a number is no time of a day.
            '[' => drop(letters.by_ref().find(|end| *end == ']')),
            ';' => break,
            letter => out.extend(letter.to_lowercase()),
        }
    }
    out.trim().to_owned()
}

/// A number in full, to the fifteen digits that spreadsheet programs show: 0.1 and 0.2 are 0.3 in them.
fn plain(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    // There is no zero below zero.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, written: &str) -> String {
        let text = format!(
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"{code}\"/></numFmts>\
             <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
        );
        Formats::of("styles", &text, false).unwrap().text(written, Some(0))
    }

    #[test]
    fn a_number_comes_as_it_is_meant() {
        for (code, written, expected) in [
            ("General", "12", "12"),
            ("General", "0.30000000000000004", "0.3"),
            ("General", "1E3", "1000"),
            ("General", "-0", "0"),
            ("General", "", ""),
            ("General", "no number", "no number"),
            ("0.00", "1.23456", "1.23456"),
            ("#,##0", "1234567", "1234567"),
            ("0%", "0.5", "50%"),
            ("0.0%", "0.125", "12.5%"),
            ("000000", "1234", "001234"),
            ("000000", "12.5", "12.5"),
            ("yyyy-mm-dd", "46356", "2026-11-30"),
            ("m/d/yyyy;@", "46356.25", "2026-11-30"),
            ("yyyy\\-mm\\-dd hh:mm", "46356.25", "2026-11-30 06:00"),
            ("yyyy&quot;年&quot;m&quot;月&quot;", "46356", "2026-11-30"),
            ("[$-804]yyyy/m/d", "46356", "2026-11-30"),
            ("h:mm", "0.25", "06:00"),
            ("yyyy-mm-dd", "60", "60"),
            ("yyyy-mm-dd", "61", "1900-03-01"),
            ("yyyy-mm-dd", "-1", "-1"),
            ("yyyy-mm-dd", "1e300", &format!("1{}", "0".repeat(300))),
            ("0 &quot;days&quot;", "3", "3"),
            ("[Red]0", "3", "3"),
        ] {
            assert_eq!(shown(code, written), expected, "{code} {written}");
        }
    }

    #[test]
    fn formats_that_every_program_knows_are_known() {
        for (id, written, expected) in [
            ("14", "46356", "2026-11-30"),
            ("9", "0.05", "5%"),
            ("20", "0.5", "12:00"),
            ("0", "46356", "46356"),
        ] {
            let text = format!("<styleSheet><cellXfs><xf numFmtId=\"{id}\"/></cellXfs></styleSheet>");
            let formats = Formats::of("styles", &text, false).unwrap();
            assert_eq!(formats.text(written, Some(0)), expected);
            assert_eq!(formats.text(written, Some(7)), written, "a style that is not there says nothing");
        }
        let since_1904 = Formats { shown: vec![Shown::built_in("14")], is_1904: true };
        assert_eq!(since_1904.text("44894", Some(0)), "2026-11-30");
        assert_eq!(Formats::none(false).text("1", None), "1");
    }
}
