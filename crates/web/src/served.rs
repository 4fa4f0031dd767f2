//! What the office serves: the API and the pages, under one set of limits and headers.
//!
//! Source of truth: `api` and `pages` for the routes; here stands only what holds for every answer.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

use crate::declared::Declaration;
use crate::limits::{BODY_BYTES_MAX, REQUEST_SECONDS_MAX};
use crate::problem::Problem;
use crate::{Office, api, demonstration, measures, pages};

/// All routes of an office, with who may call each.
pub struct Served {
    /// The routes.
    pub router: Router,
    /// Who may call each, of the API and of the pages.
    pub declared: Vec<Declaration>,
    /// The description of the API, OpenAPI 3.1.
    pub description: utoipa::openapi::OpenApi,
}

/// What `office` serves.
pub fn router(office: &Office) -> Served {
    let api::Api { router, mut declared, description } = api::of(office);
    let pages = pages::of(office);
    declared.extend(pages.declared);
    let router = router
        .merge(pages.router)
        .fallback(|| std::future::ready(Problem::not_found()))
        .method_not_allowed_fallback(|| std::future::ready(Problem::not_allowed_method()))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CsrfLayer::new().with_rejection_response(|_| Problem::other_site().into_response()))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            Duration::from_secs(REQUEST_SECONDS_MAX),
        ))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            Problem::panicked().into_response()
        }))
        .layer(from_fn(pages::told))
        .layer(from_fn_with_state(office.clone(), demonstration::marked))
        .layer(from_fn(guarded))
        .layer(from_fn_with_state(office.clone(), measures::counted));
    Served { router, declared, description }
}

/// What every answer tells the browser to forbid: scripts, styles and pictures from elsewhere, being framed, guessing
/// what a file is, and telling other sites which page one was on.
const HEADERS: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; script-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
];

async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        // A file that was handed in has a policy of its own, which forbids more.
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
