//! The register of papers of other countries, with their uses.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use cites::{Country, Day, DocumentKind, ForeignPaperId, Quantity, Term};
use permits::Told;
use permits::foreign::{Difference, Finding, PaperNumber, SeenLine, SeenPaper, Use, UsedLine};
use store::{ForeignPaperRecord, ForeignUse, Page};
use utoipa::{IntoParams, ToSchema};

use super::answer::reply;
use super::view::PageView;
use crate::Office;
use crate::caller::Caller;
use crate::deeds::foreign::{self as deed, Known, register};
use crate::once::{IdempotencyKey, IfMatch, Sent, once, tagged};
use crate::problem::Problem;
use crate::sent::{Asked, id, page};

/// A paper as it is printed.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPaper {
    /// The State whose authority issued it, two letters.
    #[schema(value_type = String)]
    issuer: Country,
    /// Its number as printed, at most 70 letters.
    number: String,
    /// What it is, such as `export-permit`.
    #[schema(value_type = String)]
    kind: DocumentKind,
    /// The day of issue.
    #[schema(value_type = Option<String>)]
    issued: Option<Day>,
    /// The last day printed.
    #[schema(value_type = Option<String>)]
    last_day: Option<Day>,
    /// Its lines, in their order.
    lines: Vec<NewLine>,
}

/// A line as it is printed.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLine {
    /// The scientific name.
    name: String,
    /// The kind of specimen, by its code.
    #[schema(value_type = Option<String>)]
    term: Option<Term>,
    /// How much, such as `5 NAR`.
    #[schema(value_type = String)]
    quantity: Quantity,
}

impl NewPaper {
    fn seen(&self) -> Result<SeenPaper, Problem> {
        let line = |line: &NewLine| SeenLine {
            name: line.name.as_str().into(),
            term: line.term.into(),
            quantity: Told::Is(line.quantity),
        };
        Ok(SeenPaper {
            issuer: self.issuer,
            number: PaperNumber::of(&self.number).map_err(|error| Problem::refused_by(&error))?,
            kind: self.kind,
            issued: self.issued.into(),
            last_day: self.last_day.into(),
            lines: self.lines.iter().map(line).collect(),
        })
    }
}

/// A use of a paper.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewUse {
    /// How much of which line.
    lines: Vec<NewUsedLine>,
    /// The port or office.
    port: String,
    /// The day; today where it is not told.
    #[schema(value_type = Option<String>)]
    day: Option<Day>,
    /// By what the consignment is known there.
    #[serde(default)]
    consignment: String,
    /// The paper as it was presented, to be held against what was first registered.
    presented: Option<NewPaper>,
}

/// How much of a line was used.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUsedLine {
    /// The line of the paper, from 1.
    line: u32,
    /// How much, in the unit in which it was counted.
    #[schema(value_type = String)]
    quantity: Quantity,
}

impl NewUse {
    fn further(&self, today: Day) -> Result<Use, Problem> {
        let line = |used: &NewUsedLine| {
            let line = usize::try_from(used.line).ok().and_then(|line| line.checked_sub(1));
            let line =
                line.ok_or_else(|| Problem::refused("lines are numbered from 1; correct the number"))?;
            Ok(UsedLine { line, quantity: used.quantity })
        };
        Ok(Use {
            on: self.day.unwrap_or(today),
            at: self.port.as_str().into(),
            consignment: self.consignment.as_str().into(),
            lines: self.lines.iter().map(line).collect::<Result<_, Problem>>()?,
        })
    }
}

/// Something to be said against a paper or a use of it.
#[derive(Debug, serde::Serialize, ToSchema)]
struct FindingView {
    /// The word of the finding.
    id: &'static str,
    /// What there is to say, in English.
    reason: String,
    /// What is not as it was first registered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences: Vec<DifferenceView>,
}

/// What is not the same on two papers of one number.
#[derive(Debug, serde::Serialize, ToSchema)]
struct DifferenceView {
    /// kind, issued, last-day, lines, name, term or quantity.
    field: &'static str,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// As it was first registered.
    first: String,
    /// As it is presented.
    now: String,
}

impl FindingView {
    fn of(finding: &Finding) -> FindingView {
        let differences = match finding {
            Finding::OtherContent { differences } => differences.iter().map(DifferenceView::of).collect(),
            _ => Vec::new(),
        };
        FindingView { id: finding.id(), reason: finding.to_string(), differences }
    }
}

impl DifferenceView {
    fn of(difference: &Difference) -> DifferenceView {
        let view = |field, line: Option<usize>, first: &dyn ToString, now: &dyn ToString| DifferenceView {
            field,
            line: line.map(|line| line + 1),
            first: first.to_string(),
            now: now.to_string(),
        };
        match difference {
            Difference::Kind { first, now } => view("kind", None, first, now),
            Difference::Issued { first, now } => view("issued", None, first, now),
            Difference::LastDay { first, now } => view("last-day", None, first, now),
            Difference::Lines { first, now } => view("lines", None, first, now),
            Difference::Name { line, first, now } => view("name", Some(*line), first, now),
            Difference::Term { line, first, now } => view("term", Some(*line), first, now),
            Difference::Quantity { line, first, now } => view("quantity", Some(*line), first, now),
        }
    }
}

/// A paper of the register in a list.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct PaperRow {
    /// Its id.
    id: String,
    /// Grows with each change.
    version: i64,
    /// The State whose authority issued it.
    issuer: String,
    /// Its number as it was first written.
    number: String,
    /// What it is.
    kind: String,
    /// The day of issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<String>,
    /// The last day printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<String>,
}

impl PaperRow {
    fn of(record: &ForeignPaperRecord) -> PaperRow {
        let written = record.content.get("number").and_then(serde_json::Value::as_str);
        PaperRow {
            id: record.id.to_string(),
            version: record.version.0,
            issuer: record.issuer.to_string(),
            number: written.unwrap_or(&record.number).to_owned(),
            kind: record.kind.clone(),
            issued: record.issued.map(|day| day.to_string()),
            last_day: record.last_day.map(|day| day.to_string()),
        }
    }
}

/// A paper of the register.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct PaperView {
    #[serde(flatten)]
    paper: PaperRow,
    /// Its lines.
    lines: Vec<PaperLineView>,
    /// The uses that were seen, in the order in which they were entered.
    uses: Vec<UseView>,
    /// What is to be said against what was just done with it; empty where it is only looked at.
    findings: Vec<FindingView>,
}

/// A line of a paper, with what is left of it.
#[derive(Debug, serde::Serialize, ToSchema)]
struct PaperLineView {
    /// Its number on the paper, from 1.
    line: u32,
    /// The name as printed.
    name: String,
    /// The accepted name of the taxon, where the name has one reading.
    #[serde(skip_serializing_if = "Option::is_none")]
    taxon: Option<String>,
    /// The kind of specimen.
    #[serde(skip_serializing_if = "Option::is_none")]
    term: Option<String>,
    /// How much it authorises.
    quantity: String,
    /// How much is left; absent where an earlier use was counted in a unit that does not convert.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
}

/// A use of a line.
#[derive(Debug, serde::Serialize, ToSchema)]
struct UseView {
    /// The line, from 1; the paper may not have it.
    line: u32,
    /// How much, as it was counted.
    quantity: String,
    /// The day.
    day: String,
    /// The port or office.
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<String>,
    /// By what the consignment is known there.
    #[serde(skip_serializing_if = "Option::is_none")]
    consignment: Option<String>,
    /// When it was entered.
    at: String,
}

impl UseView {
    fn of(used: &ForeignUse) -> UseView {
        UseView {
            line: used.line,
            quantity: used.quantity.to_string(),
            day: used.day.to_string(),
            port: used.port.clone(),
            consignment: used.reference.clone(),
            at: used.at.to_string(),
        }
    }
}

impl PaperView {
    fn of(known: &Known) -> Result<PaperView, Problem> {
        let first = deed::first(known)?;
        let lines = known.lines.iter().zip(first.lines).zip(deed::left(known)?);
        let line =
            |((kept, seen), left): ((&store::ForeignLine, SeenLine), Option<Quantity>)| PaperLineView {
                line: kept.line,
                name: seen.name.to_string(),
                taxon: kept.taxon.as_ref().map(|(_, name)| name.clone()),
                term: seen.term.value().map(ToString::to_string),
                quantity: kept.quantity.to_string(),
                left: left.map(|left| left.to_string()),
            };
        Ok(PaperView {
            paper: PaperRow::of(&known.record),
            lines: lines.map(line).collect(),
            uses: known.uses.iter().map(UseView::of).collect(),
            findings: known.findings.iter().map(FindingView::of).collect(),
        })
    }
}

/// Registers a paper of another country. One that is known by issuer and number, however that is written, is answered
/// with 200 as it was first registered, and what speaks against the one presented is told as findings.
#[utoipa::path(
    post, path = "/api/foreign-papers", tag = "foreign papers", request_body = NewPaper, params(IdempotencyKey),
    responses(
        (status = 201, description = "The paper, which is new.", body = PaperView),
        (status = 200, description = "The paper, which was known.", body = PaperView)
    )
)]
pub(super) async fn enter(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    caller.may(&register())?;
    let (presented, key) = (sent.body::<NewPaper>()?.seen()?, sent.key(&caller)?);
    once(&office, key.as_ref(), &sent, async {
        let (entered, is_new) = deed::enter(&office, &caller, &presented).await?;
        let reply = reply(if is_new { 201 } else { 200 }, &PaperView::of(&entered.record)?)?;
        entered.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}

/// Enters a use of a paper. A second use, one of more than is left, or one of another paper of the same number is
/// entered too, since it happened, and told as a finding.
#[utoipa::path(
    post, path = "/api/foreign-papers/{paper}/uses", tag = "foreign papers", request_body = NewUse,
    params(("paper" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 201, description = "The paper as it is now, with what speaks against the use.", body = PaperView))
)]
pub(super) async fn using(
    State(office): State<Office>,
    caller: Caller,
    Path(paper): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let paper = known(&office, &caller, &paper).await?.id;
    let (seen, body, key) = (sent.seen()?, sent.body::<NewUse>()?, sent.key(&caller)?);
    let presented = body.presented.as_ref().map(NewPaper::seen).transpose()?;
    let further = body.further(office.today())?;
    once(&office, key.as_ref(), &sent, async {
        let of = (presented.as_ref(), &further);
        let used = deed::using(&office, &caller, (paper, seen), of).await?;
        let reply = reply(201, &PaperView::of(&used.record)?)?;
        used.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}

/// Which papers.
#[derive(Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Only those of this State, two letters.
    issuer: Option<String>,
    /// Only the one of this number, in whatever spelling; with `issuer`.
    number: Option<String>,
    /// `next` of the page before; the first page without it.
    after: Option<String>,
    /// How many rows at most: 1 to 200, else 50.
    #[param(minimum = 1, maximum = 200)]
    most: Option<u32>,
}

/// Lists the register by issuer and number, or finds one paper by both.
#[utoipa::path(
    get, path = "/api/foreign-papers", tag = "foreign papers", params(Wanted),
    responses((status = 200, description = "A page of the list.", body = PageView<PaperRow>))
)]
pub(super) async fn list(
    State(office): State<Office>,
    caller: Caller,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<PageView<PaperRow>>, Problem> {
    caller.reach()?;
    let issuer = wanted.issuer.as_deref().map(str::parse::<Country>).transpose();
    let issuer = issuer.map_err(|error| Problem::unreadable(error.to_string()))?;
    let (after, most) = page(wanted.after.as_deref(), wanted.most)?;
    let found = match (issuer, wanted.number.as_deref()) {
        (Some(issuer), Some(number)) => {
            let number = PaperNumber::of(number).map_err(|error| Problem::unreadable(error.to_string()))?;
            let found = office.store().foreign_paper(issuer, number.folded()).await?;
            Page { rows: found.into_iter().collect(), next: None }
        }
        (None, Some(_)) => {
            return Err(Problem::unreadable("two States may give one number; tell the `issuer` with it"));
        }
        (issuer, None) => office.store().foreign_papers(issuer, after.as_ref(), most).await?,
    };
    Ok(Json(PageView::of(found, |record| PaperRow::of(&record))))
}

/// One paper, with what is left of it and the uses that were seen.
#[utoipa::path(
    get, path = "/api/foreign-papers/{paper}", tag = "foreign papers",
    params(("paper" = String, Path, description = "Its id.")),
    responses((status = 200, description = "The paper.", body = PaperView))
)]
pub(super) async fn one(
    State(office): State<Office>,
    caller: Caller,
    Path(paper): Path<String>,
) -> Result<Response, Problem> {
    let record = known(&office, &caller, &paper).await?;
    let known = deed::standing(&office, record).await?;
    Ok(tagged(known.record.version, PaperView::of(&known)?))
}

/// The paper of a written id, which the caller may do the deed of the route to.
pub(super) async fn known(
    office: &Office,
    caller: &Caller,
    written: &str,
) -> Result<ForeignPaperRecord, Problem> {
    caller.may(&register())?;
    let paper: ForeignPaperId = id(written)?;
    office.store().foreign_paper_of(paper).await?.ok_or_else(Problem::not_found)
}
