//! Which name is the taxon's own: the newest name that nomenclature gives it.
//!
//! A renamed taxon keeps its listing history under its new name, and the old name stands for it. Where
//! the old and the new name each have a history of their own (a lumping), the old one stays a taxon, below
//! the new one, so that neither history is lost.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::changes::{Change, Renaming};
use super::checklist::ChecklistTaxon;
use super::history::{History, StepKind};
use super::tree::{Alias, Key, Tree};

/// What becomes of each old name.
#[derive(Default)]
pub struct Renamed {
    /// Old name to the taxon it now is.
    pub to: BTreeMap<Key, Alias>,
    /// Old names that stay taxa of their own, with the taxon they now belong to and the day of the lumping,
    /// empty where it is not told.
    pub kept: BTreeMap<Key, (String, String)>,
}

/// The names of the Checklist that are taxa.
fn accepted(checklist: &[ChecklistTaxon]) -> BTreeSet<Key> {
    checklist.iter().map(|taxon| (taxon.kingdom.clone(), taxon.name.clone())).collect()
}

/// Checklist synonyms that stand for one taxon only.
fn synonyms(checklist: &[ChecklistTaxon]) -> HashMap<Key, Vec<String>> {
    let mut all: HashMap<Key, Vec<String>> = HashMap::new();
    for taxon in checklist {
        for name in &taxon.synonyms {
            let of = all.entry((taxon.kingdom.clone(), name.clone())).or_default();
            if !of.contains(&taxon.name) {
                of.push(taxon.name.clone());
            }
        }
    }
    all
}

/// Works out what becomes of every name of the history and of the changes.
pub fn renamed(history: &History, checklist: &[ChecklistTaxon], changes: &[Change], tree: &Tree) -> Renamed {
    let mut renamed = Renamed::default();
    let taxa = accepted(checklist);
    let told = told_renamings(changes, tree);
    let synonyms = synonyms(checklist);
    let own = own_histories(history, changes, tree);
    let young = told_since(changes);
    let mut olds: BTreeMap<Key, (String, &'static str, String)> = BTreeMap::new();
    for (old, (new, day)) in &told {
        olds.insert(old.clone(), (new.clone(), "renamed", day.clone()));
    }
    let names = history.steps.iter().map(|step| (step.kingdom.to_owned(), step.taxon.clone()));
    for name in names.collect::<BTreeSet<Key>>() {
        if taxa.contains(&name) || olds.contains_key(&name) || young.contains(name.1.as_str()) {
            continue;
        }
        if let Some([one]) = synonyms.get(&name).map(Vec::as_slice) {
            olds.insert(name, (one.clone(), "synonym", String::new()));
        }
    }
    let mut heirs: BTreeMap<Key, usize> = BTreeMap::new();
    for (old, (new, _, _)) in &olds {
        if own.contains(old) {
            *heirs.entry((old.0.clone(), newest(&olds, &old.0, new))).or_default() += 1;
        }
    }
    for (old, (new, kind, day)) in &olds {
        let heir = (old.0.clone(), newest(&olds, &old.0, new));
        let alone = heirs.get(&heir).copied().unwrap_or(0) <= 1 && !own.contains(&heir);
        // The subspecies that gives its entry to the whole species stays below it.
        let was_lower = old.1.starts_with(&format!("{} ", heir.1));
        if own.contains(old) && (!alone || was_lower) {
            renamed.kept.insert(old.clone(), (heir.1, day.clone()));
        } else {
            let source = if *kind == "renamed" { "changes of names since 2013" } else { CHECKLIST };
            let alias = Alias { accepted: heir.1, kind, from: day.clone(), source: source.to_owned() };
            renamed.to.insert(old.clone(), alias);
        }
    }
    renamed
}

/// The names that changes since the Checklist speak of: nomenclature has taken them up again.
fn told_since(changes: &[Change]) -> BTreeSet<&str> {
    let since = changes.iter().filter(|change| change.day.as_str() > super::build::CHECKLIST_DAY);
    since.map(|change| change.taxon.as_str()).collect()
}

/// What the Checklist is called in the tables.
pub const CHECKLIST: &str = "Index of CITES Species, 21 Apr 2017 (UNEP-WCMC)";

/// Follows renamings of renamings.
fn newest(olds: &BTreeMap<Key, (String, &'static str, String)>, kingdom: &str, name: &str) -> String {
    let mut name = name.to_owned();
    // A name is renamed a few times at most; the bound only stops a circle.
    for _ in 0..8 {
        match olds.get(&(kingdom.to_owned(), name.clone())) {
            Some((next, _, _)) if *next != name => name.clone_from(next),
            _ => break,
        }
    }
    name
}

fn told_renamings(changes: &[Change], tree: &Tree) -> BTreeMap<Key, (String, String)> {
    let mut told = BTreeMap::new();
    for change in changes {
        let Some(Renaming::Replaces(olds)) = &change.renaming else { continue };
        let plant = !change.annotation.is_empty();
        let kingdom = tree
            .kingdom_of(&change.taxon, plant)
            .or_else(|| olds.first().and_then(|old| tree.kingdom_of(old, plant)));
        for old in olds.iter().filter(|old| **old != change.taxon) {
            told.insert(
                (kingdom.unwrap_or("Animalia").to_owned(), old.clone()),
                (change.taxon.clone(), change.day.clone()),
            );
        }
    }
    told
}

/// The names that have entries of their own, in the history or in the changes.
fn own_histories(history: &History, changes: &[Change], tree: &Tree) -> BTreeSet<Key> {
    let steps =
        history.steps.iter().filter(|step| step.kind == StepKind::Added && step.included_in.is_none());
    let mut own: BTreeSet<Key> = steps.map(|step| (step.kingdom.to_owned(), step.taxon.clone())).collect();
    for change in changes.iter().filter(|change| change.renaming.is_none()) {
        if let Some(kingdom) = tree.kingdom_of(&change.taxon, !change.annotation.is_empty()) {
            own.insert((kingdom.to_owned(), change.taxon.clone()));
        }
    }
    own
}
