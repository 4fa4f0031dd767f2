//! Reading the tables of the law book: CSV in UTF-8 with a header, columns found by name.
//!
//! Tables are read at each start, so that cells are borrowed from the text wherever they can be.
//!
//! Source of truth: the columns in `docs/ARCHITECTURE.md`. Every fault names table, line, column and what
//! to do; a table with a fault does not load.

use std::borrow::Cow;

/// What is wrong with a row of a table of law, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table} line {line}, column {column}: {problem}")]
pub struct TableError {
    /// The table, such as `listings.csv`.
    pub table: String,
    /// The line on which the row starts, counted from 1.
    pub line: u64,
    /// The column.
    pub column: String,
    /// What is wrong and what to write instead.
    pub problem: String,
}

/// A table: its rows with their lines.
pub struct Table<'t> {
    name: &'t str,
    columns: Vec<Cow<'t, str>>,
    cells: Vec<Cow<'t, str>>,
    /// The line on which each row starts.
    lines: Vec<u32>,
}

/// One row.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table<'t>,
    number: usize,
}

impl<'t> Table<'t> {
    /// Reads `text` as the table `name`, which must have `needed` columns.
    ///
    /// # Errors
    /// No CSV, or a column is missing.
    pub fn read(name: &'t str, text: &'t str, needed: &[&str]) -> Result<Table<'t>, TableError> {
        let fault = |line: u32, column: &str, problem: String| TableError {
            table: name.to_owned(),
            line: u64::from(line),
            column: column.to_owned(),
            problem,
        };
        let mut scan = Scan::of(text);
        let mut columns = Vec::new();
        scan.row(&mut columns).map_err(|line| fault(line, "header", OPEN_QUOTE.to_owned()))?;
        if let Some(missing) = needed.iter().find(|column| !columns.iter().any(|name| name == **column)) {
            return Err(fault(1, missing, "the column is missing; add it to the header".to_owned()));
        }
        let (mut cells, mut lines) = (Vec::with_capacity(text.len() / CELL_BYTES), Vec::new());
        loop {
            let before = cells.len();
            let row = scan.row(&mut cells).map_err(|line| fault(line, "row", OPEN_QUOTE.to_owned()))?;
            let Some(line) = row else { break };
            let (found, expected) = (cells.len() - before, columns.len());
            if found != expected {
                let problem = format!(
                    "the row has {found} cells instead of {expected}; give it as many as the header has"
                );
                return Err(fault(line, "row", problem));
            }
            lines.push(line);
        }
        Ok(Table { name, columns, cells, lines })
    }

    /// The rows in order.
    pub fn rows(&'t self) -> impl Iterator<Item = Row<'t>> {
        (0..self.lines.len()).map(move |number| Row { table: self, number })
    }
}

/// Bytes of a cell with its comma, at least: what is set aside before reading.
const CELL_BYTES: usize = 6;

const OPEN_QUOTE: &str = "a quoted cell does not end; close the quote";

/// What ends a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Cell,
    Row,
}

/// A walk over the cells of a text.
struct Scan<'t> {
    rest: &'t str,
    line: u32,
}

impl<'t> Scan<'t> {
    fn of(text: &'t str) -> Scan<'t> {
        Scan { rest: text.trim_start_matches('\u{feff}'), line: 1 }
    }

    /// Adds the cells of the next row; the line on which it starts, or `None` at the end. Empty lines are no
    /// rows.
    fn row(&mut self, cells: &mut Vec<Cow<'t, str>>) -> Result<Option<u32>, u32> {
        while let Some(rest) = self.rest.strip_prefix('\n').or_else(|| self.rest.strip_prefix('\r')) {
            self.line += u32::from(self.rest.starts_with('\n'));
            self.rest = rest;
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        loop {
            let (cell, end) =
                if self.rest.starts_with('"') { self.quoted().ok_or(line)? } else { self.plain() };
            cells.push(cell);
            if end == End::Row {
                return Ok(Some(line));
            }
        }
    }

    fn plain(&mut self) -> (Cow<'t, str>, End) {
        let ends = |byte: &u8| matches!(byte, b',' | b'\n' | b'\r');
        let at = self.rest.bytes().position(|byte| ends(&byte)).unwrap_or(self.rest.len());
        let (cell, rest) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        (Cow::Borrowed(cell), self.end(rest))
    }

    /// What ends the cell before `rest`, which is read.
    fn end(&mut self, rest: &'t str) -> End {
        if let Some(rest) = rest.strip_prefix(',') {
            self.rest = rest;
            return End::Cell;
        }
        let rest = rest.strip_prefix('\r').unwrap_or(rest);
        self.line += u32::from(rest.starts_with('\n'));
        self.rest = rest.strip_prefix('\n').unwrap_or(rest);
        End::Row
    }

    /// A cell in quotes; `None` where they do not close.
    fn quoted(&mut self) -> Option<(Cow<'t, str>, End)> {
        let mut rest = self.rest.strip_prefix('"')?;
        let mut cell = Cow::Borrowed("");
        loop {
            let (part, after) = rest.split_once('"')?;
            self.line += part.bytes().filter(|byte| *byte == b'\n').count() as u32;
            cell += part;
            match after.strip_prefix('"') {
                Some(more) => {
                    cell += "\"";
                    rest = more;
                }
                None => {
                    self.rest = after;
                    // Letters after the closing quote belong to the cell; a spreadsheet writes none.
                    let (more, end) = self.plain();
                    cell += more;
                    return Some((cell, end));
                }
            }
        }
    }
}

impl<'t> Row<'t> {
    /// The cell of `column` without outer white space; empty where the table has no such column.
    pub fn get(&self, column: &str) -> &'t str {
        let Some(at) = self.table.columns.iter().position(|name| name == column) else { return "" };
        let place = self.number * self.table.columns.len() + at;
        self.table.cells.get(place).map_or("", |cell| cell.trim())
    }

    /// The cell of `column`, which may not be empty.
    ///
    /// # Errors
    /// The cell is empty.
    pub fn needed(&self, column: &str) -> Result<&'t str, TableError> {
        match self.get(column) {
            "" => Err(self.fault(column, "the cell is empty; every row needs it")),
            cell => Ok(cell),
        }
    }

    /// The cell of `column` as a `T`.
    ///
    /// # Errors
    /// The cell is no `T`.
    pub fn parsed<T>(&self, column: &str) -> Result<T, TableError>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        self.get(column).parse().map_err(|error: T::Err| self.fault(column, &error.to_string()))
    }

    /// The cell of `column` as a `T`; `None` where it is empty.
    ///
    /// # Errors
    /// The cell holds something that is no `T`.
    pub fn optional<T>(&self, column: &str) -> Result<Option<T>, TableError>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        if self.get(column).is_empty() { Ok(None) } else { self.parsed(column).map(Some) }
    }

    /// A fault of this row.
    pub fn fault(&self, column: &str, problem: &str) -> TableError {
        TableError {
            table: self.table.name.to_owned(),
            line: self.line(),
            column: column.to_owned(),
            problem: problem.to_owned(),
        }
    }

    /// The line on which the row starts, counted from 1.
    pub fn line(&self) -> u64 {
        self.table.lines.get(self.number).copied().map_or(0, u64::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u64, String, String)> {
        let table = Table::read("t.csv", text, &["a", "b"]).unwrap();
        let rows = table.rows().map(|row| (row.line(), row.get("a").to_owned(), row.get("b").to_owned()));
        rows.collect()
    }

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        let row = |line, a: &str, b: &str| (line, a.to_owned(), b.to_owned());
        assert_eq!(cells("a,b\n1, 2 \n"), [row(2, "1", "2")]);
        assert_eq!(cells("\u{feff}a,b\r\n1,\r\n\r\n,2"), [row(2, "1", ""), row(4, "", "2")]);
        assert_eq!(
            cells("a,b\n\"x,\"\"y\"\"\nz\",2\n3,\"4\"\n"),
            [row(2, "x,\"y\"\nz", "2"), row(4, "3", "4")]
        );
        assert_eq!(cells("a,b\n"), []);
        let table = Table::read("t.csv", "a,b\n1,2\n", &[]).unwrap();
        assert_eq!(table.rows().next().unwrap().get("c"), "");
    }

    #[test]
    fn faults_are_told_with_their_place() {
        let told = |text: &str| {
            Table::read("t.csv", text, &["a"]).err().map(|fault| fault.to_string()).unwrap_or_default()
        };
        assert!(told("b\n").starts_with("t.csv line 1, column a: the column is missing"));
        assert!(
            told("a\n1\n1,2\n").starts_with("t.csv line 3, column row: the row has 2 cells instead of 1")
        );
        assert!(told("a\n\"1\n").starts_with("t.csv line 2, column row: a quoted cell does not end"));
        assert!(told("").contains("the column is missing"));
    }
}
