//! Records that many tests need, made short.

use std::collections::BTreeSet;

use access::{Agency, Authority, Deed, Instant, Role, RoleSet};
use cites::{AgencyId, ApplicationId, Day, EventId, OperatorId, PermitId, Quantity, QuotaId, UserId};
use permits::Term;
use permits::application::department::{Side, With};
use permits::application::{Accepted, Application, Draft, Live, Permit, Terms};
use permits::ledger::{Change, PermitMoveKind};
use store::{
    AccountRecord, AgencyRecord, ApplicationRecord, By, Done, NumberSeries, OperatorRecord, PermitLineRecord,
    PermitRecord, QuotaRecord, SaveError, Series, Subject, SubjectKind, Version, Work,
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

pub const TERMS: Terms = Terms {
    completeness: Term::WorkingDays(5),
    decision: Term::WorkingDays(20),
    extension: 10,
    forestry: None,
    fishery: None,
    copy: None,
};

/// With an agency of the fishery side.
pub const fn fishery(agency: AgencyId) -> With {
    With { side: Side::Fishery, agency }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn much(text: &str) -> Quantity {
    text.parse().unwrap()
}

pub fn accepted() -> Accepted {
    Draft.submit(day("2026-11-02"), TERMS).accept(day("2026-11-03"), TERMS).unwrap()
}

pub fn application(id: ApplicationId, operator: OperatorId, state: Application) -> ApplicationRecord {
    ApplicationRecord {
        id,
        version: Version::NEW,
        operator,
        agency: None,
        kind: Some("export-permit".parse().unwrap()),
        state,
        review: None,
        asked: "{\"form\":1}".to_owned(),
        due: None,
        submitted: None,
        edition: None,
        assessment: None,
        let_in: BTreeSet::new(),
        hands: BTreeSet::new(),
        made: Instant(0),
        changed: Instant(0),
    }
}

/// A quota of saker falcons of 2026, counted in specimens, of which so many are published; and a form of numbers.
pub async fn quota(bench: &Bench, office: &Office, published: &str) -> QuotaId {
    let id = QuotaId(bench.draw());
    let mut work = bench.store.work().await.unwrap();
    work.put_quota(&quota_record(id, office.agency, &format!("Falco cherrug {id}")));
    work.change_quota(id, Change::Publish, much(published)).unwrap();
    if bench.store.number_series(office.agency).await.unwrap().is_none() {
        let form = "CN/UQ/{year}/{serial:6}".parse().unwrap();
        work.put_number_series(&NumberSeries { office: office.agency, version: Version::NEW, form });
    }
    save(bench, work).await.unwrap();
    id
}

pub fn quota_record(id: QuotaId, agency: AgencyId, taxon: &str) -> QuotaRecord {
    QuotaRecord {
        id,
        version: Version::NEW,
        agency,
        year: 2026,
        country: "CN".parse().unwrap(),
        kingdom: "Animalia".parse().unwrap(),
        taxon: taxon.to_owned(),
        term: Some("LIV".parse().unwrap()),
        source: None,
        purpose: Some("T".parse().unwrap()),
        unit: much("1 NAR").unit,
        basis: "made up".to_owned(),
    }
}

pub fn permit(id: PermitId, office: &Office, number: &str, series: Option<Series>) -> PermitRecord {
    let (issued, last_day) = (day("2026-11-30"), day("2027-05-29"));
    PermitRecord {
        id,
        version: Version::NEW,
        number: number.to_owned(),
        series,
        office: office.agency,
        kind: "export-permit".parse().unwrap(),
        application: None,
        operator: office.operator,
        state: Permit::Live(Live::issued(issued, last_day)),
        issued,
        last_day,
        replaces: None,
        edition: None,
        face: serde_json::json!({ "consignee": "made up" }),
    }
}

pub fn permit_line(permit: PermitId, line: u32, taxon: &str) -> PermitLineRecord {
    PermitLineRecord {
        permit,
        line,
        kingdom: "Animalia".parse().unwrap(),
        taxon: taxon.to_owned(),
        unit: much("1 NAR").unit,
        quota: None,
        content: serde_json::json!({}),
    }
}

/// A permit for so much of one taxon.
pub async fn issued(bench: &Bench, office: &Office, number: &str, authorised: &str) -> PermitId {
    let id = PermitId(bench.draw());
    let mut work = bench.store.work().await.unwrap();
    work.put_permit(&permit(id, office, number, None)).unwrap();
    work.put_permit_line(&permit_line(id, 1, "Falco cherrug"));
    work.move_permit((id, 1), PermitMoveKind::Authorise, much(authorised), (day("2026-11-30"), None))
        .unwrap();
    save(bench, work).await.unwrap();
    id
}
