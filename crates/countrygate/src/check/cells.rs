//! The cells of one row.
//!
//! A cell in quotes holds delimiters, line ends and, written twice, quotes (RFC 4180). Whether a cell was in
//! quotes is kept: programs that write a missing value as `NA` write Namibia as `"NA"`.

use std::borrow::Cow;
use std::ops::Range;

/// A place for the cells of a row, used again for the next.
#[derive(Debug, Default)]
pub struct Cells {
    cells: Vec<Cell>,
}

#[derive(Debug, Clone)]
struct Cell {
    /// The text without the quotes around it.
    text: Range<usize>,
    quoted: bool,
    /// It holds quotes written twice, or goes on behind its closing quote.
    is_odd: bool,
}

/// The cells of one row.
#[derive(Debug, Clone, Copy)]
pub struct RowCells<'r> {
    row: &'r str,
    cells: &'r [Cell],
}

impl Cells {
    /// Takes `row` apart.
    pub fn split<'r>(&'r mut self, row: &'r str, delimiter: u8) -> RowCells<'r> {
        self.cells.clear();
        let bytes = row.as_bytes();
        let mut start = 0;
        loop {
            let (cell, end) = if bytes.get(start) == Some(&b'"') {
                quoted(bytes, start, delimiter)
            } else {
                let rest = bytes.get(start..).unwrap_or_default();
                let end =
                    rest.iter().position(|byte| *byte == delimiter).map_or(bytes.len(), |at| start + at);
                (Cell { text: start..end, quoted: false, is_odd: false }, end)
            };
            self.cells.push(cell);
            if end >= bytes.len() {
                return RowCells { row, cells: &self.cells };
            }
            start = end + 1;
        }
    }
}

/// A cell that begins with a quote, and where it ends.
fn quoted(bytes: &[u8], start: usize, delimiter: u8) -> (Cell, usize) {
    let from = start + 1;
    let (mut at, mut is_odd) = (from, false);
    while let Some(byte) = bytes.get(at) {
        if *byte != b'"' {
            at += 1;
        } else if bytes.get(at + 1) == Some(&b'"') {
            is_odd = true;
            at += 2;
        } else {
            break;
        }
    }
    let behind = bytes.get(at + 1..).unwrap_or_default();
    let tail = behind.iter().position(|byte| *byte == delimiter).unwrap_or(behind.len());
    let end = (at + 1 + tail).min(bytes.len());
    if tail == 0 {
        return (Cell { text: from..at.min(bytes.len()), quoted: true, is_odd }, end);
    }
    // `"a"b` is read as `ab`, as other programs do.
    (Cell { text: from..end, quoted: true, is_odd: true }, end)
}

impl<'r> RowCells<'r> {
    /// How many cells there are.
    pub fn len(self) -> usize {
        self.cells.len()
    }

    /// The text of a cell without outer white space; empty where the row has no such cell.
    pub fn get(self, at: usize) -> Cow<'r, str> {
        match self.cells.get(at) {
            None => Cow::Borrowed(""),
            Some(cell) => match self.text(cell) {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
            },
        }
    }

    /// The text of a cell as it stands.
    pub fn raw(self, at: usize) -> Cow<'r, str> {
        self.cells.get(at).map_or(Cow::Borrowed(""), |cell| self.text(cell))
    }

    /// Whether a cell is in quotes.
    pub fn is_quoted(self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| cell.quoted)
    }

    /// Whether every cell from `at` on is empty.
    pub fn is_empty_from(self, at: usize) -> bool {
        self.cells.iter().skip(at).all(|cell| cell.text.is_empty())
    }

    fn text(self, cell: &Cell) -> Cow<'r, str> {
        let text = self.row.get(cell.text.clone()).unwrap_or_default();
        if !cell.is_odd {
            return Cow::Borrowed(text);
        }
        let mut whole = String::with_capacity(text.len());
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter != '"' {
                whole.push(letter);
            } else if letters.next_if_eq(&'"').is_some() {
                whole.push('"');
            }
        }
        Cow::Owned(whole)
    }
}

/// Adds a cell to a row of an answer, in quotes where it needs them.
pub fn write_cell(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.push(b'"');
        for byte in text.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(row: &str) -> Vec<String> {
        let mut cells = Cells::default();
        let cells = cells.split(row, b',');
        (0..cells.len()).map(|at| cells.raw(at).into_owned()).collect()
    }

    #[test]
    fn cells_are_taken_apart_as_other_programs_do() {
        for (row, expected) in [
            ("a,b", vec!["a", "b"]),
            ("", vec![""]),
            ("a,", vec!["a", ""]),
            (",", vec!["", ""]),
            ("\"a,b\",c", vec!["a,b", "c"]),
            ("\"a \"\"b\"\"\",c", vec!["a \"b\"", "c"]),
            ("\"\",\"\"", vec!["", ""]),
            ("a \"b\",c", vec!["a \"b\"", "c"]),
            ("\"a\"b,c", vec!["ab", "c"]),
            ("\"a\nb\"", vec!["a\nb"]),
            ("隼,\"雕\"", vec!["隼", "雕"]),
            ("\"a", vec!["a"]),
        ] {
            assert_eq!(split(row), expected, "{row:?}");
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(row.as_bytes());
            if let Some(record) = reader.records().next() {
                assert_eq!(record.unwrap().iter().collect::<Vec<_>>(), expected, "{row:?}");
            }
        }
    }

    #[test]
    fn quotes_around_a_cell_are_remembered() {
        let mut cells = Cells::default();
        let cells = cells.split("NA,\"NA\", a ", b',');
        assert_eq!([cells.is_quoted(0), cells.is_quoted(1)], [false, true]);
        assert_eq!((cells.get(2), cells.raw(2)), ("a".into(), " a ".into()));
        assert!(cells.is_empty_from(3));
    }

    #[test]
    fn a_written_cell_reads_as_itself() {
        for text in ["", "a", "a,b", "say \"a\"", "a\nb", "隼"] {
            let mut out = Vec::new();
            write_cell(&mut out, text);
            let row = String::from_utf8(out).unwrap();
            assert_eq!(split(&row), [text], "{text:?}");
        }
    }
}
