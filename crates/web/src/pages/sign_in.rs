//! Signing in with a password, and out.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::form::Wrong;
use super::layout::page;
use super::local::Local;
use crate::Office;
use crate::caller::Caller;
use crate::demonstration::Demonstration;
use crate::entry::session;
use crate::problem::Problem;
use crate::sent::{Asked, Filled, Sender};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn<'o> {
    demonstration: Option<&'o Demonstration>,
    login: String,
    next: String,
    wrong: Option<String>,
    is_set_up: bool,
    /// The issuer through which one may sign on, and the way there.
    elsewhere: Option<(&'o str, String)>,
}

/// What an issuer is called, and the way to it that leads on to `next`.
fn elsewhere<'o>(office: &'o Office, next: &Local) -> Option<(&'o str, String)> {
    office.sign_on().map(|sign_on| (sign_on.settings().name.as_str(), next.after("/sign-in/elsewhere")))
}

/// What the page is asked for with.
#[derive(serde::Deserialize)]
pub(super) struct Wanted {
    /// Where to go on to.
    #[serde(default)]
    pub(super) next: String,
    /// Whether a password was chosen just now.
    #[serde(default)]
    set_up: bool,
}

pub(super) async fn show(
    State(office): State<Office>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let next = Local::or_start(&wanted.next);
    let form = SignIn {
        demonstration: office.demonstration(),
        login: String::new(),
        next: next.as_str().to_owned(),
        wrong: None,
        is_set_up: wanted.set_up,
        elsewhere: elsewhere(&office, &next),
    };
    page(StatusCode::OK, &form)
}

/// The form again, with what went wrong.
pub(super) fn again(
    office: &Office,
    problem: Problem,
    login: String,
    next: &Local,
) -> Result<Response, Problem> {
    let wrong = Wrong::to_mend(problem)?;
    let form = SignIn {
        demonstration: office.demonstration(),
        login,
        next: next.as_str().to_owned(),
        wrong: Some(wrong.words),
        is_set_up: false,
        elsewhere: elsewhere(office, next),
    };
    page(wrong.status, &form)
}

/// Leads on into a session that has begun.
pub(super) fn go_on(office: &Office, begun: &session::Begun, next: &Local) -> Response {
    let to = if begun.is_second_factor_due { next.after("/second-factor") } else { next.as_str().to_owned() };
    let mut response = Redirect::to(&to).into_response();
    session::set_cookie(&mut response, office.cookie(&begun.secret));
    response
}

/// The form as it was filled in.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entered {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn begin(
    State(office): State<Office>,
    sender: Sender,
    Filled(entered): Filled<Entered>,
) -> Result<Response, Problem> {
    let next = Local::or_start(&entered.next);
    match session::begin(&office, &entered.login, &entered.password, sender).await {
        Ok(begun) => Ok(go_on(&office, &begun, &next)),
        Err(problem) => again(&office, problem, entered.login, &next),
    }
}

pub(super) async fn end(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    session::end(&office, &caller).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    session::set_cookie(&mut response, office.no_cookie());
    Ok(response)
}
