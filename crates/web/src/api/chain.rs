//! The chain of an application from its submission to its acceptance, and its withdrawal.

use axum::extract::{Path, State};
use axum::response::Response;
use cites::AgencyId;
use permits::application::asked::Asked;
use utoipa::ToSchema;

use super::answer::{asking, done};
use super::applications::ApplicationView;
use super::reviews::SideWord;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::chain::{self, Department};
use crate::once::{IdempotencyKey, IfMatch, Sent};
use crate::problem::Problem;

/// Where an application is handed in.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Submission {
    /// The id of an office of the Management Authority.
    agency: String,
    /// The State department that is to review it first, where it shares the system.
    department: Option<NamedDepartment>,
}

/// A State department that shares the system.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedDepartment {
    /// The id of its agency; on a side where the province reviews first, of the province's.
    #[schema(value_type = String)]
    agency: AgencyId,
    /// Its side.
    side: SideWord,
}

fn named(department: Option<NamedDepartment>) -> Option<Department> {
    department.map(|department| (department.agency, department.side.side()))
}

/// The one notice of everything that is missing.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoticeOfDefects {
    /// Every defect, in words for the applicant.
    #[schema(value_type = Vec<String>)]
    defects: Vec<Box<str>>,
}

/// The answer to the notice.
#[derive(Debug, Default, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// What is asked, written anew in the form in which it is kept; absent where it stays.
    #[schema(value_type = Option<Object>)]
    draft: Option<Asked>,
    /// The State department that is to review it first, where it shares the system and none has yet.
    department: Option<NamedDepartment>,
}

/// Hands an application in.
#[utoipa::path(
    post, path = "/api/applications/{application}/submission", tag = "applications", request_body = Submission,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn submit(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<Submission>).await?;
    let agency = asking.body.agency.parse().map_err(|error| Problem::refused_by(&error))?;
    let to = (agency, named(asking.body.department));
    done(&office, &caller, &sent, chain::submit(&office, &caller, asking.which, to)).await
}

/// Tells everything that is missing, once and in full.
#[utoipa::path(
    post, path = "/api/applications/{application}/notice", tag = "applications", request_body = NoticeOfDefects,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn notify(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<NoticeOfDefects>).await?;
    done(&office, &caller, &sent, chain::notify(&office, &caller, asking.which, asking.body.defects)).await
}

/// Answers the notice of defects.
#[utoipa::path(
    post, path = "/api/applications/{application}/answer", tag = "applications", request_body = Answer,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn answer(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body_or_none::<Answer>).await?;
    let Answer { draft, department } = asking.body;
    let answer = (draft.as_ref(), named(department));
    done(&office, &caller, &sent, chain::answer(&office, &caller, asking.which, answer)).await
}

/// Accepts an application as complete, which starts the clock of the decision.
#[utoipa::path(
    post, path = "/api/applications/{application}/acceptance", tag = "applications",
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn accept(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), |_| Ok(())).await?;
    done(&office, &caller, &sent, chain::accept(&office, &caller, asking.which)).await
}

/// Takes an application back.
#[utoipa::path(
    post, path = "/api/applications/{application}/withdrawal", tag = "applications",
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn withdraw(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), |_| Ok(())).await?;
    done(&office, &caller, &sent, chain::withdraw(&office, &caller, asking.which)).await
}
