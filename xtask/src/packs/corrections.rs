//! What is wrong in a transcription of a national list, and what is right: `list_corrections.csv`.
//!
//! A correction names the row by the scientific name as listed, the field, the value and the reason. One
//! that fits no row is an error: either the transcription was mended or the correction is mistaken.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, ensure};

use super::table;

/// The corrections, by kingdom, name as listed and field.
pub struct Corrections {
    values: BTreeMap<(String, String, String), (String, bool)>,
}

impl Corrections {
    /// Reads the table.
    ///
    /// # Errors
    /// The table cannot be read, or lacks a reason or a source in some row.
    pub fn read(path: &Path) -> Result<Self> {
        let mut values = BTreeMap::new();
        for row in table::rows(path)? {
            let key = (row.get("kingdom"), row.get("as_listed"), row.get("field"));
            let (kingdom, listed, field) = &key;
            let told = !row.get("reason").is_empty() && !row.get("source").is_empty();
            ensure!(told, "the correction of {field} of `{listed}` ({kingdom}) lacks a reason or a source");
            let again = values.insert(key.clone(), (row.get("value"), false));
            ensure!(again.is_none(), "two corrections of {field} of `{listed}` ({kingdom})");
        }
        Ok(Self { values })
    }

    /// The right value of `field` in the row of `listed`, where there is a correction.
    pub fn value(&mut self, kingdom: &str, listed: &str, field: &str) -> Option<String> {
        let key = (kingdom.to_owned(), listed.to_owned(), field.to_owned());
        let (value, used) = self.values.get_mut(&key)?;
        *used = true;
        Some(value.clone())
    }

    /// Checks that every correction fitted a row.
    ///
    /// # Errors
    /// Names the corrections that did not.
    pub fn all_used(&self) -> Result<()> {
        let idle = self.values.iter().filter(|(_, (_, used))| !used);
        let idle: Vec<String> =
            idle.map(|((_, listed, field), _)| format!("{field} of `{listed}`")).collect();
        ensure!(idle.is_empty(), "corrections that fit no row: {}", idle.join(", "));
        Ok(())
    }
}
