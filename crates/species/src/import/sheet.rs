//! A download as rows of named cells.
//!
//! A quote that does not close would swallow the rest of a file: a row with too many lines or cells is cut at
//! its first line end, reported, and reading goes on below it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{ImportError, OfficialFormat, Read, RowProblem};
use crate::cells::{End, cell};

/// The longest row that is read, in bytes. The longest row of the Index of 2017 has 18,000; a longer one is a
/// quote that does not close.
pub const ROW_BYTES_MAX: usize = 256 * 1024;

/// The most cells of a row. The widest download has 33 columns, the widest seen in the wild 100.
pub const CELLS_MAX: usize = 1_000;

/// How many problems of a download are kept: whoever mends these downloads it again. The others are counted.
pub const PROBLEMS_MAX: usize = 10_000;

/// How many letters of a cell a problem tells; its line and column tell where the rest stands.
pub const CELL_LETTERS_MAX: usize = 200;

/// A table with a header.
pub(super) struct Sheet<'t> {
    columns: HashMap<String, usize>,
    width: usize,
    delimiter: u8,
    rest: &'t str,
    line: usize,
}

/// One row of a [`Sheet`].
#[derive(Clone)]
pub(super) struct Row<'t> {
    pub line: usize,
    cells: Vec<Cow<'t, str>>,
}

/// A row and where it ends.
struct Cut<'t> {
    cells: Vec<Cow<'t, str>>,
    rest: &'t str,
}

impl<'t> Sheet<'t> {
    /// Reads the header.
    pub fn open(text: &'t str) -> Result<Self, ImportError> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return Err(ImportError::Empty);
        }
        let line_end = text.find(['\n', '\r']).unwrap_or(text.len());
        let delimiter = delimiter(text.get(..line_end).unwrap_or(text));
        let header = cut(text, delimiter).ok_or(ImportError::NotATable { found: CELLS_MAX })?;
        let mut columns = HashMap::new();
        for (at, name) in header.cells.iter().enumerate() {
            columns.entry(plain_name(name)).or_insert(at);
        }
        let line = 1 + lines(text, header.rest);
        Ok(Self { columns, width: header.cells.len(), delimiter, rest: header.rest, line })
    }

    /// Whether there is a column of that name.
    pub fn has(&self, name: &str) -> bool {
        self.columns.contains_key(&plain_name(name))
    }

    /// The place of the first of `names` that is a column.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.columns.get(&plain_name(name)).copied())
    }

    /// The header has all of `names`, or the error that says which are missing.
    pub fn require(&self, names: &[&str], format: OfficialFormat) -> Result<(), ImportError> {
        let missing: Vec<&str> = names.iter().copied().filter(|name| !self.has(name)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(ImportError::MissingColumn { missing: missing.join(", "), format })
    }

    /// Reads every row with `read`, which reports what is wrong with a row's cells.
    pub fn read<T>(mut self, mut read: impl FnMut(&Row<'t>, &mut Problems) -> Option<T>) -> Read<T> {
        let mut problems = Problems { line: 0, found: Vec::new(), more: 0 };
        let (mut rows, mut seen) = (Vec::new(), 0);
        while let Some(row) = self.next_row(&mut problems) {
            seen += 1;
            if let Some(row) = row {
                problems.line = row.line;
                rows.extend(read(&row, &mut problems));
            }
        }
        let lost = seen - rows.len();
        Read { rows, problems: problems.found, more_problems: problems.more, seen, lost }
    }

    /// The next row; the inner `None` is a row that could not be cut.
    fn next_row(&mut self, problems: &mut Problems) -> Option<Option<Row<'t>>> {
        self.skip_empty_lines();
        if self.rest.is_empty() {
            return None;
        }
        let (line, start) = (self.line, self.rest);
        let mut cut = cut(start, self.delimiter);
        let fits = cut.as_mut().is_some_and(|cut| self.fits(&mut cut.cells));
        problems.line = line;
        let is_multi_line = cut.as_ref().is_some_and(|cut| lines(start, cut.rest) > 1);
        match cut {
            Some(cut) if fits => {
                self.go_to(start, cut.rest);
                Some(Some(Row { line, cells: cut.cells }))
            }
            Some(cut) if !is_multi_line => {
                self.go_to(start, cut.rest);
                let what = format!("{} cells instead of {}", cut.cells.len(), self.width);
                problems.row(what, "put cells that hold the delimiter in quotes, or download the file again");
                Some(None)
            }
            _ => {
                let end = start.find(['\n', '\r']).map_or(start.len(), |end| end + 1);
                self.go_to(start, start.get(end..).unwrap_or(""));
                problems.row(
                    "a quote that does not close".to_owned(),
                    "close the quote, or download the file again",
                );
                Some(None)
            }
        }
    }

    /// Whether the row has the header's width, once empty cells at its end are counted for nothing.
    fn fits(&self, cells: &mut Vec<Cow<'t, str>>) -> bool {
        while cells.len() > self.width && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        cells.len() == self.width
    }

    fn go_to(&mut self, before: &'t str, after: &'t str) {
        self.line += lines(before, after);
        self.rest = after;
    }

    fn skip_empty_lines(&mut self) {
        let after = self.rest.trim_start_matches(['\n', '\r']);
        self.line += lines(self.rest, after);
        self.rest = after;
    }
}

impl<'t> Row<'t> {
    /// The cell in a column without outer white space; empty where there is no such column.
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// Joins cells that a list without quotes was split into: `Z, G, Q` is three cells, the later ones opening
    /// with a space. True if anything was joined.
    pub fn join_split_lists(&mut self) -> bool {
        let before = self.cells.len();
        let mut joined: Vec<Cow<'t, str>> = Vec::with_capacity(before);
        for cell in self.cells.drain(..) {
            let is_code = |text: &str| {
                (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
            };
            match joined.last_mut() {
                Some(last) if cell.starts_with(' ') && is_code(cell.trim()) => {
                    last.to_mut().push_str("; ");
                    last.to_mut().push_str(cell.trim());
                }
                _ => joined.push(cell),
            }
        }
        self.cells = joined;
        self.cells.len() != before
    }
}

/// The row at the start of `text`; `None` when it is longer than any row or its quote does not close.
fn cut(text: &str, delimiter: u8) -> Option<Cut<'_>> {
    let mut limit = text.len().min(ROW_BYTES_MAX);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let window = text.get(..limit)?;
    let (mut cells, mut rest) = (Vec::new(), window);
    loop {
        let (cell, end, after) = cell(rest, delimiter).ok()?;
        cells.push(cell);
        rest = after;
        match end {
            End::Cell if cells.len() > CELLS_MAX => return None,
            End::Cell => {}
            End::Text if limit < text.len() => return None,
            End::Row | End::Text => {
                let rest = text.get(window.len() - rest.len()..)?;
                return Some(Cut { cells, rest });
            }
        }
    }
}

/// How many lines lie between two places of one text.
fn lines(before: &str, after: &str) -> usize {
    let between = before.get(..before.len() - after.len()).unwrap_or("").as_bytes();
    let feeds = between.iter().filter(|byte| **byte == b'\n').count();
    if feeds > 0 { feeds } else { between.iter().filter(|byte| **byte == b'\r').count() }
}

/// The sign between the cells of a header: the one that is most often there.
fn delimiter(header: &str) -> u8 {
    let count = |sign: u8| header.bytes().filter(|byte| *byte == sign).count();
    [b';', b'\t'].into_iter().find(|sign| count(*sign) > count(b',')).unwrap_or(b',')
}

/// A column's name without what editions write differently: case, spaces, underscores.
fn plain_name(name: &str) -> String {
    let kept = name.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '#' | '?'));
    kept.flat_map(char::to_lowercase).collect()
}

/// Collects what is wrong with rows.
pub(super) struct Problems {
    line: usize,
    found: Vec<RowProblem>,
    more: usize,
}

impl Problems {
    /// The row is left out.
    pub fn row(&mut self, what: String, what_to_do: &'static str) {
        self.push("", what, what_to_do, true);
    }

    /// A cell keeps the row from being read.
    pub fn lost(&mut self, column: &str, what: String, what_to_do: &'static str) {
        self.push(column, what, what_to_do, true);
    }

    /// A cell is left out, or read with a doubt; the row is kept.
    pub fn cell(&mut self, column: &str, what: String, what_to_do: &'static str) {
        self.push(column, what, what_to_do, false);
    }

    fn push(&mut self, column: &str, mut what: String, what_to_do: &'static str, lost: bool) {
        if self.found.len() >= PROBLEMS_MAX {
            self.more += 1;
            return;
        }
        if let Some((at, _)) = what.char_indices().nth(CELL_LETTERS_MAX) {
            what.truncate(at);
            what.push('…');
        }
        self.found.push(RowProblem { line: self.line, column: column.to_owned(), what, what_to_do, lost });
    }
}
