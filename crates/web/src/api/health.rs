//! Whether the program runs, and whether it can work.

use axum::extract::State;
use axum::http::StatusCode;

use crate::Office;
use crate::problem::Problem;

/// Whether the program runs.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 204, description = "It runs.")))]
pub(super) async fn healthz() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Whether the program can work: its database answers.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 204, description = "It can work.")))]
pub(super) async fn readyz(State(office): State<Office>) -> Result<StatusCode, Problem> {
    office.store().answers().await?;
    Ok(StatusCode::NO_CONTENT)
}
