//! Applications, letters and files are read as they were saved.

use access::Hand;
use cites::{ApplicationId, AttachmentId, Day};
use permits::Term;
use permits::Wait;
use permits::application::Application;
use permits::application::department::{Approval, Deciding, Review};
use store::{
    ATTACHMENT_BYTES_MAX, AttachmentError, Consultation, NewAttachment, ReadError, SaveError, Version,
};

use crate::bench::{NOW, on_both};
use crate::words::{accepted, application, day, done, fishery, office, save};

on_both! {
    async fn an_application_is_read_in_the_state_in_which_it_was_saved(bench: Bench) {
        let office = office(&bench).await;
        let id = ApplicationId(bench.draw());
        let (asked, _) = accepted().ask(Wait::Experts, day("2026-11-10")).unwrap();
        let deciding = Deciding::begin(fishery(office.agency), day("2026-10-01"), Term::WorkingDays(20), 10);
        let approval = Approval {
            number: "林护许准〔2026〕1号".into(),
            issued: day("2026-10-20"),
            last_day: None,
            content: "two saker falcons".into(),
            with: None,
        };
        let mut written = application(id, office.operator, Application::Accepted(asked));
        written.agency = Some(office.agency);
        written.review = Some(Review::Approved(deciding.approve(approval).unwrap()));
        written.due = Some(day("2026-12-15"));
        written.submitted = Some(day("2026-11-02"));
        written.edition = Some(cites::EditionId([3; 32]));
        written.assessment = Some(serde_json::json!({ "outcome": "clear", "行": [1] }));
        written.let_in = [office.agency].into();
        written.hands = [(Hand::Drafted, office.agent), (Hand::Submitted, office.agent)].into();
        let mut work = bench.store.work().await.unwrap();
        work.put_application(&written).unwrap();
        save(&bench, work).await.unwrap();
        written = store::ApplicationRecord { version: Version(1), made: NOW, changed: NOW, ..written };
        let read = bench.store.application(id).await.unwrap().unwrap();
        assert_eq!(read, written);
        assert!(read.thing().was(Hand::Drafted, office.agent));
        let mut work = bench.store.work().await.unwrap();
        assert_eq!(work.application(id).await.unwrap(), Some(written));
        assert_eq!(work.application(ApplicationId([9; 16])).await.unwrap(), None);
    }

    async fn of_two_officers_who_change_one_application_one_is_told(bench: Bench) {
        let office = office(&bench).await;
        let id = ApplicationId(bench.draw());
        let mut work = bench.store.work().await.unwrap();
        work.put_application(&application(id, office.operator, Application::Accepted(accepted()))).unwrap();
        save(&bench, work).await.unwrap();
        // Both have the page open; one grants, the other refuses.
        let loaded = bench.store.application(id).await.unwrap().unwrap();
        let granted = accepted().grant(day("2026-11-20")).unwrap();
        let refused = accepted().refuse("the quota is used up", day("2026-11-20")).unwrap();
        let mut outcomes = Vec::new();
        for state in [Application::Granted(granted), Application::Refused(refused)] {
            let mut work = bench.store.work().await.unwrap();
            work.put_application(&store::ApplicationRecord { state, ..loaded.clone() }).unwrap();
            outcomes.push(work.save(done(&bench), NOW.after(60), Vec::new()).await);
        }
        assert!(matches!(outcomes.as_slice(), [Ok(()), Err(SaveError::Changed)]), "{outcomes:?}");
        let read = bench.store.application(id).await.unwrap().unwrap();
        assert_eq!((read.state.as_str(), read.version, read.changed), ("granted", Version(2), NOW.after(60)));
        assert_eq!(read.made, NOW);
    }

    async fn a_state_that_no_deed_leads_to_is_told_and_not_believed(bench: Bench) {
        let office = office(&bench).await;
        let id = ApplicationId(bench.draw());
        let mut work = bench.store.work().await.unwrap();
        let granted = accepted().grant(day("2026-11-20")).unwrap();
        work.put_application(&application(id, office.operator, Application::Granted(granted))).unwrap();
        save(&bench, work).await.unwrap();
        let sql = "UPDATE application SET state_json = REPLACE(state_json, '2026-11-20', '2026-11-01')";
        bench.behind_its_back(sql).await.unwrap();
        let told = bench.store.application(id).await.unwrap_err();
        assert!(matches!(&told, ReadError::Unreadable { column, .. } if column == "state_json"), "{told}");
    }

    async fn a_question_has_its_letters(bench: Bench) {
        let office = office(&bench).await;
        let id = ApplicationId(bench.draw());
        let question = Consultation {
            application: id,
            question: 0,
            version: Version::NEW,
            asked_of: "The Management Authority of Mongolia".to_owned(),
            agency: None,
            letter: "Is the permit genuine?".to_owned(),
            asked: day("2026-11-10"),
            answer: None,
            advice: None,
        };
        let mut work = bench.store.work().await.unwrap();
        work.put_application(&application(id, office.operator, Application::Accepted(accepted()))).unwrap();
        work.put_consultation(&question).unwrap();
        save(&bench, work).await.unwrap();
        let mut work = bench.store.work().await.unwrap();
        let mut asked = work.consultations(id).await.unwrap();
        asked[0].answer = Some(("Yes.".to_owned(), day("2026-11-20")));
        work.put_consultation(&asked[0]).unwrap();
        save(&bench, work).await.unwrap();
        let read = bench.store.consultations(id).await.unwrap();
        assert_eq!(read, [Consultation { version: Version(2), ..asked[0].clone() }]);
    }

    async fn a_file_keeps_its_bytes_even_when_it_is_taken_out(bench: Bench) {
        let office = office(&bench).await;
        let id = ApplicationId(bench.draw());
        let bytes: Vec<u8> = (0..200_000_u32).map(|count| count.to_le_bytes()[0]).collect();
        let file = |bytes: Vec<u8>| NewAttachment {
            id: AttachmentId(bench.draw()),
            application: id,
            name: "合同.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes,
            by: office.agent,
        };
        let mut work = bench.store.work().await.unwrap();
        work.put_application(&application(id, office.operator, Application::Draft(Default::default()))).unwrap();
        work.put_attachment(file(bytes.clone())).unwrap();
        assert_eq!(work.put_attachment(file(Vec::new())), Err(AttachmentError::Empty));
        let large = ATTACHMENT_BYTES_MAX + 1;
        assert_eq!(work.put_attachment(file(vec![0; large])), Err(AttachmentError::Large(large)));
        save(&bench, work).await.unwrap();
        let listed = bench.store.attachments(id).await.unwrap();
        let [attachment] = listed.as_slice() else { panic!("{listed:?}") };
        assert_eq!((attachment.size, attachment.sha256.len()), (200_000, 64));
        assert_eq!(bench.store.attachment(attachment.id).await.unwrap().unwrap(), (attachment.clone(), bytes));
        for expected in [true, false] {
            let mut work = bench.store.work().await.unwrap();
            work.remove_attachment(attachment);
            assert_eq!(save(&bench, work).await.is_ok(), expected);
        }
        let (removed, bytes) = bench.store.attachment(attachment.id).await.unwrap().unwrap();
        assert_eq!((removed.removed, bytes.len()), (Some(NOW), 200_000));
    }

    async fn the_last_day_of_all_is_a_day(bench: Bench) {
        let office = office(&bench).await;
        let id = ApplicationId(bench.draw());
        let mut written = application(id, office.operator, Application::Draft(Default::default()));
        written.due = Some(Day::MAX);
        let mut work = bench.store.work().await.unwrap();
        work.put_application(&written).unwrap();
        save(&bench, work).await.unwrap();
        assert_eq!(bench.store.application(id).await.unwrap().unwrap().due, Some(Day::MAX));
    }
}
