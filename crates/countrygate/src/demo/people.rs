//! The people of the demonstration, their agencies, operators and quotas: every name is made up.

use access::{Authority, Role, RoleSet};
use anyhow::{Context, Result};
use cites::{AgencyId, CredentialId, EventId, OperatorId, QuotaId, UserId};
use store::{Credential, CredentialKind, Done, InvitationPurpose, Subject, SubjectKind};
use web::house::people::{Newcomer, Profile, end_sessions, invite};
use web::house::{agencies, operators, quotas};
use web::{Office, proof};

use super::{CODE_SECRET, PASSWORD, by};
use crate::office::machine::fill;

/// Somebody of the demonstration.
pub(super) struct Person {
    pub(super) login: &'static str,
    pub(super) what: &'static str,
    /// The place of their agency in [`AGENCIES`].
    agency: Option<usize>,
    roles: &'static [Role],
    /// The places of the operators in [`OPERATORS`] that they act for.
    acts_for: &'static [usize],
}

const fn person(
    login: &'static str,
    what: &'static str,
    agency: Option<usize>,
    roles: &'static [Role],
) -> Person {
    Person { login, what, agency, roles, acts_for: &[] }
}

/// Who can sign in.
pub(super) const PEOPLE: [Person; 16] = [
    Person {
        acts_for: &[0],
        ..person("applicant", "Applies for permits of a falcon farm", None, &[Role::Applicant])
    },
    Person {
        acts_for: &[1, 2, 3],
        ..person("agent", "Applies in the name of several operators", None, &[Role::Agent])
    },
    person("intake", "Takes applications in, and serves the counter", Some(0), &[Role::IntakeOfficer]),
    person("decider", "Decides applications and keeps the quotas", Some(0), &[Role::DecisionOfficer]),
    person(
        "deputy",
        "Decides where another officer's eyes are needed, such as an amendment",
        Some(0),
        &[Role::DecisionOfficer],
    ),
    person("issuer", "Signs and issues permits", Some(0), &[Role::IssuingOfficer]),
    person("science", "Advises for the Scientific Authority", Some(1), &[Role::ScientificAuthority]),
    person("forestry", "Reviews for the department of forestry", Some(2), &[Role::ForestryReviewer]),
    person("fishery", "Reviews for the department of fishery", Some(3), &[Role::FisheryReviewer]),
    person("port", "Endorses permits at the pass", Some(4), &[Role::PortOfficer]),
    person("cases", "Follows cases", Some(4), &[Role::CaseOfficer]),
    person("coordinator", "Convenes the group of agencies", Some(0), &[Role::Coordinator]),
    person("analyst", "Studies figures without names", Some(0), &[Role::Analyst]),
    person("auditor", "Reads all and changes nothing", Some(0), &[Role::Auditor]),
    person("system", "Runs the system; sees no permits", None, &[Role::SystemAdministrator]),
    person(
        "security",
        "Lets people in and gives roles; sees no permits",
        None,
        &[Role::SecurityAdministrator],
    ),
];

const AGENCIES: [(&str, Authority); 5] = [
    ("Demonstration Management Authority", Authority::Management),
    ("Demonstration Scientific Authority", Authority::Scientific),
    ("Demonstration Department of Forestry", Authority::Forestry),
    ("Demonstration Department of Fishery", Authority::Fishery),
    ("Demonstration Customs at the Pass", Authority::Port),
];

pub(super) const OPERATORS: [(&str, &str); 6] = [
    ("Made-up Falcon Farm", "1 Invented Road"),
    ("Made-up Orchid Nursery", "2 Invented Road"),
    ("Made-up Trading House", "3 Invented Road"),
    ("Made-up Institute of Zoology", "4 Invented Road"),
    ("Made-up Medicine Works", "5 Invented Road"),
    ("Made-up Travelling Circus", "6 Invented Road"),
];

/// Taxon, kind of specimen, source, how much a year.
const QUOTAS: [(&str, &str, &str, &str); 2] =
    [("Falco cherrug", "LIV", "C", "60 NAR"), ("Panax quinquefolius", "ROO", "A", "400 KIL")];

/// The office as it is settled.
pub(super) struct Settled {
    pub(super) office: AgencyId,
    pub(super) operators: Vec<OperatorId>,
    /// Those of each year, in the order of [`QUOTAS`].
    quotas: Vec<(i16, [QuotaId; QUOTAS.len()])>,
}

impl Settled {
    /// The quota of that place for a year.
    pub(super) fn quota(&self, place: usize, year: i16) -> Option<QuotaId> {
        let (_, quotas) = self.quotas.iter().find(|(own, _)| *own == year)?;
        quotas.get(place).copied()
    }
}

/// Settles agencies, operators, people and quotas.
pub(super) async fn settle(office: &Office) -> Result<Settled> {
    let agencies = settle_agencies(office).await?;
    let main = *agencies.first().context("there is no agency")?;
    let mut operators = Vec::new();
    for (name, address) in OPERATORS {
        let written =
            operators::Written { name: name.to_owned(), country: "CN".parse()?, address: address.to_owned() };
        let kept = operators::register(office, by(), written, (Some(main), None)).await?.done().await?;
        operators.push(kept.id);
    }
    settle_people(office, &agencies, &operators).await?;
    let quotas = settle_quotas(office, main).await?;
    Ok(Settled { office: main, operators, quotas })
}

async fn settle_agencies(office: &Office) -> Result<Vec<AgencyId>> {
    let mut settled = Vec::new();
    for (name, authority) in AGENCIES {
        let written = agencies::Written { name: name.to_owned(), authorities: vec![authority], source: None };
        let kept = agencies::add(office, by(), written).await?.done().await?;
        if authority == Authority::Management {
            let form = "DEMO/{year}/{serial:5}".parse()?;
            let which = (kept.agency.id, store::Version::NEW);
            agencies::set_numbers(office, by(), which, form).await?.done().await?;
        }
        settled.push(kept.agency.id);
    }
    Ok(settled)
}

async fn settle_people(office: &Office, agencies: &[AgencyId], operators: &[OperatorId]) -> Result<()> {
    // One hash for all, since the password is told to everybody.
    let hash = proof::password::hash(&access::Password::offered(PASSWORD)?, fill)?;
    for person in &PEOPLE {
        let roles = RoleSet::of(person.roles.iter().copied())?;
        let name = format!("Demo {}", person.login);
        let newcomer = Newcomer {
            id: UserId(office.draw_id()),
            login: person.login.to_owned(),
            profile: Profile { name, mail: None, language: "en".parse()? },
            agency: person.agency.and_then(|place| agencies.get(place).copied()),
            roles,
        };
        let invited = invite(office, by(), newcomer, InvitationPurpose::Welcome).await?.done().await?;
        let account = invited.account.id;
        let mut work = office.store().work().await?;
        work.put_credential(&credential(office, account, CredentialKind::Password, &hash));
        if access::session::needs_second_factor(roles) {
            work.put_credential(&credential(office, account, CredentialKind::OneTimeCode, CODE_SECRET));
        }
        for operator in person.acts_for.iter().filter_map(|place| operators.get(*place)) {
            work.appoint(*operator, account);
        }
        let done = Done {
            id: EventId(office.draw_id()),
            by: by(),
            deed: access::Deed::ManageUsers,
            subject: Subject::new(SubjectKind::Account, account, invited.account.version),
            before: None,
            after: Some(serde_json::json!({ "password": "set" })),
            edition: None,
        };
        work.save(done, office.now(), Vec::new()).await?;
    }
    Ok(())
}

fn credential(office: &Office, account: UserId, kind: CredentialKind, secret: &str) -> Credential {
    Credential {
        id: CredentialId(office.draw_id()),
        account,
        kind,
        label: String::new(),
        secret: secret.to_owned(),
        counter: 0,
        made: office.now(),
        used: None,
    }
}

/// Quotas of every year in which something is decided.
async fn settle_quotas(office: &Office, agency: AgencyId) -> Result<Vec<(i16, [QuotaId; QUOTAS.len()])>> {
    let mut settled = Vec::new();
    for year in office.today().year()..=crate::clock::today().year() {
        let mut ids = [QuotaId([0; 16]); QUOTAS.len()];
        for ((taxon, term, source, quantity), id) in QUOTAS.into_iter().zip(&mut ids) {
            let written = quotas::Written {
                year,
                country: "CN".parse()?,
                taxon: taxon.to_owned(),
                term: Some(term.parse()?),
                source: Some(source.parse()?),
                purpose: None,
                quantity: quantity.parse()?,
                basis: "made up for the demonstration".to_owned(),
            };
            *id = quotas::set(office, by(), agency, written).await?.done().await?.quota.id;
        }
        settled.push((year, ids));
    }
    Ok(settled)
}

/// Ends the sessions in which the demonstration was made.
pub(super) async fn sign_out(office: &Office) -> Result<()> {
    for person in &PEOPLE {
        if let Some(account) = office.store().account_by_login(person.login).await? {
            end_sessions(office, by(), account.id).await?.done().await?;
        }
    }
    Ok(())
}
