//! Lines of a draft out of a file: a workbook, or a table as text.
//!
//! Source of truth: the bytes, by `files`; what the cells say is read by `permits`, as of a table that is pasted.

use cites::ApplicationId;
use files::{SENT_ROOM, Workbook, WorkbookError, text_table};
use permits::application::asked::{Line, LineField, Taxa, read_table};
use permits::sheet::{Table, TableError};
use store::{ApplicationRecord, Version};
use tokio::sync::Semaphore;

use super::{Prepared, draft, refused};
use crate::Office;
use crate::caller::Caller;
use crate::problem::Problem;

/// Where in a file the lines stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// On this sheet of a workbook.
    Sheet(String),
    /// In a text; the doubt about its encoding, where no mark tells it.
    Text(Option<String>),
}

/// A table of lines and where it stood.
pub(crate) type Found = (Table<LineField, Line>, Place);

/// How many files are read at a time. One takes up to some hundred and fifty million bytes of memory and a second, so
/// that who hands in large ones waits for others of them and not everybody.
static READING: Semaphore = Semaphore::const_new(2);

/// Takes the lines of a file into a draft, and says what became of each row.
pub(crate) async fn import(
    office: &Office,
    caller: &Caller,
    which: (ApplicationId, Version),
    bytes: axum::body::Bytes,
) -> Result<(Prepared<ApplicationRecord>, Found), Problem> {
    let turn = READING.acquire().await.map_err(|error| Problem::fault("no file can be read", &error))?;
    let reader = office.clone();
    let read = tokio::task::spawn_blocking(move || found(&bytes, reader.taxa())).await;
    drop(turn);
    let (table, place) = read.map_err(|error| Problem::fault("a file broke off being read", &error))??;
    Ok((draft::take(office, caller, which, &table).await?, (table, place)))
}

/// Reads the table of a file. A workbook is known by how an archive begins; everything else is read as text.
fn found(bytes: &[u8], taxa: &Taxa<'_>) -> Result<Found, Problem> {
    if bytes.is_empty() {
        return Err(Problem::refused("the file holds nothing; send its bytes as the body"));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return in_workbook(bytes, taxa);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(refused(&files::KindError::Old));
    }
    let (rows, assumed) = text_table(bytes, SENT_ROOM).map_err(|error| refused(&error))?;
    let table = read_table(&rows, taxa).map_err(|error| refused(&error))?;
    Ok((table, Place::Text(assumed.map(|assumed| assumed.to_string()))))
}

/// The first sheet that has a row of headings which is understood.
fn in_workbook(bytes: &[u8], taxa: &Taxa<'_>) -> Result<Found, Problem> {
    let wrong = |error: WorkbookError| refused(&error);
    let mut workbook = Workbook::of(bytes).map_err(wrong)?;
    let (mut at, mut nearest) = (0, None);
    while let Some(sheet) = workbook.sheet(at).map_err(wrong)? {
        match read_table(&sheet.rows, taxa) {
            Ok(table) => return Ok((table, Place::Sheet(sheet.name))),
            Err(error @ (TableError::NoHeadings | TableError::NoColumn { .. })) => {
                // A sheet whose headings leave out one column says more than one that has none.
                let is_nearer = nearest.is_none() || matches!(error, TableError::NoColumn { .. });
                if is_nearer {
                    nearest = Some((sheet.name, error));
                }
            }
            Err(error) => return Err(in_sheet(&sheet.name, &error)),
        }
        at += 1;
    }
    Err(nearest.map_or_else(
        || Problem::refused("the workbook has no sheet that is shown; show the one with the lines"),
        |(name, error)| in_sheet(&name, &error),
    ))
}

fn in_sheet(name: &str, error: &TableError) -> Problem {
    Problem::refused(format!("sheet `{name}`: {error}"))
}
