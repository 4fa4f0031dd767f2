//! A new application: for whom, and for which paper.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cites::{DocumentKind, OperatorId};
use store::Sight;

use super::super::layout::{Around, Here, page};
use super::super::row::paper;
use super::{Fields, to_mend};
use crate::Office;
use crate::caller::Caller;
use crate::deeds::draft;
use crate::once::Sent;
use crate::problem::Problem;

/// The papers of the Convention that one applies for.
const KINDS: [&str; 4] =
    ["export-permit", "import-permit", "re-export-certificate", "pre-convention-certificate"];
/// How many operators are offered.
const OPERATORS_MAX: u32 = 200;

/// Something to choose.
struct Choice {
    value: String,
    words: String,
}

#[derive(Template)]
#[template(path = "new_application.html")]
struct NewApplication {
    around: Around,
    operators: Vec<Choice>,
    kinds: Vec<Choice>,
    wrong: Option<String>,
}

async fn form(office: &Office, caller: &Caller, wrong: Option<String>) -> Result<NewApplication, Problem> {
    let sight = Sight::of(&caller.actor, caller.reach()?);
    let operators = office.store().operators(&sight, None, OPERATORS_MAX).await?.rows;
    let kinds = KINDS.iter().filter_map(|word| word.parse::<DocumentKind>().ok());
    Ok(NewApplication {
        around: Around::of(caller, Here::Applications),
        operators: operators
            .into_iter()
            .map(|known| Choice { value: known.id.to_string(), words: known.name })
            .collect(),
        kinds: kinds.map(|kind| Choice { value: kind.to_string(), words: paper(kind) }).collect(),
        wrong,
    })
}

pub(in super::super) async fn show(
    State(office): State<Office>,
    caller: Caller,
) -> Result<Response, Problem> {
    page(StatusCode::OK, &form(&office, &caller, None).await?)
}

pub(in super::super) async fn begin(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.reach()?;
    let fields = Fields::of(sent).await?;
    let begun = async {
        let operator = fields.read::<OperatorId>("operator")?;
        let operator = operator.ok_or_else(|| Problem::refused("choose for whom you apply"))?;
        let kind = fields.read::<DocumentKind>("kind")?;
        draft::begin(&office, &caller, operator, kind).await?.save(None).await
    };
    match begun.await {
        Ok(record) => Ok(Redirect::to(&format!("/applications/{}", record.id)).into_response()),
        Err(problem) => {
            let wrong = to_mend(problem)?;
            page(wrong.status, &form(&office, &caller, Some(wrong.words)).await?)
        }
    }
}
