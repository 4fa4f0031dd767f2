//! `countrygate law status`: where many names stand on one day.
//!
//! The columns are a promise; `docs/reference/law-status.md` says what each means.

use std::io::Write;

use anyhow::Result;
use cites::{Day, Place};
use law::Origin;
use law::book::{LawBook, Standing};
use serde::Serialize;
use species::{MatchKind, Names};

use crate::arguments::{Format, StatusArguments};
use crate::clock::today;
use crate::exit::Exit;
use crate::lines::{Line, Lines};
use crate::rows::RowWriter;
use crate::session::Session;

const COLUMNS: [&str; 8] =
    ["input", "matched", "match", "listing", "annotation", "entries", "national", "verified"];

/// A row of the answer.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    input: String,
    matched: String,
    r#match: &'static str,
    listing: String,
    annotation: String,
    entries: String,
    national: String,
    verified: bool,
}

/// Answers every line of standard input.
///
/// # Errors
/// The book or the imported names have a fault, or input or output ends early.
pub fn run(session: &Session, arguments: &StatusArguments, out: &mut dyn Write) -> Result<Exit> {
    let imported = session.imported()?;
    let asking = Asking {
        book: &session.book,
        names: session.names(imported.as_ref()),
        on: arguments.on.unwrap_or_else(today),
    };
    let mut rows = RowWriter::new(session.format.unwrap_or(Format::Csv), &COLUMNS, out)?;
    let mut lines = Lines::of(std::io::stdin().lock());
    let bar = crate::progress::beside_output();
    let mut exit = Exit::Clear;
    while let Some(line) = lines.next_line()? {
        if line.problem.is_none() && line.text.trim().is_empty() {
            continue;
        }
        let (row, problem) = asking.row(&line)?;
        if let Some(problem) = problem {
            eprintln!("line {}: {problem}", line.number);
            exit = exit.and(Exit::Refer);
        }
        rows.write(&row, |out| row.write_text(out))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    rows.finish()?;
    Ok(exit)
}

/// What is asked of every line.
struct Asking<'s> {
    book: &'s LawBook,
    names: Names<'s>,
    on: Day,
}

impl Asking<'_> {
    /// The row of a line, and what is to be told about it.
    fn row(&self, line: &Line) -> Result<(Row, Option<String>)> {
        if let Some(problem) = &line.problem {
            return Ok((Row::unread(&line.text), Some(problem.to_string())));
        }
        let (name, origin) = line.text.split_once('\t').unwrap_or((&line.text, ""));
        let origin = match origin.trim() {
            "" => Origin::Unstated,
            written => match written.parse::<Place>() {
                Ok(place) => Origin::from(place),
                Err(error) => return Ok((Row::unread(&line.text), Some(error.to_string()))),
            },
        };
        let resolution = self.names.resolve(name.trim());
        let standing = self.book.standing(&resolution, &origin, self.on)?;
        let problem = match standing.kind {
            MatchKind::None => {
                let doubts: Vec<String> = resolution.doubts.iter().map(ToString::to_string).collect();
                Some(format!("`{}` leads to no taxon: {}", name.trim(), doubts.join("; ")))
            }
            _ if !standing.differing.is_empty() => {
                let names: Vec<&str> = standing.differing.iter().map(|near| near.name.as_str()).collect();
                let near = names.join(", ");
                Some(format!(
                    "`{}` is near names of different Appendices: {near}; say which is meant",
                    name.trim()
                ))
            }
            _ => None,
        };
        Ok((self.answer(&line.text, standing)?, problem))
    }

    fn answer(&self, input: &str, standing: Standing<'_>) -> Result<Row> {
        let listings = self.book.listings()?;
        let entries: Vec<&law::Entry> =
            standing.entries.iter().filter_map(|id| listings.entry(*id)).collect();
        let mut annotations: Vec<&str> =
            entries.iter().filter_map(|entry| entry.annotation.as_deref()).collect();
        annotations.sort_unstable();
        annotations.dedup();
        let ids: Vec<&str> = entries.iter().map(|entry| &*entry.id).collect();
        let national = self.book.national_classes(&standing, self.on)?;
        let national: Vec<&str> = national.into_iter().map(wording::words::numeral).collect();
        Ok(Row {
            input: input.to_owned(),
            matched: standing.matched.into_owned(),
            r#match: standing.kind.as_str(),
            listing: standing.appendices.to_string(),
            annotation: annotations.join(";"),
            entries: ids.join(";"),
            national: national.join("/"),
            verified: standing.verified,
        })
    }
}

impl Row {
    /// The row of a line that could not be read.
    fn unread(input: &str) -> Row {
        Row {
            input: input.to_owned(),
            matched: String::new(),
            r#match: MatchKind::None.as_str(),
            listing: String::new(),
            annotation: String::new(),
            entries: String::new(),
            national: String::new(),
            verified: false,
        }
    }

    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let Row { input, matched, listing, .. } = self;
        if matched.is_empty() {
            return writeln!(out, "{input}: leads to no taxon");
        }
        write!(out, "{input}: {listing}")?;
        if matched != input {
            write!(out, ", as {matched}")?;
        }
        if self.r#match != "exact" {
            write!(out, " ({})", self.r#match)?;
        }
        if !self.annotation.is_empty() {
            write!(out, ", annotation {}", self.annotation)?;
        }
        if !self.national.is_empty() {
            write!(out, ", national class {}", self.national)?;
        }
        writeln!(out, "{}", if self.verified { "" } else { ", not verified" })
    }
}
