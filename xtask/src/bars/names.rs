//! Full names of the taxa of the official history, by rank and record.
//!
//! Source of truth: the taxa and synonym files of the Species+ export. A record number is unique only within
//! its kingdom and rank; a species carries its epithet alone and its genus as parent.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;

use crate::lawbook::reading;

/// The kingdoms with the stem of their files.
pub const KINGDOMS: [(&str, &str); 2] = [("Animalia", "animalia"), ("Plantae", "plantae")];

struct Part {
    part: String,
    parent: (String, String),
}

/// The names of both kingdoms.
pub struct Names {
    parts: HashMap<(&'static str, String, String), Part>,
}

impl Names {
    /// Reads the four files.
    ///
    /// # Errors
    /// A file is missing or no CSV.
    pub fn read(folder: &Path) -> Result<Names> {
        let mut parts = HashMap::new();
        for (kingdom, stem) in KINGDOMS {
            for (file, parent) in [("synonyms", "Parent recID"), ("taxa", "ParentRecID")] {
                for row in reading::rows(&folder.join(format!("{stem}_{file}.csv.gz")))? {
                    let key = (kingdom, row.get("Rank").to_lowercase(), row.get("RecID").to_owned());
                    let parent = (row.get("ParentRank").to_lowercase(), row.get(parent).to_owned());
                    parts.insert(key, Part { part: row.get("Scientific name").to_owned(), parent });
                }
            }
        }
        Ok(Names { parts })
    }

    /// The full name of a record.
    pub fn full(&self, kingdom: &'static str, rank: &str, id: &str) -> Option<String> {
        let rank = rank.to_lowercase();
        let own = self.parts.get(&(kingdom, rank.clone(), id.to_owned()))?;
        let part = own.part.trim_start_matches("var. ").trim_start_matches("subsp. ");
        if matches!(rank.as_str(), "species" | "subspecies" | "variety") {
            let above = self.full(kingdom, &own.parent.0, &own.parent.1)?;
            return Some(format!("{above} {part}"));
        }
        Some(capitalised(part))
    }

    /// The full name and rank of a record that may be filed under the rank of the species though it is lower.
    pub fn full_at_or_below(&self, kingdom: &'static str, rank: &str, id: &str) -> Option<(String, String)> {
        let ranks = [rank.to_lowercase(), "subspecies".to_owned(), "variety".to_owned()];
        ranks.into_iter().find_map(|rank| self.full(kingdom, &rank, id).map(|name| (name, rank)))
    }
}

/// `ACCIPITRIDAE` as `Accipitridae`.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().collect();
    first + &letters.as_str().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_species_takes_its_genus_and_a_family_one_capital() {
        let part = |part: &str, rank: &str, id: &str| Part {
            part: part.to_owned(),
            parent: (rank.to_owned(), id.to_owned()),
        };
        let key = |rank: &str, id: &str| ("Animalia", rank.to_owned(), id.to_owned());
        let parts = HashMap::from([
            (key("family", "3"), part("CANIDAE", "order", "9")),
            (key("genus", "3"), part("Canis", "family", "3")),
            (key("species", "3"), part("lupus", "genus", "3")),
            (key("subspecies", "4"), part("irremotus", "species", "3")),
        ]);
        let names = Names { parts };
        assert_eq!(names.full("Animalia", "FAMILY", "3").as_deref(), Some("Canidae"));
        assert_eq!(names.full("Animalia", "Species", "3").as_deref(), Some("Canis lupus"));
        let low = names.full_at_or_below("Animalia", "SPECIES", "4");
        assert_eq!(low, Some(("Canis lupus irremotus".to_owned(), "subspecies".to_owned())));
        assert_eq!(names.full("Plantae", "SPECIES", "3"), None);
    }
}
