//! Puts the tables of `data/` into the program, and stops the build where the law book has a fault.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use law::book::{LawBook, Tables};

#[expect(dead_code, reason = "the build only writes; the program reads")]
#[path = "src/editions/file.rs"]
mod edition_file;

/// The folders whose tables are a part of the book.
const FOLDERS: [&str; 3] = ["species", "law", "packs"];

fn main() -> Result<()> {
    let here = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").context("run by cargo")?);
    let data = here.join("../../data");
    let mut tables = Tables::new();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/editions/file.rs");
    for folder in FOLDERS {
        collect(&data, folder, &mut tables)?;
    }
    let out = PathBuf::from(std::env::var("OUT_DIR").context("run by cargo")?);
    let code = code(&tables, &out)?;
    let kept = edition_file::write(&tables, env!("CARGO_PKG_VERSION")).context("packing the edition")?;
    std::fs::write(out.join("shipped.cge"), kept).context("writing the shipped edition")?;
    if let Err(faults) = LawBook::from_tables(tables) {
        for fault in &faults.0 {
            println!("cargo::error=data/{fault}");
        }
        // Cargo tells the faults; an answer must not rest on such a book.
        return Ok(());
    }
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

/// Tables of which one column is for readers of the file only, and is left out of the program.
const WITHOUT_SOURCE: [&str; 3] = ["species/taxa.csv", "species/synonyms.csv", "species/vernacular.csv"];

/// The source of the list of tables.
fn code(tables: &Tables, out: &Path) -> Result<String> {
    let mut code = String::from(
        "/// Every shipped table: its path below `data/`, its text and its digest.\npub(crate) static SHIPPED: &[(&str, &str, [u8; 32])] = &[\n",
    );
    for (path, text) in tables.iter() {
        let digest = tables.digest(path).context("the table was just read")?;
        let file = if WITHOUT_SOURCE.contains(&path) {
            let name = path.replace('/', "-");
            std::fs::write(out.join(&name), without_source(text)?)
                .with_context(|| format!("writing `{name}`"))?;
            format!("concat!(env!(\"OUT_DIR\"), {:?})", format!("/{name}"))
        } else {
            format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?})", format!("/../../data/{path}"))
        };
        writeln!(code, "    ({path:?}, include_str!({file}), {digest:?}),")?;
    }
    writeln!(
        code,
        "];\n/// The edition of the shipped tables.\npub(crate) const EDITION: [u8; 32] = {:?};\n\
         /// The shipped tables, whole, as the file of their edition.\n\
         pub(crate) static KEPT: &[u8] = include_bytes!(concat!(env!(\"OUT_DIR\"), \"/shipped.cge\"));",
        tables.edition().0
    )?;
    Ok(code)
}

/// The table with an empty column `source`: a start reads every byte of it.
fn without_source(text: &str) -> Result<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers()?.clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header)?;
    for row in reader.records() {
        let row = row?;
        let cells = header.iter().zip(&row).map(|(column, cell)| if column == "source" { "" } else { cell });
        writer.write_record(cells)?;
    }
    String::from_utf8(writer.into_inner()?).context("a table is UTF-8")
}
