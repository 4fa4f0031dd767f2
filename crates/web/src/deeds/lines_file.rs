//! Lines of a draft out of a file: a workbook, or a table as text.
//!
//! Source of truth: the bytes, by [`tables`]; what the cells say is read by `permits`, as of a table that is pasted.

use cites::ApplicationId;
use files::SENT_ROOM;
use permits::application::asked::{Line, LineField, read_table};
use permits::sheet::Table;
use store::{ApplicationRecord, Version};

use super::{Prepared, draft};
use crate::Office;
use crate::aside::aside;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::tables::{self, Place};

/// A table of lines and where it stood.
pub(crate) type Found = (Table<LineField, Line>, Place);

/// Takes the lines of a file into a draft, and says what became of each row.
pub(crate) async fn import(
    office: &Office,
    caller: &Caller,
    which: (ApplicationId, Version),
    bytes: axum::body::Bytes,
) -> Result<(Prepared<ApplicationRecord>, Found), Problem> {
    let reader = office.clone();
    let read =
        move || tables::found(&bytes, SENT_ROOM, |rows: &[Vec<String>]| read_table(rows, reader.taxa()));
    let (table, place) = aside(read).await??;
    Ok((draft::take(office, caller, which, &table).await?, (table, place)))
}
