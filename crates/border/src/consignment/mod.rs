//! A consignment as declared: what is told of the journey, of each line, and of each paper presented.
//!
//! Source of truth: the schema in `docs/reference/consignment.md`, the same for TOML and JSON. Everything
//! may be left out; what is left out is unknown, and unknown is never "no". Reading checks codes, days and
//! keys, and tells every problem with line, column and path; it judges nothing.

mod journey;
mod json;
mod line;
mod node;
mod paper;
mod problem;
mod reader;
#[cfg(test)]
mod tests;

use permits::Paper;

pub use journey::{Dates, Journey, Parties, Party};
pub use json::{DEEPEST, MOST_KEYS};
pub use line::{Acquired, AcquiredHow, AcquiredWhen, HsCode, HsCodeError, HybridClaim, Line};
pub use node::MOST_SIGNS;
pub use problem::{ConsignmentError, PROBLEM_LETTERS_MAX, Place, Problem};
pub use reader::{MOST_PROBLEMS, TEXT_BYTES_MAX};

use node::Node;
use reader::{Report, Table};

/// How many lines a consignment may have: more than any declaration, few enough to answer at once.
pub const MOST_LINES: usize = 10_000;
/// How many papers may be presented with a consignment.
pub const MOST_PAPERS: usize = 1_000;
/// How many specimen blocks a paper may have.
pub const MOST_PAPER_LINES: usize = 1_000;

/// How many specimen blocks all papers together may have.
pub const MOST_PAPER_LINES_IN_ALL: usize = 20_000;
/// How many times a line may be held against a paper or a block: every line is, against each. A shipment of a
/// thousand lines under a hundred permits of nine blocks reaches it.
pub const MOST_COMPARISONS: usize = 1_000_000;

/// How many values a document may have in all: ten thousand lines with everything told have half as many. Each
/// takes some two hundred bytes while it is read.
pub const MOST_VALUES: usize = 1_000_000;

/// A consignment as declared.
#[derive(Debug, Clone, PartialEq)]
pub struct Consignment {
    /// What is told of the journey as a whole.
    pub journey: Journey,
    /// The goods, line by line.
    pub lines: Vec<Line>,
    /// The papers presented.
    pub papers: Vec<Paper>,
}

/// Reads a consignment from TOML.
///
/// # Errors
/// Every problem found, with line, column, path and what to do.
pub fn from_toml(text: &str) -> Result<Consignment, ConsignmentError> {
    let text = without_mark(text);
    read(text, &node::from_toml(text)?)
}

/// Reads a consignment from JSON, of the same shape as the TOML.
///
/// # Errors
/// Every problem found, with line, column, path and what to do.
pub fn from_json(text: &str) -> Result<Consignment, ConsignmentError> {
    let text = without_mark(text);
    read(text, &node::from_json(text)?)
}

/// The text without the byte-order mark that some programs put first.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// What is too much to be compared, if anything.
fn too_much(lines: &[Line], papers: &[Paper]) -> Option<String> {
    let blocks: usize = papers.iter().map(|paper| paper.lines.len()).sum();
    if blocks > MOST_PAPER_LINES_IN_ALL {
        return Some(format!(
            "the papers have {blocks} specimen blocks, more than {MOST_PAPER_LINES_IN_ALL}; split the consignment"
        ));
    }
    let comparisons = lines.len() * (papers.len() + blocks);
    (comparisons > MOST_COMPARISONS).then(|| {
        format!(
            "{} lines and {} papers of {blocks} specimen blocks are too many to hold each against each; split the consignment",
            lines.len(),
            papers.len()
        )
    })
}

fn read(text: &str, root: &Node) -> Result<Consignment, ConsignmentError> {
    let report = Report::new(text);
    let table = Table::root(&report, root);
    let journey = journey::read(&table);
    let lines: Vec<Line> = table.tables("line", MOST_LINES).into_iter().map(line::read).collect();
    let papers: Vec<Paper> = table.tables("paper", MOST_PAPERS).into_iter().filter_map(paper::read).collect();
    if lines.is_empty() && (!table.has("line") || report.is_empty()) {
        table.wrong("no line; describe the goods in at least one [[line]]");
    }
    if let Some(problem) = too_much(&lines, &papers) {
        table.wrong(problem);
    }
    table.done();
    let problems = report.finish();
    if problems.is_empty() {
        Ok(Consignment { journey, lines, papers })
    } else {
        Err(ConsignmentError { problems })
    }
}
