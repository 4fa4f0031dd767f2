//! What the law requires for an application: of today, or as it was when it was decided.

use axum::extract::{Path, State};
use axum::response::Response;
use utoipa::ToSchema;

use crate::caller::Caller;
use crate::once::tagged;
use crate::problem::Problem;
use crate::requirements::kept::Assessment;
use crate::{Office, requirements, seen};

/// What the law requires for an application.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct RequirementsView {
    /// The id of the application.
    id: String,
    /// Grows with each change.
    version: i64,
    /// The state of the application.
    state: &'static str,
    /// Whether this is the assessment that was kept with the decision. Else it is made now, of the application as it
    /// stands, on the law of today.
    stored: bool,
    /// The edition of the law book by which the office answers today.
    edition_today: String,
    /// Whether that is another one than that of this assessment.
    edition_differs: bool,
    /// The assessment.
    assessment: Assessment,
}

/// What the law requires for an application: which papers, by whom, why, and what is missing. Of what is decided, the
/// assessment that the decision rests on.
#[utoipa::path(
    get, path = "/api/applications/{application}/requirements", tag = "applications",
    params(("application" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The assessment.", body = RequirementsView))
)]
pub(super) async fn of_application(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
) -> Result<Response, Problem> {
    let record = seen::application(&office, &caller, &application).await?;
    let stored = requirements::stored(&record)?;
    let is_stored = stored.is_some();
    let assessment = match stored {
        Some(stored) => stored,
        None => requirements::today(&office, &record).await?,
    };
    let today = office.law().sources.edition;
    let view = RequirementsView {
        id: record.id.to_string(),
        version: record.version.0,
        state: record.state.as_str(),
        stored: is_stored,
        edition_today: today.to_string(),
        edition_differs: assessment.edition != today,
        assessment,
    };
    Ok(tagged(record.version, view))
}
