//! The text of `law diff`: by day, each change in a sentence, with its rows.

use std::io::{Result, Write};

use super::Diff;
use wording::change::{ChangeView, RowView};
use wording::words;

/// Rows of which many change on one day are listed up to here; the other formats have all of them.
const MANY_SHOWN: usize = 20;
/// How many titles stand behind a species of a region.
const TITLES_SHOWN: usize = 3;

/// Writes the text.
pub(super) fn write(diff: &Diff, out: &mut dyn Write) -> Result<()> {
    let (from, to) = (words::day(diff.from), words::day(diff.to));
    writeln!(out, "After {from}, up to {to}: {} changes", diff.changes.len())?;
    if diff.yearly_quotas_left_out > 0 {
        writeln!(
            out,
            "Besides, the quotas that Parties publish year by year differ in {} cases between {} and {}; see them \
             with --kind yearly-quota or --taxon.",
            diff.yearly_quotas_left_out,
            diff.from.year(),
            diff.to.year()
        )?;
    }
    let (mut day, mut many) = (None, Many::default());
    for change in &diff.changes {
        if day != Some(change.day) {
            many.end(out)?;
            writeln!(out, "\n{}", words::day(change.day))?;
            day = Some(change.day);
        }
        if many.shows(change, out)? {
            write_change(change, out)?;
        }
    }
    many.end(out)?;
    regions(diff, out)?;
    writeln!(out, "\nEdition {}", diff.edition.to_string().get(..12).unwrap_or_default())
}

/// Changes of a kind of which many come on one day.
#[derive(Default)]
struct Many {
    kind: &'static str,
    seen: usize,
}

impl Many {
    /// Whether a change is shown.
    fn shows(&mut self, change: &ChangeView, out: &mut dyn Write) -> Result<bool> {
        if change.kind != self.kind {
            self.end(out)?;
            self.kind = change.kind;
        }
        self.seen += 1;
        Ok(!change.is_of_many() || self.seen <= MANY_SHOWN)
    }

    /// Says how many were left out.
    fn end(&mut self, out: &mut dyn Write) -> Result<()> {
        let is_of_many = matches!(self.kind, "national-list" | "yearly-quota");
        if is_of_many && self.seen > MANY_SHOWN {
            let more = self.seen - MANY_SHOWN;
            writeln!(out, "  and {more} more of the kind {}; --format csv has all of them", self.kind)?;
        }
        *self = Many::default();
        Ok(())
    }
}

fn write_change(change: &ChangeView, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "  {}: {}", change.title, change.words)?;
    let (one, other) = if change.kind == "annotation" { ("old text: ", "new text: ") } else { ("", "") };
    change.ended.iter().try_for_each(|row| write_row("-", one, row, out))?;
    change.began.iter().try_for_each(|row| write_row("+", other, row, out))?;
    change.others.iter().try_for_each(|other| write_row("?", "", &other.row, out))
}

fn write_row(sign: &str, before: &str, row: &RowView, out: &mut dyn Write) -> Result<()> {
    let flag = if row.verified { "" } else { " (not verified)" };
    writeln!(out, "    {sign} {before}{}{flag}  [{}]", row.text, row.id)
}

fn regions(diff: &Diff, out: &mut dyn Write) -> Result<()> {
    for region in &diff.regions {
        writeln!(out, "\n{}: {} of its species are concerned", region.name, region.species.len())?;
        for species in &region.species {
            let changes = species.changes.iter().filter_map(|place| diff.changes.get(*place));
            let mut titles: Vec<&str> = changes.map(|change| change.title.as_str()).collect();
            titles.dedup();
            let more = titles.len().saturating_sub(TITLES_SHOWN);
            titles.truncate(TITLES_SHOWN);
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            writeln!(out, "  {} {}: {}{more}", species.taxon, species.name_zh, titles.join(", "))?;
        }
    }
    Ok(())
}
