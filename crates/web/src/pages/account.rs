//! Where somebody begins, and their own account.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::layout::{Around, Here, page};
use crate::Office;
use crate::caller::Caller;
use crate::entry::{recovery, second_factor};
use crate::problem::Problem;
use crate::proof::recovery_code;

/// Leads to what somebody mostly does: officers to the work that waits, who applies to their applications, ports to
/// permits, and the others to their account.
pub(super) async fn start(caller: Caller) -> Result<Response, Problem> {
    caller.may_to_own_account()?;
    let around = Around::of(&caller, Here::Elsewhere);
    let to = match around {
        Around { has_queue: true, .. } => "/queue",
        Around { has_applications: true, .. } => "/applications",
        Around { has_permits: true, .. } => "/permits",
        _ => "/account",
    };
    Ok(Redirect::to(to).into_response())
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    around: Around,
    name: String,
    login: String,
    agency: Option<String>,
    roles: Vec<&'static str>,
    operators: Vec<String>,
    has_second_factor: bool,
    codes_left: usize,
    codes_made: usize,
}

pub(super) async fn show(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    let has_second_factor = second_factor::is_set_up(&office, &caller).await?;
    let codes_left = recovery::left(&office, &caller).await?;
    let store = office.store();
    let account = store.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let agency = match account.agency {
        Some(id) => store.agency(id).await?.map(|record| record.agency.name),
        None => None,
    };
    let operators = store.operators_of(account.id).await?;
    let shown = AccountPage {
        around: Around::of(&caller, Here::Account),
        name: account.name,
        login: account.login,
        agency,
        roles: account.roles.iter().map(access::Role::as_str).collect(),
        operators: operators.into_iter().map(|operator| operator.name).collect(),
        has_second_factor,
        codes_left,
        codes_made: recovery_code::CODES,
    };
    page(StatusCode::OK, &shown)
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct CodesPage {
    around: Around,
    codes: Vec<String>,
}

/// Makes one's recovery codes anew and shows them, this once.
pub(super) async fn renew_codes(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    let codes = recovery::renew(&office, &caller).await?;
    page(StatusCode::CREATED, &CodesPage { around: Around::of(&caller, Here::Account), codes })
}
