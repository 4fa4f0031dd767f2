//! The known differences: files of rows, each with its cause and whose it is, and the best figures so far.
//!
//! Source of truth: `docs/reference/differences/`. Knows no law: it compares rows with rows, and reads without
//! the official states, so that tidy can hold the files against the figures.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result};

use crate::lawbook::reading;

/// Where the known differences are kept, with their causes.
pub const FOLDER: &str = "docs/reference/differences";

/// The best figures so far, a row for each state.
pub const FIGURES: &str = "figures.csv";

/// One row on which the book and the other side differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The row: a taxon, and what tells it from the taxon's other rows.
    pub row: String,
    /// What the other side says.
    pub official: String,
    /// What the book says.
    pub book: String,
}

/// Whose a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// A mistake or a gap of the book.
    Ours,
    /// A name that stands for another taxon than it did.
    Names,
    /// A slip, a way of writing or a limit of the other side.
    Theirs,
    /// Not decided: the texts at hand do not tell which side is right.
    Open,
}

impl Whose {
    const ALL: [(Whose, &'static str); 4] =
        [(Whose::Ours, "ours"), (Whose::Names, "names"), (Whose::Theirs, "theirs"), (Whose::Open, "open")];
}

impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Whose::ALL.iter().find(|(whose, _)| whose == self).map_or("", |(_, word)| word);
        f.write_str(word)
    }
}

impl FromStr for Whose {
    type Err = anyhow::Error;

    fn from_str(word: &str) -> Result<Whose> {
        let found = Whose::ALL.iter().find(|(_, known)| *known == word).map(|(whose, _)| *whose);
        found.with_context(|| format!("`{word}` is not `ours`, `names`, `theirs` or `open`"))
    }
}

/// Why a row differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    pub whose: Whose,
    pub cause: String,
    /// The part of the comparison that the row also counts in; mostly empty.
    pub part: String,
}

impl Cause {
    /// A cause in no part.
    pub fn of(whose: Whose, cause: &str) -> Cause {
        Cause { whose, cause: cause.to_owned(), part: String::new() }
    }
}

/// Rows that differ, each with its cause.
pub type Known = BTreeMap<Difference, Cause>;

/// The rows of a file of known differences; none where there is no file.
///
/// # Errors
/// The file cannot be read, or a row says not whose it is.
pub fn read(file: &Path) -> Result<Known> {
    let rows = if file.exists() { reading::rows(file)? } else { Vec::new() };
    rows.iter()
        .map(|row| {
            let difference = Difference {
                row: row.get("row").to_owned(),
                official: row.get("official").to_owned(),
                book: row.get("book").to_owned(),
            };
            let whose = row.get("whose").parse().with_context(|| format!("row `{}`", difference.row))?;
            let (cause, part) = (row.get("cause").to_owned(), row.get("part").to_owned());
            Ok((difference, Cause { whose, cause, part }))
        })
        .collect()
}

/// Writes a file of known differences, in the order of the rows.
///
/// # Errors
/// The file cannot be written.
pub fn write(file: &Path, known: &Known) -> Result<()> {
    let mut out = csv::Writer::from_path(file).with_context(|| format!("writing `{}`", file.display()))?;
    out.write_record(["row", "official", "book", "part", "whose", "cause"])?;
    for (difference, Cause { whose, cause, part }) in known {
        let Difference { row, official, book } = difference;
        out.write_record([row, official, book, part, &whose.to_string(), cause])?;
    }
    Ok(out.flush()?)
}

/// The best figure of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub state: String,
    /// The file of its known differences.
    pub file: String,
    pub rows: usize,
    pub differ: usize,
}

impl Figure {
    /// Whether a larger share of the rows agrees than in `other`, or the same of more rows.
    pub fn is_better_than(&self, other: &Figure) -> bool {
        let (own, others) = (self.differ * other.rows, other.differ * self.rows);
        own < others || (own == others && self.rows > other.rows)
    }
}

/// The best figures so far.
///
/// # Errors
/// The table cannot be read.
pub fn figures(folder: &Path) -> Result<Vec<Figure>> {
    let file = folder.join(FIGURES);
    let rows = if file.exists() { reading::rows(&file)? } else { Vec::new() };
    rows.iter()
        .map(|row| {
            Ok(Figure {
                state: row.get("state").to_owned(),
                file: row.get("file").to_owned(),
                rows: row.get("rows").parse().context("a figure of rows")?,
                differ: row.get("differ").parse().context("a figure of rows that differ")?,
            })
        })
        .collect()
}

/// Writes the figures.
///
/// # Errors
/// The table cannot be written.
pub fn write_figures(folder: &Path, figures: &[Figure]) -> Result<()> {
    let mut out = csv::Writer::from_path(folder.join(FIGURES))?;
    out.write_record(["state", "file", "rows", "differ"])?;
    for Figure { state, file, rows, differ } in figures {
        out.write_record([state, file, &rows.to_string(), &differ.to_string()])?;
    }
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(rows: usize, differ: usize) -> Figure {
        Figure { state: String::new(), file: String::new(), rows, differ }
    }

    #[test]
    fn fewer_differences_of_as_many_rows_are_better() {
        assert!(figure(100, 3).is_better_than(&figure(100, 4)));
        assert!(figure(200, 4).is_better_than(&figure(100, 4)));
        for (one, other) in [((100, 4), (100, 4)), ((100, 5), (100, 4)), ((50, 4), (100, 4))] {
            assert!(!figure(one.0, one.1).is_better_than(&figure(other.0, other.1)), "{one:?} {other:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("known.csv");
        let difference = Difference { row: "Alopias, 2017".into(), official: "II".into(), book: "NC".into() };
        let known: Known = [(difference, Cause::of(Whose::Theirs, "shown before its day"))].into();
        write(&file, &known).unwrap();
        assert_eq!(read(&file).unwrap(), known);
        let figures = [figure(7, 1)];
        write_figures(folder.path(), &figures).unwrap();
        assert_eq!(super::figures(folder.path()).unwrap(), figures);
    }
}
