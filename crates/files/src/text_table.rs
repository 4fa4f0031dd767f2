//! Tables as text: cells with tabs, semicolons or commas between them (RFC 4180), in any encoding of the region.
//!
//! Source of truth: the text. What stands between cells is what stands most often in the first lines. Every line is a
//! row, an empty one too, so that rows have the numbers that a spreadsheet gives them.

use crate::text::{Assumed, DecodeError, Text};
use crate::workbook::{SHEET_COLUMNS_MAX, SHEET_ROWS_MAX};

/// The most bytes of a table as text: some four thousand for each line of an application.
pub const TEXT_TABLE_BYTES_MAX: usize = 4 << 20;
/// By how many of the first lines it is told what stands between cells.
const LINES_LOOKED_AT: usize = 12;
/// What may stand between cells; of two that stand equally often the earlier one.
const BETWEEN: [char; 3] = ['\t', ';', ','];

/// Why text is no table.
#[derive(Debug, thiserror::Error)]
pub enum TextTableError {
    /// It is no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It is too long.
    #[error("the text has more than {0} bytes; split it")]
    TooLong(usize),
    /// It has too many rows.
    #[error("the text has more than {0} rows; split it")]
    TooManyRows(usize),
    /// A row has too many cells.
    #[error("row {row} has more than {SHEET_COLUMNS_MAX} cells; check that it is a table")]
    TooWide {
        /// The row, from 1.
        row: usize,
    },
    /// A quote is open to the end.
    #[error("a quote in row {row} is never closed; close it, or write quotes inside a cell twice")]
    OpenQuote {
        /// The row, from 1.
        row: usize,
    },
}

/// How much a text may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextRoom {
    /// The most bytes, once it is UTF-8.
    pub bytes_max: usize,
    /// The most rows.
    pub rows_max: usize,
}

/// The room of a table that is sent over the network.
pub const SENT_ROOM: TextRoom = TextRoom { bytes_max: TEXT_TABLE_BYTES_MAX, rows_max: SHEET_ROWS_MAX };

/// The rows of a table as text, and its encoding where no mark told it.
///
/// # Errors
/// It is no text, a quote is open to the end, or it is larger than `room`.
pub fn text_table(
    bytes: &[u8],
    room: TextRoom,
) -> Result<(Vec<Vec<String>>, Option<Assumed>), TextTableError> {
    let (mut text, mut out) = (Text::of(bytes), String::new());
    while text.read_into(&mut out)? {
        if out.len() > room.bytes_max {
            return Err(TextTableError::TooLong(room.bytes_max));
        }
    }
    Ok((rows(&out, between(&out), room.rows_max)?, text.assumed()))
}

/// What stands most often between cells in the first lines.
fn between(text: &str) -> char {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(LINES_LOOKED_AT);
    let often = |sign: char| lines().map(|line| line.matches(sign).count()).sum::<usize>();
    BETWEEN.into_iter().rev().max_by_key(|sign| often(*sign)).unwrap_or(',')
}

/// Where the reading stands within a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Start,
    Plain,
    /// Within quotes that were opened in this row.
    Quotes(usize),
    /// Behind a quote that closes, or is the first of two.
    Quote(usize),
}

fn rows(text: &str, between: char, rows_max: usize) -> Result<Vec<Vec<String>>, TextTableError> {
    let mut table = Rows { rows: Vec::new(), row: Vec::new(), cell: String::new(), rows_max };
    let (mut within, mut letters) = (Within::Start, text.chars().peekable());
    while let Some(letter) = letters.next() {
        within = match (within, letter) {
            (Within::Quotes(row), '"') => Within::Quote(row),
            (Within::Quotes(_), letter) => {
                table.cell.push(letter);
                within
            }
            (Within::Quote(row), '"') => {
                table.cell.push('"');
                Within::Quotes(row)
            }
            (Within::Start, '"') => Within::Quotes(table.rows.len() + 1),
            (_, letter) if letter == between => {
                table.end_cell()?;
                Within::Start
            }
            (_, '\r' | '\n') => {
                if letter == '\r' && letters.peek() == Some(&'\n') {
                    letters.next();
                }
                table.end_row()?;
                Within::Start
            }
            (_, letter) => {
                table.cell.push(letter);
                Within::Plain
            }
        };
    }
    if let Within::Quotes(row) = within {
        return Err(TextTableError::OpenQuote { row });
    }
    if within != Within::Start || !table.row.is_empty() {
        table.end_row()?;
    }
    Ok(table.rows)
}

/// The rows so far, with the row and the cell that are being read.
struct Rows {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: String,
    rows_max: usize,
}

impl Rows {
    fn end_cell(&mut self) -> Result<(), TextTableError> {
        if self.row.len() >= SHEET_COLUMNS_MAX {
            return Err(TextTableError::TooWide { row: self.rows.len() + 1 });
        }
        self.row.push(std::mem::take(&mut self.cell));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), TextTableError> {
        self.end_cell()?;
        if self.rows.len() >= self.rows_max {
            return Err(TextTableError::TooManyRows(self.rows_max));
        }
        self.rows.push(std::mem::take(&mut self.row));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        text_table(text.as_bytes(), SENT_ROOM).unwrap().0
    }

    #[test]
    fn rows_keep_their_numbers_and_cells_their_signs() {
        let expected = [vec!["name", "term"], vec![""], vec!["Falco; \"cherrug\"\nx", "LIV"], vec!["a", ""]];
        assert_eq!(read("name;term\r\n\r\n\"Falco; \"\"cherrug\"\"\nx\";LIV\na;"), expected);
        assert_eq!(read("name\tterm\nFalco, x\tLIV\n"), [["name", "term"], ["Falco, x", "LIV"]]);
        assert_eq!(read("name,term\nFalco,LIV"), [["name", "term"], ["Falco", "LIV"]]);
        assert_eq!(read("5\" ring\n"), [["5\" ring"]]);
        assert_eq!(read(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn an_encoding_that_no_mark_tells_is_told() {
        let (chinese, _, _) = encoding_rs::GB18030.encode("学名,标本类型\n猎隼,LIV\n");
        let (rows, assumed) = text_table(&chinese, SENT_ROOM).unwrap();
        assert_eq!(rows, [["学名", "标本类型"], ["猎隼", "LIV"]]);
        assert!(assumed.is_some());
    }

    #[test]
    fn what_is_larger_than_is_read_is_told() {
        let told = |text: String| text_table(text.as_bytes(), SENT_ROOM).unwrap_err().to_string();
        assert!(told("a\n".repeat(SHEET_ROWS_MAX + 1)).contains("rows"));
        assert!(told(format!("a\n{}", ",".repeat(SHEET_COLUMNS_MAX))).contains("row 2"));
        assert!(told("a".repeat(TEXT_TABLE_BYTES_MAX + 1)).contains("bytes"));
        assert!(told("a\n\"b\nc".to_owned()).contains("row 2"));
        assert!(text_table(b"\x7FELF\0\0", SENT_ROOM).is_err());
    }

    proptest! {
        #[test]
        fn written_then_read_is_the_same(rows in prop::collection::vec(prop::collection::vec("[a\";,\t\n\r ]{0,4}", 2..4), 1..5)) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",");
            let text = rows.iter().map(line).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(super::rows(&text, ',', SHEET_ROWS_MAX).unwrap(), rows);
        }
    }
}
