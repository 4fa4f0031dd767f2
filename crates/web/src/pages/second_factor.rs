//! The second factor: set up, and shown.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::form::Wrong;
use super::layout::{page, page_with_script};
use super::local::Local;
use crate::Office;
use crate::caller::Caller;
use crate::draw::Secret;
use crate::entry::second_factor::Factors;
use crate::entry::{passkey, second_factor, session};
use crate::problem::Problem;
use crate::sent::{Asked, Filled, Sender};

/// What the page has to say of the second factor.
pub(super) enum Step {
    /// None is set up.
    ToSetUp,
    /// A program for codes was set up just now, and is told this once.
    SetUp(second_factor::SetUp),
    /// A passkey was made just now, with these codes, which are told this once.
    MadePasskey(Vec<String>),
    /// It is to be shown.
    ToShow,
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct SecondFactor {
    step: Step,
    factors: Factors,
    /// What a browser makes a passkey with, and shows one with, where it may.
    make: Option<String>,
    show: Option<String>,
    next: String,
    wrong: Option<String>,
    /// The code of now, in a demonstration.
    code: Option<String>,
}

impl SecondFactor {
    async fn of(
        office: &Office,
        caller: &Caller,
        (step, next): (Step, Local),
        wrong: Option<String>,
    ) -> Result<SecondFactor, Problem> {
        let factors = second_factor::factors(office, caller).await?;
        let code = office.demonstration().and_then(|shown| shown.code(office));
        let (mut make, mut show) = (None, None);
        if office.parts().passkeys.is_some() {
            match step {
                Step::ToSetUp => make = Some(passkey::to_make(office, caller).await?.to_string()),
                Step::MadePasskey(_) | Step::ToShow => {
                    show = passkey::to_show(office, caller).await?.map(|options| options.to_string());
                }
                Step::SetUp(_) => {}
            }
        }
        Ok(SecondFactor { step, factors, make, show, next: next.as_str().to_owned(), wrong, code })
    }

    /// Whether a code of a program is asked for.
    const fn takes_code(&self) -> bool {
        matches!(self.step, Step::SetUp(_)) || (matches!(self.step, Step::ToShow) && self.factors.program)
    }

    fn answer(&self, status: StatusCode) -> Result<Response, Problem> {
        if self.make.is_some() || self.show.is_some() {
            page_with_script(status, self)
        } else {
            page(status, self)
        }
    }
}

/// The page at a step.
pub(super) async fn answer(
    office: &Office,
    caller: &Caller,
    status: StatusCode,
    step: Step,
    next: Local,
) -> Result<Response, Problem> {
    SecondFactor::of(office, caller, (step, next), None).await?.answer(status)
}

/// The page at a step again, with what went wrong.
pub(super) async fn again(
    office: &Office,
    caller: &Caller,
    problem: Problem,
    at: (Step, Local),
) -> Result<Response, Problem> {
    let wrong = Wrong::to_mend(problem)?;
    SecondFactor::of(office, caller, at, Some(wrong.words)).await?.answer(wrong.status)
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
    let factors = second_factor::factors(&office, &caller).await?;
    let step = if factors.are_set_up() { Step::ToShow } else { Step::ToSetUp };
    answer(&office, &caller, StatusCode::OK, step, Local::or_start(&wanted.next)).await
}

pub(super) async fn new(
    State(office): State<Office>,
    caller: Caller,
    Filled(wanted): Filled<Wanted>,
) -> Result<Response, Problem> {
    let step = Step::SetUp(second_factor::set_up(&office, &caller).await?);
    answer(&office, &caller, StatusCode::CREATED, step, Local::or_start(&wanted.next)).await
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
    let let_in = second_factor::show(&office, &caller, &entered.code, &sender).await;
    go_on(&office, &caller, let_in, Local::or_start(&entered.next)).await
}

/// The form of a passkey as its script filled it in.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EnteredPasskey {
    id: String,
    client_data: String,
    authenticator_data: String,
    signature: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn passkey_shown(
    State(office): State<Office>,
    caller: Caller,
    sender: Sender,
    Filled(entered): Filled<EnteredPasskey>,
) -> Result<Response, Problem> {
    let next = Local::or_start(&entered.next);
    let EnteredPasskey { id, client_data, authenticator_data, signature, .. } = entered;
    let sent = passkey::Shown { id, client_data, authenticator_data, signature };
    let let_in = passkey::show(&office, &caller, &sent, &sender).await;
    go_on(&office, &caller, let_in, next).await
}

/// Leads on under the new token, or asks again.
async fn go_on(
    office: &Office,
    caller: &Caller,
    let_in: Result<Secret, Problem>,
    next: Local,
) -> Result<Response, Problem> {
    match let_in {
        Ok(secret) => {
            let mut response = Redirect::to(next.as_str()).into_response();
            session::set_cookie(&mut response, office.cookie(&secret));
            Ok(response)
        }
        Err(problem) => again(office, caller, problem, (Step::ToShow, next)).await,
    }
}
