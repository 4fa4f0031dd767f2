//! What the table of deeds as a whole must keep.

#![cfg(test)]

use std::collections::BTreeSet;

use access::{Deed, Effect, Over, Role, Scope, Sphere};

fn deeds() -> impl Iterator<Item = Deed> {
    Deed::ALL.iter().copied()
}

#[test]
fn every_word_is_read_as_it_is_printed_and_means_one_deed() {
    let words: BTreeSet<&str> = deeds().map(Deed::as_str).collect();
    assert_eq!(words.len(), Deed::ALL.len());
    for deed in deeds() {
        assert_eq!(deed.to_string().parse::<Deed>(), Ok(deed));
        assert!(deed.as_str().chars().all(|mark| mark.is_ascii_lowercase() || mark == '-'), "{deed}");
        assert!(deed.meaning().ends_with('.'), "{deed}: {}", deed.meaning());
    }
    assert_eq!(
        "decide".parse::<Deed>().unwrap_err().to_string(),
        "`decide` is not a deed; docs/reference/access.md lists them"
    );
}

#[test]
fn every_deed_is_somebodys_and_every_role_has_one_beyond_its_account() {
    for deed in deeds() {
        assert!(Role::ALL.iter().any(|role| deed.over(*role).is_some()), "nobody may {deed}");
    }
    for role in Role::ALL {
        let beyond = deeds().filter(|deed| deed.sphere() != Sphere::Account && deed.over(role).is_some());
        assert!(beyond.count() > 0, "{role} has no deed");
    }
}

#[test]
fn an_auditor_reads_all_and_changes_nothing_but_their_account() {
    for deed in deeds() {
        let over = deed.over(Role::Auditor);
        match (deed.sphere(), deed.effect()) {
            (Sphere::Account, _) => assert_eq!(over, Some(Over::Own), "{deed}"),
            (_, Effect::Reads) => assert_eq!(over, Some(Over::Any), "{deed}"),
            (_, Effect::Changes) => assert_eq!(over, None, "{deed}"),
        }
    }
}

#[test]
fn who_shares_a_person_with_an_auditor_changes_nothing() {
    for role in Role::ALL.into_iter().filter(|role| !Role::Auditor.excludes(*role)) {
        assert!(!deeds().any(|deed| deed.changes() && deed.over(role).is_some()), "{role}");
    }
}

#[test]
fn administrators_have_no_deed_of_permits_and_officers_none_that_changes_the_system() {
    for deed in deeds() {
        for role in Role::ALL {
            let administers = matches!(role, Role::SystemAdministrator | Role::SecurityAdministrator);
            let has = deed.over(role).is_some();
            if deed.sphere() == Sphere::Permit {
                assert!(!(administers && has), "{role} may {deed}");
            } else if deed.changes() {
                assert!(administers || !has, "{role} may {deed}");
            }
        }
    }
}

#[test]
fn the_two_administrators_share_no_deed_that_changes() {
    for deed in deeds().filter(|deed| deed.changes()) {
        let both = [Role::SystemAdministrator, Role::SecurityAdministrator];
        assert!(!both.iter().all(|role| deed.over(*role).is_some()), "{deed}");
    }
}

#[test]
fn who_applies_changes_only_what_is_their_own() {
    for deed in deeds().filter(|deed| deed.effect() == Effect::Changes) {
        for role in Role::ALL.into_iter().filter(|role| role.is_outside()) {
            assert!(matches!(deed.over(role), None | Some(Over::Own)), "{role} may {deed}");
        }
    }
}

#[test]
fn a_scope_that_reads_has_no_deed_that_changes() {
    for deed in deeds() {
        if deed.scope() == Some(Scope::Read) {
            assert_eq!(deed.effect(), Effect::Reads, "{deed}");
        }
        if deed.effect() == Effect::Reads {
            assert!(matches!(deed.scope(), Some(Scope::Read | Scope::Admin)), "{deed}");
        }
    }
}

#[test]
fn no_token_changes_who_may_do_what() {
    let alone: BTreeSet<Deed> = deeds().filter(|deed| deed.scope().is_none()).collect();
    let expected = [
        Deed::AppointAgent,
        Deed::ManageWebhooks,
        Deed::ManageUsers,
        Deed::ManageRoles,
        Deed::ResetSecondFactor,
        Deed::ManageSecuritySettings,
        Deed::EditOwnProfile,
        Deed::ChangeOwnPassword,
        Deed::KeepOwnSecondFactor,
        Deed::KeepOwnSessions,
        Deed::KeepOwnTokens,
    ];
    assert_eq!(alone, expected.into());
}

#[test]
fn every_scope_has_a_deed() {
    for scope in Scope::ALL {
        assert!(deeds().any(|deed| deed.scope() == Some(scope)), "{scope}");
        assert_eq!(scope.to_string().parse::<Scope>(), Ok(scope));
    }
}
