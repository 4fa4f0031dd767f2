//! The Index of CITES Species: the Checklist's complete download of one day.
//!
//! Source of truth: the download (UNEP-WCMC). Taken from it here: names, their classification and
//! synonyms. Its `CurrentListing` checks the law tables and is the source of none.

use std::path::Path;

use anyhow::Result;
use species::import::{WrittenName, written_names};

use super::reading;

/// A name of the Checklist.
pub struct ChecklistTaxon {
    pub kingdom: String,
    /// Its number in Species+, unique within a rank.
    pub number: String,
    /// Phylum, class, order, family, genus: empty where the download leaves them blank.
    pub above: [(&'static str, String); 5],
    pub rank: String,
    pub name: String,
    pub synonyms: Vec<String>,
    /// Where it occurs, as far as the codes name States or territories.
    pub range: Vec<cites::Country>,
}

/// Reads the download.
///
/// # Errors
/// The file is missing or no CSV.
pub fn read(file: &Path) -> Result<Vec<ChecklistTaxon>> {
    Ok(reading::rows(file)?.iter().map(taxon).collect())
}

fn taxon(row: &reading::Row) -> ChecklistTaxon {
    let column = |rank: &'static str, name: &str| (rank, row.get(name).to_owned());
    ChecklistTaxon {
        kingdom: row.get("Kingdom").to_owned(),
        number: row.get("TaxonId").to_owned(),
        above: [
            column("phylum", "Phylum"),
            column("class", "Class"),
            column("order", "Order"),
            column("family", "Family"),
            column("genus", "Genus"),
        ],
        rank: row.get("RankName").to_lowercase(),
        name: row.get("FullName").to_owned(),
        synonyms: synonyms(row),
        range: range(row.get("All_DistributionISOCodes")),
    }
}

fn range(cell: &str) -> Vec<cites::Country> {
    let mut range: Vec<cites::Country> =
        cell.split([',', ';', ' ']).filter_map(|code| code.trim().parse().ok()).collect();
    range.sort_unstable();
    range.dedup();
    range
}

/// The synonyms of a row, without their authors, each once. A one-word name is a genus and is left out: it could
/// stand for a part of another genus.
pub fn synonyms(row: &reading::Row) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for WrittenName { name, .. } in written_names(row.get("SynonymsWithAuthors")) {
        if name.contains(' ') && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
