//! Where in a file the table stands: on the first sheet of a workbook whose headings are understood, or in a text.
//!
//! Source of truth: the bytes, by `files`; which headings a table has, and what its cells say, is `permits`'.

use files::{KindError, TextRoom, Workbook, WorkbookError, text_table};
use permits::sheet::TableError;

use crate::deeds::refused;
use crate::problem::Problem;

/// Where in a file a table stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On this sheet of a workbook.
    Sheet(String),
    /// In a text; the doubt about its encoding, where no mark tells it.
    Text(Option<String>),
}

/// The table of a file, by `read`, and where it stood. A workbook is known by how an archive begins; everything else is
/// read as text, of no more than `room`.
///
/// # Errors
/// The file holds no table, or one that is larger than is read.
pub(crate) fn found<T>(
    bytes: &[u8],
    room: TextRoom,
    read: impl Fn(&[Vec<String>]) -> Result<T, TableError>,
) -> Result<(T, Place), Problem> {
    match bytes {
        [] => Err(Problem::refused("the file holds nothing; choose it again")),
        [b'P', b'K', 3, 4, ..] => in_workbook(bytes, read),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(refused(&KindError::Old)),
        _ => {
            let (rows, assumed) = text_table(bytes, room).map_err(|error| refused(&error))?;
            let table = read(&rows).map_err(|error| refused(&error))?;
            Ok((table, Place::Text(assumed.map(|assumed| assumed.to_string()))))
        }
    }
}

/// The first sheet that has a row of headings which is understood.
fn in_workbook<T>(
    bytes: &[u8],
    read: impl Fn(&[Vec<String>]) -> Result<T, TableError>,
) -> Result<(T, Place), Problem> {
    let wrong = |error: WorkbookError| refused(&error);
    let mut workbook = Workbook::of(bytes).map_err(wrong)?;
    let (mut at, mut nearest) = (0, None);
    while let Some(sheet) = workbook.sheet(at).map_err(wrong)? {
        match read(&sheet.rows) {
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
