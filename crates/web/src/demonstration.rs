//! An office in which everything is made up, to be looked at: every page says so, and who signs in is told how.
//!
//! Source of truth: the program, which fills the database and hands in what is told of it. Nothing here opens a door: the
//! password and the code are asked for as in any office.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Office;
use crate::problem::Problem;
use crate::proof::one_time_code;

/// What a demonstration tells of its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demonstration {
    /// Who can sign in.
    pub people: Vec<Shown>,
    /// The password of them all.
    pub password: String,
    /// The secret of the one-time codes of those who need one, as programs read it.
    pub code_secret: String,
}

/// Somebody of a demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What they sign in with.
    pub login: String,
    /// What they do.
    pub what: String,
}

impl Demonstration {
    /// The code that their programs show now.
    pub(crate) fn code(&self, office: &Office) -> Option<String> {
        one_time_code::code_of(&one_time_code::read(&self.code_secret)?, office.now())
    }
}

const BANNER: &str = "<p class=\"demonstration\" role=\"note\">Demonstration: everything here is made up, and no paper of it \
    is valid anywhere.</p>\n";
/// Where the body of every page begins.
const BODY: &str = "<body>\n";
/// Pages are written by this program, and smaller than this.
const PAGE_BYTES_MAX: usize = 16 << 20;

/// Marks every page of a demonstration, here once instead of in each template.
pub(crate) async fn marked(State(office): State<Office>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    if !is_page || office.demonstration().is_none() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, PAGE_BYTES_MAX).await else {
        return Problem::panicked().into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let page = String::from_utf8_lossy(&bytes).replacen(BODY, &format!("{BODY}{BANNER}"), 1);
    Response::from_parts(parts, Body::from(page))
}
