//! Facts that a person read where no download holds them in a form a program can read.
//!
//! Source of truth: `data/law/bars_additions.toml`. A row has the columns of its table, and may name the rows
//! of the downloads that it replaces.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::table::Cells;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Additions {
    #[serde(default)]
    pub suspension: Vec<Addition>,
    #[serde(default)]
    pub quota: Vec<Addition>,
    #[serde(default)]
    pub reservation: Vec<Addition>,
    /// Rows of the downloads that are left out, each with the reason.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
}

/// A row, and what it replaces.
#[derive(Deserialize)]
pub struct Addition {
    /// Keys of rows of the downloads, as the builders print them.
    #[serde(default)]
    pub replaces: Vec<String>,
    /// The cells by column.
    #[serde(flatten)]
    pub cells: Cells,
}

/// A row of a download that is left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    pub key: String,
    pub reason: String,
}

impl Additions {
    /// Reads the file.
    ///
    /// # Errors
    /// It is missing, or no TOML of this shape.
    pub fn read(data: &Path) -> Result<Additions> {
        let file = data.join("law/bars_additions.toml");
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading `{}`", file.display()))?;
        toml::from_str(&text).with_context(|| format!("reading `{}`", file.display()))
    }

    /// Why a row of a download is left out, where it is.
    pub fn reason_to_leave_out(&self, key: &str) -> Option<&str> {
        self.left_out.iter().find(|left| left.key == key).map(|left| left.reason.as_str())
    }
}

/// The keys that the rows replace, each of which must be met once.
pub struct Replaced {
    keys: BTreeSet<String>,
    met: BTreeSet<String>,
}

impl Replaced {
    /// The keys of `rows`.
    pub fn of(rows: &[Addition]) -> Replaced {
        Replaced {
            keys: rows.iter().flat_map(|row| row.replaces.iter().cloned()).collect(),
            met: BTreeSet::new(),
        }
    }

    /// Whether a row with this key is replaced.
    pub fn has(&mut self, key: &str) -> bool {
        let has = self.keys.contains(key);
        if has {
            self.met.insert(key.to_owned());
        }
        has
    }

    /// Refuses a key that no row of the downloads has.
    ///
    /// # Errors
    /// A key was never met.
    pub fn all_met(&self) -> Result<()> {
        match self.keys.difference(&self.met).next() {
            Some(key) => {
                bail!("bars_additions.toml replaces `{key}`, which no download has; correct the key")
            }
            None => Ok(()),
        }
    }
}
