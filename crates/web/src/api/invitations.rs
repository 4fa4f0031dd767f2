//! One-time links: the first administrator of an office, a new account, a password that was lost.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa::ToSchema;

use crate::Office;
use crate::entry::invitation;
use crate::problem::Problem;
use crate::sent::Body;

/// Who holds a link, and the password that they choose.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Acceptance {
    /// What stands at the end of the link.
    #[schema(max_length = 200)]
    secret: String,
    /// The password: twelve characters or more.
    #[schema(max_length = 1024)]
    password: String,
}

/// Sets the password of an account by its one-time link, which then holds no longer. Sessions of the account end.
#[utoipa::path(
    post, path = "/api/invitations/acceptance", tag = "session", request_body = Acceptance,
    responses((status = 204, description = "The password is set; sign in with it."))
)]
pub(super) async fn accept(
    State(office): State<Office>,
    Body(accepted): Body<Acceptance>,
) -> Result<StatusCode, Problem> {
    invitation::accept(&office, &accepted.secret, &accepted.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
