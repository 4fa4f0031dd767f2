//! Drafts: begun, written anew in their own kept form, and filled out of a table, with every doubt and defect told.

use axum::extract::{Path, State};
use axum::response::Response;
use permits::application::asked::{Asked, Line, LineField, ReadHead, Taxa};
use permits::fields::{Field, Remark};
use permits::sheet::Table;
use store::ApplicationRecord;
use utoipa::ToSchema;

use super::answer::reply;
use crate::caller::Caller;
use crate::deeds::{self, draft};
use crate::once::{IdempotencyKey, IfMatch, Sent, once, tagged};
use crate::problem::Problem;
use crate::{Office, seen};

/// A doubt or a defect, with the field it belongs to.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct RemarkView {
    /// The word of the field.
    field: String,
    /// What is written there, as much as is shown.
    text: String,
    /// Whether the value could not be read; else it was read with a doubt.
    defect: bool,
    /// The word of the doubt or defect.
    id: &'static str,
    /// What there is to say, in English.
    reason: String,
}

impl RemarkView {
    fn all<F: Field>(remarks: &[Remark<F>]) -> Vec<RemarkView> {
        let view = |remark: &Remark<F>| RemarkView {
            field: remark.field.id().into_owned(),
            text: remark.written.to_string(),
            defect: remark.note.is_defect(),
            id: remark.note.id(),
            reason: remark.note.to_string(),
        };
        remarks.iter().map(view).collect()
    }
}

/// What is read of a line.
#[derive(Debug, serde::Serialize, ToSchema)]
struct LineView {
    /// Its place, from 1; of a row that waits, the row as the sheet numbers it.
    line: u64,
    /// The taxon that its name stands for, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    taxon: Option<String>,
    /// Doubts and defects.
    remarks: Vec<RemarkView>,
}

impl LineView {
    fn of(number: u64, line: &Line, taxa: &Taxa<'_>) -> LineView {
        let (read, remarks) = line.read(taxa);
        let taxon = read.name.and_then(|name| name.taxon).map(|taxon| taxon.name.to_string());
        LineView { line: number, taxon, remarks: RemarkView::all(&remarks) }
    }
}

/// What is applied for, as it is written, and what is read of it.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct DraftView {
    /// The id of the application.
    id: String,
    /// Grows with each change.
    version: i64,
    /// What is written, in the form in which it is kept: `form`, `head`, `lines`, `pending`.
    #[schema(value_type = Object)]
    draft: serde_json::Value,
    /// Doubts and defects of the head.
    head: Vec<RemarkView>,
    /// The lines.
    lines: Vec<LineView>,
    /// The rows that wait to be corrected.
    pending: Vec<LineView>,
}

impl DraftView {
    pub(super) fn of(record: &ApplicationRecord, taxa: &Taxa<'_>) -> Result<DraftView, Problem> {
        let asked = deeds::asked(record)?;
        let draft = serde_json::to_value(&asked);
        let lines = asked.lines().iter().zip(1..).map(|(line, number)| LineView::of(number, line, taxa));
        let pending = asked.pending().iter();
        Ok(DraftView {
            id: record.id.to_string(),
            version: record.version.0,
            draft: draft.map_err(|error| Problem::fault("what is asked cannot be written", &error))?,
            head: RemarkView::all(&ReadHead::of(&asked.head).1),
            lines: lines.collect(),
            pending: pending.map(|row| LineView::of(u64::from(row.row), &row.line, taxa)).collect(),
        })
    }
}

/// A draft that is to be begun.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDraft {
    /// The id of the operator who applies.
    operator: String,
    /// The paper that is asked for, such as `export-permit`.
    kind: Option<String>,
}

/// Begins an application.
#[utoipa::path(
    post, path = "/api/applications", tag = "applications", request_body = NewDraft,
    params(IdempotencyKey),
    responses((status = 201, description = "The draft.", body = DraftView))
)]
pub(super) async fn begin(
    State(office): State<Office>,
    caller: Caller,
    sent: Sent,
) -> Result<Response, Problem> {
    // Over something they may do it, or the guard had refused; whose it would be stands in the body.
    let body: NewDraft = sent.body()?;
    let operator = body.operator.parse().map_err(|_| Problem::not_found())?;
    let kind = body.kind.map(|kind| kind.parse()).transpose();
    let kind = kind.map_err(|error| Problem::refused_by(&error))?;
    deeds::may_begin(&caller, operator)?;
    let key = sent.key(&caller)?;
    once(&office, key.as_ref(), &sent, async {
        let begun = draft::begin(&office, &caller, operator, kind).await?;
        let reply = reply(201, &DraftView::of(&begun.record, office.taxa())?)?;
        begun.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}

/// What is applied for.
#[utoipa::path(
    get, path = "/api/applications/{application}/draft", tag = "applications",
    params(("application" = String, Path, description = "Its id.")),
    responses((status = 200, description = "What is written and what is read of it.", body = DraftView))
)]
pub(super) async fn read(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
) -> Result<Response, Problem> {
    let record = seen::application(&office, &caller, &application).await?;
    Ok(tagged(record.version, DraftView::of(&record, office.taxa())?))
}

/// Writes a draft anew.
#[utoipa::path(
    put, path = "/api/applications/{application}/draft", tag = "applications",
    request_body(content = Object, description = "What is written, in the form in which it is kept: `form` (1), `head`, `lines`, `pending`."),
    params(("application" = String, Path, description = "Its id."), IfMatch),
    responses((status = 200, description = "What is written and what is read of it.", body = DraftView))
)]
pub(super) async fn write(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = deeds::may_to_application(&office, &caller, &application).await?;
    let (seen, asked) = (sent.seen()?, sent.body::<Asked>()?);
    let written = draft::write(&office, &caller, (id, seen), &asked).await?;
    // Read once it is saved: the names of a thousand lines take longer than a deed, which holds what others wait for.
    let record = written.save(None).await?;
    Ok(tagged(record.version, DraftView::of(&record, office.taxa())?))
}

/// A table as it is pasted from a spreadsheet.
#[derive(Debug, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PastedTable {
    /// Every row with its cells, the headings among them.
    rows: Vec<Vec<String>>,
}

/// What became of a row.
#[derive(Debug, serde::Serialize, ToSchema)]
struct RowView {
    /// The row as the sheet numbers it, from 1.
    row: u32,
    /// Doubts of a row that was taken; why one waits.
    remarks: Vec<CellView>,
}

/// A remark with the place of its cell.
#[derive(Debug, serde::Serialize, ToSchema)]
struct CellView {
    /// The column, from 1; absent where the table has none for the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// What there is to say.
    #[serde(flatten)]
    remark: RemarkView,
}

/// A row that holds nothing to take.
#[derive(Debug, serde::Serialize, ToSchema)]
struct SkippedView {
    /// The row as the sheet numbers it, from 1.
    row: u32,
    /// above-headings, headings, empty, headings-again or total.
    why: &'static str,
}

/// What became of a table.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct TableView {
    /// The id of the application.
    id: String,
    /// Grows with each change.
    version: i64,
    /// The rows that are lines now.
    taken: Vec<RowView>,
    /// The rows that wait to be corrected.
    pending: Vec<RowView>,
    /// The rows that hold nothing to take.
    skipped: Vec<SkippedView>,
    /// Headings of columns in which something stands that is not read.
    unread: Vec<String>,
}

impl TableView {
    pub(super) fn of(record: &ApplicationRecord, table: &Table<LineField, Line>) -> TableView {
        let columns = &table.layout.columns;
        let column =
            |field: LineField| columns.iter().find(|(_, own, _)| *own == field).map(|(at, ..)| at + 1);
        let row = |row, remarks: &[Remark<LineField>]| {
            let places = remarks.iter().map(|remark| column(remark.field));
            let cells = places.zip(RemarkView::all(remarks));
            let remarks = cells.map(|(column, remark)| CellView { column, remark }).collect();
            RowView { row, remarks }
        };
        TableView {
            id: record.id.to_string(),
            version: record.version.0,
            taken: table.taken().map(|(number, _, remarks)| row(number, remarks)).collect(),
            pending: table.pending().map(|(number, _, remarks)| row(number, remarks)).collect(),
            skipped: table.skipped().map(|(row, why)| SkippedView { row, why: why.as_str() }).collect(),
            unread: table.layout.unread.iter().map(|column| column.heading.to_string()).collect(),
        }
    }
}

/// Takes the lines of a table into a draft.
#[utoipa::path(
    post, path = "/api/applications/{application}/lines/table", tag = "applications", request_body = PastedTable,
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "What became of each row.", body = TableView))
)]
pub(super) async fn import(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = deeds::may_to_application(&office, &caller, &application).await?;
    let (seen, body, key) = (sent.seen()?, sent.body::<PastedTable>()?, sent.key(&caller)?);
    once(&office, key.as_ref(), &sent, async {
        let (imported, table) = draft::import(&office, &caller, (id, seen), &body.rows).await?;
        let reply = reply(200, &TableView::of(&imported.record, &table))?;
        imported.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}
