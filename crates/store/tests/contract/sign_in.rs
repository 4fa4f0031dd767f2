//! Sessions, tokens, invitations, tries and repeated requests.

use access::session::{Rotation, Standing};
use access::{Instant, Role, Scope, ScopeSet, Token};
use cites::{CredentialId, InvitationId, OperatorId, SessionId, TokenId};
use store::{
    Credential, CredentialKind, Invitation, InvitationPurpose, NewSession, Repeated, Reply, SaveError,
    SignedIn, TokenRecord,
};

use crate::bench::{Bench, NOW, on_both};
use crate::words::{Office, office, operator, save};

async fn session(bench: &Bench, office: &Office, hash: &str) -> SessionId {
    let account = bench.store.account(office.agent).await.unwrap().unwrap();
    let new = NewSession {
        id: SessionId(bench.draw()),
        account: office.agent,
        token_hash: hash.to_owned(),
        rights: account.rights,
        second_factor: false,
        address: "192.0.2.7".to_owned(),
        device: "a browser".to_owned(),
    };
    bench.store.begin_session(&new, NOW).await.unwrap();
    new.id
}

fn standing(signed_in: &SignedIn, now: Instant) -> Standing {
    signed_in.state.standing(&signed_in.holder, now)
}

on_both! {
    async fn a_session_says_who_acts_and_for_whom(bench: Bench) {
        let office = office(&bench).await;
        let other = OperatorId(bench.draw());
        let mut work = bench.store.work().await.unwrap();
        work.put_operator(&operator(other, "Another", office.agency));
        work.appoint(other, office.agent);
        save(&bench, work).await.unwrap();
        let id = session(&bench, &office, "hash-a").await;
        let read = bench.store.signed_in("hash-a").await.unwrap().unwrap();
        assert_eq!((read.session, read.by_former), (id, None));
        assert_eq!(read.actor.operators.iter().copied().collect::<Vec<_>>(), [office.operator, other]);
        assert!(read.actor.roles.contains(Role::Agent) && read.actor.agency.is_none());
        assert_eq!((read.holder.password_set, read.holder.barred), (NOW, false));
        assert_eq!(standing(&read, NOW.after(5)), Standing::Open);
        assert_eq!(bench.store.signed_in("hash-b").await.unwrap(), None);
    }

    async fn a_token_of_a_session_is_changed_once(bench: Bench) {
        let office = office(&bench).await;
        let id = session(&bench, &office, "one").await;
        let holder = bench.store.signed_in("one").await.unwrap().unwrap().holder;
        let later = NOW.after(1000);
        let rotate = async |to| {
            let store = &bench.store;
            store.rotate_session(id, ("one", to), Rotation::Time, &holder, later).await.unwrap()
        };
        assert!(rotate("two").await);
        assert!(!rotate("three").await, "two requests at one time would give two tokens");
        let read = bench.store.signed_in("two").await.unwrap().unwrap();
        assert_eq!((read.by_former, read.state.rotated), (None, later));
        let read = bench.store.signed_in("one").await.unwrap().unwrap();
        assert_eq!(read.by_former, Some(Rotation::Time));
        assert!(bench.store.raise_session(id, ("two", "four"), later).await.unwrap());
        let read = bench.store.signed_in("two").await.unwrap().unwrap();
        assert_eq!((read.by_former, read.state.second_factor), (Some(Rotation::Rights), true));
        assert_eq!(bench.store.signed_in("one").await.unwrap(), None);
    }

    async fn a_change_of_rights_and_a_new_password_reach_every_session(bench: Bench) {
        let office = office(&bench).await;
        session(&bench, &office, "one").await;
        let mut work = bench.store.work().await.unwrap();
        work.dismiss(office.operator, office.agent);
        save(&bench, work).await.unwrap();
        let read = bench.store.signed_in("one").await.unwrap().unwrap();
        assert!(read.actor.operators.is_empty());
        assert_eq!(standing(&read, NOW), Standing::Rotate(Rotation::Rights));
        let mut work = bench.store.work().await.unwrap();
        work.put_credential(&Credential {
            id: CredentialId(bench.draw()),
            account: office.agent,
            kind: CredentialKind::Password,
            label: String::new(),
            secret: "$argon2id$".to_owned(),
            counter: 0,
            made: NOW,
            used: None,
        });
        work.save(crate::words::done(&bench), NOW.after(10), Vec::new()).await.unwrap();
        let read = bench.store.signed_in("one").await.unwrap().unwrap();
        assert!(matches!(standing(&read, NOW.after(11)), Standing::Ended(_)));
    }

    async fn sessions_are_listed_seen_and_ended(bench: Bench) {
        let office = office(&bench).await;
        let one = session(&bench, &office, "one").await;
        session(&bench, &office, "two").await;
        let read = bench.store.signed_in("one").await.unwrap().unwrap();
        bench.store.seen(&read, NOW.after(59)).await.unwrap();
        assert_eq!(bench.store.signed_in("one").await.unwrap().unwrap().state.seen, NOW);
        bench.store.seen(&read, NOW.after(60)).await.unwrap();
        assert_eq!(bench.store.signed_in("one").await.unwrap().unwrap().state.seen, NOW.after(60));
        assert_eq!(bench.store.sessions(office.agent).await.unwrap().len(), 2);
        bench.store.end_session(one, NOW).await.unwrap();
        assert!(bench.store.signed_in("one").await.unwrap().unwrap().state.revoked);
        assert_eq!(bench.store.sessions(office.agent).await.unwrap().len(), 1);
        let mut work = bench.store.work().await.unwrap();
        work.revoke_session(office.agent, one);
        assert!(matches!(save(&bench, work).await, Err(SaveError::Changed)), "it has ended");
        let mut work = bench.store.work().await.unwrap();
        work.revoke_sessions(office.agent);
        save(&bench, work).await.unwrap();
        assert!(bench.store.sessions(office.agent).await.unwrap().is_empty());
        assert_eq!(bench.store.forget_sessions(NOW.after(1)).await.unwrap(), 2);
    }

    async fn a_token_gives_its_scopes_until_it_is_taken_back(bench: Bench) {
        let office = office(&bench).await;
        let scopes = ScopeSet::EMPTY.with(Scope::Read).with(Scope::Apply);
        let record = TokenRecord {
            id: TokenId(bench.draw()),
            account: office.agent,
            label: "importer".to_owned(),
            token: Token::made(scopes, NOW, NOW.after(3600)).unwrap(),
            used: None,
        };
        let mut work = bench.store.work().await.unwrap();
        work.put_token(&record, "hash");
        save(&bench, work).await.unwrap();
        let holder = bench.store.token_holder("hash").await.unwrap().unwrap();
        assert_eq!((&holder.record, holder.actor.token), (&record, Some(scopes)));
        assert!(holder.actor.operators.contains(&office.operator));
        bench.store.token_used(&holder.record, NOW.after(9)).await.unwrap();
        assert_eq!(bench.store.tokens(office.agent).await.unwrap()[0].used, Some(NOW.after(9)));
        let mut work = bench.store.work().await.unwrap();
        work.revoke_token(office.agent, record.id);
        save(&bench, work).await.unwrap();
        let holder = bench.store.token_holder("hash").await.unwrap().unwrap();
        assert!(holder.record.token.scopes_at(NOW.after(10)).is_err());
    }

    async fn an_invitation_lets_in_once_and_the_latest_alone(bench: Bench) {
        let office = office(&bench).await;
        let invitation = |purpose| Invitation {
            id: InvitationId(bench.draw()),
            account: office.agent,
            purpose,
            until: NOW.after(3600),
            used: None,
        };
        for (purpose, hash) in [(InvitationPurpose::Welcome, "old"), (InvitationPurpose::Reset, "new")] {
            let mut work = bench.store.work().await.unwrap();
            work.put_invitation(&invitation(purpose), hash);
            save(&bench, work).await.unwrap();
        }
        assert!(!bench.store.invitation("old").await.unwrap().unwrap().holds(NOW));
        let new = bench.store.invitation("new").await.unwrap().unwrap();
        assert!(new.holds(NOW) && !new.holds(NOW.after(3600)));
        for expected in [true, false] {
            let mut work = bench.store.work().await.unwrap();
            work.invitation("new").await.unwrap().unwrap();
            work.use_invitation(new.id);
            assert_eq!(save(&bench, work).await.is_ok(), expected);
        }
        assert!(!bench.store.invitation("new").await.unwrap().unwrap().holds(NOW));
    }

    async fn failures_count_until_somebody_gets_in(bench: Bench) {
        let store = &bench.store;
        for (login, address, passed, seconds) in [
            ("zhang", "a", false, 1), ("Zhang ", "a", false, 2), ("zhang", "a", true, 3), ("zhang", "b", false, 4),
            ("li", "a", false, 5),
        ] {
            store.note_try(login, address, passed, NOW.after(seconds)).await.unwrap();
        }
        let tries = store.tries("ZHANG", "a", NOW.after(10)).await.unwrap();
        assert_eq!(tries.of_login, [NOW.after(4)]);
        assert_eq!(tries.of_address, [NOW.after(5), NOW.after(2), NOW.after(1)]);
        let day = 24 * 60 * 60;
        assert_eq!(store.tries("zhang", "a", NOW.after(day + 5)).await.unwrap(), store::Tries::default());
        assert_eq!(store.forget_tries(NOW.after(3)).await.unwrap(), 2);
    }

    async fn a_request_that_is_sent_twice_is_done_once(bench: Bench) {
        let store = &bench.store;
        let key = ("user-1", "key-1");
        let until = NOW.after(100);
        assert_eq!(store.take_key(key, "h", until, NOW).await.unwrap(), Repeated::First);
        assert_eq!(store.take_key(key, "h", until, NOW).await.unwrap(), Repeated::Pending);
        assert_eq!(store.take_key(key, "other", until, NOW).await.unwrap(), Repeated::Other);
        store.free_key(key).await.unwrap();
        assert_eq!(store.take_key(key, "h", until, NOW).await.unwrap(), Repeated::First);
        let reply = Reply { status: 201, body: b"{}".to_vec() };
        let mut work = store.work().await.unwrap();
        work.keep_reply(key, &reply);
        save(&bench, work).await.unwrap();
        assert_eq!(store.take_key(key, "h", until, NOW).await.unwrap(), Repeated::Done(reply.clone()));
        let mut work = store.work().await.unwrap();
        work.keep_reply(key, &reply);
        assert!(matches!(save(&bench, work).await, Err(SaveError::Changed)));
        assert_eq!(store.take_key(key, "other", NOW.after(300), until).await.unwrap(), Repeated::First);
        assert_eq!(store.forget_keys(NOW.after(300)).await.unwrap(), 1);
    }
}
