//! Applications: those that one may see, and one of them.

use access::{Deed, reach};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cites::{ApplicationId, Day};
use permits::application::asked::{self, LineField, Taxa};
use store::{ApplicationRecord, Attachment, Sight};

use super::deeds::application::Possible;
use super::deeds::to_mend;
use super::layout::{Around, Here, page};
use super::requirements::{self, Beside};
use super::row::{ApplicationRow, Clock, Names, paper};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::sent::{self, Asked};
use crate::{deeds, seen};

/// What the list is asked for with.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "applications.html")]
struct ListPage {
    around: Around,
    can_begin: bool,
    rows: Vec<ApplicationRow>,
    is_first: bool,
    next: Option<String>,
}

pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Problem> {
    let sight = Sight::of(&caller.actor, caller.reach()?);
    let (after, most) = sent::page(wanted.after.as_deref(), None)?;
    let found = office.store().applications(&sight, None, after.as_ref(), most).await?;
    let names = Names::on(&office, &found, |row| row.operator).await?;
    let today = office.today();
    let shown = ListPage {
        around: Around::of(&caller, Here::Applications),
        can_begin: reach(&caller.actor, Deed::DraftApplication).is_ok(),
        is_first: after.is_none(),
        next: found.next.map(|next| format!("/applications?after={next}")),
        rows: found.rows.into_iter().map(|row| ApplicationRow::of(row, &names, today)).collect(),
    };
    page(StatusCode::OK, &shown)
}

/// A line as it was written.
struct Line {
    name: String,
    /// The taxon that it stands for, where that is another word.
    taxon: Option<String>,
    term: String,
    source: String,
    quantity: String,
    unit: String,
    origin: String,
}

impl Line {
    fn of(line: &asked::Line, taxa: &Taxa<'_>) -> Line {
        let written = |field| line.texts().get(field).to_owned();
        let name = written(LineField::Name);
        let taxon = line.read(taxa).0.name.and_then(|read| read.taxon).map(|taxon| taxon.name.to_string());
        Line {
            taxon: taxon.filter(|taxon| *taxon != name.trim()),
            name,
            term: written(LineField::Term),
            source: written(LineField::Source),
            quantity: written(LineField::Quantity),
            unit: written(LineField::Unit),
            origin: written(LineField::Origin),
        }
    }
}

/// A permit that was issued on the application.
struct Paper {
    id: String,
    number: String,
}

#[derive(Template)]
#[template(path = "application.html")]
struct OnePage {
    around: Around,
    paper: Option<String>,
    operator: String,
    office: Option<String>,
    state: &'static str,
    review: Option<&'static str>,
    submitted: Option<Day>,
    due: Option<Day>,
    clock: Clock,
    defects: Vec<String>,
    reasons: Option<String>,
    lines: Vec<Line>,
    has_lines: bool,
    permits: Vec<Paper>,
    possible: Possible,
    law: Option<Beside>,
    files: Vec<HandedIn>,
}

/// A file that was handed in.
struct HandedIn {
    /// Where it is sent from.
    href: String,
    name: String,
    ending: &'static str,
    size: String,
    made: Day,
}

impl HandedIn {
    fn of(attachment: &Attachment, office: &Office) -> HandedIn {
        let kind = files::Kind::of_media_type(&attachment.media_type);
        HandedIn {
            href: format!("/api/applications/{}/attachments/{}", attachment.application, attachment.id),
            name: attachment.name.clone(),
            ending: kind.and_then(|kind| kind.endings().first().copied()).unwrap_or("bin"),
            size: size(attachment.size),
            made: office.day_of(attachment.made),
        }
    }
}

/// A size as people read it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KB", bytes.div_ceil(1_024)),
        _ => format!("{} MB", bytes.div_ceil(1_048_576)),
    }
}

pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
) -> Result<Response, Problem> {
    let application = seen::application(&office, &caller, &application).await?;
    page(StatusCode::OK, &shown(&office, &caller, application).await?)
}

/// The page of an application again, with what was wrong with the form that was sent.
///
/// # Errors
/// What its sender cannot mend there.
pub(super) async fn again(
    office: &Office,
    caller: &Caller,
    application: ApplicationId,
    problem: Problem,
) -> Result<Response, Problem> {
    let wrong = to_mend(problem)?;
    let record = seen::application(office, caller, &application.to_string()).await?;
    let mut shown = shown(office, caller, record).await?;
    shown.possible.wrong = Some(wrong.words);
    page(wrong.status, &shown)
}

async fn shown(office: &Office, caller: &Caller, application: ApplicationRecord) -> Result<OnePage, Problem> {
    let store = office.store();
    let written = deeds::asked(&application)?;
    let operator = store.operator(application.operator).await?;
    let in_charge = match application.agency {
        Some(agency) => store.agency(agency).await?.map(|record| record.agency.name),
        None => None,
    };
    let issued = store.permits_on(application.id).await?;
    let possible = Possible::of(office, caller, &application).await?;
    let state = application.state.as_str();
    let stopped = store::Stopped::of(&application.state, application.review.as_ref());
    Ok(OnePage {
        possible,
        files: store
            .attachments(application.id)
            .await?
            .iter()
            .map(|attachment| HandedIn::of(attachment, office))
            .collect(),
        law: requirements::beside(office, caller, &application).await?,
        around: Around::of(caller, Here::Applications),
        paper: application.kind.map(paper),
        operator: operator.map_or_else(|| application.operator.to_string(), |operator| operator.name),
        office: in_charge,
        state,
        review: application.review.as_ref().map(store::review_word),
        submitted: application.submitted,
        due: application.due,
        clock: Clock::of(stopped, application.due, office.today()),
        defects: application
            .state
            .notice()
            .map(|notice| notice.defects.iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
        reasons: application.state.reasons().map(str::to_owned),
        has_lines: !written.lines().is_empty(),
        lines: written.lines().iter().map(|line| Line::of(line, office.taxa())).collect(),
        permits: issued
            .into_iter()
            .map(|permit| Paper { id: permit.id.to_string(), number: permit.number })
            .collect(),
    })
}
