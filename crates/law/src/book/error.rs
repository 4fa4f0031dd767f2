//! Why a law book does not load.

use std::fmt;

use crate::rule::RuleError;
use crate::table::TableError;

/// One fault of a table, with its place and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}{}: {problem}", place(*.line, .column))]
pub struct BookError {
    /// The table, as a path below `data/`.
    pub path: String,
    /// The line on which the row starts, counted from 1; 0 for the table as a whole.
    pub line: u64,
    /// The column; empty where the row as a whole is wrong.
    pub column: String,
    /// What is wrong and what to write instead.
    pub problem: String,
}

fn place(line: u64, column: &str) -> String {
    match (line, column) {
        (0, _) => String::new(),
        (line, "") => format!(" line {line}"),
        (line, column) => format!(" line {line}, column {column}"),
    }
}

/// How many faults a message shows; more only hide the first.
pub const FAULTS_SHOWN: usize = 20;

/// Everything that keeps a book, or a part of it, from loading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFaults(pub Vec<BookError>);

impl std::error::Error for BookFaults {}

impl fmt::Display for BookFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults = self.0.len();
        let plural = if faults == 1 { "" } else { "s" };
        write!(f, "the law book has {faults} fault{plural}; correct the tables:")?;
        self.0.iter().take(FAULTS_SHOWN).try_for_each(|fault| write!(f, "\n  {fault}"))?;
        if faults > FAULTS_SHOWN { write!(f, "\n  and {} more", faults - FAULTS_SHOWN) } else { Ok(()) }
    }
}

impl BookError {
    /// A table that a book needs and does not have.
    pub(super) fn missing(path: &str) -> BookError {
        let problem = "the table is missing; put it there, or leave the folder out to use the shipped one";
        BookError { path: path.to_owned(), line: 0, column: String::new(), problem: problem.to_owned() }
    }

    /// A fault of a table of law.
    pub(super) fn of_law(path: &str, fault: TableError) -> BookError {
        let TableError { line, column, problem, .. } = fault;
        BookError { path: path.to_owned(), line, column, problem }
    }

    /// A fault of a table of names; the folder holds several.
    pub(super) fn of_species(fault: &species::TableError) -> BookError {
        BookError {
            path: format!("species/{}", fault.table),
            line: u64::from(fault.line),
            column: String::new(),
            problem: fault.fault.to_string(),
        }
    }

    /// A fault of a file of rules, which is named by its path.
    pub(super) fn of_rule(fault: &RuleError) -> BookError {
        let RuleError { place, wrong } = fault;
        BookError {
            path: place.file.to_string(),
            line: place.line as u64,
            column: String::new(),
            problem: wrong.to_string(),
        }
    }
}
