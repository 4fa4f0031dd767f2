//! The Index of CITES Species: the Checklist's complete download of one day.
//!
//! Source of truth: the download (UNEP-WCMC). Taken from it here: names, their classification and
//! synonyms. Its `CurrentListing` checks the law tables and is the source of none.

use std::path::Path;

use anyhow::Result;

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
    }
}

/// The synonyms of a row, without their authors.
pub fn synonyms(row: &reading::Row) -> Vec<String> {
    // Names stand one a line, or between commas and semicolons that authors have too.
    row.get("SynonymsWithAuthors").lines().filter_map(canonical).collect()
}

/// `Ornismya abeillei Lesson & DeLattre, 1839` as `Ornismya abeillei`: the words of the name without
/// its authors. A one-word name is a genus and is left out: it could stand for a part of another genus.
pub fn canonical(written: &str) -> Option<String> {
    let mut words = written.split_whitespace();
    let genus = words.next()?.to_owned();
    let mut name = genus;
    let mut epithets = 0;
    for word in words {
        if matches!(word, "var." | "subsp." | "ssp." | "f." | "x" | "×") {
            continue;
        }
        let lower = word.chars().all(|letter| letter.is_lowercase() || letter == '-' || letter == 'ë');
        if !lower
            || epithets == 2
            || matches!(
                word,
                "de" | "ex"
                    | "von"
                    | "van"
                    | "in"
                    | "et"
                    | "and"
                    | "non"
                    | "auct"
                    | "hort"
                    | "sensu"
                    | "der"
                    | "du"
                    | "da"
                    | "del"
            )
        {
            break;
        }
        name.push(' ');
        name.push_str(word);
        epithets += 1;
    }
    (epithets > 0).then_some(name)
}
