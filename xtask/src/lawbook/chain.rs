//! From steps and changes to entries: which entry of which Appendix was in force from when until when.
//!
//! A step of the history restates a taxon's entry; what it replaces follows from these readings of the
//! history, each checked by replaying it:
//! * a new entry for all populations ends the taxon's other entries of Appendix I and II;
//! * a new entry for some populations ends the entries of the same Appendix, unless the populations are
//!   disjoint (then the Appendix grew);
//! * an inclusion in a higher taxon ends the taxon's own entries; what the higher taxon's entry says is
//!   found by inheritance;
//! * a deletion of a taxon that a higher taxon's entry would still cover is an exclusion from that entry.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{Change, Renaming};
use super::history::{Step, StepKind};
use super::tree::Tree;

/// One entry of an Appendix while it is in force; `NC` for an exclusion from a higher taxon's entry.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub kingdom: String,
    pub taxon: String,
    pub appendix: String,
    pub party: String,
    pub population: Vec<String>,
    pub except_population: Vec<String>,
    pub except_taxa: Vec<String>,
    pub annotation: String,
    pub note: String,
    pub from: String,
    pub from_earliest: String,
    pub until: String,
    pub until_earliest: String,
    pub event: String,
    pub source: String,
    pub confidence: String,
}

impl Entry {
    fn is_open(&self) -> bool {
        self.until.is_empty()
    }

    fn is_main(&self) -> bool {
        self.appendix == "I" || self.appendix == "II" || self.appendix == "NC"
    }
}

/// The entries so far.
pub struct Chain<'a> {
    pub entries: Vec<Entry>,
    pub by_taxon: BTreeMap<(String, String), Vec<usize>>,
    pub tree: &'a Tree,
    pub remarks: Vec<String>,
}

impl<'a> Chain<'a> {
    /// No entry yet.
    pub fn new(tree: &'a Tree) -> Self {
        Chain { entries: Vec::new(), by_taxon: BTreeMap::new(), tree, remarks: Vec::new() }
    }

    /// Adds an entry.
    pub fn open(&mut self, entry: Entry) {
        let key = (entry.kingdom.clone(), entry.taxon.clone());
        self.by_taxon.entry(key).or_default().push(self.entries.len());
        self.entries.push(entry);
    }

    /// The open entries of a taxon's own, as positions.
    pub fn open_of(&self, kingdom: &str, taxon: &str) -> Vec<usize> {
        let own = self.by_taxon.get(&(kingdom.to_owned(), taxon.to_owned()));
        let own = own.map_or(&[][..], Vec::as_slice);
        own.iter().copied().filter(|at| self.entries.get(*at).is_some_and(Entry::is_open)).collect()
    }

    /// Ends the open entries of a taxon for which `which` holds. An entry that began on the same day stays:
    /// it is what the day brought.
    pub fn close(&mut self, kingdom: &str, taxon: &str, day: &str, which: impl Fn(&Entry) -> bool) {
        for at in self.open_of(kingdom, taxon) {
            if let Some(entry) = self.entries.get_mut(at)
                && which(entry)
                && entry.from.as_str() < day
            {
                entry.until = day.to_owned();
            }
        }
    }

    /// Whether a higher taxon has an open entry of Appendix I or II.
    pub fn inherits(&self, kingdom: &str, taxon: &str) -> BTreeSet<String> {
        for above in self.tree.above(kingdom, taxon) {
            let found: BTreeSet<String> = self.main_appendices(kingdom, &above);
            if !found.is_empty() {
                return found;
            }
        }
        BTreeSet::new()
    }

    fn main_appendices(&self, kingdom: &str, taxon: &str) -> BTreeSet<String> {
        let open = self.open_of(kingdom, taxon);
        let entries = open.iter().filter_map(|at| self.entries.get(*at));
        entries.filter(|entry| entry.is_main()).map(|entry| entry.appendix.clone()).collect()
    }

    /// All Appendices that hold for a taxon through its own open entries, or a higher taxon's.
    pub fn holds(&self, kingdom: &str, taxon: &str) -> BTreeSet<String> {
        let open = self.open_of(kingdom, taxon);
        let own: BTreeSet<String> =
            open.iter().filter_map(|at| self.entries.get(*at)).map(|entry| entry.appendix.clone()).collect();
        if own.is_empty() { self.inherits(kingdom, taxon) } else { own }
    }

    /// One day of one taxon in the history.
    pub fn day(&mut self, kingdom: &str, taxon: &str, day: &str, steps: &[&Step], event: &str) {
        // A lumped name inherits from its heir only since the lumping: its inclusions are spelled out.
        let is_lumped = self
            .tree
            .nodes
            .get(&(kingdom.to_owned(), taxon.to_owned()))
            .is_some_and(|node| node.lumped.is_some());
        let stays_below = |step: &&&Step| {
            if is_lumped {
                return false;
            }
            let through = step.included_in.as_deref().and_then(|above| self.tree.accepted(kingdom, above));
            step.included_in.is_some()
                && through.is_some_and(|above| self.tree.is_below(kingdom, taxon, above))
        };
        let added: Vec<&Step> =
            steps.iter().filter(|step| step.kind == StepKind::Added && !stays_below(step)).copied().collect();
        let included = steps.iter().any(|step| step.kind == StepKind::Added && stays_below(&step));
        // Entries of 2013 that were put off stand in the history on the day of the others; the table of
        // changes has their own day, until which the old entry holds.
        if steps.iter().any(|step| step.note.contains("effect delayed by 18 months")) {
            return;
        }
        let mut restated = Self::restated(taxon, &added, event);
        for (entry, step) in restated.iter_mut().zip(&added).filter(|(_, step)| step.included_in.is_some()) {
            self.bound_inclusion(kingdom, step, entry);
        }
        self.delete(kingdom, taxon, day, steps);
        self.replace(kingdom, taxon, day, &restated);
        if included {
            let for_all = steps.iter().any(|step| {
                stays_below(&step) && step.population.is_empty() && step.except_population.is_empty()
            });
            self.close(kingdom, taxon, day, |entry| entry.is_main() || for_all);
        }
        let deleted = steps.iter().any(|step| step.kind == StepKind::Deleted && step.appendix != "III");
        let stays = included || restated.iter().any(Entry::is_main);
        if deleted
            && !stays
            && self.open_of(kingdom, taxon).is_empty()
            && !self.inherits(kingdom, taxon).is_empty()
        {
            self.exclude(kingdom, taxon, day, event);
        }
        for entry in restated {
            self.open(entry);
        }
    }

    /// An inclusion holds for no more populations than the higher taxon's entry.
    fn bound_inclusion(&self, kingdom: &str, step: &Step, entry: &mut Entry) {
        let above =
            step.included_in.as_deref().and_then(|above| self.tree.accepted(kingdom, above)).unwrap_or("");
        let open = self.open_of(kingdom, above);
        let mut of_above = open
            .iter()
            .filter_map(|at| self.entries.get(*at))
            .filter(|other| other.appendix == entry.appendix);
        if let Some(other) =
            of_above.next().filter(|_| entry.population.is_empty() && entry.except_population.is_empty())
        {
            entry.population.clone_from(&other.population);
        }
    }

    /// The entries of a day, each once.
    fn restated(taxon: &str, added: &[&Step], event: &str) -> Vec<Entry> {
        let mut restated: Vec<Entry> = Vec::new();
        for step in added {
            let entry = entry_of(step, taxon, event);
            let same = |other: &&mut Entry| {
                (&other.appendix, &other.party, &other.population)
                    == (&entry.appendix, &entry.party, &entry.population)
            };
            match restated.iter_mut().find(same) {
                Some(other) if other.note.is_empty() => *other = entry,
                Some(_) => {}
                None => restated.push(entry),
            }
        }
        restated
    }

    fn delete(&mut self, kingdom: &str, taxon: &str, day: &str, steps: &[&Step]) {
        for step in steps.iter().filter(|step| step.kind == StepKind::Deleted) {
            let same = |entry: &Entry| {
                entry.appendix == step.appendix
                    && (step.appendix != "III" || step.party.is_empty() || entry.party == step.party)
            };
            self.close(kingdom, taxon, day, same);
        }
    }

    /// Ends what the entries of a day replace.
    fn replace(&mut self, kingdom: &str, taxon: &str, day: &str, restated: &[Entry]) {
        let main: Vec<&Entry> = restated.iter().filter(|entry| entry.is_main()).collect();
        let for_all = main.iter().any(|entry| entry.population.is_empty());
        self.close(kingdom, taxon, day, |old| {
            if old.appendix == "III" {
                return for_all || restated.iter().any(|new| new.appendix == "III" && new.party == old.party);
            }
            if main.is_empty() {
                return false;
            }
            let same: Vec<&&Entry> = main.iter().filter(|new| new.appendix == old.appendix).collect();
            if same.is_empty() {
                for_all || old.appendix == "NC"
            } else {
                !same.iter().all(|new| grows(old, new))
            }
        });
    }

    fn exclude(&mut self, kingdom: &str, taxon: &str, day: &str, event: &str) {
        self.open(Entry {
            kingdom: kingdom.to_owned(),
            taxon: taxon.to_owned(),
            appendix: "NC".to_owned(),
            note: "excluded from the entry of the higher taxon".to_owned(),
            from: day.to_owned(),
            event: event.to_owned(),
            source: HISTORY.to_owned(),
            confidence: "F".to_owned(),
            ..Entry::default()
        });
    }
}

/// What the history is called in the tables.
pub const HISTORY: &str = "Species+ listing history to September 2013 (UNEP-WCMC)";

/// A new entry that speaks of other populations than the old one of the same Appendix adds to it.
fn grows(old: &Entry, new: &Entry) -> bool {
    !old.population.is_empty()
        && !new.population.is_empty()
        && old.population.iter().all(|place| !new.population.contains(place))
}

fn entry_of(step: &Step, taxon: &str, event: &str) -> Entry {
    Entry {
        kingdom: step.kingdom.to_owned(),
        taxon: taxon.to_owned(),
        appendix: step.appendix.clone(),
        party: step.party.clone(),
        population: step.population.clone(),
        except_population: step.except_population.clone(),
        except_taxa: step.except_taxa.clone(),
        annotation: step.annotation.clone(),
        note: step.note.clone(),
        from: step.day.clone(),
        event: event.to_owned(),
        source: HISTORY.to_owned(),
        confidence: "F".to_owned(),
        ..Entry::default()
    }
}

impl Chain<'_> {
    /// One change after the history.
    ///
    /// `was_part` tells whether a taxon that is split off was within the old one until then.
    pub fn change(&mut self, kingdom: &str, taxon: &str, change: &Change, was_part: bool) {
        match &change.renaming {
            Some(renaming) => {
                match renaming {
                    Renaming::SplitFrom(old) if was_part => self.split(kingdom, taxon, change, old),
                    Renaming::Replaces(olds) => self.left_genus(kingdom, taxon, change, olds),
                    _ => {}
                }
                self.renamed(kingdom, taxon, change);
            }
            None if change.after == "none" => self.removed(kingdom, taxon, change),
            None if change.after == "III" => self.third(kingdom, taxon, change),
            None => self.moved(kingdom, taxon, change),
        }
    }

    fn removed(&mut self, kingdom: &str, taxon: &str, change: &Change) {
        let (before, parties) = (change.before.clone(), change.parties.clone());
        let gone = |entry: &Entry| {
            entry.appendix == before
                && (before != "III" || parties.is_empty() || parties.contains(&entry.party))
        };
        let touched = self.open_of(kingdom, taxon);
        self.close(kingdom, taxon, &change.day, gone);
        if let Some(window) = &change.window {
            for at in touched {
                if let Some(entry) = self.entries.get_mut(at).filter(|entry| entry.until == change.day) {
                    entry.until_earliest.clone_from(&window.earliest);
                }
            }
        }
        let still = self.holds(kingdom, taxon);
        if before != "III" && (still.contains("I") || still.contains("II")) {
            self.exclude(kingdom, taxon, &change.day, &change.event);
        }
    }

    fn third(&mut self, kingdom: &str, taxon: &str, change: &Change) {
        for party in &change.parties {
            let known =
                self.open_of(kingdom, taxon).iter().filter_map(|at| self.entries.get(*at)).any(|entry| {
                    entry.appendix == "III"
                        && entry.party == *party
                        && (entry.from == change.day || change.window.is_some())
                });
            if known {
                continue;
            }
            let same = |entry: &Entry| entry.appendix == "III" && entry.party == *party;
            self.close(kingdom, taxon, &change.day, same);
            let mut entry = self.entry(kingdom, taxon, change);
            entry.party.clone_from(party);
            self.open(entry);
        }
    }

    fn moved(&mut self, kingdom: &str, taxon: &str, change: &Change) {
        let day = change.day.as_str();
        if self.is_told_already(kingdom, taxon, change) {
            return;
        }
        if change.before == "III" {
            self.close(kingdom, taxon, day, |entry| entry.appendix == "III");
        }
        if change.population.is_all() {
            self.close(kingdom, taxon, day, Entry::is_main);
            self.close_below(kingdom, taxon, change);
        } else if change.remainder == "none" {
            self.close(kingdom, taxon, day, |entry| entry.appendix == change.after);
        } else if change.before == change.after {
            return self.restated_for_some(kingdom, taxon, change);
        } else {
            self.narrow(kingdom, taxon, change);
        }
        let entry = self.entry(kingdom, taxon, change);
        self.open(entry);
    }

    /// Two tables tell the same change; the first holds, and one that names no population says less.
    fn is_told_already(&self, kingdom: &str, taxon: &str, change: &Change) -> bool {
        let open = self.open_of(kingdom, taxon);
        let places = change.population.places();
        open.iter().filter_map(|at| self.entries.get(*at)).any(|entry| {
            entry.appendix == change.after
                && entry.from == change.day
                && (entry.population.is_empty() || places.is_empty() || entry.population == places)
        })
    }

    /// The same Appendix restated for some populations: the annotation changed, or the entry names for
    /// the first time populations that a higher taxon's entry held.
    fn restated_for_some(&mut self, kingdom: &str, taxon: &str, change: &Change) {
        let places: BTreeSet<String> = change.population.places().into_iter().collect();
        let open = self.open_of(kingdom, taxon);
        let mut same =
            open.iter().filter_map(|at| self.entries.get(*at)).filter(|entry| entry.appendix == change.after);
        let is_same = |entry: &Entry| entry.population.iter().cloned().collect::<BTreeSet<_>>() == places;
        let covers = |entry: &Entry| {
            entry.population.is_empty() || places.iter().all(|place| entry.population.contains(place))
        };
        if same.clone().any(covers) && !same.clone().any(is_same) {
            self.remarks.push(format!(
                "{} {taxon}: restated for {places:?} only; the entry stays as it is",
                change.day
            ));
            return;
        }
        if same.any(is_same) {
            self.close(kingdom, taxon, &change.day, |entry| entry.appendix == change.after && is_same(entry));
        }
        let entry = self.entry(kingdom, taxon, change);
        self.open(entry);
    }

    /// Whole States that move leave the entry they were in; of a part of a State both entries speak.
    fn narrow(&mut self, kingdom: &str, taxon: &str, change: &Change) {
        let leaving = &change.population.whole;
        for at in self.open_of(kingdom, taxon) {
            let Some(old) = self.entries.get(at).cloned() else { continue };
            if old.appendix != change.remainder || leaving.is_empty() {
                continue;
            }
            let mut kept = old.clone();
            if kept.population.is_empty() {
                kept.except_population.extend(leaving.iter().cloned());
            } else {
                kept.population.retain(|place| !leaving.contains(place));
            }
            kept.from.clone_from(&change.day);
            kept.event.clone_from(&change.event);
            kept.source.clone_from(&change.source);
            kept.confidence.clone_from(&change.confidence);
            if let Some(entry) = self.entries.get_mut(at) {
                entry.until.clone_from(&change.day);
            }
            if !(old.population.len() == leaving.len()
                && kept.population.is_empty()
                && !old.population.is_empty())
            {
                self.open(kept);
            }
        }
    }

    /// When a higher taxon moves, the entries of its members that named the old Appendix go with it.
    fn close_below(&mut self, kingdom: &str, taxon: &str, change: &Change) {
        if change.before == "none" || change.before == change.after {
            return;
        }
        let keys: Vec<(String, String)> =
            self.by_taxon.keys().filter(|key| key.0 == kingdom).cloned().collect();
        for (_, member) in keys {
            if self.tree.is_below(kingdom, &member, taxon) {
                self.close(kingdom, &member, &change.day, |entry| entry.appendix == change.before);
            }
        }
    }

    fn split(&mut self, kingdom: &str, taxon: &str, change: &Change, old: &str) {
        let old = self.tree.accepted(kingdom, old).unwrap_or(old).to_owned();
        if old != taxon && !self.by_taxon.contains_key(&(kingdom.to_owned(), taxon.to_owned())) {
            let day = change.day.as_str();
            self.copy(
                kingdom,
                &old,
                taxon,
                Some(day),
                &format!("listed as part of {old} until {}", change.day),
            );
        }
    }

    /// A species that leaves a listed genus was listed through it until then.
    fn left_genus(&mut self, kingdom: &str, taxon: &str, change: &Change, olds: &[String]) {
        if self.by_taxon.contains_key(&(kingdom.to_owned(), taxon.to_owned())) {
            return;
        }
        let genera = olds.iter().filter_map(|old| old.split(' ').next());
        for genus in genera.map(str::to_owned).collect::<BTreeSet<_>>() {
            let has_entries = self.by_taxon.contains_key(&(kingdom.to_owned(), genus.clone()));
            if has_entries && !self.tree.is_below(kingdom, taxon, &genus) {
                self.copy(
                    kingdom,
                    &genus,
                    taxon,
                    Some(change.day.as_str()),
                    &format!("listed as a species of {genus} until {}", change.day),
                );
            }
        }
    }

    fn renamed(&mut self, kingdom: &str, taxon: &str, change: &Change) {
        if self.holds(kingdom, taxon).contains(&change.after) || change.after == "none" {
            return;
        }
        self.remarks
            .push(format!("{} {taxon}: {} by the renaming row ({})", change.day, change.after, change.note));
        if change.after == "III" {
            return self.third(kingdom, taxon, change);
        }
        if change.population.is_all() {
            self.close(kingdom, taxon, &change.day, Entry::is_main);
        }
        let entry = self.entry(kingdom, taxon, change);
        self.open(entry);
    }

    /// Gives `new` the entries of `old` that began before `until`, with a remark why. What begins for the
    /// old taxon on the day on which the new one leaves it is no longer said of the new one.
    pub fn copy(&mut self, kingdom: &str, old: &str, new: &str, until: Option<&str>, why: &str) {
        let own = self.by_taxon.get(&(kingdom.to_owned(), old.to_owned())).cloned().unwrap_or_default();
        for at in own {
            let Some(mut entry) = self.entries.get(at).cloned() else { continue };
            if until.is_some_and(|day| entry.from.as_str() >= day) {
                continue;
            }
            new.clone_into(&mut entry.taxon);
            entry.note = format!("{why}; {}", entry.note);
            self.open(entry);
        }
    }

    fn entry(&self, kingdom: &str, taxon: &str, change: &Change) -> Entry {
        Entry {
            kingdom: kingdom.to_owned(),
            taxon: taxon.to_owned(),
            appendix: change.after.clone(),
            population: change.population.places(),
            annotation: change.annotation.clone(),
            note: change.note.clone(),
            from: change.day.clone(),
            from_earliest: change.window.as_ref().map(|window| window.earliest.clone()).unwrap_or_default(),
            event: change.event.clone(),
            source: change.source.clone(),
            confidence: change.confidence.clone(),
            ..Entry::default()
        }
    }
}

impl Chain<'_> {
    /// From the day of its lumping a name has the listing of its heir.
    pub fn end_lumped(&mut self) {
        for ((kingdom, taxon), node) in &self.tree.nodes {
            if let Some(day) = node.lumped.as_deref().filter(|day| !day.is_empty()) {
                self.close(kingdom, taxon, day, |_| true);
            }
        }
    }

    /// Finds the entries of each taxon again after entries were taken out.
    pub fn reindex(&mut self) {
        self.by_taxon.clear();
        for (at, entry) in self.entries.iter().enumerate() {
            self.by_taxon.entry((entry.kingdom.clone(), entry.taxon.clone())).or_default().push(at);
        }
    }
}
