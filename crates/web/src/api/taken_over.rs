//! Permits that an office issued before it had this program, out of its table.

use access::{Owner, Thing};
use axum::Json;
use axum::extract::State;
use permits::taken_over::State as PermitState;
use utoipa::{IntoParams, ToSchema};

use super::view::FileBytes;
use crate::Office;
use crate::aside::aside;
use crate::caller::Caller;
use crate::house::taken_over::{Became, Desk, Outcome, read_file, told_of_rows};
use crate::once::Sent;
use crate::problem::Problem;
use crate::sent::Asked;
use crate::tables::Place;

/// A state that stands for an untold one.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UntoldState {
    Issued,
    Cancelled,
    Replaced,
    Lost,
    Returned,
}

impl UntoldState {
    const fn state(self) -> PermitState {
        match self {
            UntoldState::Issued => PermitState::Issued,
            UntoldState::Cancelled => PermitState::Cancelled,
            UntoldState::Replaced => PermitState::Replaced,
            UntoldState::Lost => PermitState::Lost,
            UntoldState::Returned => PermitState::Returned,
        }
    }
}

/// How the table is read.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// What a permit is whose row tells no state.
    #[param(inline)]
    untold_state: Option<UntoldState>,
}

/// What became of a permit or a row.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct OutcomeView {
    /// The number of the permit, as far as it was read.
    number: String,
    /// known, refused, doubt or waits.
    outcome: &'static str,
    /// The first row of the permit, or the row that waits.
    row: u32,
    /// Why.
    reason: String,
}

/// What became of a table of permits.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct TakenOverView {
    /// The sheet of the workbook: the first one that is shown and whose headings are understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    /// The doubt about the encoding of a text, where no mark told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    /// How many permits were taken over.
    taken: usize,
    /// How many were here already, and were passed over.
    known: usize,
    /// What is to be looked at: all but what was taken.
    rows: Vec<OutcomeView>,
}

impl TakenOverView {
    fn of(place: Place, outcomes: Vec<Outcome>) -> TakenOverView {
        let (sheet, encoding) = match place {
            Place::Sheet(sheet) => (Some(sheet), None),
            Place::Text(encoding) => (None, encoding),
        };
        let count = |became| outcomes.iter().filter(|outcome| outcome.became == became).count();
        let (taken, known) = (count(Became::Taken), count(Became::Known));
        let told = outcomes.into_iter().filter(|outcome| outcome.became != Became::Taken);
        let rows = told.map(|Outcome { number, became, row, reason }| OutcomeView {
            number,
            outcome: became.as_str(),
            row,
            reason,
        });
        TakenOverView { sheet, encoding, taken, known, rows: rows.collect() }
    }
}

/// Takes over permits that one's office issued before, out of a workbook (.xlsx) or a table as text. Each permit is taken
/// whole, in a deed of its own, and one that is here already is passed over, so that the same table may be handed in again;
/// the request bears no key for it.
#[utoipa::path(
    post, path = "/api/permits/import", tag = "permits",
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The file."),
    params(Wanted),
    responses((status = 200, description = "What became of each permit.", body = TakenOverView))
)]
pub(super) async fn import(
    State(office): State<Office>,
    caller: Caller,
    wanted: Result<Asked<Wanted>, Problem>,
    sent: Sent,
) -> Result<Json<TakenOverView>, Problem> {
    let agency = caller.actor.agency;
    caller.may(&Thing { owner: Owner::House, charge: agency, ..Thing::default() })?;
    let agency = agency.ok_or_else(Problem::not_found)?;
    let Asked(wanted) = wanted?;
    let (reader, bytes) = (office.clone(), sent.bytes().clone());
    let (found, place) = aside(move || read_file(&reader, &bytes)).await??;
    let untold = wanted.untold_state.map(UntoldState::state);
    let mut desk = Desk::of(&office, agency, office.law().country, untold).await?;
    let mut outcomes = Vec::new();
    for permit in &found.permits {
        outcomes.push(desk.handle(caller.by(), permit).await?);
    }
    outcomes.extend(told_of_rows(&found));
    Ok(Json(TakenOverView::of(place, outcomes)))
}
