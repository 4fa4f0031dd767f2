//! Reading the project's own tables: CSV in UTF-8 with a fixed header.
//!
//! Source of truth: the columns in `docs/ARCHITECTURE.md`. Cells are borrowed from the text, because the
//! tables are read at each start. Downloads of others, whose shape is theirs, are read in `import`.

use std::borrow::Cow;

use crate::cells::{End, cell};

/// What is wrong with a row of one of the project's own tables, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table} line {line}: {fault}")]
pub struct TableError {
    /// The table, such as `taxa.csv`.
    pub table: &'static str,
    /// The line on which the row starts, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The first line is not the header.
    #[error("the header is not `{expected}`; write exactly these columns")]
    Header {
        /// The columns, separated by commas.
        expected: &'static str,
    },
    /// The row has too few or too many cells.
    #[error("the row has {found} cells instead of {expected}; put cells that contain a comma in quotes")]
    Cells {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A quoted cell does not end.
    #[error("a quoted cell does not end; close the quote")]
    OpenQuote,
    /// A cell is not what its column holds.
    #[error("column {column}: {problem}")]
    Cell {
        /// The column.
        column: &'static str,
        /// What is wrong and what to write instead.
        problem: String,
    },
    /// The name stands in the table already.
    #[error("`{name}` is in the table already, on line {first}; keep one of the two rows")]
    Duplicate {
        /// The name.
        name: String,
        /// The line of the first row.
        first: u32,
    },
    /// The next higher taxon is not above the row.
    #[error("no row above has the parent `{parent}`; add it, or put it before its children")]
    UnknownParent {
        /// The parent as written.
        parent: String,
    },
    /// The parent is not of a higher rank.
    #[error("the parent `{parent}` is not of a higher rank than its child; correct the rank or the parent")]
    ParentTooLow {
        /// The parent.
        parent: String,
    },
    /// The name that the row points to is no taxon.
    #[error("`{name}` is not an accepted name of taxa.csv; add the taxon or correct the name")]
    UnknownTaxon {
        /// The name as written.
        name: String,
    },
    /// The table is larger than a table of names can be.
    #[error("the table has more than 4 GiB of names; split it")]
    TooLarge,
}

/// A row: its line and its cells.
pub(crate) struct Row<'t, const N: usize> {
    pub line: u32,
    pub cells: [Cow<'t, str>; N],
}

/// The rows of a table.
pub(crate) struct Rows<'t, const N: usize> {
    rest: &'t str,
    line: u32,
}

impl<'t, const N: usize> Rows<'t, N> {
    /// The rows below the header of `text`; an empty text has none.
    pub fn new(text: &'t str, columns: &'static str) -> Result<Self, (u32, Fault)> {
        let text = text.trim_start_matches('\u{feff}');
        let (header, rest) = text.split_once('\n').unwrap_or((text, ""));
        if text.is_empty() || header.trim_end_matches('\r') == columns {
            return Ok(Self { rest, line: 2 });
        }
        Err((1, Fault::Header { expected: columns }))
    }

    fn row(&mut self) -> Result<Row<'t, N>, (u32, Fault)> {
        let line = self.line;
        let mut cells = [const { Cow::Borrowed("") }; N];
        let mut found = 0;
        loop {
            let Ok((cell, end, rest)) = cell(self.rest, b',') else {
                self.rest = "";
                return Err((line, Fault::OpenQuote));
            };
            if let Some(slot) = cells.get_mut(found) {
                *slot = cell;
            }
            if self.rest.starts_with('"') {
                self.line += lines_in_quotes(self.rest, rest);
            }
            found += 1;
            self.rest = rest;
            if end != End::Cell {
                break;
            }
        }
        self.line += 1;
        if found == N { Ok(Row { line, cells }) } else { Err((line, Fault::Cells { found, expected: N })) }
    }
}

/// How many line ends the quoted cell between the start of `before` and the start of `after` holds.
fn lines_in_quotes(before: &str, after: &str) -> u32 {
    let cell = before.get(..before.len() - after.len()).unwrap_or("");
    let inner = cell.trim_end_matches(['\r', '\n']);
    inner.bytes().filter(|byte| *byte == b'\n').count() as u32
}

impl<'t, const N: usize> Iterator for Rows<'t, N> {
    type Item = Result<Row<'t, N>, (u32, Fault)>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(rest) = self.rest.strip_prefix('\n').or_else(|| self.rest.strip_prefix("\r\n")) {
            self.rest = rest;
            self.line += 1;
        }
        (!self.rest.is_empty()).then(|| self.row())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<(u32, String), (u32, Fault)>> {
        let rows = Rows::<3>::new(text, "a,b,c").unwrap();
        rows.map(|row| row.map(|row| (row.line, row.cells.join("|")))).collect()
    }

    #[test]
    fn cells_are_read_as_written() {
        let rows = read("a,b,c\r\n1,,3\r\n\"x, y\",\"say \"\"so\"\"\",\"two\nlines\"\n4,5,6");
        let expected = [(2, "1||3"), (3, "x, y|say \"so\"|two\nlines"), (5, "4|5|6")];
        assert_eq!(rows, expected.map(|(line, cells)| Ok((line, cells.to_owned()))));
    }

    #[test]
    fn a_bad_row_loses_no_good_one() {
        let rows = read("a,b,c\n1,2\n\n1,2,3\n1,2,3,4\n1,\"2,3\n");
        assert_eq!(rows[0], Err((2, Fault::Cells { found: 2, expected: 3 })));
        assert_eq!(rows[1], Ok((4, "1|2|3".to_owned())));
        assert_eq!(rows[2], Err((5, Fault::Cells { found: 4, expected: 3 })));
        assert_eq!(rows[3], Err((6, Fault::OpenQuote)));
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn the_header_must_be_the_tables_own() {
        assert!(Rows::<3>::new("a,c,b\n", "a,b,c").is_err());
        assert_eq!(Rows::<3>::new("", "a,b,c").unwrap().count(), 0);
        assert_eq!(Rows::<3>::new("\u{feff}a,b,c\n", "a,b,c").unwrap().count(), 0);
    }
}
