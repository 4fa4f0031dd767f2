//! Names that are younger than the Checklist of 2017: the official updates of names, and our own table.
//!
//! Source of truth: the updates (UNEP-WCMC), which give numbers instead of names, and
//! `data/species/synonyms_additions.csv`. The numbers are the Checklist's; those of the history are others.
//! `data/species/update_numbers.csv` names the few numbers that no download at hand gives. A name that the
//! law has an entry of its own for stays a taxon, whatever an update says of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Result, bail};

use super::chain::Chain;
use super::checklist::ChecklistTaxon;
use super::history::History;
use super::names::CHECKLIST;
use super::reading::{self, Row};
use super::tree::{Alias, Key, Tree};

/// The updates, each with its kingdom and what the tables call it.
const UPDATES: [(&str, &str, &str); 3] = [
    ("plantae_new_synonyms_2024-06.csv", "Plantae", "Species+ new synonyms of June 2024 (UNEP-WCMC)"),
    (
        "sapi_2026-03-04_animalia_new_synonyms.csv",
        "Animalia",
        "Species+ new synonyms of 4 Mar 2026 (UNEP-WCMC)",
    ),
    (
        "sapi_2026-03-04_plantae_new_synonyms.csv",
        "Plantae",
        "Species+ new synonyms of 4 Mar 2026 (UNEP-WCMC)",
    ),
];

/// Names by kingdom, rank and number.
type Numbers = HashMap<(String, String, String), String>;

/// The rows of our own table, none where there is no table.
///
/// # Errors
/// The table cannot be read.
pub fn own_table(table: &Path) -> Result<Vec<Row>> {
    if table.exists() { reading::rows(table) } else { Ok(Vec::new()) }
}

/// Adds the names of our own table: first the `part` ones, as taxa below the one they belong to, then those
/// that stand for a taxon, which may be such a part. Returns the rows whose accepted name has no place yet.
///
/// # Errors
/// A row of an unknown kind.
pub fn additions(tree: &mut Tree, rows: Vec<Row>) -> Result<Vec<Row>> {
    let mut waiting = Vec::new();
    let (parts, others): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.get("kind") == "part");
    for row in parts.into_iter().chain(others) {
        let (kingdom, name, accepted) = (row.get("kingdom"), row.get("name"), row.get("accepted"));
        if !place(tree, kingdom, accepted, row.get("source")) {
            waiting.push(row);
            continue;
        }
        let kind = match row.get("kind") {
            "part" => {
                part(tree, kingdom, name, accepted, row.get("source"));
                continue;
            }
            "synonym" => "synonym",
            "spelling" => "spelling",
            "trade" => "trade",
            other => bail!("synonyms_additions.csv: `{other}` of `{name}` is no kind"),
        };
        tree.alias(kingdom, name, alias(tree, kingdom, accepted, kind, row.get("source")));
    }
    Ok(waiting)
}

/// Adds the names that waited for a taxon of the national lists.
///
/// # Errors
/// An accepted name that still has no place in the tree.
pub fn rest_of_additions(tree: &mut Tree, waiting: Vec<Row>) -> Result<()> {
    if let Some(row) = additions(tree, waiting)?.first() {
        let (name, accepted) = (row.get("name"), row.get("accepted"));
        bail!("synonyms_additions.csv: `{accepted}`, accepted for `{name}`, has no place in the tree");
    }
    Ok(())
}

/// Makes `name` a taxon below `whole`, of which the Checklist does not separate it; it inherits what the law
/// says of the whole. Says whether the whole has a place.
pub fn part(tree: &mut Tree, kingdom: &str, name: &str, whole: &str, source: &str) -> bool {
    let placed = place(tree, kingdom, whole, CHECKLIST);
    let whole = tree.accepted(kingdom, whole).unwrap_or(whole).to_owned();
    if placed {
        let is_subspecies = name.starts_with(&format!("{whole} "));
        let rank = tree.rank(kingdom, &whole).unwrap_or("species");
        let rank = if is_subspecies { "subspecies" } else { rank }.to_owned();
        tree.insert((kingdom.to_owned(), name.to_owned()), &rank, Some(&whole), "historic", source);
    }
    placed
}

/// Adds the new synonyms of the updates, as far as their numbers are known.
///
/// # Errors
/// An update or the table of numbers cannot be read.
pub fn official(tree: &mut Tree, checklist: &[ChecklistTaxon], listings: &Path, data: &Path) -> Result<()> {
    let numbers = numbers(checklist, &data.join("species/update_numbers.csv"))?;
    let (mut rows, mut named, mut added) = (0, 0, 0);
    let mut found: BTreeMap<Key, (BTreeSet<String>, &str)> = BTreeMap::new();
    for (file, kingdom, source) in UPDATES {
        for row in reading::rows(&listings.join(file))? {
            rows += 1;
            let Some((name, accepted)) = synonym(kingdom, &row, &numbers) else { continue };
            named += 1;
            let of = found.entry((kingdom.to_owned(), name)).or_insert_with(|| (BTreeSet::new(), source));
            of.0.insert(accepted);
        }
    }
    for ((kingdom, name), (accepted, source)) in found {
        // A name for several taxa stands for none of them.
        let Some(accepted) = accepted.first().filter(|_| accepted.len() == 1) else { continue };
        if *accepted != name && place(tree, &kingdom, accepted, source) {
            tree.alias(&kingdom, &name, alias(tree, &kingdom, accepted, "synonym", source));
            added +=
                usize::from(tree.aliases.get(&(kingdom, name)).is_some_and(|alias| alias.source == source));
        }
    }
    println!(
        "updates of names: {rows} rows, {named} whose numbers are known, {added} new names of taxa of the tree"
    );
    Ok(())
}

/// Species of which an official synonym stands in a genus of another standing in law: without the synonym
/// such a name would be read as any species of that genus.
pub fn misread(
    tree: &Tree,
    chain: &Chain<'_>,
    history: &History,
    checklist: &[ChecklistTaxon],
) -> BTreeSet<Key> {
    let genus_of = |name: &str| name.split(' ').next().unwrap_or(name).to_owned();
    let is_misread = |kingdom: &str, accepted: &str, synonym: &str| {
        let (own, other) = (genus_of(accepted), genus_of(synonym));
        own != other
            && tree.rank(kingdom, &own).is_some()
            && tree.rank(kingdom, &other).is_some()
            && chain.holds(kingdom, &own) != chain.holds(kingdom, &other)
    };
    let of_checklist = checklist
        .iter()
        .flat_map(|taxon| taxon.synonyms.iter().map(|name| (taxon.kingdom.as_str(), &taxon.name, name)));
    let of_history =
        history.synonyms.iter().map(|synonym| (synonym.kingdom, &synonym.accepted, &synonym.name));
    of_checklist
        .chain(of_history)
        .filter(|(kingdom, accepted, name)| is_misread(kingdom, accepted, name))
        .map(|(kingdom, accepted, _)| (kingdom.to_owned(), accepted.clone()))
        .collect()
}

/// Species that share an official synonym with a taxon of the tree: without them the synonym would stand for that
/// taxon alone.
pub fn sharing(tree: &Tree, checklist: &[ChecklistTaxon]) -> BTreeSet<Key> {
    let mut of_synonym: BTreeMap<(&str, &str), Vec<&ChecklistTaxon>> = BTreeMap::new();
    for taxon in checklist {
        for name in &taxon.synonyms {
            of_synonym.entry((&taxon.kingdom, name)).or_default().push(taxon);
        }
    }
    let is_known = |taxon: &&ChecklistTaxon| tree.accepted(&taxon.kingdom, &taxon.name).is_some();
    let key = |taxon: &&ChecklistTaxon| (taxon.kingdom.clone(), taxon.name.clone());
    of_synonym.values().filter(|taxa| taxa.iter().any(is_known)).flatten().map(key).collect()
}

/// Whether `name` is in the tree, or was added to a genus that is.
fn place(tree: &mut Tree, kingdom: &str, name: &str, source: &str) -> bool {
    let genus = name.split(' ').next().unwrap_or(name);
    let has = |tree: &Tree, name: &str| tree.accepted(kingdom, name).is_some();
    if !has(tree, name) && has(tree, genus) {
        let rank = if name.split(' ').count() > 2 { "subspecies" } else { "species" };
        tree.insert_low(kingdom, name, rank, "accepted", source);
    }
    has(tree, name)
}

fn alias(tree: &Tree, kingdom: &str, accepted: &str, kind: &'static str, source: &str) -> Alias {
    let accepted = tree.accepted(kingdom, accepted).unwrap_or(accepted).to_owned();
    Alias { accepted, kind, from: String::new(), source: source.to_owned() }
}

/// The synonym of a row and the name it stands for.
fn synonym(kingdom: &str, row: &Row, numbers: &Numbers) -> Option<(String, String)> {
    let named = |rank: &str, number: &str| {
        let key = (kingdom.to_owned(), row.get(rank).to_lowercase(), row.get(number).to_owned());
        numbers.get(&key)
    };
    let (above, accepted) = (named("ParentRank", "ParentID")?, named("AcceptedRank", "AcceptedID")?);
    let words =
        row.get("Scientific name").split(' ').filter(|word| !matches!(*word, "var." | "subsp." | "f." | ""));
    let name = std::iter::once(above.as_str()).chain(words).collect::<Vec<_>>().join(" ");
    Some((name, accepted.clone()))
}

fn numbers(checklist: &[ChecklistTaxon], table: &Path) -> Result<Numbers> {
    let of_checklist = checklist
        .iter()
        .map(|taxon| ((taxon.kingdom.clone(), taxon.rank.clone(), taxon.number.clone()), taxon.name.clone()));
    let mut numbers: Numbers = of_checklist.collect();
    if table.exists() {
        for row in reading::rows(table)? {
            let key =
                (row.get("kingdom").to_owned(), row.get("rank").to_owned(), row.get("number").to_owned());
            numbers.insert(key, row.get("name").to_owned());
        }
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let mut tree = Tree::default();
        tree.insert(("Animalia".into(), "Animalia".into()), "kingdom", None, "accepted", "");
        tree.insert(("Animalia".into(), "Cervus".into()), "genus", Some("Animalia"), "accepted", "");
        tree
    }

    #[test]
    fn a_part_stands_below_the_whole_also_where_the_whole_is_new() {
        let mut tree = tree();
        assert!(part(&mut tree, "Animalia", "Cervus canadensis", "Cervus elaphus", ""));
        assert_eq!(tree.above("Animalia", "Cervus canadensis"), ["Cervus elaphus", "Cervus", "Animalia"]);
        assert!(!part(&mut tree, "Animalia", "Panolia siamensis", "Rucervus eldii", ""));
    }

    #[test]
    fn a_name_may_stand_for_a_part_that_a_later_row_names() {
        let mut tree = tree();
        let file = std::env::temp_dir().join(format!("additions-{}.csv", std::process::id()));
        let text = "kingdom,name,accepted,kind,from,source\n\
            Animalia,Elaphus canadensis,Cervus canadensis,synonym,,\n\
            Animalia,Cervus canadensis,Cervus elaphus,part,,\n";
        std::fs::write(&file, text).unwrap();
        assert!(additions(&mut tree, own_table(&file).unwrap()).unwrap().is_empty());
        std::fs::remove_file(&file).unwrap();
        assert_eq!(tree.accepted("Animalia", "Elaphus canadensis"), Some("Cervus canadensis"));
        assert!(tree.is_below("Animalia", "Cervus canadensis", "Cervus elaphus"));
    }

    #[test]
    fn a_name_of_an_update_is_composed_from_its_numbers() {
        let key = |rank: &str, number: &str| ("Plantae".to_owned(), rank.to_owned(), number.to_owned());
        let numbers: Numbers = [
            (key("species", "1"), "Aloe vera".to_owned()),
            (key("species", "2"), "Aloe officinalis".to_owned()),
        ]
        .into();
        let folder = std::env::temp_dir().join(format!("updates-{}.csv", std::process::id()));
        let text = "Scientific name,Rank,ParentRank,ParentID,AcceptedRank,AcceptedID\nvar. angustifolia,VARIETY,SPECIES,1,SPECIES,2\nx,SPECIES,GENUS,9,SPECIES,2\n";
        std::fs::write(&folder, text).unwrap();
        let found: Vec<_> =
            reading::rows(&folder).unwrap().iter().map(|row| synonym("Plantae", row, &numbers)).collect();
        std::fs::remove_file(&folder).unwrap();
        assert_eq!(found, [Some(("Aloe vera angustifolia".to_owned(), "Aloe officinalis".to_owned())), None]);
    }
}
