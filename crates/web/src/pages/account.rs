//! Where somebody begins, and their own account.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cites::Day;
use store::Credential;

use super::layout::{Around, Here, page, page_with_script};
use crate::Office;
use crate::caller::Caller;
use crate::entry::second_factor::Factors;
use crate::entry::{passkey, recovery, second_factor};
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
    factors: Factors,
    passkeys: Vec<KeptPasskey>,
    /// What a browser makes a passkey with, where it may.
    make: Option<String>,
    wrong: Option<String>,
    codes_left: usize,
    codes_made: usize,
}

/// A passkey as its owner sees it.
struct KeptPasskey {
    id: String,
    label: String,
    made: Day,
    used: Option<Day>,
}

impl KeptPasskey {
    fn of(office: &Office, kept: Credential) -> KeptPasskey {
        let day = |at| office.day_of(at);
        KeptPasskey {
            id: kept.id.to_string(),
            label: kept.label,
            made: day(kept.made),
            used: kept.used.map(day),
        }
    }
}

pub(super) async fn show(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    answer(&office, &caller, StatusCode::OK, None).await
}

/// The account, with what went wrong in a form of it.
pub(super) async fn answer(
    office: &Office,
    caller: &Caller,
    status: StatusCode,
    wrong: Option<String>,
) -> Result<Response, Problem> {
    let factors = second_factor::factors(office, caller).await?;
    let passkeys = passkey::own(office, caller).await?;
    // A first one is set up on the page of the second factor; with one there, another is made where it was shown.
    let may_make =
        office.parts().passkeys.is_some() && factors.are_set_up() && caller.has_shown_second_factor().is_ok();
    let make = match may_make {
        true => Some(passkey::to_make(office, caller).await?.to_string()),
        false => None,
    };
    let codes_left = recovery::left(office, caller).await?;
    let store = office.store();
    let account = store.account(caller.actor.user).await?.ok_or_else(Problem::not_found)?;
    let agency = match account.agency {
        Some(id) => store.agency(id).await?.map(|record| record.agency.name),
        None => None,
    };
    let operators = store.operators_of(account.id).await?;
    let shown = AccountPage {
        around: Around::of(caller, Here::Account),
        name: account.name,
        login: account.login,
        agency,
        roles: account.roles.iter().map(access::Role::as_str).collect(),
        operators: operators.into_iter().map(|operator| operator.name).collect(),
        factors,
        passkeys: passkeys.into_iter().map(|kept| KeptPasskey::of(office, kept)).collect(),
        make,
        wrong,
        codes_left,
        codes_made: recovery_code::CODES,
    };
    if shown.make.is_some() { page_with_script(status, &shown) } else { page(status, &shown) }
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct CodesPage {
    around: Around,
    codes: Vec<String>,
}

/// Makes one's recovery codes anew and shows them, this once.
pub(super) async fn renew_codes(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    codes(&caller, recovery::renew(&office, &caller).await?)
}

/// Codes that were made, this once.
pub(super) fn codes(caller: &Caller, codes: Vec<String>) -> Result<Response, Problem> {
    page(StatusCode::CREATED, &CodesPage { around: Around::of(caller, Here::Account), codes })
}
