//! What is done on a permit after it was issued: endorsements at the border, and its end.

use axum::extract::{Path, State};
use axum::response::Response;
use cites::{Day, Quantity};
use utoipa::ToSchema;

use super::answer::permit_done;
use super::view::PermitView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::permit::{self, Crossed, End, may_to_permit};
use crate::once::{IdempotencyKey, IfMatch, Sent};
use crate::problem::Problem;

/// What crossed on a line.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Endorsement {
    /// The line of the permit, from 1.
    line: u32,
    /// How much, such as `3 NAR`.
    #[schema(value_type = String)]
    quantity: Quantity,
    /// The day; today where it is not told.
    #[schema(value_type = Option<String>)]
    day: Option<Day>,
    /// The port.
    port: String,
}

/// A cancellation.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Cancellation {
    /// The reason.
    reason: String,
}

/// Endorses a permit with what crossed on a line.
#[utoipa::path(
    post, path = "/api/permits/{permit}/endorsements", tag = "permits", request_body = Endorsement,
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn endorse(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = may_to_permit(&office, &caller, &permit).await?;
    let (seen, body) = (sent.seen()?, sent.body::<Endorsement>()?);
    let day = body.day.unwrap_or_else(|| office.today());
    let crossed = Crossed { line: body.line, quantity: body.quantity, day, port: body.port };
    permit_done(&office, &caller, (&sent, 200), permit::endorse(&office, &caller, (id, seen), &crossed)).await
}

/// Cancels a permit; what is left of it is free again.
#[utoipa::path(
    post, path = "/api/permits/{permit}/cancellation", tag = "permits", request_body = Cancellation,
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn cancel(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = may_to_permit(&office, &caller, &permit).await?;
    let (seen, body) = (sent.seen()?, sent.body::<Cancellation>()?);
    let deed = permit::end(&office, &caller, (id, seen), End::Cancelled(body.reason));
    permit_done(&office, &caller, (&sent, 200), deed).await
}

/// Reports a permit lost, stolen or destroyed.
#[utoipa::path(
    post, path = "/api/permits/{permit}/loss", tag = "permits",
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn lose(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = may_to_permit(&office, &caller, &permit).await?;
    let deed = permit::end(&office, &caller, (id, sent.seen()?), End::Lost);
    permit_done(&office, &caller, (&sent, 200), deed).await
}

/// Takes the endorsed copy, or the unused permit, back at the counter.
#[utoipa::path(
    post, path = "/api/permits/{permit}/return", tag = "permits",
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn take_back(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = may_to_permit(&office, &caller, &permit).await?;
    let deed = permit::end(&office, &caller, (id, sent.seen()?), End::Returned);
    permit_done(&office, &caller, (&sent, 200), deed).await
}
