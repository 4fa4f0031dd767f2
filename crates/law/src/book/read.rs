//! Reads the parts of a book that are more than one table: the tree of taxa, the packs, the rules.

use cites::Country;
use species::Backbone;

use super::{BookError, Tables};
use crate::pack::{Pack, PackTables};
use crate::rule::{self, RuleBook, RuleFile};
use crate::table::TableError;

/// The text of a table that every book has.
pub(super) fn needed<'t>(tables: &'t Tables, path: &str) -> Result<&'t str, Vec<BookError>> {
    tables.get(path).ok_or_else(|| vec![BookError::missing(path)])
}

/// The entries and the populations are read together, and a fault names the table it stands in.
pub(super) fn of_listings(fault: TableError, path: &str) -> BookError {
    let path = if fault.table == "populations.csv" { "law/populations.csv" } else { path };
    BookError::of_law(path, fault)
}

/// The tree of taxa with its names.
pub(super) fn backbone(tables: &Tables) -> Result<Backbone, Vec<BookError>> {
    let told = |faults: Vec<species::TableError>| -> Vec<BookError> {
        faults.iter().map(BookError::of_species).collect()
    };
    let (taxa, synonyms) = (needed(tables, "species/taxa.csv")?, needed(tables, "species/synonyms.csv")?);
    let common_names = needed(tables, "species/vernacular.csv")?;
    let domesticated = needed(tables, "species/domesticated.csv")?;
    let backbone = Backbone::from_tables(taxa, synonyms, common_names).map_err(told)?;
    let backbone = backbone.with_domesticated(domesticated).map_err(told)?;
    // Books of an earlier edition have none.
    match tables.get("species/ranges.csv") {
        Some(ranges) => backbone.with_ranges(ranges).map_err(told),
        None => Ok(backbone),
    }
}

/// Every pack, in the order of the folders.
pub(super) fn packs(tables: &Tables, backbone: &Backbone) -> Result<Vec<Pack>, Vec<BookError>> {
    let mut folders: Vec<&str> =
        tables.below("packs").filter_map(|(path, _)| path.split('/').nth(1)).collect();
    folders.dedup();
    let (mut packs, mut faults) = (Vec::new(), Vec::new());
    for folder in folders {
        match pack(tables, folder, backbone) {
            Ok(pack) => packs.push(pack),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(packs) } else { Err(faults) }
}

fn pack(tables: &Tables, folder: &str, backbone: &Backbone) -> Result<Pack, Vec<BookError>> {
    let told = |above: &'static str| {
        move |faults: Vec<TableError>| -> Vec<BookError> {
            let path = |fault: &TableError| format!("{above}/{}", fault.table);
            faults.into_iter().map(|fault| BookError::of_law(&path(&fault), fault)).collect()
        }
    };
    let pack = Pack::from_tables(&files(tables, "packs", folder), backbone).map_err(told("packs"))?;
    let confirmed = files(tables, "office/packs", folder);
    if confirmed.is_empty() {
        return Ok(pack);
    }
    pack.with_overlay(&confirmed, backbone).map_err(told("office/packs"))
}

/// The files of a pack in the folder `above`.
fn files<'t>(tables: &'t Tables, above: &str, folder: &'t str) -> PackTables<'t> {
    let prefix = format!("{above}/{folder}/");
    PackTables::new(
        folder,
        tables.iter().filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?, text))),
    )
}

/// The rules of the treaty and of every pack.
pub(super) fn rules(tables: &Tables, backbone: &Backbone) -> Result<RuleBook, Vec<BookError>> {
    let mut files = Vec::new();
    for (path, text) in tables.iter().filter(|(path, _)| path.ends_with(".toml") && path.contains("/rules/"))
    {
        let pack = match path.strip_prefix("packs/").and_then(|rest| rest.split_once('/')) {
            Some((name, _)) => Some(rule::Pack { name, country: country_of_pack(tables, name)? }),
            None => None,
        };
        files.push(RuleFile { name: path, text, pack });
    }
    let taxon = |name: &str| match backbone.find(None, name).as_slice() {
        [one] => Some(*one),
        several => several.iter().copied().find(|taxon| backbone.name(*taxon) == name),
    };
    RuleBook::read(&files, taxon).map_err(|faults| faults.iter().map(BookError::of_rule).collect())
}

/// The country for which a pack speaks; that of its region where it is a region's.
fn country_of_pack(tables: &Tables, name: &str) -> Result<Country, Vec<BookError>> {
    let path = format!("packs/{name}/pack.toml");
    let text = needed(tables, &path)?;
    let fault =
        |problem: String| vec![BookError { path: path.clone(), line: 0, column: String::new(), problem }];
    let pack: toml::Table = text.parse().map_err(|error: toml::de::Error| fault(error.to_string()))?;
    let told = ["country", "region"].iter().find_map(|key| pack.get(*key)?.as_str());
    let code = told.and_then(|code| code.get(..2)).unwrap_or("");
    code.parse().map_err(|error: cites::CountryError| fault(format!("{error}; write `country = \"CN\"`")))
}
