//! What an import read, and how it stands to the book, in every format.

use std::io::Write;

use anyhow::Result;
use cites::Day;
use serde::Serialize;
use species::import::RowProblem;
use species::imported::MergeReport;

use crate::arguments::Format;
use crate::exit::Exit;
use crate::rows::RowWriter;

/// Everything that an import did.
#[derive(Debug, Serialize)]
pub struct Report {
    pub on: Day,
    pub files: Vec<FileReport>,
    pub names: Option<NamesReport>,
}

/// What was read of a file, and how it stands to the book.
#[derive(Debug, Serialize)]
pub struct FileReport {
    pub file: String,
    pub format: &'static str,
    pub rows: usize,
    pub read: usize,
    pub problems: Vec<Problem>,
    pub more_problems: usize,
    pub lost: usize,
    pub agreeing: usize,
    pub differing: Vec<Row>,
    pub unknown: Vec<Row>,
    pub names: Option<Merged>,
}

/// What became of the names of an Index.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Merged {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub repeated: usize,
}

/// The file of imported names after the import.
#[derive(Debug, Serialize)]
pub struct NamesReport {
    pub file: String,
    pub accepted: usize,
    pub synonyms: usize,
    pub bytes: usize,
    pub written: bool,
}

#[derive(Debug, Serialize)]
pub struct Problem {
    pub line: usize,
    pub column: String,
    pub problem: String,
    pub lost: bool,
}

/// A row that does not agree with the book.
#[derive(Debug, Serialize)]
pub struct Row {
    pub line: usize,
    pub taxon: String,
    pub told: String,
    pub book: String,
}

const COLUMNS: [&str; 7] = ["file", "line", "column", "taxon", "kind", "told", "book"];

/// A line of the report as a table.
#[derive(Debug, Serialize)]
struct TableRow<'r> {
    pub file: &'r str,
    pub line: usize,
    pub column: &'r str,
    pub taxon: &'r str,
    pub kind: &'r str,
    pub told: &'r str,
    pub book: &'r str,
}

impl From<MergeReport> for Merged {
    fn from(report: MergeReport) -> Merged {
        let MergeReport { added, changed, unchanged, repeated } = report;
        Merged { added, changed, unchanged, repeated }
    }
}

impl From<&RowProblem> for Problem {
    fn from(found: &RowProblem) -> Problem {
        Problem {
            line: found.line,
            column: found.column.clone(),
            problem: format!("{}; {}", found.what, found.what_to_do),
            lost: found.lost,
        }
    }
}

/// How many rows of a kind the text shows; the other formats have all of them.
const ROWS_SHOWN: usize = 20;

impl Report {
    /// What the import comes to.
    pub fn exit(&self) -> Exit {
        let doubtful = self.files.iter().any(|file| !file.differing.is_empty() || file.lost > 0);
        if doubtful { Exit::Refer } else { Exit::Clear }
    }

    /// Writes the report.
    ///
    /// # Errors
    /// The output ends early.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<()> {
        match format {
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, self)?;
                writeln!(out)?;
            }
            Format::Csv => self.write_table(out)?,
            Format::Text => self.write_text(out)?,
        }
        Ok(())
    }

    fn write_table(&self, out: &mut dyn Write) -> Result<()> {
        let mut rows = RowWriter::new(Format::Csv, &COLUMNS, out)?;
        for file in &self.files {
            let file_name = &*file.file;
            for problem in &file.problems {
                let kind = if problem.lost { "not-read" } else { "problem" };
                let Problem { line, column, problem: told, .. } = problem;
                rows.write(
                    &TableRow { file: file_name, line: *line, column, taxon: "", kind, told, book: "" },
                    |_| Ok(()),
                )?;
            }
            let told = [("differs", &file.differing), ("unknown", &file.unknown)];
            for (kind, row) in
                told.into_iter().flat_map(|(kind, rows)| rows.iter().map(move |row| (kind, row)))
            {
                let Row { line, taxon, told, book } = row;
                rows.write(
                    &TableRow { file: file_name, line: *line, column: "", taxon, kind, told, book },
                    |_| Ok(()),
                )?;
            }
        }
        rows.finish()
    }

    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        for file in &self.files {
            file.write_text(self.on, out)?;
        }
        let Some(names) = &self.names else { return Ok(()) };
        let done = if names.written { "written" } else { "nothing changed in" };
        writeln!(out, "{done} {}: {} names, {} synonyms", names.file, names.accepted, names.synonyms)
    }
}

impl FileReport {
    fn write_text(&self, on: Day, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "{}: {}, {} of {} rows read", self.file, self.format, self.read, self.rows)?;
        if let Some(Merged { added, changed, unchanged, repeated }) = self.names {
            writeln!(
                out,
                "  names: {added} added, {changed} changed, {unchanged} unchanged, {repeated} repeated"
            )?;
        }
        let (agreeing, differing, unknown) = (self.agreeing, self.differing.len(), self.unknown.len());
        writeln!(
            out,
            "  against the book on {on}: {agreeing} agree, {differing} differ, {unknown} cannot be compared"
        )?;
        for problem in self.problems.iter().take(ROWS_SHOWN) {
            let lost = if problem.lost { "not read" } else { "problem" };
            let column = if problem.column.is_empty() {
                String::new()
            } else {
                format!(", column {}", problem.column)
            };
            writeln!(out, "  {lost}: line {}{column}: {}", problem.line, problem.problem)?;
        }
        more(self.problems.len() + self.more_problems, out)?;
        for row in self.differing.iter().take(ROWS_SHOWN) {
            let told = if row.told.is_empty() { "nothing" } else { &row.told };
            writeln!(
                out,
                "  differs: line {}, {}: the file says {told}, the book {}",
                row.line, row.taxon, row.book
            )?;
        }
        more(self.differing.len(), out)?;
        for row in self.unknown.iter().take(ROWS_SHOWN) {
            writeln!(out, "  not compared: line {}, {} ({}): {}", row.line, row.taxon, row.told, row.book)?;
        }
        more(self.unknown.len(), out)
    }
}

fn more(rows: usize, out: &mut dyn Write) -> std::io::Result<()> {
    match rows.checked_sub(ROWS_SHOWN) {
        Some(rest @ 1..) => writeln!(out, "  and {rest} more; `--format csv` shows all"),
        _ => Ok(()),
    }
}
