//! Which rows of which tables differ between two editions.
//!
//! Source of truth: the text of the tables. Rows are told apart by what names them (an id, a name, a symbol
//! with its day), so that a row of which a cell was mended is one that changed, not one that went and one that
//! came. What a cell means is not looked at.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::Tables;

/// A table that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDifference {
    /// Its path below `data/`.
    pub path: String,
    /// Whether both editions have it.
    pub standing: Standing,
    /// The rows that differ: changed and removed ones in the order of the one table, then those added.
    pub rows: Vec<RowDifference>,
}

/// Which of two editions has something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Both, and it differs.
    Changed,
    /// The first alone.
    Removed,
    /// The second alone.
    Added,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowDifference {
    /// What names the row.
    pub key: String,
    /// Which edition has it.
    pub standing: Standing,
    /// The cells that differ; of a row that one edition alone has, those that are not empty.
    pub cells: Vec<CellDifference>,
}

/// A cell that differs. What an edition does not have is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDifference {
    /// The column, or the key of a rule.
    pub column: String,
    /// In the first edition.
    pub before: String,
    /// In the second.
    pub after: String,
}

impl Standing {
    /// What it is called.
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Changed => "changed",
            Standing::Removed => "removed",
            Standing::Added => "added",
        }
    }
}

/// Every table that differs between `one` and `other`, in the order of the paths.
pub fn differences(one: &Tables, other: &Tables) -> Vec<TableDifference> {
    let paths: BTreeSet<&str> = one.iter().chain(other.iter()).map(|(path, _)| path).collect();
    let differing = paths.into_iter().filter(|path| one.digest(path) != other.digest(path));
    differing.map(|path| difference(path, one.get(path), other.get(path))).collect()
}

fn difference(path: &str, before: Option<&str>, after: Option<&str>) -> TableDifference {
    let standing = match (before, after) {
        (Some(_), Some(_)) => Standing::Changed,
        (Some(_), None) => Standing::Removed,
        (None, _) => Standing::Added,
    };
    let read = |text: Option<&str>| match text {
        None => Vec::new(),
        Some(text) if path.ends_with(".toml") => items(text),
        Some(text) => rows(path, text),
    };
    TableDifference { path: path.to_owned(), standing, rows: compare(read(before), read(after)) }
}

/// A row of any table: what names it, and its cells by column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Named {
    key: String,
    cells: BTreeMap<String, String>,
}

fn compare(before: Vec<Named>, after: Vec<Named>) -> Vec<RowDifference> {
    let mut same: HashMap<Named, usize> = HashMap::new();
    after.iter().for_each(|row| *same.entry(row.clone()).or_default() += 1);
    let mut gone = Vec::new();
    for row in before {
        match same.get_mut(&row).filter(|count| **count > 0) {
            Some(count) => *count -= 1,
            None => gone.push(row),
        }
    }
    let mut come: HashMap<String, VecDeque<Named>> = HashMap::new();
    let mut order = Vec::new();
    for row in after.into_iter().rev() {
        // What is left of the count are rows of which the first edition has no like.
        if let Some(count) = same.get_mut(&row).filter(|count| **count > 0) {
            *count -= 1;
            order.push(row.key.clone());
            come.entry(row.key.clone()).or_default().push_front(row);
        }
    }
    let mut found = Vec::new();
    for row in gone {
        let other = come.get_mut(&row.key).and_then(VecDeque::pop_front);
        let standing = if other.is_some() { Standing::Changed } else { Standing::Removed };
        let empty = BTreeMap::new();
        let cells = cells(&row.cells, other.as_ref().map_or(&empty, |other| &other.cells));
        found.push(RowDifference { key: row.key, standing, cells });
    }
    for key in order.into_iter().rev() {
        let Some(row) = come.get_mut(&key).and_then(VecDeque::pop_front) else { continue };
        let cells = cells(&BTreeMap::new(), &row.cells);
        found.push(RowDifference { key, standing: Standing::Added, cells });
    }
    found
}

fn cells(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<CellDifference> {
    let columns: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let cell = |row: &BTreeMap<String, String>, column: &String| row.get(column).cloned().unwrap_or_default();
    let differing = columns.into_iter().map(|column| CellDifference {
        column: column.clone(),
        before: cell(before, column),
        after: cell(after, column),
    });
    differing.filter(|cell| cell.before != cell.after).collect()
}

/// The columns that name a row, for tables without ids; else all but those that tell of the row itself.
const KEYS: [(&str, &[&str]); 9] = [
    ("law/annotations.csv", &["symbol", "from"]),
    ("law/pairs.csv", &["term"]),
    ("law/populations.csv", &["key"]),
    ("law/quotas_yearly.csv", &["taxon", "exporter", "year", "terms", "sources", "note"]),
    ("species/taxa.csv", &["kingdom", "name"]),
    ("species/synonyms.csv", &["kingdom", "name", "accepted"]),
    ("species/vernacular.csv", &["kingdom", "taxon", "language", "name"]),
    ("species/domesticated.csv", &["kingdom", "name"]),
    ("species/ranges.csv", &["kingdom", "name"]),
];

/// Columns that tell of a row and not of its subject.
const ABOUT_THE_ROW: [&str; 8] =
    ["source", "confidence", "checked", "note", "until", "clause", "person", "day"];

fn rows(path: &str, text: &str) -> Vec<Named> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> =
        reader.headers().map(|header| header.iter().map(str::to_owned).collect()).unwrap_or_default();
    let known = KEYS.iter().find(|(known, _)| *known == path).map(|(_, columns)| *columns);
    let has_id = header.iter().any(|column| column == "id");
    let is_key = |column: &str| match known {
        _ if has_id => column == "id",
        Some(columns) => columns.contains(&column),
        None => !ABOUT_THE_ROW.contains(&column),
    };
    let named = |row: csv::StringRecord| {
        let cells = || header.iter().zip(&row);
        let key: Vec<&str> = cells()
            .filter(|(column, cell)| is_key(column) && !cell.is_empty())
            .map(|(_, cell)| cell)
            .collect();
        let cells = cells().filter(|(_, cell)| !cell.is_empty());
        Named {
            key: key.join(" "),
            cells: cells.map(|(column, cell)| (column.clone(), cell.to_owned())).collect(),
        }
    };
    // A row that is no CSV stops a book from loading; here it is only not compared cell by cell.
    reader.records().filter_map(Result::ok).map(named).collect()
}

/// The tables of a TOML file as rows: a rule by its id, others by their place; what stands outside them is one
/// row of its own.
fn items(text: &str) -> Vec<Named> {
    let Ok(file) = text.parse::<toml::Table>() else {
        let cells = BTreeMap::from([("text".to_owned(), text.to_owned())]);
        return vec![Named { key: "file".to_owned(), cells }];
    };
    let mut outside = BTreeMap::new();
    let mut found = Vec::new();
    for (name, value) in file {
        match value {
            toml::Value::Array(all) if all.iter().all(toml::Value::is_table) => {
                let items = all.into_iter().filter_map(|item| match item {
                    toml::Value::Table(item) => Some(item),
                    _ => None,
                });
                found.extend(items.enumerate().map(|(place, item)| of_item(&name, place, &item)));
            }
            other => drop(outside.insert(name, other.to_string())),
        }
    }
    if !outside.is_empty() {
        found.insert(0, Named { key: "file".to_owned(), cells: outside });
    }
    found
}

fn of_item(name: &str, place: usize, item: &toml::Table) -> Named {
    let id = item.get("id").and_then(toml::Value::as_str);
    let from = item.get("in_force").and_then(|days| days.get("from")).map(ToString::to_string);
    let id = id.map_or_else(|| (place + 1).to_string(), str::to_owned);
    let from = from.map(|day| format!(" from {day}")).unwrap_or_default();
    let cells = item.iter().map(|(key, value)| (key.clone(), value.to_string()));
    Named { key: format!("{name} {id}{from}"), cells: cells.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &'static str, one: &'static str, other: &'static str) -> Vec<String> {
        let of = |text: &'static str| {
            let mut tables = Tables::new();
            if !text.is_empty() {
                tables.insert(path, text);
            }
            tables
        };
        let rows = differences(&of(one), &of(other)).into_iter().flat_map(|table| table.rows);
        rows.map(|row| {
            let cells =
                row.cells.iter().map(|cell| format!(" {}:{}>{}", cell.column, cell.before, cell.after));
            format!("{} {}{}", row.standing.as_str(), row.key, cells.collect::<String>())
        })
        .collect()
    }

    #[test]
    fn rows_are_told_apart_by_what_names_them() {
        let one = "id,taxon,until\na,Falco,\nb,Saiga,\nc,Ursus,\n";
        assert_eq!(told("law/listings.csv", one, one), Vec::<String>::new());
        let moved = "id,taxon,until\nc,Ursus,\na,Falco,\nb,Saiga,\n";
        assert_eq!(told("law/listings.csv", one, moved), Vec::<String>::new(), "the order means nothing");
        let other = "id,taxon,until\na,Falco,2026-03-05\nc,Ursus,\nd,Panax,\n";
        assert_eq!(
            told("law/listings.csv", one, other),
            ["changed a until:>2026-03-05", "removed b id:b> taxon:Saiga>", "added d id:>d taxon:>Panax"]
        );
    }

    #[test]
    fn the_same_row_twice_is_counted() {
        let (one, two) = ("taxon,year\nFalco,2020\n", "taxon,year\nFalco,2020\nFalco,2020\n");
        assert_eq!(told("packs/x/t.csv", one, two), ["added Falco 2020 taxon:>Falco year:>2020"]);
        assert_eq!(told("packs/x/t.csv", two, one), ["removed Falco 2020 taxon:Falco> year:2020>"]);
    }

    #[test]
    fn rules_are_compared_by_id_and_day() {
        let one = "[[rule]]\nid = \"a\"\neffect = \"refer\"\n[rule.in_force]\nfrom = 2000-01-01\n";
        let other = "[[rule]]\nid = \"a\"\neffect = \"refuse\"\n[rule.in_force]\nfrom = 2000-01-01\n";
        assert_eq!(
            told("law/rules/x.toml", one, other),
            ["changed rule a from 2000-01-01 effect:\"refer\">\"refuse\""]
        );
    }

    #[test]
    fn a_table_of_one_edition_alone_is_told_row_by_row() {
        let mut office = Tables::new();
        office.insert("office/law/suspensions.csv", "id,person\na,A. Officer\n");
        let found = differences(&Tables::new(), &office);
        assert_eq!((found.len(), found[0].standing, found[0].rows.len()), (1, Standing::Added, 1));
        assert_eq!(differences(&office, &Tables::new())[0].standing, Standing::Removed);
    }
}
