//! Terms of the Management Authority in the shipped calendar.

use proptest::prelude::*;

use super::*;

fn china() -> WorkingDays {
    WorkingDays::from_toml(include_str!("../../../data/calendars/CN.toml")).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn decision(started: &str) -> Clock {
    Clock::start(day(started), Term::WorkingDays(20))
}

fn last(clock: &Clock) -> Option<Day> {
    clock.last_day(&china()).map(|counted| counted.day)
}

#[test]
fn days_after_a_question_up_to_its_answer_are_not_counted() {
    let mut clock = decision("2026-03-02");
    assert_eq!(last(&clock), Some(day("2026-03-30")));
    let question = clock.ask(Wait::Experts, day("2026-03-05")).unwrap();
    // While the answer is awaited no last day is known.
    assert_eq!(last(&clock), None);
    // 3, 4 and 5 March have passed.
    let waiting = clock.standing(day("2026-03-20"), &china());
    assert!(
        matches!(waiting, Standing::Waiting { pause, left: 17 } if pause.wait == Wait::Experts),
        "{waiting:?}"
    );
    clock.answer(question, day("2026-03-19")).unwrap();
    // Ten working days, 6 to 19 March, were not counted; the Tomb-sweeping holiday lies on the way.
    assert_eq!(last(&clock), Some(day("2026-04-14")));
}

#[test]
fn two_questions_that_overlap_stop_the_clock_once() {
    let mut clock = decision("2026-03-02");
    let experts = clock.ask(Wait::Experts, day("2026-03-05")).unwrap();
    let abroad = clock.ask(Wait::Abroad, day("2026-03-09")).unwrap();
    clock.answer(experts, day("2026-03-12")).unwrap();
    assert_eq!(last(&clock), None);
    clock.answer(abroad, day("2026-03-19")).unwrap();
    assert_eq!(last(&clock), Some(day("2026-04-14")));
    assert_eq!(clock.answer(abroad, day("2026-03-20")), Err(ClockError::NoQuestion(1)));
}

#[test]
fn a_term_is_late_after_its_last_day_and_a_question_does_not_mend_it() {
    let mut clock = decision("2026-03-02");
    let on = |clock: &Clock, on: &str| clock.standing(day(on), &china());
    assert!(matches!(on(&clock, "2026-03-30"), Standing::Running { left: 0, .. }));
    assert!(matches!(on(&clock, "2026-04-01"), Standing::Late { by: 2, .. }));
    clock.ask(Wait::Abroad, day("2026-04-01")).unwrap();
    assert!(matches!(on(&clock, "2026-04-10"), Standing::Late { .. }));
    assert_eq!(clock.extend(10, day("2026-04-10"), &china()), Err(ClockError::Late(day("2026-03-30"))));
}

#[test]
fn a_term_is_extended_once_and_in_time() {
    let mut clock = decision("2026-03-02");
    clock.extend(10, day("2026-03-30"), &china()).unwrap();
    assert_eq!(last(&clock), Some(day("2026-04-14")));
    assert_eq!(clock.extend(10, day("2026-04-01"), &china()), Err(ClockError::Extended(day("2026-03-30"))));
}

#[test]
fn an_answer_ends_the_clock_in_time_or_late() {
    for (on, in_time) in [("2026-03-30", true), ("2026-03-31", false)] {
        let mut clock = decision("2026-03-02");
        clock.end(day(on)).unwrap();
        let standing = clock.standing(day("2026-12-01"), &china());
        assert!(matches!(standing, Standing::Ended { in_time: told, .. } if told == in_time), "{standing:?}");
        assert_eq!(clock.end(day("2026-04-01")), Err(ClockError::Ended(day(on))));
        assert_eq!(clock.ask(Wait::Abroad, day("2026-04-01")), Err(ClockError::Ended(day(on))));
    }
    let mut asked = decision("2026-03-02");
    asked.ask(Wait::Experts, day("2026-03-05")).unwrap();
    asked.end(day("2026-06-01")).unwrap();
    let standing = asked.standing(day("2026-06-01"), &china());
    assert!(matches!(standing, Standing::Ended { in_time: true, last: None, .. }), "{standing:?}");
}

#[test]
fn calendar_days_take_no_notice_of_holidays() {
    let clock = Clock::start(day("2026-12-20"), Term::CalendarDays(30));
    let last = clock.last_day(&china()).unwrap();
    assert_eq!((last.day, last.is_sure()), (day("2027-01-19"), true));
}

#[test]
fn days_before_the_beginning_are_refused() {
    let mut clock = decision("2026-03-02");
    let before = ClockError::Before { day: day("2026-03-01"), earlier: day("2026-03-02") };
    assert_eq!(clock.ask(Wait::Experts, day("2026-03-01")), Err(before.clone()));
    assert_eq!(clock.end(day("2026-03-01")), Err(before));
}

proptest! {
    #[test]
    fn a_pause_never_shortens_a_term(start in 19_800_i32..20_500, asked in 0_i32..40, wait in 0_i32..40) {
        let start = Day::from_days_since_1970(start).unwrap();
        let clock = Clock::start(start, Term::WorkingDays(20));
        let without = clock.last_day(&china()).unwrap().day;
        let mut paused = clock;
        let question = paused.ask(Wait::Abroad, start.plus_days(asked)).unwrap();
        paused.answer(question, start.plus_days(asked + wait)).unwrap();
        let with = paused.last_day(&china()).unwrap().day;
        let skipped = china().between(start.plus_days(asked), start.plus_days(asked + wait));
        prop_assert!(with >= without);
        // What was not counted comes back as working days at the end, unless the term was over before.
        let back = china().between(without, with);
        prop_assert!(back <= skipped, "{back} back of {skipped}");
        prop_assert!(start.plus_days(asked) >= without || skipped == 0 || back > 0);
    }
}
