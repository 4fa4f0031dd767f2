//! Lists show what somebody may see and nothing else, in pages without a gap.

use std::collections::BTreeSet;

use access::{Actor, Deed, Hand, Role, RoleSet, may, reach};
use cites::{AgencyId, ApplicationId, OperatorId, PermitId, UserId};
use permits::application::advice::{Advice, Finding};
use permits::application::{Application, Draft, Permit};
use store::{ApplicationSummary, PermitFilter, PermitQueue, Place, Queue, Sight, Stopped};

use crate::bench::{Bench, NOW, on_both};
use crate::words::{
    TERMS, accepted, account, agency, application, day, done, fishery, office, operator, permit, save,
};

/// Thirty files of three operators in the charge of two offices or of none, some with a third agency let in.
struct Files {
    agencies: [AgencyId; 3],
    operators: [OperatorId; 3],
    agent: UserId,
    files: Vec<ApplicationId>,
}

async fn files(bench: &Bench) -> Files {
    let agencies = [0; 3].map(|_| AgencyId(bench.draw()));
    let operators = [0; 3].map(|_| OperatorId(bench.draw()));
    let agent = UserId(bench.draw());
    let mut work = bench.store.work().await.unwrap();
    for id in agencies {
        work.put_agency(&agency(id, &id.to_string()));
    }
    work.put_account(&account(agent, "agent", None, &[Role::Agent]));
    for id in operators {
        work.put_operator(&operator(id, &id.to_string(), agencies[0]));
    }
    work.appoint(operators[0], agent);
    work.appoint(operators[1], agent);
    save(bench, work).await.unwrap();
    let mut made = Vec::new();
    for count in 0..30_usize {
        let id = ApplicationId(bench.draw());
        let state = match count % 3 {
            0 => Application::Draft(Draft),
            1 => Application::Received(Draft.submit(day("2026-11-02"), TERMS)),
            _ => Application::Accepted(accepted()),
        };
        let mut file = application(id, operators[count % 3], state);
        file.agency = (count % 3 != 0).then(|| agencies[count % 2]);
        file.due = (count % 4 != 0).then(|| day("2026-12-01").plus_days((count % 7) as i32));
        file.let_in = if count % 5 == 0 { BTreeSet::from([agencies[2]]) } else { BTreeSet::new() };
        let mut work = bench.store.work().await.unwrap();
        work.put_application(&file).unwrap();
        // Three of an instant, so that pages end within one.
        work.save(done(bench), NOW.after((count / 3) as u64), Vec::new()).await.unwrap();
        made.push(id);
    }
    Files { agencies, operators, agent, files: made }
}

async fn pages(bench: &Bench, sight: &Sight, state: Option<&str>, most: u32) -> Vec<ApplicationSummary> {
    let (mut all, mut next): (Vec<_>, Option<Place>) = (Vec::new(), None);
    loop {
        let page = bench.store.applications(sight, state, next.as_ref(), most).await.unwrap();
        assert!(page.rows.len() <= most as usize);
        all.extend(page.rows);
        // As a client hands it back.
        next = page.next.map(|place| place.to_string().parse().unwrap());
        if next.is_none() {
            return all;
        }
    }
}

on_both! {
    async fn everybody_sees_exactly_what_they_may_read(bench: Bench) {
        let files = files(&bench).await;
        let officer = |agency, role| Actor::officer(UserId([7; 16]), agency, RoleSet::from(role));
        let actors = [
            Actor::outside(files.agent, RoleSet::from(Role::Agent), files.operators[..2].iter().copied()),
            Actor::outside(UserId([8; 16]), RoleSet::from(Role::Applicant), []),
            officer(files.agencies[0], Role::DecisionOfficer),
            officer(files.agencies[1], Role::IntakeOfficer),
            officer(files.agencies[2], Role::ForestryReviewer),
            officer(files.agencies[2], Role::IntakeOfficer),
            officer(files.agencies[2], Role::Auditor),
        ];
        let mut seen_at_all = 0;
        for actor in &actors {
            let deed = Deed::ReadApplication;
            let sight = Sight::of(actor, reach(actor, deed).unwrap());
            let mut expected = Vec::new();
            for id in &files.files {
                let thing = bench.store.application(*id).await.unwrap().unwrap().thing();
                if may(actor, deed, &thing).is_ok() { expected.push(*id); }
            }
            for most in [1, 4, 50] {
                let listed = pages(&bench, &sight, None, most).await;
                let order: Vec<_> = listed.iter().map(|file| (file.made, file.id)).collect();
                assert!(order.is_sorted_by(|one, next| one > next), "{actor:?}");
                let mut ids: Vec<_> = listed.iter().map(|file| file.id).collect();
                ids.sort_unstable();
                assert_eq!(ids, expected, "{actor:?} in pages of {most}");
            }
            let received = pages(&bench, &sight, Some("received"), 4).await;
            assert!(received.iter().all(|file| file.state == "received"));
            seen_at_all += expected.len();
        }
        assert!(seen_at_all > 50, "the test would show nothing");
        assert!(pages(&bench, &Sight::default(), None, 9).await.is_empty());
    }

    async fn a_queue_shows_first_what_is_due_first(bench: Bench) {
        let files = files(&bench).await;
        let mut last = None;
        let (mut seen, mut next) = (Vec::new(), None);
        loop {
            let queue = Queue::InState("accepted");
            let page = bench.store.queue(files.agencies[0], queue, next.as_ref(), 2).await.unwrap();
            for file in page.rows {
                assert_eq!((file.state.as_str(), file.agency), ("accepted", Some(files.agencies[0])));
                let place = (file.due.is_none(), file.due, file.id);
                assert!(last < Some(place), "{place:?} after {last:?}");
                last = Some(place);
                seen.push(file.id);
            }
            next = page.next;
            if next.is_none() { break; }
        }
        assert_eq!(seen.len(), 5);
        let other = bench.store.queue(files.agencies[2], Queue::InState("accepted"), None, 50).await.unwrap();
        assert!(other.rows.is_empty());
    }

    async fn who_is_asked_or_let_in_has_a_queue_of_their_own(bench: Bench) {
        use permits::Term;
        use permits::application::department::{Provincial, Review};
        let office = office(&bench).await;
        let asked = AgencyId(bench.draw());
        let id = ApplicationId(bench.draw());
        let mut file = application(id, office.operator, Application::Accepted(accepted()));
        file.agency = Some(office.agency);
        file.let_in = [asked].into();
        file.review = Some(Review::Provincial(Provincial::begin(fishery(asked), day("2026-11-02"), Term::WorkingDays(10))));
        let mut work = bench.store.work().await.unwrap();
        work.put_agency(&agency(asked, "The asked"));
        work.put_application(&file).unwrap();
        work.put_consultation(&store::Consultation {
            application: id,
            question: 0,
            version: store::Version::NEW,
            asked_of: "The asked".to_owned(),
            agency: Some(asked),
            letter: "?".to_owned(),
            asked: day("2026-11-10"),
            answer: None,
            advice: None,
        })
        .unwrap();
        save(&bench, work).await.unwrap();
        let count = async |queue| bench.store.queue(asked, queue, None, 9).await.unwrap().rows.len();
        assert_eq!(count(Queue::Asked).await, 1);
        assert_eq!(count(Queue::InReview("provincial")).await, 1);
        assert_eq!(count(Queue::InReview("deciding")).await, 0);
        let mut work = bench.store.work().await.unwrap();
        let mut questions = work.consultations(id).await.unwrap();
        questions[0].answer = Some(("No detriment.".to_owned(), day("2026-11-20")));
        questions[0].advice = Some(Advice::of(Finding::NotDetrimental, Some(true), "they are many").unwrap());
        work.put_consultation(&questions[0]).unwrap();
        assert_eq!(work.consultations(id).await.unwrap()[0].advice, questions[0].advice, "before it is saved");
        save(&bench, work).await.unwrap();
        assert_eq!(count(Queue::Asked).await, 0);
        let kept = bench.store.consultations(id).await.unwrap();
        assert_eq!((&kept[0].answer, &kept[0].advice), (&questions[0].answer, &questions[0].advice));
    }

    async fn a_list_tells_why_a_clock_stands_still(bench: Bench) {
        use permits::Wait;
        use permits::application::Draft;
        use permits::application::department::{Provincial, Review};
        let office = office(&bench).await;
        let (asked, _) = accepted().ask(Wait::Abroad, day("2026-11-10")).unwrap();
        let received = Draft.submit(day("2026-11-02"), TERMS);
        let provincial = Provincial::begin(fishery(office.agency), day("2026-11-02"), TERMS.decision);
        let mut work = bench.store.work().await.unwrap();
        for (state, review) in [
            (Application::Accepted(accepted()), None),
            (Application::Accepted(asked), None),
            (Application::Received(received), Some(Review::Provincial(provincial))),
        ] {
            let mut file = application(ApplicationId(bench.draw()), office.operator, state);
            (file.agency, file.review) = (Some(office.agency), review);
            work.put_application(&file).unwrap();
        }
        save(&bench, work).await.unwrap();
        let stopped = async |queue| {
            let rows = bench.store.queue(office.agency, queue, None, 9).await.unwrap().rows;
            let mut all: Vec<_> = rows.iter().map(|row| row.stopped).collect();
            all.sort_by_key(Option::is_some);
            all
        };
        let expected = [None, Some(Stopped::Asked(Wait::Abroad, 0))];
        assert_eq!(stopped(Queue::InState("accepted")).await, expected);
        assert_eq!(stopped(Queue::InReview("provincial")).await, [Some(Stopped::Review)]);
    }

    async fn permits_that_wait_for_a_copy_or_an_amendment_are_found_longest_first(bench: Bench) {
        let office = office(&bench).await;
        let mut work = bench.store.work().await.unwrap();
        let on = [day("2026-12-03"), day("2026-12-02"), day("2026-12-01")];
        for (place, on) in on.into_iter().enumerate() {
            let mut record = permit(PermitId(bench.draw()), &office, &format!("A/{place}"), None);
            let Permit::Live(live) = record.state.clone() else { panic!() };
            let used = live.clone().release(on).unwrap();
            let live = if place == 2 { used.file_copy(on).unwrap() } else { used };
            let live = if place == 0 { live } else { live.ask_amendment("a port", "a road", on).unwrap() };
            record.state = Permit::Live(live);
            work.put_permit(&record).unwrap();
        }
        save(&bench, work).await.unwrap();
        for (queue, expected) in [(PermitQueue::Copies, ["A/1", "A/0"]), (PermitQueue::Amendments, ["A/2", "A/1"])] {
            let first = bench.store.permit_queue(office.agency, queue, None, 1).await.unwrap();
            let next = bench.store.permit_queue(office.agency, queue, first.next.as_ref(), 1).await.unwrap();
            let numbers: Vec<_> = first.rows.iter().chain(&next.rows).map(|row| row.number.as_str()).collect();
            assert_eq!(numbers, expected, "{queue:?}");
            assert!(next.next.is_none());
        }
    }

    async fn mail_goes_to_who_acts_and_is_not_barred(bench: Bench) {
        let office = office(&bench).await;
        let mut agent = bench.store.account(office.agent).await.unwrap().unwrap();
        let mut officer = bench.store.account(office.officer).await.unwrap().unwrap();
        let role = officer.roles.iter().next().unwrap();
        for (barred, expected) in [(false, 1), (true, 0)] {
            agent.mail = Some("a@example.org".to_owned());
            officer.mail = Some("o@example.org".to_owned());
            (agent.barred, officer.barred) = (barred, barred);
            let mut work = bench.store.work().await.unwrap();
            work.put_account(&agent);
            work.put_account(&officer);
            save(&bench, work).await.unwrap();
            let mut work = bench.store.work().await.unwrap();
            let boxes = work.mail_of_operator(office.operator).await.unwrap();
            assert_eq!(boxes.len(), expected, "{boxes:?}");
            assert_eq!(work.mail_of_agency(office.agency, role).await.unwrap().len(), expected);
            assert!(work.mail_of_agency(office.agency, Role::Analyst).await.unwrap().is_empty());
            drop(work);
            agent = bench.store.account(office.agent).await.unwrap().unwrap();
            officer = bench.store.account(office.officer).await.unwrap().unwrap();
        }
    }

    async fn permits_are_listed_by_the_word_that_they_have_on_a_day(bench: Bench) {
        let office = office(&bench).await;
        let mut work = bench.store.work().await.unwrap();
        for count in 0..6_u8 {
            let id = PermitId(bench.draw());
            let mut record = permit(id, &office, &format!("A/{count}"), None);
            if count < 2 {
                let Permit::Live(live) = record.state.clone() else { panic!() };
                let cancelled = live.cancel("made in error", day("2026-12-01")).unwrap();
                record.state = Permit::Ended(permits::application::Ended::Cancelled(cancelled));
            }
            work.put_permit(&record).unwrap();
        }
        save(&bench, work).await.unwrap();
        let agent = Actor::outside(office.agent, RoleSet::from(Role::Agent), [office.operator]);
        let officer = Actor::officer(office.officer, office.agency, RoleSet::from(Role::IssuingOfficer));
        let port = Actor::officer(UserId([5; 16]), AgencyId([5; 16]), RoleSet::from(Role::PortOfficer));
        for actor in [agent, officer, port] {
            let sight = Sight::of(&actor, reach(&actor, Deed::ReadPermit).unwrap());
            for (state, on, expected) in [
                (None, "2026-12-01", 6),
                (Some("issued"), "2027-05-29", 4),
                (Some("issued"), "2027-05-30", 0),
                (Some("expired"), "2027-05-29", 0),
                (Some("expired"), "2027-05-30", 4),
                (Some("cancelled"), "2027-05-30", 2),
                (Some("lost"), "2027-05-30", 0),
            ] {
                let (mut rows, mut next) = (Vec::new(), None);
                loop {
                    let filter = PermitFilter { state, on: day(on) };
                    let page = bench.store.permits(&sight, filter, next.as_ref(), 3).await.unwrap();
                    rows.extend(page.rows);
                    next = page.next;
                    if next.is_none() { break; }
                }
                assert_eq!(rows.len(), expected, "{state:?} on {on}");
                if let Some(state) = state {
                    assert!(rows.iter().all(|row| row.state.as_str(day(on)) == state));
                }
            }
        }
        let other = Actor::officer(UserId([5; 16]), AgencyId([5; 16]), RoleSet::from(Role::IssuingOfficer));
        let sight = Sight::of(&other, reach(&other, Deed::ReadPermit).unwrap());
        let filter = PermitFilter { state: None, on: day("2026-12-01") };
        assert!(bench.store.permits(&sight, filter, None, 9).await.unwrap().rows.is_empty());
    }
}

#[test]
fn every_hand_has_a_word_of_its_own() {
    let words: BTreeSet<&str> = Hand::ALL.iter().map(|hand| hand.as_str()).collect();
    assert_eq!(words.len(), Hand::ALL.len());
}
