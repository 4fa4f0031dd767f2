//! Records that many tests need, made short.

use access::{Agency, Authority, Deed, Instant, Role, RoleSet};
use cites::{AgencyId, EventId, OperatorId, UserId};
use store::{
    AccountRecord, AgencyRecord, By, Done, OperatorRecord, SaveError, Subject, SubjectKind, Version, Work,
};

use crate::bench::{Bench, NOW};

/// A deed of the system, about nothing in particular.
pub fn done(bench: &Bench) -> Done {
    Done {
        id: EventId(bench.draw()),
        by: By::Job("test".to_owned()),
        deed: Deed::RunJobs,
        subject: Subject::new(SubjectKind::Setting, "test", Version::NEW.next()),
        before: None,
        after: Some(serde_json::json!({ "tried": true })),
        edition: None,
    }
}

pub async fn save(bench: &Bench, work: Work) -> Result<(), SaveError> {
    work.save(done(bench), NOW, Vec::new()).await
}

pub fn agency(id: AgencyId, name: &str) -> AgencyRecord {
    let authorities = vec![Authority::Management, Authority::Scientific];
    let agency = Agency { id, name: name.to_owned(), authorities, source: None };
    AgencyRecord { version: Version::NEW, agency }
}

pub fn account(id: UserId, login: &str, agency: Option<AgencyId>, roles: &[Role]) -> AccountRecord {
    AccountRecord {
        id,
        version: Version::NEW,
        login: login.to_owned(),
        name: format!("{login} 姓名"),
        mail: Some(format!("{login}@example.org")),
        language: "zh-Hans".parse().unwrap(),
        agency,
        roles: RoleSet::of(roles.iter().copied()).unwrap(),
        rights: 0,
        barred: false,
        made: Instant(0),
    }
}

pub fn operator(id: OperatorId, name: &str, agency: AgencyId) -> OperatorRecord {
    OperatorRecord {
        id,
        version: Version::NEW,
        name: name.to_owned(),
        country: "CN".parse().unwrap(),
        address: "Urumqi".to_owned(),
        agency: Some(agency),
        content: serde_json::json!({ "note": "made up" }),
    }
}

/// An office with an officer, an operator and its agent.
pub struct Office {
    pub agency: AgencyId,
    pub officer: UserId,
    pub operator: OperatorId,
    pub agent: UserId,
}

pub async fn office(bench: &Bench) -> Office {
    let office = Office {
        agency: AgencyId(bench.draw()),
        officer: UserId(bench.draw()),
        operator: OperatorId(bench.draw()),
        agent: UserId(bench.draw()),
    };
    let mut work = bench.store.work().await.unwrap();
    work.put_agency(&agency(office.agency, &format!("Office {}", office.agency)));
    let roles = [Role::DecisionOfficer, Role::IssuingOfficer];
    work.put_account(&account(
        office.officer,
        &format!("officer-{}", office.officer),
        Some(office.agency),
        &roles,
    ));
    work.put_account(&account(office.agent, &format!("agent-{}", office.agent), None, &[Role::Agent]));
    work.put_operator(&operator(office.operator, "Silk Road Trading", office.agency));
    work.appoint(office.operator, office.agent);
    save(bench, work).await.unwrap();
    office
}
