//! The description of the API is what is committed, and is open.

use std::fs;
use std::path::Path;

use axum::http::{Method, StatusCode};

use crate::world::World;

#[tokio::test]
async fn the_committed_description_is_what_the_handlers_come_to() {
    let world = World::empty().await;
    let text = serde_json::to_string_pretty(&world.api.description).unwrap() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/openapi.json");
    if std::env::var_os("COUNTRYGATE_WRITE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == text,
        "run COUNTRYGATE_WRITE=1 cargo test -p web --test api, and look at what differs"
    );
    let sent = world.call(Method::GET, "/api/openapi.json", None, None).await;
    assert_eq!((sent.status, &sent.json()["openapi"]), (StatusCode::OK, &serde_json::json!("3.1.0")));
}

/// Every reference within a description.
fn references(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                match field.as_str().filter(|_| name == "$ref") {
                    Some(reference) => found.push(reference.to_owned()),
                    None => references(field, found),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn everything_that_the_description_refers_to_stands_in_it() {
    let world = World::empty().await;
    let whole = serde_json::to_value(&world.api.description).unwrap();
    let mut found = Vec::new();
    references(&whole, &mut found);
    assert!(found.len() > 100, "{}", found.len());
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(whole.pointer(pointer).is_some(), "{reference} is not described");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_in_json() {
    let world = World::empty().await;
    let lost = world.call(Method::GET, "/api/nothing", None, None).await;
    assert_eq!((lost.status, lost.kind.as_str()), (StatusCode::NOT_FOUND, "application/problem+json"));
    let other = world.call(Method::PUT, "/healthz", None, None).await;
    assert_eq!(
        (other.status, other.kind.as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, "application/problem+json")
    );
}
