//! Signing in: the password, the second factor, tries that are slowed down, the end of a session.

use access::{Instant, Role, RoleSet};
use axum::http::{Method, StatusCode};
use serde_json::json;
use store::CredentialKind;

use crate::world::{ASKER, NOW, PASSWORD, Reply, World, set_clock};

async fn sign_in(world: &World, login: &str, password: &str) -> Reply {
    world
        .call(Method::POST, "/api/session", None, Some(json!({ "login": login, "password": password })))
        .await
}

#[tokio::test]
async fn an_applicant_signs_in_with_a_password_and_out_again() {
    let world = World::empty().await;
    world.account(ASKER, "Aygul@Farm.example", RoleSet::from(Role::Applicant)).await;
    let begun = sign_in(&world, " aygul@farm.example", PASSWORD).await;
    assert_eq!((begun.status, begun.json()["second_factor_due"].as_bool()), (StatusCode::OK, Some(false)));
    let cookie = begun.cookie.unwrap();
    let own = world.call(Method::GET, "/api/account", Some(&cookie), None).await;
    assert_eq!((own.status, own.json()["roles"].clone()), (StatusCode::OK, json!(["applicant"])));
    let ended = world.call(Method::DELETE, "/api/session", Some(&cookie), None).await;
    assert_eq!((ended.status, ended.cookie.as_deref()), (StatusCode::NO_CONTENT, Some("countrygate=")));
    let after = world.call(Method::GET, "/api/account", Some(&cookie), None).await;
    assert_eq!((after.status, after.kind.as_str()), (StatusCode::UNAUTHORIZED, "application/problem+json"));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_answered_alike() {
    let world = World::empty().await;
    world.account(ASKER, "aygul", RoleSet::from(Role::Applicant)).await;
    let wrong = sign_in(&world, "aygul", "another one altogether").await;
    let unknown = sign_in(&world, "nobody", "another one altogether").await;
    assert_eq!((wrong.status, &wrong.text), (StatusCode::UNAUTHORIZED, &unknown.text));
    assert_eq!((wrong.cookie, unknown.cookie), (None, None));
}

#[tokio::test]
async fn a_guesser_waits_longer_with_each_failure_and_the_right_password_waits_too() {
    let world = World::empty().await;
    world.account(ASKER, "aygul", RoleSet::from(Role::Applicant)).await;
    for _ in 0..6 {
        assert_eq!(sign_in(&world, "aygul", "another one altogether").await.status, StatusCode::UNAUTHORIZED);
    }
    let held = sign_in(&world, "aygul", PASSWORD).await;
    assert_eq!(held.status, StatusCode::TOO_MANY_REQUESTS, "{}", held.text);
}

#[tokio::test]
async fn an_officer_sets_up_and_shows_a_second_factor_before_anything_else() {
    let world = World::empty().await;
    world.account(ASKER, "officer", RoleSet::from(Role::DecisionOfficer)).await;
    let begun = sign_in(&world, "officer", PASSWORD).await;
    assert_eq!(begun.json(), json!({ "second_factor_due": true, "second_factor_set_up": false }));
    let cookie = begun.cookie.unwrap();
    let refused = world.call(Method::GET, "/api/permits", Some(&cookie), None).await;
    assert_eq!(
        (refused.status, refused.json()["type"].clone()),
        (StatusCode::UNAUTHORIZED, json!("/problems/second-factor-due"))
    );
    let set_up = world.call(Method::POST, "/api/account/second-factor", Some(&cookie), None).await;
    assert_eq!(set_up.status, StatusCode::CREATED, "{}", set_up.text);
    // The rights have changed with the new proof; the session goes on under the cookie it has or the one it was given.
    let cookie = set_up.cookie.unwrap_or(cookie);
    let show = |code: &str| json!({ "code": code });
    let wrong =
        world.call(Method::POST, "/api/session/second-factor", Some(&cookie), Some(show("000000"))).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED, "{}", wrong.text);
    let proofs = world.office.store().credentials(ASKER).await.unwrap();
    let proof = proofs.iter().find(|proof| proof.kind == CredentialKind::OneTimeCode).unwrap();
    let secret = web::proof::one_time_code::read(&proof.secret).unwrap();
    let code = (0..1_000_000)
        .map(|code| format!("{code:06}"))
        .find(|code| web::proof::one_time_code::step_of(&secret, code, NOW).is_some());
    let code = code.unwrap();
    let shown =
        world.call(Method::POST, "/api/session/second-factor", Some(&cookie), Some(show(&code))).await;
    assert_eq!(shown.status, StatusCode::NO_CONTENT, "{}", shown.text);
    let raised = shown.cookie.unwrap();
    assert_eq!(world.call(Method::GET, "/api/permits", Some(&raised), None).await.status, StatusCode::OK);
    let former = world.call(Method::GET, "/api/permits", Some(&cookie), None).await;
    assert_eq!(former.status, StatusCode::UNAUTHORIZED, "the former token holds no longer");
    let again =
        world.call(Method::POST, "/api/session/second-factor", Some(&raised), Some(show(&code))).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED, "a code holds once");
}

/// Signs in with the password alone; the cookie.
async fn with_the_password(world: &World) -> String {
    let begun = sign_in(world, "officer", PASSWORD).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
    begun.cookie.unwrap()
}

async fn show(world: &World, cookie: &str, code: &str) -> Reply {
    let body = Some(json!({ "code": code }));
    world.call(Method::POST, "/api/session/second-factor", Some(cookie), body).await
}

fn codes(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    serde_json::from_value(reply.json()["recovery_codes"].clone()).unwrap()
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_in_place_of_the_second_factor() {
    let world = World::empty().await;
    world.account(ASKER, "officer", RoleSet::from(Role::DecisionOfficer)).await;
    let cookie = with_the_password(&world).await;
    let set_up = world.call(Method::POST, "/api/account/second-factor", Some(&cookie), None).await;
    let codes = codes(&set_up);
    assert_eq!(codes.len(), 10);
    let kept = world.office.store().credentials(ASKER).await.unwrap();
    let kept = kept.iter().find(|proof| proof.kind == CredentialKind::RecoveryCodes).unwrap();
    assert!(codes.iter().all(|code| !kept.secret.contains(code.as_str())), "hashes alone are kept");
    let shown = show(&world, &cookie, &codes[0].to_lowercase()).await;
    assert_eq!(shown.status, StatusCode::NO_CONTENT, "{}", shown.text);
    let left = world.call(Method::GET, "/api/account/recovery-codes", shown.cookie.as_deref(), None).await;
    assert_eq!((left.status, left.json()), (StatusCode::OK, json!({ "left": 9 })));
    let cookie = with_the_password(&world).await;
    assert_eq!(show(&world, &cookie, &codes[0]).await.status, StatusCode::UNAUTHORIZED, "it holds once");
    assert_eq!(show(&world, &cookie, &codes[9]).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn recovery_codes_are_made_anew_by_who_has_shown_the_second_factor() {
    let world = World::empty().await;
    let account = world.account(ASKER, "officer", RoleSet::from(Role::DecisionOfficer)).await;
    let full = world.session(&account).await;
    let path = "/api/account/recovery-codes";
    let none = world.call(Method::POST, path, Some(&full), None).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "no second factor is set up: {}", none.text);
    let half = with_the_password(&world).await;
    let former = codes(&world.call(Method::POST, "/api/account/second-factor", Some(&half), None).await);
    let refused = world.call(Method::POST, path, Some(&half), None).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "a password alone: {}", refused.text);
    assert_eq!(refused.json()["type"], json!("/problems/second-factor-due"));
    let new = codes(&world.call(Method::POST, path, Some(&full), None).await);
    assert_eq!(show(&world, &half, &former[0]).await.status, StatusCode::UNAUTHORIZED, "a former code");
    assert_eq!(show(&world, &half, &new[0]).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn who_guesses_codes_waits_however_often_the_password_is_right() {
    let world = World::empty().await;
    world.account(ASKER, "officer", RoleSet::from(Role::DecisionOfficer)).await;
    let cookie = with_the_password(&world).await;
    let set_up = world.call(Method::POST, "/api/account/second-factor", Some(&cookie), None).await;
    for _ in 0..5 {
        let cookie = with_the_password(&world).await;
        let wrong = show(&world, &cookie, "AAAA-AAAA-AAAA-AAAA").await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED, "{}", wrong.text);
    }
    let code = &codes(&set_up)[0];
    let sixth = show(&world, &cookie, "AAAA-AAAA-AAAA-AAAA").await;
    assert_eq!(sixth.status, StatusCode::UNAUTHORIZED, "{}", sixth.text);
    let held = show(&world, &cookie, code).await;
    assert_eq!(held.status, StatusCode::TOO_MANY_REQUESTS, "{}", held.text);
    assert_eq!(sign_in(&world, "officer", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_code_that_is_right_ends_the_count_of_failures() {
    let world = World::empty().await;
    world.account(ASKER, "officer", RoleSet::from(Role::DecisionOfficer)).await;
    let cookie = with_the_password(&world).await;
    let set_up = world.call(Method::POST, "/api/account/second-factor", Some(&cookie), None).await;
    for _ in 0..5 {
        show(&world, &cookie, "000000").await;
    }
    let shown = show(&world, &cookie, &codes(&set_up)[0]).await;
    assert_eq!(shown.status, StatusCode::NO_CONTENT, "{}", shown.text);
    let tries = world.office.store().tries("officer", "", NOW).await.unwrap();
    assert_eq!(tries.of_login.len(), 0);
}

#[tokio::test]
async fn a_token_changes_with_time_and_a_session_ends() {
    let world = World::empty().await;
    let account = world.account(ASKER, "officer", RoleSet::from(Role::DecisionOfficer)).await;
    let cookie = world.session(&account).await;
    set_clock(Instant(NOW.0 + 16 * 60));
    let changed = world.call(Method::GET, "/api/account", Some(&cookie), None).await;
    let new = changed.cookie.unwrap();
    assert!(new != cookie);
    assert_eq!(
        world.call(Method::GET, "/api/account", Some(&cookie), None).await.status,
        StatusCode::OK,
        "for requests on their way"
    );
    set_clock(Instant(NOW.0 + 17 * 60));
    assert_eq!(
        world.call(Method::GET, "/api/account", Some(&cookie), None).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(world.call(Method::GET, "/api/account", Some(&new), None).await.status, StatusCode::OK);
    set_clock(Instant(NOW.0 + 17 * 60 + 31 * 60));
    assert_eq!(
        world.call(Method::GET, "/api/account", Some(&new), None).await.status,
        StatusCode::UNAUTHORIZED,
        "idle"
    );
    set_clock(NOW);
}

#[tokio::test]
async fn a_request_that_another_site_sent_changes_nothing() {
    let world = World::empty().await;
    let account = world.account(ASKER, "aygul", RoleSet::from(Role::Applicant)).await;
    let cookie = world.session(&account).await;
    let request = axum::http::Request::builder()
        .method(Method::DELETE)
        .uri("/api/session")
        .header("cookie", &cookie)
        .header("sec-fetch-site", "cross-site")
        .body(axum::body::Body::empty())
        .unwrap();
    assert_eq!(world.send(request).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(world.call(Method::GET, "/api/account", Some(&cookie), None).await.status, StatusCode::OK);
}
