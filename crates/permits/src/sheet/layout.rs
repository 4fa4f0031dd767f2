//! Which column of a table holds which field, told by its headings.
//!
//! Source of truth: the first rows of the table. The headings may stand below a title, and in two rows of which the
//! upper one spans several columns. A column that is not known is told and not read; a heading is never guessed.

use std::borrow::Cow;

use super::TableError;
use crate::fields::Field;
use crate::written::fold;

/// The most columns that are read; the widest official table has 49.
pub const COLUMNS_MAX: usize = 256;
/// In how many of the first rows the headings are looked for.
pub const HEADING_ROWS_MAX: usize = 12;
/// How many letters of a heading are told.
const HEADING_LETTERS_SHOWN: usize = 80;

/// Which column holds which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout<F> {
    /// The rows of the headings, from 0: first and last.
    pub rows: (usize, usize),
    /// The columns that are read, from 0, each with its field and its heading as written.
    pub columns: Vec<(usize, F, Box<str>)>,
    /// Columns in which something stands that is not read.
    pub unread: Vec<Unread>,
    /// Fields that no column holds, in the order of the form.
    pub missing: Vec<F>,
}

/// A column that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The column, from 0.
    pub at: usize,
    /// Its heading as written; empty where it has none.
    pub heading: Box<str>,
    /// In how many rows something stands in it.
    pub filled: usize,
}

/// A row of headings, and which of them are known: the field and how good a name for it the heading is.
struct Candidate<F> {
    rows: (usize, usize),
    known: Vec<Option<(F, usize)>>,
    score: usize,
}

impl<F: Field> Layout<F> {
    /// Where the column of a field is.
    pub fn column(&self, field: F) -> Option<usize> {
        self.columns.iter().find(|(_, known, _)| *known == field).map(|(at, _, _)| *at)
    }

    /// Finds the headings among the first rows.
    pub(super) fn find<R: AsRef<[S]>, S: AsRef<str>>(rows: &[R]) -> Result<Layout<F>, TableError> {
        let first = rows.get(..rows.len().min(HEADING_ROWS_MAX)).unwrap_or_default();
        let row = |at: usize| first.get(at).map_or(&[] as &[S], AsRef::as_ref);
        let alone = (0..first.len()).map(|at| Candidate::<F>::of((at, at), headings(row(at), None)));
        let pairs =
            (1..first.len()).map(|at| Candidate::of((at - 1, at), headings(row(at - 1), Some(row(at)))));
        // The first row with the most known headings; two rows only where together they tell more than any alone.
        let best = alone.chain(pairs).reduce(|best, next| if next.score > best.score { next } else { best });
        let layout = best.filter(|best| best.score > 0).ok_or(TableError::NoHeadings)?.layout(rows)?;
        match layout.missing.iter().find(|field| field.is_needed()) {
            Some(field) => Err(TableError::NoColumn { field: field.id(), row: layout.rows.1 + 1 }),
            None => Ok(layout),
        }
    }
}

impl<F: Field> Candidate<F> {
    fn of(rows: (usize, usize), headings: Vec<Vec<Cow<'_, str>>>) -> Candidate<F> {
        let known: Vec<_> = headings.iter().map(|names| names.iter().find_map(|name| known(name))).collect();
        let mut fields: Vec<F> = known.iter().flatten().map(|(field, _): &(F, usize)| *field).collect();
        fields.sort_unstable();
        fields.dedup();
        Candidate { rows, known, score: fields.len() }
    }

    fn layout<R: AsRef<[S]>, S: AsRef<str>>(self, rows: &[R]) -> Result<Layout<F>, TableError> {
        let (first, last) = self.rows;
        let heading = |at: usize| heading_text(rows, first, last, at);
        let mut columns: Vec<(usize, F, usize)> = Vec::new();
        for (at, known) in self.known.iter().enumerate() {
            let Some((field, rank)) = *known else { continue };
            match columns.iter_mut().find(|(_, other, _)| *other == field) {
                None => columns.push((at, field, rank)),
                Some((other, _, best)) if *best == rank => {
                    return Err(TableError::Twice { heading: heading(at), columns: (*other, at) });
                }
                // A better name for the same field: a scientific name goes before a common one.
                Some(column) if rank < column.2 => *column = (at, field, rank),
                Some(_) => {}
            }
        }
        let body = rows.get(last + 1..).unwrap_or_default();
        let width = body.iter().map(|row| row.as_ref().len()).max().unwrap_or(0).max(self.known.len());
        let is_read = |at: usize| columns.iter().any(|(column, _, _)| *column == at);
        let unread = (0..width).filter(|at| !is_read(*at)).map(|at| {
            let filled = body.iter().filter(|row| !is_blank(cell(row.as_ref(), at))).count();
            Unread { at, heading: heading(at), filled }
        });
        let unread = unread.filter(|column| column.filled > 0 || !column.heading.is_empty()).collect();
        let is_there = |field: F| columns.iter().any(|(_, known, _)| *known == field);
        Ok(Layout {
            rows: self.rows,
            unread,
            missing: F::ALL.iter().copied().filter(|field| !is_there(*field)).collect(),
            columns: columns.into_iter().map(|(at, field, _)| (at, field, heading(at))).collect(),
        })
    }
}

/// What each column may be called: the text of its cell; in two rows the upper text with the lower one, then the
/// lower one alone, then the upper one where nothing stands below it.
fn headings<'r, S: AsRef<str>>(upper: &'r [S], lower: Option<&'r [S]>) -> Vec<Vec<Cow<'r, str>>> {
    let Some(lower) = lower else {
        return upper.iter().take(COLUMNS_MAX).map(|cell| vec![Cow::Borrowed(cell.as_ref())]).collect();
    };
    let width = upper.len().max(lower.len()).min(COLUMNS_MAX);
    let mut spanning = "";
    let columns = (0..width).map(|at| {
        let (above, below) = (cell(upper, at), cell(lower, at));
        if !is_blank(above) {
            spanning = above;
        }
        if is_blank(below) {
            return vec![Cow::Borrowed(above)];
        }
        vec![Cow::Owned(format!("{spanning} {below}")), Cow::Borrowed(below)]
    });
    columns.collect()
}

/// The heading of a column as written, in one or two rows, as much as is told.
fn heading_text<R: AsRef<[S]>, S: AsRef<str>>(rows: &[R], first: usize, last: usize, at: usize) -> Box<str> {
    let text = |row: usize| rows.get(row).map_or("", |row| cell(row.as_ref(), at)).trim();
    let whole =
        if first == last { text(first).to_owned() } else { format!("{} {}", text(first), text(last)) };
    whole.trim().chars().take(HEADING_LETTERS_SHOWN).collect::<String>().into()
}

/// The field that a heading names, and the place of the name among those of the field.
fn known<F: Field>(heading: &str) -> Option<(F, usize)> {
    if heading.len() > HEADING_LETTERS_SHOWN * 4 {
        return None;
    }
    names(heading).iter().filter(|name| !name.is_empty()).find_map(|name| {
        F::ALL.iter().find_map(|field| {
            let mut all = field.headings().iter().flat_map(|list| list.iter());
            all.position(|known| known == name).map(|rank| (*field, rank))
        })
    })
}

/// What a heading may be compared as: whole; without what stands in brackets and the number of the box; and the
/// letters of each script alone, since forms are printed in two languages.
fn names(heading: &str) -> Vec<String> {
    let (mut depth, mut bare) = (0_u32, String::new());
    for letter in heading.chars() {
        match letter {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            letter if depth == 0 => bare.push(letter),
            _ => {}
        }
    }
    let without_box = bare.trim_start().trim_start_matches(|letter: char| letter.is_ascii_digit());
    let has_box = without_box.len() < bare.trim_start().len();
    // `12a. Country of last re-export`.
    let without_box = match without_box.split_once(['.', ' ', '、']) {
        Some((letter, rest)) if has_box && letter.len() <= 1 => rest,
        _ => without_box,
    };
    let of_script = |is_of: fn(char) -> bool| -> String {
        fold(without_box).chars().filter(|letter| is_of(*letter) && letter.is_alphabetic()).collect()
    };
    vec![
        fold(heading),
        fold(&bare),
        fold(without_box),
        of_script(|letter| letter.is_ascii()),
        of_script(|letter| matches!(letter, '\u{2E80}'..='\u{9FFF}')),
        of_script(|letter| matches!(letter, '\u{400}'..='\u{4FF}')),
    ]
}

/// The text of a cell; empty where the row has none.
pub(super) fn cell<S: AsRef<str>>(row: &[S], at: usize) -> &str {
    row.get(at).map_or("", AsRef::as_ref)
}

/// Whether nothing that can be seen stands in a cell.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(crate::written::is_blank_letter)
}
