//! The State department's review: its steps where the department shares the system, and its document.

use axum::extract::{Path, State};
use axum::response::Response;
use cites::{AgencyId, Day};
use permits::application::department::{Approval, Review, Side};
use store::ApplicationRecord;
use utoipa::ToSchema;

use super::answer::{asking, done};
use super::applications::ApplicationView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::review::{self, Step};
use crate::once::{IdempotencyKey, IfMatch, Sent};
use crate::problem::Problem;

/// A side of the State department.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Side)]
pub(super) enum SideWord {
    /// Animals on land, and plants.
    Forestry,
    /// Animals in water.
    Fishery,
}

impl SideWord {
    pub(super) const fn side(self) -> Side {
        match self {
            SideWord::Forestry => Side::Forestry,
            SideWord::Fishery => Side::Fishery,
        }
    }
}

/// The department's approval that came as a document.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApprovalDocument {
    /// Its number.
    number: String,
    /// The day of its issue.
    #[schema(value_type = String)]
    issued: Day,
    /// The last day on which it is good; absent where it bears none.
    #[schema(value_type = Option<String>)]
    last_day: Option<Day>,
    /// What it approves, in its own words.
    content: String,
}

/// What the department does with a review.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum ReviewStep {
    /// The province passes it on to the department.
    PassOn {
        /// The id of the department's agency.
        #[schema(value_type = String)]
        agency: AgencyId,
        /// What the province says of it.
        #[serde(default)]
        opinion: String,
    },
    /// More time, once.
    Extend {},
    /// Approved by a document.
    Approve {
        /// The number of the document.
        number: String,
        /// The last day on which it is good; absent where it bears none.
        #[schema(value_type = Option<String>)]
        last_day: Option<Day>,
        /// What it approves.
        content: String,
    },
    /// Refused.
    Refuse {
        /// The reasons, which the applicant is told.
        reasons: String,
    },
}

impl From<ReviewStep> for Step {
    fn from(step: ReviewStep) -> Step {
        match step {
            ReviewStep::PassOn { agency, opinion } => Step::PassOn(agency, opinion),
            ReviewStep::Extend {} => Step::Extend,
            ReviewStep::Approve { number, last_day, content } => Step::Approve { number, last_day, content },
            ReviewStep::Refuse { reasons } => Step::Refuse(reasons),
        }
    }
}

/// The department's review.
#[derive(Debug, Default, serde::Serialize, ToSchema)]
pub(super) struct ReviewView {
    /// provincial, deciding, approved or refused.
    state: &'static str,
    /// forestry or fishery; absent of a document from outside the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    /// The id of the agency that has it, or had it.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// What the province said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    opinion: Option<String>,
    /// The last day of its clock, while it is under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// Years for which no notice of public holidays is known, so that the last day may be later than told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    due_unknown_years: Vec<i16>,
    /// The number of the document of approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// The day of the approval or of the refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    /// The last day of the approval; absent where it bears none.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<String>,
    /// What is approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    reasons: Option<String>,
}

impl ReviewView {
    pub(super) fn of(record: &ApplicationRecord, office: &Office) -> Option<ReviewView> {
        let review = record.review.as_ref()?;
        let due = review.due(office.today(), office.calendar());
        let view = ReviewView {
            state: store::review_word(review),
            side: review.with().map(|with| with.side.as_str()),
            agency: review.with().map(|with| with.agency.to_string()),
            due: due.as_ref().map(|due| due.day.to_string()),
            due_unknown_years: due.map(|due| due.unknown_years).unwrap_or_default(),
            ..ReviewView::default()
        };
        Some(match review {
            Review::Provincial(_) => view,
            Review::Deciding(deciding) => {
                ReviewView { opinion: deciding.opinion.as_ref().map(ToString::to_string), ..view }
            }
            Review::Approved(approval) => ReviewView {
                number: Some(approval.number.to_string()),
                on: Some(approval.issued.to_string()),
                last_day: approval.last_day.map(|day| day.to_string()),
                content: Some(approval.content.to_string()),
                ..view
            },
            Review::Refused(refusal) => ReviewView {
                on: Some(refusal.on.to_string()),
                reasons: Some(refusal.reasons.to_string()),
                ..view
            },
        })
    }
}

/// Enters the State department's approval that came as a document.
#[utoipa::path(
    post, path = "/api/applications/{application}/approval", tag = "applications", request_body = ApprovalDocument,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn record(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<ApprovalDocument>).await?;
    let ApprovalDocument { number, issued, last_day, content } = asking.body;
    let approval = Approval { number: number.into(), issued, last_day, content: content.into(), with: None };
    done(&office, &caller, &sent, review::record(&office, &caller, asking.which, approval)).await
}

/// Does a step of the review on the forestry side.
#[utoipa::path(
    post, path = "/api/applications/{application}/forestry-review", tag = "applications", request_body = ReviewStep,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn forestry(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<ReviewStep>).await?;
    let step = (Side::Forestry, asking.body.into());
    done(&office, &caller, &sent, review::step(&office, &caller, asking.which, step)).await
}

/// Does a step of the review on the fishery side.
#[utoipa::path(
    post, path = "/api/applications/{application}/fishery-review", tag = "applications", request_body = ReviewStep,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn fishery(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<ReviewStep>).await?;
    let step = (Side::Fishery, asking.body.into());
    done(&office, &caller, &sent, review::step(&office, &caller, asking.which, step)).await
}
