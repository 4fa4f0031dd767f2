//! The day whose law is asked for.
//!
//! Source of truth: the command line, then the consignment: the day on which the papers are presented, else
//! the day of the border event that it tells.

use border::consignment::Consignment;
use cites::Day;
use law::rule::Direction;

/// The day whose law is asked for, and why it is that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfLaw {
    /// The day.
    pub on: Day,
    /// Why.
    pub why: &'static str,
}

/// The day whose law is asked for: as told, else as the consignment tells, else today.
pub fn day_of(consignment: &Consignment, told: Option<Day>, today: Day) -> DayOfLaw {
    let dates = &consignment.journey.dates;
    let leaves = matches!(consignment.journey.direction, Some(Direction::Export | Direction::ReExport));
    let (first, second) = if leaves {
        ((dates.left, "the goods leave"), (dates.arrived, "the goods arrive"))
    } else {
        ((dates.arrived, "the goods arrive"), (dates.left, "the goods leave"))
    };
    let candidates =
        [(told, "as told by --on"), (dates.presented, "the papers are presented"), first, second];
    let found = candidates.into_iter().find_map(|(day, why)| Some(DayOfLaw { on: day?, why }));
    found.unwrap_or(DayOfLaw { on: today, why: "today, since no day is told" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dates: &str, told: Option<Day>, expected: &str) {
        let text = format!("{dates}\n[[line]]\nname = \"Falco cherrug\"\n");
        let consignment = border::consignment::from_toml(&text).unwrap();
        let day = day_of(&consignment, told, Day::new(2030, 1, 1));
        assert_eq!(format!("{} {}", day.on, day.why), expected, "{dates}");
    }

    #[test]
    fn the_day_is_that_of_the_border_event() {
        let dates = "[dates]\nleft = 2026-04-02\narrived = 2026-04-05\n";
        check(dates, None, "2026-04-05 the goods arrive");
        check(&format!("direction = \"export\"\n{dates}"), None, "2026-04-02 the goods leave");
        check(&format!("{dates}presented = 2026-04-06"), None, "2026-04-06 the papers are presented");
        check(dates, Some(Day::new(2020, 1, 1)), "2020-01-01 as told by --on");
        check("", None, "2030-01-01 today, since no day is told");
    }
}
