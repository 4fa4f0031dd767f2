//! What is wrong in a consignment, with its place and what to do.

use std::fmt;

/// A line and a column in a text, from 1. Columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// The place of the byte `at` in `text`.
    pub(super) fn in_text(text: &str, at: usize) -> Place {
        let mut cut = at.min(text.len());
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let before = text.get(..cut).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place { line, column }
    }
}

/// How many letters of a path or of a message are told: what was written may be as long as it likes, and the
/// place tells where it stands.
pub const PROBLEM_LETTERS_MAX: usize = 300;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the text.
    pub place: Place,
    /// Where in the consignment, such as `line[2].quantity`; empty when the text cannot be read at all.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    pub(super) fn new(place: Place, path: &str, message: impl Into<String>) -> Problem {
        Problem { place, path: shown(path), message: shown(&message.into()) }
    }
}

/// A text on one line, and no longer than anybody reads.
fn shown(text: &str) -> String {
    let clean = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut clean: String = clean.take(PROBLEM_LETTERS_MAX + 1).collect();
    if clean.chars().count() > PROBLEM_LETTERS_MAX {
        clean.pop();
        clean.push('…');
    }
    clean
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: ", self.place.line, self.place.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// A consignment that cannot be read: every problem found, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsignmentError {
    /// The problems; at least one.
    pub problems: Vec<Problem>,
}

impl ConsignmentError {
    pub(super) fn one(problem: Problem) -> ConsignmentError {
        ConsignmentError { problems: vec![problem] }
    }
}

impl fmt::Display for ConsignmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConsignmentError {}
