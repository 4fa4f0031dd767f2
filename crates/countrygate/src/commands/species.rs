//! `countrygate species`: what a name stands for, how sure that is, and where it stands in law.

use std::io::Write;

use anyhow::Result;
use cites::{AppendixSet, Day, Rank};
use law::Origin;
use law::book::{LawBook, Standing};
use serde::Serialize;
use species::{Language, MatchKind, Names, Resolution, SynonymKind};

use super::doubt::{DoubtView, doubts};
use crate::arguments::{Format, SpeciesArguments};
use crate::clock::today;
use crate::exit::Exit;
use crate::lines::Lines;
use crate::rows::RowWriter;
use crate::session::Session;

/// What a name stands for.
#[derive(Debug, Serialize)]
struct Answer {
    input: String,
    matched: String,
    r#match: &'static str,
    rank: &'static str,
    synonym: Option<&'static str>,
    lineage: Vec<String>,
    common_names: Vec<CommonName>,
    listing: AppendixSet,
    excluded_form: Option<String>,
    verified: bool,
    on: Day,
    doubts: Vec<DoubtView>,
}

#[derive(Debug, Serialize)]
struct CommonName {
    language: &'static str,
    name: String,
}

const COLUMNS: [&str; 9] =
    ["input", "matched", "match", "rank", "lineage", "listing", "verified", "doubts", "candidates"];

/// The answer as a row of a table.
#[derive(Debug, Serialize)]
struct Row<'a> {
    input: &'a str,
    matched: &'a str,
    r#match: &'a str,
    rank: &'a str,
    lineage: String,
    listing: AppendixSet,
    verified: bool,
    doubts: String,
    candidates: String,
}

/// Answers every name of the command line, or of standard input where there is none.
///
/// # Errors
/// The book or the imported names have a fault, or input or output ends early.
pub fn run(session: &Session, arguments: &SpeciesArguments, out: &mut dyn Write) -> Result<Exit> {
    let imported = session.imported()?;
    let names = session.names(imported.as_ref());
    let on = arguments.on.unwrap_or_else(today);
    let format = session.format.unwrap_or(Format::Text);
    let mut rows = RowWriter::new(format, &COLUMNS, out)?;
    let mut exit = Exit::Clear;
    let mut answer = |name: &str| -> Result<()> {
        let answer = answer(&session.book, &names, name, on)?;
        exit = exit.and(if answer.is_sure() { Exit::Clear } else { Exit::Refer });
        match format {
            Format::Csv => rows.write(&answer.row(), |_| Ok(())),
            _ => rows.write(&answer, |out| answer.write_text(out)),
        }
    };
    arguments.names.iter().try_for_each(|name| answer(name))?;
    if arguments.names.is_empty() {
        let mut lines = Lines::of(std::io::stdin().lock());
        let mut unread = false;
        while let Some(line) = lines.next_line()? {
            match &line.problem {
                Some(problem) => {
                    eprintln!("line {}: {problem}", line.number);
                    unread = true;
                }
                None if line.text.trim().is_empty() => {}
                None => answer(line.text.trim())?,
            }
        }
        exit = exit.and(if unread { Exit::Refer } else { Exit::Clear });
    }
    rows.finish()?;
    Ok(exit)
}

fn answer(book: &LawBook, names: &Names<'_>, name: &str, on: Day) -> Result<Answer> {
    let resolution = names.resolve(name);
    let standing = book.standing(&resolution, &Origin::Unstated, on)?;
    let backbone = book.backbone();
    let taxon = standing.subjects.first().map(|subject| subject.taxon);
    let lineage = taxon.into_iter().flat_map(|taxon| backbone.lineage(taxon));
    let common = Language::ALL.into_iter().filter_map(|language| {
        let name = backbone.vernacular(taxon.filter(|_| is_itself(&resolution, &standing))?, language)?;
        Some(CommonName { language: language.as_str(), name: name.to_owned() })
    });
    Ok(Answer {
        input: name.to_owned(),
        r#match: standing.kind.as_str(),
        rank: resolution.rank.map_or("", Rank::as_str),
        synonym: resolution.synonym.map(synonym),
        lineage: lineage.map(|taxon| backbone.name(taxon).to_owned()).collect(),
        common_names: common.collect(),
        listing: standing.appendices,
        excluded_form: resolution.excluded_form.map(|form| form.note.clone()),
        verified: standing.verified,
        doubts: doubts(&resolution, &standing),
        matched: standing.matched.into_owned(),
        on,
    })
}

fn is_itself(resolution: &Resolution<'_>, standing: &Standing<'_>) -> bool {
    standing.kind == resolution.kind && resolution.excluded_form.is_none() && resolution.hybrid.is_none()
}

impl Answer {
    fn is_sure(&self) -> bool {
        self.r#match != MatchKind::None.as_str() && self.doubts.is_empty()
    }

    fn row(&self) -> Row<'_> {
        let joined = |parts: Vec<&str>| parts.join(";");
        let candidates = self.doubts.iter().flat_map(|doubt| &doubt.candidates).map(String::as_str);
        Row {
            input: &self.input,
            matched: &self.matched,
            r#match: self.r#match,
            rank: self.rank,
            lineage: joined(self.lineage.iter().map(String::as_str).collect()),
            listing: self.listing,
            verified: self.verified,
            doubts: joined(self.doubts.iter().map(|doubt| doubt.id).collect()),
            candidates: joined(candidates.collect()),
        }
    }

    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "{}", self.input)?;
        if self.matched.is_empty() {
            writeln!(out, "  stands for no taxon that is known")?;
        } else {
            writeln!(out, "  {} ({}), {}", self.matched, self.rank, how(self.r#match))?;
            let above: Vec<&str> =
                self.lineage.iter().map(String::as_str).filter(|name| *name != self.matched).collect();
            writeln!(out, "  in {}", above.join(", "))?;
            let names: Vec<&str> = self.common_names.iter().map(|common| common.name.as_str()).collect();
            if !names.is_empty() {
                writeln!(out, "  {}", names.join(", "))?;
            }
            let flag = if self.verified { "" } else { " (not verified)" };
            writeln!(out, "  on {}: {}{flag}", self.on, wording::words::appendices(self.listing))?;
        }
        self.excluded_form.iter().try_for_each(|note| writeln!(out, "  {note}"))?;
        self.doubts.iter().try_for_each(|doubt| writeln!(out, "  doubt: {}", doubt.text))
    }
}

/// How a name came to stand for another.
fn synonym(kind: SynonymKind) -> &'static str {
    match kind {
        SynonymKind::Synonym => "synonym",
        SynonymKind::Renamed(_) => "renamed",
        SynonymKind::Spelling => "spelling",
        SynonymKind::Trade => "trade",
    }
}

/// How a name was matched, in words.
fn how(kind: &str) -> &'static str {
    match kind {
        "exact" => "the accepted name",
        "synonym" => "of which the name is a synonym",
        "fuzzy" => "to which the name is nearest",
        "genus" => "the genus of the name",
        "higher" => "which holds what is named",
        "hybrid" => "a hybrid",
        _ => "not matched",
    }
}
