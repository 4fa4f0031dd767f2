//! Lines of a draft out of a file.

use axum::extract::{Path, State};
use axum::response::Response;
use utoipa::ToSchema;

use super::answer::reply;
use super::drafts::TableView;
use super::view::FileBytes;
use crate::Office;
use crate::caller::Caller;
use crate::deeds;
use crate::deeds::lines_file;
use crate::once::{IdempotencyKey, IfMatch, Sent, once};
use crate::problem::Problem;
use crate::tables::Place;

/// What became of the table of a file, and where in it the table stood.
#[derive(Debug, serde::Serialize, ToSchema)]
pub(super) struct FileView {
    /// The sheet of the workbook: the first one that is shown and whose headings are understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    /// The doubt about the encoding of a text, where no mark told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(flatten)]
    table: TableView,
}

impl FileView {
    pub(super) fn of(place: Place, table: TableView) -> FileView {
        let (sheet, encoding) = match place {
            Place::Sheet(sheet) => (Some(sheet), None),
            Place::Text(encoding) => (None, encoding),
        };
        FileView { sheet, encoding, table }
    }
}

/// Takes the lines of a workbook (.xlsx) or of a table as text into a draft; its type is told by its bytes.
#[utoipa::path(
    post, path = "/api/applications/{application}/lines/file", tag = "applications",
    request_body(content = FileBytes, content_type = "application/octet-stream", description = "The file."),
    params(("application" = String, Path, description = "Its id."), IfMatch, IdempotencyKey),
    responses((status = 200, description = "What became of each row.", body = FileView))
)]
pub(super) async fn import(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    let id = deeds::may_to_application(&office, &caller, &application).await?;
    let (seen, key) = (sent.seen()?, sent.key(&caller)?);
    once(&office, key.as_ref(), &sent, async {
        let bytes = sent.bytes().clone();
        let (imported, (table, place)) = lines_file::import(&office, &caller, (id, seen), bytes).await?;
        let view = FileView::of(place, TableView::of(&imported.record, &table));
        let reply = reply(200, &view)?;
        imported.save(key.as_ref().map(|key| (key, &reply))).await?;
        Ok(reply)
    })
    .await
}
