//! The names of the species tables: which kingdom and rank a name has, and which names are missing.
//!
//! Source of truth: `data/species/taxa.csv` and `synonyms.csv`, as the builder of the listings wrote them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::Result;

use crate::lawbook::reading;

/// A name of the species tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownName {
    pub kingdom: String,
    pub rank: String,
    pub accepted: String,
    pub parent: String,
}

/// All names, and those that were asked for in vain.
pub struct Known {
    names: HashMap<String, Vec<KnownName>>,
    missing: BTreeMap<String, BTreeSet<&'static str>>,
}

impl Known {
    /// Reads both tables.
    ///
    /// # Errors
    /// A table is missing or no CSV.
    pub fn read(data: &Path) -> Result<Known> {
        let mut names: HashMap<String, Vec<KnownName>> = HashMap::new();
        for row in reading::rows(&data.join("species/taxa.csv"))? {
            let name = row.get("name").to_owned();
            let known = KnownName {
                kingdom: row.get("kingdom").to_owned(),
                rank: row.get("rank").to_owned(),
                accepted: name.clone(),
                parent: row.get("parent").to_owned(),
            };
            names.entry(name).or_default().push(known);
        }
        for row in reading::rows(&data.join("species/synonyms.csv"))? {
            let accepted = names
                .get(row.get("accepted"))
                .and_then(|all| all.iter().find(|known| known.kingdom == row.get("kingdom")).cloned());
            if let Some(known) = accepted {
                names.entry(row.get("name").to_owned()).or_default().push(known);
            }
        }
        Ok(Known { names, missing: BTreeMap::new() })
    }

    /// What the name stands for, in `kingdom` where it is told; noted as missing for `table` where nothing.
    pub fn find(&mut self, table: &'static str, kingdom: Option<&str>, name: &str) -> Option<KnownName> {
        let found = self.look(kingdom, name);
        if found.is_none() {
            self.missing.entry(name.to_owned()).or_default().insert(table);
        }
        found
    }

    /// The kingdom of a name, or of its genus; animals where neither is known.
    pub fn kingdom_of(&self, name: &str) -> String {
        let genus = name.split(' ').next().unwrap_or(name);
        let known = self.look(None, name).or_else(|| self.look(None, genus));
        known.map_or("Animalia".to_owned(), |known| known.kingdom)
    }

    /// As [`Known::find`], without noting.
    pub fn look(&self, kingdom: Option<&str>, name: &str) -> Option<KnownName> {
        let all = self.names.get(name)?;
        let fits = |known: &&KnownName| kingdom.is_none_or(|kingdom| known.kingdom == kingdom);
        let own = all.iter().filter(fits).find(|known| known.accepted == name);
        own.or_else(|| all.iter().find(fits)).cloned()
    }

    /// The accepted name of a name, and of every taxon above it.
    pub fn lineage(&self, kingdom: &str, name: &str) -> Vec<String> {
        let mut lineage: Vec<String> = Vec::new();
        let mut next = self.look(Some(kingdom), name);
        while let Some(known) = next {
            next = if known.parent.is_empty() { None } else { self.look(Some(kingdom), &known.parent) };
            lineage.push(known.accepted);
        }
        lineage
    }

    /// Says which names the species tables lack.
    pub fn report(&self) {
        println!("names that data/species does not have: {}", self.missing.len());
        for (name, tables) in &self.missing {
            let tables: Vec<&str> = tables.iter().copied().collect();
            println!("  {name} ({})", tables.join(", "));
        }
    }
}
