//! Permits: those that one may see, and one of them with what is left of it.

use access::Deed;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cites::{Day, PermitId};
use permits::application::{Ended, Live, Permit};
use store::{LineWithBalance, PermitFilter, PermitRecord, Sight};

use super::deeds::permit::Possible;
use super::deeds::to_mend;
use super::layout::{Around, Here, page};
use super::row::{Names, PermitRow, paper};
use crate::Office;
use crate::caller::Caller;
use crate::deeds::permit::copy_due;
use crate::problem::Problem;
use crate::seen;
use crate::sent::{self, Asked};

/// What the list is asked for with.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "permits.html")]
struct ListPage {
    around: Around,
    rows: Vec<PermitRow>,
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
    let today = office.today();
    let filter = PermitFilter { state: None, on: today };
    let found = office.store().permits(&sight, filter, after.as_ref(), most).await?;
    let names = Names::on(&office, &found, |row| row.operator).await?;
    let shown = ListPage {
        around: Around::of(&caller, Here::Permits),
        is_first: after.is_none(),
        next: found.next.map(|next| format!("/permits?after={next}")),
        rows: found.rows.into_iter().map(|row| PermitRow::of(row, &names, today)).collect(),
    };
    page(StatusCode::OK, &shown)
}

/// A line with its balance.
struct Line {
    line: u32,
    taxon: String,
    kingdom: &'static str,
    unit: String,
    authorised: String,
    endorsed: String,
    left: String,
    is_used_up: bool,
    use_before_is_unknown: bool,
}

impl Line {
    fn of(line: &LineWithBalance) -> Line {
        let LineWithBalance { line, balance } = line;
        Line {
            line: line.line,
            taxon: line.taxon.clone(),
            kingdom: line.kingdom.as_str(),
            unit: line.unit.to_string(),
            authorised: balance.authorised().amount.to_string(),
            endorsed: balance.endorsed().amount.to_string(),
            left: balance.left().amount.to_string(),
            is_used_up: balance.left().is_zero(),
            use_before_is_unknown: line.use_before_is_unknown(),
        }
    }
}

#[derive(Template)]
#[template(path = "permit.html")]
struct OnePage {
    around: Around,
    number: String,
    paper: String,
    state: &'static str,
    ended: Option<(Day, Option<String>)>,
    operator: String,
    office: Option<String>,
    issued: Day,
    last_day: Day,
    application: Option<String>,
    replaces: Option<String>,
    stamps: Vec<u64>,
    lines: Vec<Line>,
    possible: Possible,
    printed: Option<Day>,
    handed_over: Option<Day>,
    copy: Option<EndorsedCopy>,
    /// What the permit shall say instead, and why, where an amendment is asked for.
    amendment: Option<(String, String)>,
}

impl OnePage {
    /// Whether goods crossed and the endorsed copy was not filed.
    fn awaits_copy(&self) -> bool {
        self.copy.as_ref().is_some_and(|copy| copy.filed.is_none())
    }
}

/// The copy that the border endorsed.
struct EndorsedCopy {
    due: Option<Day>,
    filed: Option<Day>,
    is_late: bool,
}

impl EndorsedCopy {
    /// `None` as long as nothing crossed.
    fn of(live: &Live, office: &Office) -> Option<EndorsedCopy> {
        live.released_on()?;
        let (due, filed) = (copy_due(live, office), live.copy_filed_on());
        let is_late = filed.is_none() && due.is_some_and(|due| due < office.today());
        Some(EndorsedCopy { due, filed, is_late })
    }
}

/// The day on which it ended, and why, where that is told.
fn ended(state: &Permit) -> Option<(Day, Option<String>)> {
    match state {
        Permit::Live(_) => None,
        Permit::Ended(Ended::Cancelled(end)) => Some((end.on, Some(end.reason.to_string()))),
        Permit::Ended(Ended::Replaced(end)) => Some((end.on, Some(end.reason.to_string()))),
        Permit::Ended(Ended::Lost(end)) => Some((end.on, None)),
        Permit::Ended(Ended::Returned(end)) => Some((end.on, None)),
    }
}

pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(permit): Path<String>,
) -> Result<Response, Problem> {
    let permit = seen::permit(&office, &caller, &permit).await?;
    page(StatusCode::OK, &shown(&office, &caller, permit).await?)
}

/// The page of a permit again, with what was wrong with the form that was sent.
///
/// # Errors
/// What its sender cannot mend there.
pub(super) async fn again(
    office: &Office,
    caller: &Caller,
    permit: PermitId,
    problem: Problem,
) -> Result<Response, Problem> {
    let wrong = to_mend(problem)?;
    let record = seen::permit(office, caller, &permit.to_string()).await?;
    let mut shown = shown(office, caller, record).await?;
    shown.possible.wrong = Some(wrong.words);
    page(wrong.status, &shown)
}

async fn shown(office: &Office, caller: &Caller, permit: PermitRecord) -> Result<OnePage, Problem> {
    let store = office.store();
    let lines = store.permit_lines(permit.id).await?;
    let operator = store.operator(permit.operator).await?;
    let issuer = store.agency(permit.office).await?;
    let around = Around::of(caller, Here::Permits);
    let possible = Possible::of(office, caller, &permit).await?;
    let live = permit.state.live();
    Ok(OnePage {
        possible,
        printed: live.and_then(Live::printed_on),
        handed_over: live.and_then(Live::handed_over_on),
        copy: live.and_then(|live| EndorsedCopy::of(live, office)),
        amendment: live
            .and_then(Live::amendment)
            .map(|asked| (asked.wanted.to_string(), asked.why.to_string())),
        number: permit.number,
        paper: paper(permit.kind),
        state: permit.state.as_str(office.today()),
        ended: ended(&permit.state),
        operator: operator.map_or_else(|| permit.operator.to_string(), |operator| operator.name),
        office: issuer.map(|record| record.agency.name),
        issued: permit.issued,
        last_day: permit.last_day,
        // Ports see permits and no applications.
        application: permit.application.filter(|_| around.has_applications).map(|own| own.to_string()),
        replaces: permit.replaces.map(|replaced| replaced.to_string()),
        stamps: store.stamps_on(permit.id).await?,
        lines: lines.iter().map(Line::of).collect(),
        around,
    })
}
