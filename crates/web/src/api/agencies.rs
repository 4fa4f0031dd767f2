//! Agencies, and how an office numbers its permits.

use access::{Authority, Thing};
use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use cites::AgencyId;
use permits::NumberForm;
use store::{AgencyRecord, NumberSeries};
use utoipa::ToSchema;

use super::answer::saved;
use crate::Office;
use crate::caller::Caller;
use crate::house::agencies;
use crate::once::{IdempotencyKey, IfMatch, Sent, tagged};
use crate::problem::Problem;
use crate::sent::id;

/// An agency.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct AgencyView {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// Its name.
    name: String,
    /// What it is: management, scientific, forestry, fishery, port, enforcement.
    authorities: Vec<&'static str>,
    /// Where its authority is documented; absent where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

impl AgencyView {
    fn of(record: &AgencyRecord) -> AgencyView {
        let agency = &record.agency;
        AgencyView {
            id: agency.id.to_string(),
            version: record.version.0,
            name: agency.name.clone(),
            authorities: agency.authorities.iter().map(|authority| authority.as_str()).collect(),
            source: agency.source.clone(),
        }
    }
}

/// An agency that is to be kept.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenAgency {
    /// Its name.
    name: String,
    /// What it is: management, scientific, forestry, fishery, port, enforcement.
    authorities: Vec<String>,
    /// Where its authority is documented, where that is known.
    source: Option<String>,
}

impl WrittenAgency {
    fn read(self) -> Result<agencies::Written, Problem> {
        let authorities = self.authorities.iter().map(|word| word.parse::<Authority>());
        let authorities = authorities.collect::<Result<Vec<_>, _>>();
        let authorities = authorities.map_err(|error| Problem::refused(error.to_string()))?;
        Ok(agencies::Written { name: self.name, authorities, source: self.source })
    }
}

/// How an office writes the numbers of its permits.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct NumbersView {
    /// The id of the office.
    agency: String,
    /// Grows with each change; 0 where there is no form yet.
    version: i64,
    /// The form, such as `CN/UR/{year}/{serial:6}`; absent where there is none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<String>,
}

impl NumbersView {
    fn of(series: &NumberSeries) -> NumbersView {
        let form = Some(series.form.to_string());
        NumbersView { agency: series.office.to_string(), version: series.version.0, form }
    }
}

/// A form of numbers that is to be kept.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenNumbers {
    /// Text with `{year}` and `{serial}`, or `{serial:6}` for a serial number of six digits.
    form: String,
}

/// Lists the agencies by name.
#[utoipa::path(
    get, path = "/api/agencies", tag = "agencies",
    responses((status = 200, description = "All agencies.", body = Vec<AgencyView>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
) -> Result<Json<Vec<AgencyView>>, Problem> {
    caller.may(&Thing::house())?;
    Ok(Json(office.store().agencies().await?.iter().map(AgencyView::of).collect()))
}

/// Adds an agency.
#[utoipa::path(
    post, path = "/api/agencies", tag = "agencies", request_body = WrittenAgency, params(IdempotencyKey),
    responses((status = 201, description = "The agency.", body = AgencyView))
)]
pub(super) async fn add(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.may(&Thing::house())?;
    let written = sent.body::<WrittenAgency>()?.read()?;
    let deed = agencies::add(&office, caller.by(), written);
    saved(&office, &caller, (&sent, 201), deed, AgencyView::of).await
}

/// Writes an agency anew.
#[utoipa::path(
    put, path = "/api/agencies/{agency}", tag = "agencies", request_body = WrittenAgency,
    params(("agency" = String, Path, description = "Its id."), IfMatch),
    responses((status = 200, description = "The agency as it is now.", body = AgencyView))
)]
pub(super) async fn change(
    State(office): State<Office>,
    caller: Caller,
    Path(agency): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.may(&Thing::house())?;
    let which = (id::<AgencyId>(&agency)?, sent.seen()?);
    let written = sent.body::<WrittenAgency>()?.read()?;
    let deed = agencies::change(&office, caller.by(), which, written);
    saved(&office, &caller, (&sent, 200), deed, AgencyView::of).await
}

/// How an office writes the numbers of its permits.
#[utoipa::path(
    get, path = "/api/agencies/{agency}/numbers", tag = "agencies",
    params(("agency" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The form of its numbers.", body = NumbersView))
)]
pub(super) async fn numbers(
    State(office): State<Office>,
    caller: Caller,
    Path(agency): Path<String>,
) -> Result<Response, Problem> {
    caller.may(&Thing::house())?;
    let agency: AgencyId = id(&agency)?;
    office.store().agency(agency).await?.ok_or_else(Problem::not_found)?;
    let view = match office.store().number_series(agency).await? {
        Some(series) => NumbersView::of(&series),
        None => NumbersView { agency: agency.to_string(), version: 0, form: None },
    };
    Ok(tagged(store::Version(view.version), view))
}

/// Sets how an office writes the numbers of its permits. Numbers that were given stay as they are.
#[utoipa::path(
    put, path = "/api/agencies/{agency}/numbers", tag = "agencies", request_body = WrittenNumbers,
    params(("agency" = String, Path, description = "Its id."), IfMatch),
    responses((status = 200, description = "The form as it is now.", body = NumbersView))
)]
pub(super) async fn set_numbers(
    State(office): State<Office>,
    caller: Caller,
    Path(agency): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.may(&Thing::house())?;
    let which = (id::<AgencyId>(&agency)?, sent.seen()?);
    let written = sent.body::<WrittenNumbers>()?.form.parse::<NumberForm>();
    let form = written.map_err(|error| Problem::refused(error.to_string()))?;
    let deed = agencies::set_numbers(&office, caller.by(), which, form);
    saved(&office, &caller, (&sent, 200), deed, NumbersView::of).await
}
