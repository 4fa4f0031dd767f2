//! `countrygate law editions`: keep, list, verify and compare editions of the law book.

mod diff;

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use cites::EditionId;
use serde::Serialize;

use crate::arguments::{EditionsCommand, Format};
use crate::editions::{self, AtHand, Place};
use crate::exit::Exit;
use crate::rows::RowWriter;
use crate::session::Session;

/// An edition as it is shown.
#[derive(Debug, Serialize)]
struct Row {
    edition: EditionId,
    place: &'static str,
    /// The version of the program that kept it; empty where the file does not tell.
    program: String,
    tables: Option<usize>,
    bytes: Option<u64>,
    file: String,
    /// Whether answers of this run rest on it.
    in_use: bool,
    problem: String,
}

const COLUMNS: [&str; 8] = ["edition", "place", "program", "tables", "bytes", "file", "in_use", "problem"];

/// Does what is asked with editions.
///
/// # Errors
/// A folder cannot be read or written, an edition is not at hand, or the output ends early.
pub fn run(session: &Session, command: &EditionsCommand, out: &mut dyn Write) -> Result<Exit> {
    match command {
        EditionsCommand::List => show(session, look, out),
        EditionsCommand::Verify => show(session, verify, out),
        EditionsCommand::Keep => keep(session, out),
        EditionsCommand::Diff(asked) => diff::run(session, asked, out),
    }
}

fn show(session: &Session, look: fn(&Session, &mut Row, &AtHand), out: &mut dyn Write) -> Result<Exit> {
    let mut rows = RowWriter::new(session.format.unwrap_or(Format::Text), &COLUMNS, out)?;
    let mut exit = Exit::Clear;
    for one in session.library().list()? {
        let mut row = row(session, &one);
        look(session, &mut row, &one);
        if !row.problem.is_empty() {
            exit = Exit::Refer;
        }
        rows.write(&row, |out| row.write_text(out))?;
    }
    rows.finish()?;
    Ok(exit)
}

fn row(session: &Session, one: &AtHand) -> Row {
    let (place, file) = match &one.place {
        Place::Shipped => ("shipped", None),
        Place::Book => ("book", None),
        Place::Kept(path) => ("kept", Some(path.as_path())),
    };
    Row {
        edition: one.edition,
        place,
        program: if file.is_none() { env!("CARGO_PKG_VERSION").to_owned() } else { String::new() },
        tables: None,
        bytes: file.and_then(|file| std::fs::metadata(file).ok()).map(|about| about.len()),
        file: file.map(Path::display).map(|file| file.to_string()).unwrap_or_default(),
        in_use: one.edition == session.book.edition(),
        problem: String::new(),
    }
}

/// What the file says of itself.
fn look(_: &Session, row: &mut Row, one: &AtHand) {
    let Place::Kept(path) = &one.place else { return };
    match editions::bytes(path).and_then(|bytes| Ok(editions::file::head(&bytes)?)) {
        Ok(head) => row.program = head.program,
        Err(error) => row.problem = format!("{error:#}"),
    }
}

/// Whether the edition can be opened as a book.
fn verify(session: &Session, row: &mut Row, one: &AtHand) {
    look(session, row, one);
    if !row.problem.is_empty() {
        return;
    }
    match session.library().open(one) {
        Ok(book) => row.tables = Some(book.tables().iter().count()),
        Err(error) => row.problem = format!("{error:#}"),
    }
}

impl Row {
    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let place = match self.place {
            "shipped" => "shipped with the program",
            "book" => "the book of --book, not kept",
            _ => "kept",
        };
        let in_use = if self.in_use { ", in use" } else { "" };
        let program =
            if self.program.is_empty() { String::new() } else { format!(", version {}", self.program) };
        writeln!(out, "{}  {place}{program}{in_use}", self.edition)?;
        if let Some(tables) = self.tables {
            writeln!(out, "  sound: {tables} tables")?;
        }
        if !self.file.is_empty() {
            writeln!(out, "  {}", self.file)?;
        }
        if !self.problem.is_empty() {
            writeln!(out, "  CANNOT BE USED: {}", self.problem)?;
        }
        Ok(())
    }
}

/// What was kept.
#[derive(Debug, Serialize)]
struct Kept {
    edition: EditionId,
    file: String,
    /// Whether it was written now; else a sound file was there.
    written: bool,
}

fn keep(session: &Session, out: &mut dyn Write) -> Result<Exit> {
    let (path, written) = session.library().keep(&session.book)?;
    let kept = Kept { edition: session.book.edition(), file: path.display().to_string(), written };
    match session.format.unwrap_or(Format::Text) {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &kept)?;
            writeln!(out)?;
        }
        Format::Csv => {
            let mut rows = RowWriter::new(Format::Csv, &["edition", "file", "written"], out)?;
            rows.write(&kept, |_| Ok(()))?;
            rows.finish()?;
        }
        Format::Text => {
            let how = if written { "kept in" } else { "was kept before, in" };
            writeln!(out, "{} {how} {}", kept.edition, kept.file)?;
        }
    }
    Ok(Exit::Clear)
}
