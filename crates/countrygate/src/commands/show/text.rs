//! The text of `law show`: what an officer is told, in the order of the questions at the border.

use std::io::{Result, Write};

use cites::Appendix;

use super::page::Page;
use super::sentences as say;
use super::view::{AnnotationView, Shown, TaxonView};
use wording::words;

/// How many rows of a kind the text shows; the other formats have all of them.
const ROWS_SHOWN: usize = 25;

/// Writes the page.
pub fn write(shown: &Shown, color: bool, out: &mut dyn Write) -> Result<()> {
    let mut page = Page::new(out, color);
    name(shown, &mut page)?;
    if shown.taxa.is_empty() {
        return page.say("So nothing can be said of its standing in law: refer.");
    }
    listing(shown, &mut page)?;
    coming(shown, &mut page)?;
    annotations(shown, &mut page)?;
    deemed(shown, &mut page)?;
    suspensions(shown, &mut page)?;
    quotas(shown, &mut page)?;
    reservations(shown, &mut page)?;
    national(shown, &mut page)?;
    history(shown, &mut page)?;
    page.end(shown.edition.to_string().get(..12).unwrap_or(""))
}

fn name(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    match shown.taxa.as_slice() {
        [] => page.title(&format!("{}: no known taxon", shown.input))?,
        [taxon] => page.title(&format!("{} ({})", shown.matched, rank(shown, taxon)))?,
        _ => page.title(&format!("{} (hybrid)", shown.matched))?,
    }
    for taxon in &shown.taxa {
        let common: Vec<&str> =
            taxon.common_names.iter().take(6).map(|common| common.name.as_str()).collect();
        if !common.is_empty() {
            page.say(&common.join(", "))?;
        }
        page.say(&taxon.above.join(", "))?;
    }
    if shown.input != shown.matched && !shown.matched.is_empty() {
        page.say(&format!("You wrote `{}`.", shown.input))?;
    }
    if let Some(note) = &shown.excluded_form {
        page.say(note)?;
    }
    shown.doubts.iter().try_for_each(|doubt| page.say(&format!("Doubt: {}.", doubt.text)))
}

fn rank(shown: &Shown, taxon: &TaxonView) -> &'static str {
    if shown.matched == taxon.name {
        taxon.rank
    } else {
        shown.rank.unwrap_or("a name below the taxon shown")
    }
}

fn listing(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    let origin = shown.origin.map_or(String::new(), |origin| format!(", from {}", words::place(origin)));
    page.heading(&format!("On {}{origin}", words::day(shown.on)))?;
    page.say(&format!("{}.", say::capital(&words::appendices(shown.listing))))?;
    if shown.taxa.len() > 1 {
        page.say("A hybrid is treated as the parent in the strictest Appendix.")?;
    }
    for entry in shown.entries.iter().take(ROWS_SHOWN) {
        page.say_from(&say::entry(entry, shown), &entry.source)?;
        if !entry.note.is_empty() {
            page.add(&format!("Note: {}", entry.note))?;
        }
    }
    more(shown.entries.len(), page)?;
    for word in &shown.listing_doubts {
        page.say(&say::doubt(word, shown))?;
    }
    match shown.first_listed {
        Some(first) if first > shown.on => {
            page.say(&format!("It is not listed yet; the first entry begins on {}.", words::day(first)))
        }
        Some(first) => page.say(&format!(
            "The Convention has applied to it since {}. A specimen acquired before that day is pre-Convention.",
            words::day(first)
        )),
        None => page.say("No entry of any day names it or a taxon above it."),
    }
}

fn coming(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    page.heading("Known changes to come")?;
    if shown.coming.is_empty() {
        return page.say("None is known.");
    }
    for entry in shown.coming.iter().take(ROWS_SHOWN) {
        page.say_from(&say::coming(entry, shown.on), &entry.source)?;
    }
    more(shown.coming.len(), page)
}

fn annotations(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    if shown.annotations.is_empty() {
        if shown.listing.strictest().is_some() {
            page.heading("Parts and products")?;
            page.say(
                "No annotation limits the entry: every part and product that can be recognised is covered.",
            )?;
        }
        return Ok(());
    }
    page.heading("Parts and products")?;
    shown.annotations.iter().try_for_each(|annotation| of_annotation(annotation, shown, page))
}

fn of_annotation(annotation: &AnnotationView, shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    let AnnotationView { symbol, taxon, text, source, .. } = annotation;
    let (Some(text), Some(source)) = (text, source) else {
        return page.say(&format!("The text of annotation {symbol} on this day is not in the book: refer."));
    };
    page.say_from(&format!("Annotation {symbol} of {taxon}: {text}"), source)?;
    let Some(term) = shown.term else { return Ok(()) };
    let what = format!("{} ({term})", say::capital(term.name_en()));
    match annotation.term {
        Some("covered") => page.add(&format!("{what}: covered, so papers are needed.")),
        Some("free") => page.add(&format!(
            "{what}: free, because {}.",
            annotation.because.as_deref().unwrap_or("the text says so")
        )),
        Some(_) => {
            let missing: Vec<String> = annotation.missing.iter().map(|fact| fact.replace('_', " ")).collect();
            page.add(&format!(
                "{what}: covered or free. To decide, ask for: {}.",
                words::and(&missing, "and")
            ))
        }
        None => Ok(()),
    }
}

fn deemed(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    let Some(first) = shown.deemed.first() else { return Ok(()) };
    let otherwise: Appendix = first.otherwise;
    page.heading("Specimens for which Appendix II holds")?;
    page.say(&format!(
        "For these populations only the specimens named are in Appendix II. All others are treated as {}.",
        words::appendix(otherwise)
    ))?;
    for row in shown.deemed.iter().take(ROWS_SHOWN) {
        page.say_from(&say::deemed(row), &row.source)?;
    }
    more(shown.deemed.len(), page)
}

fn suspensions(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    page.heading("Suspensions of trade")?;
    let own: Vec<_> =
        shown.suspensions.iter().filter(|row| !row.is_broad || shown.origin.is_some()).collect();
    if own.is_empty() {
        page.say("The book has none for this taxon on this day.")?;
    }
    for row in own.iter().take(ROWS_SHOWN) {
        page.say_from(&say::suspension(row), &row.source)?;
        row.exceptions
            .iter()
            .try_for_each(|exception| page.add(&format!("Outside it: {}.", say::exception(exception))))?;
    }
    more(own.len(), page)?;
    let mut whole: Vec<String> = shown
        .suspensions
        .iter()
        .filter(|row| row.is_broad)
        .filter_map(|row| row.country)
        .map(words::country)
        .collect();
    whole.dedup();
    if shown.origin.is_none() && !whole.is_empty() {
        page.say(&format!(
            "These States have suspensions for all or many listed species; ask with `--origin`: {}.",
            words::and(&whole, "and")
        ))?;
    }
    Ok(())
}

fn quotas(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    page.heading("Quotas")?;
    if shown.quotas.is_empty() && shown.yearly_quotas.is_empty() {
        return page.say("The book has none for this taxon and this year. A Party may have published one: ask its authority.");
    }
    for row in shown.quotas.iter().take(ROWS_SHOWN) {
        page.say_from(&say::quota(row), &row.source)?;
    }
    more(shown.quotas.len(), page)?;
    for row in shown.yearly_quotas.iter().take(ROWS_SHOWN) {
        let number = page.number(&format!("yearly publication {}", row.source), None);
        page.say(&format!("{} [{number}]", say::yearly(row)))?;
    }
    more(shown.yearly_quotas.len(), page)
}

fn reservations(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    page.heading("Reservations")?;
    if shown.reservations.is_empty() {
        return page.say("The book has none that is in force on this day.");
    }
    for row in shown.reservations.iter().take(ROWS_SHOWN) {
        page.say_from(&say::reservation(row), &row.source)?;
    }
    more(shown.reservations.len(), page)
}

fn national(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    if shown.national.is_empty() {
        return Ok(());
    }
    page.heading("National protection")?;
    for row in &shown.national {
        page.say(&say::national(row))?;
        for entry in row.entries.iter().take(ROWS_SHOWN) {
            let scope = if entry.scope.is_empty() { String::new() } else { format!(", {}", entry.scope) };
            let text = format!(
                "{} ({}): class {}{scope}, {} side, since {}.",
                entry.taxon,
                entry.name_zh,
                entry.class,
                entry.side,
                words::day(entry.from)
            );
            page.say_from(&text, &entry.source)?;
        }
        more(row.entries.len(), page)?;
    }
    Ok(())
}

fn history(shown: &Shown, page: &mut Page<'_>) -> Result<()> {
    page.heading("History")?;
    if shown.history.is_empty() {
        return page.say("No entry has ever named it or a taxon above it.");
    }
    let skipped = shown.history.len().saturating_sub(ROWS_SHOWN);
    if skipped > 0 {
        page.say(&format!("{skipped} older entries are left out here; `--format json` has all."))?;
    }
    for entry in shown.history.iter().skip(skipped) {
        page.say_from(&say::past(entry), &entry.source)?;
    }
    Ok(())
}

fn more(rows: usize, page: &mut Page<'_>) -> Result<()> {
    match rows.checked_sub(ROWS_SHOWN) {
        Some(rest @ 1..) => page.say(&format!("And {rest} more; `--format json` has all.")),
        _ => Ok(()),
    }
}
