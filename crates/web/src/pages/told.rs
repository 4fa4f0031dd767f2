//! Problems as people get them: who is not signed in is led to sign in and back, and the rest is a page in words.

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::layout::page;
use super::local::Local;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'p> {
    title: &'p str,
    detail: &'p str,
}

/// Whether programs alone ask there, which read problem details.
fn is_of_programs(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || ["/healthz", "/readyz", "/metrics"].contains(&path)
}

/// Stands around all routes and tells the problems of those that people use.
pub(crate) async fn told(request: Request, next: Next) -> Response {
    if is_of_programs(request.uri().path()) {
        return next.run(request).await;
    }
    let is_asked_for = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str()).to_owned();
    // A form that was sent cannot be gone back to; its sender begins anew.
    let back = if is_asked_for { Local::or_start(&asked) } else { Local::start() };
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let mut told = match problem.word() {
        "not-signed-in" => Redirect::to(&back.after("/sign-in")).into_response(),
        "second-factor-due" => Redirect::to(&back.after("/second-factor")).into_response(),
        _ => {
            let words = ProblemPage { title: problem.title(), detail: problem.detail() };
            match page(problem.status(), &words) {
                Ok(page) => page,
                Err(fault) => return fault.into_response(),
            }
        }
    };
    told.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for name in [header::SET_COOKIE, header::RETRY_AFTER, header::ALLOW] {
        for value in response.headers().get_all(&name) {
            told.headers_mut().append(name.clone(), value.clone());
        }
    }
    told
}
