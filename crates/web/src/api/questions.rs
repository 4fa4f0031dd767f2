//! What stops the clock of the decision and starts it again: questions, advice, replies; and more time.

use axum::extract::{Path, State};
use axum::response::Response;
use cites::{AgencyId, Day};
use permits::Wait;
use permits::application::advice::{Advice, Finding};
use store::{ApplicationRecord, Consultation};
use utoipa::ToSchema;

use super::answer::{asking, done};
use super::applications::ApplicationView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::clock::{self, Answer, Question};
use crate::once::{IdempotencyKey, IfMatch, Sent};
use crate::problem::Problem;

/// A question to the Scientific Authority.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScientificQuestion {
    /// The id of the Scientific Authority, where it shares the system: it reads the application then and answers itself.
    #[schema(value_type = Option<String>)]
    agency: Option<AgencyId>,
    /// Who is asked, as the letter names them; needed where no agency is told.
    asked_of: Option<String>,
    /// The letter.
    letter: String,
}

/// A question to a foreign authority.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ForeignQuestion {
    /// Who is asked, as the letter names them.
    asked_of: String,
    /// The letter.
    letter: String,
}

/// Whether the trade is detrimental to the survival of the species.
#[derive(Debug, Clone, Copy, serde::Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Finding)]
pub(super) enum FindingWord {
    /// It will not be.
    NotDetrimental,
    /// It will be.
    Detrimental,
    /// What is known does not tell.
    CannotSay,
}

/// The Scientific Authority's advice.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenAdvice {
    /// Whether the trade is detrimental to the survival of the species.
    finding: FindingWord,
    /// Whether the recipient of a living specimen is suitably equipped to house and care for it.
    recipient_equipped: Option<bool>,
    /// The reasons.
    reasons: String,
}

/// An answer that came by letter.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GivenReply {
    /// The answer.
    text: String,
    /// What the Scientific Authority advises, where it was asked.
    advice: Option<GivenAdvice>,
    /// The day on which it came; today where it is not told.
    #[schema(value_type = Option<String>)]
    day: Option<Day>,
}

/// More time.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Extension {
    /// The reason, which the applicant is told.
    reason: String,
}

impl GivenAdvice {
    fn read(&self) -> Result<Advice, Problem> {
        let finding = match self.finding {
            FindingWord::NotDetrimental => Finding::NotDetrimental,
            FindingWord::Detrimental => Finding::Detrimental,
            FindingWord::CannotSay => Finding::CannotSay,
        };
        let advice = Advice::of(finding, self.recipient_equipped, &self.reasons);
        advice.map_err(|error| Problem::refused_by(&error))
    }
}

/// A question with its letter and its answer.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct QuestionView {
    /// Its number.
    question: u32,
    /// scientific-authority or abroad; absent of an application that was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'static str>,
    /// Who was asked, as the letter names them.
    asked_of: String,
    /// The id of the agency, where it shares the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// The letter.
    letter: String,
    /// Its day.
    asked: String,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// The day on which it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<String>,
    /// The working days for which the question stops the clock, up to the answer or today.
    days: u32,
    /// What the Scientific Authority advises.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<AdviceView>,
}

/// An advice.
#[derive(Debug, serde::Serialize, ToSchema)]
struct AdviceView {
    /// not-detrimental, detrimental or cannot-say.
    finding: &'static str,
    /// Whether the recipient of a living specimen is suitably equipped; absent where it is not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient_equipped: Option<bool>,
    /// The reasons.
    reasons: String,
}

impl QuestionView {
    pub(super) fn all(
        record: &ApplicationRecord,
        questions: &[Consultation],
        office: &Office,
    ) -> Vec<QuestionView> {
        let pauses = record.state.clock().map_or(&[][..], |clock| clock.pauses());
        let view = |question: &Consultation| {
            let place = usize::try_from(question.question).unwrap_or(usize::MAX);
            let answered = question.answer.as_ref().map(|(_, day)| *day);
            let end = answered.unwrap_or_else(|| office.today());
            QuestionView {
                question: question.question,
                of: pauses.get(place).map(|pause| pause.wait.as_str()),
                asked_of: question.asked_of.clone(),
                agency: question.agency.map(|agency| agency.to_string()),
                letter: question.letter.clone(),
                asked: question.asked.to_string(),
                answer: question.answer.as_ref().map(|(text, _)| text.clone()),
                answered: answered.map(|day| day.to_string()),
                days: office.calendar().between(question.asked, end),
                advice: question.advice.as_ref().map(|advice| AdviceView {
                    finding: advice.finding.as_str(),
                    recipient_equipped: advice.recipient_equipped,
                    reasons: advice.reasons.to_string(),
                }),
            }
        };
        questions.iter().map(view).collect()
    }
}

/// Asks the Scientific Authority, which stops the clock.
#[utoipa::path(
    post, path = "/api/applications/{application}/scientific-consultations", tag = "applications",
    request_body = ScientificQuestion,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn ask_science(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<ScientificQuestion>).await?;
    let ScientificQuestion { agency, asked_of, letter } = asking.body;
    let question = Question { wait: Wait::Experts, asked_of, agency, letter };
    done(&office, &caller, &sent, clock::ask(&office, &caller, asking.which, question)).await
}

/// Asks a foreign authority by letter, which stops the clock.
#[utoipa::path(
    post, path = "/api/applications/{application}/foreign-consultations", tag = "applications",
    request_body = ForeignQuestion,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn ask_abroad(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<ForeignQuestion>).await?;
    let ForeignQuestion { asked_of, letter } = asking.body;
    let question = Question { wait: Wait::Abroad, asked_of: Some(asked_of), agency: None, letter };
    done(&office, &caller, &sent, clock::ask(&office, &caller, asking.which, question)).await
}

/// The Scientific Authority that was asked gives its advice, and the clock runs on.
#[utoipa::path(
    post, path = "/api/applications/{application}/consultations/{question}/advice", tag = "applications",
    request_body = GivenAdvice,
    params(
        ("application" = String, Path, description = "Its id."),
        ("question" = u32, Path, description = "The number of the question."), IfMatch, IdempotencyKey
    ),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn advise(
    State(office): State<Office>,
    caller: Caller,
    Path((application, question)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<GivenAdvice>).await?;
    let given = (number(&question)?, asking.body.read()?);
    done(&office, &caller, &sent, clock::advise(&office, &caller, asking.which, given)).await
}

/// Enters an answer that came by letter, and the clock runs on.
#[utoipa::path(
    post, path = "/api/applications/{application}/consultations/{question}/reply", tag = "applications",
    request_body = GivenReply,
    params(
        ("application" = String, Path, description = "Its id."),
        ("question" = u32, Path, description = "The number of the question."), IfMatch, IdempotencyKey
    ),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn reply(
    State(office): State<Office>,
    caller: Caller,
    Path((application, question)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<GivenReply>).await?;
    let GivenReply { text, advice, day } = asking.body;
    let advice = advice.as_ref().map(GivenAdvice::read).transpose()?;
    let answer = Answer { text, advice, day: day.unwrap_or_else(|| office.today()) };
    let given = (number(&question)?, answer);
    done(&office, &caller, &sent, clock::reply(&office, &caller, asking.which, given)).await
}

/// Takes more time for the decision, once, with the reason that the applicant is told.
#[utoipa::path(
    post, path = "/api/applications/{application}/extension", tag = "applications", request_body = Extension,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "The application as it is now.", body = ApplicationView))
)]
pub(super) async fn extend(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let asking = asking(&office, &caller, (&application, &sent), Sent::body::<Extension>).await?;
    done(&office, &caller, &sent, clock::extend(&office, &caller, asking.which, &asking.body.reason)).await
}

/// The number of a question in an address, once it is known that the application may be seen.
fn number(written: &str) -> Result<u32, Problem> {
    written.parse().map_err(|_| Problem::unreadable("a question is named by its number in the address"))
}
