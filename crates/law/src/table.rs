//! Reading the tables of the law book: CSV in UTF-8 with a header, columns found by name.
//!
//! Tables are read at each start, so that cells are borrowed from the text wherever they can be.
//!
//! Source of truth: the columns in `docs/ARCHITECTURE.md`. Every fault names table, line, column and what
//! to do; a table with a fault does not load.

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
    columns: Vec<Box<str>>,
    cells: Cells<'t>,
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
        if u32::try_from(text.len()).is_err() {
            return Err(fault(1, "header", "the table is too long; split it".to_owned()));
        }
        let mut cells =
            Cells { text, places: Vec::with_capacity(text.len() / CELL_BYTES), unquoted: Vec::new() };
        let mut scan = Scan::of(text);
        let mut next_row = |cells: &mut Cells<'t>| {
            scan.row(cells)
                .map_err(|line| fault(line, "row", "a quoted cell does not end; close the quote".to_owned()))
        };
        next_row(&mut cells)?;
        let columns: Vec<Box<str>> = (0..cells.places.len()).map(|number| cells.get(number).into()).collect();
        cells.places.clear();
        let is_missing = |column: &&&str| !columns.iter().any(|name| **name == ***column);
        if let Some(missing) = needed.iter().find(is_missing) {
            return Err(fault(1, missing, "the column is missing; add it to the header".to_owned()));
        }
        let mut lines = Vec::new();
        while let Some(line) = next_row(&mut cells)? {
            lines.push(line);
            let (found, expected) = (cells.places.len(), lines.len() * columns.len());
            if found != expected {
                let found = found + columns.len() - expected;
                let expected = columns.len();
                let problem = format!(
                    "the row has {found} cells instead of {expected}; give it as many as the header has"
                );
                return Err(fault(line, "row", problem));
            }
        }
        Ok(Table { name, columns, cells, lines })
    }

    /// The rows in order.
    pub fn rows(&'t self) -> impl Iterator<Item = Row<'t>> {
        (0..self.lines.len()).map(move |number| Row { table: self, number })
    }
}

/// Bytes of a cell with its comma, about: what is set aside before reading.
const CELL_BYTES: usize = 8;

/// Where the cells of a table stand, eight bytes each: a start reads some hundred thousand.
struct Cells<'t> {
    text: &'t str,
    places: Vec<Place>,
    /// Cells with doubled quotes, which the text does not hold as they read.
    unquoted: Vec<String>,
}

/// From one byte of the text to another; with the end [`UNQUOTED`], the number of an unquoted cell.
#[derive(Clone, Copy)]
struct Place {
    start: u32,
    end: u32,
}

const UNQUOTED: u32 = u32::MAX;

impl Place {
    fn within(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

impl Cells<'_> {
    fn get(&self, number: usize) -> &str {
        match self.places.get(number) {
            Some(place) if place.end == UNQUOTED => {
                self.unquoted.get(place.start as usize).map_or("", String::as_str)
            }
            Some(place) => place.within(self.text),
            None => "",
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        self.places.push(Place { start: start as u32, end: end as u32 });
    }
}

/// What ends a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Cell,
    Row,
}

/// A walk over the cells of a text.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl<'t> Scan<'t> {
    fn of(text: &'t str) -> Scan<'t> {
        Scan { text, at: text.len() - text.trim_start_matches('\u{feff}').len(), line: 1 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Adds the cells of the next row; the line on which it starts, or `None` at the end. Empty lines are no
    /// rows.
    fn row(&mut self, cells: &mut Cells<'t>) -> Result<Option<u32>, u32> {
        while let Some(byte @ (b'\n' | b'\r')) = self.byte() {
            self.line += u32::from(byte == b'\n');
            self.at += 1;
        }
        if self.byte().is_none() {
            return Ok(None);
        }
        let line = self.line;
        loop {
            let end = if self.byte() == Some(b'"') {
                self.quoted(cells).ok_or(line)?
            } else {
                let start = self.at;
                let (end, sign) = self.plain();
                cells.push(start, end);
                sign
            };
            if end == End::Row {
                return Ok(Some(line));
            }
        }
    }

    /// Where the cell without quotes that begins here ends, and what ends it, which is read.
    fn plain(&mut self) -> (usize, End) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| matches!(byte, b',' | b'\n' | b'\r')).unwrap_or(rest.len());
        let end = self.at + length;
        self.at = end + 1;
        match rest.get(length) {
            Some(b',') => (end, End::Cell),
            Some(b'\r') => {
                let is_pair = self.byte() == Some(b'\n');
                self.at += usize::from(is_pair);
                self.line += u32::from(is_pair);
                (end, End::Row)
            }
            Some(_) => {
                self.line += 1;
                (end, End::Row)
            }
            None => {
                self.at = end;
                (end, End::Row)
            }
        }
    }

    /// Adds a cell in quotes; `None` where they do not close.
    fn quoted(&mut self, cells: &mut Cells<'t>) -> Option<End> {
        let start = self.at + 1;
        let (mut from, mut unquoted) = (start, String::new());
        loop {
            let part = self.text.get(from..)?;
            let length = part.find('"')?;
            let part = part.get(..length)?;
            self.line += part.bytes().filter(|byte| *byte == b'\n').count() as u32;
            self.at = from + length + 1;
            if self.byte() == Some(b'"') {
                unquoted.push_str(part);
                unquoted.push('"');
                from = self.at + 1;
                continue;
            }
            // Letters after the closing quote belong to the cell; a spreadsheet writes none.
            let after = self.at;
            let (end, sign) = self.plain();
            if unquoted.is_empty() && end == after {
                cells.push(start, from + length);
            } else {
                unquoted.push_str(part);
                unquoted.push_str(self.text.get(after..end)?);
                cells.places.push(Place { start: cells.unquoted.len() as u32, end: UNQUOTED });
                cells.unquoted.push(unquoted);
            }
            return Some(sign);
        }
    }
}

impl<'t> Row<'t> {
    /// The cell of `column` without outer white space; empty where the table has no such column.
    pub fn get(&self, column: &str) -> &'t str {
        let Some(at) = self.table.columns.iter().position(|name| **name == *column) else { return "" };
        self.table.cells.get(self.number * self.table.columns.len() + at).trim()
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
        assert_eq!(cells("\"a\",\"\"b\n1,2\n"), [row(2, "1", "2")], "a column name is a cell like any other");
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
