//! Applications: lists of those that one may see, and one of them.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use permits::application::Application;
use store::{ApplicationRecord, Consultation, Sight, Stopped};
use utoipa::{IntoParams, ToSchema};

use super::attachments::AttachmentView;
use super::cautions;
use super::questions::QuestionView;
use super::reviews::ReviewView;
use super::view::{ApplicationRow, PageView, StoppedView};
use crate::Office;
use crate::caller::Caller;
use crate::once::tagged;
use crate::problem::Problem;
use crate::seen;
use crate::sent::{Asked, page};

/// Which applications.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Only those in this state.
    #[param(inline)]
    state: Option<StateWord>,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// The word of an application's state.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ApplicationState)]
pub(super) enum StateWord {
    Draft,
    Received,
    Incomplete,
    Accepted,
    Granted,
    Refused,
    Withdrawn,
    Issued,
}

impl StateWord {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            StateWord::Draft => "draft",
            StateWord::Received => "received",
            StateWord::Incomplete => "incomplete",
            StateWord::Accepted => "accepted",
            StateWord::Granted => "granted",
            StateWord::Refused => "refused",
            StateWord::Withdrawn => "withdrawn",
            StateWord::Issued => "issued",
        }
    }
}

/// Lists the applications that one may see, latest begun first.
#[utoipa::path(
    get, path = "/api/applications", tag = "applications", params(Wanted),
    responses((status = 200, description = "A page of the list.", body = PageView<ApplicationRow>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<ApplicationRow>>, Problem> {
    let sight = Sight::of(&caller.actor, caller.reach()?);
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let state = wanted.state.map(StateWord::as_str);
    let found = office.store().applications(&sight, state, after.as_ref(), most).await?;
    let today = office.today();
    Ok(Json(PageView::of(found, |row| ApplicationRow::of(row, today))))
}

/// An application.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct ApplicationView {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// The id of the operator who applies.
    operator: String,
    /// The id of the office in charge; absent of a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// The paper that is asked for, where it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// draft, received, incomplete, accepted, granted, refused, withdrawn or issued.
    state: &'static str,
    /// The State department's review: provincial, deciding, approved or refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'static str>,
    /// The State department's review with its document and its clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<ReviewView>,
    /// The last day of the clock that runs; while the State department reviews, of its clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// Why the clock of the office stands still; absent while it runs and where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<StoppedView>,
    /// The further time that was taken for the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<ExtensionView>,
    /// Every question to the Scientific Authority or abroad, with its letter and its answer.
    questions: Vec<QuestionView>,
    /// What to look at before the decision.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cautions: Vec<String>,
    /// Years for which no notice of public holidays is known, so that the last day may be later than told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    due_unknown_years: Vec<i16>,
    /// The defects that were told, and the reasons of a refusal.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    told: Vec<String>,
    /// The day on which it was first handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    submitted: Option<String>,
    /// The edition of the law book of its latest assessment.
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<String>,
    /// The files that were handed in with it, oldest first.
    attachments: Vec<AttachmentView>,
    /// When it was begun.
    made: String,
    /// When it was last changed.
    changed: String,
}

impl ApplicationView {
    /// An application with what hangs on it.
    pub(super) async fn whole(
        application: &ApplicationRecord,
        questions: &[Consultation],
        office: &Office,
    ) -> Result<ApplicationView, Problem> {
        let attachments = office.store().attachments(application.id).await?;
        let attachments = attachments.iter().map(AttachmentView::of).collect();
        Ok(ApplicationView { attachments, ..ApplicationView::of(application, questions, office) })
    }

    fn of(application: &ApplicationRecord, questions: &[Consultation], office: &Office) -> ApplicationView {
        let due = application.state.due(application.review.as_ref(), office.today(), office.calendar());
        ApplicationView {
            due_unknown_years: due.map(|due| due.unknown_years).unwrap_or_default(),
            told: told(&application.state),
            stopped: Stopped::of(&application.state, application.review.as_ref()).map(StoppedView::of),
            extension: extension(&application.state),
            department: ReviewView::of(application, office),
            questions: QuestionView::all(application, questions, office),
            cautions: cautions::of(application, questions, office),
            id: application.id.to_string(),
            version: application.version.0,
            operator: application.operator.to_string(),
            agency: application.agency.map(|agency| agency.to_string()),
            kind: application.kind.map(|kind| kind.to_string()),
            state: application.state.as_str(),
            review: application.review.as_ref().map(store::review_word),
            due: application.due.map(|due| due.to_string()),
            submitted: application.submitted.map(|day| day.to_string()),
            edition: application.edition.map(|edition| edition.to_string()),
            attachments: Vec::new(),
            made: application.made.to_string(),
            changed: application.changed.to_string(),
        }
    }
}

/// Further time for the decision.
#[derive(Debug, serde::Serialize, ToSchema)]
struct ExtensionView {
    /// How many days more.
    days: u16,
    /// The day on which they were taken.
    on: String,
    /// The reason, as the applicant was told; absent once it is decided, where the history tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

fn extension(state: &Application) -> Option<ExtensionView> {
    let (days, on) = state.clock()?.extension()?;
    let reason = match state {
        Application::Accepted(accepted) => accepted.extended_because.as_ref().map(ToString::to_string),
        _ => None,
    };
    Some(ExtensionView { days, on: on.to_string(), reason })
}

/// What the applicant was told in words.
fn told(state: &Application) -> Vec<String> {
    if let Some(reasons) = state.reasons() {
        return vec![reasons.to_owned()];
    }
    state.notice().into_iter().flat_map(|notice| &notice.defects).map(ToString::to_string).collect()
}

/// One application.
#[utoipa::path(
    get, path = "/api/applications/{application}", tag = "applications",
    params(("application" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The application.", body = ApplicationView))
)]
pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
) -> Result<Response, Problem> {
    let application = seen::application(&office, &caller, &application).await?;
    let questions = office.store().consultations(application.id).await?;
    Ok(tagged(application.version, ApplicationView::whole(&application, &questions, &office).await?))
}
