//! Days, months and spans, compared with another calendar and with themselves.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use cites::{Day, DayError, Span};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn any_day() -> impl Strategy<Value = Day> {
    (Day::MIN.days_since_1970()..=Day::MAX.days_since_1970())
        .prop_map(|days| Day::from_days_since_1970(days).unwrap())
}

#[test]
fn months_end_with_the_month() {
    for (from, months, expected) in [
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2026-03-05", 6, "2026-09-05"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 36, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-05-31", 0, "2026-05-31"),
        ("2200-11-30", 1, "2200-12-30"),
        ("2200-12-01", 1, "2200-12-31"),
        ("1800-01-01", u32::MAX, "2200-12-31"),
    ] {
        assert_eq!(day(from).plus_months(months), day(expected), "{from} and {months} months");
    }
}

#[test]
fn only_strict_iso_days_are_read() {
    for text in [
        "",
        "2026-3-5",
        "2026/03/05",
        "20260305",
        "2026-03-05 ",
        " 2026-03-05",
        "2026-03-05T00:00",
        "-026-03-05",
        "+026-03-05",
        "２０２６-03-05",
        "05.03.2026",
    ] {
        assert_eq!(text.parse::<Day>(), Err(DayError::NotIso(text.to_owned())));
    }
    for text in
        ["2026-02-29", "2100-02-29", "2026-00-10", "2026-13-10", "2026-04-31", "2026-01-00", "2026-01-99"]
    {
        assert_eq!(text.parse::<Day>(), Err(DayError::NotInCalendar(text.to_owned())));
    }
    for text in ["1799-12-31", "2201-01-01", "0000-01-01", "9999-99-99"] {
        assert_eq!(text.parse::<Day>(), Err(DayError::OutOfRange(text.to_owned())));
    }
}

#[test]
fn an_error_quotes_the_text_and_says_what_to_do() {
    let error = "5 March 2026".parse::<Day>().unwrap_err().to_string();
    assert_eq!(error, "`5 March 2026` is not a date; write it as year-month-day, such as 2026-03-05");
}

#[test]
fn known_days_have_known_numbers() {
    for (text, number) in [("1970-01-01", 0), ("1969-12-31", -1), ("1975-07-01", 2007), ("2000-02-29", 11016)]
    {
        assert_eq!(day(text).days_since_1970(), number);
        assert_eq!(Day::from_days_since_1970(number), Some(day(text)));
    }
    assert_eq!(Day::from_days_since_1970(Day::MAX.days_since_1970() + 1), None);
    assert_eq!(Day::from_days_since_1970(Day::MIN.days_since_1970() - 1), None);
}

#[test]
fn a_span_ends_the_day_before_until() {
    let span = Span::between(day("2013-06-12"), day("2017-01-02")).unwrap();
    for (text, inside) in
        [("2013-06-11", false), ("2013-06-12", true), ("2017-01-01", true), ("2017-01-02", false)]
    {
        assert_eq!(span.contains(day(text)), inside, "{text}");
    }
    assert_eq!(span.last_day(), Some(day("2017-01-01")));
    assert_eq!(Span::between(day("2017-01-02"), day("2017-01-02")), None);
    assert!(!span.overlaps(Span::since(day("2017-01-02"))));
    assert!(span.overlaps(Span::since(day("2017-01-01"))));
}

proptest! {
    #[test]
    fn a_printed_day_reads_back(day in any_day()) {
        prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        prop_assert_eq!(Day::from_ymd(day.year(), day.month(), day.day()), Some(day));
    }

    #[test]
    fn the_calendar_is_that_of_jiff(day in any_day(), months in 0u32..4000) {
        let other = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day.days_since_1970())).unwrap();
        prop_assert_eq!(day.to_string(), other.to_string());
        let later = other.checked_add(jiff::Span::new().months(months)).unwrap();
        let expected = if later.year() > 2200 { Day::MAX.to_string() } else { later.to_string() };
        prop_assert_eq!(day.plus_months(months).to_string(), expected);
    }

    #[test]
    fn later_months_are_never_earlier(a in any_day(), b in any_day(), months in 0u32..600) {
        prop_assert_eq!(a.min(b).plus_months(months) <= a.max(b).plus_months(months), true);
        prop_assert!(a <= a.plus_months(months));
    }

    #[test]
    fn next_and_previous_undo_each_other(day in any_day()) {
        prop_assume!(day != Day::MAX);
        prop_assert_eq!(day.next().previous(), day);
        prop_assert_eq!(day.days_until(day.next()), 1);
    }

    #[test]
    fn spans_overlap_when_they_share_a_day(a in 0i32..40, b in 0i32..40, c in 0i32..40, d in 0i32..40, open in any::<bool>()) {
        let at = |n: i32| Day::new(2026, 1, 1).plus_days(n);
        let first = Span { from: at(a), until: Some(at(b)) };
        let second = Span { from: at(c), until: (!open).then_some(at(d)) };
        let shared = (0..40).map(at).any(|day| first.contains(day) && second.contains(day));
        prop_assert_eq!(first.overlaps(second), shared);
        prop_assert_eq!(second.overlaps(first), shared);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,12}") {
        let _ = text.parse::<Day>();
    }
}
