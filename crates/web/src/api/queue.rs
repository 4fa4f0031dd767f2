//! The work that waits at one's agency, what is due first at the top.

use access::{Role, RoleSet};
use axum::Json;
use axum::extract::State;
use store::{PermitQueue, Queue};
use utoipa::{IntoParams, ToSchema};

use super::applications::StateWord;
use super::view::{ApplicationRow, PageView, PermitRow};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::sent::{Asked, page};

/// Which work: by one of `state`, `review` and `asked`; without any, that of one's role.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Applications in the charge of the agency, in this state.
    #[param(inline)]
    state: Option<StateWord>,
    /// Applications that the agency reviews for the State department, by the word of the review.
    #[param(inline)]
    review: Option<ReviewWord>,
    /// Applications about which the agency was asked and has not answered.
    #[serde(default)]
    asked: bool,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// The word of a review's state.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ReviewState)]
enum ReviewWord {
    Provincial,
    Deciding,
    Approved,
    Refused,
}

impl ReviewWord {
    const fn as_str(self) -> &'static str {
        match self {
            ReviewWord::Provincial => "provincial",
            ReviewWord::Deciding => "deciding",
            ReviewWord::Approved => "approved",
            ReviewWord::Refused => "refused",
        }
    }
}

/// The queue of the first of somebody's roles that has one; what was handed in and not looked at for the others.
fn of_roles(roles: RoleSet) -> Queue<'static> {
    let of_role = |role| match role {
        Role::IntakeOfficer => Some(Queue::InState("received")),
        Role::DecisionOfficer => Some(Queue::InState("accepted")),
        Role::IssuingOfficer => Some(Queue::InState("granted")),
        Role::ForestryReviewer => Some(Queue::InReview("deciding")),
        Role::FisheryReviewer => Some(Queue::InReview("provincial")),
        Role::ScientificAuthority => Some(Queue::Asked),
        _ => None,
    };
    roles.iter().find_map(of_role).unwrap_or(Queue::InState("received"))
}

/// What permits wait for.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = PermitQueue)]
enum PermitQueueWord {
    /// For the copy that the border endorsed.
    EndorsedCopy,
    /// For the decision on an amendment.
    Amendment,
}

/// Which permits.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WantedPermits {
    /// What they wait for.
    #[serde(rename = "for")]
    #[param(rename = "for", inline)]
    what: PermitQueueWord,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// Lists the permits of one's agency that wait for something, those that wait longest first.
#[utoipa::path(
    get, path = "/api/queue/permits", tag = "permits", params(WantedPermits),
    responses((status = 200, description = "A page of the list.", body = PageView<PermitRow>))
)]
pub(super) async fn permits(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<WantedPermits>,
) -> Result<Json<PageView<PermitRow>>, Problem> {
    caller.reach()?;
    let Some(agency) = caller.actor.agency else {
        return Err(Problem::refused("you are of no agency, so no work waits for you"));
    };
    let queue = match wanted.what {
        PermitQueueWord::EndorsedCopy => PermitQueue::Copies,
        PermitQueueWord::Amendment => PermitQueue::Amendments,
    };
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let found = office.store().permit_queue(agency, queue, after.as_ref(), most).await?;
    Ok(Json(PageView::of(found, |row| PermitRow::of(&row, &office))))
}

impl Wanted {
    fn queue(&self, roles: RoleSet) -> Result<Queue<'static>, Problem> {
        match (self.state, self.review, self.asked) {
            (None, None, false) => Ok(of_roles(roles)),
            (Some(state), None, false) => Ok(Queue::InState(state.as_str())),
            (None, Some(review), false) => Ok(Queue::InReview(review.as_str())),
            (None, None, true) => Ok(Queue::Asked),
            _ => {
                Err(Problem::unreadable("`state`, `review` and `asked` exclude each other; give one of them"))
            }
        }
    }
}

/// Lists the work that waits at one's agency, what is due first at the top.
#[utoipa::path(
    get, path = "/api/queue", tag = "applications", params(Wanted),
    responses((status = 200, description = "A page of the list.", body = PageView<ApplicationRow>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<ApplicationRow>>, Problem> {
    caller.reach()?;
    // Who reads queues without an agency, such as an auditor, has none of their own.
    let Some(agency) = caller.actor.agency else {
        return Err(Problem::refused("you are of no agency, so no work waits for you"));
    };
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let found = office.store().queue(agency, wanted.queue(caller.actor.roles)?, after.as_ref(), most).await?;
    let today = office.today();
    Ok(Json(PageView::of(found, |row| ApplicationRow::of(row, today))))
}
