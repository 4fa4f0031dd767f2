//! Passkeys through the router: made by an authenticator of the test, and shown at signing in.

use access::{Role, RoleSet};
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cites::UserId;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::CredentialKind;

use crate::chain::{problem, told};
use crate::world::{ORIGIN, PASSWORD, Reply, World};

const OFFICER: UserId = UserId([0xB6; 16]);

/// An authenticator with one key, and a browser before it.
struct Authenticator {
    pair: EcdsaKeyPair,
    random: SystemRandom,
    id: Vec<u8>,
    counter: u32,
}

impl Authenticator {
    fn new(id: u8) -> Authenticator {
        let random = SystemRandom::new();
        let kept = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, kept.as_ref(), &random).unwrap();
        Authenticator { pair, random, id: vec![id; 16], counter: 0 }
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        [&Sha256::digest("office.example")[..], &[flags], &self.counter.to_be_bytes()].concat()
    }

    fn client_data(kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": ORIGIN }).to_string().into_bytes()
    }

    /// What a browser sends that was told `options`.
    fn made(&self, options: &Value, label: &str) -> Value {
        let point = self.pair.public_key().as_ref();
        let head: &[u8] = &[0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
        let cose = [head, &point[1..33], &[0x22, 0x58, 32], &point[33..]].concat();
        let data = [&self.data(0x41)[..], &[0; 16], &[0, 16], &self.id, &cose].concat();
        json!({
            "label": label,
            "client_data": URL_SAFE_NO_PAD.encode(Authenticator::client_data("webauthn.create", options)),
            "authenticator_data": URL_SAFE_NO_PAD.encode(data),
        })
    }

    fn shown(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let (client, data) = (Authenticator::client_data("webauthn.get", options), self.data(1));
        let signed = [&data[..], &Sha256::digest(&client)[..]].concat();
        json!({
            "id": URL_SAFE_NO_PAD.encode(&self.id),
            "client_data": URL_SAFE_NO_PAD.encode(&client),
            "authenticator_data": URL_SAFE_NO_PAD.encode(&data),
            "signature": URL_SAFE_NO_PAD.encode(self.pair.sign(&self.random, &signed).unwrap()),
        })
    }
}

/// Somebody at a browser, who holds the cookie that they were last given.
struct Browser<'w> {
    world: &'w World,
    cookie: String,
}

impl<'w> Browser<'w> {
    /// Signed in with the password alone.
    async fn signed_in(world: &'w World, login: &str) -> Browser<'w> {
        let mut browser = Browser { world, cookie: String::new() };
        let begun = browser.send("/api/session", json!({ "login": login, "password": PASSWORD })).await;
        assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
        browser
    }

    fn keeps(&mut self, reply: &Reply) {
        if let Some(cookie) = &reply.cookie {
            self.cookie = cookie.split(';').next().unwrap().to_owned();
        }
    }

    async fn get(&mut self, path: &str) -> Reply {
        let reply = self.world.call(Method::GET, path, Some(&self.cookie), None).await;
        self.keeps(&reply);
        reply
    }

    async fn send(&mut self, path: &str, body: Value) -> Reply {
        let reply = self.world.call(Method::POST, path, Some(&self.cookie), Some(body)).await;
        self.keeps(&reply);
        reply
    }

    async fn may_work(&mut self) -> bool {
        self.get("/api/applications").await.status == StatusCode::OK
    }

    async fn make(&mut self, authenticator: &Authenticator, label: &str) -> Reply {
        let options = self.get("/api/account/passkeys/options").await.json();
        let made = authenticator.made(&options, label);
        self.send("/api/account/passkeys", made).await
    }

    async fn show(&mut self, authenticator: &mut Authenticator) -> Reply {
        let options = self.get("/api/session/passkey").await.json();
        let shown = authenticator.shown(&options);
        self.send("/api/session/passkey", shown).await
    }
}

async fn world() -> World {
    let world = World::empty().await;
    world.account(OFFICER, "officer", RoleSet::from(Role::IntakeOfficer)).await;
    world
}

#[tokio::test]
async fn a_passkey_is_made_as_the_first_second_factor_and_lets_in() {
    let world = world().await;
    let mut key = Authenticator::new(1);
    let mut browser = Browser::signed_in(&world, "officer").await;
    let made = browser.make(&key, "work computer").await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(made.json()["recovery_codes"].as_array().unwrap().len(), 10);
    assert!(!browser.may_work().await, "it is made, and not yet shown");
    let shown = browser.show(&mut key).await;
    assert_eq!(shown.status, StatusCode::NO_CONTENT, "{}", shown.text);
    assert!(browser.may_work().await);
    let mut again = Browser::signed_in(&world, "officer").await;
    assert!(!again.may_work().await);
    assert_eq!(again.show(&mut key).await.status, StatusCode::NO_CONTENT);
    assert!(again.may_work().await);
    let listed = again.get("/api/account/passkeys").await.json();
    assert_eq!(
        (&listed[0]["label"], listed[0]["used"].is_string()),
        (&json!("work computer"), true),
        "{listed}"
    );
}

#[tokio::test]
async fn with_a_second_factor_there_another_is_made_only_after_it_was_shown() {
    let world = world().await;
    let mut key = Authenticator::new(1);
    let mut browser = Browser::signed_in(&world, "officer").await;
    browser.make(&key, "one").await;
    let mut thief = Browser::signed_in(&world, "officer").await;
    let own = Authenticator::new(2);
    assert_eq!(problem(&thief.make(&own, "of a thief").await), told(401, "second-factor-due"));
    let program = thief.send("/api/account/second-factor", json!({})).await;
    assert_eq!(problem(&program), told(401, "second-factor-due"));
    let codes = thief.send("/api/account/recovery-codes", json!({})).await;
    assert_eq!(problem(&codes), told(401, "second-factor-due"));
    let listed = thief.get("/api/account/passkeys").await.json();
    let path = format!("/api/account/passkeys/{}", listed[0]["id"].as_str().unwrap());
    let removed = world.call(Method::DELETE, &path, Some(&thief.cookie), None).await;
    assert_eq!(problem(&removed), told(401, "second-factor-due"));
    assert_eq!(browser.show(&mut key).await.status, StatusCode::NO_CONTENT);
    assert_eq!(problem(&browser.make(&key, "the same").await), told(422, "refused"));
    let second = browser.make(&own, "another").await;
    assert_eq!(second.status, StatusCode::CREATED, "{}", second.text);
    assert_eq!(second.json()["recovery_codes"], json!([]), "they were told with the first");
    let program = browser.send("/api/account/second-factor", json!({})).await;
    assert_eq!(program.status, StatusCode::CREATED, "{}", program.text);
}

#[tokio::test]
async fn the_only_second_factor_is_not_taken_away() {
    let world = world().await;
    let mut key = Authenticator::new(1);
    let mut browser = Browser::signed_in(&world, "officer").await;
    let of =
        |made: &Reply| format!("/api/account/passkeys/{}", made.json()["passkey"]["id"].as_str().unwrap());
    let first = of(&browser.make(&key, "one").await);
    browser.show(&mut key).await;
    let remove = async |browser: &mut Browser<'_>, path: &str| {
        let reply = world.call(Method::DELETE, path, Some(&browser.cookie), None).await;
        browser.keeps(&reply);
        reply
    };
    assert_eq!(problem(&remove(&mut browser, &first).await), told(422, "refused"));
    let second = of(&browser.make(&Authenticator::new(2), "two").await);
    assert_eq!(remove(&mut browser, &first).await.status, StatusCode::NO_CONTENT);
    assert_eq!(problem(&remove(&mut browser, &first).await), told(404, "not-found"));
    assert_eq!(problem(&remove(&mut browser, &second).await), told(422, "refused"));
    let mut lost = Browser::signed_in(&world, "officer").await;
    assert_eq!(problem(&lost.show(&mut key).await), told(401, "wrong-proof"), "it was taken away");
}

#[tokio::test]
async fn what_was_shown_elsewhere_or_before_lets_nobody_in() {
    let world = world().await;
    let mut key = Authenticator::new(1);
    let mut browser = Browser::signed_in(&world, "officer").await;
    browser.make(&key, "one").await;
    let options = browser.get("/api/session/passkey").await.json();
    let shown = key.shown(&options);
    let mut other = Browser::signed_in(&world, "officer").await;
    assert_eq!(problem(&other.send("/api/session/passkey", shown.clone()).await), told(401, "wrong-proof"));
    assert!(!other.may_work().await);
    assert_eq!(browser.send("/api/session/passkey", shown.clone()).await.status, StatusCode::NO_CONTENT);
    assert_eq!(problem(&browser.send("/api/session/passkey", shown).await), told(401, "wrong-proof"));
    // A passkey of somebody else.
    world.account(UserId([0xB8; 16]), "another", RoleSet::from(Role::IntakeOfficer)).await;
    let mut anothers = Browser::signed_in(&world, "another").await;
    anothers.make(&Authenticator::new(2), "theirs").await;
    let options = anothers.get("/api/session/passkey").await.json();
    assert_eq!(
        problem(&anothers.send("/api/session/passkey", key.shown(&options)).await),
        told(401, "wrong-proof")
    );
}

#[tokio::test]
async fn a_passkey_that_counts_backwards_is_refused_and_stands_in_the_history() {
    let world = world().await;
    let mut key = Authenticator::new(1);
    let mut browser = Browser::signed_in(&world, "officer").await;
    browser.make(&key, "one").await;
    key.counter = 9;
    assert_eq!(browser.show(&mut key).await.status, StatusCode::NO_CONTENT);
    key.counter = 3;
    let mut copy = Browser::signed_in(&world, "officer").await;
    let refused = copy.show(&mut key).await;
    assert_eq!(problem(&refused), told(401, "wrong-proof"));
    assert!(refused.text.contains("counts backwards"), "{}", refused.text);
    let events = world.office.store().events(None, 99).await.unwrap().rows;
    let told = events.iter().any(|event| format!("{:?}", event.done.after).contains("it counts backwards"));
    assert!(told, "{events:?}");
}

#[tokio::test]
async fn an_administrator_takes_passkeys_away_with_the_other_second_factors() {
    let world = world().await;
    let key = Authenticator::new(1);
    let mut browser = Browser::signed_in(&world, "officer").await;
    browser.make(&key, "one").await;
    let by = store::By::Job("test".to_owned());
    web::house::people::remove_second_factor(&world.office, by, OFFICER).await.unwrap().done().await.unwrap();
    let kept = world.office.store().credentials(OFFICER).await.unwrap();
    assert!(kept.iter().all(|proof| proof.kind == CredentialKind::Password), "{kept:?}");
}
