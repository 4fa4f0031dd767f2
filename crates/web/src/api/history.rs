//! The history of every thing that an office keeps: who did what, with before and after, latest first.

use access::Thing;
use axum::Json;
use axum::extract::{Path, State};
use cites::AgencyId;
use store::{By, Event, SubjectKind};
use utoipa::{IntoParams, ToSchema};

use super::view::PageView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::permit::may_to_permit;
use crate::deeds::stamps::stock_of;
use crate::deeds::{may_to_application, webhook};
use crate::problem::Problem;
use crate::sent::{Asked, id, page};

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

/// Of which office, and which page.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct OfOffice {
    /// The id of an office; one's own where it is left out.
    office: Option<String>,
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

/// Who changed an operator, and who may act for it.
#[utoipa::path(
    get, path = "/api/operators/{operator}/history", tag = "operators",
    params(("operator" = String, Path, description = "Its id."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_operator(
    State(office): State<Office>,
    caller: Caller,
    Path(operator): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    let record = super::operators::seen(&office, &caller, &operator).await?;
    events(&office, (SubjectKind::Operator, record.id.to_string()), &wanted).await
}

/// Who set and changed a quota; what was drawn of it stands in its moves.
#[utoipa::path(
    get, path = "/api/quotas/{quota}/history", tag = "quotas",
    params(("quota" = String, Path, description = "Its id."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_quota(
    State(office): State<Office>,
    caller: Caller,
    Path(quota): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    let loaded = super::quotas::seen(&office, &caller, &quota).await?;
    events(&office, (SubjectKind::Quota, loaded.quota.id.to_string()), &wanted).await
}

/// Who registered a breeding operation, nursery or scientific institution.
#[utoipa::path(
    get, path = "/api/establishments/{establishment}/history", tag = "establishments",
    params(("establishment" = String, Path, description = "Its id."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_establishment(
    State(office): State<Office>,
    caller: Caller,
    Path(establishment): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    caller.may(&Thing::house())?;
    let record = office.store().establishment(id(&establishment)?).await?.ok_or_else(Problem::not_found)?;
    events(&office, (SubjectKind::Establishment, record.id.to_string()), &wanted).await
}

/// Who let an account in, gave it roles, and changed how it signs in.
#[utoipa::path(
    get, path = "/api/users/{user}/history", tag = "users",
    params(("user" = String, Path, description = "The id of the account."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_user(
    State(office): State<Office>,
    caller: Caller,
    Path(user): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    let user = id(&user)?;
    caller.may(&Thing::account(user))?;
    let account = office.store().account(user).await?.ok_or_else(Problem::not_found)?;
    events(&office, (SubjectKind::Account, account.id.to_string()), &wanted).await
}

/// What was done to one's own account, and by whom.
#[utoipa::path(
    get, path = "/api/account/history", tag = "account", params(Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_own_account(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    caller.may_to_own_account()?;
    events(&office, (SubjectKind::Account, caller.actor.user.to_string()), &wanted).await
}

/// Who added and changed an agency.
#[utoipa::path(
    get, path = "/api/agencies/{agency}/history", tag = "agencies",
    params(("agency" = String, Path, description = "Its id."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_agency(
    State(office): State<Office>,
    caller: Caller,
    Path(agency): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    caller.may(&Thing::house())?;
    let record = office.store().agency(id(&agency)?).await?.ok_or_else(Problem::not_found)?;
    events(&office, (SubjectKind::Agency, record.agency.id.to_string()), &wanted).await
}

/// Who set the form of an office's numbers, and who kept its stamps; of one's own office, or the one that is named.
#[utoipa::path(
    get, path = "/api/stamps/history", tag = "stamps", params(OfOffice),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_stock(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<OfOffice>,
) -> Result<Json<PageView<EventView>>, Problem> {
    caller.reach()?;
    let told: Option<AgencyId> = wanted.office.as_deref().map(id).transpose()?;
    let agency = told.or(caller.actor.agency);
    let agency = agency.ok_or_else(|| Problem::unreadable("you are of no office; name one as `office`"))?;
    caller.may(&stock_of(agency))?;
    let OfOffice { after, most, .. } = wanted;
    events(&office, (SubjectKind::Office, agency.to_string()), &Wanted { after, most }).await
}

/// Who made and changed a webhook.
#[utoipa::path(
    get, path = "/api/webhooks/{webhook}/history", tag = "webhooks",
    params(("webhook" = String, Path, description = "Its id."), Wanted),
    responses((status = 200, description = "A page of the history.", body = PageView<EventView>))
)]
pub(super) async fn of_webhook(
    State(office): State<Office>,
    caller: Caller,
    Path(webhook): Path<String>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<EventView>>, Problem> {
    let record = webhook::seen(&office, &caller, &webhook).await?;
    events(&office, (SubjectKind::Webhook, record.id.to_string()), &wanted).await
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
