//! Signing in and out: the password, then the second factor.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use utoipa::ToSchema;

use crate::Office;
use crate::caller::Caller;
use crate::entry::{second_factor, session};
use crate::problem::Problem;
use crate::sent::{Body, Sender};

/// Who wants to sign in.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// The name of the account.
    #[schema(max_length = 254)]
    login: String,
    /// Its password.
    #[schema(max_length = 1024)]
    password: String,
}

/// A session that has begun.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct Begun {
    /// Whether the second factor must be shown before anything else.
    second_factor_due: bool,
    /// Whether a second factor is set up; where one is due and none is, set it up.
    second_factor_set_up: bool,
}

/// Signs in with a password. The answer sets the cookie of the session.
#[utoipa::path(
    post, path = "/api/session", tag = "session", request_body = SignIn,
    responses((status = 200, description = "The session has begun.", body = Begun))
)]
pub(super) async fn begin(
    State(office): State<Office>,
    sender: Sender,
    Body(sign_in): Body<SignIn>,
) -> Result<Response, Problem> {
    let begun = session::begin(&office, &sign_in.login, &sign_in.password, sender).await?;
    let view = Begun {
        second_factor_due: begun.is_second_factor_due,
        second_factor_set_up: begun.is_second_factor_set_up,
    };
    let mut response = Json(view).into_response();
    session::set_cookie(&mut response, office.cookie(&begun.secret));
    Ok(response)
}

/// The second factor, shown.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondFactor {
    /// The six digits that the program on the phone shows, or a recovery code.
    #[schema(max_length = 40)]
    code: String,
}

/// Shows the second factor. The answer sets the cookie anew.
#[utoipa::path(
    post, path = "/api/session/second-factor", tag = "session", request_body = SecondFactor,
    responses((status = 204, description = "The session holds for everything that its account may."))
)]
pub(super) async fn second_factor(
    State(office): State<Office>,
    caller: Caller,
    sender: Sender,
    Body(shown): Body<SecondFactor>,
) -> Result<Response, Problem> {
    let secret = second_factor::show(&office, &caller, &shown.code, &sender).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    session::set_cookie(&mut response, office.cookie(&secret));
    Ok(response)
}

/// Signs out: ends the session of this request.
#[utoipa::path(
    delete, path = "/api/session", tag = "session",
    responses((status = 204, description = "The session has ended."))
)]
pub(super) async fn end(State(office): State<Office>, caller: Caller) -> Result<Response, Problem> {
    session::end(&office, &caller).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    session::set_cookie(&mut response, office.no_cookie());
    Ok(response)
}
