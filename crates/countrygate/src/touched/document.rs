//! What stands before and after the lines of a file: what it is, which changes touch something, how many lines.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use super::totals::Totals;
use super::{Asking, Show};
use crate::arguments::Format;
use crate::check::EDITION_DIGITS_SHOWN;
use crate::check::totals::thousands;
use wording::change::ChangeView;
use wording::words;

/// The answer to one file.
pub struct Document {
    file: String,
    /// What the file is, once that is known.
    pub kind: &'static str,
}

#[derive(Serialize)]
struct Touching<'c> {
    /// By which the lines name it.
    change: usize,
    lines: u64,
    #[serde(flatten)]
    view: &'c ChangeView,
}

impl Document {
    /// The answer to a file.
    pub fn begin(_: &Asking<'_>, file: &str) -> Document {
        Document { file: file.to_owned(), kind: "consignment" }
    }

    /// Writes what stands before the lines.
    ///
    /// # Errors
    /// The output ends early.
    pub fn head(&self, asking: &Asking<'_>, out: &mut dyn Write) -> Result<()> {
        let (since, on) = (asking.changes.law.window.since, asking.changes.law.window.on);
        let edition = asking.edition.to_string();
        match asking.format {
            Format::Csv => {}
            Format::Json => write!(
                out,
                "{{\"file\":{},\"kind\":\"{}\",\"edition\":\"{edition}\",\"since\":\"{since}\",\"on\":\"{on}\",\"lines\":[",
                serde_json::to_string(&self.file)?,
                self.kind
            )?,
            Format::Text => writeln!(
                out,
                "{}: {}; the law of {} against that of {}; edition {}",
                self.file,
                self.kind,
                words::day(on),
                words::day(since),
                edition.get(..EDITION_DIGITS_SHOWN).unwrap_or_default()
            )?,
        }
        Ok(())
    }

    /// Writes what stands behind the lines.
    ///
    /// # Errors
    /// The output ends early.
    pub fn end(&self, asking: &Asking<'_>, totals: &Totals, out: &mut dyn Write) -> Result<()> {
        match asking.format {
            Format::Csv => Ok(()),
            Format::Json => self.json(asking, totals, out),
            Format::Text => Ok(text(asking, totals, out)?),
        }
    }

    fn json(&self, asking: &Asking<'_>, totals: &Totals, out: &mut dyn Write) -> Result<()> {
        let touching = totals.by_change.iter().filter_map(|(change, lines)| {
            Some(Touching { change: *change, lines: *lines, view: asking.changes.views.get(*change)? })
        });
        let shifts: serde_json::Map<_, _> =
            totals.shifts().map(|(shift, lines)| (shift.to_string(), lines.into())).collect();
        let counts = serde_json::json!({
            "lines": totals.lines,
            "touched": totals.touched,
            "unknown": totals.unknown,
            "answers": shifts,
            "now_prohibited": totals.forbidden,
            "bad_lines": totals.bad,
        });
        out.write_all(b"\n],\"changes\":")?;
        serde_json::to_writer(&mut *out, &touching.collect::<Vec<_>>())?;
        writeln!(out, ",\"totals\":{counts}}}")?;
        Ok(())
    }
}

fn text(asking: &Asking<'_>, totals: &Totals, out: &mut dyn Write) -> std::io::Result<()> {
    if !totals.by_change.is_empty() {
        writeln!(out, "\nWhat changes:")?;
    }
    for (change, lines) in &totals.by_change {
        let Some(view) = asking.changes.views.get(*change) else { continue };
        let line = if *lines == 1 { "line" } else { "lines" };
        writeln!(
            out,
            "  {}: {}: {} ({} {line})",
            words::day(view.day),
            view.title,
            view.words,
            thousands(*lines)
        )?;
        let (old, new) = if view.kind == "annotation" { ("old text: ", "new text: ") } else { ("", "") };
        let others = view.others.iter().map(|other| ("?", "", &other.row));
        let rows =
            view.ended.iter().map(|row| ("-", old, row)).chain(view.began.iter().map(|row| ("+", new, row)));
        for (sign, before, row) in rows.chain(others) {
            let flag = if row.verified { "" } else { " (not verified)" };
            writeln!(out, "    {sign} {before}{}{flag}  [{}]", row.text, row.id)?;
            writeln!(out, "      Source: {}", row.source)?;
        }
    }
    let lines = if totals.lines == 1 { "line" } else { "lines" };
    writeln!(
        out,
        "\n{} {lines}: {} touched, {} not known",
        thousands(totals.lines),
        thousands(totals.touched),
        thousands(totals.unknown)
    )?;
    let moved = totals.shifts().filter(|(shift, lines)| *shift != border::change::Shift::Same && *lines > 0);
    let moved: Vec<String> = moved.map(|(shift, lines)| format!("{} {shift}", thousands(lines))).collect();
    let moved = if moved.is_empty() { "none".to_owned() } else { moved.join(", ") };
    writeln!(out, "  answers that change: {moved}")?;
    if totals.forbidden > 0 {
        writeln!(out, "  {} become prohibited", thousands(totals.forbidden))?;
    }
    if totals.bad > 0 {
        writeln!(out, "  {} have a cell that could not be read", thousands(totals.bad))?;
    }
    if asking.show == Show::Touched && totals.touched + totals.unknown < totals.lines {
        writeln!(out, "  lines that are not touched are left out; --show all has them")?;
    }
    Ok(())
}
