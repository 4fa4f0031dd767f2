//! A deed is saved whole or not at all, with its event and its messages.

use access::{Hand, Role, Scope, ScopeSet, Token};
use cites::{
    AgencyId, ApplicationId, AttachmentId, CredentialId, EstablishmentId, ForeignPaperId, InvitationId,
    OperatorId, PermitId, QuotaId, TokenId, UserId, WebhookId,
};
use permits::application::Application;
use permits::ledger::{Change, PermitMoveKind};
use store::outbox::{ATTEMPTS_MAX, MessageKind};
use store::{
    Consultation, Credential, CredentialKind, DatabaseError, EstablishmentKind, EstablishmentRecord,
    ForeignLine, ForeignPaperRecord, ForeignUse, Invitation, InvitationPurpose, Message, NewAttachment,
    SaveError, SettingRecord, TokenRecord, Version, WebhookOwner, WebhookRecord, Work,
};

use crate::bench::{Bench, NOW, on_both};
use crate::words::{
    Office, accepted, account, agency, application, day, done, much, office, operator, permit, permit_line,
    quota_record, save,
};

fn message(target: &str) -> Message {
    Message {
        kind: MessageKind::Mail,
        target: target.to_owned(),
        payload: serde_json::json!({ "subject": "决定" }),
    }
}

/// A deed that writes into every table that deeds write into.
fn fill(bench: &Bench, work: &mut Work) {
    let draw = || bench.draw();
    let agency_id = AgencyId(draw());
    let (user, op, file, paper) =
        (UserId(draw()), OperatorId(draw()), ApplicationId(draw()), PermitId(draw()));
    let whole = Office { agency: agency_id, officer: user, operator: op, agent: user };
    work.put_agency(&agency(agency_id, "Whole or not at all"));
    work.put_account(&account(user, "whole", Some(agency_id), &[Role::Coordinator]));
    work.put_operator(&operator(op, "Whole", agency_id));
    work.appoint(op, user);
    fill_account(draw(), user, work);

    let mut record = application(file, op, Application::Accepted(accepted()));
    record.let_in = [agency_id].into();
    record.hands = [(Hand::Drafted, user)].into();
    work.put_application(&record).unwrap();
    let (of, asked_of, letter) = (file, "Them".to_owned(), "?".to_owned());
    let asked = day("2026-11-10");
    work.put_consultation(&Consultation {
        application: of,
        question: 0,
        version: Version::NEW,
        asked_of,
        agency: None,
        letter,
        asked,
        answer: None,
        advice: None,
    })
    .unwrap();
    let (name, media_type) = ("a.pdf".to_owned(), "application/pdf".to_owned());
    let bytes = b"%PDF-".to_vec();
    let attachment =
        NewAttachment { id: AttachmentId(draw()), application: of, name, media_type, bytes, by: user };
    work.put_attachment(attachment).unwrap();

    let quota = QuotaId(draw());
    work.put_quota(&quota_record(quota, agency_id, "Falco cherrug"));
    work.change_quota(quota, Change::Publish, much("5 NAR")).unwrap();
    work.put_permit(&permit(paper, &whole, "CN/1", None)).unwrap();
    work.put_permit_line(&permit_line(paper, 1, "Falco cherrug"));
    let here = (asked, None);
    work.move_permit((paper, 1), PermitMoveKind::Authorise, much("5 NAR"), here).unwrap();
    work.move_permit((paper, 1), PermitMoveKind::Endorse, much("2 NAR"), here).unwrap();
    fill_registers([draw(), draw(), draw()], op, work);
}

fn fill_account(id: [u8; 16], user: UserId, work: &mut Work) {
    let (kind, label, secret) = (CredentialKind::Password, String::new(), "$argon2id$".to_owned());
    work.put_credential(&Credential {
        id: CredentialId(id),
        account: user,
        kind,
        label,
        secret,
        counter: 0,
        made: NOW,
        used: None,
    });
    let purpose = InvitationPurpose::Welcome;
    let invitation =
        Invitation { id: InvitationId(id), account: user, purpose, until: NOW.after(9), used: None };
    work.put_invitation(&invitation, "hash");
    let token = Token::made(ScopeSet::EMPTY.with(Scope::Read), NOW, NOW.after(9)).unwrap();
    let label = "a".to_owned();
    work.put_token(&TokenRecord { id: TokenId(id), account: user, label, token, used: None }, "hash");
}

fn fill_registers([one, two, three]: [[u8; 16]; 3], operator: OperatorId, work: &mut Work) {
    let content = serde_json::json!({});
    let (name, number, country) = ("A".to_owned(), String::new(), "CN".parse().unwrap());
    work.put_establishment(&EstablishmentRecord {
        id: EstablishmentId(one),
        version: Version::NEW,
        kind: EstablishmentKind::Nursery,
        number,
        name,
        country,
        operator: Some(operator),
        content: content.clone(),
        registered: None,
        ended: None,
    });
    let paper = ForeignPaperId(two);
    work.put_foreign_paper(&ForeignPaperRecord {
        id: paper,
        version: Version::NEW,
        issuer: country,
        number: "1".to_owned(),
        kind: "x".to_owned(),
        issued: None,
        last_day: None,
        content: content.clone(),
    });
    let quantity = much("1 NAR");
    work.put_foreign_line(paper, &ForeignLine { line: 1, taxon: None, quantity, content: content.clone() });
    let seen = ForeignUse { line: 1, quantity, day: day("2026-11-10"), port: None, reference: None, at: NOW };
    work.enter_foreign_use(paper, &seen);
    let (url, secret, owner) =
        ("https://example.org".to_owned(), "s".to_owned(), WebhookOwner::Operator(operator));
    work.put_webhook(&WebhookRecord {
        id: WebhookId(three),
        version: Version::NEW,
        owner,
        url,
        secret,
        deeds: vec![],
        active: true,
    });
    work.put_setting(&SettingRecord { name: "a".to_owned(), version: Version::NEW, value: content });
}

/// What no deed writes into, or only one for which something must be there before.
const OUTSIDE: [&str; 5] = ["idempotency_key", "number_series", "session", "sign_in_try", "stamp_entry"];

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
                    let rows = bench.rows_of_tables().await;
                    assert!(rows.values().all(|count| *count == 0), "after {breaks} statements: {rows:?}");
                }
                Err(error) => panic!("{error}"),
            }
            breaks += 1;
        }
        let rows = bench.rows_of_tables().await;
        let empty: Vec<&str> = rows.iter().filter(|(_, count)| **count == 0).map(|(name, _)| name.as_str()).collect();
        assert_eq!(empty, OUTSIDE, "else the test would show nothing of them");
        // Each row that is there now was a statement, and so were sets that were emptied first, and the commit.
        assert!(u64::from(breaks) > rows.values().sum::<u64>(), "{breaks} breaks, {rows:?}");
    }

    async fn a_work_that_is_dropped_changes_nothing_and_lets_the_next_in(bench: Bench) {
        for _ in 0..20 {
            let mut work = bench.store.work().await.unwrap();
            fill(&bench, &mut work);
            drop(work);
        }
        assert!(bench.rows_of_tables().await.values().all(|count| *count == 0));
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
        assert_eq!(bench.store.events_by(office.officer, None, 9).await.unwrap().rows, page.rows);
        assert!(bench.store.events_by(office.agent, None, 9).await.unwrap().rows.is_empty());

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
        let (one, two) = tokio::join!(bench.store.claim("a", MessageKind::Mail, (5, 60), NOW), other.claim("b", MessageKind::Mail, (5, 60), NOW));
        let (mut one, two) = (one.unwrap(), two.unwrap());
        // PostgreSQL leaves out what another node is taking, and may so leave some for the next look.
        one.extend(bench.store.claim("a", MessageKind::Mail, (10, 60), NOW).await.unwrap());
        let mut targets: Vec<&str> = one.iter().chain(&two).map(|message| message.target.as_str()).collect();
        targets.sort_unstable();
        targets.dedup();
        assert_eq!((targets.len(), one.len() + two.len()), (10, 10));
        let (sent, rest) = one.split_first().unwrap();
        assert!(bench.store.sent(sent, NOW.after(1)).await.unwrap());
        assert!(!bench.store.sent(sent, NOW.after(1)).await.unwrap(), "reported twice");
        assert!(bench.store.claim("c", MessageKind::Mail, (10, 60), NOW.after(59)).await.unwrap().is_empty());
        let again = bench.store.claim("c", MessageKind::Mail, (10, 60), NOW.after(60)).await.unwrap();
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
            let claimed = bench.store.claim("a", MessageKind::Mail, (1, 60), now).await.unwrap();
            assert_eq!(claimed[0].attempts, attempt);
            assert!(bench.store.not_sent(&claimed[0], "no such mailbox", now).await.unwrap());
            assert!(bench.store.claim("a", MessageKind::Mail, (1, 60), now.after(59)).await.unwrap().is_empty(), "at once");
            now = now.after(store::outbox::LONGEST_WAIT_SECONDS);
        }
        assert!(bench.store.claim("a", MessageKind::Mail, (1, 60), now).await.unwrap().is_empty());
        let backlog = bench.store.backlog().await.unwrap();
        assert_eq!((backlog.open, backlog.given_up), (0, 1));
    }

    async fn a_message_that_is_refused_is_given_up_at_once(bench: Bench) {
        let work = bench.store.work().await.unwrap();
        work.save(done(&bench), NOW, vec![message("nobody@example.org")]).await.unwrap();
        let claimed = bench.store.claim("a", MessageKind::Mail, (1, 60), NOW).await.unwrap();
        assert!(bench.store.refused(&claimed[0], "550 no such mailbox", NOW).await.unwrap());
        assert!(!bench.store.sent(&claimed[0], NOW).await.unwrap(), "it is no longer held");
        let backlog = bench.store.backlog().await.unwrap();
        assert_eq!((backlog.open, backlog.given_up), (0, 1));
    }

    async fn a_kind_that_is_not_claimed_waits(bench: Bench) {
        let work = bench.store.work().await.unwrap();
        let mut call = message("https://example.org/called");
        call.kind = MessageKind::Webhook;
        work.save(done(&bench), NOW, vec![call, message("somebody@example.org")]).await.unwrap();
        for (kind, target) in [
            (MessageKind::Mail, "somebody@example.org"),
            (MessageKind::Webhook, "https://example.org/called"),
        ] {
            let claimed = bench.store.claim("a", kind, (9, 60), NOW).await.unwrap();
            let seen: Vec<_> = claimed.iter().map(|own| (own.target.as_str(), own.attempts)).collect();
            assert_eq!(seen, [(target, 1)]);
        }
    }

    async fn the_history_of_nothing_is_empty(bench: Bench) {
        let page = bench.store.events_of(store::SubjectKind::Permit, "none", None, 10).await.unwrap();
        assert!(page.rows.is_empty() && page.next.is_none());
        save(&bench, bench.store.work().await.unwrap()).await.unwrap();
    }
}
