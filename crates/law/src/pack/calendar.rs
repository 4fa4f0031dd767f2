//! On which days a port is open.
//!
//! Source of truth: `port_calendar.csv` and an office's overlay of it. What an office has confirmed goes
//! first, then a notice for single days, then what is not certain (a holiday without its notice), then the
//! ordinary calendar. Where sources disagree each is a reading, and only a day on which all readings agree
//! is open or closed.

use std::collections::BTreeSet;
use std::str::FromStr;

use cites::{Confidence, Day, Span, Verified};
use smallvec::SmallVec;

use super::tables::{Layer, Origin, PackTables, origin, word};
use crate::bars::{overlap, span};
use crate::keyed::Keyed;
use crate::table::{Row, TableError};

const TABLE: &str = "port_calendar.csv";
const COLUMNS: [&str; 8] = ["ports", "from", "until", "kind", "opens", "traffic", "reading", "note"];

/// What a row of the calendar says of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalendarKind {
    /// Open every day.
    Open,
    /// Closed every day.
    Closed,
    /// Open on the days of its pattern, else closed.
    Seasonal,
    /// Open or closed by a notice that is not held.
    Uncertain,
    /// Open by a notice.
    NoticeOpen,
    /// Closed by a notice.
    NoticeClosed,
}

/// To whom a port is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Traffic {
    /// Everyone.
    All,
    /// Goods only.
    Freight,
    /// Travellers only.
    Passengers,
}

/// One row of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// The ids of its ports.
    pub ports: Box<[Box<str>]>,
    /// Its days.
    pub span: Span,
    /// What it says of them.
    pub kind: CalendarKind,
    /// The days of the year it speaks of.
    pub pattern: Pattern,
    /// To whom the port is open.
    pub traffic: Traffic,
    /// Which of several sources that disagree; empty where there is one.
    pub reading: Box<str>,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// Days of the year: months, each with days of the month. Empty is every day.
///
/// Written such as `4-11`, `7-9:1-10`, `2,4,6:11-31;8`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    parts: Box<[(Ranges, Ranges)]>,
}

/// Ranges of numbers, both ends included.
type Ranges = Box<[(u8, u8)]>;

/// Whether a port is open on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening<'p> {
    /// Open.
    Open(Traffic),
    /// Closed.
    Closed,
    /// Not known.
    Unknown {
        /// Why, for an officer.
        why: &'p str,
    },
}

/// Whether a port is open on a day, with the rows that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortDay<'p> {
    /// Open, closed or not known.
    pub opening: Opening<'p>,
    /// The rows that say so.
    pub rows: SmallVec<[&'p CalendarRow; 2]>,
    /// Whether they are verified.
    pub verified: Verified,
}

impl Pattern {
    /// Whether `day` is one of its days.
    pub fn contains(&self, day: Day) -> bool {
        let within = |ranges: &Ranges, number: u8| {
            ranges.is_empty() || ranges.iter().any(|(from, to)| (*from..=*to).contains(&number))
        };
        self.parts.is_empty()
            || self.parts.iter().any(|(months, days)| within(months, day.month()) && within(days, day.day()))
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Pattern, String> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        let parts = parts.map(|part| {
            let (months, days) = part.split_once(':').unwrap_or((part, ""));
            Ok((ranges(months, 12)?, ranges(days, 31)?))
        });
        Ok(Pattern { parts: parts.collect::<Result<_, String>>()? })
    }
}

fn ranges(text: &str, most: u8) -> Result<Ranges, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.trim().parse::<u8>().ok().filter(|number| (1..=most).contains(number));
        let range = number(from).zip(number(to)).filter(|(from, to)| from <= to);
        range.ok_or_else(|| {
            format!("`{part}` is not a month or day; write such as 4-11, 7-9:1-10 or 2,4,6:11-31;8")
        })
    };
    parts.map(range).collect()
}

impl CalendarRow {
    fn opening(&self, on: Day) -> Opening<'_> {
        match self.kind {
            CalendarKind::Open | CalendarKind::NoticeOpen => Opening::Open(self.traffic),
            CalendarKind::Closed | CalendarKind::NoticeClosed => Opening::Closed,
            CalendarKind::Seasonal if self.pattern.contains(on) => Opening::Open(self.traffic),
            CalendarKind::Seasonal => Opening::Closed,
            CalendarKind::Uncertain => Opening::Unknown { why: &self.note },
        }
    }

    const fn is_notice(&self) -> bool {
        matches!(self.kind, CalendarKind::NoticeOpen | CalendarKind::NoticeClosed)
    }

    fn is_ordinary(&self) -> bool {
        !self.is_notice() && self.kind != CalendarKind::Uncertain
    }
}

/// The calendar of the ports of a pack.
#[derive(Debug, Clone, Default)]
pub(super) struct Calendar {
    rows: Vec<CalendarRow>,
    /// The rows of each port, by its id.
    by_port: Keyed<Vec<usize>>,
}

impl Calendar {
    pub(super) fn of(rows: Vec<CalendarRow>) -> Calendar {
        let mut by_port: Keyed<Vec<usize>> = Keyed::default();
        for (at, port) in
            rows.iter().enumerate().flat_map(|(at, row)| row.ports.iter().map(move |id| (at, id)))
        {
            by_port.entry(port.clone()).or_default().push(at);
        }
        Calendar { rows, by_port }
    }

    /// Every row, in the order of the table.
    pub(super) fn rows(&self) -> &[CalendarRow] {
        &self.rows
    }

    /// The same calendar with `first` before its own rows.
    pub(super) fn after(self, mut first: Vec<CalendarRow>) -> Calendar {
        first.extend(self.rows);
        Calendar::of(first)
    }

    /// Whether the port of the id `port` is open on `on`.
    pub(super) fn open(&self, port: &str, on: Day) -> PortDay<'_> {
        let of_port = self.by_port.get(port).into_iter().flatten().filter_map(|at| self.rows.get(*at));
        open(of_port.filter(|row| row.span.contains(on)).collect(), on)
    }
}

/// Whether a port is open on `on`, by its rows of the day.
fn open(rows: SmallVec<[&CalendarRow; 4]>, on: Day) -> PortDay<'_> {
    let office = rows.iter().find(|row| row.origin.confirmed.is_some());
    if let Some(row) = office.or_else(|| rows.iter().find(|row| row.is_notice())) {
        return said(row.opening(on), &[*row]);
    }
    let ordinary: SmallVec<[&CalendarRow; 4]> =
        rows.iter().copied().filter(|row| row.is_ordinary()).collect();
    let agreed = agreed(&ordinary, on);
    let doubt = rows.iter().find(|row| row.kind == CalendarKind::Uncertain && row.pattern.contains(on));
    match (agreed.opening, doubt) {
        (Opening::Closed, _) | (_, None) => agreed,
        (_, Some(row)) => said(row.opening(on), &[*row]),
    }
}

/// What the ordinary rows say, each reading for itself.
fn agreed<'p>(rows: &[&'p CalendarRow], on: Day) -> PortDay<'p> {
    let Some(first) = rows.first() else {
        return said(Opening::Unknown { why: "no calendar is held for the port on this day" }, &[]);
    };
    let opening = first.opening(on);
    if rows.iter().any(|row| row.opening(on) != opening) {
        return said(Opening::Unknown { why: "sources disagree on the season of the port" }, rows);
    }
    let lone_conflict = rows.len() == 1 && first.origin.provenance.confidence == Confidence::Conflict;
    if lone_conflict && opening != Opening::Closed {
        return said(Opening::Unknown { why: &first.note }, rows);
    }
    let mut day = said(opening, rows);
    if rows.len() > 1 && rows.iter().all(|row| row.origin.provenance.confidence != Confidence::Memory) {
        // Sources that disagree on other days agree on this one.
        day.verified = Verified::Yes;
    }
    day
}

fn said<'p>(opening: Opening<'p>, rows: &[&'p CalendarRow]) -> PortDay<'p> {
    let verified = rows.iter().map(|row| row.origin.provenance.confidence).collect();
    PortDay { opening, rows: SmallVec::from_slice(rows), verified }
}

pub(super) fn read(
    tables: &PackTables<'_>,
    known: &BTreeSet<&str>,
    layer: Layer,
    errors: &mut Vec<TableError>,
) -> Vec<CalendarRow> {
    let rows = tables.rows(TABLE, &COLUMNS, errors, |row| calendar_row(row, known, layer));
    let mut seen: Vec<&CalendarRow> = Vec::new();
    for row in rows.iter().filter(|row| row.kind != CalendarKind::Uncertain) {
        if let Some(other) = seen.iter().find(|other| collide(other, row)) {
            errors.push(overlap(&tables.path(TABLE), row.origin.line, other.origin.line));
        }
        seen.push(row);
    }
    rows
}

/// Two rows that speak of one port and day with one voice.
fn collide(one: &CalendarRow, other: &CalendarRow) -> bool {
    let same_port = one.ports.iter().any(|port| other.ports.contains(port));
    same_port
        && one.is_notice() == other.is_notice()
        && one.reading == other.reading
        && one.span.overlaps(other.span)
}

fn calendar_row(row: &Row<'_>, known: &BTreeSet<&str>, layer: Layer) -> Result<CalendarRow, TableError> {
    let ports: Box<[Box<str>]> = row.needed("ports")?.split_whitespace().map(Box::from).collect();
    if let Some(unknown) = ports.iter().find(|port| !known.contains(&***port)) {
        return Err(
            row.fault("ports", &format!("`{unknown}` is no id of ports.csv; add the port or correct the id"))
        );
    }
    let kind = word(row, "kind", kind, "open, closed, seasonal, uncertain, notice-open, notice-closed")?;
    let pattern: Pattern = row.parsed("opens")?;
    if kind == CalendarKind::Seasonal && pattern.parts.is_empty() {
        return Err(row.fault("opens", "the cell is empty; a season needs its months, such as 4-11"));
    }
    Ok(CalendarRow {
        ports,
        span: span(row)?,
        kind,
        pattern,
        traffic: word(row, "traffic", traffic, "freight, passengers, or nothing for all")?,
        reading: row.get("reading").into(),
        note: row.get("note").into(),
        origin: origin(row, layer)?,
    })
}

fn kind(word: &str) -> Option<CalendarKind> {
    match word {
        "open" => Some(CalendarKind::Open),
        "closed" => Some(CalendarKind::Closed),
        "seasonal" => Some(CalendarKind::Seasonal),
        "uncertain" => Some(CalendarKind::Uncertain),
        "notice-open" => Some(CalendarKind::NoticeOpen),
        "notice-closed" => Some(CalendarKind::NoticeClosed),
        _ => None,
    }
}

fn traffic(word: &str) -> Option<Traffic> {
    match word {
        "" => Some(Traffic::All),
        "freight" => Some(Traffic::Freight),
        "passengers" => Some(Traffic::Passengers),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_holds_months_and_days() {
        let holds =
            |pattern: &str, day: &str| pattern.parse::<Pattern>().unwrap().contains(day.parse().unwrap());
        for (pattern, day, expected) in [
            ("", "2025-01-01", true),
            ("4-11", "2025-04-01", true),
            ("4-11", "2025-12-01", false),
            ("7-9:1-10", "2025-08-10", true),
            ("7-9:1-10", "2025-08-11", false),
            ("2,4,6:11-31;8", "2025-06-11", true),
            ("2,4,6:11-31;8", "2025-08-01", true),
            ("2,4,6:11-31;8", "2025-05-20", false),
            ("4:20-30;5-10", "2025-04-19", false),
            ("4:20-30;5-10", "2025-05-01", true),
        ] {
            assert_eq!(holds(pattern, day), expected, "{pattern} {day}");
        }
        for wrong in ["13", "4-x", "11-4", "4:32", "0"] {
            assert!(wrong.parse::<Pattern>().is_err(), "{wrong}");
        }
    }
}
