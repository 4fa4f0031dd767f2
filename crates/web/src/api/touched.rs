//! Which live permits and open applications a change of the law bears on.

use std::str::FromStr;

use axum::Json;
use axum::extract::State;
use cites::Day;
use permits::application::asked::LINES_MAX;
use store::{PermitFilter, Place, Sight};
use utoipa::{IntoParams, ToSchema};

use crate::aside::aside;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::requirements::touched::{Answered, Found, Record, TouchedLine, rows, touched};
use crate::sent::{Asked, page};
use crate::{Office, deeds};

/// Between which days.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// The last day of the law before.
    #[param(value_type = String)]
    from: Day,
    /// The day up to which the law changes, after `from`.
    #[param(value_type = String)]
    until: Day,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many records are looked through for a page at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// Which list a page is of: the permits come first, then the applications in the states below, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Permits,
    Applications(&'static str),
}

/// The states of an application that is not at its end; a draft is in no office's charge.
const OPEN: [&str; 4] = ["received", "incomplete", "accepted", "granted"];

/// A page of what is touched.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct TouchedPage {
    /// The last day of the law before.
    from: String,
    /// The day up to which it changes.
    until: String,
    /// The edition of the law book.
    edition: String,
    /// How many permits and applications were looked through for this page; one of more than a thousand lines counts
    /// for each thousand.
    looked_through: usize,
    /// The lines that are touched, or may be. A page may have none and yet not be the last.
    rows: Vec<TouchedRow>,
    /// What changes, as far as the rows name it.
    changes: Vec<ChangeRow>,
    /// Give it as `after` for the next page; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A line that is touched, or may be.
#[derive(Debug, serde::Serialize, ToSchema)]
struct TouchedRow {
    /// permit or application.
    record: &'static str,
    /// Its id.
    id: String,
    /// The number of the permit.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// The id of the operator.
    operator: String,
    /// The place of the line in it, from 1.
    line: u32,
    /// The name as it is written.
    name: String,
    /// What it stands for; empty where nobody knows.
    taxon: String,
    /// yes, or unknown as long as something is not told.
    touched: &'static str,
    /// How the later answer stands to the earlier one: stricter, other, milder or same.
    answer: &'static str,
    /// The answer of the earlier day; absent where the law could not be asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<DayAnswerView>,
    /// The answer of the later day.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<DayAnswerView>,
    /// The changes that touch it, by their places in `changes` of all days.
    changes: Vec<TouchView>,
    /// Whether its name may mean anything, so that any change may touch it and none is named.
    any_change: bool,
    /// What to do, the gravest first.
    to_do: Vec<StepView>,
    /// Whether everything that either answer rests on is verified.
    verified: bool,
}

/// The answer to a line on a day.
#[derive(Debug, serde::Serialize, ToSchema)]
struct DayAnswerView {
    /// The word of the verdict.
    verdict: &'static str,
    /// The Appendices that are possible: I, II, III, none.
    appendix: Vec<&'static str>,
    /// The documents required, or that may be.
    documents: Vec<NeededView>,
    /// The keys of the facts that are missing.
    missing: Vec<&'static str>,
}

/// A document that is needed, or may be.
#[derive(Debug, serde::Serialize, ToSchema)]
struct NeededView {
    /// The word of its kind.
    kind: String,
    /// The State that issues it, where that is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    /// Whether it is surely needed.
    certain: bool,
}

/// A change that touches a line, or may.
#[derive(Debug, serde::Serialize, ToSchema)]
struct TouchView {
    /// The place of the change.
    change: usize,
    /// Whether it surely touches it.
    sure: bool,
}

/// What to do.
#[derive(Debug, serde::Serialize, ToSchema)]
struct StepView {
    /// The word of the step.
    step: &'static str,
    /// The step in words, with its clause.
    words: &'static str,
}

/// What changes on a day.
#[derive(Debug, serde::Serialize, ToSchema)]
struct ChangeRow {
    /// Its place, by which rows name it.
    change: usize,
    /// The day.
    day: String,
    /// What it is about, in words.
    title: String,
    /// What it comes to, in words.
    words: String,
    /// Its rows.
    rows: Vec<ChangedRow>,
    /// Whether every row of it is verified.
    verified: bool,
}

/// A row of the law book to which something happens.
#[derive(Debug, serde::Serialize, ToSchema)]
struct ChangedRow {
    /// Its id.
    id: String,
    /// ends, begins, or the word of what else happens.
    event: &'static str,
    /// What it says.
    text: String,
    /// Where it was read.
    source: String,
    /// Whether it is verified.
    verified: bool,
}

/// Whose lines are looked through.
struct Whose {
    record: &'static str,
    id: String,
    number: Option<String>,
    operator: String,
}

/// Lists the lines of live permits and open applications within reach on which a change of the law between two days
/// bears: what changed, and the answer before and after.
#[utoipa::path(
    get, path = "/api/touched", tag = "law", params(Wanted),
    responses((status = 200, description = "A page of what is touched.", body = TouchedPage))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<TouchedPage>, Problem> {
    let sight = Sight::of(&caller.actor, caller.reach()?);
    let (from, until) = (wanted.from, wanted.until);
    if from >= until {
        let detail =
            format!("`from` {from} is not before `until` {until}; it is the last day of the law before");
        return Err(Problem::unreadable(detail));
    }
    let (part, after) = begun(wanted.after.as_deref())?;
    let (_, most) = page(None, wanted.most)?;
    let (loaded, next) = loaded(&office, &sight, (part, after.as_ref()), most).await?;
    let (whose, records): (Vec<Whose>, Vec<Record>) = loaded.into_iter().unzip();
    let (of, looked_through) = (office.clone(), records.len());
    let found = aside(move || touched(of.law(), of.taxa(), (from, until), &records)).await?;
    let Found { lines, changes } =
        found.map_err(|faults| Problem::fault("a table of the law book has a fault", &faults))?;
    let rows = lines.into_iter().filter_map(|line| Some(TouchedRow::of(whose.get(line.record)?, line)));
    Ok(Json(TouchedPage {
        from: from.to_string(),
        until: until.to_string(),
        edition: office.law().sources.edition.to_string(),
        looked_through,
        rows: rows.collect(),
        changes: changes.iter().map(|(place, view)| ChangeRow::of(*place, view)).collect(),
        next,
    }))
}

/// Where a page begins: the word of its list, and the place in it.
fn begun(after: Option<&str>) -> Result<(Part, Option<Place>), Problem> {
    let Some(after) = after else { return Ok((Part::Permits, None)) };
    let (word, place) = after.split_once('.').unwrap_or((after, ""));
    let part = Part::from_word(word);
    let place = if place.is_empty() { Ok(None) } else { Place::from_str(place).map(Some) };
    match (part, place) {
        (Some(part), Ok(place)) => Ok((part, place)),
        _ => Err(Problem::unreadable(format!(
            "`{after}` is not a place in the list; take `next` of the page before, or begin without it"
        ))),
    }
}

impl Part {
    fn from_word(word: &str) -> Option<Part> {
        let open = || OPEN.into_iter().find(|state| *state == word).map(Part::Applications);
        if word == "permits" { Some(Part::Permits) } else { open() }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Part::Permits => "permits",
            Part::Applications(state) => state,
        }
    }

    /// The list after this one.
    fn next(self) -> Option<Part> {
        let Part::Applications(state) = self else { return OPEN.first().copied().map(Part::Applications) };
        OPEN.into_iter().skip_while(|other| *other != state).nth(1).map(Part::Applications)
    }
}

/// The records of a page, and where the next one begins. What ended meanwhile, or was handed on, is left out.
async fn loaded(
    office: &Office,
    sight: &Sight,
    (part, after): (Part, Option<&Place>),
    most: u32,
) -> Result<(Vec<(Whose, Record)>, Option<String>), Problem> {
    let (records, next) = match part {
        Part::Permits => permits(office, sight, after, most).await?,
        Part::Applications(state) => applications(office, sight, (state, after), most).await?,
    };
    let next = match next {
        Some(place) => Some(format!("{}.{place}", part.as_str())),
        None => part.next().map(|part| part.as_str().to_owned()),
    };
    Ok((records, next))
}

type Loaded = Result<(Vec<(Whose, Record)>, Option<Place>), Problem>;

async fn permits(office: &Office, sight: &Sight, after: Option<&Place>, most: u32) -> Loaded {
    let store = office.store();
    let filter = PermitFilter { state: Some("issued"), on: office.today() };
    let found = store.permits(sight, filter, after, most).await?;
    let mut records = Vec::new();
    for row in found.rows {
        let Some(permit) = store.permit(row.id).await? else { continue };
        let lines = store.permit_lines(permit.id).await?;
        // A permit that was taken over may have more lines than an application.
        for lines in lines.chunks(LINES_MAX) {
            let record = Record::of_permit(&permit, lines);
            let record =
                record.map_err(|error| Problem::fault("a line of a permit cannot be read", &error))?;
            let whose = Whose {
                record: "permit",
                id: permit.id.to_string(),
                number: Some(permit.number.clone()),
                operator: permit.operator.to_string(),
            };
            records.push((whose, record));
        }
    }
    Ok((records, found.next))
}

async fn applications(
    office: &Office,
    sight: &Sight,
    (state, after): (&str, Option<&Place>),
    most: u32,
) -> Loaded {
    let found = office.store().applications(sight, Some(state), after, most).await?;
    let mut records = Vec::new();
    for row in found.rows {
        let Some(application) = office.store().application(row.id).await? else { continue };
        let whose = Whose {
            record: "application",
            id: application.id.to_string(),
            number: None,
            operator: application.operator.to_string(),
        };
        records.push((whose, Record::of_application(deeds::asked(&application)?)));
    }
    Ok((records, found.next))
}

impl TouchedRow {
    fn of(whose: &Whose, line: TouchedLine) -> TouchedRow {
        let (before, after) = line.answers.map(|(before, after)| (before.into(), after.into())).unzip();
        TouchedRow {
            record: whose.record,
            id: whose.id.clone(),
            number: whose.number.clone(),
            operator: whose.operator.clone(),
            line: line.number,
            name: line.name,
            taxon: line.taxon,
            touched: line.touched,
            answer: line.answer,
            before,
            after,
            changes: line.changes.into_iter().map(|(change, sure)| TouchView { change, sure }).collect(),
            any_change: line.by_any,
            to_do: line.steps.into_iter().map(|(step, words)| StepView { step, words }).collect(),
            verified: line.verified,
        }
    }
}

impl From<Answered> for DayAnswerView {
    fn from(answer: Answered) -> DayAnswerView {
        let needed = answer.documents.iter().map(|needed| NeededView {
            kind: needed.kind.to_string(),
            issuer: needed.issuer.map(|state| state.to_string()),
            certain: needed.certain,
        });
        DayAnswerView {
            verdict: answer.verdict,
            appendix: answer.appendix,
            documents: needed.collect(),
            missing: answer.missing,
        }
    }
}

impl ChangeRow {
    fn of(place: usize, view: &wording::change::ChangeView) -> ChangeRow {
        let row = |(event, row): (&'static str, &wording::change::RowView)| ChangedRow {
            id: row.id.clone(),
            event,
            text: row.text.clone(),
            source: row.source.clone(),
            verified: row.verified,
        };
        ChangeRow {
            change: place,
            day: view.day.to_string(),
            title: view.title.clone(),
            words: view.words.clone(),
            rows: rows(view).map(row).collect(),
            verified: view.verified,
        }
    }
}
