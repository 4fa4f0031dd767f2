//! Refusals one by one: which reason, and what the message says to do.

#![cfg(test)]

use access::{Actor, Deed, Denied, Hand, Owner, Role, RoleSet, Scope, ScopeSet, Thing, may};
use cites::{AgencyId, OperatorId, UserId};

const APPLICANT: UserId = UserId([1; 16]);
const CLERK: UserId = UserId([2; 16]);
const REVIEWER: UserId = UserId([3; 16]);
const ADVISER: UserId = UserId([4; 16]);
const DECIDER: UserId = UserId([5; 16]);
const ISSUER: UserId = UserId([6; 16]);
const OFFICE: AgencyId = AgencyId([1; 16]);
const DEPARTMENT: AgencyId = AgencyId([2; 16]);
const FIRM: OperatorId = OperatorId([1; 16]);

fn officer(user: UserId, roles: &[Role]) -> Actor {
    Actor::officer(user, OFFICE, RoleSet::of(roles.iter().copied()).unwrap())
}

fn applicant() -> Actor {
    Actor::outside(APPLICANT, RoleSet::from(Role::Applicant), [FIRM])
}

/// An application that went its whole way, each step by somebody else.
fn application() -> Thing {
    Thing::of_operator(FIRM, OFFICE)
        .after(Hand::Drafted, APPLICANT)
        .after(Hand::Submitted, CLERK)
        .after(Hand::Reviewed, REVIEWER)
        .after(Hand::Advised, ADVISER)
        .after(Hand::Decided, DECIDER)
        .after(Hand::Issued, ISSUER)
}

fn check(actor: &Actor, deed: Deed, thing: &Thing, expected: &str) {
    let answer = may(actor, deed, thing).map_or_else(|denied| denied.to_string(), |()| "yes".to_owned());
    assert_eq!(answer, expected, "{deed}");
}

#[test]
fn four_eyes_name_the_earlier_step() {
    let all = [
        Role::IntakeOfficer,
        Role::ForestryReviewer,
        Role::ScientificAuthority,
        Role::DecisionOfficer,
        Role::IssuingOfficer,
        Role::PortOfficer,
    ];
    for (user, deed, reason) in [
        (APPLICANT, Deed::DecideApplication, "drafted it"),
        (CLERK, Deed::DecideApplication, "submitted it"),
        (REVIEWER, Deed::DecideApplication, "reviewed it"),
        (ADVISER, Deed::RefuseApplication, "advised on it"),
        (CLERK, Deed::AmendPermit, "submitted it"),
        (DECIDER, Deed::AmendPermit, "decided it"),
        (DECIDER, Deed::IssuePermit, "decided it"),
        (APPLICANT, Deed::IssuePermit, "drafted it"),
        (APPLICANT, Deed::ReviewForForestry, "drafted it"),
        (CLERK, Deed::AdviseScience, "submitted it"),
        (ISSUER, Deed::EndorsePermit, "issued it"),
    ] {
        let message = format!("you may not {deed} because you {reason}; a colleague must do it");
        check(&officer(user, &all), deed, &application(), &message);
    }
    // Each step's own hand, and whoever did none, go on.
    for (user, deed) in [
        (DECIDER, Deed::DecideApplication),
        (ISSUER, Deed::DecideApplication),
        (ISSUER, Deed::IssuePermit),
        (REVIEWER, Deed::IssuePermit),
        (DECIDER, Deed::EndorsePermit),
        (CLERK, Deed::AcceptApplication),
    ] {
        check(&officer(user, &all), deed, &application(), "yes");
    }
}

#[test]
fn an_officer_who_acts_for_the_operator_is_barred_from_its_applications() {
    let officer = officer(DECIDER, &[Role::IntakeOfficer, Role::DecisionOfficer, Role::PortOfficer]);
    let related = Actor { operators: [FIRM].into(), ..officer };
    for deed in [
        Deed::AcceptApplication,
        Deed::NotifyDefects,
        Deed::ExtendClock,
        Deed::DecideApplication,
        Deed::CancelPermit,
        Deed::EndorsePermit,
    ] {
        let message = format!("you may not {deed} because you act for its operator; a colleague must do it");
        check(&related, deed, &application(), &message);
    }
}

#[test]
fn nobody_changes_their_own_rights() {
    let security = officer(DECIDER, &[Role::SecurityAdministrator]);
    for deed in [Deed::ManageRoles, Deed::ManageUsers, Deed::ResetSecondFactor] {
        check(
            &security,
            deed,
            &Thing::account(DECIDER),
            &format!("you may not {deed} because you own the account; a colleague must do it"),
        );
        check(&security, deed, &Thing::account(CLERK), "yes");
        // A thing that is no account tells not whose rights would change.
        assert_eq!(may(&security, deed, &Thing::house()), Err(Denied::OwnerUnknown { deed }));
    }
    check(&security, Deed::RevokeSessions, &Thing::account(DECIDER), "yes");
}

#[test]
fn each_refusal_says_what_to_do() {
    let firm = application();
    let foreign = Thing::of_operator(OperatorId([9; 16]), DEPARTMENT);
    for (actor, deed, thing, expected) in [
        (
            applicant(),
            Deed::DecideApplication,
            &firm,
            "none of your roles may decide-application; ask a security administrator who has the role",
        ),
        (
            applicant(),
            Deed::ReadApplication,
            &foreign,
            "you may read-application for your own operators and account only; ask the operator to appoint you",
        ),
        (
            officer(CLERK, &[Role::IntakeOfficer]),
            Deed::AcceptApplication,
            &foreign,
            "you may accept-application only where your agency has charge or was let in; ask the agency in charge",
        ),
        (
            officer(CLERK, &[Role::Auditor]),
            Deed::AcceptApplication,
            &firm,
            "an auditor reads and changes nothing, so may not accept-application; tell an officer what is to be \
             done",
        ),
        (
            applicant().by_token(ScopeSet::EMPTY.with(Scope::Read)),
            Deed::SubmitApplication,
            &firm,
            "the token may not submit-application; make one with the scope `apply`",
        ),
        (
            applicant().by_token(Scope::ALL.into_iter().collect()),
            Deed::KeepOwnTokens,
            &Thing::account(APPLICANT),
            "no token may keep-own-tokens; sign in as a person",
        ),
        (
            applicant(),
            Deed::ReadApplication,
            &Thing::default(),
            "whose it is is not known, so nobody may read-application; report it as a fault",
        ),
        (
            officer(DECIDER, &[Role::DecisionOfficer]),
            Deed::DecideApplication,
            &Thing::of_operator(FIRM, OFFICE).after(Hand::Drafted, APPLICANT),
            "who submitted it is not known, so nobody may decide-application; report it as a fault",
        ),
    ] {
        check(&actor, deed, thing, expected);
    }
}

#[test]
fn what_another_has_is_hidden_and_what_no_role_of_yours_does_is_not() {
    let deed = Deed::ReadApplication;
    for (denied, hidden) in [
        (Denied::NotOwn { deed }, true),
        (Denied::OtherAgency { deed }, true),
        (Denied::OwnerUnknown { deed }, true),
        (Denied::NoRole { deed }, false),
        (Denied::ReadOnly { deed }, false),
        (Denied::PersonOnly { deed }, false),
        (Denied::OutOfScope { deed, needed: Scope::Read }, false),
        (Denied::HandUnknown { deed, hand: Hand::Drafted }, false),
    ] {
        assert_eq!(denied.hides_the_thing(), hidden, "{}", denied.as_str());
    }
}

#[test]
fn an_agent_acts_for_those_who_appointed_them_and_for_no_other() {
    let second = OperatorId([2; 16]);
    let agent = Actor::outside(CLERK, RoleSet::from(Role::Agent), [FIRM, second]);
    for operator in [FIRM, second] {
        check(&agent, Deed::SubmitApplication, &Thing::of_operator(operator, OFFICE), "yes");
    }
    let stranger = Thing::of_operator(OperatorId([3; 16]), OFFICE);
    let deed = Deed::SubmitApplication;
    assert_eq!(may(&agent, deed, &stranger), Err(Denied::NotOwn { deed }));
    // Nor may they hand the appointment on.
    let deed = Deed::AppointAgent;
    assert_eq!(may(&agent, deed, &Thing::of_operator(FIRM, OFFICE)), Err(Denied::NoRole { deed }));
}

#[test]
fn who_registers_an_operator_makes_it_their_own() {
    let newcomer = Actor::outside(APPLICANT, RoleSet::from(Role::Applicant), []);
    check(&newcomer, Deed::RegisterOperator, &Thing::account(APPLICANT), "yes");
    let deed = Deed::RegisterOperator;
    assert_eq!(may(&newcomer, deed, &Thing::account(CLERK)), Err(Denied::NotOwn { deed }));
}

#[test]
fn a_department_sees_what_it_was_let_in_to() {
    let reviewer = Actor::officer(REVIEWER, DEPARTMENT, RoleSet::from(Role::ForestryReviewer));
    let asked = Thing::of_operator(FIRM, OFFICE)
        .let_in(DEPARTMENT)
        .after(Hand::Drafted, APPLICANT)
        .after(Hand::Submitted, APPLICANT);
    check(&reviewer, Deed::ReviewForForestry, &asked, "yes");
    check(&reviewer, Deed::ReadApplication, &asked, "yes");
    let not_asked = Thing { let_in: [].into(), ..asked };
    let deed = Deed::ReadApplication;
    assert_eq!(may(&reviewer, deed, &not_asked), Err(Denied::OtherAgency { deed }));
    // The other side's review is not theirs, asked or not.
    let deed = Deed::ReviewForFishery;
    assert_eq!(may(&reviewer, deed, &not_asked.let_in(DEPARTMENT)), Err(Denied::NoRole { deed }));
}

#[test]
fn a_draft_is_its_operators_until_an_agency_has_charge() {
    let draft = Thing { charge: None, ..application() };
    check(&applicant(), Deed::ReadApplication, &draft, "yes");
    let deed = Deed::ReadApplication;
    let clerk = officer(CLERK, &[Role::IntakeOfficer, Role::DecisionOfficer]);
    assert_eq!(may(&clerk, deed, &draft), Err(Denied::OtherAgency { deed }));
}

#[test]
fn a_queue_is_its_agencys() {
    let clerk = officer(CLERK, &[Role::IntakeOfficer]);
    check(&clerk, Deed::ReadQueue, &Thing::house().in_charge_of(OFFICE), "yes");
    let deed = Deed::ReadQueue;
    let other = Thing::house().in_charge_of(DEPARTMENT);
    assert_eq!(may(&clerk, deed, &other), Err(Denied::OtherAgency { deed }));
    assert_eq!(may(&clerk, deed, &Thing::house()), Err(Denied::OtherAgency { deed }));
    // No agency is not the same agency as none.
    let lost = Actor { agency: None, ..clerk };
    assert_eq!(may(&lost, deed, &Thing::house()), Err(Denied::OtherAgency { deed }));
}

#[test]
fn an_account_is_not_kept_through_an_operator() {
    let thing = Thing { owner: Owner::Operator(FIRM), ..Thing::default() };
    let deed = Deed::ChangeOwnPassword;
    assert_eq!(may(&applicant(), deed, &thing), Err(Denied::NotOwn { deed }));
    check(&applicant(), deed, &Thing::account(APPLICANT), "yes");
}
