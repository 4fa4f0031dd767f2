//! Agencies, accounts, operators and credentials are read as they were saved.

use access::{Instant, Role, RoleSet};
use cites::{AgencyId, CredentialId, OperatorId, UserId};
use store::{Credential, CredentialKind, DatabaseError, SaveError, Sight, Version};

use crate::bench::{NOW, on_both};
use crate::words::{account, agency, office, operator, save};

on_both! {
    async fn what_is_saved_is_read_again(bench: Bench) {
        let (agency_id, user, op) = (AgencyId(bench.draw()), UserId(bench.draw()), OperatorId(bench.draw()));
        let written = (
            agency(agency_id, "中华人民共和国濒危物种进出口管理办公室"),
            account(user, " Officer@Example.org ", Some(agency_id), &[Role::DecisionOfficer, Role::Analyst]),
            operator(op, "O'Neil; DROP TABLE operator", agency_id),
        );
        let mut work = bench.store.work().await.unwrap();
        work.put_agency(&written.0);
        work.put_account(&written.1);
        work.put_operator(&written.2);
        save(&bench, work).await.unwrap();

        let read = bench.store.agency(agency_id).await.unwrap().unwrap();
        assert_eq!((read.version, &read.agency), (Version(1), &written.0.agency));
        assert_eq!(bench.store.agencies().await.unwrap(), [read]);
        let read = bench.store.account(user).await.unwrap().unwrap();
        let expected = store::AccountRecord {
            version: Version(1),
            login: "officer@example.org".to_owned(),
            rights: 1,
            made: NOW,
            ..written.1.clone()
        };
        assert_eq!(read, expected);
        assert_eq!(bench.store.account_by_login("OFFICER@example.org ").await.unwrap(), Some(read));
        assert_eq!(bench.store.accounts_with(Role::Analyst).await.unwrap(), [user]);
        let read = bench.store.operator(op).await.unwrap().unwrap();
        assert_eq!(read, store::OperatorRecord { version: Version(1), ..written.2 });
        assert_eq!(bench.store.account(UserId([9; 16])).await.unwrap(), None);
        assert_eq!(bench.store.accounts_of(agency_id).await.unwrap()[0].id, user);
    }

    async fn a_record_that_somebody_changed_meanwhile_is_not_saved(bench: Bench) {
        let office = office(&bench).await;
        let mut loaded = bench.store.operator(office.operator).await.unwrap().unwrap();
        loaded.name = "First".to_owned();
        let mut work = bench.store.work().await.unwrap();
        work.put_operator(&loaded);
        save(&bench, work).await.unwrap();
        loaded.name = "Second".to_owned();
        let mut work = bench.store.work().await.unwrap();
        work.put_operator(&loaded);
        assert!(matches!(save(&bench, work).await, Err(SaveError::Changed)));
        let now = bench.store.operator(office.operator).await.unwrap().unwrap();
        assert_eq!((now.name.as_str(), now.version), ("First", Version(2)));
    }

    async fn no_two_accounts_sign_in_alike(bench: Bench) {
        let mut work = bench.store.work().await.unwrap();
        work.put_account(&account(UserId(bench.draw()), "zhang", None, &[]));
        work.put_account(&account(UserId(bench.draw()), "Zhang", None, &[]));
        let told = save(&bench, work).await;
        assert!(matches!(told, Err(SaveError::Database(DatabaseError::Taken(_)))), "{told:?}");
        assert_eq!(bench.store.account_by_login("zhang").await.unwrap(), None);
    }

    async fn an_account_changes_its_roles_and_its_rights_grow(bench: Bench) {
        let office = office(&bench).await;
        let mut work = bench.store.work().await.unwrap();
        let mut officer = work.account(office.officer).await.unwrap().unwrap();
        officer.roles = RoleSet::from(Role::IntakeOfficer);
        work.put_account(&officer);
        save(&bench, work).await.unwrap();
        let read = bench.store.account(office.officer).await.unwrap().unwrap();
        assert_eq!((read.roles, read.rights), (RoleSet::from(Role::IntakeOfficer), officer.rights + 1));
    }

    async fn an_agent_acts_for_operators_until_dismissed(bench: Bench) {
        let office = office(&bench).await;
        let other = OperatorId(bench.draw());
        let mut work = bench.store.work().await.unwrap();
        work.put_operator(&operator(other, "Another", office.agency));
        work.appoint(other, office.agent);
        save(&bench, work).await.unwrap();
        let names = |operators: Vec<store::OperatorRecord>| {
            operators.into_iter().map(|operator| operator.name).collect::<Vec<_>>()
        };
        let of = bench.store.operators_of(office.agent).await.unwrap();
        assert_eq!(names(of), ["Another", "Silk Road Trading"]);
        assert_eq!(bench.store.agents_of(other).await.unwrap(), [office.agent]);
        let rights = bench.store.account(office.agent).await.unwrap().unwrap().rights;
        let mut work = bench.store.work().await.unwrap();
        work.dismiss(other, office.agent);
        save(&bench, work).await.unwrap();
        assert_eq!(names(bench.store.operators_of(office.agent).await.unwrap()), ["Silk Road Trading"]);
        assert_eq!(bench.store.account(office.agent).await.unwrap().unwrap().rights, rights + 1);
        let mut work = bench.store.work().await.unwrap();
        work.dismiss(other, office.agent);
        assert!(matches!(save(&bench, work).await, Err(SaveError::Changed)));
    }

    async fn lists_are_read_in_pages_without_a_gap(bench: Bench) {
        let office = office(&bench).await;
        let mut work = bench.store.work().await.unwrap();
        for count in 0..7 {
            let id = OperatorId(bench.draw());
            // Two of each name, so that a page may end between them.
            work.put_operator(&operator(id, &format!("Z{}", count / 2), office.agency));
            work.put_account(&account(UserId(bench.draw()), &format!("z{count}"), None, &[Role::Applicant, Role::Agent]));
        }
        save(&bench, work).await.unwrap();
        let (mut operators, mut next) = (Vec::new(), None);
        loop {
            let page = bench.store.operators(&Sight { all: true, ..Sight::default() }, next.as_ref(), 3).await.unwrap();
            assert!(page.rows.len() <= 3);
            operators.extend(page.rows.into_iter().map(|operator| (operator.name, operator.id)));
            next = page.next;
            if next.is_none() { break; }
        }
        assert_eq!(operators.len(), 8);
        assert!(operators.is_sorted());
        let first = bench.store.accounts(None, 5).await.unwrap();
        let second = bench.store.accounts(first.next.as_ref(), 50).await.unwrap();
        assert_eq!((first.rows.len(), second.rows.len(), second.next), (5, 4, None));
        assert!(second.rows.iter().all(|account| account.roles.contains(Role::Agent)));
    }

    async fn an_account_has_one_password_and_many_passkeys(bench: Bench) {
        let office = office(&bench).await;
        let credential = |kind, secret: &str| Credential {
            id: CredentialId(bench.draw()),
            account: office.officer,
            kind,
            label: "desk".to_owned(),
            secret: secret.to_owned(),
            counter: 0,
            made: Instant(0),
            used: None,
        };
        let save_one = async |credential: &Credential| {
            let mut work = bench.store.work().await.unwrap();
            work.put_credential(credential);
            save(&bench, work).await.unwrap();
        };
        save_one(&credential(CredentialKind::Password, "$argon2id$one")).await;
        save_one(&credential(CredentialKind::Password, "$argon2id$two")).await;
        let passkey = credential(CredentialKind::Passkey, "{}");
        save_one(&passkey).await;
        save_one(&credential(CredentialKind::Passkey, "{\"a\":1}")).await;
        let read = bench.store.credentials(office.officer).await.unwrap();
        let secrets: Vec<&str> = read.iter().map(|credential| credential.secret.as_str()).collect();
        assert_eq!(secrets, ["$argon2id$two", "{}", "{\"a\":1}"]);
        assert!(!format!("{read:?}").contains("argon2"));

        assert!(bench.store.use_counter(passkey.id, 7, NOW).await.unwrap());
        assert!(!bench.store.use_counter(passkey.id, 7, NOW).await.unwrap(), "shown twice");
        assert!(bench.store.use_secret(passkey.id, "{}", "{\"b\":2}", NOW).await.unwrap());
        assert!(!bench.store.use_secret(passkey.id, "{}", "{}", NOW).await.unwrap());
        let mut work = bench.store.work().await.unwrap();
        work.remove_credential(&passkey);
        save(&bench, work).await.unwrap();
        assert_eq!(bench.store.credentials(office.officer).await.unwrap().len(), 2);
    }
}
