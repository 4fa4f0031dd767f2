//! The files of a pack as text, and what the readers of its tables have in common.
//!
//! Source of truth: `data/packs/README.md` for the columns. Pure: the program reads the files.

use std::collections::BTreeMap;

use cites::{Day, Span};

use crate::bars::{Provenance, provenance, read_rows};
use crate::table::{Row, TableError};

/// The files of one pack, by their names within its folder.
#[derive(Debug, Clone, Default)]
pub struct PackTables<'t> {
    folder: &'t str,
    files: BTreeMap<&'t str, &'t str>,
}

impl<'t> PackTables<'t> {
    /// The files `(name, text)` of the pack in `folder`, such as `china`.
    pub fn new(folder: &'t str, files: impl IntoIterator<Item = (&'t str, &'t str)>) -> PackTables<'t> {
        PackTables { folder, files: files.into_iter().collect() }
    }

    /// The folder.
    pub fn folder(&self) -> &'t str {
        self.folder
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text of a file; empty where there is none.
    pub(super) fn text(&self, file: &str) -> &'t str {
        self.files.get(file).copied().unwrap_or_default()
    }

    /// The names of all files.
    pub(super) fn names(&self) -> impl Iterator<Item = &'t str> {
        self.files.keys().copied()
    }

    /// The name of a file in messages.
    pub(super) fn path(&self, file: &str) -> String {
        format!("{}/{file}", self.folder)
    }

    /// Every row of a table; none where the pack lacks it. Mistakes go to `errors`.
    pub(super) fn rows<T>(
        &self,
        file: &str,
        columns: &[&str],
        errors: &mut Vec<TableError>,
        read: impl FnMut(&Row<'_>) -> Result<T, TableError>,
    ) -> Vec<T> {
        let text = self.text(file);
        if text.is_empty() {
            return Vec::new();
        }
        read_rows(&self.path(file), columns, text, read).unwrap_or_else(|mistakes| {
            errors.extend(mistakes);
            Vec::new()
        })
    }
}

/// The person of an office who confirmed a row, and when; rows of a pack itself have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Who.
    pub person: Box<str>,
    /// When.
    pub day: Day,
}

/// Where a row of a pack comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Source, confidence, day of comparison.
    pub provenance: Provenance,
    /// Set for a row of an office's overlay.
    pub confirmed: Option<Confirmed>,
    /// The line of the table.
    pub line: u64,
}

/// Reads `source`, `confidence`, `checked`, and in an overlay `person` and `day`.
pub(super) fn origin(row: &Row<'_>, layer: Layer) -> Result<Origin, TableError> {
    let confirmed = match layer {
        Layer::Pack => None,
        Layer::Office => Some(Confirmed { person: row.needed("person")?.into(), day: row.parsed("day")? }),
    };
    Ok(Origin { provenance: provenance(row)?, confirmed, line: row.line() })
}

/// Whether a table belongs to a pack or to an office's overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    /// The pack.
    Pack,
    /// An office's own confirmed facts.
    Office,
}

/// A word of a short list.
pub(super) fn word<T>(
    row: &Row<'_>,
    column: &str,
    known: impl Fn(&str) -> Option<T>,
    allowed: &str,
) -> Result<T, TableError> {
    let written = row.get(column);
    known(written)
        .ok_or_else(|| row.fault(column, &format!("`{written}` is not known here; write one of {allowed}")))
}

/// Words of a short list, separated by spaces.
pub(super) fn words<T>(
    row: &Row<'_>,
    column: &str,
    known: impl Fn(&str) -> Option<T>,
    allowed: &str,
) -> Result<Box<[T]>, TableError> {
    let written = row.get(column).split_whitespace();
    let read = |word: &str| {
        known(word)
            .ok_or_else(|| row.fault(column, &format!("`{word}` is not known here; write some of {allowed}")))
    };
    written.map(read).collect()
}

/// Rows that may not hold on the same day: `key` says which rows exclude each other.
pub(super) fn refuse_overlaps<'r, K: Ord>(
    table: &str,
    rows: impl Iterator<Item = (K, Span, u64)> + 'r,
    errors: &mut Vec<TableError>,
) {
    let mut by_key: BTreeMap<K, Vec<(Span, u64)>> = BTreeMap::new();
    for (key, span, line) in rows {
        let earlier = by_key.entry(key).or_default();
        if let Some((_, other)) = earlier.iter().find(|(known, _)| known.overlaps(span)) {
            errors.push(crate::bars::overlap(table, line, *other));
        }
        earlier.push((span, line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_key_may_follow_each_other_but_not_overlap() {
        let day = |day: &str| day.parse::<Day>().unwrap();
        let first = Span::between(day("2020-01-01"), day("2020-02-01")).unwrap();
        let second = Span::since(day("2020-02-01"));
        let mut errors = Vec::new();
        refuse_overlaps(
            "p/t.csv",
            [("a", first, 2), ("a", second, 3), ("b", first, 4)].into_iter(),
            &mut errors,
        );
        assert!(errors.is_empty());
        refuse_overlaps("p/t.csv", [("a", first, 2), ("a", first, 5)].into_iter(), &mut errors);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].to_string().starts_with("p/t.csv line 5, column from:"), "{}", errors[0]);
    }
}
