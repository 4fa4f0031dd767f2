//! Puts the tables of `data/` into the program, and stops the build where the law book has a fault.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use law::book::{LawBook, Tables};

/// The folders whose tables are a part of the book.
const FOLDERS: [&str; 3] = ["species", "law", "packs"];

fn main() -> Result<()> {
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").context("run by cargo")?);
    let data = here.join("../../data");
    let mut tables = Tables::new();
    println!("cargo::rerun-if-changed=build.rs");
    for folder in FOLDERS {
        collect(&data, folder, &mut tables)?;
    }
    let code = code(&tables)?;
    if let Err(faults) = LawBook::from_tables(tables) {
        for fault in &faults.0 {
            println!("cargo::error=data/{fault}");
        }
        // Cargo tells the faults; an answer must not rest on such a book.
        return Ok(());
    }
    let out = PathBuf::from(std::env::var("OUT_DIR").context("run by cargo")?);
    std::fs::write(out.join("tables.rs"), code).context("writing the list of tables")
}

/// Reads every table of a folder and of those below it. Folders are watched too, for files that come and go.
fn collect(data: &Path, folder: &str, tables: &mut Tables) -> Result<()> {
    let path = data.join(folder);
    println!("cargo::rerun-if-changed={}", path.display());
    let entries = std::fs::read_dir(&path).with_context(|| format!("reading `{}`", path.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(data, &name, tables)?;
        } else if Tables::is_table(&name) {
            println!("cargo::rerun-if-changed={}", entry.path().display());
            let text =
                std::fs::read_to_string(entry.path()).with_context(|| format!("reading `data/{name}`"))?;
            tables.insert(name, text);
        }
    }
    Ok(())
}

/// The source of the list of tables.
fn code(tables: &Tables) -> Result<String> {
    let mut code = String::from(
        "/// Every shipped table with its path below `data/`.\npub(crate) static SHIPPED: &[(&str, &str)] = &[\n",
    );
    for (path, _) in tables.iter() {
        writeln!(
            code,
            "    ({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),",
            format!("/../../data/{path}")
        )?;
    }
    writeln!(
        code,
        "];\n/// The edition of the shipped tables.\npub(crate) const EDITION: [u8; 32] = {:?};",
        tables.edition().0
    )?;
    Ok(code)
}
