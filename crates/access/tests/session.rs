//! Sessions and tokens: limits to the second, rotation, second factor.

#![cfg(test)]

use access::session::*;
use access::{Instant, Role, RoleSet, Scope, ScopeSet, TOKEN_SECONDS_MAX, Token, TokenRefused};
use proptest::prelude::*;
use proptest::sample::select;

const START: Instant = Instant(1_800_000_000);

fn holder(role: Role) -> Holder {
    Holder { roles: RoleSet::from(role), rights: 4, barred: false, password_set: START }
}

fn session() -> Session {
    Session { begun: START, seen: START, rotated: START, rights: 4, second_factor: true, revoked: false }
}

#[test]
fn a_session_ends_when_it_was_idle_or_lived_too_long() {
    for (role, idle, life) in [
        (Role::DecisionOfficer, IDLE_SECONDS_OF_OFFICERS, LIFE_SECONDS_OF_OFFICERS),
        (Role::SecurityAdministrator, IDLE_SECONDS_OF_OFFICERS, LIFE_SECONDS_OF_OFFICERS),
        (Role::Auditor, IDLE_SECONDS_OF_OFFICERS, LIFE_SECONDS_OF_OFFICERS),
        (Role::Applicant, IDLE_SECONDS_OUTSIDE, LIFE_SECONDS_OUTSIDE),
    ] {
        let holder = holder(role);
        let fresh = |now: Instant| Session { rotated: now, ..session() }.standing(&holder, now);
        assert_eq!(fresh(START.after(idle - 1)), Standing::Open, "{role}");
        assert_eq!(fresh(START.after(idle)), Standing::Ended(Ended::Idle), "{role}");
        let busy = |now: Instant| Session { rotated: now, seen: now, ..session() }.standing(&holder, now);
        assert_eq!(busy(START.after(life - 1)), Standing::Open, "{role}");
        assert_eq!(busy(START.after(life)), Standing::Ended(Ended::TooOld), "{role}");
    }
}

#[test]
fn a_session_ends_at_once_when_its_holder_or_an_administrator_says_so() {
    let holder = holder(Role::IntakeOfficer);
    for (session, holder, ended) in [
        (Session { revoked: true, ..session() }, holder, Ended::Revoked),
        (session(), Holder { barred: true, ..holder }, Ended::Barred),
        (session(), Holder { password_set: START.after(1), ..holder }, Ended::PasswordSet),
    ] {
        assert_eq!(session.standing(&holder, START), Standing::Ended(ended));
    }
    // The session in which the password was set began with it.
    assert_eq!(session().standing(&holder, START), Standing::Open);
}

#[test]
fn a_token_of_a_session_is_changed_with_time_and_with_rights() {
    let holder = holder(Role::IntakeOfficer);
    let at = |seconds| session().standing(&holder, START.after(seconds));
    assert_eq!(at(ROTATION_SECONDS - 1), Standing::Open);
    assert_eq!(at(ROTATION_SECONDS), Standing::Rotate(Rotation::Time));
    let changed = Holder { rights: 5, ..holder };
    assert_eq!(session().standing(&changed, START), Standing::Rotate(Rotation::Rights));
    assert_eq!(
        session().standing(&changed, START.after(ROTATION_SECONDS)),
        Standing::Rotate(Rotation::Rights)
    );
}

#[test]
fn a_former_token_holds_for_requests_on_their_way_and_never_with_former_rights() {
    for (why, seconds, holds) in [
        (Rotation::Time, 0, true),
        (Rotation::Time, FORMER_TOKEN_SECONDS - 1, true),
        (Rotation::Time, FORMER_TOKEN_SECONDS, false),
        (Rotation::Rights, 0, false),
    ] {
        assert_eq!(former_token_holds(START, why, START.after(seconds)), holds, "{why:?} {seconds}");
    }
}

#[test]
fn all_but_those_who_apply_show_a_second_factor() {
    for role in Role::ALL {
        let outside = matches!(role, Role::Applicant | Role::Agent);
        assert_eq!(needs_second_factor(RoleSet::from(role)), !outside, "{role}");
        let without = Session { second_factor: false, ..session() };
        let expected = if outside { Standing::Open } else { Standing::SecondFactorDue };
        assert_eq!(without.standing(&holder(role), START), expected, "{role}");
    }
    assert!(!needs_second_factor(RoleSet::EMPTY));
}

#[test]
fn a_token_holds_until_its_end_or_until_it_is_taken_back() {
    let scopes = ScopeSet::EMPTY.with(Scope::Read);
    let token = Token::made(scopes, START, START.after(60)).unwrap();
    assert_eq!(token.scopes_at(START.after(59)), Ok(scopes));
    assert_eq!(token.scopes_at(START.after(60)), Err(TokenRefused::Expired));
    let revoked = Token { revoked: Some(START.after(1)), ..token };
    assert_eq!(revoked.scopes_at(START.after(59)), Err(TokenRefused::Revoked));
    // A row that was written with a longer life holds no longer than any may.
    let endless = Token { until: Instant(u64::MAX), ..token };
    assert_eq!(endless.scopes_at(START.after(TOKEN_SECONDS_MAX + 1)), Err(TokenRefused::Expired));
}

#[test]
fn a_token_without_scope_or_end_is_not_made() {
    let scopes = ScopeSet::EMPTY.with(Scope::Port);
    for (scopes, seconds, expected) in [
        (ScopeSet::EMPTY, 60, Err(TokenRefused::NoScope)),
        (scopes, 0, Err(TokenRefused::EndsAtOnce)),
        (scopes, TOKEN_SECONDS_MAX + 1, Err(TokenRefused::TooLong)),
        (scopes, TOKEN_SECONDS_MAX, Ok(())),
    ] {
        assert_eq!(Token::made(scopes, START, START.after(seconds)).map(|_| ()), expected, "{seconds}");
    }
    assert_eq!(Token::made(scopes, START.after(9), START), Err(TokenRefused::EndsAtOnce));
}

proptest! {
    #[test]
    fn a_session_that_has_ended_never_opens_again(
        role in select(Role::ALL.to_vec()), rotated in 0..1_000_000_u64, seen in 0..1_000_000_u64,
        earlier in 0..1_000_000_u64, later in 0..1_000_000_u64, second_factor: bool,
    ) {
        let (earlier, later) = (earlier.min(later), earlier.max(later));
        let session = Session { rotated: START.after(rotated), seen: START.after(seen), second_factor, ..session() };
        if let Standing::Ended(_) = session.standing(&holder(role), START.after(earlier)) {
            let standing = session.standing(&holder(role), START.after(later));
            prop_assert!(matches!(standing, Standing::Ended(_)), "{:?}", standing);
        }
    }

    #[test]
    fn no_officer_is_let_in_without_a_second_factor(role in select(Role::ALL.to_vec()), seconds in 0..100_000_u64) {
        let session = Session { second_factor: false, ..session() };
        let standing = session.standing(&holder(role), START.after(seconds));
        let lets_in = matches!(standing, Standing::Open | Standing::Rotate(_));
        prop_assert!(!lets_in || role.is_outside());
    }
}
