//! The text of every table of a book, by its path below `data/`.
//!
//! Source of truth: the files of `data/species`, `data/law` and `data/packs`. A table may be shipped with the
//! program or come from an office's own folder, which is laid over the shipped ones file by file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cites::EditionId;
use sha2::{Digest, Sha256};

/// The text of every table of a book, by its path below `data/`, such as `law/listings.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    texts: BTreeMap<Cow<'static, str>, Text>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Text {
    text: Cow<'static, str>,
    /// The SHA-256 of the table, where it is known.
    digest: Option<[u8; 32]>,
}

/// How the names of files end from which programs build tables. They are no part of a book.
const BUILDER_INPUTS: [&str; 4] = ["corrections", "additions", "placements", "update_numbers"];

impl Tables {
    /// The format of the tables: raised by one whenever a table or a column is added, taken away or means
    /// something else, so that a program never reads half of what another one kept.
    pub const FORMAT: u32 = 1;

    /// No table.
    pub fn new() -> Tables {
        Tables::default()
    }

    /// Whether a file below `data/` is a table of a book: CSV or TOML in `species`, `law` or a pack, and no
    /// input of the programs that build tables.
    pub fn is_table(path: &str) -> bool {
        let (folder, _) = path.split_once('/').unwrap_or(("", path));
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_kept = matches!(folder, "species" | "law" | "packs" | "office");
        let stem = name.strip_suffix(".csv").or_else(|| name.strip_suffix(".toml"));
        is_kept && stem.is_some_and(|stem| !BUILDER_INPUTS.iter().any(|end| stem.ends_with(end)))
    }

    /// Adds a table, or puts it in the place of the one with the same path.
    pub fn insert(&mut self, path: impl Into<Cow<'static, str>>, text: impl Into<Cow<'static, str>>) {
        self.texts.insert(path.into(), Text { text: text.into(), digest: None });
    }

    /// Adds a table whose digest is known. What nobody asks the program for, such as where a name comes from,
    /// may be left out of `text`; the digest is of the whole table.
    pub fn insert_known(&mut self, path: &'static str, text: &'static str, digest: [u8; 32]) {
        self.texts.insert(path.into(), Text { text: text.into(), digest: Some(digest) });
    }

    /// The text of a table.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(|text| &*text.text)
    }

    /// The SHA-256 of a table.
    pub fn digest(&self, path: &str) -> Option<[u8; 32]> {
        self.texts.get(path).map(Text::digest)
    }

    /// Every table, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (&**path, &*text.text))
    }

    /// The tables of a folder and of those below it, in the order of the paths.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        self.iter()
            .filter(move |(path, _)| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The edition: the SHA-256 of the path and the digest of every table, in the order of the paths.
    pub fn edition(&self) -> EditionId {
        let mut hash = Sha256::new();
        for (path, text) in &self.texts {
            // The length stands before the path, so that no two sets of tables hash alike.
            hash.update((path.len() as u64).to_le_bytes());
            hash.update(path.as_bytes());
            hash.update(text.digest());
        }
        EditionId(hash.finalize().into())
    }
}

impl Text {
    fn digest(&self) -> [u8; 32] {
        self.digest.unwrap_or_else(|| Sha256::digest(self.text.as_bytes()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edition_hangs_on_every_path_and_letter() {
        let of = |rows: &[(&'static str, &'static str)]| {
            let mut tables = Tables::new();
            rows.iter().for_each(|(path, text)| tables.insert(*path, *text));
            tables.edition()
        };
        let one = of(&[("law/a.csv", "x"), ("law/b.csv", "y")]);
        assert_eq!(one, of(&[("law/b.csv", "y"), ("law/a.csv", "x")]));
        for other in [of(&[("law/a.csv", "xy"), ("law/b.csv", "")]), of(&[("law/a.csv", "x")])] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn builder_inputs_are_no_tables() {
        for path in ["law/listings.csv", "species/taxa.csv", "packs/china/pack.toml", "law/rules/bars.toml"] {
            assert!(Tables::is_table(path), "{path}");
        }
        for path in [
            "law/corrections.csv",
            "codes/term.csv",
            "packs/china/placements.csv",
            "law/README.md",
            "cases/a.toml",
        ] {
            assert!(!Tables::is_table(path), "{path}");
        }
    }
}
