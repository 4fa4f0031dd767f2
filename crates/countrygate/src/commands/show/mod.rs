//! `countrygate law show`: the law of one taxon, to be read aloud.

mod bars;
mod gather;
mod page;
mod sentences;
mod text;
mod view;

use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use species::MatchKind;

use crate::arguments::{Format, ShowArguments};
use crate::clock::today;
use crate::exit::Exit;
use crate::rows::RowWriter;
use crate::session::Session;
use gather::Question;
use view::{EntryView, Shown};

/// Answers about one taxon.
///
/// # Errors
/// The book or the imported names have a fault, or the output ends early.
pub fn run(session: &Session, arguments: &ShowArguments, out: &mut dyn Write) -> Result<Exit> {
    let imported = session.imported()?;
    let resolution = session.names(imported.as_ref()).resolve(&arguments.taxon);
    let on = arguments.on.unwrap_or_else(today);
    let question = Question { book: &session.book, on, origin: arguments.origin, term: arguments.term };
    // The longest tables are read beside the others; whoever needs one first waits for it.
    let shown = std::thread::scope(|scope| {
        scope.spawn(|| session.book.packs().is_ok());
        scope.spawn(|| session.book.yearly_quotas().is_ok() && session.book.reservations().is_ok());
        question.answer(&arguments.taxon, &resolution)
    })?;
    match session.format.unwrap_or(Format::Text) {
        Format::Text => text::write(&shown, session.color, out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &shown)?;
            writeln!(out)?;
        }
        Format::Csv => write_table(&shown, out)?,
    }
    let is_sure = shown.r#match != MatchKind::None.as_str() && shown.doubts.is_empty();
    Ok(if is_sure { Exit::Clear } else { Exit::Refer })
}

const COLUMNS: [&str; 14] = [
    "id",
    "taxon",
    "appendix",
    "party",
    "population",
    "except_population",
    "annotation",
    "from",
    "until",
    "in_force",
    "event",
    "note",
    "source",
    "confidence",
];

/// An entry as a row of a table.
#[derive(Serialize)]
struct Row<'e> {
    id: &'e str,
    taxon: &'e str,
    appendix: String,
    party: String,
    population: String,
    except_population: String,
    annotation: &'e str,
    from: String,
    until: String,
    in_force: &'e str,
    event: &'e str,
    note: &'e str,
    source: &'e str,
    confidence: &'e str,
}

/// The history and what is to come, one entry a row.
fn write_table(shown: &Shown, out: &mut dyn Write) -> Result<()> {
    let mut rows = RowWriter::new(Format::Csv, &COLUMNS, out)?;
    let is_new = |entry: &&EntryView| !shown.history.iter().any(|old| old.id == entry.id);
    for entry in shown.history.iter().chain(shown.coming.iter().filter(is_new)) {
        let joined = |places: Vec<String>| places.join(" ");
        let row = Row {
            id: &entry.id,
            taxon: &entry.taxon,
            appendix: entry.appendix.map_or("NC".to_owned(), |appendix| appendix.to_string()),
            party: entry.party.map_or(String::new(), |party| party.to_string()),
            population: joined(entry.population.iter().map(ToString::to_string).collect()),
            except_population: joined(entry.except_population.iter().map(ToString::to_string).collect()),
            annotation: entry.annotation.as_deref().unwrap_or(""),
            from: entry.from.to_string(),
            until: entry.until.map_or(String::new(), |until| until.to_string()),
            in_force: entry.in_force,
            event: &entry.event,
            note: &entry.note,
            source: &entry.source.source,
            confidence: entry.source.confidence,
        };
        rows.write(&row, |_| Ok(()))?;
    }
    rows.finish()
}
