//! Workbooks of spreadsheet programs (Office Open XML, `.xlsx`): the cells of a sheet as texts.
//!
//! Source of truth: the parts of the package (ECMA-376 Part 1 §18 and Part 2 §9). A cell comes as the program keeps
//! its value: days as ISO 8601, numbers in full, percentages with their sign, numbers that are shown with leading zeros
//! with them, a formula by the value that was worked out when it was saved. Hidden sheets are not read; hidden rows are.

mod format;
mod package;
mod sheet;
mod xml;

use crate::archive::{Archive, ArchiveError};
use format::Formats;
use package::Parts;
use xml::Strings;

/// The most sheets of a workbook that are read; people keep a year by months in one.
pub const SHEETS_MAX: usize = 64;
/// The most rows of a sheet: five times the lines of an application, for titles, empty rows and totals between them.
pub const SHEET_ROWS_MAX: usize = 5_000;
/// The most columns of a sheet; the widest official table has 49.
pub const SHEET_COLUMNS_MAX: usize = 256;
/// The most bytes of all texts of a sheet: as much as a table that is pasted may have. One text may stand in many
/// cells, so that the size of the file is no bound.
pub const SHEET_TEXT_BYTES_MAX: usize = 4 << 20;
/// The most letters of a cell; spreadsheet programs keep no more.
pub const CELL_LETTERS_MAX: usize = 32_767;

/// Why a workbook, or a sheet of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookError {
    /// It is no archive that can be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// It is an archive without a workbook.
    #[error("the file is packed and holds no workbook; hand in a workbook (.xlsx) or a table as text (.csv)")]
    NoWorkbook,
    /// A part of it is not written as the standard says.
    #[error("`{part}` in the workbook is damaged; open it in a spreadsheet program and save it anew")]
    Part {
        /// The name of the part.
        part: String,
    },
    /// It has too many sheets.
    #[error("the workbook has more than {SHEETS_MAX} sheets; hand in the one with the lines")]
    TooManySheets,
    /// Something stands below the last row that is read.
    #[error("sheet `{sheet}` goes on in row {row}, and {SHEET_ROWS_MAX} rows are read; split it")]
    TooManyRows {
        /// The sheet.
        sheet: String,
        /// The row, from 1.
        row: u32,
    },
    /// Something stands right of the last column that is read.
    #[error(
        "row {row} of sheet `{sheet}` goes on in column {column}, and {SHEET_COLUMNS_MAX} are read; take out what is not of the table"
    )]
    TooWide {
        /// The sheet.
        sheet: String,
        /// The row, from 1.
        row: u32,
        /// The column, from 1.
        column: usize,
    },
    /// A cell is longer than any.
    #[error("row {row} of sheet `{sheet}` has a cell of more than {CELL_LETTERS_MAX} letters; shorten it")]
    LongCell {
        /// The sheet.
        sheet: String,
        /// The row, from 1.
        row: u32,
    },
    /// All texts together are too long.
    #[error("sheet `{sheet}` has more than {SHEET_TEXT_BYTES_MAX} bytes of text; split it")]
    TooMuchText {
        /// The sheet.
        sheet: String,
    },
}

/// How many letters of the name of a part are told; those that programs write have some thirty.
const PART_LETTERS_SHOWN: usize = 80;

impl WorkbookError {
    fn part(part: &str) -> WorkbookError {
        WorkbookError::Part { part: part.chars().take(PART_LETTERS_SHOWN).collect() }
    }
}

/// The cells of a sheet, row by row as the sheet numbers them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The rows; cells at the end in which nothing stands are left out.
    pub rows: Vec<Vec<String>>,
}

/// A workbook in memory.
#[derive(Debug)]
pub struct Workbook<'b> {
    archive: Archive<'b>,
    strings: Strings,
    formats: Formats,
    /// The names of the sheets that are shown, with their parts.
    sheets: Vec<(String, String)>,
}

impl<'b> Workbook<'b> {
    /// Opens a workbook: reads which sheets it has, the texts that they share, and how numbers are shown.
    ///
    /// # Errors
    /// It is none, is damaged, or unpacks to too much.
    pub fn of(bytes: &'b [u8]) -> Result<Workbook<'b>, WorkbookError> {
        let mut archive = Archive::of(bytes)?;
        let Parts { sheets, strings, styles, is_1904 } = Parts::of(&mut archive)?;
        let strings = match strings {
            Some(part) => Strings::of(&part, &xml::text(&mut archive, &part)?.unwrap_or_default())?,
            None => Strings::default(),
        };
        let styles = match styles {
            Some(part) => xml::text(&mut archive, &part)?.map(|text| (part, text)),
            None => None,
        };
        let formats = match styles {
            Some((part, text)) => Formats::of(&part, &text, is_1904)?,
            None => Formats::none(is_1904),
        };
        Ok(Workbook { archive, strings, formats, sheets })
    }

    /// The names of the sheets that are shown, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str())
    }

    /// The sheet numbered `at` among those that are shown, from 0; `None` behind the last.
    ///
    /// # Errors
    /// It is damaged, or larger than is read.
    pub fn sheet(&mut self, at: usize) -> Result<Option<Sheet>, WorkbookError> {
        let Some((name, part)) = self.sheets.get(at).cloned() else { return Ok(None) };
        let text = xml::text(&mut self.archive, &part)?.ok_or_else(|| WorkbookError::part(&part))?;
        let rows = sheet::rows((&name, &part), &text, &self.strings, &self.formats)?;
        Ok(Some(Sheet { name, rows }))
    }
}

#[cfg(test)]
mod tests;
