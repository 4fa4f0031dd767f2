//! The numbers of an office's permits: one series a year, without a gap, and no number twice.
//!
//! Source of truth: the form that the office writes its numbers in. Res. Conf. 12.3 (Rev. CoP19) asks for a number
//! of each permit and leaves its form to the authority. Who gives the next number does it in the transaction that
//! issues the permit, so that a permit that is not issued takes none.

use std::fmt;
use std::str::FromStr;

/// The most letters of a number: it must fit into a box of the form and be read over the telephone.
pub const LETTERS_MOST: usize = 32;

/// The most digits of a serial number.
const DIGITS_MOST: u8 = 9;

/// How an office writes the numbers of its permits, such as `CN/UQ/{year}/{serial:6}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberForm {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(Box<str>),
    Year,
    /// The serial number, with at least so many digits.
    Serial(u8),
}

/// Why text is not a form of numbers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFormError {
    /// A part that every number needs is not there once.
    #[error("`{0}` must stand once in the form; else two permits could bear one number")]
    Needs(&'static str),
    /// A part in braces is none.
    #[error("`{{{0}}}` is no part of a number; write {{year}} or {{serial:6}}")]
    Part(Box<str>),
    /// A letter may not stand in a number.
    #[error("`{0}` may not stand in a number; use capital letters, digits and `/`, `-`, `.`")]
    Letter(char),
    /// Year and serial number touch, so that two numbers could read alike.
    #[error("{{year}} and {{serial}} must not touch; put `/` or `-` between them")]
    Touching,
    /// Numbers would be too long.
    #[error("numbers of this form have up to {0} letters, more than {LETTERS_MOST}; shorten it")]
    Long(usize),
}

impl NumberForm {
    /// The number of the permit with `serial` of `year`.
    pub fn number(&self, year: i16, serial: u32) -> PermitNumber {
        let mut number = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => number.push_str(text),
                Part::Year => number.push_str(&format!("{year:04}")),
                Part::Serial(digits) => {
                    number.push_str(&format!("{serial:0width$}", width = usize::from(*digits)))
                }
            }
        }
        PermitNumber(number.into())
    }

    /// The year and the serial number of a permit's number; `None` where it is not of this form.
    pub fn read(&self, number: &str) -> Option<(i16, u32)> {
        let (mut year, mut serial, mut rest) = (None, None, number);
        for part in &self.parts {
            rest = match part {
                Part::Text(text) => rest.strip_prefix(&**text)?,
                Part::Year => {
                    let (digits, after) = rest.split_at_checked(4)?;
                    year = Some(digits.parse().ok()?);
                    after
                }
                Part::Serial(_) => {
                    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
                    let (digits, after) = rest.split_at_checked(end)?;
                    serial = Some(digits.parse().ok()?);
                    after
                }
            };
        }
        let (year, serial) = (year?, serial?);
        // Only what it writes itself is its own: zeros before or after make another number.
        (rest.is_empty() && &*self.number(year, serial).0 == number).then_some((year, serial))
    }

    fn check(&self) -> Result<(), NumberFormError> {
        let once = |is: fn(&Part) -> bool| self.parts.iter().filter(|part| is(part)).count() == 1;
        if !once(|part| *part == Part::Year) {
            return Err(NumberFormError::Needs("{year}"));
        }
        if !once(|part| matches!(part, Part::Serial(_))) {
            return Err(NumberFormError::Needs("{serial:6}"));
        }
        let texts =
            self.parts.iter().filter_map(|part| if let Part::Text(text) = part { Some(text) } else { None });
        for letter in texts.flat_map(|text| text.chars()) {
            if !(letter.is_ascii_uppercase() || letter.is_ascii_digit() || "/-.".contains(letter)) {
                return Err(NumberFormError::Letter(letter));
            }
        }
        // A digit beside the serial number could be taken for one of its own.
        let ends_in_digit = |part: Option<&Part>, at_end: bool| match part {
            Some(Part::Text(text)) => {
                let letter = if at_end { text.chars().next_back() } else { text.chars().next() };
                letter.is_some_and(|letter| letter.is_ascii_digit())
            }
            Some(Part::Year | Part::Serial(_)) => true,
            None => false,
        };
        let serial = self.parts.iter().position(|part| matches!(part, Part::Serial(_))).unwrap_or_default();
        let before = serial.checked_sub(1).and_then(|at| self.parts.get(at));
        if ends_in_digit(before, true) || ends_in_digit(self.parts.get(serial + 1), false) {
            return Err(NumberFormError::Touching);
        }
        let longest = self.number(9999, 10_u32.pow(u32::from(DIGITS_MOST)) - 1).0.len();
        if longest > LETTERS_MOST { Err(NumberFormError::Long(longest)) } else { Ok(()) }
    }
}

impl FromStr for NumberForm {
    type Err = NumberFormError;

    fn from_str(text: &str) -> Result<NumberForm, NumberFormError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            if !before.is_empty() {
                parts.push(Part::Text(before.into()));
            }
            let (name, after) = after.split_once('}').ok_or_else(|| NumberFormError::Part(after.into()))?;
            parts.push(part(name)?);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.into()));
        }
        let form = NumberForm { parts };
        form.check()?;
        Ok(form)
    }
}

fn part(name: &str) -> Result<Part, NumberFormError> {
    let unknown = || NumberFormError::Part(name.into());
    match name.split_once(':') {
        None if name == "year" => Ok(Part::Year),
        None if name == "serial" => Ok(Part::Serial(1)),
        Some(("serial", digits)) => {
            let digits = digits.parse::<u8>().ok().filter(|digits| (1..=DIGITS_MOST).contains(digits));
            digits.map(Part::Serial).ok_or_else(unknown)
        }
        _ => Err(unknown()),
    }
}

impl fmt::Display for NumberForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Year => f.write_str("{year}"),
            Part::Serial(digits) => write!(f, "{{serial:{digits}}}"),
        })
    }
}

/// The number of a permit that the office issued.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermitNumber(Box<str>);

impl PermitNumber {
    /// As it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PermitNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The serial numbers of one year that were left out or given twice, of those in `serials`, in any order.
/// Numbers begin with 1.
pub fn breaks(serials: &[u32]) -> Vec<Break> {
    let mut sorted = serials.to_vec();
    sorted.sort_unstable();
    let mut breaks = Vec::new();
    let mut last = 0_u32;
    for serial in sorted {
        if serial == last {
            breaks.push(Break::Twice(serial));
        } else if serial > last + 1 {
            breaks.push(Break::Missing { first: last + 1, last: serial - 1 });
        }
        last = serial;
    }
    breaks
}

/// A break in a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// Numbers that no permit bears.
    Missing {
        /// The first of them.
        first: u32,
        /// The last of them.
        last: u32,
    },
    /// A number that two permits bear, or none: numbers begin with 1.
    Twice(u32),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn forms_that_could_give_one_number_twice_are_refused() {
        for (form, expected) in [
            ("CN/UQ/{year}/{serial:6}", ""),
            ("{serial}-{year}", ""),
            ("CN/{serial:6}", "`{year}` must stand once"),
            ("CN/{year}", "`{serial:6}` must stand once"),
            ("{year}/{year}/{serial}", "`{year}` must stand once"),
            ("{year}{serial:6}", "must not touch"),
            ("{year}/7{serial:6}", "must not touch"),
            ("{year}/{serial:6}0", "must not touch"),
            ("{year}/{serial:10}", "`{serial:10}` is no part"),
            ("{year}/{serial:0}", "`{serial:0}` is no part"),
            ("{year}/{serial", "`{serial}` is no part"),
            ("{jahr}/{serial}", "`{jahr}` is no part"),
            ("cn/{year}/{serial}", "`c` may not stand"),
            ("公/{year}/{serial}", "`公` may not stand"),
            ("CN/AUTHORITY-OF-URUMQI/{year}/{serial}", "more than 32"),
        ] {
            let told = form.parse::<NumberForm>().map_or_else(|error| error.to_string(), |_| String::new());
            assert!(told.contains(expected) && told.is_empty() == expected.is_empty(), "{form}: {told}");
        }
    }

    #[test]
    fn a_number_is_written_as_its_form_says() {
        let form: NumberForm = "CN/UQ/{year}/{serial:6}".parse().unwrap();
        assert_eq!(form.number(2026, 42).as_str(), "CN/UQ/2026/000042");
        assert_eq!(form.number(2026, 1_234_567).as_str(), "CN/UQ/2026/1234567");
        assert_eq!(form.read("CN/UQ/2026/000042"), Some((2026, 42)));
        for other in
            ["CN/UQ/2026/42", "CN/UQ/2026/000042 ", "CN/UQ/26/000042", "KZ/UQ/2026/000042", "", "CN/UQ/2026/"]
        {
            assert_eq!(form.read(other), None, "{other}");
        }
    }

    #[test]
    fn a_series_with_a_break_is_told() {
        assert!(breaks(&[3, 1, 2]).is_empty());
        assert_eq!(
            breaks(&[2, 2, 5]),
            [Break::Missing { first: 1, last: 1 }, Break::Twice(2), Break::Missing { first: 3, last: 4 }]
        );
        assert_eq!(breaks(&[0, 1]), [Break::Twice(0)]);
    }

    proptest! {
        #[test]
        fn printed_then_read_is_the_same(form in "[A-Z]{0,3}/\\{year\\}[/.-]\\{serial:[1-9]\\}", year in 1975_i16..2200, serial in 1_u32..1_000_000_000) {
            let form: NumberForm = form.parse().unwrap();
            prop_assert_eq!(form.read(form.number(year, serial).as_str()), Some((year, serial)));
            prop_assert_eq!(form.to_string().parse::<NumberForm>(), Ok(form));
        }

        #[test]
        fn no_text_reads_as_a_number_of_another(text in "\\PC{0,40}") {
            let form: NumberForm = "CN/{year}-{serial:6}".parse().unwrap();
            if let Some((year, serial)) = form.read(&text) {
                let number = form.number(year, serial);
                prop_assert_eq!(number.as_str(), text.as_str());
            }
            let _ = text.parse::<NumberForm>();
        }
    }
}
