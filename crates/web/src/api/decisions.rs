//! The decision on an application, and the permit that is issued on a grant.

use axum::extract::{Path, State};
use axum::response::Response;
use cites::{Day, Quantity, QuotaId};
use permits::application::LineDecision;
use utoipa::ToSchema;

use super::answer::{asking, done, permit_done};
use super::applications::ApplicationView;
use super::view::PermitView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::permit::Issuing;
use crate::deeds::{decision, permit};
use crate::once::{IdempotencyKey, IfMatch, Sent};
use crate::problem::Problem;

/// A grant, whole or in part.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    /// The lines that are granted; what is not named is not.
    lines: Vec<DecidedLine>,
    /// Why, for the whole of it. A line that the law forbids or leaves to a person is granted with reasons only, its own
    /// or these.
    reasons: Option<String>,
}

/// What is granted of a line.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DecidedLine {
    /// The line of what is asked, from 1.
    line: u32,
    /// How much, such as `5 NAR`; as much as is asked where it is not told.
    #[schema(value_type = Option<String>)]
    quantity: Option<Quantity>,
    /// The id of the quota on which it is reserved.
    #[schema(value_type = Option<String>)]
    quota: Option<QuotaId>,
    /// Why, for this line.
    reasons: Option<String>,
}

/// A refusal.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Refusal {
    /// The reasons, which the applicant is told.
    reasons: String,
}

/// How long the permit is good, and which stamp is put on it.
#[derive(Debug, Default, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Issue {
    /// Its last day; as long as its kind may be good where it is not told.
    #[schema(value_type = Option<String>)]
    last_day: Option<Day>,
    /// The number of the security stamp that is put on it, out of the stock of the office.
    stamp: Option<u64>,
}

/// Grants an application, which reserves what its lines name a quota for.
#[utoipa::path(
    post, path = "/api/applications/{application}/decision", tag = "applications", request_body = Decision,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn grant(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<Decision>).await?;
    let line = |line: &DecidedLine| LineDecision {
        line: line.line,
        quantity: line.quantity,
        quota: line.quota,
        reasons: line.reasons.as_deref().map(Box::from),
    };
    let lines: Vec<LineDecision> = asking.body.lines.iter().map(line).collect();
    let deed = decision::grant(&office, &caller, asking.which, (&lines, asking.body.reasons.as_deref()));
    done(&office, &caller, &sent, deed).await
}

/// Refuses an application with reasons.
#[utoipa::path(
    post, path = "/api/applications/{application}/refusal", tag = "applications", request_body = Refusal,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn refuse(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<Refusal>).await?;
    let deed = decision::refuse(&office, &caller, asking.which, &asking.body.reasons);
    done(&office, &caller, &sent, deed).await
}

/// Issues the permit of a grant, under the next number of the office.
#[utoipa::path(
    post, path = "/api/applications/{application}/permit", tag = "applications", request_body = Issue,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 201, description = "The permit as it is now.", body = PermitView))
)]
pub(super) async fn issue(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body_or_none::<Issue>).await?;
    let Issue { last_day, stamp } = asking.body;
    let deed = permit::issue(&office, &caller, asking.which, Issuing { last_day, stamp });
    permit_done(&office, &caller, (&sent, 201), deed).await
}
