//! Permits: lists of those that one may see, and one of them with what is left of it.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use store::{PermitFilter, Sight};
use utoipa::{IntoParams, ToSchema};

use super::view::{PageView, PermitRow, PermitView};
use crate::Office;
use crate::caller::Caller;
use crate::once::tagged;
use crate::problem::Problem;
use crate::seen;
use crate::sent::{Asked, page};

/// Which permits.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Only those in this state today.
    #[param(inline)]
    state: Option<StateWord>,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// The word of a permit's state.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = PermitState)]
pub(super) enum StateWord {
    Issued,
    Expired,
    Cancelled,
    Replaced,
    Lost,
    Returned,
}

impl StateWord {
    const fn as_str(self) -> &'static str {
        match self {
            StateWord::Issued => "issued",
            StateWord::Expired => "expired",
            StateWord::Cancelled => "cancelled",
            StateWord::Replaced => "replaced",
            StateWord::Lost => "lost",
            StateWord::Returned => "returned",
        }
    }
}

/// Lists the permits that one may see, latest issued first.
#[utoipa::path(
    get, path = "/api/permits", tag = "permits", params(Wanted),
    responses((status = 200, description = "A page of the list.", body = PageView<PermitRow>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<PermitRow>>, Problem> {
    let sight = Sight::of(&caller.actor, caller.reach()?);
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let today = office.today();
    let filter = PermitFilter { state: wanted.state.map(StateWord::as_str), on: today };
    let found = office.store().permits(&sight, filter, after.as_ref(), most).await?;
    Ok(Json(PageView::of(found, |row| PermitRow::of(&row, &office))))
}

/// One permit, with what is left of each of its lines.
#[utoipa::path(
    get, path = "/api/permits/{permit}", tag = "permits",
    params(("permit" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The permit.", body = PermitView))
)]
pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
) -> Result<Response, Problem> {
    let permit = seen::permit(&office, &caller, &permit).await?;
    let lines = office.store().permit_lines(permit.id).await?;
    let stamps = office.store().stamps_on(permit.id).await?;
    Ok(tagged(permit.version, PermitView::of(&permit, &lines, stamps, &office)))
}
