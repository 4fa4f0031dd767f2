//! Counts of working days in the shipped calendar, and calendars that do not load.

use proptest::prelude::*;

use super::*;

fn china() -> WorkingDays {
    WorkingDays::from_toml(include_str!("../../../data/calendars/CN.toml")).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

#[test]
fn holidays_weekends_and_made_up_days_are_told_apart() {
    let china = china();
    for (on, worked) in [
        ("2026-02-13", true),
        // A Saturday that a notice calls to work, then nine days of the Spring Festival.
        ("2026-02-14", true),
        ("2026-02-15", false),
        ("2026-02-23", false),
        ("2026-02-24", true),
        ("2026-02-28", true),
        ("2026-03-01", false),
        ("2026-03-07", false),
        ("2025-10-08", false),
        ("2025-10-11", true),
        ("2024-01-01", false),
    ] {
        assert_eq!(china.is_worked(day(on)), worked, "{on}");
    }
}

#[test]
fn a_term_ends_on_its_last_working_day() {
    let china = china();
    for (start, days, end) in [
        // The day of the event is not counted.
        ("2026-03-02", 5, "2026-03-09"),
        ("2026-03-02", 20, "2026-03-30"),
        // From a Friday.
        ("2026-03-06", 1, "2026-03-09"),
        // Over the Spring Festival with its Saturdays.
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-03-02", 0, "2026-03-02"),
    ] {
        let counted = china.after(day(start), days);
        assert_eq!(counted.day, day(end), "{days} days from {start}");
        assert!(counted.is_sure(), "{days} days from {start}");
    }
}

#[test]
fn a_count_into_a_year_without_a_notice_says_so() {
    let china = china();
    let counted = china.after(day("2026-12-21"), 20);
    assert_eq!((counted.day, counted.unknown_years.as_slice()), (day("2027-01-18"), [2027].as_slice()));
    assert!(!counted.is_sure());
    assert_eq!(china.after(day("2026-12-31"), 1).unknown_years, [2027]);
    assert!(china.after(day("2031-12-31"), 0).unknown_years.is_empty());
}

#[test]
fn a_calendar_with_a_mistake_does_not_load() {
    let head = "about = \"a\"\ncountry = \"CN\"\nweekend = [\"saturday\"]\nsource = \"s\"\nconfidence = \"F\"\nchecked = \"2026-01-01\"\n";
    let year = |off: &str, work: &str| {
        format!(
            "{head}[[year]]\nyear = 2026\nnotice = \"n\"\nissued = \"2025-11-04\"\nsource = \"s\"\nconfidence = \"F\"\nchecked = \"2026-01-01\"\noff = [{off}]\nwork = [{work}]\n"
        )
    };
    let span =
        |from: &str, until: &str| format!("{{ from = \"{from}\", until = \"{until}\", occasion = \"o\" }}");
    let twice = format!("{}{}", year("", ""), year("", "").replace(head, ""));
    for (text, expected) in [
        (year(&span("2026-01-01", "2026-01-04"), ""), ""),
        (
            year(&span("2025-12-31", "2026-01-04"), ""),
            "2025-12-31 cannot stand in the year 2026: it is a day of another",
        ),
        (year(&span("2026-12-31", "2027-01-01"), ""), ""),
        (year(&span("2026-12-31", "2027-01-02"), ""), "2027-01-01 cannot stand in the year 2026"),
        (
            year(&span("2026-01-04", "2026-01-04"), ""),
            "2026-01-04 cannot stand in the year 2026: the span ends before",
        ),
        (
            year(&span("2026-01-01", "2026-01-04"), "\"2026-01-02\""),
            "2026-01-02 cannot stand in the year 2026: it is a holiday and",
        ),
        (year("", "\"2027-01-02\""), "2027-01-02 cannot stand in the year 2026: it is a day of another"),
        (head.replace("saturday", "Saturday"), "`Saturday` is not a weekend"),
        (head.replace("[\"saturday\"]", &format!("{WEEK:?}")), "is not a weekend"),
        (twice, "the year 2026 stands twice"),
        ("country = 7".to_owned(), "the calendar cannot be read"),
    ] {
        let told = WorkingDays::from_toml(&text).map_or_else(|error| error.to_string(), |_| String::new());
        assert!(told.contains(expected) && told.is_empty() == expected.is_empty(), "{text}\n{told}");
    }
}

proptest! {
    #[test]
    fn counting_there_and_back_agrees(start in 19_700_i32..20_800, days in 0_u16..60) {
        let (china, start) = (china(), Day::from_days_since_1970(start).unwrap());
        let end = china.after(start, days).day;
        prop_assert_eq!(china.between(start, end), u32::from(days));
        prop_assert!(days == 0 || china.is_worked(end));
    }
}
