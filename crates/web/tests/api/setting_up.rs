//! An office is set up through the API: agencies and people by administrators, operators by who applies, quotas by
//! who decides.

use access::{Role, RoleSet};
use axum::http::{Method, StatusCode};
use cites::UserId;
use serde_json::{Value, json};

use crate::house::House;
use crate::world::{HERE, OTHERS, OWN, PASSWORD, Reply, World};

async fn somebody(world: &World, place: u8, role: Role) -> String {
    let account = world.account(UserId([place; 16]), role.as_str(), RoleSet::from(role)).await;
    world.session(&account).await
}

async fn send(
    world: &World,
    method: Method,
    path: &str,
    cookie: &str,
    seen: Option<i64>,
    body: Value,
) -> Reply {
    world.change((method, path), cookie, (seen, None), Some(body)).await
}

/// The token under which a session goes on after its holder's rights have changed.
async fn changed(world: &World, cookie: String) -> String {
    world.call(Method::GET, "/api/account", Some(&cookie), None).await.cookie.unwrap()
}

fn officer(login: &str, agency: &str, roles: &[&str]) -> Value {
    json!({ "login": login, "name": "Somebody", "language": "zh", "agency": agency, "roles": roles })
}

#[tokio::test]
async fn an_agency_is_added_and_its_officers_are_invited_and_get_in_by_their_links() {
    let world = World::empty().await;
    let system = somebody(&world, 1, Role::SystemAdministrator).await;
    let security = somebody(&world, 2, Role::SecurityAdministrator).await;
    let new = json!({ "name": "Office of the pass", "authorities": ["management"] });
    let added = send(&world, Method::POST, "/api/agencies", &system, None, new.clone()).await;
    assert_eq!(
        (added.status, added.json()["version"].as_i64()),
        (StatusCode::CREATED, Some(1)),
        "{}",
        added.text
    );
    let agency = added.json()["id"].as_str().unwrap().to_owned();
    let again = send(&world, Method::POST, "/api/agencies", &system, None, new).await;
    assert_eq!(
        (again.status, again.json()["type"].as_str()),
        (StatusCode::CONFLICT, Some("/problems/taken"))
    );
    let numbers = format!("/api/agencies/{agency}/numbers");
    let form = json!({ "form": "PASS/{year}/{serial:5}" });
    let set = send(&world, Method::PUT, &numbers, &system, Some(0), form).await;
    assert_eq!((set.status, set.etag.as_str()), (StatusCode::OK, "\"1\""), "{}", set.text);
    let invited = officer("Decider@Pass.example", &agency, &["decision-officer"]);
    let invited = send(&world, Method::POST, "/api/users", &security, None, invited).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.text);
    let link = invited.json()["link"].as_str().unwrap().to_owned();
    let accepted = json!({ "secret": link.strip_prefix("/set-up/").unwrap(), "password": PASSWORD });
    let accepted = world.call(Method::POST, "/api/invitations/acceptance", None, Some(accepted)).await;
    assert_eq!(accepted.status, StatusCode::NO_CONTENT, "{}", accepted.text);
    let begun = json!({ "login": "decider@pass.example", "password": PASSWORD });
    let begun = world.call(Method::POST, "/api/session", None, Some(begun)).await;
    assert_eq!(begun.json()["second_factor_due"], json!(true), "{}", begun.text);
}

#[tokio::test]
async fn roles_that_do_not_go_with_each_other_or_with_the_agency_are_not_given() {
    let world = World::empty().await;
    let security = somebody(&world, 2, Role::SecurityAdministrator).await;
    let here = HERE.to_string();
    for (new, reason) in [
        (officer("a", &here, &["decision-officer", "auditor"]), "auditor"),
        (officer("a", &here, &["port-officer"]), "port-officer"),
        (officer("a", &here, &["applicant"]), "applicant"),
        (officer("a", &here, &[]), "at least one"),
        (officer("a", &here, &["king"]), "`king`"),
        (officer("a b", &here, &["decision-officer"]), "login"),
    ] {
        let refused = send(&world, Method::POST, "/api/users", &security, None, new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
        assert!(refused.text.contains(reason), "{}", refused.text);
    }
    let without = json!({ "login": "a", "name": "A", "language": "en", "roles": ["intake-officer"] });
    let refused = send(&world, Method::POST, "/api/users", &security, None, without).await;
    assert!(refused.text.contains("belongs to an agency"), "{}", refused.text);
}

#[tokio::test]
async fn nobody_gives_themselves_a_role_and_who_is_barred_is_out_at_once() {
    let world = World::empty().await;
    let security = somebody(&world, 2, Role::SecurityAdministrator).await;
    let own = format!("/api/users/{}", UserId([2; 16]));
    let more = json!({ "roles": ["security-administrator"] });
    let refused = send(&world, Method::PUT, &format!("{own}/roles"), &security, Some(1), more).await;
    assert!(refused.text.contains("own the account"), "{}", refused.text);
    let officer = somebody(&world, 3, Role::DecisionOfficer).await;
    let path = format!("/api/users/{}", UserId([3; 16]));
    let barred = json!({ "name": "B", "language": "en", "agency": HERE.to_string(), "barred": true });
    let barred = send(&world, Method::PUT, &path, &security, Some(1), barred).await;
    assert_eq!(
        (barred.status, barred.json()["barred"].clone()),
        (StatusCode::OK, json!(true)),
        "{}",
        barred.text
    );
    let out = world.call(Method::GET, "/api/account", Some(&officer), None).await;
    assert_eq!(out.status, StatusCode::UNAUTHORIZED);
    let link = send(&world, Method::POST, &format!("{path}/link"), &security, None, json!({})).await;
    assert!(link.text.contains("readmit"), "{}", link.text);
}

#[tokio::test]
async fn a_lost_second_factor_is_taken_away_and_a_lost_password_chosen_anew() {
    let world = World::empty().await;
    let security = somebody(&world, 2, Role::SecurityAdministrator).await;
    somebody(&world, 3, Role::DecisionOfficer).await;
    let user = UserId([3; 16]);
    let mut work = world.work().await;
    work.put_credential(&world.proof(user, store::CredentialKind::OneTimeCode, "GEZDGNBVGY3TQOJQ"));
    world.save(work).await;
    let path = format!("/api/users/{user}");
    let removed =
        send(&world, Method::POST, &format!("{path}/second-factor/removal"), &security, None, json!({}))
            .await;
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.text);
    let proofs = world.office.store().credentials(user).await.unwrap();
    assert!(proofs.iter().all(|proof| proof.kind == store::CredentialKind::Password));
    let link = send(&world, Method::POST, &format!("{path}/link"), &security, None, json!({})).await;
    assert_eq!(link.status, StatusCode::CREATED, "{}", link.text);
    let hash = link.json()["link"].as_str().unwrap().trim_start_matches("/set-up/").to_owned();
    let kept = world.office.store().invitation(&web::draw::hash_of(&hash)).await.unwrap().unwrap();
    assert_eq!(kept.purpose, store::InvitationPurpose::Reset);
}

#[tokio::test]
async fn an_applicant_registers_an_operator_and_lets_an_agent_act_for_it() {
    let world = World::empty().await;
    let applicant = somebody(&world, 1, Role::Applicant).await;
    world.account(UserId([2; 16]), "agent@desk.example", RoleSet::from(Role::Agent)).await;
    let new = json!({ "name": "Falcons of the steppe", "country": "CN", "address": "made up 1" });
    let new = send(&world, Method::POST, "/api/operators", &applicant, None, new).await;
    assert_eq!(new.status, StatusCode::CREATED, "{}", new.text);
    let path = format!("/api/operators/{}", new.json()["id"].as_str().unwrap());
    let applicant = changed(&world, applicant).await;
    let agent = json!({ "login": "Agent@Desk.example " });
    let appointed = send(&world, Method::POST, &format!("{path}/agents"), &applicant, None, agent).await;
    assert_eq!(appointed.status, StatusCode::CREATED, "{}", appointed.text);
    let account = world.office.store().account(UserId([2; 16])).await.unwrap().unwrap();
    let agent = world.session(&account).await;
    let listed = world.call(Method::GET, "/api/operators", Some(&agent), None).await;
    assert_eq!(listed.json()["rows"].as_array().unwrap().len(), 1, "{}", listed.text);
    let others = world.call(Method::GET, &format!("/api/operators/{OTHERS}"), Some(&agent), None).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    let unknown = json!({ "login": "nobody" });
    let unknown = send(&world, Method::POST, &format!("{path}/agents"), &applicant, None, unknown).await;
    assert!(unknown.text.contains("invite them first"), "{}", unknown.text);
}

#[tokio::test]
async fn a_quota_is_set_by_any_name_of_its_taxon_and_raised_and_lowered_by_moves() {
    let house = House::open().await;
    let new = json!({
        "year": 2026, "country": "CN", "taxon": "falco cherug", "term": "LIV", "source": "C",
        "quantity": "20 NAR", "basis": "a made-up notice",
    });
    let set =
        house.world.change((Method::POST, "/api/quotas"), &house.decider, (None, Some("k")), Some(new)).await;
    assert_eq!(
        (set.status, set.json()["taxon"].clone()),
        (StatusCode::CREATED, json!("Falco cherrug")),
        "{}",
        set.text
    );
    let path = format!("/api/quotas/{}", set.json()["id"].as_str().unwrap());
    let raise = json!({ "change": "raise", "quantity": "5 NAR", "basis": "another" });
    house.does(&format!("{path}/changes"), &house.decider, 1, raise).await;
    let lower = json!({ "change": "lower", "quantity": "26 NAR", "basis": "a third" });
    let lowered = house.post(&format!("{path}/changes"), &house.decider, 2, lower).await;
    assert_eq!(lowered.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", lowered.text);
    let moves = house.get(&format!("{path}/moves"), &house.decider).await;
    let kinds: Vec<&str> = moves
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|made| match made["kind"].as_str() {
            Some("publish") => "publish",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds.len(), 2, "{}", moves.text);
    let one = house.get(&path, &house.applicant).await;
    assert_eq!((one.json()["published"].clone(), one.json()["left"].clone()), (json!("25"), json!("25")));
    let unknown = json!({
        "year": 2026, "country": "CN", "taxon": "Quercus", "quantity": "20 NAR", "basis": "a made-up notice",
    });
    let unknown =
        house.world.change((Method::POST, "/api/quotas"), &house.decider, (None, None), Some(unknown)).await;
    assert!(unknown.text.contains("`Quercus`"), "{}", unknown.text);
    let listed = house.get("/api/quotas?year=2026", &house.decider).await;
    assert_eq!(listed.json().as_array().unwrap().len(), 1, "{}", listed.text);
    assert_eq!(house.get(&format!("/api/operators/{OWN}"), &house.applicant).await.status, StatusCode::OK);
}

#[tokio::test]
async fn ones_password_profile_and_tokens_are_ones_own_to_change() {
    let world = World::empty().await;
    let applicant = somebody(&world, 1, Role::Applicant).await;
    let profile = json!({ "name": "Aygul", "mail": "aygul@farm.example", "language": "kk-Arab" });
    let profile = send(&world, Method::PUT, "/api/account", &applicant, Some(1), profile).await;
    assert_eq!(
        (profile.status, profile.json()["mail"].clone()),
        (StatusCode::OK, json!("aygul@farm.example")),
        "{}",
        profile.text
    );
    let applicant = changed(&world, applicant).await;
    let new = json!({ "label": "list", "scopes": ["read"], "until": "2027-01-01T00:00:00Z" });
    let made = send(&world, Method::POST, "/api/account/tokens", &applicant, None, new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let listed = world.call(Method::GET, "/api/account/tokens", Some(&applicant), None).await;
    let secret = made.json()["secret"].as_str().unwrap().to_owned();
    assert!(!listed.text.contains(&secret) && listed.text.contains("\"list\""), "{}", listed.text);
    let id = made.json()["token"]["id"].as_str().unwrap().to_owned();
    let gone = world.call(Method::DELETE, &format!("/api/account/tokens/{id}"), Some(&applicant), None).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let wrong = json!({ "old": "not the password", "new": "another four words here" });
    let wrong = send(&world, Method::POST, "/api/account/password", &applicant, None, wrong).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED, "{}", wrong.text);
    let right = json!({ "old": PASSWORD, "new": "another four words here" });
    let right = send(&world, Method::POST, "/api/account/password", &applicant, None, right).await;
    assert_eq!(right.status, StatusCode::NO_CONTENT, "{}", right.text);
    let out = world.call(Method::GET, "/api/account", Some(&applicant), None).await;
    assert_eq!(out.status, StatusCode::UNAUTHORIZED);
}
