//! Tables that people paste and upload: text cells in rows, whatever file they came from.
//!
//! Source of truth: the cells. Every row comes out exactly once: taken, waiting to be corrected with its cells as
//! they were written, or skipped with the reason. Files and their formats are read elsewhere; here are only cells.

pub mod headings;
mod layout;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::fields::{Field, Remark, Texts};
use crate::written::fold;
use layout::{cell, is_blank};

pub use layout::{COLUMNS_MAX, HEADING_ROWS_MAX, Layout, Unread};

/// How much a table may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// The most rows that are no headings, totals and the like.
    pub rows_max: usize,
    /// The most bytes of all cells.
    pub bytes_max: usize,
}

/// A row that waits to be corrected: its cells as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(serialize = "F: Field", deserialize = "F: Field"))]
pub struct Pending<F> {
    /// The row as the sheet numbers it, from 1.
    pub row: u32,
    /// What is written in it.
    pub texts: Texts<F>,
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<F, T> {
    /// Which column holds which field.
    pub layout: Layout<F>,
    /// Every row of the sheet, in order.
    pub rows: Vec<Row<F, T>>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<F, T> {
    /// The row as the sheet numbers it, from 1.
    pub number: u32,
    /// What became of it.
    pub outcome: Outcome<F, T>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<F, T> {
    /// It was taken.
    Taken {
        /// As what.
        value: T,
        /// Doubts about it.
        remarks: Vec<Remark<F>>,
    },
    /// It waits to be corrected.
    Pending {
        /// What is written in it.
        texts: Texts<F>,
        /// Why it was not taken: at least one defect.
        remarks: Vec<Remark<F>>,
    },
    /// It holds nothing to take.
    Skipped(Skip),
}

/// Why a row holds nothing to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// It stands above the headings.
    AboveHeadings,
    /// It holds the headings.
    Headings,
    /// Nothing stands in a column that is read.
    Empty,
    /// It holds the headings once more.
    HeadingsAgain,
    /// It sums up the rows above it.
    Total,
}

impl Skip {
    /// The word of answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Skip::AboveHeadings => "above-headings",
            Skip::Headings => "headings",
            Skip::Empty => "empty",
            Skip::HeadingsAgain => "headings-again",
            Skip::Total => "total",
        }
    }
}

/// Why a table cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No row of headings.
    #[error(
        "none of the first {HEADING_ROWS_MAX} rows names the columns; begin the table with a row of names such as `scientific name`, `term`, `quantity`, `unit`"
    )]
    NoHeadings,
    /// The headings leave out a column that every table needs.
    #[error("row {row} names the columns, and none of them is `{field}`; add it, or name it so")]
    NoColumn {
        /// The field.
        field: Cow<'static, str>,
        /// The row of the headings, from 1.
        row: usize,
    },
    /// A heading stands twice.
    #[error("columns {} and {} are both `{heading}`; take one of the two out", columns.0 + 1, columns.1 + 1)]
    Twice {
        /// The heading as written.
        heading: Box<str>,
        /// The two columns, from 0.
        columns: (usize, usize),
    },
    /// A row wider than any table.
    #[error(
        "row {row} has {columns} cells, more than the {COLUMNS_MAX} that are read; check that it is a table"
    )]
    TooWide {
        /// The row, from 1.
        row: usize,
        /// Its cells.
        columns: usize,
    },
    /// More rows than there is room for.
    #[error("the table has {rows} lines, more than {rows_max}; split it")]
    TooManyRows {
        /// How many.
        rows: usize,
        /// How many there may be.
        rows_max: usize,
    },
    /// More text than there is room for.
    #[error("the table has {bytes} bytes of text, more than {bytes_max}; split it")]
    TooLarge {
        /// How many.
        bytes: usize,
        /// How many there may be.
        bytes_max: usize,
    },
}

impl<F: Field, T> Table<F, T> {
    /// The rows that were taken.
    pub fn taken(&self) -> impl Iterator<Item = (u32, &T, &[Remark<F>])> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Taken { value, remarks } => Some((row.number, value, remarks.as_slice())),
            _ => None,
        })
    }

    /// The rows that wait, with why.
    pub fn pending(&self) -> impl Iterator<Item = (u32, &Texts<F>, &[Remark<F>])> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Pending { texts, remarks } => Some((row.number, texts, remarks.as_slice())),
            _ => None,
        })
    }

    /// The rows that were skipped, with why.
    pub fn skipped(&self) -> impl Iterator<Item = (u32, Skip)> {
        self.rows.iter().filter_map(|row| match row.outcome {
            Outcome::Skipped(skip) => Some((row.number, skip)),
            _ => None,
        })
    }

    /// What was taken, and the rows that wait.
    pub fn into_parts(self) -> (Vec<T>, Vec<Pending<F>>) {
        let (mut taken, mut pending) = (Vec::new(), Vec::new());
        for row in self.rows {
            match row.outcome {
                Outcome::Taken { value, .. } => taken.push(value),
                Outcome::Pending { texts, .. } => pending.push(Pending { row: row.number, texts }),
                Outcome::Skipped(_) => {}
            }
        }
        (taken, pending)
    }
}

/// What a row comes to: a value with its doubts, or the remarks that keep it from being taken.
pub type Judged<F, T> = Result<(T, Vec<Remark<F>>), Vec<Remark<F>>>;

/// Reads a table out of all rows of a sheet, the headings among them. `judge` makes a value of a row's texts.
///
/// # Errors
/// The table cannot be read at all: it has no headings, or is larger than there is room for.
pub fn read<F: Field, T, R: AsRef<[S]>, S: AsRef<str>>(
    rows: &[R],
    room: Room,
    mut judge: impl FnMut(&Texts<F>) -> Judged<F, T>,
) -> Result<Table<F, T>, TableError> {
    fits(rows, room)?;
    let layout = Layout::find(rows)?;
    let skips: Vec<Option<Skip>> =
        rows.iter().enumerate().map(|(at, row)| skip(&layout, at, rows, row.as_ref())).collect();
    let lines = skips.iter().filter(|skip| skip.is_none()).count();
    if lines > room.rows_max {
        return Err(TableError::TooManyRows { rows: lines, rows_max: room.rows_max });
    }
    let read = rows.iter().zip(skips).zip(1..).map(|((row, skip), number)| {
        let outcome = skip.map_or_else(
            || {
                let texts = texts(&layout, row.as_ref());
                match judge(&texts) {
                    Ok((value, remarks)) => Outcome::Taken { value, remarks },
                    Err(remarks) => Outcome::Pending { texts, remarks },
                }
            },
            Outcome::Skipped,
        );
        Row { number, outcome }
    });
    Ok(Table { rows: read.collect(), layout })
}

fn fits<R: AsRef<[S]>, S: AsRef<str>>(rows: &[R], room: Room) -> Result<(), TableError> {
    let widest = rows.iter().enumerate().find(|(_, row)| row.as_ref().len() > COLUMNS_MAX);
    if let Some((at, row)) = widest {
        return Err(TableError::TooWide { row: at + 1, columns: row.as_ref().len() });
    }
    let cells = || rows.iter().flat_map(|row| row.as_ref());
    let bytes = cells().fold(0_usize, |sum, cell| sum.saturating_add(cell.as_ref().len()));
    if bytes > room.bytes_max {
        Err(TableError::TooLarge { bytes, bytes_max: room.bytes_max })
    } else {
        Ok(())
    }
}

/// The texts of the columns that are read, as they stand.
fn texts<F: Field, S: AsRef<str>>(layout: &Layout<F>, row: &[S]) -> Texts<F> {
    let mut texts = Texts::default();
    for (at, field, _) in &layout.columns {
        texts.keep(*field, cell(row, *at));
    }
    texts
}

/// Why a row is none of specimens or permits, if it is none.
fn skip<F: Field, R: AsRef<[S]>, S: AsRef<str>>(
    layout: &Layout<F>,
    at: usize,
    rows: &[R],
    row: &[S],
) -> Option<Skip> {
    let (first, last) = layout.rows;
    if at < first {
        return Some(Skip::AboveHeadings);
    }
    if at <= last {
        return Some(Skip::Headings);
    }
    let columns = || layout.columns.iter().map(|(column, _, _)| *column);
    if is_total(layout, row) {
        return Some(Skip::Total);
    }
    if columns().all(|column| is_blank(cell(row, column))) {
        return Some(Skip::Empty);
    }
    let is_heading = |row_of: usize| {
        let heading = rows.get(row_of).map_or(&[] as &[S], AsRef::as_ref);
        let same = |column: usize| fold(cell(row, column)) == fold(cell(heading, column));
        columns().all(same)
    };
    (first..=last).any(is_heading).then_some(Skip::HeadingsAgain)
}

/// Whether a row sums up those above it: one cell says so, and beside it stand only numbers and units.
fn is_total<F: Field, S: AsRef<str>>(layout: &Layout<F>, row: &[S]) -> bool {
    let is_total = |text: &str| headings::TOTAL.contains(&fold(text).as_str());
    let is_number = |text: &str| text.chars().any(|letter| letter.is_ascii_digit());
    let mut words = row.iter().map(AsRef::as_ref).filter(|text| !is_blank(text));
    let says_so = words.clone().filter(|text| is_total(text)).count() == 1;
    let unit = layout.columns.iter().find(|(_, field, _)| field.id() == "unit").map(|(at, _, _)| *at);
    let unit = unit.map_or("", |at| cell(row, at));
    says_so && words.all(|text| is_total(text) || is_number(text) || text == unit)
}
