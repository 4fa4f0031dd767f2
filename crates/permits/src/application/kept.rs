//! What is kept of an application, a review and a permit is read back only as what their deeds could have led to.

use super::department::{Approval, Refusal};
use super::{Accepted, Cancelled, Granted, Issued, Live, Notice, Received, Refused, Replaced};
use crate::kept::{Impossible, kept, must};

fn is_stated(text: &str) -> bool {
    !text.trim().is_empty()
}

impl Received {
    fn check(&self) -> Result<(), Impossible> {
        must(self.clock.started() == self.on, "a clock of completeness that began on another day")?;
        must(
            self.clock.stopped().is_none() && self.clock.pauses().is_empty(),
            "a clock of completeness that ended",
        )?;
        must(
            self.notified.as_ref().is_none_or(|notice| notice.on <= self.on),
            "an answer before its notice of defects",
        )
    }
}

impl Notice {
    fn check(&self) -> Result<(), Impossible> {
        must(self.defects.iter().any(|defect| is_stated(defect)), "a notice of defects that names none")
    }
}

impl Accepted {
    fn check(&self) -> Result<(), Impossible> {
        must(self.clock.started() == self.on, "a clock of the decision that began on another day")?;
        must(self.clock.stopped().is_none(), "a clock that ended without a decision")
    }
}

impl Granted {
    fn check(&self) -> Result<(), Impossible> {
        must(self.clock.stopped() == Some(self.on), "a decision on another day than its clock ended")?;
        must(
            self.clock.pauses().iter().all(|pause| pause.answered.is_some()),
            "a grant while an answer is awaited",
        )
    }
}

impl Refused {
    fn check(&self) -> Result<(), Impossible> {
        must(self.clock.stopped() == Some(self.on), "a refusal on another day than its clock ended")?;
        must(is_stated(&self.reasons), "a refusal without reasons")
    }
}

impl Issued {
    fn check(&self) -> Result<(), Impossible> {
        must(self.permit.issued_on() == self.on, "a permit that was issued on another day")
    }
}

impl Approval {
    fn check(&self) -> Result<(), Impossible> {
        must(
            self.last_day.is_none_or(|last| self.issued <= last),
            "an approval that ended before it was issued",
        )
    }
}

impl Refusal {
    fn check(&self) -> Result<(), Impossible> {
        must(is_stated(&self.reasons), "a refusal without reasons")
    }
}

impl Live {
    fn check(&self) -> Result<(), Impossible> {
        must(self.issued_on() <= self.last_day(), "a permit that ended before it was issued")?;
        must(
            self.released_on().is_none_or(|day| self.issued_on() <= day),
            "a release before the permit was issued",
        )?;
        must(
            self.copy_filed_on().is_none_or(|filed| self.released_on().is_some_and(|day| day <= filed)),
            "an endorsed copy of goods that were not released",
        )?;
        must(
            self.handed_over_on().is_none() || self.printed_on().is_some(),
            "a permit that was handed over and never printed",
        )
    }
}

impl Cancelled {
    fn check(&self) -> Result<(), Impossible> {
        must(is_stated(&self.reason), "a cancellation without a reason")
    }
}

impl Replaced {
    fn check(&self) -> Result<(), Impossible> {
        must(is_stated(&self.reason), "a replacement without a reason")
    }
}

kept!(Received, Notice, Accepted, Granted, Refused, Issued, Approval, Refusal, Live, Cancelled, Replaced);

#[cfg(test)]
mod tests {
    use cites::Day;
    use proptest::prelude::*;

    use super::*;
    use crate::WorkingDays;
    use crate::application::department::{Provincial, Review};
    use crate::application::{Application, Draft, Ended, Permit};
    use crate::clock::{Term, Wait};

    use crate::application::tests::{REVIEW, TERMS, WITH};

    fn china() -> WorkingDays {
        WorkingDays::from_toml(include_str!("../../../../data/calendars/CN.toml")).unwrap()
    }

    /// An application after some of its deeds, each so many days after the one before.
    fn application(days: &[u8], text: &str) -> Application {
        let mut on = Day::new(2026, 3, 2);
        let mut pass = days.iter().map(|days| {
            on = on.plus_days(i32::from(*days));
            on
        });
        let mut next = || pass.next();
        let Some(day) = next() else { return Application::Draft(Draft) };
        let received = Draft.submit(day, TERMS);
        let Some(day) = next() else { return Application::Received(received) };
        let incomplete = received.notify(vec![text.into(), "a".into()], day, &china()).unwrap();
        let Some(day) = next() else { return Application::Incomplete(incomplete) };
        let again = incomplete.answer(day, TERMS).unwrap();
        let Some(day) = next() else { return Application::Received(again) };
        let accepted = again.accept(day, TERMS).unwrap();
        let Some(day) = next() else { return Application::Accepted(accepted) };
        let (asked, question) = accepted.ask(Wait::Abroad, day).unwrap();
        let Some(day) = next() else { return Application::Accepted(asked) };
        if day.day() % 3 == 0 {
            return Application::Refused(asked.refuse(&format!("no: {text}"), day).unwrap());
        }
        let granted = asked.answered(question, day).unwrap().grant(day).unwrap();
        let Some(day) = next() else { return Application::Granted(granted) };
        Application::Issued(granted.issue(day, day.plus_months(6)).unwrap())
    }

    #[test]
    fn an_application_is_kept_by_the_names_of_its_fields() {
        let text = serde_json::to_string(&application(&[0, 1], "x")).unwrap();
        assert_eq!(text, r#"{"incomplete":{"notice":{"on":"2026-03-03","defects":["x","a"],"late":false}}}"#);
        let text = serde_json::to_string(&application(&[0], "x")).unwrap();
        let clock = r#"{"started":"2026-03-02","term":{"working-days":5},"extension":null,"pauses":[],"stopped":null}"#;
        assert_eq!(text, format!(r#"{{"received":{{"on":"2026-03-02","notified":null,"clock":{clock}}}}}"#));
    }

    #[test]
    fn what_no_deed_leads_to_is_not_read() {
        let issued = serde_json::to_string(&application(&[0, 1, 1, 1, 1, 1, 1], "x")).unwrap();
        assert!(issued.starts_with(r#"{"issued""#), "{issued}");
        let received = serde_json::to_string(&application(&[0], "x")).unwrap();
        for (text, from, to) in [
            (&issued, r#""on":"2026-03-08""#, r#""on":"2026-03-09""#),
            (&issued, r#""last_day":"2026-09-08""#, r#""last_day":"2026-03-01""#),
            (&issued, r#""released":null"#, r#""released":"2026-03-01""#),
            (&issued, r#""released":null"#, r#""released":null,"free":true"#),
            (&received, r#""on":"2026-03-02""#, r#""on":"2026-03-03""#),
            (&received, r#""stopped":null"#, r#""stopped":"2026-03-02""#),
            (&received, r#""stopped":null"#, r#""stopped":"2026-03-01""#),
            (
                &received,
                r#""pauses":[]"#,
                r#""pauses":[{"asked":"2026-03-01","answered":null,"wait":"abroad"}]"#,
            ),
            (&received, r#"{"received""#, r#"{"granted""#),
        ] {
            let changed = text.replace(from, to);
            assert_ne!(&changed, text, "{from} does not stand in {text}");
            assert!(serde_json::from_str::<Application>(&changed).is_err(), "{changed}");
        }
        let notice = r#"{"incomplete":{"notice":{"on":"2026-03-03","defects":[" "],"late":false}}}"#;
        assert!(serde_json::from_str::<Application>(notice).is_err());
        let refusal = r#"{"refused":{"on":"2026-03-03","reasons":" "}}"#;
        assert!(serde_json::from_str::<Review>(refusal).is_err());
    }

    proptest! {
        #[test]
        fn printed_then_read_is_the_same(days in prop::collection::vec(0_u8..40, 0..8), text in "\\PC{0,20}") {
            let written = application(&days, &text);
            let json = serde_json::to_string(&written).unwrap();
            prop_assert_eq!(serde_json::from_str::<Application>(&json).unwrap(), written);
        }

        #[test]
        fn a_permit_printed_then_read_is_the_same(days in 0_u8..180, how in 0_u8..8, text in "\\PC{0,20}") {
            let issued = Day::new(2026, 3, 2);
            let on = issued.plus_days(i32::from(days));
            let live = Live::issued(issued, issued.plus_months(6));
            let reason = format!("because {text}");
            let permit = match how {
                0 => Permit::Live(live.release(on).unwrap()),
                1 => Permit::Ended(Ended::Cancelled(live.cancel(&reason, on).unwrap())),
                2 => Permit::Ended(Ended::Replaced(live.replace(&reason, on).unwrap())),
                3 => Permit::Ended(Ended::Lost(live.lose(on).unwrap())),
                4 => Permit::Ended(Ended::Returned(live.come_back(on).unwrap())),
                5 => Permit::Live(live.print(on).unwrap().hand_over(on).unwrap()),
                6 => Permit::Live(live.release(on).unwrap().file_copy(on).unwrap().ask_amendment("x", &reason, on).unwrap()),
                _ => Permit::Live(live),
            };
            let json = serde_json::to_string(&permit).unwrap();
            prop_assert_eq!(serde_json::from_str::<Permit>(&json).unwrap(), permit);
        }

        #[test]
        fn a_review_printed_then_read_is_the_same(days in 0_u8..40, how in 0_u8..4, text in "\\PC{0,20}") {
            let begun = Day::new(2026, 3, 2);
            let on = begun.plus_days(i32::from(days));
            let provincial = Provincial::begin(WITH, begun, Term::WorkingDays(10));
            let deciding = provincial.clone().pass_on((WITH.agency, &text), on, REVIEW).unwrap();
            let approval = Approval { number: text.clone().into(), issued: on, last_day: None, content: text.clone().into(), with: None };
            let review = match how {
                0 => Review::Provincial(provincial),
                1 => Review::Deciding(deciding),
                2 => Review::Approved(deciding.approve(approval).unwrap()),
                _ => Review::Refused(deciding.refuse(&format!("no {text}"), on).unwrap()),
            };
            let json = serde_json::to_string(&review).unwrap();
            prop_assert_eq!(serde_json::from_str::<Review>(&json).unwrap(), review);
        }
    }
}
