//! The whole way of an application, and the ways that are barred.

use cites::{AgencyId, Day};

use super::department::{Approval, Caution, Provincial, Review, ReviewTerms, Side, Unapproved, With, stands};
use super::*;
use crate::clock::{Standing, Term, Wait};

pub(super) const TERMS: Terms = Terms {
    completeness: Term::WorkingDays(5),
    decision: Term::WorkingDays(20),
    extension: 10,
    forestry: None,
    fishery: Some(REVIEW),
    copy: Some(Term::CalendarDays(30)),
};
pub(super) const REVIEW: ReviewTerms =
    ReviewTerms { provincial: Some(Term::WorkingDays(10)), decision: Term::WorkingDays(20), extension: 10 };
pub(super) const WITH: With = With { side: Side::Fishery, agency: AgencyId([7; 16]) };

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
    let provincial = Provincial::begin(WITH, day("2026-03-02"), Term::WorkingDays(10));
    let to = AgencyId([8; 16]);
    let deciding = provincial.pass_on((to, "the pond is sound"), day("2026-03-13"), REVIEW).unwrap();
    assert_eq!(deciding.opinion.as_deref(), Some("the pond is sound"));
    let deciding = deciding.extend(day("2026-04-01"), &china()).unwrap();
    let document = Approval {
        number: "林护许准〔2026〕1号".into(),
        issued: day("2026-04-20"),
        last_day: Some(day("2026-10-19")),
        content: "two saker falcons".into(),
        with: None,
    };
    let approval = deciding.clone().approve(document.clone()).unwrap();
    assert_eq!(approval.with, Some(With { agency: to, ..WITH }));
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
fn a_permit_on_which_goods_passed_is_replaced_once_its_copy_came() {
    let live = || Live::issued(day("2026-04-02"), day("2026-10-02"));
    let used = || live().release(day("2026-05-01")).unwrap();
    let replaced = |live: Live| live.replace("the port was wrong", day("2026-05-02")).map(drop);
    assert_eq!(replaced(used()), Err(PermitError::CopyAwaited));
    let filed = used().file_copy(day("2026-05-02")).unwrap();
    assert_eq!(replaced(filed.clone()), Ok(()));
    // A further release waits for its own copy.
    assert_eq!(replaced(filed.release(day("2026-05-02")).unwrap()), Err(PermitError::CopyAwaited));
    assert_eq!(
        live().replace("late", day("2026-10-03")).map(drop),
        Err(PermitError::Over(day("2026-10-02")))
    );
    assert_eq!(live().cancel("", day("2026-05-02")), Err(PermitError::NoReason));
    let before = PermitError::Before { day: day("2026-04-01"), issued: day("2026-04-02") };
    assert_eq!(live().lose(day("2026-04-01")), Err(before));
    assert_eq!(live().file_copy(day("2026-05-01")), Err(PermitError::NotReleased));
    assert_eq!(
        live().return_due(Term::CalendarDays(30), day("2026-05-01"), &china()),
        Err(PermitError::NotReleased)
    );
}

#[test]
fn a_permit_is_printed_before_it_is_handed_over_and_amended_one_request_at_a_time() {
    let live = || Live::issued(day("2026-04-02"), day("2026-10-02"));
    let on = day("2026-04-03");
    assert_eq!(live().hand_over(on), Err(PermitError::NotPrinted));
    let handed = live().print(on).unwrap().hand_over(on).unwrap();
    assert_eq!((handed.printed_on(), handed.handed_over_on()), (Some(on), Some(on)));
    assert_eq!(live().print(day("2026-10-03")), Err(PermitError::Over(day("2026-10-02"))));
    assert_eq!(live().ask_amendment("another port", " ", on), Err(PermitError::NoReason));
    let asked = live().ask_amendment("another port", "the road is closed", on).unwrap();
    assert_eq!(asked.ask_amendment("a third", "why not", on), Err(PermitError::AskedBefore(on)));
}

#[test]
fn the_review_says_what_a_grant_may_rest_on() {
    let on = day("2026-05-04");
    let applied = day("2026-04-20");
    let approval = |last: Option<&str>| {
        Review::Approved(Approval {
            number: "1".into(),
            issued: day("2026-03-02"),
            last_day: last.map(day),
            content: "two".into(),
            with: None,
        })
    };
    let said = |review: Option<&Review>| stands(review, applied, on);
    assert_eq!(said(None), Ok(Some(Caution::NotRecorded)));
    assert_eq!(said(Some(&approval(None))), Ok(Some(Caution::NoLastDay)));
    assert_eq!(said(Some(&approval(Some("2026-05-04")))), Ok(None));
    assert_eq!(said(Some(&approval(Some("2026-05-03")))), Ok(Some(Caution::OverSince(day("2026-05-03")))));
    let last = day("2026-04-19");
    assert_eq!(said(Some(&approval(Some("2026-04-19")))), Err(Unapproved::Over { last, applied }));
    assert_eq!(
        stands(Some(&approval(None)), applied, day("2026-03-01")),
        Err(Unapproved::NotYet(day("2026-03-02")))
    );
    let begun = Review::begin(WITH, day("2026-03-02"), REVIEW);
    assert!(matches!(begun, Review::Provincial(_)));
    assert_eq!(said(Some(&begun)), Err(Unapproved::UnderWay));
    let Review::Deciding(deciding) =
        Review::begin(WITH, day("2026-03-02"), ReviewTerms { provincial: None, ..REVIEW })
    else {
        panic!("no province is asked where the terms have none")
    };
    let refused = Review::Refused(deciding.refuse("the pond is dry", day("2026-03-20")).unwrap());
    assert_eq!(said(Some(&refused)), Err(Unapproved::Refused(day("2026-03-20"))));
}

#[test]
fn the_clock_of_completeness_begins_anew_when_the_review_ends() {
    let again = received().reaches(day("2026-04-01"), TERMS);
    assert_eq!(again.on, day("2026-04-01"));
    assert!(matches!(again.standing(day("2026-04-02"), &china()), Standing::Running { left: 4, .. }));
    assert_eq!(received().reaches(day("2026-01-01"), TERMS), received());
}

#[test]
fn a_grant_keeps_its_reasons_and_one_from_before_reasons_were_kept_is_read() {
    let granted = || accepted().grant(day("2026-04-01")).unwrap();
    let old = serde_json::to_string(&Application::Granted(granted())).unwrap();
    assert!(!old.contains("reasons"), "{old}");
    let read: Application = serde_json::from_str(&old).unwrap();
    assert_eq!(read, Application::Granted(granted().because(Some(" "))), "blank reasons are none");
    let reasoned = Application::Granted(granted().because(Some(" between two zoos ")));
    let kept = serde_json::to_string(&reasoned).unwrap();
    let Application::Granted(read) = serde_json::from_str(&kept).unwrap() else { panic!("{kept}") };
    assert_eq!(read.reasons(), Some("between two zoos"));
    let line = r#"{"line":1,"taxon":{"kingdom":"Animalia","name":"Falco cherrug"},"quantity":"2 KGM"}"#;
    let read: GrantedLine = serde_json::from_str(line).unwrap();
    assert_eq!((&read.reasons, serde_json::to_string(&read).unwrap()), (&None, line.to_owned()));
}
