//! The tree of taxa while it is being built, and the names that stand for its taxa.
//!
//! Source of truth: the Checklist's classification where it has the taxon, else the history's, else
//! `data/species/placements.csv`. Knows no listing.

use std::collections::{BTreeMap, BTreeSet};

/// A kingdom and a full scientific name.
pub type Key = (String, String);

/// A taxon of the tree.
#[derive(Clone, Debug)]
pub struct Node {
    pub rank: String,
    pub parent: Option<String>,
    pub status: &'static str,
    pub source: String,
    /// The day from which the taxon is a part of its parent, for a lumped name; empty where it is not told.
    pub lumped: Option<String>,
}

/// A name that stands for a taxon.
#[derive(Clone, Debug)]
pub struct Alias {
    pub accepted: String,
    pub kind: &'static str,
    pub from: String,
    pub source: String,
}

/// The tree.
#[derive(Default)]
pub struct Tree {
    pub nodes: BTreeMap<Key, Node>,
    pub aliases: BTreeMap<Key, Alias>,
    /// Genera that no source places.
    pub unplaced: BTreeSet<Key>,
}

/// The ranks from the root down, as the tables write them.
pub const RANKS: [&str; 11] = [
    "kingdom",
    "phylum",
    "class",
    "order",
    "family",
    "subfamily",
    "genus",
    "species",
    "subspecies",
    "variety",
    "form",
];

/// How deep a rank stands below the kingdom.
pub fn depth(rank: &str) -> usize {
    RANKS.iter().position(|known| *known == rank).unwrap_or(RANKS.len())
}

impl Tree {
    /// Adds a taxon unless it is there; the first source that places it holds.
    pub fn insert(&mut self, key: Key, rank: &str, parent: Option<&str>, status: &'static str, source: &str) {
        let parent = parent.filter(|above| *above != key.1).map(str::to_owned);
        let node = Node { rank: rank.to_owned(), parent, status, source: source.to_owned(), lumped: None };
        self.nodes.entry(key).or_insert(node);
    }

    /// Adds a species, subspecies or variety and what stands above it; a genus that is not there is noted.
    pub fn insert_low(&mut self, kingdom: &str, name: &str, rank: &str, status: &'static str, source: &str) {
        let words: Vec<&str> = name.split(' ').collect();
        let Some((_, above)) = words.split_last() else { return };
        // A name in quotes stands for a species that has none yet: it is one word of several.
        let is_quoted = name.contains('"');
        let above = if is_quoted { words.first().copied().unwrap_or("").to_owned() } else { above.join(" ") };
        if above.is_empty() {
            return;
        }
        // A name of three words is below a species, whatever its row says.
        let rank = match rank {
            "species" if above.contains(' ') && kingdom == "Plantae" => "variety",
            "species" if above.contains(' ') => "subspecies",
            other => other,
        };
        let key = (kingdom.to_owned(), above.clone());
        if !self.nodes.contains_key(&key) && !self.aliases.contains_key(&key) {
            if above.contains(' ') {
                self.insert_low(kingdom, &above, "species", status, source);
            } else {
                self.unplaced.insert(key);
            }
        }
        let above = self.accepted(kingdom, &above).unwrap_or(&above).to_owned();
        self.insert((kingdom.to_owned(), name.to_owned()), rank, Some(&above), status, source);
    }

    /// Makes `name` stand for `accepted`, unless it is a taxon of its own.
    pub fn alias(&mut self, kingdom: &str, name: &str, alias: Alias) {
        let key = (kingdom.to_owned(), name.to_owned());
        if name != alias.accepted && !self.nodes.contains_key(&key) {
            self.aliases.entry(key).or_insert(alias);
        }
    }

    /// The taxon's own name for a name of a taxon or a synonym.
    pub fn accepted<'a>(&'a self, kingdom: &str, name: &'a str) -> Option<&'a str> {
        let key = (kingdom.to_owned(), name.to_owned());
        if self.nodes.contains_key(&key) {
            return Some(name);
        }
        self.aliases.get(&key).map(|alias| alias.accepted.as_str())
    }

    /// The taxa above `name`, nearest first.
    pub fn above(&self, kingdom: &str, name: &str) -> Vec<String> {
        let mut path: Vec<String> = Vec::new();
        let mut at = name.to_owned();
        while let Some(parent) =
            self.nodes.get(&(kingdom.to_owned(), at)).and_then(|node| node.parent.clone())
        {
            if path.contains(&parent) {
                break;
            }
            path.push(parent.clone());
            at = parent;
        }
        path
    }

    /// Whether `above` stands above `name`.
    pub fn is_below(&self, kingdom: &str, name: &str, above: &str) -> bool {
        self.above(kingdom, name).iter().any(|taxon| taxon == above)
    }

    /// The rank of a taxon of the tree.
    pub fn rank(&self, kingdom: &str, name: &str) -> Option<&str> {
        self.nodes.get(&(kingdom.to_owned(), name.to_owned())).map(|node| node.rank.as_str())
    }

    /// The kingdom of a name that is given without one; plants where both have it and `plant` says so.
    pub fn kingdom_of(&self, name: &str, plant: bool) -> Option<&'static str> {
        let first = name.split(' ').next().unwrap_or(name);
        let known =
            |kingdom: &str| self.accepted(kingdom, name).is_some() || self.accepted(kingdom, first).is_some();
        match (known("Animalia"), known("Plantae")) {
            (true, true) => Some(if plant { "Plantae" } else { "Animalia" }),
            (true, false) => Some("Animalia"),
            (false, true) => Some("Plantae"),
            (false, false) => None,
        }
    }
}
