//! Reading the tables of the law book: CSV in UTF-8 with a header, columns found by name.
//!
//! Source of truth: the columns in `docs/ARCHITECTURE.md`. Every fault names table, line, column and what
//! to do; a table with a fault does not load.

use std::collections::HashMap;

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
    columns: HashMap<String, usize>,
    records: Vec<csv::StringRecord>,
}

/// One row.
#[derive(Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table<'t>,
    record: &'t csv::StringRecord,
}

impl<'t> Table<'t> {
    /// Reads `text` as the table `name`, which must have `needed` columns.
    ///
    /// # Errors
    /// No CSV, or a column is missing.
    pub fn read(name: &'t str, text: &str, needed: &[&str]) -> Result<Table<'t>, TableError> {
        let fault = |line, column: &str, problem: String| TableError {
            table: name.to_owned(),
            line,
            column: column.to_owned(),
            problem,
        };
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().map_err(|error| fault(1, "header", error.to_string()))?;
        let columns: HashMap<String, usize> =
            header.iter().enumerate().map(|(at, column)| (column.to_owned(), at)).collect();
        if let Some(missing) = needed.iter().find(|column| !columns.contains_key(**column)) {
            return Err(fault(1, missing, "the column is missing; add it to the header".to_owned()));
        }
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                let line = error.position().map_or(0, csv::Position::line);
                fault(line, "row", format!("{error}; give the row as many cells as the header has"))
            })?;
            records.push(record);
        }
        Ok(Table { name, columns, records })
    }

    /// The rows in order.
    pub fn rows(&'t self) -> impl Iterator<Item = Row<'t>> {
        self.records.iter().map(move |record| Row { table: self, record })
    }
}

impl<'t> Row<'t> {
    /// The cell of `column` without outer white space; empty where the table has no such column.
    pub fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.get(column);
        at.and_then(|at| self.record.get(*at)).map_or("", str::trim)
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
        self.record.position().map_or(0, csv::Position::line)
    }
}
