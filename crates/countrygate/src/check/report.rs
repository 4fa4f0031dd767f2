//! What a run tells beside its answer: rows that could not be read, what was assumed, how far it is.
//!
//! All of it goes to standard error, so that the answer stays what it is. Progress is shown on a terminal
//! only.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

use super::layout::Layout;
use super::rows::Row;
use super::told::CellProblem;

/// How many problems of a file are told one by one. Whoever mends these has mended the others too, or reads
/// the JSON, which has them all.
pub const PROBLEMS_SHOWN: usize = 100;

/// A file below this is done before a bar is drawn.
const BAR_FROM_BYTES: u64 = 4 * 1024 * 1024;

/// Something in a row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    row: u64,
    line: u64,
    column: Option<String>,
    message: String,
}

impl RowProblem {
    /// The problem of a cell of a row.
    pub fn of(row: &Row, problem: CellProblem, layout: &Layout) -> RowProblem {
        let column = problem.at.map(|at| match layout.name(at) {
            "" => format!("{}", at + 1),
            name => format!("`{}`", short(name, COLUMN_LETTERS_MAX)),
        });
        RowProblem { row: row.number, line: row.line, column, message: problem.message }
    }
}

impl std::fmt::Display for RowProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "row {}", self.row)?;
        if self.line != self.row {
            write!(f, " (line {})", self.line)?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", shown(&self.message))
    }
}

/// The longest message that is shown whole; a cell may be as long as it likes.
pub const MESSAGE_LETTERS_MAX: usize = 300;
/// The longest name of a column that is shown whole; the longest of an official download has 33 letters.
pub const COLUMN_LETTERS_MAX: usize = 80;

fn shown(message: &str) -> String {
    short(message, MESSAGE_LETTERS_MAX)
}

/// The first letters of a text, on one line.
pub fn short(text: &str, letters: usize) -> String {
    let clean = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut clean: String = clean.take(letters + 1).collect();
    if clean.chars().count() > letters {
        clean.pop();
        clean.push('…');
    }
    clean
}

/// What is told about one file.
pub struct Report {
    file: String,
    bar: Option<ProgressBar>,
    shown: usize,
    left_out: usize,
    /// What was told, where it is kept instead of written.
    kept: Option<RefCell<Vec<String>>>,
}

impl Report {
    /// About a file of so many bytes, where that is known.
    pub fn of(file: &str, bytes: Option<u64>) -> Report {
        let is_long = bytes.filter(|bytes| *bytes >= BAR_FROM_BYTES && std::io::stderr().is_terminal());
        let bar = is_long.map(|bytes| {
            let style = ProgressStyle::with_template("{prefix} {bar:30} {percent:>3} % {eta}");
            let bar = ProgressBar::new(bytes).with_prefix(file.to_owned());
            if let Ok(style) = style { bar.with_style(style) } else { bar }
        });
        Report { file: file.to_owned(), bar, shown: 0, left_out: 0, kept: None }
    }

    /// About a file that nobody waits for: what is told is kept.
    pub fn kept(file: &str) -> Report {
        Report { file: file.to_owned(), bar: None, shown: 0, left_out: 0, kept: Some(RefCell::default()) }
    }

    /// A remark about the file.
    pub fn note(&self, message: &str) {
        self.tell(&format!("{}: {message}", self.file));
    }

    /// Problems of rows, and how many more there are.
    pub fn problems(&mut self, problems: &[RowProblem], more: usize) {
        self.left_out += more;
        for problem in problems {
            if self.shown < PROBLEMS_SHOWN {
                self.tell(&format!("{}: {problem}", self.file));
                self.shown += 1;
            } else {
                self.left_out += 1;
            }
        }
    }

    /// So many bytes were read.
    pub fn progress(&self, bytes_read: u64) {
        if let Some(bar) = &self.bar {
            bar.set_position(bytes_read);
        }
    }

    /// Ends the report.
    pub fn finish(self) {
        self.end();
    }

    /// Ends a report that is kept; what it told.
    pub fn into_told(self) -> Vec<String> {
        self.end();
        self.kept.map(RefCell::into_inner).unwrap_or_default()
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.left_out > 0 {
            self.tell(&format!(
                "{}: {} more such problems; mend these first, or read them all with --format json",
                self.file, self.left_out
            ));
        }
    }

    fn tell(&self, message: &str) {
        if let Some(kept) = &self.kept {
            kept.borrow_mut().push(message.to_owned());
            return;
        }
        // Nobody is left to be told that standard error is closed.
        let write = || drop(writeln!(std::io::stderr(), "{message}"));
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_where_it_is() {
        let problem = |line, column: Option<&str>| RowProblem {
            row: 5,
            line,
            column: column.map(str::to_owned),
            message: "`K1` is not a\ncountry code".to_owned(),
        };
        assert_eq!(problem(5, None).to_string(), "row 5: `K1` is not a country code");
        assert_eq!(
            problem(7, Some("`Importer`")).to_string(),
            "row 5 (line 7), column `Importer`: `K1` is not a country code"
        );
    }

    #[test]
    fn a_message_is_never_long() {
        assert_eq!(shown(&"x".repeat(10_000)).chars().count(), MESSAGE_LETTERS_MAX + 1);
    }
}
