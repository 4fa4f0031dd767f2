//! The second factor: set up, and shown.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::form::Wrong;
use super::layout::page;
use super::local::Local;
use crate::Office;
use crate::caller::Caller;
use crate::entry::{second_factor, session};
use crate::problem::Problem;
use crate::sent::{Asked, Filled, Sender};

/// What the page has to say of the second factor.
enum Step {
    /// None is set up.
    ToSetUp,
    /// It was set up just now, and is told this once.
    SetUp(second_factor::SetUp),
    /// It is to be shown.
    ToShow,
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactor {
    step: Step,
    next: String,
    wrong: Option<String>,
    /// The code of now, in a demonstration.
    code: Option<String>,
}

impl SecondFactor {
    fn of(office: &Office, step: Step, next: String, wrong: Option<String>) -> SecondFactor {
        let code = office.demonstration().and_then(|shown| shown.code(office));
        SecondFactor { step, next, wrong, code }
    }
}

/// What the page is asked for with, and what its forms take along.
#[derive(serde::Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    next: String,
}

pub(super) async fn show(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let is_set_up = second_factor::is_set_up(&office, &caller).await?;
    let step = if is_set_up { Step::ToShow } else { Step::ToSetUp };
    let next = Local::or_start(&wanted.next).as_str().to_owned();
    page(StatusCode::OK, &SecondFactor::of(&office, step, next, None))
}

pub(super) async fn new(
    State(office): State<Office>,
    caller: Caller,
    Filled(wanted): Filled<Wanted>,
) -> Result<Response, Problem> {
    let step = Step::SetUp(second_factor::set_up(&office, &caller).await?);
    let next = Local::or_start(&wanted.next).as_str().to_owned();
    page(StatusCode::CREATED, &SecondFactor::of(&office, step, next, None))
}

/// The form as it was filled in.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entered {
    code: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn shown(
    State(office): State<Office>,
    caller: Caller,
    sender: Sender,
    Filled(entered): Filled<Entered>,
) -> Result<Response, Problem> {
    let next = Local::or_start(&entered.next);
    match second_factor::show(&office, &caller, &entered.code, &sender).await {
        Ok(secret) => {
            let mut response = Redirect::to(next.as_str()).into_response();
            session::set_cookie(&mut response, office.cookie(&secret));
            Ok(response)
        }
        Err(problem) => {
            let wrong = Wrong::to_mend(problem)?;
            let (step, next) = (Step::ToShow, next.as_str().to_owned());
            page(wrong.status, &SecondFactor::of(&office, step, next, Some(wrong.words)))
        }
    }
}
