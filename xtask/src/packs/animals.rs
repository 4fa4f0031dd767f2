//! The animals of 2021, out of two transcriptions that are compared line by line.
//!
//! The first tells orders, families, notes and the `*` of the fishery side; the second, taken from a
//! provincial forestry office's page, is the witness. Where they differ, `list_corrections.csv` decides and
//! the difference is printed.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::corrections::Corrections;
use super::national::Entry;
use super::place::{Place, Places};
use super::table::{self, Row};
use super::xlsx;

/// What came out of the two transcriptions.
pub struct Animals {
    /// The entries, in the order of the list.
    pub entries: Vec<Entry>,
    /// Rows of the witness.
    pub witness_rows: usize,
    /// Where the two differ: one line each.
    pub differences: Vec<String>,
}

/// A row of the witness.
struct Witness {
    name_zh: String,
    taxon: String,
    class: &'static str,
    scope: &'static str,
}

/// Reads both transcriptions below `lists`.
///
/// # Errors
/// A file cannot be read, or a family has no place.
pub fn read(lists: &Path, places: &Places, corrections: &mut Corrections) -> Result<Animals> {
    let witness = witness(&lists.join("animals_2021_pengjing777.xlsx"))?;
    let mut seen = BTreeMap::new();
    let mut animals = Animals { entries: Vec::new(), witness_rows: witness.len(), differences: Vec::new() };
    for row in table::rows(&lists.join("animals_2021_colordi.csv"))? {
        let entry = entry(&row, places, corrections)?;
        let found = witness.iter().find(|other| same_row(other, &entry, &row));
        let written = class(&row.get("保护级别"));
        animals.differences.extend(difference(&entry, written, found));
        seen.extend(found.map(|other| (other.taxon.clone(), ())));
        animals.entries.push(entry);
    }
    let alone = witness.iter().filter(|other| !seen.contains_key(&other.taxon));
    animals
        .differences
        .extend(alone.map(|other| format!("only the second has {} `{}`", other.name_zh, other.taxon)));
    Ok(animals)
}

fn witness(path: &Path) -> Result<Vec<Witness>> {
    let rows = xlsx::first_sheet(path)?;
    let cell = |row: &BTreeMap<String, String>, column: &str| row.get(column).cloned().unwrap_or_default();
    let numbered = rows.iter().filter(|row| row.contains_key("C") && cell(row, "A").parse::<u32>().is_ok());
    Ok(numbered
        .map(|row| Witness {
            name_zh: bare(&cell(row, "B")),
            taxon: cell(row, "C").split_whitespace().collect::<Vec<_>>().join(" "),
            class: class(&cell(row, "E")),
            scope: scope(&cell(row, "B")),
        })
        .collect())
}

/// The name without star, remark in brackets and spaces.
fn bare(name: &str) -> String {
    let name = name.split(['(', '（']).next().unwrap_or_default();
    name.chars().filter(|letter| !letter.is_whitespace() && *letter != '*').collect()
}

fn class(written: &str) -> &'static str {
    match written {
        "一级" | "Ⅰ级" => "I",
        "二级" | "Ⅱ级" => "II",
        _ => "",
    }
}

/// The second transcription has the same line: under the name as listed, as corrected, or in Chinese.
fn same_row(other: &Witness, entry: &Entry, row: &Row) -> bool {
    other.taxon == row.get("学名") || other.taxon == entry.taxon || other.name_zh == bare(&entry.name_zh)
}

fn difference(entry: &Entry, written: &str, found: Option<&Witness>) -> Option<String> {
    let name = format!("{} `{}`", entry.name_zh, entry.taxon);
    let Some(other) = found else { return Some(format!("only the first has {name}")) };
    let mut told = Vec::new();
    if other.taxon != entry.as_listed {
        told.push(format!("name {} / {}", entry.as_listed, other.taxon));
    }
    if other.class != written {
        told.push(format!("class {written} / {}, taken as {}", other.class, entry.class));
    }
    if other.name_zh != bare(&entry.name_zh) {
        told.push(format!("Chinese name {} / {}", entry.name_zh, other.name_zh));
    }
    if other.scope != entry.scope {
        told.push(format!("scope `{}` / `{}`", entry.scope, other.scope));
    }
    (!told.is_empty()).then(|| format!("{name}: {}", told.join("; ")))
}

const KINGDOM: &str = "Animalia";

fn entry(row: &Row, places: &Places, corrections: &mut Corrections) -> Result<Entry> {
    let as_listed = row.get("学名");
    let mut mend = |field: &str| corrections.value(KINGDOM, &as_listed, field);
    let corrected = mend("taxon");
    let (taxon, rank) = taxon_and_rank(corrected.as_deref().unwrap_or(&as_listed), &row.get("种"));
    let regraded = mend("class");
    let confidence = if corrected.is_some() || regraded.is_some() { "D" } else { "F" };
    let note = row.get("备注");
    let written_name = row.get("种").replace(PRIVATE, "鵟");
    let name_zh = mend("name_zh").unwrap_or_else(|| written_name.trim_start_matches('*').to_owned());
    let family_zh = mend("family_zh").unwrap_or_else(|| row.get("科").trim_end_matches('#').to_owned());
    let scope_note = mend("scope_note");
    Ok(Entry {
        kingdom: KINGDOM,
        rank,
        class: regraded.unwrap_or_else(|| class(&row.get("保护级别")).to_owned()),
        side: if written_name.starts_with('*') { "fishery" } else { "forestry" },
        scope: scope(&note),
        section: String::new(),
        scope_note: scope_note.unwrap_or_else(|| scope_words(&note)),
        except: String::new(),
        name_zh: name_zh.split('（').next().unwrap_or_default().to_owned(),
        other_zh: former_name(&note),
        part_of: mend("part_of").unwrap_or_default(),
        place: place(places, row, &taxon, rank, &family_zh)?,
        as_listed: as_listed.clone(),
        taxon,
        from: "2021-02-01",
        source: "NFGA and MARA, announcement 2021 No. 3",
        confidence,
    })
}

/// 鵟 is missing from an old character set; the transcription holds a private code in its place.
const PRIVATE: char = '\u{e147}';

/// `Cuora spp.` is the genus, `SCLERACTINIA spp.` the order: the Chinese name says which.
fn taxon_and_rank(written: &str, name_zh: &str) -> (String, &'static str) {
    let Some(group) = written.strip_suffix(" spp.") else { return (written.to_owned(), "species") };
    let rank = match name_zh {
        name if name.contains('目') => "order",
        name if name.contains('科') => "family",
        _ => "genus",
    };
    (capitalised(group), rank)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters.map(|letter| letter.to_ascii_lowercase())).collect()
}

fn scope(note: &str) -> &'static str {
    match note {
        note if note.contains("仅限野外种群") => "wild",
        note if note.contains("仅限陆封种群") => "landlocked",
        _ => "",
    }
}

fn scope_words(note: &str) -> String {
    let words = ["仅限野外种群", "仅限陆封种群"].into_iter().find(|words| note.contains(words));
    words.unwrap_or_default().to_owned()
}

/// What stands after 原名 in Chinese quotation marks.
fn former_name(note: &str) -> String {
    let quoted = note.split_once("原名“").and_then(|(_, rest)| rest.split_once('”'));
    quoted.map_or_else(String::new, |(name, _)| name.to_owned())
}

fn place(places: &Places, row: &Row, taxon: &str, rank: &str, family_zh: &str) -> Result<Place> {
    let class = capitalised(row.get("纲").split_whitespace().last().unwrap_or_default());
    let class = match class.as_str() {
        "Osteichthyes" => "Actinopteri".to_owned(),
        "Chondrichthyes" => "Elasmobranchii".to_owned(),
        _ => class,
    };
    let phylum = capitalised(row.get("门").split_whitespace().last().unwrap_or_default());
    if rank == "order" {
        let listed = Place { phylum, class, order: taxon.to_owned(), family: String::new() };
        return Ok(Place { family: String::new(), ..places.of(KINGDOM, "", listed) });
    }
    let (family, order) = places.family(KINGDOM, family_zh)?;
    let genus = if rank == "family" { "" } else { taxon.split(' ').next().unwrap_or_default() };
    Ok(places.of(KINGDOM, genus, Place { phylum, class, order, family }))
}
