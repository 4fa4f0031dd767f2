//! Tokens that let in, and those that do not.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const EXPECTED: Expected<'static> = Expected {
    issuer: "https://id.example",
    client: "countrygate",
    nonce: "n-0S6_WzA2Mj",
    now: Instant(1_796_026_500),
};

fn token(claims: &Value) -> String {
    format!("e30.{}.c2lnbmF0dXJl", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

fn right() -> Value {
    json!({
        "iss": "https://id.example", "sub": "248289761001", "aud": "countrygate", "nonce": "n-0S6_WzA2Mj",
        "exp": EXPECTED.now.0 + 300, "iat": EXPECTED.now.0, "email": "aygul@ma.example", "email_verified": true,
    })
}

/// The claims of the right token, with one of them changed.
fn with(name: &str, value: Value) -> Result<Claims, IdTokenError> {
    let mut claims = right();
    claims[name] = value;
    Claims::read(&token(&claims), EXPECTED)
}

#[test]
fn a_token_for_this_sign_on_tells_who_it_is() {
    let claims = Claims::read(&token(&right()), EXPECTED).unwrap();
    assert_eq!(claims.name(NameClaim::Email), Some("aygul@ma.example"));
    assert_eq!(claims.name(NameClaim::Subject), Some("248289761001"));
    assert_eq!(claims.name(NameClaim::PreferredUsername), None, "what is not told names nobody");
}

#[test]
fn a_token_for_anything_else_lets_nobody_in() {
    let now = EXPECTED.now.0;
    for (name, value, why) in [
        ("iss", json!("https://id.example/"), IdTokenError::OtherIssuer),
        ("iss", json!("https://elsewhere.example"), IdTokenError::OtherIssuer),
        ("aud", json!("another"), IdTokenError::OtherClient),
        ("aud", json!(["another"]), IdTokenError::OtherClient),
        ("aud", json!([]), IdTokenError::OtherClient),
        ("aud", json!(["countrygate", "another"]), IdTokenError::OtherClient),
        ("azp", json!("another"), IdTokenError::OtherClient),
        ("nonce", json!("of another"), IdTokenError::OtherNonce),
        ("nonce", Value::Null, IdTokenError::OtherNonce),
        ("exp", json!(now - 60), IdTokenError::OtherTime),
        ("iat", json!(now + 61), IdTokenError::OtherTime),
        ("exp", json!("soon"), IdTokenError::Unreadable),
        ("sub", Value::Null, IdTokenError::Unreadable),
    ] {
        assert_eq!(with(name, value.clone()).unwrap_err(), why, "{name}: {value}");
    }
}

#[test]
fn what_a_token_may_say_otherwise_holds() {
    let now = EXPECTED.now.0;
    for (name, value) in [
        ("aud", json!(["countrygate"])),
        ("azp", json!("countrygate")),
        ("exp", json!(now - 59)),
        ("iat", json!(now + 60)),
        ("another", json!({ "claim": [1] })),
    ] {
        assert!(with(name, value.clone()).is_ok(), "{name}: {value}");
    }
}

#[test]
fn an_address_that_was_not_verified_names_nobody() {
    for value in [json!(false), json!("false"), Value::Null] {
        let claims = with("email_verified", value.clone()).unwrap();
        assert_eq!(claims.name(NameClaim::Email), None, "{value}");
    }
    assert_eq!(
        with("email_verified", json!("true")).unwrap().name(NameClaim::Email),
        Some("aygul@ma.example")
    );
    assert_eq!(with("email", json!("")).unwrap().name(NameClaim::Email), None);
}

#[test]
fn what_is_no_token_is_told_as_unreadable() {
    let whole = token(&right());
    let cut: Vec<&str> = whole.split('.').collect();
    for text in [
        String::new(),
        cut[1].to_owned(),
        format!("{}.{}", cut[0], cut[1]),
        format!("{whole}.more"),
        format!("{}.{}=.{}", cut[0], cut[1], cut[2]),
        format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode("[]")),
        format!("{whole}{}", "a".repeat(BYTES_MAX)),
    ] {
        assert_eq!(Claims::read(&text, EXPECTED), Err(IdTokenError::Unreadable));
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "[A-Za-z0-9_.-]{0,200}") {
        prop_assert!(Claims::read(&text, EXPECTED).is_err());
    }
}
