//! Who else is heard before a decision: the State department, by its document or its own review, and the Scientific
//! Authority; and more time for the decision.

use axum::extract::{Path, State};
use axum::response::Response;
use cites::{AgencyId, Day};
use permits::Wait;
use permits::application::advice::{Advice, Finding};
use permits::application::department::{Approval, Side};

use super::application::Form;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::clock::{self, Question};
use crate::deeds::review::{self, Step};
use crate::once::Sent;
use crate::problem::Problem;

/// A finding of the Scientific Authority with its words on the page.
pub(in super::super) const FINDINGS: [(Finding, &str); 3] = [
    (Finding::NotDetrimental, "Not detrimental to the survival of the species"),
    (Finding::Detrimental, "Detrimental to the survival of the species"),
    (Finding::CannotSay, "It cannot be said"),
];

pub(in super::super) async fn record_approval(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let issued = form.fields.read::<Day>("issued")?;
        let approval = Approval {
            number: form.fields.text("number").into(),
            issued: issued.ok_or_else(|| Problem::refused("write the day of the document"))?,
            last_day: form.fields.read("last-day")?,
            content: form.fields.text("content").into(),
            with: None,
        };
        review::record(&office, &caller, form.which()?, approval).await
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn review_forestry(
    office: State<Office>,
    caller: Caller,
    application: Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    step(office, caller, application, (Side::Forestry, sent)).await
}

pub(in super::super) async fn review_fishery(
    office: State<Office>,
    caller: Caller,
    application: Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    step(office, caller, application, (Side::Fishery, sent)).await
}

/// A step of the department's review: the button that sent the form says which.
async fn step(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    (side, sent): (Side, Sent),
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let text = |name: &str| form.fields.text(name).to_owned();
        let step = match form.fields.text("step") {
            "pass-on" => {
                let to = form.fields.read::<AgencyId>("agency")?;
                let to = to.ok_or_else(|| Problem::refused("choose the department it is passed on to"))?;
                Step::PassOn(to, text("content"))
            }
            "extend" => Step::Extend,
            "approve" => Step::Approve {
                number: text("number"),
                last_day: form.fields.read("last-day")?,
                content: text("content"),
            },
            "refuse" => Step::Refuse(text("content")),
            _ => return Err(Problem::refused("choose what the department does")),
        };
        review::step(&office, &caller, form.which()?, (side, step)).await
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn ask_science(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let question = Question {
            wait: Wait::Experts,
            asked_of: None,
            agency: form.fields.read("agency")?,
            letter: form.fields.text("letter").to_owned(),
        };
        clock::ask(&office, &caller, form.which()?, question).await
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn advise(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let deed = async {
        let question = form.fields.read::<u32>("question")?;
        let question = question.ok_or_else(|| Problem::refused("the form names no question"))?;
        let word = form.fields.text("finding");
        let finding = FINDINGS.into_iter().find(|(finding, _)| finding.as_str() == word);
        let (finding, _) = finding.ok_or_else(|| Problem::refused("choose a finding"))?;
        let equipped = match form.fields.text("equipped") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let advice = Advice::of(finding, equipped, form.fields.text("reasons"));
        let advice = advice.map_err(|error| Problem::refused_by(&error))?;
        clock::advise(&office, &caller, form.which()?, (question, advice)).await
    };
    form.answer(&office, &caller, deed).await
}

pub(in super::super) async fn extend(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let form = Form::read(&office, &caller, &application, sent).await?;
    let reason = form.fields.text("reason");
    let deed = async { clock::extend(&office, &caller, form.which()?, reason).await };
    form.answer(&office, &caller, deed).await
}
