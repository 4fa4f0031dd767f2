//! An office with things of every ownership, and requests to it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use access::{Actor, Agency, Authority, Deed, Hand, Instant, Owner, Ownership, Role, RoleSet, Thing};
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use cites::{
    AgencyId, ApplicationId, AttachmentId, CredentialId, Day, EstablishmentId, EventId, ForeignPaperId,
    OperatorId, PermitId, QuotaId, SessionId, UserId, WebhookId,
};
use permits::WorkingDays;
use permits::application::asked::Taxa;
use permits::application::{Application, Draft, Live, Permit, Terms};
use species::Names;
use store::{
    AccountRecord, AgencyRecord, ApplicationRecord, By, Credential, CredentialKind, Done, EstablishmentKind,
    EstablishmentRecord, ForeignPaperRecord, Location, NewAttachment, NewSession, OperatorRecord,
    PermitLineRecord, PermitRecord, QuotaRecord, Store, Subject, SubjectKind, Version, WebhookOwner,
    WebhookRecord, Work,
};
use tower::ServiceExt;
use web::sign_on::SignOn;
use web::{Office, Parts, Served, proof};

use crate::book::law;

/// 2026-11-30, a Monday.
pub const NOW: Instant = Instant(1_796_026_500);
/// How browsers reach the office.
pub const ORIGIN: &str = "https://office.example";
pub const PASSWORD: &str = "four words are long enough";

static CLOCK: AtomicU64 = AtomicU64::new(NOW.0);

pub fn set_clock(at: Instant) {
    CLOCK.store(at.0, Ordering::Relaxed);
}

fn fill(bytes: &mut [u8]) {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    for chunk in bytes.chunks_mut(8) {
        let drawn = DRAWN.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
        chunk.copy_from_slice(&drawn[..chunk.len()]);
    }
}

/// An office with nothing in it.
pub struct World {
    pub office: Office,
    pub api: Served,
    _folder: tempfile::TempDir,
}

/// The agency of whoever asks, and another.
pub const HERE: AgencyId = AgencyId([0xA1; 16]);
pub const ELSEWHERE: AgencyId = AgencyId([0xA2; 16]);
/// The operator for whom whoever asks acts, where they act for any, and another.
pub const OWN: OperatorId = OperatorId([0x01; 16]);
pub const OTHERS: OperatorId = OperatorId([0x02; 16]);
/// Whoever asks.
pub const ASKER: UserId = UserId([0xB1; 16]);
/// Somebody of the house, by whom the office was set up.
const FOUNDER: UserId = UserId([0xB0; 16]);

impl World {
    /// Under the small book of the tests.
    pub async fn empty() -> World {
        World::under(law()).await
    }

    pub async fn under(law: web::Law) -> World {
        World::of(law, None).await
    }

    /// An office that an issuer lets people into, too.
    pub async fn with_sign_on(sign_on: SignOn) -> World {
        World::of(law(), Some(sign_on)).await
    }

    async fn of(law: web::Law, sign_on: Option<SignOn>) -> World {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Location::Sqlite(folder.path().join("office.db"))).await.unwrap();
        store.migrate(NOW).await.unwrap();
        let office = Office::of(Parts {
            store,
            now: || Instant(CLOCK.load(Ordering::Relaxed)),
            fill,
            is_https: false,
            ahead_of_utc_seconds: 8 * 60 * 60,
            taxa: Taxa::of(Names::shipped(law.book.backbone())),
            law,
            terms: Terms::from_table(include_str!("../../../../data/packs/china/approval.csv")).unwrap(),
            calendar: WorkingDays::from_toml(include_str!("../../../../data/calendars/CN.toml")).unwrap(),
            hashing: tokio::sync::Semaphore::new(2),
            decoy: hash_of_the_password().to_owned(),
            passkeys: Some(proof::passkey::Party::of(ORIGIN).unwrap()),
            inside: web::calls::Inside::default(),
            sign_on,
            demonstration: None,
            elapsed: || std::time::Duration::ZERO,
            measures: web::Measures::default(),
        });
        let api = web::router(&office);
        let world = World { office, api, _folder: folder };
        let mut work = world.work().await;
        for (id, code) in [(HERE, "HERE"), (ELSEWHERE, "ELSEWHERE")] {
            let agency = Agency {
                id,
                name: format!("the agency {code}"),
                authorities: vec![Authority::Management],
                source: None,
            };
            work.put_agency(&AgencyRecord { version: Version::NEW, agency });
        }
        for id in [OWN, OTHERS] {
            work.put_operator(&OperatorRecord {
                id,
                version: Version::NEW,
                name: format!("operator {id}"),
                country: "CN".parse().unwrap(),
                address: "made up".to_owned(),
                agency: None,
                content: serde_json::json!({}),
            });
        }
        work.put_account(&plain_account(FOUNDER, "founder", RoleSet::EMPTY));
        world.save(work).await;
        world
    }

    pub async fn work(&self) -> Work {
        self.office.store().work().await.unwrap()
    }

    pub async fn save(&self, work: Work) {
        let done = Done {
            id: EventId(self.office.draw_id()),
            by: By::Person { user: FOUNDER, agency: None, roles: RoleSet::EMPTY, token: None },
            deed: Deed::ManageAgencies,
            subject: Subject { kind: SubjectKind::Setting, id: "test".to_owned(), version: Version::NEW },
            before: None,
            after: None,
            edition: None,
        };
        work.save(done, self.office.now(), Vec::new()).await.unwrap();
    }

    /// An account with a password; its agency follows from its roles.
    pub async fn account(&self, id: UserId, login: &str, roles: RoleSet) -> AccountRecord {
        let account = plain_account(id, login, roles);
        let mut work = self.work().await;
        work.put_account(&account);
        work.put_credential(&self.proof(id, CredentialKind::Password, hash_of_the_password()));
        self.save(work).await;
        self.office.store().account(id).await.unwrap().unwrap()
    }

    pub fn proof(&self, account: UserId, kind: CredentialKind, secret: &str) -> Credential {
        let (id, secret) = (CredentialId(self.office.draw_id()), secret.to_owned());
        Credential { id, account, kind, label: String::new(), secret, counter: 0, made: NOW, used: None }
    }

    /// A session in which the second factor was shown; the text of its cookie.
    pub async fn session(&self, account: &AccountRecord) -> String {
        let secret = self.office.draw_secret();
        let session = NewSession {
            id: SessionId(self.office.draw_id()),
            account: account.id,
            token_hash: secret.hash(),
            rights: account.rights,
            second_factor: true,
            address: String::new(),
            device: String::new(),
        };
        self.office.store().begin_session(&session, self.office.now()).await.unwrap();
        format!("countrygate={}", secret.as_str())
    }

    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.api.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn call(
        &self,
        method: Method,
        path: &str,
        cookie: Option<&str>,
        body: Option<serde_json::Value>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        Reply::of(self.send(request.body(body).unwrap()).await).await
    }

    /// Sends a form as a browser does.
    pub async fn fill_in(&self, path: &str, cookie: Option<&str>, fields: &str) -> Reply {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        Reply::of(self.send(request.body(Body::from(fields.to_owned())).unwrap()).await).await
    }

    /// A request that changes what was seen as `seen`, under a key where one is told.
    pub async fn change(
        &self,
        (method, path): (Method, &str),
        cookie: &str,
        (seen, key): (Option<i64>, Option<&str>),
        body: Option<serde_json::Value>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie);
        if let Some(seen) = seen {
            request = request.header(header::IF_MATCH, format!("\"{seen}\""));
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        request = request.header(header::CONTENT_TYPE, "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        Reply::of(self.send(request.body(body).unwrap()).await).await
    }

    /// An application and a permit on it that stand to the asker in the way `ownership`.
    pub async fn things(&self, ownership: Ownership) -> (ApplicationId, PermitId, Thing) {
        let (operator, office, let_in) = match ownership {
            Ownership::Own => (OWN, ELSEWHERE, None),
            Ownership::SameAgency => (OTHERS, HERE, None),
            Ownership::LetIn => (OTHERS, ELSEWHERE, Some(HERE)),
            Ownership::OtherAgency => (OTHERS, ELSEWHERE, None),
        };
        let (application, permit) = (ApplicationId(self.office.draw_id()), PermitId(self.office.draw_id()));
        let thing = Thing {
            owner: Owner::Operator(operator),
            charge: Some(office),
            let_in: let_in.into_iter().collect(),
            hands: [(Hand::Drafted, FOUNDER), (Hand::Submitted, FOUNDER)].into(),
        };
        let mut work = self.work().await;
        work.put_application(&received(application, &thing, operator, office)).unwrap();
        work.put_permit(&issued(permit, application, operator, office)).unwrap();
        work.put_permit_line(&PermitLineRecord {
            permit,
            line: 1,
            kingdom: "Animalia".parse().unwrap(),
            taxon: "Falco cherrug".to_owned(),
            unit: "NAR".parse().unwrap(),
            quota: None,
            content: serde_json::json!({}),
        });
        let attached = NewAttachment {
            id: AttachmentId(application.0),
            application,
            name: "Falco.txt".to_owned(),
            media_type: "text/plain".to_owned(),
            bytes: b"Falco cherrug".to_vec(),
            by: FOUNDER,
        };
        work.put_attachment(attached).unwrap();
        work.put_establishment(&EstablishmentRecord {
            id: EstablishmentId(application.0),
            version: Version::NEW,
            kind: EstablishmentKind::Nursery,
            number: String::new(),
            name: format!("nursery {application}"),
            country: "CN".parse().unwrap(),
            operator: None,
            content: serde_json::json!({}),
            registered: None,
            ended: None,
        });
        work.put_foreign_paper(&ForeignPaperRecord {
            id: ForeignPaperId(application.0),
            version: Version::NEW,
            issuer: "KZ".parse().unwrap(),
            number: application.to_string(),
            kind: "export-permit".to_owned(),
            issued: None,
            last_day: None,
            content: serde_json::json!({}),
        });
        self.save(work).await;
        (application, permit, thing)
    }
}

impl World {
    /// An operator whose record the agency in charge of `thing` keeps, or one's own, and a quota of that agency.
    pub async fn house_things(&self, thing: &Thing) -> (OperatorId, QuotaId) {
        let quota = QuotaId(self.office.draw_id());
        let mut work = self.work().await;
        let operator = if thing.owner == Owner::Operator(OWN) {
            OWN
        } else {
            let id = OperatorId(self.office.draw_id());
            work.put_operator(&OperatorRecord {
                id,
                version: Version::NEW,
                name: format!("operator {id}"),
                country: "CN".parse().unwrap(),
                address: "made up".to_owned(),
                agency: thing.charge,
                content: serde_json::json!({}),
            });
            id
        };
        work.put_quota(&QuotaRecord {
            id: quota,
            version: Version::NEW,
            agency: thing.charge.unwrap(),
            year: 2026,
            country: "CN".parse().unwrap(),
            kingdom: "Animalia".parse().unwrap(),
            taxon: format!("Falco {quota}"),
            term: None,
            source: None,
            purpose: None,
            unit: "NAR".parse().unwrap(),
            basis: "made up".to_owned(),
        });
        self.save(work).await;
        (operator, quota)
    }

    /// A webhook.
    pub async fn webhook(&self, owner: WebhookOwner) -> WebhookId {
        let id = WebhookId(self.office.draw_id());
        let mut work = self.work().await;
        work.put_webhook(&WebhookRecord {
            id,
            version: Version::NEW,
            owner,
            url: "https://made-up.example/".to_owned(),
            secret: "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned(),
            deeds: vec![Deed::IssuePermit],
            active: true,
        });
        self.save(work).await;
        id
    }
}

/// Hashing takes long, so that it is done once.
fn hash_of_the_password() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let password = access::Password::offered(PASSWORD).unwrap();
        proof::password::hash(&password, fill).unwrap()
    })
}

fn plain_account(id: UserId, login: &str, roles: RoleSet) -> AccountRecord {
    let is_outside = roles.iter().all(Role::is_outside);
    AccountRecord {
        id,
        version: Version::NEW,
        login: login.to_owned(),
        name: "Made up".to_owned(),
        mail: None,
        language: "en".parse().unwrap(),
        agency: (!is_outside).then_some(HERE),
        roles,
        rights: 0,
        barred: false,
        made: NOW,
    }
}

/// An answer, read whole.
pub struct Reply {
    pub status: StatusCode,
    pub text: String,
    pub cookie: Option<String>,
    pub kind: String,
    /// Where somebody is led.
    pub location: Option<String>,
    pub etag: String,
}

impl Reply {
    pub async fn of(response: Response<Body>) -> Reply {
        let headers = response.headers().clone();
        let of = |name| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let (cookie, kind) = (of(header::SET_COOKIE), of(header::CONTENT_TYPE).unwrap_or_default());
        let (status, location) = (response.status(), of(header::LOCATION));
        let etag = of(header::ETAG).unwrap_or_default();
        let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
        let cookie = cookie.map(|cookie| cookie.split(';').next().unwrap().to_owned());
        Reply { status, text: String::from_utf8(bytes.to_vec()).unwrap(), cookie, kind, location, etag }
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn received(id: ApplicationId, thing: &Thing, operator: OperatorId, office: AgencyId) -> ApplicationRecord {
    let terms = Terms::from_table(include_str!("../../../../data/packs/china/approval.csv")).unwrap();
    ApplicationRecord {
        id,
        version: Version::NEW,
        operator,
        agency: Some(office),
        kind: Some("export-permit".parse().unwrap()),
        state: Application::Received(Draft.submit(day("2026-11-30"), terms)),
        review: None,
        asked: "{\"form\":1}".to_owned(),
        due: Some(day("2026-12-07")),
        submitted: Some(day("2026-11-30")),
        edition: None,
        assessment: None,
        let_in: thing.let_in.clone(),
        hands: thing.hands.clone(),
        made: Instant(0),
        changed: Instant(0),
    }
}

fn issued(id: PermitId, application: ApplicationId, operator: OperatorId, office: AgencyId) -> PermitRecord {
    PermitRecord {
        id,
        version: Version::NEW,
        number: format!("TEST/{id}"),
        series: None,
        office,
        kind: "export-permit".parse().unwrap(),
        application: Some(application),
        operator,
        state: Permit::Live(Live::issued(day("2026-11-30"), day("2027-05-29"))),
        issued: day("2026-11-30"),
        last_day: day("2027-05-29"),
        replaces: None,
        edition: None,
        face: serde_json::json!({}),
    }
}

/// What `access` is told of somebody with `roles`.
pub fn actor(user: UserId, roles: RoleSet) -> Actor {
    if roles.iter().all(Role::is_outside) {
        Actor::outside(user, roles, [OWN])
    } else {
        Actor::officer(user, HERE, roles)
    }
}
