//! A one-time link: whoever holds it chooses the password of an account, once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::form::Wrong;
use super::layout::page;
use crate::Office;
use crate::entry::invitation;
use crate::problem::Problem;
use crate::sent::Filled;

#[derive(Template)]
#[template(path = "set_up.html")]
struct SetUp {
    login: String,
    characters_min: usize,
    is_unlike: bool,
    wrong: Option<String>,
}

async fn form(office: &Office, secret: &str) -> Result<SetUp, Problem> {
    let account = invitation::account_of(office, secret).await?;
    let characters_min = access::PASSWORD_CHARACTERS_MIN;
    Ok(SetUp { login: account.login, characters_min, is_unlike: false, wrong: None })
}

pub(super) async fn show(
    State(office): State<Office>,
    Path(secret): Path<String>,
) -> Result<Response, Problem> {
    page(StatusCode::OK, &form(&office, &secret).await?)
}

/// The form as it was filled in.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entered {
    password: String,
    again: String,
}

pub(super) async fn accept(
    State(office): State<Office>,
    Path(secret): Path<String>,
    Filled(entered): Filled<Entered>,
) -> Result<Response, Problem> {
    // First, so that a link that holds no longer is told as what it is.
    let form = form(&office, &secret).await?;
    if entered.password != entered.again {
        return page(StatusCode::UNPROCESSABLE_ENTITY, &SetUp { is_unlike: true, ..form });
    }
    match invitation::accept(&office, &secret, &entered.password).await {
        Ok(()) => Ok(Redirect::to("/sign-in?set_up=true").into_response()),
        Err(problem) => {
            let wrong = Wrong::to_mend(problem)?;
            page(wrong.status, &SetUp { wrong: Some(wrong.words), ..form })
        }
    }
}
