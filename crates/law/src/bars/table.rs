//! What the tables of bars and annotations have in common: days, sets of codes, taxa, and where a row is from.
//!
//! Source of truth: the columns in `data/law/README.md`. A code, a day or a name that does not exist stops
//! the loading; the other rows are read all the same, so that one run tells everything that is wrong.

use std::collections::HashSet;
use std::fmt::Display;
use std::str::FromStr;

use cites::{Confidence, Day, Kingdom, Span};
use species::Backbone;

use super::taxon::ListedTaxon;
use crate::table::{Row, Table, TableError};

/// Where a row comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The text or table that says so.
    pub source: Box<str>,
    /// How sure the row is.
    pub confidence: Confidence,
    /// Last day a person or a program compared the row with its source.
    pub checked: Day,
}

/// Reads every row of `text` with `read`.
///
/// # Errors
/// All rows that cannot be read.
pub(crate) fn read_rows<T>(
    name: &str,
    columns: &[&str],
    text: &str,
    mut read: impl FnMut(&Row<'_>) -> Result<T, TableError>,
) -> Result<Vec<T>, Vec<TableError>> {
    let table = Table::read(name, text, columns).map_err(|error| vec![error])?;
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for row in table.rows() {
        match read(&row) {
            Ok(row) => rows.push(row),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

/// A cell whose `T` an empty cell is too.
pub(crate) fn or_empty<T: FromStr<Err: Display>>(row: &Row<'_>, column: &str) -> Result<T, TableError> {
    row.get(column).parse().map_err(|error: T::Err| row.fault(column, &error.to_string()))
}

/// Codes separated by spaces as a set: nothing is every code, `none` is no code, `!` turns the list around.
pub(crate) fn codes<S: CodeSet>(row: &Row<'_>, column: &str) -> Result<S, TableError> {
    code_set(row.get(column))
        .map_err(|error: <S::Code as FromStr>::Err| row.fault(column, &error.to_string()))
}

/// The days on which the row holds.
pub(crate) fn span(row: &Row<'_>) -> Result<Span, TableError> {
    let from: Day = row.parsed("from")?;
    let Some(until) = row.optional("until")? else { return Ok(Span::since(from)) };
    let no_days = || {
        let problem =
            format!("the row ends on {until}, not after {from}; `until` is the first day it no longer holds");
        row.fault("until", &problem)
    };
    Span::between(from, until).ok_or_else(no_days)
}

/// The taxon in the columns `kingdom` and `taxon`.
pub(crate) fn taxon(row: &Row<'_>, backbone: &Backbone) -> Result<ListedTaxon, TableError> {
    let kingdom: Kingdom = row.parsed("kingdom")?;
    let name = row.needed("taxon")?;
    ListedTaxon::find(backbone, kingdom, name).ok_or_else(|| row.fault("taxon", &unknown_taxon(name)))
}

/// As [`taxon`], for tables that name species which the backbone need not have.
pub(crate) fn taxon_or_below(row: &Row<'_>, backbone: &Backbone) -> Result<ListedTaxon, TableError> {
    let kingdom: Kingdom = row.parsed("kingdom")?;
    let name = row.needed("taxon")?;
    let found = ListedTaxon::find_or_below(backbone, kingdom, name);
    found.ok_or_else(|| row.fault("taxon", &unknown_taxon(name)))
}

/// What to say of a name that is no taxon.
pub(crate) fn unknown_taxon(name: &str) -> String {
    format!(
        "`{name}` is not a taxon of `data/species`, or stands for several; add it, or write the accepted name"
    )
}

/// Where the row comes from, how sure it is, and when it was last compared.
pub(crate) fn provenance(row: &Row<'_>) -> Result<Provenance, TableError> {
    Ok(Provenance {
        source: row.needed("source")?.into(),
        confidence: row.parsed("confidence")?,
        checked: row.parsed("checked")?,
    })
}

/// Refuses a table in which two rows have the same id.
pub(crate) fn refuse_double_ids<'i>(
    table: &str,
    rows: impl Iterator<Item = (u64, &'i str)>,
) -> Result<(), Vec<TableError>> {
    let mut seen = HashSet::new();
    let double = rows.filter(|(_, id)| !seen.insert(*id));
    let errors: Vec<TableError> = double
        .map(|(line, id)| {
            error_at(table, line, "id", format!("`{id}` is the id of another row; give each row its own"))
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// A row that may not hold on the same day as the one of line `other`.
pub(crate) fn overlap(table: &str, line: u64, other: u64) -> TableError {
    error_at(
        table,
        line,
        "from",
        format!("the row overlaps the one of line {other}; close one where the other begins"),
    )
}

fn error_at(table: &str, line: u64, column: &str, problem: String) -> TableError {
    TableError { table: table.to_owned(), line, column: column.to_owned(), problem }
}

/// A set of codes that a cell can write.
pub(crate) trait CodeSet: Copy {
    /// A code of the set.
    type Code: FromStr<Err: Display>;
    /// Every code.
    const EVERY: Self;
    /// No code.
    const NO: Self;
    /// This set and `code`.
    fn and(self, code: Self::Code) -> Self;
    /// Everything in this set that is not in `other`.
    fn less(self, other: Self) -> Self;
}

macro_rules! code_sets {
    ($($set:ty, $code:ty;)+) => {$(
        impl CodeSet for $set {
            type Code = $code;
            const EVERY: Self = <$set>::ALL;
            const NO: Self = <$set>::EMPTY;

            fn and(self, code: $code) -> Self {
                self.with(code)
            }

            fn less(self, other: Self) -> Self {
                self.difference(other)
            }
        }
    )+};
}
code_sets! {
    cites::TermSet, cites::Term;
    cites::SourceSet, cites::Source;
    cites::PurposeSet, cites::Purpose;
}

/// Reads a cell of codes. See [`codes`].
pub(crate) fn code_set<S: CodeSet>(cell: &str) -> Result<S, <S::Code as FromStr>::Err> {
    let (turned, list) = match cell.strip_prefix('!') {
        Some(list) => (true, list),
        None => (false, cell),
    };
    match list.trim() {
        "" => return Ok(S::EVERY),
        "none" => return Ok(S::NO),
        _ => {}
    }
    let set = list.split_whitespace().try_fold(S::NO, |set, code| Ok(set.and(code.parse()?)))?;
    Ok(if turned { S::EVERY.less(set) } else { set })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cites::{PurposeSet, Term, TermSet};

    #[test]
    fn a_cell_of_codes_may_be_turned_around() {
        let terms = |cell: &str| code_set::<TermSet>(cell);
        assert_eq!(terms("").unwrap(), TermSet::ALL);
        assert_eq!(terms("none").unwrap(), TermSet::EMPTY);
        assert_eq!(terms("HOR LIV").unwrap(), TermSet::of(&[Term::Horn, Term::Live]));
        assert!(!terms("!HOR HOP").unwrap().contains(Term::PieceHorn));
        assert!(terms("!HOR HOP").unwrap().contains(Term::Meat));
        assert!(terms("HRN").is_err());
        assert_eq!(code_set::<PurposeSet>("!T").unwrap().len(), PurposeSet::ALL.len() - 1);
    }

    #[test]
    fn every_bad_row_is_told_with_line_and_column() {
        let text = "id,from,until\na,2020-01-01,\nb,2020-13-01,\nc,2020-01-02,2020-01-02\n";
        let told: Vec<String> = read_rows("t.csv", &["id", "from", "until"], text, span)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told.len(), 2);
        assert!(
            told[0].starts_with("t.csv line 3, column from: `2020-13-01` is not in the calendar"),
            "{}",
            told[0]
        );
        assert!(told[1].starts_with("t.csv line 4, column until: the row ends on 2020-01-02"), "{}", told[1]);
    }

    #[test]
    fn an_id_stands_once() {
        let rows = [(2, "a"), (3, "b"), (4, "a")];
        let errors = refuse_double_ids("t.csv", rows.into_iter()).unwrap_err();
        assert_eq!((errors.len(), errors[0].line), (1, 4));
    }
}
