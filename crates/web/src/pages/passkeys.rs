//! Passkeys of one's own account: made and taken away by forms.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::account;
use super::form::Wrong;
use super::local::Local;
use super::second_factor::{self as page, Step};
use crate::Office;
use crate::caller::Caller;
use crate::entry::passkey;
use crate::problem::Problem;
use crate::sent::{Filled, id};

/// The form as its script filled it in.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entered {
    label: String,
    client_data: String,
    authenticator_data: String,
    #[serde(default)]
    next: String,
}

/// Keeps a passkey. The first second factor is shown next, with the codes that come with it.
pub(super) async fn add(
    State(office): State<Office>,
    caller: Caller,
    Filled(entered): Filled<Entered>,
) -> Result<Response, Problem> {
    let next = Local::or_start(&entered.next);
    let Entered { label, client_data, authenticator_data, .. } = entered;
    let made = passkey::Made { label, client_data, authenticator_data };
    let is_first = caller.has_shown_second_factor().is_err();
    match passkey::add(&office, &caller, &made).await {
        Ok(added) if is_first => {
            page::answer(&office, &caller, StatusCode::CREATED, Step::MadePasskey(added.recovery_codes), next)
                .await
        }
        Ok(added) if added.recovery_codes.is_empty() => Ok(Redirect::to("/account").into_response()),
        Ok(added) => account::codes(&caller, added.recovery_codes),
        Err(problem) if is_first => page::again(&office, &caller, problem, (Step::ToSetUp, next)).await,
        Err(problem) => {
            let wrong = Wrong::to_mend(problem)?;
            account::answer(&office, &caller, wrong.status, Some(wrong.words)).await
        }
    }
}

/// Takes a passkey away.
pub(super) async fn remove(
    State(office): State<Office>,
    caller: Caller,
    Path(written): Path<String>,
) -> Result<Response, Problem> {
    caller.may_to_own_account()?;
    match passkey::remove(&office, &caller, id(&written)?).await {
        Ok(()) => Ok(Redirect::to("/account").into_response()),
        Err(problem) => {
            let wrong = Wrong::to_mend(problem)?;
            account::answer(&office, &caller, wrong.status, Some(wrong.words)).await
        }
    }
}
