//! Every route as every role over every ownership: what is answered is what `access` says.

use access::{Deed, Instant, Ownership, Role, RoleSet, Scope, ScopeSet, Thing, Token, may, reach};
use axum::http::{Method, StatusCode};
use cites::{
    ApplicationId, CredentialId, OperatorId, PermitId, QuotaId, SessionId, TokenId, UserId, WebhookId,
};
use store::{CredentialKind, TokenRecord, WebhookOwner};
use tokio::sync::Mutex;
use web::{Declaration, Need};

use crate::world::{HERE, NOW, OWN, World, actor};

/// What a request to a route would be about.
enum About {
    /// One thing, whose id is put into the path.
    One { path: String, thing: Thing },
    /// A list, or the asker's own account.
    Own { path: String },
}

fn about(declaration: &Declaration, ids: &[(&str, String)], thing: &Thing) -> About {
    let filled = ids
        .iter()
        .fold(declaration.path.clone(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id));
    if filled == declaration.path {
        return About::Own { path: filled };
    }
    assert!(!filled.contains('{'), "the test has no id for {}", declaration.path);
    About::One { path: filled, thing: thing.clone() }
}

fn is_answered(status: StatusCode) -> bool {
    !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
}

/// Somebody of one role, with a session and a token that no route has ended.
struct Asker {
    role: Role,
    user: UserId,
    session: Mutex<Session>,
    token: TokenId,
}

/// A session: its cookie, its id, and the rights under which it began. With others it goes on under another token.
#[derive(Clone)]
struct Session {
    cookie: String,
    id: SessionId,
    rights: u64,
}

/// Whether a route may end the session in which it is called, so that the next call needs a new one.
fn may_end_sessions(path: &str) -> bool {
    ["session", "sign-out", "second-factor", "password", "/account", "{user}"]
        .iter()
        .any(|part| path.contains(part))
}

impl Asker {
    async fn of(role: Role, place: u8, world: &World) -> Asker {
        let user = UserId([place; 16]);
        world.account(user, role.as_str(), RoleSet::from(role)).await;
        if role.is_outside() {
            let mut work = world.work().await;
            work.appoint(OWN, user);
            world.save(work).await;
        }
        let session = Mutex::new(Session::begun(world, user).await);
        Asker { role, user, session, token: token(world, user).await }
    }

    /// The session and the token for a route: new ones where it may end them.
    async fn proofs(&self, world: &World, path: &str) -> (Session, TokenId) {
        let token = if path.contains("{token}") { token(world, self.user).await } else { self.token };
        if may_end_sessions(path) {
            return (Session::begun(world, self.user).await, token);
        }
        let mut own = self.session.lock().await;
        let account = world.office.store().account(self.user).await.unwrap().unwrap();
        if account.rights != own.rights {
            *own = Session::begun(world, self.user).await;
        }
        (own.clone(), token)
    }
}

impl Session {
    async fn begun(world: &World, user: UserId) -> Session {
        let store = world.office.store();
        let ids = async || store.sessions(user).await.unwrap().into_iter().map(|session| session.id);
        let before: Vec<SessionId> = ids().await.collect();
        let account = store.account(user).await.unwrap().unwrap();
        let cookie = world.session(&account).await;
        let id = ids().await.find(|id| !before.contains(id)).unwrap();
        Session { cookie, id, rights: account.rights }
    }
}

/// A passkey of one's own, since a route takes it away; none where no route is about one.
async fn passkey(world: &World, path: &str, user: UserId) -> CredentialId {
    if !path.contains("{passkey}") {
        return CredentialId([0; 16]);
    }
    let kept = world.proof(user, CredentialKind::Passkey, "");
    let mut work = world.work().await;
    work.put_credential(&kept);
    world.save(work).await;
    kept.id
}

async fn token(world: &World, user: UserId) -> TokenId {
    let id = TokenId(world.office.draw_id());
    let until = Instant(NOW.0 + 3600);
    let token = Token::made(ScopeSet::EMPTY.with(Scope::Read), NOW, until).unwrap();
    let record = TokenRecord { id, account: user, label: "matrix".to_owned(), token, used: None };
    let mut work = world.work().await;
    work.put_token(&record, &world.office.draw_secret().hash());
    world.save(work).await;
    id
}

/// Somebody who applies and is asked about by others.
const PRINCIPAL: UserId = UserId([0xB7; 16]);

/// Things that stand to the askers in one way.
struct Things {
    ownership: Ownership,
    application: ApplicationId,
    permit: PermitId,
    operator: OperatorId,
    quota: QuotaId,
    webhook: WebhookId,
    webhook_owner: WebhookOwner,
    thing: Thing,
}

impl Things {
    /// What is put into paths.
    fn ids(
        &self,
        (session, token, passkey): (SessionId, TokenId, CredentialId),
    ) -> [(&'static str, String); 15] {
        [
            ("application", self.application.to_string()),
            ("permit", self.permit.to_string()),
            // Its file, a foreign paper and an establishment have the id of the application.
            ("attachment", self.application.to_string()),
            ("establishment", self.application.to_string()),
            ("paper", self.application.to_string()),
            ("session", session.to_string()),
            ("token", token.to_string()),
            ("passkey", passkey.to_string()),
            ("operator", self.operator.to_string()),
            ("agent", PRINCIPAL.to_string()),
            ("quota", self.quota.to_string()),
            ("webhook", self.webhook.to_string()),
            ("agency", HERE.to_string()),
            ("user", PRINCIPAL.to_string()),
            ("question", "0".to_owned()),
        ]
    }

    /// Has the principal act for the operator, since a route that ends it does so each time.
    async fn appoint(&self, world: &World) {
        if !world.office.store().agents_of(self.operator).await.unwrap().contains(&PRINCIPAL) {
            let mut work = world.work().await;
            work.appoint(self.operator, PRINCIPAL);
            world.save(work).await;
        }
    }

    /// What a route of that path is about, as `asker` calls it.
    fn of(&self, path: &str, asker: UserId) -> Thing {
        let charge = self.thing.charge;
        if ["{session}", "{token}", "{passkey}"].iter().any(|own| path.contains(own)) {
            Thing::account(asker)
        } else if path.contains("{user}") {
            Thing::account(PRINCIPAL)
        } else if path.contains("{agency}") || path.contains("{establishment}") {
            Thing::house()
        } else if path.contains("{webhook}") {
            self.webhook_owner.thing()
        } else if path.contains("{quota}") {
            Thing { charge, ..Thing::house() }
        } else if path.contains("{operator}") {
            Thing { charge, owner: self.thing.owner, ..Thing::default() }
        } else {
            self.thing.clone()
        }
    }
}

async fn compare(world: &World, declaration: &Declaration, deed: Deed, asker: &Asker, things: &Things) {
    let passkey = passkey(world, &declaration.path, asker.user).await;
    let (Session { cookie, id: session, .. }, token) = asker.proofs(world, &declaration.path).await;
    let thing = things.of(&declaration.path, asker.user);
    let ids = things.ids((session, token, passkey));
    if declaration.path.contains("{agent}") {
        things.appoint(world).await;
    }
    let actor = actor(asker.user, RoleSet::from(asker.role));
    let (path, expected) = match about(declaration, &ids, &thing) {
        About::One { path, thing } => (path, may(&actor, deed, &thing)),
        About::Own { path } => (path, reach(&actor, deed).map(drop)),
    };
    let reply = world.call(declaration.method.clone(), &path, Some(&cookie), None).await;
    let case = format!(
        "{} {path} as {} over {:?}: {} {}",
        declaration.method, asker.role, things.ownership, reply.status, reply.text
    );
    match expected {
        Ok(()) => assert!(is_answered(reply.status), "{case}"),
        Err(denied) => {
            let status = if denied.hides_the_thing() { StatusCode::NOT_FOUND } else { StatusCode::FORBIDDEN };
            assert_eq!(reply.status, status, "{case}");
            // The number of a question tells nothing.
            for (name, id) in ids.iter().filter(|(name, _)| *name != "question") {
                assert!(!reply.text.contains(id.as_str()), "the answer tells the {name}: {case}");
            }
            assert!(!reply.text.contains("Falco"), "the answer tells what is on the permit: {case}");
        }
    }
    let is_list = declaration.method == Method::GET;
    let listed = match declaration.path.as_str() {
        "/api/permits" | "/permits" if is_list => Some((things.permit.to_string(), Deed::ReadPermit)),
        "/api/applications" | "/applications" if is_list => {
            Some((things.application.to_string(), Deed::ReadApplication))
        }
        _ => None,
    };
    if let Some((id, deed)) = listed {
        assert_eq!(
            reply.text.contains(&id),
            may(&actor, deed, &thing).is_ok(),
            "a list shows what is within reach: {case}"
        );
    }
    let nobody = world.call(declaration.method.clone(), &path, None, None).await;
    if path.starts_with("/api/") || path == "/metrics" {
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{case}");
    } else {
        let is_led = nobody.location.is_some_and(|to| to == "/sign-in" || to.starts_with("/sign-in?next=/"));
        assert!(nobody.status == StatusCode::SEE_OTHER && is_led && nobody.text.is_empty(), "{case}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_answers_each_role_over_each_ownership_as_access_says() {
    let world = World::empty().await;
    let mut askers = Vec::new();
    for (role, place) in Role::ALL.into_iter().zip(1..) {
        askers.push(Asker::of(role, place, &world).await);
    }
    world.account(PRINCIPAL, "principal", RoleSet::from(Role::Applicant)).await;
    let mut all = Vec::new();
    for ownership in Ownership::ALL {
        let (application, permit, thing) = world.things(ownership).await;
        let (operator, quota) = world.house_things(&thing).await;
        let webhook_owner = match (ownership, thing.charge) {
            (Ownership::Own, _) | (_, None) => WebhookOwner::Operator(operator),
            (_, Some(agency)) => WebhookOwner::Agency(agency),
        };
        let webhook = world.webhook(webhook_owner).await;
        all.push(Things { ownership, application, permit, operator, quota, webhook, webhook_owner, thing });
    }
    let mut compared = 0;
    for declaration in &world.api.declared {
        let Need::Deed(deed) = declaration.need else { continue };
        for asker in &askers {
            for things in &all {
                compare(&world, declaration, deed, asker, things).await;
                compared += 1;
            }
        }
    }
    let routes = world.api.declared.iter().filter(|declared| matches!(declared.need, Need::Deed(_))).count();
    assert_eq!(compared, routes * Role::ALL.len() * Ownership::ALL.len());
    assert!(routes > 10, "{routes} routes");
}

#[tokio::test]
async fn every_path_of_the_router_is_declared() {
    let world = World::empty().await;
    let described = serde_json::to_value(&world.api.description).unwrap();
    let paths = described["paths"].as_object().unwrap();
    for (path, item) in paths {
        for method in ["get", "post", "put", "patch", "delete"] {
            let is_described = item.get(method).is_some();
            let is_declared = world.api.declared.iter().any(|declared| {
                declared.path == *path && declared.method.as_str().eq_ignore_ascii_case(method)
            });
            assert_eq!(is_described, is_declared, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn what_only_reads_is_asked_for_by_get_alone_and_what_changes_is_not() {
    use access::Effect;
    let world = World::empty().await;
    for declared in &world.api.declared {
        let Need::Deed(deed) = declared.need else { continue };
        // One's sessions, tokens and passkeys are listed and ended by one deed; the page of a form shows it to whoever may send
        // it.
        let is_form = world.api.declared.iter().any(|own| {
            own.path == declared.path && own.method == Method::POST && !own.path.starts_with("/api/")
        });
        let is_listed =
            matches!(deed, Deed::KeepOwnSessions | Deed::KeepOwnTokens | Deed::KeepOwnSecondFactor);
        let reads =
            deed.effect() == Effect::Reads || ((is_listed || is_form) && declared.method == Method::GET);
        assert_eq!(reads, declared.method == Method::GET, "{} {}", declared.method, declared.path);
    }
}
