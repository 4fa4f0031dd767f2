//! Settings of an office that are changed while it runs, each a JSON value under a name.

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, columns};
use crate::{Store, Version, Work};

/// A setting as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingRecord {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Version,
    /// Its value.
    pub value: serde_json::Value,
}

const ONE: &str = "SELECT name, version, value_json FROM setting WHERE name = $1";

impl SettingRecord {
    fn read(row: &Row) -> Result<SettingRecord, ReadError> {
        Ok(SettingRecord {
            name: row.text("name")?,
            version: Version(row.int("version")?),
            value: row.json("value_json")?,
        })
    }
}

impl Store {
    /// A setting, by its name.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn setting(&self, name: &str) -> Result<Option<SettingRecord>, ReadError> {
        self.pool.row(ONE, values![name]).await?.as_ref().map(SettingRecord::read).transpose()
    }
}

impl Work {
    /// Loads a setting and holds it.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn setting(&mut self, name: &str) -> Result<Option<SettingRecord>, ReadError> {
        self.head(ONE, values![name]).await?.as_ref().map(SettingRecord::read).transpose()
    }

    /// Saves a setting with the deed.
    pub fn put_setting(&mut self, setting: &SettingRecord) {
        self.collect(Write::Head {
            table: "setting",
            key: columns!["name" => &setting.name],
            version: setting.version,
            columns: columns!["value_json" => setting.value.to_string()],
            has_made_at: false,
        });
    }
}
