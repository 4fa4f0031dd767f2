//! Signing on through an issuer: the way there and back.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::local::Local;
use super::sign_in::{self, Wanted};
use crate::Office;
use crate::entry::{session, sign_on};
use crate::problem::Problem;
use crate::sent::{Asked, Sender};
use crate::sign_on::Returned;

/// Leads to the issuer.
pub(super) async fn lead(
    State(office): State<Office>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let next = Local::or_start(&wanted.next);
    match sign_on::lead(&office, next.as_str()).await {
        Ok(led) => {
            let mut response = Redirect::to(&led.to).into_response();
            session::set_cookie(&mut response, led.cookie);
            Ok(response)
        }
        Err(problem) => sign_in::again(&office, problem, String::new(), &next),
    }
}

/// Lets in who comes back.
pub(super) async fn back(
    State(office): State<Office>,
    headers: HeaderMap,
    sender: Sender,
    Asked(returned): Asked<Returned>,
) -> Result<Response, Problem> {
    let mut response = match sign_on::back(&office, &headers, &returned, sender).await {
        Ok((begun, next)) => sign_in::go_on(&office, &begun, &Local::or_start(&next)),
        Err(problem) => sign_in::again(&office, problem, String::new(), &Local::start())?,
    };
    // A secret answers once.
    if let Some(forgotten) = sign_on::forgotten(&office) {
        response.headers_mut().append(header::SET_COOKIE, forgotten);
    }
    Ok(response)
}
