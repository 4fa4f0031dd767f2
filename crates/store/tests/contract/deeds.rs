//! A deed is saved whole or not at all, with its event and its messages.

use store::outbox::{ATTEMPTS_MAX, MessageKind};
use store::{DatabaseError, Message, SaveError, Work};

use crate::bench::{Bench, NOW, on_both};
use crate::words::{account, agency, done, office, operator, save};

fn message(target: &str) -> Message {
    Message {
        kind: MessageKind::Mail,
        target: target.to_owned(),
        payload: serde_json::json!({ "subject": "决定" }),
    }
}

/// A deed that writes into many tables.
fn fill(bench: &Bench, work: &mut Work) {
    let agency_id = cites::AgencyId(bench.draw());
    let (user, op) = (cites::UserId(bench.draw()), cites::OperatorId(bench.draw()));
    work.put_agency(&agency(agency_id, "Whole or not at all"));
    work.put_account(&account(user, "whole", Some(agency_id), &[access::Role::Coordinator]));
    work.put_operator(&operator(op, "Whole", agency_id));
    work.appoint(op, user);
}

const COUNTS: &str = "SELECT CAST((SELECT COUNT(*) FROM agency) AS TEXT) || '-' || \
    CAST((SELECT COUNT(*) FROM account) AS TEXT) || '-' || CAST((SELECT COUNT(*) FROM account_role) AS TEXT) || '-' || \
    CAST((SELECT COUNT(*) FROM operator) AS TEXT) || '-' || CAST((SELECT COUNT(*) FROM operator_agent) AS TEXT) \
    || '-' || CAST((SELECT COUNT(*) FROM event) AS TEXT) || '-' || CAST((SELECT COUNT(*) FROM outbox) AS TEXT)";

on_both! {
    async fn a_save_that_breaks_off_anywhere_saves_nothing(bench: Bench) {
        let mut breaks = 0;
        loop {
            let store = bench.store.broken_off_after(breaks);
            let mut work = store.work().await.unwrap();
            fill(&bench, &mut work);
            match work.save(done(&bench), NOW, vec![message("a@example.org"), message("b@example.org")]).await {
                Ok(()) => break,
                Err(SaveError::Database(DatabaseError::BrokenOff)) => {
                    assert_eq!(bench.texts(COUNTS).await, ["0-0-0-0-0-0-0"], "after {breaks} statements");
                }
                Err(error) => panic!("{error}"),
            }
            breaks += 1;
        }
        // Five of the records, one of a set that is emptied first, one of rights, the event, two messages, the commit.
        assert_eq!(breaks, 11);
        assert_eq!(bench.texts(COUNTS).await, ["1-1-1-1-1-1-2"]);
    }

    async fn a_work_that_is_dropped_changes_nothing_and_lets_the_next_in(bench: Bench) {
        for _ in 0..20 {
            let mut work = bench.store.work().await.unwrap();
            fill(&bench, &mut work);
            drop(work);
        }
        assert_eq!(bench.texts(COUNTS).await, ["0-0-0-0-0-0-0"]);
    }

    async fn an_event_is_read_as_it_was_and_never_changed(bench: Bench) {
        let office = office(&bench).await;
        let officer = bench.store.account(office.officer).await.unwrap().unwrap();
        let event = store::Done {
            by: store::By::Person {
                user: office.officer,
                agency: Some(office.agency),
                roles: officer.roles,
                token: Some(cites::TokenId(bench.draw())),
            },
            deed: access::Deed::EditOperator,
            subject: store::Subject::new(store::SubjectKind::Operator, office.operator, store::Version(2)),
            before: Some(serde_json::json!({ "name": "one", "数量": [1, 2] })),
            after: None,
            edition: Some(cites::EditionId([7; 32])),
            ..done(&bench)
        };
        let work = bench.store.work().await.unwrap();
        work.save(event.clone(), NOW.after(5), Vec::new()).await.unwrap();
        let page = bench
            .store
            .events_of(store::SubjectKind::Operator, &office.operator.to_string(), None, 10)
            .await
            .unwrap();
        assert_eq!(page.rows, [store::Event { at: NOW.after(5), done: event }]);

        for sql in ["UPDATE event SET deed = 'x'", "DELETE FROM event", "UPDATE event SET at = at"] {
            let told = bench.behind_its_back(sql).await.unwrap_err().to_string();
            assert!(told.contains("rows of event are never changed"), "{sql}: {told}");
        }
    }

    async fn events_are_listed_in_time(bench: Bench) {
        for count in 0..5 {
            let work = bench.store.work().await.unwrap();
            work.save(done(&bench), NOW.after(count / 2), Vec::new()).await.unwrap();
        }
        let first = bench.store.events(None, 2).await.unwrap();
        let second = bench.store.events(first.next.as_ref(), 9).await.unwrap();
        let times: Vec<u64> = first.rows.iter().chain(&second.rows).map(|event| event.at.0 - NOW.0).collect();
        assert_eq!((times, second.next), (vec![2, 1, 1, 0, 0], None), "latest first");
    }

    async fn a_message_goes_to_one_node_and_comes_back_where_the_node_dies(bench: Bench) {
        let work = bench.store.work().await.unwrap();
        let messages = (0..10).map(|count| message(&format!("{count}@example.org"))).collect();
        work.save(done(&bench), NOW, messages).await.unwrap();
        let other = bench.node().await;
        let (one, two) = tokio::join!(bench.store.claim("a", 5, 60, NOW), other.claim("b", 5, 60, NOW));
        let (mut one, two) = (one.unwrap(), two.unwrap());
        // PostgreSQL leaves out what another node is taking, and may so leave some for the next look.
        one.extend(bench.store.claim("a", 10, 60, NOW).await.unwrap());
        let mut targets: Vec<&str> = one.iter().chain(&two).map(|message| message.target.as_str()).collect();
        targets.sort_unstable();
        targets.dedup();
        assert_eq!((targets.len(), one.len() + two.len()), (10, 10));
        let (sent, rest) = one.split_first().unwrap();
        assert!(bench.store.sent(sent, NOW.after(1)).await.unwrap());
        assert!(!bench.store.sent(sent, NOW.after(1)).await.unwrap(), "reported twice");
        assert!(bench.store.claim("c", 10, 60, NOW.after(59)).await.unwrap().is_empty());
        let again = bench.store.claim("c", 10, 60, NOW.after(60)).await.unwrap();
        assert_eq!(again.len(), 9);
        assert!(again.iter().all(|message| message.attempts == 2));
        let late = bench.store.sent(&rest[0], NOW.after(61)).await.unwrap();
        assert!(!late, "another node holds it now");
    }

    async fn a_message_that_fails_is_tried_later_and_in_the_end_given_up(bench: Bench) {
        let work = bench.store.work().await.unwrap();
        work.save(done(&bench), NOW, vec![message("nobody@example.org")]).await.unwrap();
        let mut now = NOW;
        for attempt in 1..=ATTEMPTS_MAX {
            let claimed = bench.store.claim("a", 1, 60, now).await.unwrap();
            assert_eq!(claimed[0].attempts, attempt);
            assert!(bench.store.not_sent(&claimed[0], "no such mailbox", now).await.unwrap());
            assert!(bench.store.claim("a", 1, 60, now.after(59)).await.unwrap().is_empty(), "at once");
            now = now.after(store::outbox::LONGEST_WAIT_SECONDS);
        }
        assert!(bench.store.claim("a", 1, 60, now).await.unwrap().is_empty());
        let backlog = bench.store.backlog().await.unwrap();
        assert_eq!((backlog.open, backlog.given_up), (0, 1));
    }

    async fn the_history_of_nothing_is_empty(bench: Bench) {
        let page = bench.store.events_of(store::SubjectKind::Permit, "none", None, 10).await.unwrap();
        assert!(page.rows.is_empty() && page.next.is_none());
        save(&bench, bench.store.work().await.unwrap()).await.unwrap();
    }
}
