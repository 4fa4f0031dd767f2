//! The history of an application, a permit and a foreign paper: who did what, with before and after, latest first.

use axum::Json;
use axum::extract::{Path, State};
use store::{By, Event, SubjectKind};
use utoipa::{IntoParams, ToSchema};

use super::view::PageView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::may_to_application;
use crate::deeds::permit::may_to_permit;
use crate::problem::Problem;
use crate::sent::{Asked, page};

/// Which page.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// A deed as it was done.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct EventView {
    /// Its id.
    id: String,
    /// When.
    at: String,
    /// The word of the deed.
    deed: &'static str,
    /// The id of the person; absent where the system did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    /// The id of their agency then.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// The words of their roles then.
    roles: Vec<&'static str>,
    /// Whether they acted by a token.
    by_token: bool,
    /// The name of the job, where the system did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<String>,
    /// The version after the deed.
    version: i64,
    /// As it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    before: Option<serde_json::Value>,
    /// As it was after.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    after: Option<serde_json::Value>,
}

impl EventView {
    fn of(Event { at, done }: Event) -> EventView {
        let (id, deed, version) = (done.id.to_string(), done.deed.as_str(), done.subject.version.0);
        let (user, agency, roles, by_token, job) = match done.by {
            By::Person { user, agency, roles, token } => (Some(user), agency, roles, token.is_some(), None),
            By::Job(job) => (None, None, access::RoleSet::EMPTY, false, Some(job)),
        };
        EventView {
            id,
            at: at.to_string(),
            deed,
            user: user.map(|user| user.to_string()),
            agency: agency.map(|agency| agency.to_string()),
            roles: roles.iter().map(access::Role::as_str).collect(),
            by_token,
            job,
            version,
            before: done.before,
            after: done.after,
        }
    }
}

/// Who did what to an application; the issue of its permit is told here.
#[utoipa::path(
    get, path = "/api/applications/{application}/history", tag = "applications",
    params(("application" = String, Path, description = "Its id."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_application(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    let id = may_to_application(&office, &caller, &application).await?;
    events(&office, (SubjectKind::Application, id.to_string()), &wanted).await
}

/// Who did what to a permit since its issue.
#[utoipa::path(
    get, path = "/api/permits/{permit}/history", tag = "permits",
    params(("permit" = String, Path, description = "Its id."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_permit(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    let id = may_to_permit(&office, &caller, &permit).await?;
    events(&office, (SubjectKind::Permit, id.to_string()), &wanted).await
}

/// Who registered and used a paper of another country, with what was presented and found.
#[utoipa::path(
    get, path = "/api/foreign-papers/{paper}/history", tag = "foreign papers",
    params(("paper" = String, Path, description = "Its id."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_foreign_paper(
    State(office): State<Office>,
    caller: Caller,
    Path(paper): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    let paper = super::foreign::known(&office, &caller, &paper).await?;
    events(&office, (SubjectKind::ForeignPaper, paper.id.to_string()), &wanted).await
}

async fn events(
    office: &Office,
    (kind, id): (SubjectKind, String),
    wanted: &Wanted,
) -> Result<Json<PageView<EventView>>, Problem> {
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let found = office.store().events_of(kind, &id, after.as_ref(), most).await?;
    Ok(Json(PageView::of(found, EventView::of)))
}
