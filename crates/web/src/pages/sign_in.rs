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
}

/// What the page is asked for with.
#[derive(serde::Deserialize)]
pub(super) struct Wanted {
    /// Where to go on to.
    #[serde(default)]
    next: String,
    /// Whether a password was chosen just now.
    #[serde(default)]
    set_up: bool,
}

pub(super) async fn show(
    State(office): State<Office>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let next = Local::or_start(&wanted.next).as_str().to_owned();
    let demonstration = office.demonstration();
    let form = SignIn { demonstration, login: String::new(), next, wrong: None, is_set_up: wanted.set_up };
    page(StatusCode::OK, &form)
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
    let begun = match session::begin(&office, &entered.login, &entered.password, sender).await {
        Ok(begun) => begun,
        Err(problem) => {
            let wrong = Wrong::to_mend(problem)?;
            let (login, next) = (entered.login, next.as_str().to_owned());
            let (demonstration, wrong_words) = (office.demonstration(), Some(wrong.words));
            let form = SignIn { demonstration, login, next, wrong: wrong_words, is_set_up: false };
            return page(wrong.status, &form);
        }
    };
    let to = if begun.is_second_factor_due { next.after("/second-factor") } else { next.as_str().to_owned() };
    let mut response = Redirect::to(&to).into_response();
    session::set_cookie(&mut response, office.cookie(&begun.secret));
    Ok(response)
}

pub(super) async fn end(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    session::end(&office, &caller).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    session::set_cookie(&mut response, office.no_cookie());
    Ok(response)
}
