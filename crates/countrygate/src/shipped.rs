//! The law book: the tables that are part of the program, and the folder that may be laid over them.

use std::path::Path;

use anyhow::{Context, Result, bail};
use cites::EditionId;
use law::book::{LawBook, Tables};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The shipped tables, which were checked when the program was built.
pub fn shipped() -> Tables {
    let mut tables = Tables::new();
    for (path, text, digest) in SHIPPED {
        tables.insert_known(path, text, *digest);
    }
    tables
}

/// The edition of the shipped tables.
pub fn edition() -> EditionId {
    EditionId(EDITION)
}

/// The shipped tables with every column, which a start leaves out where it is for readers only.
///
/// # Errors
/// The program is damaged.
pub fn whole() -> Result<Tables> {
    let (_, tables) =
        crate::editions::file::read(KEPT).context("the program is damaged; install it again")?;
    Ok(tables)
}

/// The law book, with the tables of `folder` over the shipped ones, file by file.
///
/// # Errors
/// The folder cannot be read, holds no table, or the tables together are no sound book.
pub fn book(folder: Option<&Path>) -> Result<LawBook> {
    let tables = tables(folder)?;
    let Some(folder) = folder else {
        return LawBook::open(tables, edition())
            .context("the shipped law book is damaged; install the program again");
    };
    LawBook::from_tables(tables)
        .with_context(|| format!("the law book in `{}` does not load", folder.display()))
}

/// The shipped tables with those of `folder` over them, not yet looked at.
///
/// # Errors
/// The folder cannot be read, or holds no table.
pub fn tables(folder: Option<&Path>) -> Result<Tables> {
    let mut tables = shipped();
    let Some(folder) = folder else { return Ok(tables) };
    let laid = lay_over(&mut tables, folder, "")
        .with_context(|| format!("reading the law book in `{}`", folder.display()))?;
    if laid == 0 {
        bail!(
            "`{}` holds no table of a law book; it should hold folders such as `law` or `office`",
            folder.display()
        );
    }
    Ok(tables)
}

/// A table that no book of this program has.
pub fn unknown(tables: &Tables) -> Option<&str> {
    let known = shipped();
    tables.iter().map(|(path, _)| path).find(|path| !has_place(&known, path))
}

/// Whether a table of that path can be laid over: a shipped one, or one of a folder to which tables are added.
fn has_place(tables: &Tables, path: &str) -> bool {
    let may_be_new = ["office/", "packs/", "law/rules/"];
    tables.get(path).is_some() || may_be_new.iter().any(|folder| path.starts_with(folder))
}

/// The longest table of a book: the longest that is shipped has 1.5 MB.
pub const TABLE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// How deep folders of a book may lie in each other: `office/packs/china` are three.
pub const FOLDERS_DEEP_MAX: usize = 4;

/// Puts every table of a folder over the shipped one of the same path; how many there were.
fn lay_over(tables: &mut Tables, folder: &Path, below: &str) -> Result<usize> {
    if below.split('/').count() > FOLDERS_DEEP_MAX {
        bail!("`{below}` lies deeper than {FOLDERS_DEEP_MAX} folders within folders; a book has none there");
    }
    let mut laid = 0;
    let here = folder.join(below);
    for entry in
        std::fs::read_dir(&here).with_context(|| format!("opening the folder `{}`", here.display()))?
    {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            laid += lay_over(tables, folder, &path)?;
        } else if Tables::is_table(&path) {
            if !has_place(tables, &path) {
                bail!(
                    "`{path}` takes the place of no table; give it the path of the shipped one, or leave it out"
                );
            }
            let bytes = crate::files::read_regular(&entry.path(), TABLE_BYTES_MAX)
                .with_context(|| format!("reading `{}`", entry.path().display()))?;
            let text = crate::text::whole(&bytes)
                .with_context(|| format!("reading `{}`", entry.path().display()))?;
            tables.insert(path, text.into_owned());
            laid += 1;
        }
    }
    Ok(laid)
}
