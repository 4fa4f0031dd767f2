//! What `may` keeps for every actor, deed and thing.

#![cfg(test)]

use access::{
    Actor, Deed, Denied, Hand, Owner, Ownership, Role, RoleSet, Scope, ScopeSet, Sphere, Thing, may, reach,
};
use cites::{AgencyId, OperatorId, UserId};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Few of each, so that what is drawn often meets.
fn user() -> impl Strategy<Value = UserId> {
    (0..3_u8).prop_map(|number| UserId([number; 16]))
}

fn agency() -> impl Strategy<Value = AgencyId> {
    (0..3_u8).prop_map(|number| AgencyId([number; 16]))
}

fn operator() -> impl Strategy<Value = OperatorId> {
    (0..3_u8).prop_map(|number| OperatorId([number; 16]))
}

fn role() -> impl Strategy<Value = Role> {
    select(Role::ALL.to_vec())
}

fn deed() -> impl Strategy<Value = Deed> {
    select(Deed::ALL.to_vec())
}

/// The first role settles which others go with it.
fn roles() -> impl Strategy<Value = RoleSet> {
    vec(role(), 0..8)
        .prop_map(|roles| roles.into_iter().fold(RoleSet::EMPTY, |set, role| set.with(role).unwrap_or(set)))
}

fn scopes() -> impl Strategy<Value = ScopeSet> {
    vec(select(Scope::ALL.to_vec()), 0..4).prop_map(|scopes| scopes.into_iter().collect())
}

prop_compose! {
    /// Also such as the roles forbid, as an officer who acts for an operator: the rules must hold for them too.
    fn person()(
        user in user(), agency in option::of(agency()), roles in roles(), operators in btree_set(operator(), 0..3)
    ) -> Actor {
        Actor { user, agency, roles, operators, token: None }
    }
}

fn owner() -> impl Strategy<Value = Owner> {
    prop_oneof![
        1 => Just(Owner::Unknown),
        6 => operator().prop_map(Owner::Operator),
        3 => user().prop_map(Owner::Account),
        2 => Just(Owner::House),
    ]
}

prop_compose! {
    fn thing()(
        owner in owner(),
        charge in option::weighted(0.9, agency()),
        let_in in btree_set(agency(), 0..2),
        hands in btree_set((select(Hand::ALL.to_vec()), user()), 0..7),
    ) -> Thing {
        Thing { owner, charge, let_in, hands }
    }
}

/// Whether `user` may not, by what four eyes ask, whatever their roles.
fn barred(actor: &Actor, deed: Deed, thing: &Thing) -> bool {
    let did = |hand| thing.hands.contains(&(hand, actor.user));
    let applied = did(Hand::Drafted) || did(Hand::Submitted);
    let own = matches!(thing.owner, Owner::Operator(operator) if actor.operators.contains(&operator));
    match deed {
        Deed::DecideApplication | Deed::RefuseApplication => {
            applied || own || did(Hand::Reviewed) || did(Hand::Advised)
        }
        Deed::AmendPermit => {
            applied || own || did(Hand::Reviewed) || did(Hand::Advised) || did(Hand::Decided)
        }
        Deed::IssuePermit => applied || own || did(Hand::Decided),
        Deed::AdviseScience | Deed::ReviewForForestry | Deed::ReviewForFishery => applied || own,
        Deed::EndorsePermit => own || did(Hand::Issued),
        Deed::ManageRoles | Deed::ManageUsers | Deed::ResetSecondFactor => {
            thing.owner == Owner::Account(actor.user)
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn a_further_role_takes_no_right_away(actor in person(), thing in thing(), role in role()) {
        if let Ok(roles) = actor.roles.with(role) {
            let richer = Actor { roles, ..actor.clone() };
            for deed in Deed::ALL.iter().copied().filter(|deed| may(&actor, *deed, &thing).is_ok()) {
                prop_assert_eq!(may(&richer, deed, &thing), Ok(()), "{}", deed);
            }
        }
    }

    #[test]
    fn an_auditor_never_changes_a_record(actor in person(), thing in thing()) {
        let auditor = Actor { roles: RoleSet::from(Role::Auditor), ..actor.clone() };
        let both = Actor { roles: actor.roles.with(Role::Auditor).unwrap_or(auditor.roles), ..actor };
        for deed in Deed::ALL.iter().copied().filter(|deed| deed.changes()) {
            prop_assert_eq!(may(&auditor, deed, &thing), Err(Denied::ReadOnly { deed }));
            prop_assert_eq!(may(&both, deed, &thing), Err(Denied::ReadOnly { deed }));
        }
    }

    #[test]
    fn a_token_gives_no_more_than_its_owner_has(actor in person(), scopes in scopes(), thing in thing()) {
        let token = actor.clone().by_token(scopes);
        for deed in Deed::ALL.iter().copied() {
            let in_scope = deed.scope().is_some_and(|scope| scopes.contains(scope));
            let expected = in_scope && may(&actor, deed, &thing).is_ok();
            prop_assert_eq!(may(&token, deed, &thing).is_ok(), expected, "{}", deed);
        }
    }

    #[test]
    fn four_eyes_hold_whatever_the_roles(actor in person(), thing in thing()) {
        for deed in Deed::ALL.iter().copied().filter(|deed| barred(&actor, *deed, &thing)) {
            prop_assert!(may(&actor, deed, &thing).is_err(), "{}", deed);
        }
    }

    #[test]
    fn four_eyes_refuse_when_an_earlier_step_is_not_told(actor in person(), thing in thing()) {
        let nobody = Thing { hands: [].into(), ..thing };
        for deed in [
            Deed::ReviewForForestry, Deed::ReviewForFishery, Deed::AdviseScience, Deed::DecideApplication,
            Deed::RefuseApplication, Deed::AmendPermit, Deed::IssuePermit,
        ] {
            prop_assert!(may(&actor, deed, &nobody).is_err(), "{}", deed);
        }
    }

    #[test]
    fn unknown_ownership_is_refused(actor in person(), thing in thing(), deed in deed()) {
        let unknown = Thing { owner: Owner::Unknown, ..thing.clone() };
        prop_assert!(may(&actor, deed, &unknown).is_err());
        // Without an agency in charge, only who reaches all, or their own, is left.
        let uncharged = Thing { charge: None, let_in: [].into(), ..thing };
        if may(&actor, deed, &uncharged).is_ok() {
            let reach = reach(&actor, deed).unwrap();
            prop_assert!(reach.own || reach.other_agency);
        }
    }

    #[test]
    fn a_list_is_filtered_as_each_thing_is_judged(actor in person(), thing in thing(), deed in deed()) {
        let within = |reach: access::Reach| actor.ownerships(&thing).any(|ownership| reach.covers(ownership));
        let reached = reach(&actor, deed).is_ok_and(within);
        if may(&actor, deed, &thing).is_ok() {
            prop_assert!(reached);
        } else if reached && thing.owner != Owner::Unknown && deed.effect() == access::Effect::Reads {
            // Only an account's own deeds ask for more than the filter.
            prop_assert_eq!(deed.sphere(), Sphere::Account);
        }
    }

    #[test]
    fn who_has_no_role_may_do_nothing(actor in person(), thing in thing(), deed in deed()) {
        let bare = Actor { roles: RoleSet::EMPTY, ..actor };
        prop_assert_eq!(may(&bare, deed, &thing), Err(Denied::NoRole { deed }));
    }

    #[test]
    fn an_account_is_kept_by_its_owner_alone(actor in person(), thing in thing(), deed in deed()) {
        if deed.sphere() == Sphere::Account && may(&actor, deed, &thing).is_ok() {
            prop_assert_eq!(thing.owner, Owner::Account(actor.user));
        }
    }

    #[test]
    fn another_agencys_application_is_shown_to_no_officer_who_was_not_let_in(
        actor in person(), thing in thing()
    ) {
        let foreign = actor.ownerships(&thing).eq([Ownership::OtherAgency]);
        if foreign && !actor.roles.contains(Role::Auditor) {
            for deed in [Deed::ReadApplication, Deed::ReadAttachment, Deed::ReadHistory, Deed::PrintAssessment] {
                let denied = may(&actor, deed, &thing).unwrap_err();
                prop_assert!(denied.hides_the_thing() || matches!(denied, Denied::NoRole { .. }), "{}", denied);
            }
        }
    }
}
