//! `countrygate law editions diff`: which rows of which tables differ.

use std::io::Write;

use anyhow::Result;
use cites::EditionId;
use law::book::editions::{RowDifference, Standing, TableDifference, differences};
use serde::Serialize;

use crate::arguments::{EditionsDiffArguments, Format};
use crate::exit::Exit;
use crate::rows::RowWriter;
use crate::session::Session;

/// Everything that differs.
#[derive(Debug, Serialize)]
struct Diff {
    one: EditionId,
    other: EditionId,
    tables: Vec<TableView>,
}

#[derive(Debug, Serialize)]
struct TableView {
    path: String,
    standing: &'static str,
    added: usize,
    removed: usize,
    changed: usize,
    rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
struct RowView {
    key: String,
    standing: &'static str,
    cells: Vec<CellView>,
}

#[derive(Debug, Serialize)]
struct CellView {
    column: String,
    before: String,
    after: String,
}

/// A cell that differs as a row of a table.
#[derive(Debug, Serialize)]
struct TableRow<'d> {
    table: &'d str,
    key: &'d str,
    standing: &'d str,
    column: &'d str,
    before: &'d str,
    after: &'d str,
}

const COLUMNS: [&str; 6] = ["table", "key", "standing", "column", "before", "after"];

/// Compares two editions.
///
/// # Errors
/// One of them is not at hand or cannot be read, or the output ends early.
pub fn run(session: &Session, asked: &EditionsDiffArguments, out: &mut dyn Write) -> Result<Exit> {
    let library = session.library();
    let one = library.find(&asked.one)?;
    let in_use = session.book.edition();
    let other = match &asked.other {
        Some(prefix) => library.find(prefix)?,
        None => library.find(&in_use.to_string().parse()?)?,
    };
    let below = asked.table.as_deref().unwrap_or_default();
    let found = differences(&library.tables(&one)?, &library.tables(&other)?);
    let tables = found.into_iter().filter(|table| table.path.starts_with(below)).map(TableView::from);
    let diff = Diff { one: one.edition, other: other.edition, tables: tables.collect() };
    match session.format.unwrap_or(Format::Text) {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &diff)?;
            writeln!(out)?;
        }
        Format::Csv => diff.write_table(out)?,
        Format::Text => diff.write_text(out)?,
    }
    Ok(Exit::Clear)
}

impl From<TableDifference> for TableView {
    fn from(table: TableDifference) -> TableView {
        let count = |standing| table.rows.iter().filter(|row| row.standing == standing).count();
        TableView {
            standing: table.standing.as_str(),
            added: count(Standing::Added),
            removed: count(Standing::Removed),
            changed: count(Standing::Changed),
            rows: table.rows.iter().map(RowView::from).collect(),
            path: table.path,
        }
    }
}

impl From<&RowDifference> for RowView {
    fn from(row: &RowDifference) -> RowView {
        let cells = row.cells.iter().map(|cell| CellView {
            column: cell.column.clone(),
            before: cell.before.clone(),
            after: cell.after.clone(),
        });
        RowView { key: row.key.clone(), standing: row.standing.as_str(), cells: cells.collect() }
    }
}

impl Diff {
    fn write_table(&self, out: &mut dyn Write) -> Result<()> {
        let mut rows = RowWriter::new(Format::Csv, &COLUMNS, out)?;
        for table in &self.tables {
            for row in &table.rows {
                for cell in &row.cells {
                    let written = TableRow {
                        table: &table.path,
                        key: &row.key,
                        standing: row.standing,
                        column: &cell.column,
                        before: &cell.before,
                        after: &cell.after,
                    };
                    rows.write(&written, |_| Ok(()))?;
                }
            }
        }
        rows.finish()
    }

    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "From edition {}\n  to edition {}", self.one, self.other)?;
        if self.tables.is_empty() {
            writeln!(out, "No table differs.")?;
        }
        for table in &self.tables {
            writeln!(
                out,
                "\n{} ({}): {} rows changed, {} removed, {} added",
                table.path, table.standing, table.changed, table.removed, table.added
            )?;
            table.rows.iter().try_for_each(|row| row.write_text(out))?;
        }
        Ok(())
    }
}

impl RowView {
    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let sign = match self.standing {
            "added" => "+",
            "removed" => "-",
            _ => "~",
        };
        writeln!(out, "  {sign} {}", self.key)?;
        // What a whole row holds is for the table and the JSON; here it would hide what changed.
        for cell in self.cells.iter().filter(|_| sign == "~") {
            writeln!(out, "      {}: {} -> {}", cell.column, shown(&cell.before), shown(&cell.after))?;
        }
        Ok(())
    }
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "(empty)" } else { text }
}
