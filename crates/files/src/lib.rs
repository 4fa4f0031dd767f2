//! What people hand in as files: which type the bytes are, and the cells of the tables in them.
//!
//! Source of truth: the bytes. A name says nothing about a type, and nothing that a file holds is executed, rendered or
//! followed: no formula is worked out, no macro is run, no link is opened. What costs more than a bound of time or
//! memory is refused with the reason. Which columns a table has, and what its cells say, is decided by `permits`.

mod archive;
mod kind;
pub mod text;
mod text_table;
mod workbook;

pub use archive::{ARCHIVE_ENTRIES_MAX, ArchiveError, UNPACKED_BYTES_MAX};
pub use kind::{Kind, KindError};
pub use text_table::{SENT_ROOM, TEXT_TABLE_BYTES_MAX, TextRoom, TextTableError, text_table};
pub use workbook::{
    CELL_LETTERS_MAX, SHEET_COLUMNS_MAX, SHEET_ROWS_MAX, SHEET_TEXT_BYTES_MAX, SHEETS_MAX, Sheet, Workbook,
    WorkbookError,
};
