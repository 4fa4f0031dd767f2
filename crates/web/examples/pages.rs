//! Serves the pages of an office with made-up data out of a throw-away database, to look at them:
//! `cargo run -p web --example pages -- 8080`. Everything in it is invented, and gone when it ends.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use access::{Agency, Authority, Instant, Role, RoleSet};
use cites::{
    AgencyId, ApplicationId, CredentialId, Day, EventId, InvitationId, OperatorId, PermitId, Quantity,
    SessionId, UserId,
};
use law::book::{LawBook, Tables};
use permits::application::asked::{Asked, HeadField, Line, LineField, Taxa};
use permits::application::{Application, Draft, Live, Permit, Terms};
use permits::ledger::PermitMoveKind;
use permits::{Wait, WorkingDays};
use species::Names;
use store::{
    AccountRecord, AgencyRecord, ApplicationRecord, By, Credential, CredentialKind, Done, Invitation,
    InvitationPurpose, Location, NewSession, OperatorRecord, PermitLineRecord, PermitRecord, Store, Subject,
    SubjectKind, Version, Work,
};
use web::{Law, Office, Parts, proof};

type Failed = Box<dyn std::error::Error>;

const PASSWORD: &str = "four words are long enough";
const OFFICE: AgencyId = AgencyId([1; 16]);
const FARM: OperatorId = OperatorId([2; 16]);
const ORCHARD: OperatorId = OperatorId([3; 16]);
/// 2026-11-30, a Monday: the clock of the example stands still, so that what is late stays late.
const NOW: Instant = Instant(1_796_026_500);

fn fill(bytes: &mut [u8]) {
    // An example without randomness is no example of safety: it breaks off.
    assert!(getrandom::fill(bytes).is_ok(), "the system gives no randomness");
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    let port = std::env::args().nth(1).map_or(Ok(8080), |port| port.parse::<u16>())?;
    let folder = tempfile::tempdir()?;
    let store = Store::open(&Location::Sqlite(folder.path().join("office.db"))).await?;
    store.migrate(NOW).await?;
    let hash = proof::password::hash(&access::Password::offered(PASSWORD)?, fill)?;
    let book: &'static LawBook = Box::leak(Box::new(book()?));
    let office = Office::of(Parts {
        taxa: Taxa::of(Names::shipped(book.backbone())),
        law: Law::of(book, "CN".parse()?)?,
        terms: Terms::from_table(include_str!("../../../data/packs/china/approval.csv"))?,
        calendar: WorkingDays::from_toml(include_str!("../../../data/calendars/CN.toml"))?,
        store,
        now: || NOW,
        fill,
        is_https: false,
        ahead_of_utc_seconds: 8 * 60 * 60,
        hashing: tokio::sync::Semaphore::new(2),
        decoy: hash.clone(),
        passkeys: None,
        inside: web::calls::Inside::default(),
        sign_on: None,
        demonstration: None,
        elapsed: || std::time::Duration::ZERO,
        measures: web::Measures::default(),
    });
    people(&office, &hash).await?;
    papers(&office).await?;
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    println!("http://{} password: {PASSWORD}", listener.local_addr()?);
    let service = web::router(&office).router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await?;
    Ok(())
}

/// The law book of the tree.
fn book() -> Result<LawBook, Failed> {
    let mut tables = Tables::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut folders: Vec<String> = ["species", "law", "packs"].map(str::to_owned).into();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(data.join(&folder))? {
            let entry = entry?;
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(name);
            } else if Tables::is_table(&name) {
                tables.insert(name, std::fs::read_to_string(entry.path())?);
            }
        }
    }
    Ok(LawBook::from_tables(tables)?)
}

async fn save(office: &Office, work: Work) -> Result<(), Failed> {
    let done = Done {
        id: EventId(office.draw_id()),
        by: By::Person { user: UserId([0; 16]), agency: None, roles: RoleSet::EMPTY, token: None },
        deed: access::Deed::ManageAgencies,
        subject: Subject { kind: SubjectKind::Setting, id: "example".to_owned(), version: Version::NEW },
        before: None,
        after: None,
        edition: None,
    };
    work.save(done, office.now(), Vec::new()).await?;
    Ok(())
}

fn account(place: u8, login: &str, name: &str, roles: RoleSet) -> Result<AccountRecord, Failed> {
    let is_outside = roles.iter().all(Role::is_outside);
    Ok(AccountRecord {
        id: UserId([place; 16]),
        version: Version::NEW,
        login: login.to_owned(),
        name: name.to_owned(),
        mail: None,
        language: "en".parse()?,
        agency: (!is_outside).then_some(OFFICE),
        roles,
        rights: 0,
        barred: false,
        made: NOW,
    })
}

async fn people(office: &Office, hash: &str) -> Result<(), Failed> {
    let mut work = office.store().work().await?;
    let agency = Agency {
        id: OFFICE,
        name: "Example Management Authority".to_owned(),
        authorities: vec![Authority::Management],
        source: None,
    };
    work.put_agency(&AgencyRecord { version: Version::NEW, agency });
    for (id, name) in [
        (FARM, "Made-up Falcon Breeding and Research Centre, Limited Liability Company"),
        (ORCHARD, "Invented Orchids"),
    ] {
        work.put_operator(&OperatorRecord {
            id,
            version: Version::NEW,
            name: name.to_owned(),
            country: "CN".parse()?,
            address: "made up".to_owned(),
            agency: None,
            content: serde_json::json!({}),
        });
    }
    let officer =
        RoleSet::from(Role::IntakeOfficer).with(Role::DecisionOfficer)?.with(Role::IssuingOfficer)?;
    for account in [
        account(0, "founder", "Founder", RoleSet::EMPTY)?,
        account(1, "officer", "Officer Example", officer)?,
        account(2, "applicant", "Applicant Example", RoleSet::from(Role::Applicant))?,
        account(3, "newcomer", "Newcomer Example", RoleSet::from(Role::Applicant))?,
    ] {
        work.put_account(&account);
        work.put_credential(&Credential {
            id: CredentialId(office.draw_id()),
            account: account.id,
            kind: CredentialKind::Password,
            label: String::new(),
            secret: hash.to_owned(),
            counter: 0,
            made: NOW,
            used: None,
        });
    }
    work.appoint(FARM, UserId([2; 16]));
    save(office, work).await?;
    link_and_session(office).await
}

/// A one-time link, and a session of the officer in which the second factor was shown; both are printed.
async fn link_and_session(office: &Office) -> Result<(), Failed> {
    let (link, session) = (office.draw_secret(), office.draw_secret());
    let mut work = office.store().work().await?;
    let invitation = Invitation {
        id: InvitationId(office.draw_id()),
        account: UserId([3; 16]),
        purpose: InvitationPurpose::Welcome,
        until: Instant(NOW.0 + 3600),
        used: None,
    };
    work.put_invitation(&invitation, &link.hash());
    save(office, work).await?;
    println!("/set-up/{}", link.as_str());
    let officer = office.store().account(UserId([1; 16])).await?.ok_or("the officer was not kept")?;
    let begun = NewSession {
        id: SessionId(office.draw_id()),
        account: officer.id,
        token_hash: session.hash(),
        rights: officer.rights,
        second_factor: true,
        address: String::new(),
        device: String::new(),
    };
    office.store().begin_session(&begun, NOW).await?;
    println!("cookie of the officer: countrygate={}", session.as_str());
    Ok(())
}

fn asked() -> Result<String, Failed> {
    let mut asked = Asked::default();
    asked.head.write(HeadField::Kind, "export-permit")?;
    asked.head.write(HeadField::OtherSide, "AE")?;
    asked.head.write(HeadField::Purpose, "T")?;
    for (name, term, source, quantity, origin) in [
        ("Falco cherrug", "live", "C", "2", "CN"),
        ("猎隼", "live", "W", "1", "KZ"),
        ("Panthera uncia", "live", "W", "1", "CN"),
        ("nobody knows this", "live", "W", "1", "CN"),
    ] {
        let mut line = Line::default();
        line.write(LineField::Name, name)?;
        line.write(LineField::Term, term)?;
        line.write(LineField::Source, source)?;
        line.write(LineField::Quantity, quantity)?;
        line.write(LineField::Origin, origin)?;
        asked.add(line)?;
    }
    Ok(serde_json::to_string(&asked)?)
}

fn application(
    id: ApplicationId,
    operator: OperatorId,
    due: Option<&str>,
    state: Application,
) -> Result<ApplicationRecord, Failed> {
    Ok(ApplicationRecord {
        id,
        version: Version::NEW,
        operator,
        agency: Some(OFFICE),
        kind: Some("export-permit".parse()?),
        state,
        review: None,
        asked: asked()?,
        due: due.map(str::parse).transpose()?,
        submitted: Some("2026-11-10".parse()?),
        edition: None,
        assessment: None,
        let_in: [].into(),
        hands: [].into(),
        made: Instant(0),
        changed: Instant(0),
    })
}

/// Applications that are late, stopped and in time, and permits with a line that is partly used.
async fn papers(office: &Office) -> Result<(), Failed> {
    let day = |text: &str| text.parse::<Day>();
    let terms = Terms::from_table(include_str!("../../../data/packs/china/approval.csv"))?;
    let received = Draft.submit(day("2026-11-10")?, terms);
    let accepted = received.clone().accept(day("2026-11-12")?, terms)?;
    let (asked, _) = accepted.clone().ask(Wait::Experts, day("2026-11-13")?)?;
    let mut work = office.store().work().await?;
    for (operator, due, state) in [
        (FARM, Some("2026-11-27"), Application::Received(received.clone())),
        (ORCHARD, Some("2026-12-07"), Application::Received(received)),
        (FARM, None, Application::Accepted(asked)),
        (ORCHARD, Some("2026-12-10"), Application::Accepted(accepted)),
    ] {
        work.put_application(&application(ApplicationId(office.draw_id()), operator, due, state)?)?;
    }
    let mut permits = Vec::new();
    for serial in 1..=60 {
        let id = PermitId(office.draw_id());
        let (issued, last_day) =
            if serial % 7 == 0 { ("2026-01-05", "2026-07-04") } else { ("2026-11-02", "2027-05-01") };
        work.put_permit(&permit(id, serial, day(issued)?, day(last_day)?)?)?;
        work.put_permit_line(&PermitLineRecord {
            permit: id,
            line: 1,
            kingdom: "Animalia".parse()?,
            taxon: "Falco cherrug".to_owned(),
            unit: "NAR".parse()?,
            quota: None,
            content: serde_json::json!({}),
        });
        permits.push(id);
    }
    save(office, work).await?;
    for id in permits.into_iter().rev().take(2) {
        let mut work = office.store().work().await?;
        work.permit_lines(id).await?;
        let much = |number| Quantity::parse(number, "NAR".parse()?).map_err(Failed::from);
        let (issued, passed) = ((day("2026-11-02")?, None), (day("2026-11-20")?, Some("Example Pass")));
        work.move_permit((id, 1), PermitMoveKind::Authorise, much("12")?, issued)?;
        work.move_permit((id, 1), PermitMoveKind::Endorse, much("5")?, passed)?;
        save(office, work).await?;
    }
    Ok(())
}

fn permit(id: PermitId, serial: u32, issued: Day, last_day: Day) -> Result<PermitRecord, Failed> {
    Ok(PermitRecord {
        id,
        version: Version::NEW,
        number: format!("EXAMPLE/2026/{serial:05}"),
        series: None,
        office: OFFICE,
        kind: "export-permit".parse()?,
        application: None,
        operator: FARM,
        state: Permit::Live(Live::issued(issued, last_day)),
        issued,
        last_day,
        replaces: None,
        edition: None,
        face: serde_json::json!({}),
    })
}
