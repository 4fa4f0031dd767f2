//! The shipped law book, read from the tables of the tree.

use std::path::Path;

use law::book::{LawBook, Tables};

/// The law book of the tree.
pub fn book() -> LawBook {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut tables = Tables::new();
    for folder in ["species", "law", "packs"] {
        collect(&data, folder, &mut tables);
    }
    LawBook::from_tables(tables).unwrap()
}

fn collect(data: &Path, folder: &str, tables: &mut Tables) {
    for entry in std::fs::read_dir(data.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(data, &name, tables);
        } else if Tables::is_table(&name) {
            tables.insert(name, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}
