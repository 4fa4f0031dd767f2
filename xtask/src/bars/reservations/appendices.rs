//! Which Appendix holds a taxon on a day, as far as it is needed to see when a reservation fell away.
//!
//! Source of truth: `data/law/listings.csv`. Populations are not looked into: an entry for some population
//! is enough for a reservation to go on.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;

use crate::bars::known::Known;
use crate::lawbook::reading;

struct Entry {
    appendix: String,
    /// Holds for every population.
    whole: bool,
    from: String,
    until: String,
}

/// The entries, by taxon and by the taxa above.
pub struct Appendices {
    own: HashMap<String, Vec<Entry>>,
    below: HashMap<String, Vec<(String, String, String)>>,
}

impl Entry {
    fn holds(&self, day: &str) -> bool {
        holds(&self.from, &self.until, day)
    }
}

fn holds(from: &str, until: &str, day: &str) -> bool {
    from <= day && (until.is_empty() || day < until)
}

impl Appendices {
    /// Reads the listings.
    ///
    /// # Errors
    /// The table is missing or no CSV.
    pub fn read(data: &Path, known: &Known) -> Result<Appendices> {
        let mut appendices = Appendices { own: HashMap::new(), below: HashMap::new() };
        for row in reading::rows(&data.join("law/listings.csv"))? {
            let lineage = known.lineage(row.get("kingdom"), row.get("taxon"));
            let (from, until) = (row.get("from").to_owned(), row.get("until").to_owned());
            for above in lineage.iter().skip(1) {
                let entry = (row.get("appendix").to_owned(), from.clone(), until.clone());
                appendices.below.entry(above.clone()).or_default().push(entry);
            }
            let whole = row.get("population").is_empty() && row.get("except_population").is_empty();
            let entry = Entry { appendix: row.get("appendix").to_owned(), whole, from, until };
            if let Some(taxon) = lineage.first() {
                appendices.own.entry(taxon.clone()).or_default().push(entry);
            }
        }
        Ok(appendices)
    }

    /// The first day after `from` on which the taxon was no longer in the Appendix, with what held it then.
    pub fn left(&self, lineage: &[String], appendix: &str, from: &str) -> Option<(String, String)> {
        let mut days: Vec<&str> = lineage
            .iter()
            .filter_map(|taxon| self.own.get(taxon))
            .flatten()
            .flat_map(|entry| [entry.from.as_str(), entry.until.as_str()])
            .collect();
        let below = lineage.first().and_then(|taxon| self.below.get(taxon)).into_iter().flatten();
        days.extend(below.flat_map(|(_, from, until)| [from.as_str(), until.as_str()]));
        days.retain(|day| *day > from);
        days.push(from);
        days.sort_unstable();
        days.dedup();
        let entered = days.iter().position(|day| self.is_in(lineage, appendix, day))?;
        let day = days.iter().skip(entered).find(|day| !self.is_in(lineage, appendix, day))?;
        Some(((*day).to_owned(), self.now(lineage, day)))
    }

    fn is_in(&self, lineage: &[String], appendix: &str, day: &str) -> bool {
        let below = lineage.first().and_then(|taxon| self.below.get(taxon));
        let below = below.into_iter().flatten();
        if below.into_iter().any(|(listed, from, until)| listed == appendix && holds(from, until, day)) {
            return true;
        }
        for taxon in lineage {
            let entries = self.own.get(taxon).into_iter().flatten().filter(|entry| entry.holds(day));
            let mut decided = false;
            for entry in entries {
                if entry.appendix == appendix {
                    return true;
                }
                decided |= entry.whole && entry.appendix != "III";
            }
            if decided {
                return false;
            }
        }
        false
    }

    fn now(&self, lineage: &[String], day: &str) -> String {
        let other = ["I", "II", "III"].into_iter().find(|appendix| self.is_in(lineage, appendix, day));
        other.map_or("left the Appendices".to_owned(), |appendix| format!("moved to {appendix}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(appendix: &str, from: &str, until: &str) -> Entry {
        Entry { appendix: appendix.to_owned(), whole: true, from: from.to_owned(), until: until.to_owned() }
    }

    #[test]
    fn a_move_to_another_appendix_ends_it_and_a_higher_listing_does_not() {
        let own = HashMap::from([
            ("Falco cherrug".to_owned(), vec![entry("I", "1977-01-01", "1979-06-28")]),
            ("Falconiformes".to_owned(), vec![entry("II", "1979-06-28", "")]),
        ]);
        let appendices = Appendices { own, below: HashMap::new() };
        let lineage = ["Falco cherrug".to_owned(), "Falconiformes".to_owned()];
        let left = |appendix, from| appendices.left(&lineage, appendix, from);
        assert_eq!(left("I", "1978-01-01"), Some(("1979-06-28".to_owned(), "moved to II".to_owned())));
        assert_eq!(left("II", "1980-01-01"), None);
    }

    #[test]
    fn a_species_taken_out_of_its_genus_leaves_the_entry_of_the_genus() {
        let own = HashMap::from([
            ("Ara ambigua".to_owned(), vec![entry("I", "1985-08-01", "")]),
            ("Ara".to_owned(), vec![entry("II", "1981-06-06", "")]),
        ]);
        let appendices = Appendices { own, below: HashMap::new() };
        let left = appendices.left(&["Ara ambigua".to_owned(), "Ara".to_owned()], "II", "1981-06-06");
        assert_eq!(left, Some(("1985-08-01".to_owned(), "moved to I".to_owned())));
    }
}
