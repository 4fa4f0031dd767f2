//! The names of all birds (AviList, 2025) against what the Index of 21 April 2017 says of them.
//!
//! Source of truth: AviList knows every bird and no law; the Index knows the law of its day and every bird that
//! is listed, under the names of its day. What both know together is allowed: for a name of the Index, its
//! listing; for a family or order that the Index lacks, what its members in the Index have, and none; for a
//! subspecies, that of its species; for any other name, that of the nearest genus, family or
//! order of AviList that the Index has, and none where it has none of them. The book agrees where the name
//! leads to a bird or to nothing, and every Appendix that it answers is allowed; also where it does not know
//! the name, tells so, and leaves open whether it is a listed member of its genus.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use cites::{AppendixSet, Day};
use law::Origin;
use law::book::Standing;
use law::listing::ListingDoubts;
use species::{ImportedNames, Names};

use super::{Book, Comparison};
use crate::lawbook::reading::{self, Row};

/// The day of the Index.
const DAY: Day = Day::new(2017, 4, 21);

/// The class of birds.
const BIRDS: &str = "Aves";

pub(super) fn compare(book: Book<'_>, reference: &Path, index: &[u8]) -> Result<Comparison> {
    let rows = reading::rows(&reference.join("names/avilist_2025_taxonomy.csv.gz"))?;
    let mut allowed = Allowed::read(reference)?;
    allowed.add_families_of(&rows);
    let imported = ImportedNames::open(index)?;
    let names = Names { imported: Some(&imported), ..Names::shipped(book.backbone) };
    let mut comparison = Comparison::new("AviList 2025", "avilist-2025.csv");
    comparison.rows = rows.len();
    for row in &rows {
        let name = row.get("scientific_name");
        let resolution = names.resolve(name);
        let standing = book.law.standing(&resolution, &Origin::Unstated, DAY)?;
        let (expected, by) = allowed.of(row, &standing)?;
        if let Some(found) = difference(book, &standing, expected) {
            let rank = row.get("avilist_taxon_rank");
            comparison.differs(format!("{name} ({rank})"), format!("{expected} by {by}"), found);
        }
    }
    Ok(comparison)
}

/// What is answered, where it is not allowed.
fn difference(book: Book<'_>, standing: &Standing<'_>, expected: AppendixSet) -> Option<String> {
    let told = |what: &str| Some(format!("{what} as {} `{}`", standing.kind, standing.matched));
    if standing.appendices.is_empty() {
        return (!expected.has_not_controlled()).then(|| "leads to nothing".to_owned());
    }
    let is_bird = standing.subjects.iter().any(|subject| {
        let lineage: Vec<_> = book.backbone.lineage(subject.taxon).collect();
        // What stands above the classes may hold birds.
        lineage.iter().any(|taxon| book.backbone.name(*taxon) == BIRDS) || lineage.len() < 3
    });
    if !is_bird {
        return told("no bird");
    }
    let all = standing.appendices.union(expected);
    // A name that nobody here knows may be any member of its genus: an answer that leaves both open.
    let is_open = standing.doubts.contains(ListingDoubts::UNRESOLVED)
        && standing.appendices.has_not_controlled()
        && expected.has_not_controlled();
    if all == expected || is_open { None } else { told(&standing.appendices.to_string()) }
}

/// What the Index says of the names of birds.
struct Allowed {
    taxa: BTreeMap<String, AppendixSet>,
    /// Of a genus, family or order: what its listed members have, and none for the others.
    higher: BTreeMap<String, AppendixSet>,
    synonyms: BTreeMap<String, BTreeSet<String>>,
}

impl Allowed {
    fn read(reference: &Path) -> Result<Allowed> {
        let rows = reading::rows(&reference.join("listings/Index_of_CITES_Species_2017-04-21.csv.gz"))?;
        let (mut taxa, mut synonyms) = (BTreeMap::new(), BTreeMap::<String, BTreeSet<String>>::new());
        let mut higher: BTreeMap<String, AppendixSet> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.get("Class") == BIRDS) {
            let name = row.get("FullName").to_owned();
            let listing = match row.get("CurrentListing") {
                "" => "NC",
                listing => listing,
            };
            for synonym in crate::lawbook::checklist::synonyms(row) {
                synonyms.entry(synonym).or_default().insert(name.clone());
            }
            let listing: AppendixSet = listing.parse()?;
            for above in ["Genus", "Family", "Order"].map(|rank| row.get(rank)) {
                let all = higher.entry(above.to_owned()).or_insert(AppendixSet::NOT_CONTROLLED);
                *all = all.union(listing);
            }
            taxa.insert(name, listing);
        }
        Ok(Allowed { taxa, higher, synonyms })
    }

    /// For a family or order of AviList that the Index lacks: what its members in the Index have, and none.
    fn add_families_of(&mut self, rows: &[Row]) {
        let mut found: BTreeMap<String, AppendixSet> = BTreeMap::new();
        for row in rows {
            let Some(listing) = self.taxa.get(row.get("scientific_name")) else { continue };
            for above in ["avilist_family", "avilist_order"].map(|column| row.get(column)) {
                let all = found.entry(above.to_owned()).or_insert(AppendixSet::NOT_CONTROLLED);
                *all = all.union(*listing);
            }
        }
        for (above, listing) in found {
            self.higher.entry(above).or_insert(listing);
        }
    }

    /// The Appendices that are allowed for a name of AviList, and the name of the Index that says so.
    fn of(&self, row: &Row, standing: &Standing<'_>) -> Result<(AppendixSet, String)> {
        let name = row.get("scientific_name");
        if let Some(listing) = self.taxa.get(name) {
            return Ok((*listing, name.to_owned()));
        }
        if let Some(listing) = self.higher.get(name) {
            return Ok((*listing, "its members".to_owned()));
        }
        let of_synonym = self.synonyms.get(name).into_iter().flatten();
        let told: Vec<(&String, &AppendixSet)> =
            of_synonym.filter_map(|taxon| self.taxa.get_key_value(taxon)).collect();
        if !told.is_empty() {
            let all = told.iter().fold(AppendixSet::EMPTY, |all, (_, listing)| all.union(**listing));
            return Ok((all, told.iter().map(|(taxon, _)| taxon.as_str()).collect::<Vec<_>>().join(", ")));
        }
        // A newer name, by which the book calls a bird of the Index that has the same epithet.
        let moved = self.taxa.get_key_value(standing.matched.as_ref());
        if let Some((taxon, listing)) = moved.filter(|(taxon, _)| has_epithet_of(name, taxon)) {
            return Ok((*listing, taxon.clone()));
        }
        let words: Vec<&str> = name.split(' ').collect();
        let species = words.get(..2).map(|two| two.join(" ")).unwrap_or_default();
        let above = [&species, row.get("genus"), row.get("avilist_family"), row.get("avilist_order")];
        for above in above.iter().filter(|above| **above != name) {
            let through = self.synonyms.get(*above).filter(|taxa| taxa.len() == 1).and_then(BTreeSet::first);
            if let Some((taxon, listing)) = self.taxa.get_key_value(through.map_or(*above, String::as_str)) {
                return Ok((*listing, taxon.clone()));
            }
        }
        Ok((AppendixSet::NOT_CONTROLLED, "none".to_owned()))
    }
}

/// Whether two names of species or below end alike, apart from the gender of the ending.
fn has_epithet_of(name: &str, other: &str) -> bool {
    let stem = |name: &str| {
        let epithet = name.split(' ').nth(1)?.to_owned();
        Some(epithet.trim_end_matches(['a', 'e', 'i', 'm', 'r', 's', 'u']).to_owned())
    };
    stem(name).is_some_and(|own| Some(own) == stem(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_species_that_moved_keeps_its_epithet() {
        assert!(has_epithet_of("Hydrornis gurneyi", "Pitta gurneyi"));
        assert!(has_epithet_of("Gallirex porphyreolophus", "Tauraco porphyreolopha"));
        assert!(!has_epithet_of("Gracula indica", "Gracula religiosa"));
        assert!(!has_epithet_of("Pitta", "Pitta"));
    }
}
