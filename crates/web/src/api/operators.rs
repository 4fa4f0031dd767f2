//! Operators: who applies and holds permits, and the people who act for them.

use access::{Owner, Thing};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use cites::{Country, OperatorId, UserId};
use store::{OperatorRecord, Sight};
use utoipa::{IntoParams, ToSchema};

use super::answer::saved;
use super::view::PageView;
use crate::Office;
use crate::caller::Caller;
use crate::house::operators::{self, thing};
use crate::once::{IdempotencyKey, IfMatch, Sent, tagged};
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

/// An operator.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct OperatorView {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// Its name, as on its papers.
    name: String,
    /// The code of the country where it is (ISO 3166-1).
    country: String,
    /// Its address.
    address: String,
    /// The id of the office that keeps its record; absent where it registered itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
}

impl OperatorView {
    fn of(record: &OperatorRecord) -> OperatorView {
        OperatorView {
            id: record.id.to_string(),
            version: record.version.0,
            name: record.name.clone(),
            country: record.country.to_string(),
            address: record.address.clone(),
            agency: record.agency.map(|agency| agency.to_string()),
        }
    }
}

/// An operator with the people who act for it.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct OperatorWithAgents {
    /// The operator.
    #[serde(flatten)]
    operator: OperatorView,
    /// The ids of the accounts that act for it.
    agents: Vec<String>,
}

/// An operator that is to be kept.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenOperator {
    /// Its name, as on its papers.
    name: String,
    /// The code of the country where it is (ISO 3166-1).
    country: String,
    /// Its address.
    address: String,
}

impl WrittenOperator {
    fn read(self) -> Result<operators::Written, Problem> {
        let country = self.country.parse::<Country>();
        let country = country.map_err(|error| Problem::refused(error.to_string()))?;
        Ok(operators::Written { name: self.name, country, address: self.address })
    }
}

/// Who is to act for an operator.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Appointment {
    /// What they sign in with.
    login: String,
}

pub(super) async fn seen(office: &Office, caller: &Caller, written: &str) -> Result<OperatorRecord, Problem> {
    let operator: OperatorId = id(written)?;
    let record = office.store().operator(operator).await?.ok_or_else(Problem::not_found)?;
    caller.may(&thing(operator, record.agency))?;
    Ok(record)
}

/// Lists the operators that one may see, by name.
#[utoipa::path(
    get, path = "/api/operators", tag = "operators", params(Wanted),
    responses((status = 200, description = "A page of the list.", body = PageView<OperatorView>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<OperatorView>>, Problem> {
    let sight = Sight::of(&caller.actor, caller.reach()?);
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let found = office.store().operators(&sight, after.as_ref(), most).await?;
    Ok(Json(PageView::of(found, |record| OperatorView::of(&record))))
}

/// One operator, with the people who act for it.
#[utoipa::path(
    get, path = "/api/operators/{operator}", tag = "operators",
    params(("operator" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The operator.", body = OperatorWithAgents))
)]
pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(operator): Path<String>,
) -> Result<Response, Problem> {
    let record = seen(&office, &caller, &operator).await?;
    let agents = office.store().agents_of(record.id).await?;
    let view = OperatorWithAgents {
        operator: OperatorView::of(&record),
        agents: agents.iter().map(ToString::to_string).collect(),
    };
    Ok(tagged(record.version, view))
}

/// Registers an operator: at the counter for the office, else as one's own, for which one acts from then on.
#[utoipa::path(
    post, path = "/api/operators", tag = "operators", request_body = WrittenOperator, params(IdempotencyKey),
    responses((status = 201, description = "The operator.", body = OperatorView))
)]
pub(super) async fn register(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    let agency = caller.actor.agency;
    // What is registered is one's own, or one's agency's, from the beginning.
    let owner = if agency.is_some() { Owner::House } else { Owner::Account(caller.actor.user) };
    caller.may(&Thing { owner, charge: agency, ..Thing::default() })?;
    let written = sent.body::<WrittenOperator>()?.read()?;
    let agent = agency.is_none().then_some(caller.actor.user);
    let deed = operators::register(&office, caller.by(), written, (agency, agent));
    saved(&office, &caller, (&sent, 201), deed, OperatorView::of).await
}

/// Writes an operator anew. Papers that were issued to it stay as they are.
#[utoipa::path(
    put, path = "/api/operators/{operator}", tag = "operators", request_body = WrittenOperator,
    params(("operator" = String, Path, description = "Its id."), IfMatch),
    responses((status = 200, description = "The operator as it is now.", body = OperatorView))
)]
pub(super) async fn edit(
    State(office): State<Office>,
    caller: Caller,
    Path(operator): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let record = seen(&office, &caller, &operator).await?;
    let which = (record.id, sent.seen()?);
    let written = sent.body::<WrittenOperator>()?.read()?;
    let deed = operators::edit(&office, caller.by(), which, written);
    saved(&office, &caller, (&sent, 200), deed, OperatorView::of).await
}

/// Lets somebody who applies act for an operator.
#[utoipa::path(
    post, path = "/api/operators/{operator}/agents", tag = "operators", request_body = Appointment,
    params(("operator" = String, Path, description = "Its id."), IdempotencyKey),
    responses((status = 201, description = "The operator.", body = OperatorView))
)]
pub(super) async fn appoint(
    State(office): State<Office>,
    caller: Caller,
    Path(operator): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let record = seen(&office, &caller, &operator).await?;
    let login = sent.body::<Appointment>()?.login;
    let deed = operators::appoint(&office, caller.by(), record.id, &login);
    saved(&office, &caller, (&sent, 201), deed, OperatorView::of).await
}

/// Has somebody act for an operator no more.
#[utoipa::path(
    delete, path = "/api/operators/{operator}/agents/{agent}", tag = "operators",
    params(
        ("operator" = String, Path, description = "Its id."),
        ("agent" = String, Path, description = "The id of the account."),
    ),
    responses((status = 200, description = "The operator.", body = OperatorView))
)]
pub(super) async fn dismiss(
    State(office): State<Office>,
    caller: Caller,
    Path((operator, agent)): Path<(String, String)>,
) -> Result<Json<OperatorView>, Problem> {
    let record = seen(&office, &caller, &operator).await?;
    let agent: UserId = id(&agent)?;
    let dismissed = operators::dismiss(&office, caller.by(), record.id, agent).await?.done().await?;
    Ok(Json(OperatorView::of(&dismissed)))
}
