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
