//! Where a genus or family stands in the tree of names, so that an entry can be hung there.
//!
//! First choice is the tree of the Checklist of CITES Species, so that a family has one place only; then,
//! for birds, AviList; then `placements.csv`, which also says what a Chinese family name means.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};

use super::table;

/// A place in the tree: names of the ranks above the genus, empty where unknown.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Place {
    /// Phylum; empty for plants.
    pub phylum: String,
    /// Class; empty for plants.
    pub class: String,
    /// Order.
    pub order: String,
    /// Family; empty for an order.
    pub family: String,
}

/// What is known of genera, families and orders, each by kingdom and name.
pub struct Places {
    genera: HashMap<(String, String), Place>,
    families: HashMap<(String, String), Place>,
    orders: HashMap<(String, String), Place>,
    birds: HashMap<String, (String, String)>,
    chinese: HashMap<(String, String), (String, String)>,
}

impl Places {
    /// Reads the Checklist, the bird list and the table of families.
    ///
    /// # Errors
    /// One of the three cannot be read.
    pub fn read(reference: &Path, families: &Path) -> Result<Self> {
        let mut places = Self {
            genera: HashMap::new(),
            families: HashMap::new(),
            orders: HashMap::new(),
            birds: HashMap::new(),
            chinese: HashMap::new(),
        };
        places.add_checklist(&reference.join("listings").join("Index_of_CITES_Species_2017-04-21.csv.gz"))?;
        places.add_birds(&reference.join("names").join("avilist_2025_taxonomy.csv.gz"))?;
        for row in table::rows(families)? {
            let told = (row.get("family"), row.get("order_name"));
            places.chinese.insert((row.get("kingdom"), row.get("name_zh")), told);
        }
        Ok(places)
    }

    fn add_checklist(&mut self, path: &Path) -> Result<()> {
        for row in table::rows(path)? {
            let kingdom = row.get("Kingdom");
            let place = Place {
                phylum: row.get("Phylum"),
                class: row.get("Class"),
                order: row.get("Order"),
                family: row.get("Family"),
            };
            let note = |into: &mut HashMap<(String, String), Place>, name: String| {
                if !name.is_empty() {
                    into.entry((kingdom.clone(), name)).or_insert_with(|| place.clone());
                }
            };
            note(&mut self.genera, row.get("Genus"));
            note(&mut self.families, row.get("Family"));
            note(&mut self.orders, row.get("Order"));
        }
        Ok(())
    }

    fn add_birds(&mut self, path: &Path) -> Result<()> {
        for row in table::rows(path)? {
            if row.get("avilist_taxon_rank") == "species" {
                let told = (row.get("avilist_order"), row.get("avilist_family"));
                self.birds.entry(row.get("genus")).or_insert(told);
            }
        }
        Ok(())
    }

    /// The family and order that a Chinese family name stands for.
    ///
    /// # Errors
    /// The name is not in `placements.csv`.
    pub fn family(&self, kingdom: &str, chinese: &str) -> Result<(String, String)> {
        let key = (kingdom.to_owned(), chinese.to_owned());
        let told = self.chinese.get(&key).cloned();
        told.with_context(|| format!("add the family `{chinese}` ({kingdom}) to placements.csv"))
    }

    /// The place of `genus` (empty for higher taxa), for which the list itself tells `listed`.
    pub fn of(&self, kingdom: &str, genus: &str, listed: Place) -> Place {
        let key = |name: &str| (kingdom.to_owned(), name.to_owned());
        if let Some(place) = self.genera.get(&key(genus)) {
            return place.clone();
        }
        let mut place = listed;
        if let (Some((order, family)), "Aves") = (self.birds.get(genus), place.class.as_str()) {
            (place.order, place.family) = (order.clone(), family.clone());
        }
        if let Some(known) = self.families.get(&key(&place.family)) {
            return known.clone();
        }
        if let Some(known) = self.orders.get(&key(&place.order)) {
            (place.phylum, place.class) = (known.phylum.clone(), known.class.clone());
        }
        place
    }
}
