//! Writes the tables, in an order that makes a change of one fact a change of one line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};

use super::chain::{Chain, Entry};
use super::checklist::ChecklistTaxon;
use super::history::History;
use super::names::CHECKLIST;
use super::ranges;
use super::tree::{Alias, Key, Tree};

/// The day on which the tables were last compared with what they were built from.
const CHECKED: &str = "2026-11-24";

/// Writes `taxa.csv`, `synonyms.csv`, `ranges.csv` and `listings.csv` and says what they hold.
pub fn tables(
    tree: &Tree,
    chain: &Chain<'_>,
    history: &History,
    checklist: &[ChecklistTaxon],
    data: &Path,
) -> Result<()> {
    let kept = kept_taxa(tree);
    taxa(tree, &kept, &data.join("species/taxa.csv"))?;
    let count = synonyms(tree, &kept, history, checklist, &data.join("species/synonyms.csv"))?;
    listings(tree, &kept, chain, &data.join("law/listings.csv"))?;
    let ranges = ranges::table(tree, &kept, chain, checklist, &data.join("species/ranges.csv"))?;
    let entries = chain.entries.len();
    println!("wrote: {} taxa, {count} synonyms, {entries} entries, {ranges} ranges", kept.len());
    for (kingdom, genus) in &tree.unplaced {
        println!("  without a place in the tree: {kingdom} {genus}");
    }
    for remark in &chain.remarks {
        println!("  {remark}");
    }
    Ok(())
}

/// The taxa whose path reaches a kingdom.
fn kept_taxa(tree: &Tree) -> BTreeSet<Key> {
    let reaches = |key: &&Key| key.0 == key.1 || tree.above(&key.0, &key.1).last() == Some(&key.0);
    tree.nodes.keys().filter(reaches).cloned().collect()
}

fn path_depth(tree: &Tree, key: &Key) -> usize {
    tree.above(&key.0, &key.1).len()
}

fn taxa(tree: &Tree, kept: &BTreeSet<Key>, file: &Path) -> Result<()> {
    let mut keys: Vec<&Key> = kept.iter().filter(|key| tree.nodes.contains_key(*key)).collect();
    keys.sort_by_cached_key(|key| (path_depth(tree, key), (*key).clone()));
    let mut out = writer(file)?;
    out.write_record(["kingdom", "rank", "name", "parent", "status", "source"])?;
    for key in keys {
        let Some(node) = tree.nodes.get(key) else { continue };
        let parent = node.parent.as_deref().unwrap_or("");
        out.write_record([&key.0, &node.rank, &key.1, parent, node.status, &node.source])?;
    }
    Ok(out.flush()?)
}

fn synonyms(
    tree: &Tree,
    kept: &BTreeSet<Key>,
    history: &History,
    checklist: &[ChecklistTaxon],
    file: &Path,
) -> Result<usize> {
    let taxa: BTreeSet<Key> =
        checklist.iter().map(|taxon| (taxon.kingdom.clone(), taxon.name.clone())).collect();
    let mut all: BTreeMap<Key, BTreeMap<String, Alias>> = BTreeMap::new();
    let mut add = |kingdom: &str, name: &str, alias: Alias| {
        // Marks of the sources beside a name, such as `(sic)`, are no part of it.
        if name.contains(['*', '(']) {
            return;
        }
        let accepted = tree.accepted(kingdom, &alias.accepted).unwrap_or(&alias.accepted).to_owned();
        let target = (kingdom.to_owned(), accepted.clone());
        let own = (kingdom.to_owned(), name.to_owned());
        // A name that the Checklist also has as a taxon stands for that taxon, unless a later source says otherwise.
        let is_older = alias.source == CHECKLIST || alias.source == super::chain::HISTORY;
        if alias.kind == "synonym" && is_older && taxa.contains(&own) {
            return;
        }
        if kept.contains(&target) && !tree.nodes.contains_key(&own) && name != accepted {
            all.entry(own).or_default().entry(accepted.clone()).or_insert(Alias { accepted, ..alias });
        }
    };
    for ((kingdom, name), alias) in &tree.aliases {
        add(kingdom, name, alias.clone());
    }
    for taxon in checklist {
        for name in &taxon.synonyms {
            add(&taxon.kingdom, name, plain_synonym(&taxon.name, CHECKLIST));
        }
    }
    for synonym in &history.synonyms {
        add(synonym.kingdom, &synonym.name, plain_synonym(&synonym.accepted, super::chain::HISTORY));
    }
    let mut out = writer(file)?;
    out.write_record(["kingdom", "name", "accepted", "kind", "from", "source"])?;
    let mut count = 0;
    for ((kingdom, name), targets) in &all {
        for alias in targets.values() {
            out.write_record([kingdom, name, &alias.accepted, alias.kind, &alias.from, &alias.source])?;
            count += 1;
        }
    }
    out.flush()?;
    Ok(count)
}

fn plain_synonym(accepted: &str, source: &str) -> Alias {
    Alias { accepted: accepted.to_owned(), kind: "synonym", from: String::new(), source: source.to_owned() }
}

const COLUMNS: [&str; 21] = [
    "id",
    "kingdom",
    "rank",
    "taxon",
    "appendix",
    "party",
    "population",
    "except_population",
    "except_taxa",
    "annotation",
    "note",
    "from",
    "from_earliest",
    "from_latest",
    "until",
    "until_earliest",
    "until_latest",
    "event",
    "source",
    "confidence",
    "checked",
];

fn listings(tree: &Tree, kept: &BTreeSet<Key>, chain: &Chain<'_>, file: &Path) -> Result<()> {
    let is_placed = |entry: &&Entry| kept.contains(&(entry.kingdom.clone(), entry.taxon.clone()));
    for entry in chain.entries.iter().filter(|entry| !is_placed(entry)) {
        println!("  not placed, left out: {} {} from {}", entry.taxon, entry.appendix, entry.from);
    }
    let lasts = |entry: &&Entry| entry.until.is_empty() || entry.from < entry.until;
    let mut entries: Vec<&Entry> = chain.entries.iter().filter(is_placed).filter(lasts).collect();
    entries.sort_by(|one, other| order(one).cmp(&order(other)));
    let mut out = writer(file)?;
    out.write_record(COLUMNS)?;
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let rank = tree.rank(&entry.kingdom, &entry.taxon).unwrap_or("");
        let id = id(entry, &mut used);
        let latest =
            |earliest: &str, day: &str| if earliest.is_empty() { String::new() } else { day.to_owned() };
        out.write_record([
            &id,
            &entry.kingdom,
            rank,
            &entry.taxon,
            &entry.appendix,
            &entry.party,
            &entry.population.join(" "),
            &entry.except_population.join(" "),
            &entry.except_taxa.join(";"),
            &entry.annotation,
            &entry.note,
            &entry.from,
            &entry.from_earliest,
            &latest(&entry.from_earliest, &entry.from),
            &entry.until,
            &entry.until_earliest,
            &latest(&entry.until_earliest, &entry.until),
            &entry.event,
            &entry.source,
            &entry.confidence,
            CHECKED,
        ])?;
    }
    Ok(out.flush()?)
}

fn order(entry: &Entry) -> (&str, &str, &str, &str, &str) {
    (&entry.kingdom, &entry.taxon, &entry.from, &entry.appendix, &entry.party)
}

/// `ursus-arctos.1990-01-18.I`, with the Party for Appendix III, and a number where one is not enough.
fn id(entry: &Entry, used: &mut BTreeMap<String, usize>) -> String {
    let taxon = entry.taxon.to_lowercase().replace(' ', "-");
    let party = if entry.party.is_empty() { String::new() } else { format!("-{}", entry.party) };
    let id = format!("{taxon}.{}.{}{party}", entry.from, entry.appendix);
    let count = used.entry(id.clone()).or_default();
    *count += 1;
    if *count == 1 { id } else { format!("{id}.{count}") }
}

pub fn writer(file: &Path) -> Result<csv::Writer<std::fs::File>> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    csv::Writer::from_path(file).with_context(|| format!("writing `{}`", file.display()))
}
