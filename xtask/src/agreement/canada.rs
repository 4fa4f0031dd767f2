//! Canada's Schedule I, the whole Appendices as one Party enacted them, against the book on the day on
//! which the schedule entered into force.
//!
//! A row names a taxon, its Appendix, for Appendix III the Parties, and in words the populations. The book
//! agrees where, for a specimen of each population the row names and of one that it does not, it answers
//! as the row says.

use std::path::Path;

use anyhow::{Context, Result};
use cites::{Appendix, COUNTRIES, Country, CountryKind, Day, Kingdom, Place};
use law::{Listing, Origin, Subject};
use roxmltree::{Document, Node};
use species::Placement;

use super::{Book, Comparison};
use crate::lawbook::reading;

/// A State that no row names.
const ELSEWHERE: Country = Country::new(b"AQ");

/// One row of the schedule.
struct Entry {
    kingdom: Kingdom,
    taxon: String,
    appendix: Appendix,
    parties: String,
    remark: String,
}

/// One edition of the schedule.
pub(super) struct Edition {
    name: &'static str,
    known: &'static str,
    download: &'static str,
    on: Day,
}

pub(super) const AUGUST_2020: Edition = Edition {
    name: "Canada 25 Aug 2020",
    known: "canada-2020-08-25.csv",
    download: "listings/canada_schedule_I/2020-08-25.xml.gz",
    on: Day::new(2020, 8, 25),
};

pub(super) const MARCH_2025: Edition = Edition {
    name: "Canada 6 Mar 2025",
    known: "canada-2025-03-06.csv",
    download: "listings/canada_schedule_I/2025-03-06.xml.gz",
    on: Day::new(2025, 3, 6),
};

pub(super) fn compare(book: Book<'_>, reference: &Path, edition: &Edition) -> Result<Comparison> {
    let text = reading::text(&reference.join(edition.download))?;
    let entries = entries(&text)?;
    let mut comparison = Comparison::new(edition.name, edition.known);
    comparison.rows = entries.len();
    for entry in &entries {
        if let Some(what) = difference(book, entry, edition.on) {
            let official = format!("{} {}", entry.appendix, entry.parties).trim().to_owned();
            comparison.differs(&entry.taxon, official, what);
        }
    }
    Ok(comparison)
}

/// The rows of the tables of Schedule I: fauna, then flora.
fn entries(text: &str) -> Result<Vec<Entry>> {
    let document = Document::parse(text)?;
    let schedule =
        document.descendants().find(|node| node.has_tag_name("Schedule") && label(*node) == "SCHEDULE I");
    let schedule = schedule.context("no schedule labelled SCHEDULE I")?;
    let mut entries = Vec::new();
    let tables = schedule.descendants().filter(|node| node.has_tag_name("tbody"));
    for (table, kingdom) in
        tables.zip([Kingdom::Animalia, Kingdom::Animalia, Kingdom::Plantae, Kingdom::Plantae])
    {
        for row in table.children().filter(|node| node.has_tag_name("row")) {
            entries.extend(entry(kingdom, row));
        }
    }
    Ok(entries)
}

fn label(schedule: Node<'_, '_>) -> String {
    let label = schedule.descendants().find(|node| node.has_tag_name("Label"));
    label.map(|node| words(node)).unwrap_or_default()
}

fn entry(kingdom: Kingdom, row: Node<'_, '_>) -> Option<Entry> {
    let cells: Vec<Node<'_, '_>> = row.children().filter(|node| node.has_tag_name("entry")).collect();
    let at = cells.len().checked_sub(5)?;
    let appendix = words(*cells.get(at + 1)?).parse().ok()?;
    let mut parts = cells.get(at)?.children().filter(|node| node.has_tag_name("Provision")).map(english);
    let taxon = parts.next()?;
    let taxon = name(&taxon);
    let remark = parts.collect::<Vec<_>>().join(" ");
    Some(Entry { kingdom, taxon, appendix, parties: english(*cells.get(at + 2)?), remark })
}

/// The name of a taxon without what is printed beside it: annotations, footnotes, ranks.
fn name(printed: &str) -> String {
    let words = printed
        .split_whitespace()
        .take_while(|word| !word.starts_with('#') && !matches!(*word, "spp." | "spp.," | "and"));
    let is_mark =
        |word: &str| matches!(word, "var." | "ssp.") || word.chars().all(|letter| letter.is_ascii_digit());
    let words: Vec<&str> = words.filter(|word| !is_mark(word)).collect();
    crate::lawbook::history::title_case(&words.join(" "))
}

/// All words below a node.
fn words(node: Node<'_, '_>) -> String {
    let texts: Vec<&str> =
        node.descendants().filter(|inner| inner.is_text()).filter_map(|inner| inner.text()).collect();
    reading::plain(&texts.join(" "))
}

/// The words below a node without its label, its footnotes and its French half.
fn english(node: Node<'_, '_>) -> String {
    let is_left_out = |inner: Node<'_, '_>| {
        inner.ancestors().take_while(|above| *above != node).any(|above| {
            let french =
                above.attributes().any(|attribute| attribute.name() == "lang" && attribute.value() == "fr");
            french || above.has_tag_name("Label") || above.has_tag_name("FootnoteRef")
        })
    };
    let texts = node
        .descendants()
        .filter(|inner| inner.is_text() && !is_left_out(*inner))
        .filter_map(|inner| inner.text());
    let text = reading::plain(&texts.collect::<Vec<_>>().join(" "));
    // The print breaks words with signs that have no width.
    let text: String = text
        .chars()
        .filter(|letter| !matches!(letter, '\u{200d}' | '\u{2060}' | '\u{ad}' | '\u{200b}'))
        .collect();
    text.trim_matches(['(', ')', '/', ' ', ',']).to_owned()
}

fn difference(book: Book<'_>, entry: &Entry, on: Day) -> Option<String> {
    let found = book.backbone.find(Some(entry.kingdom), &entry.taxon);
    let Some(taxon) = found.first() else { return Some("not in the backbone".to_owned()) };
    let subject = Subject { taxon: *taxon, placement: Placement::KnownMember, range: None };
    let listing = |origin: &Origin| book.listings.listing(book.backbone, &subject, origin, on);
    let open = listing(&Origin::Unstated);
    // A row that names no population holds for all: the taxon is in this Appendix and in no other.
    let is_split = open.appendices.iter().count() > 1 && !entry.remark.contains("opulation");
    if !open.appendices.contains(entry.appendix) || is_split {
        return Some(open.appendices.to_string());
    }
    let populations = populations(entry);
    for (country, inside) in &populations {
        let answer = listing(&Origin::Place(Place::from(*country)));
        let part = answer.appendices.iter().count() > 1;
        if answer.appendices.contains(entry.appendix) != *inside && !part {
            return Some(format!("{} from {country}", answer.appendices));
        }
    }
    parties(book, entry, &open)
}

/// The populations that a row names, and whether they are in the entry; a State named by none for the rest.
fn populations(entry: &Entry) -> Vec<(Country, bool)> {
    let remark = entry.remark.split(['.', ';']).next().unwrap_or("");
    let Some((_, list)) = remark.split_once("opulation") else { return Vec::new() };
    let is_except = remark.starts_with("Except");
    // "Except the species in Appendix I and the populations of Pecari tajacu of …": not of the taxon itself.
    if remark.contains("zero quota")
        || remark.contains("Except the species")
        || remark.contains("not included in Appendix II")
        || list.contains("Palawan")
    {
        return Vec::new();
    }
    let list = list.split(", which").next().unwrap_or(list).split(" which").next().unwrap_or(list);
    let list = strip_brackets(list);
    let named: Vec<Country> = COUNTRIES
        .iter()
        .filter(|fact| fact.kind == CountryKind::Iso)
        .filter(|fact| is_named(&list, fact.name_en))
        .map(|fact| fact.country)
        .collect();
    if named.is_empty() {
        return Vec::new();
    }
    let mut populations: Vec<(Country, bool)> =
        named.into_iter().map(|country| (country, !is_except)).collect();
    populations.push((ELSEWHERE, is_except));
    populations
}

fn strip_brackets(list: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for letter in list.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            other if depth == 0 => out.push(other),
            _ => {}
        }
    }
    out
}

fn is_named(list: &str, name: &str) -> bool {
    let name = match name {
        "Niger" => "the Niger",
        "Sudan" => "the Sudan",
        other => other,
    };
    let bounded = |at: usize| {
        let after = list.get(at + name.len()..).and_then(|rest| rest.chars().next());
        after.is_none_or(|letter| !letter.is_lowercase())
    };
    list.match_indices(name).any(|(at, _)| bounded(at))
}

fn parties(book: Book<'_>, entry: &Entry, listing: &Listing) -> Option<String> {
    if entry.appendix != Appendix::III || entry.parties.is_empty() {
        return None;
    }
    let named = entry
        .parties
        .replace(" / ", " ")
        .replace(" /,", ",")
        .replace(" and the national populations of ", ", ")
        .replace(" and ", ", ");
    let named =
        named.split(',').map(|name| name.trim().trim_end_matches(" /")).filter(|name| !name.is_empty());
    let mut written: Vec<String> = named.map(party).collect();
    let entries = listing.entries.iter().filter_map(|id| book.listings.entry(*id));
    let mut found: Vec<String> =
        entries.filter_map(|entry| entry.party).map(|party| party.to_string()).collect();
    written.sort();
    found.sort();
    (written != found).then(|| format!("Parties {}", found.join(" ")))
}

fn party(name: &str) -> String {
    let name = name.trim_start_matches("the ").trim_start_matches("National population of ");
    let known = match name.split(" (").next().unwrap_or(name) {
        "New-Zealand" => Some("NZ"),
        "Brazil" => Some("BR"),
        "Plurinational State of Bolivia" => Some("BO"),
        "Russian Federation" => Some("RU"),
        "United States of America" => Some("US"),
        "European Union" => Some("EU"),
        _ => None,
    };
    let fact = || COUNTRIES.iter().find(|fact| fact.name_en == name).map(|fact| fact.country.to_string());
    known.map(str::to_owned).or_else(fact).unwrap_or_else(|| name.to_owned())
}
