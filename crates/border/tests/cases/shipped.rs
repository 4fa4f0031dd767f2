//! The shipped tables, read from the tree.

use std::fs;
use std::path::{Path, PathBuf};

use law::book::{LawBook, Tables};

/// The folder of the tables.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

/// The law book of the tree, with what the office of the cases has confirmed.
pub fn book() -> LawBook {
    let mut tables = Tables::new();
    collect(&data(), &data(), &mut |path, text| {
        if Tables::is_table(&path) {
            tables.insert(path, text);
        }
    });
    // The office of the cases has confirmed one port.
    let confirmed = data().join("cases/office/designated_ports.csv");
    tables.insert("office/packs/xinjiang/designated_ports.csv", fs::read_to_string(confirmed).unwrap());
    LawBook::from_tables(tables).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Shows every table below `folder`, by its path below `root`.
pub fn collect(folder: &Path, root: &Path, take: &mut impl FnMut(String, String)) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, root, take);
            continue;
        }
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        if name.ends_with(".csv") || name.ends_with(".toml") {
            take(name, fs::read_to_string(&path).unwrap());
        }
    }
}
