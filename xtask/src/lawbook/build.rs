//! The order of work: the tree, the replay of the history, the changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};

use super::chain::{Chain, Entry};
use super::changes::Change;
use super::checklist::ChecklistTaxon;
use super::history::{History, Step, StepKind};
use super::names::{self, CHECKLIST};
use super::tree::{Tree, depth};
use super::{ranges, reading};

/// The day of the Checklist: a name that it has as a taxon is no part of another one on that day.
pub const CHECKLIST_DAY: &str = "2017-04-21";

/// Where genera and families stand that no download places.
const PLACEMENTS: &str = "species/placements.csv";

/// Builds the tree.
pub struct Builder {
    pub tree: Tree,
}

impl Builder {
    /// Places every taxon that the law names.
    pub fn new(
        history: &History,
        checklist: &[ChecklistTaxon],
        changes: &[Change],
        data: &Path,
    ) -> Result<Self> {
        let mut tree = Tree::default();
        higher_taxa_of_checklist(&mut tree, checklist);
        higher_taxa_of_history(&mut tree, history);
        placements(&mut tree, &data.join(PLACEMENTS))?;
        let renamed = names::renamed(history, checklist, changes, &tree);
        for ((kingdom, old), alias) in &renamed.to {
            if tree.rank(kingdom, old).is_none() {
                tree.alias(kingdom, old, alias.clone());
            }
        }
        let mut builder = Builder { tree };
        builder.named(history, checklist, changes);
        for ((kingdom, old), (heir, day)) in &renamed.kept {
            let key = (kingdom.clone(), old.clone());
            let rank_of_heir = builder.tree.rank(kingdom, heir).is_some();
            if let Some(node) = builder.tree.nodes.get_mut(&key).filter(|_| rank_of_heir) {
                node.parent = Some(heir.clone());
                node.status = "historic";
                node.lumped = Some(day.clone());
            }
        }
        Ok(builder)
    }

    fn named(&mut self, history: &History, checklist: &[ChecklistTaxon], changes: &[Change]) {
        let ranks: BTreeMap<(&str, &str), &str> = checklist
            .iter()
            .map(|taxon| ((taxon.kingdom.as_str(), taxon.name.as_str()), taxon.rank.as_str()))
            .collect();
        for step in &history.steps {
            let known = ranks.get(&(step.kingdom, step.taxon.as_str()));
            let status = if known.is_some() { "accepted" } else { "historic" };
            let source = if known.is_some() { CHECKLIST } else { super::chain::HISTORY };
            self.place(step.kingdom, &step.taxon, &step.rank, status, source);
        }
        for change in changes {
            let plant = !change.annotation.is_empty();
            let Some(kingdom) = self.tree.kingdom_of(&change.taxon, plant) else {
                let first = change.taxon.split(' ').next().unwrap_or("").to_owned();
                self.tree.unplaced.insert(("?".to_owned(), first));
                continue;
            };
            self.place(kingdom, &change.taxon, &change.rank, "accepted", &change.source);
        }
    }

    fn place(&mut self, kingdom: &str, name: &str, rank: &str, status: &'static str, source: &str) {
        if self.tree.accepted(kingdom, name).is_some() {
            let heir = self.tree.accepted(kingdom, name).unwrap_or(name).to_owned();
            if heir != name && heir.contains(' ') {
                let rank = if heir.split(' ').count() > 2 { "subspecies" } else { "species" };
                self.tree.insert_low(kingdom, &heir, rank, "accepted", CHECKLIST);
            }
            return;
        }
        if name.contains(' ') {
            self.tree.insert_low(kingdom, name, rank, status, source);
        } else {
            self.tree.unplaced.insert((kingdom.to_owned(), name.to_owned()));
        }
    }

    /// Every taxon of the packs' national lists.
    pub fn national_lists(&mut self, data: &Path) -> Result<()> {
        let packs = data.join("packs");
        let Ok(folders) = std::fs::read_dir(&packs) else { return Ok(()) };
        for folder in folders {
            let list = folder?.path().join("national_list.csv");
            if list.exists() {
                for row in reading::rows(&list)? {
                    self.national(&row);
                }
            }
        }
        Ok(())
    }

    /// Every taxon that a suspension, a quota, a reservation or a deemed specimen names, so that what they
    /// say of a species holds for the species and not for its genus.
    pub fn named_by_bars(&mut self, data: &Path, checklist: &[ChecklistTaxon]) -> Result<()> {
        let taxa: BTreeMap<&str, &ChecklistTaxon> =
            checklist.iter().map(|taxon| (taxon.name.as_str(), taxon)).collect();
        let synonyms: BTreeMap<&str, &ChecklistTaxon> = checklist
            .iter()
            .flat_map(|taxon| taxon.synonyms.iter().map(move |name| (name.as_str(), taxon)))
            .collect();
        for table in ["suspensions", "quotas", "quotas_yearly", "reservations", "deemed"] {
            let file = data.join(format!("law/{table}.csv"));
            let rows = if file.exists() { reading::rows(&file)? } else { Vec::new() };
            for row in &rows {
                let name = row.get("taxon");
                if let Some(taxon) = taxa.get(name).or_else(|| synonyms.get(name)) {
                    self.place(&taxon.kingdom, &taxon.name, &taxon.rank, "accepted", CHECKLIST);
                }
            }
        }
        Ok(())
    }

    fn national(&mut self, row: &reading::Row) {
        let (kingdom, rank, source) = (row.get("kingdom"), row.get("rank"), row.get("source"));
        let words =
            row.get("taxon").split(' ').filter(|word| !matches!(*word, "var." | "subsp." | "f." | "×"));
        let name = &words.collect::<Vec<_>>().join(" ");
        if kingdom.is_empty() || name.is_empty() || self.tree.accepted(kingdom, name).is_some() {
            return;
        }
        let whole = row.get("part_of");
        if !whole.is_empty() && super::updates::part(&mut self.tree, kingdom, name, whole, source) {
            return;
        }
        let genus = name.split(' ').next().unwrap_or(name);
        let (order, family) = (row.get("order_name"), row.get("family"));
        if !family.is_empty() {
            let above = if order.is_empty() { kingdom } else { order };
            if !order.is_empty() {
                self.tree.insert(
                    (kingdom.to_owned(), order.to_owned()),
                    "order",
                    Some(kingdom),
                    "accepted",
                    source,
                );
            }
            self.tree.insert(
                (kingdom.to_owned(), family.to_owned()),
                "family",
                Some(above),
                "accepted",
                source,
            );
            if matches!(rank, "genus" | "species" | "subspecies" | "variety") {
                self.tree.insert(
                    (kingdom.to_owned(), genus.to_owned()),
                    "genus",
                    Some(family),
                    "accepted",
                    source,
                );
            }
        }
        self.place(kingdom, name, rank, "accepted", source);
    }
}

fn higher_taxa_of_checklist(tree: &mut Tree, checklist: &[ChecklistTaxon]) {
    for taxon in checklist {
        let root = (taxon.kingdom.clone(), taxon.kingdom.clone());
        tree.insert(root, "kingdom", None, "accepted", CHECKLIST);
        let mut parent = taxon.kingdom.clone();
        for (rank, name) in taxon.above.iter().filter(|(_, name)| !name.is_empty()) {
            tree.insert((taxon.kingdom.clone(), name.clone()), rank, Some(&parent), "accepted", CHECKLIST);
            parent.clone_from(name);
        }
    }
}

fn higher_taxa_of_history(tree: &mut Tree, history: &History) {
    let mut taxa: Vec<_> =
        history.taxa.iter().filter(|taxon| depth(&taxon.rank) < depth("species")).collect();
    taxa.sort_by_key(|taxon| depth(&taxon.rank));
    let folded: BTreeSet<(String, String)> =
        tree.nodes.keys().map(|key| (key.0.clone(), fold(&key.1))).collect();
    // A genus that the two downloads spell differently is one genus.
    let is_other_spelling = |tree: &Tree, key: &(String, String)| {
        !tree.nodes.contains_key(key) && folded.contains(&(key.0.clone(), fold(&key.1)))
    };
    for taxon in taxa {
        let Some(parent) = &taxon.parent else { continue };
        let key = (taxon.kingdom.to_owned(), taxon.name.clone());
        if is_other_spelling(tree, &key) {
            continue;
        }
        // The Checklist has no subfamilies between genus and family; the history does.
        if let Some(node) = tree.nodes.get_mut(&key)
            && tree_subfamily(&taxon.rank, parent)
        {
            node.parent = Some(parent.clone());
        }
        tree.insert(key, &taxon.rank, Some(parent), "accepted", super::chain::HISTORY);
    }
}

fn fold(name: &str) -> String {
    name.replace('-', "").to_lowercase()
}

fn tree_subfamily(rank: &str, parent: &str) -> bool {
    rank == "genus" && parent.ends_with("inae")
}

/// Genera and families that no download places, with their source.
fn placements(tree: &mut Tree, table: &Path) -> Result<()> {
    if !table.exists() {
        return Ok(());
    }
    for row in reading::rows(table)? {
        let kingdom = row.get("kingdom");
        let mut parent = kingdom.to_owned();
        for rank in ["phylum", "class", "order", "family", "genus"] {
            let name = row.get(rank);
            if !name.is_empty() {
                tree.insert(
                    (kingdom.to_owned(), name.to_owned()),
                    rank,
                    Some(&parent),
                    "accepted",
                    row.get("source"),
                );
                name.clone_into(&mut parent);
            }
        }
        // What a row places stands where the row says, also where an older download has it elsewhere.
        let placed = if row.get("genus").is_empty() { row.get("family") } else { row.get("genus") };
        let above = if row.get("genus").is_empty() { row.get("order") } else { row.get("family") };
        if let Some(node) =
            tree.nodes.get_mut(&(kingdom.to_owned(), placed.to_owned())).filter(|_| !above.is_empty())
        {
            node.parent = Some(above.to_owned());
        }
    }
    Ok(())
}

/// Replays the history day by day, higher taxa first, then the changes.
pub fn replay(
    chain: &mut Chain<'_>,
    history: &History,
    checklist: &[ChecklistTaxon],
    changes: &[Change],
    folder: &Path,
) -> Result<()> {
    let meetings: BTreeMap<String, String> = reading::rows(&folder.join("cops_in_force.csv"))?
        .iter()
        .map(|row| Ok((reading::iso_day(row.get("start_date"))?, row.get("name").to_owned())))
        .collect::<Result<_>>()?;
    type Day<'s> = (&'s str, usize, &'static str, String);
    let mut days: BTreeMap<Day<'_>, Vec<&Step>> = BTreeMap::new();
    for step in &history.steps {
        let taxon = chain
            .tree
            .accepted(step.kingdom, &step.taxon)
            .with_context(|| format!("`{}` has no place", step.taxon))?;
        days.entry((&step.day, depth(&step.rank), step.kingdom, taxon.to_owned())).or_default().push(step);
    }
    for ((day, _, kingdom, taxon), steps) in &days {
        let event = meetings.get(*day).map_or("notification", String::as_str);
        chain.day(kingdom, taxon, day, steps, event);
        exclusions(chain, kingdom, day, steps, event);
    }
    let accepted: BTreeSet<(&str, &str)> =
        checklist.iter().map(|taxon| (taxon.kingdom.as_str(), taxon.name.as_str())).collect();
    for change in changes {
        let plant = !change.annotation.is_empty();
        let Some(kingdom) = chain.tree.kingdom_of(&change.taxon, plant) else {
            chain.remarks.push(format!("{} {}: not placed, left out", change.day, change.taxon));
            continue;
        };
        let Some(taxon) = chain.tree.accepted(kingdom, &change.taxon).map(str::to_owned) else { continue };
        let told_in_2017 = change.day.as_str() <= CHECKLIST_DAY;
        chain.change(kingdom, &taxon, change, told_in_2017 || !accepted.contains(&(kingdom, taxon.as_str())));
        excluded_by_change(chain, kingdom, &taxon, change);
    }
    chain.end_lumped();
    Ok(())
}

/// Taxa that a higher entry excludes by name get a row of their own that says so.
fn exclusions(chain: &mut Chain<'_>, kingdom: &str, day: &str, steps: &[&Step], event: &str) {
    let added = steps.iter().filter(|step| step.kind == StepKind::Added);
    let names: BTreeSet<String> = added.flat_map(|step| step.except_taxa.iter().cloned()).collect();
    for name in names {
        let taxon = chain.tree.accepted(kingdom, &name).unwrap_or(&name).to_owned();
        if chain.open_of(kingdom, &taxon).is_empty() {
            chain.open(excluded(kingdom, &taxon, day, event, super::chain::HISTORY, "F"));
        }
    }
}

/// `species native to JP (G. kuroiwae, G. orientalis)`: names that have no entry of their own are outside.
fn excluded_by_change(chain: &mut Chain<'_>, kingdom: &str, taxon: &str, change: &Change) {
    let Some((_, inner)) = change.exclusions.split_once('(') else { return };
    let initial: String = taxon.chars().take(1).collect();
    for name in inner.trim_end_matches(')').split(',') {
        let Some(epithet) = name.trim().strip_prefix(&format!("{initial}. ")) else { continue };
        let full = format!("{taxon} {epithet}");
        if chain.tree.accepted(kingdom, &full).is_some() && chain.open_of(kingdom, &full).is_empty() {
            chain.open(excluded(
                kingdom,
                &full,
                &change.day,
                &change.event,
                &change.source,
                &change.confidence,
            ));
        }
    }
}

fn excluded(kingdom: &str, taxon: &str, day: &str, event: &str, source: &str, confidence: &str) -> Entry {
    Entry {
        kingdom: kingdom.to_owned(),
        taxon: taxon.to_owned(),
        appendix: "NC".to_owned(),
        note: "excluded from the entry of the higher taxon".to_owned(),
        from: day.to_owned(),
        event: event.to_owned(),
        source: source.to_owned(),
        confidence: confidence.to_owned(),
        ..Entry::default()
    }
}

/// Adds every accepted species of a genus that holds more than one status, or of which a synonym would be
/// misread, so that the shipped names alone tell which species has which; then those that share a synonym with
/// one of them.
pub fn with_members(tree: &Tree, chain: &Chain<'_>, history: &History, checklist: &[ChecklistTaxon]) -> Tree {
    let misread = super::updates::misread(tree, chain, history, checklist);
    let split = ranges::split(chain);
    let mut full =
        Tree { nodes: tree.nodes.clone(), aliases: tree.aliases.clone(), unplaced: tree.unplaced.clone() };
    let genera: BTreeSet<(String, String)> = chain
        .entries
        .iter()
        .filter(|entry| entry.taxon.contains(' '))
        .filter_map(|entry| Some((entry.kingdom.clone(), entry.taxon.split(' ').next()?.to_owned())))
        .collect();
    for taxon in checklist.iter().filter(|taxon| taxon.rank == "species") {
        let genus = taxon.name.split(' ').next().unwrap_or("");
        let is_new = full.accepted(&taxon.kingdom, &taxon.name).is_none();
        let is_misread = misread.contains(&(taxon.kingdom.clone(), taxon.name.clone()));
        let depends = ranges::depends(tree, &split, &taxon.kingdom, genus);
        if is_new && (depends || is_misread || genera.contains(&(taxon.kingdom.clone(), genus.to_owned()))) {
            full.insert_low(&taxon.kingdom, &taxon.name, "species", "accepted", CHECKLIST);
        }
    }
    let sharing = super::updates::sharing(&full, checklist);
    let is_sharing = |taxon: &&ChecklistTaxon| sharing.contains(&(taxon.kingdom.clone(), taxon.name.clone()));
    for taxon in checklist.iter().filter(is_sharing) {
        if full.accepted(&taxon.kingdom, &taxon.name).is_none() {
            full.insert_low(&taxon.kingdom, &taxon.name, &taxon.rank, "accepted", CHECKLIST);
        }
    }
    full
}
