//! The whole way of an application, and the ways that are barred.

use cites::Day;

use super::department::{Approval, Provincial};
use super::*;
use crate::clock::{Standing, Term, Wait};

const TERMS: Terms =
    Terms { completeness: Term::WorkingDays(5), decision: Term::WorkingDays(20), extension: 10 };

fn china() -> WorkingDays {
    WorkingDays::from_toml(include_str!("../../../../data/calendars/CN.toml")).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn received() -> Received {
    Draft.submit(day("2026-03-02"), TERMS)
}

fn accepted() -> Accepted {
    received().accept(day("2026-03-04"), TERMS).unwrap()
}

fn missing() -> Vec<Box<str>> {
    vec!["the contract is not signed".into()]
}

#[test]
fn an_application_goes_from_a_notice_of_defects_to_a_permit() {
    let incomplete = received().notify(missing(), day("2026-03-05"), &china()).unwrap();
    assert!(!incomplete.notice.late);
    let again = incomplete.answer(day("2026-03-10"), TERMS).unwrap();
    let accepted = again.accept(day("2026-03-11"), TERMS).unwrap();
    let (accepted, question) = accepted.ask(Wait::Experts, day("2026-03-12")).unwrap();
    assert!(matches!(accepted.standing(day("2026-03-20"), &china()), Standing::Waiting { left: 19, .. }));
    let accepted = accepted.answered(question, day("2026-03-23")).unwrap();
    let granted = accepted.grant(day("2026-04-01")).unwrap();
    assert!(matches!(granted.standing(&china()), Standing::Ended { in_time: true, .. }));
    let issued = granted.issue(day("2026-04-02"), day("2026-10-02")).unwrap();
    let live = issued.permit.release(day("2026-05-06")).unwrap().release(day("2026-05-04")).unwrap();
    let due = live.return_due(Term::CalendarDays(30), day("2026-06-01"), &china()).unwrap();
    assert!(matches!(due, Standing::Running { left: 4, .. }), "{due:?}");
    assert_eq!(live.come_back(day("2026-06-01")).unwrap().released, Some(day("2026-05-06")));
}

#[test]
fn what_is_missing_is_told_once_and_in_full() {
    let incomplete = received().notify(missing(), day("2026-03-09"), &china()).unwrap();
    let again = incomplete.answer(day("2026-03-12"), TERMS).unwrap();
    let twice = again.notify(missing(), day("2026-03-13"), &china());
    assert_eq!(twice, Err(ApplicationError::NotifiedBefore(day("2026-03-09"))));
    let nothing = received().notify(vec![" ".into()], day("2026-03-03"), &china());
    assert_eq!(nothing, Err(ApplicationError::NoDefect));
    // The sixth working day.
    assert!(received().notify(missing(), day("2026-03-10"), &china()).unwrap().notice.late);
}

#[test]
fn nothing_is_granted_while_an_answer_is_awaited() {
    let (asked, _) = accepted().ask(Wait::Abroad, day("2026-03-05")).unwrap();
    let refused = asked.clone().grant(day("2026-03-06"));
    assert_eq!(refused, Err(ApplicationError::Awaited("the foreign authority")));
    assert_eq!(asked.refuse("the import permit is forged", day("2026-03-06")).unwrap().on, day("2026-03-06"));
}

#[test]
fn a_refusal_and_an_extension_need_reasons() {
    assert_eq!(accepted().refuse(" ", day("2026-03-06")), Err(ApplicationError::NoReason));
    assert_eq!(accepted().extend("", day("2026-03-06"), &china()), Err(ApplicationError::NoReason));
    let extended = accepted().extend("the range State is slow", day("2026-03-06"), &china()).unwrap();
    let again = extended.extend("still", day("2026-03-09"), &china());
    assert!(matches!(again, Err(ApplicationError::Clock(_))), "{again:?}");
}

#[test]
fn no_deed_lies_before_the_one_that_it_follows() {
    let early = |day: &str, earlier: &str| {
        Err(ApplicationError::Before { day: self::day(day), earlier: self::day(earlier) })
    };
    assert_eq!(received().accept(day("2026-03-01"), TERMS).map(drop), early("2026-03-01", "2026-03-02"));
    assert_eq!(received().withdraw(day("2026-03-01")).map(drop), early("2026-03-01", "2026-03-02"));
    assert_eq!(accepted().withdraw(day("2026-03-03")).map(drop), early("2026-03-03", "2026-03-04"));
    let granted = || accepted().grant(day("2026-03-06")).unwrap();
    assert_eq!(
        granted().issue(day("2026-03-05"), day("2026-09-05")).map(drop),
        early("2026-03-05", "2026-03-06")
    );
    assert_eq!(
        granted().issue(day("2026-03-09"), day("2026-03-08")).map(drop),
        early("2026-03-08", "2026-03-09")
    );
    assert!(matches!(accepted().grant(day("2026-03-03")), Err(ApplicationError::Clock(_))));
}

#[test]
fn the_department_reviews_decides_and_gives_a_document() {
    let provincial = Provincial::begin(day("2026-03-02"), Term::WorkingDays(10));
    let deciding = provincial.pass_on(day("2026-03-13"), Term::WorkingDays(20), 10).unwrap();
    let deciding = deciding.extend(day("2026-04-01"), &china()).unwrap();
    let document = Approval {
        number: "林护许准〔2026〕1号".into(),
        issued: day("2026-04-20"),
        last_day: Some(day("2026-10-19")),
        content: "two saker falcons".into(),
    };
    let approval = deciding.clone().approve(document.clone()).unwrap();
    for (on, good) in [
        ("2026-04-19", Some(false)),
        ("2026-04-20", Some(true)),
        ("2026-10-19", Some(true)),
        ("2026-10-20", Some(false)),
    ] {
        assert_eq!(approval.is_good_on(day(on)), good, "{on}");
    }
    assert_eq!(Approval { last_day: None, ..document.clone() }.is_good_on(day("2026-05-01")), None);
    let over = Approval { last_day: Some(day("2026-04-01")), ..document };
    assert!(deciding.clone().approve(over).is_err());
    assert_eq!(deciding.refuse("", day("2026-04-20")), Err(ApplicationError::NoReason));
}

#[test]
fn a_permit_that_ended_is_good_no_more() {
    let live = || Live::issued(day("2026-04-02"), day("2026-10-02"));
    let ended = |ended| Permit::Ended(ended);
    let on = day("2026-05-01");
    for (permit, word, good) in [
        (Permit::Live(live()), "issued", true),
        (ended(Ended::Cancelled(live().cancel("granted in error", on).unwrap())), "cancelled", false),
        (ended(Ended::Replaced(live().replace("the port was wrong", on).unwrap())), "replaced", false),
        (ended(Ended::Lost(live().lose(on).unwrap())), "lost", false),
        (ended(Ended::Returned(live().come_back(on).unwrap())), "returned", false),
    ] {
        assert_eq!((permit.as_str(on), permit.is_good_on(on)), (word, good));
    }
    let permit = Permit::Live(live());
    assert!(permit.is_good_on(day("2026-10-02")) && !permit.is_good_on(day("2026-10-03")));
    assert_eq!(permit.as_str(day("2026-10-03")), "expired");
    assert!(!permit.is_good_on(day("2026-04-01")));
}

#[test]
fn a_permit_on_which_goods_passed_is_not_replaced() {
    let live = || Live::issued(day("2026-04-02"), day("2026-10-02"));
    let used = live().release(day("2026-05-01")).unwrap();
    assert_eq!(used.replace("the port was wrong", day("2026-05-02")), Err(PermitError::Used));
    assert_eq!(live().cancel("", day("2026-05-02")), Err(PermitError::NoReason));
    let before = PermitError::Before { day: day("2026-04-01"), issued: day("2026-04-02") };
    assert_eq!(live().lose(day("2026-04-01")), Err(before));
    assert_eq!(
        live().return_due(Term::CalendarDays(30), day("2026-05-01"), &china()),
        Err(PermitError::NotReleased)
    );
}
