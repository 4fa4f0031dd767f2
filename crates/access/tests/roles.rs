//! Roles: which go together in one person, and in which agency.

#![cfg(test)]

use access::{Agency, Authority, Role, RoleConflict, RoleSet};
use cites::AgencyId;
use proptest::prelude::*;

#[test]
fn every_role_is_read_as_it_is_printed() {
    for role in Role::ALL {
        assert_eq!(role.to_string().parse::<Role>(), Ok(role));
        assert_eq!(Role::from_word(role.as_str()), Some(role));
    }
    for bad in ["", "Applicant", "officer", "decision officer"] {
        assert_eq!(Role::from_word(bad), None, "{bad}");
    }
}

#[test]
fn roles_exclude_each_other_both_ways_and_never_themselves() {
    for one in Role::ALL {
        assert!(!one.excludes(one), "{one}");
        for other in Role::ALL {
            assert_eq!(one.excludes(other), other.excludes(one), "{one} {other}");
        }
    }
}

#[test]
fn roles_that_exclude_each_other_are_told_by_name() {
    use Role::*;
    for (held, wanted) in [
        (SystemAdministrator, SecurityAdministrator),
        (SystemAdministrator, DecisionOfficer),
        (SecurityAdministrator, Auditor),
        (Auditor, IssuingOfficer),
        (Auditor, PortOfficer),
        (Applicant, IntakeOfficer),
        (Agent, ForestryReviewer),
        (Agent, Analyst),
        (Applicant, Auditor),
    ] {
        let conflict = RoleConflict { held, wanted };
        assert_eq!(RoleSet::of([held, wanted]), Err(conflict));
        assert_eq!(RoleSet::of([wanted, held]), Err(RoleConflict { held: wanted, wanted: held }));
    }
    let conflict = RoleConflict { held: Auditor, wanted: DecisionOfficer };
    assert_eq!(
        conflict.to_string(),
        "who is auditor cannot be decision-officer too; take `auditor` away first, or give `decision-officer` \
         to somebody else"
    );
}

#[test]
fn roles_that_go_together_make_a_set() {
    use Role::*;
    for roles in [
        vec![Applicant, Agent],
        vec![IntakeOfficer, DecisionOfficer, IssuingOfficer],
        vec![PortOfficer, CaseOfficer, Coordinator, Analyst],
        vec![Auditor, Analyst],
        vec![Auditor, Auditor],
    ] {
        let set = RoleSet::of(roles.clone()).unwrap();
        assert!(roles.iter().all(|role| set.contains(*role)), "{roles:?}");
    }
}

#[test]
fn a_role_is_given_only_where_it_is_the_agencys_task() {
    let agency = |authorities: &[Authority]| Agency {
        id: AgencyId([7; 16]),
        name: "the office".to_owned(),
        authorities: authorities.to_vec(),
        source: None,
    };
    for (authority, role) in [
        (Authority::Management, Role::DecisionOfficer),
        (Authority::Scientific, Role::ScientificAuthority),
        (Authority::Forestry, Role::ForestryReviewer),
        (Authority::Fishery, Role::FisheryReviewer),
        (Authority::Port, Role::PortOfficer),
    ] {
        for other in Authority::ALL {
            assert_eq!(agency(&[other]).check(role).is_ok(), other == authority, "{role} in {other}");
        }
        assert!(agency(&Authority::ALL).check(role).is_ok());
        assert_eq!(authority.to_string().parse::<Authority>(), Ok(authority));
    }
    for other in Authority::ALL {
        assert!(agency(&[other]).check(Role::Applicant).is_err(), "{other}");
        assert!(agency(&[other]).check(Role::Auditor).is_ok(), "{other}");
    }
    assert!(agency(&[]).check(Role::Auditor).is_err());
    assert_eq!(
        agency(&[Authority::Port]).check(Role::DecisionOfficer).unwrap_err().to_string(),
        "decision-officer is no role of `the office`; give it in an agency whose task it is, or add the task to \
         the agency"
    );
}

proptest! {
    #[test]
    fn no_set_ever_holds_two_roles_that_exclude_each_other(
        wanted in proptest::collection::vec(proptest::sample::select(Role::ALL.to_vec()), 0..10),
        taken in proptest::sample::select(Role::ALL.to_vec()),
    ) {
        let set = wanted.into_iter().fold(RoleSet::EMPTY, |set, role| set.with(role).unwrap_or(set));
        for set in [set, set.without(taken)] {
            for one in set.iter() {
                prop_assert!(set.iter().all(|other| !one.excludes(other)), "{:?}", set);
            }
            prop_assert_eq!(RoleSet::of(set.iter()), Ok(set));
        }
        prop_assert!(!set.without(taken).contains(taken));
    }
}
