//! What is done with the paper of a permit (printed, handed over, its endorsed copy filed), and its amendment.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::Response;
use cites::{Day, Quantity};
use utoipa::ToSchema;

use super::answer::permit_done;
use super::view::PermitView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::amendment::{self, AmendedLine, Amendment};
use crate::deeds::permit::{self, Note, may_to_permit};
use crate::once::{IdempotencyKey, IfMatch, Sent};
use crate::problem::Problem;

/// A wish for another content.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AmendmentRequest {
    /// What the permit shall say instead.
    wanted: String,
    /// Why.
    why: String,
}

/// What the permit that takes the place of this one says instead.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AmendmentDecision {
    /// The reason, which the new permit's history and the holder are told.
    reason: String,
    /// Its last day, no later than that of this one, which it is where none is told.
    #[schema(value_type = Option<String>)]
    last_day: Option<Day>,
    /// Fields of the head by their words: names and addresses of the parties, port, crossing, remarks.
    #[serde(default)]
    head: BTreeMap<String, String>,
    /// Lines that say something else; the others are taken over with what is left of them.
    #[serde(default)]
    lines: Vec<LineDecision>,
}

/// What a line says instead.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AmendedLine)]
struct LineDecision {
    /// The line of this permit, from 1.
    line: u32,
    /// How much, no more than is left; all that is left where it is not told.
    #[schema(value_type = Option<String>)]
    quantity: Option<Quantity>,
    /// Fields by their words: marks, remarks.
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

impl From<AmendmentDecision> for Amendment {
    fn from(decision: AmendmentDecision) -> Amendment {
        let line = |line: LineDecision| AmendedLine {
            line: line.line,
            quantity: line.quantity,
            fields: line.fields.into_iter().collect(),
        };
        Amendment {
            reason: decision.reason,
            last_day: decision.last_day,
            head: decision.head.into_iter().collect(),
            lines: decision.lines.into_iter().map(line).collect(),
        }
    }
}

/// Notes that a permit was printed.
#[utoipa::path(
    post, path = "/api/permits/{permit}/printing", tag = "permits",
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn print(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    note(&office, &caller, (&permit, &sent), Note::Printed).await
}

/// Notes that a permit was handed over.
#[utoipa::path(
    post, path = "/api/permits/{permit}/hand-over", tag = "permits",
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn hand_over(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    note(&office, &caller, (&permit, &sent), Note::HandedOver).await
}

/// Files the copy that the border endorsed, as its holder.
#[utoipa::path(
    post, path = "/api/permits/{permit}/endorsed-copy", tag = "permits",
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn file_copy(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    note(&office, &caller, (&permit, &sent), Note::CopyFiled).await
}

async fn note(
    office: &Office,
    caller: &Caller,
    (written, sent): (&str, &Sent),
    note: Note,
) -> Result<Response, Problem> {
    let id = may_to_permit(office, caller, written).await?;
    let deed = permit::note(office, caller, (id, sent.seen()?), note);
    permit_done(office, caller, (sent, 200), deed).await
}

/// Asks for another content of a permit.
#[utoipa::path(
    post, path = "/api/permits/{permit}/amendment-request", tag = "permits", request_body = AmendmentRequest,
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn ask_amendment(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = may_to_permit(&office, &caller, &permit).await?;
    let (seen, body) = (sent.seen()?, sent.body::<AmendmentRequest>()?);
    let deed = amendment::ask(&office, &caller, (id, seen), (&body.wanted, &body.why));
    permit_done(&office, &caller, (&sent, 200), deed).await
}

/// Replaces a permit by the next one of the office, with what is left of it.
#[utoipa::path(
    post, path = "/api/permits/{permit}/amendment", tag = "permits", request_body = AmendmentDecision,
    params(("permit" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 201, description = "The permit that took its place.", body = PermitView))
)]
pub(super) async fn amend(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = may_to_permit(&office, &caller, &permit).await?;
    let (seen, amendment) = (sent.seen()?, Amendment::from(sent.body::<AmendmentDecision>()?));
    let deed = amendment::amend(&office, &caller, (id, seen), &amendment);
    permit_done(&office, &caller, (&sent, 201), deed).await
}
