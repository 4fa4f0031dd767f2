//! Agencies.

use access::{Agency, Authority};
use cites::AgencyId;

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Store, Version, Work};

/// An agency as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyRecord {
    /// Its version.
    pub version: Version,
    /// What it is.
    pub agency: Agency,
}

const ONE: &str = "SELECT id, version, name, authorities, source FROM agency WHERE id = $1";

impl AgencyRecord {
    fn read(row: &Row) -> Result<AgencyRecord, ReadError> {
        let agency = Agency {
            id: row.parsed("id")?,
            name: row.text("name")?,
            authorities: row.word("authorities", authorities)?,
            source: row.maybe_text("source")?,
        };
        Ok(AgencyRecord { version: Version(row.int("version")?), agency })
    }
}

fn authorities(words: &str) -> Option<Vec<Authority>> {
    words.split_whitespace().map(Authority::from_word).collect()
}

impl Store {
    /// All agencies by name. There are some dozen of them; the index of names gives their order.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn agencies(&self) -> Result<Vec<AgencyRecord>, ReadError> {
        let sql = "SELECT id, version, name, authorities, source FROM agency ORDER BY name";
        all(&self.pool.rows(sql, values![]).await?, AgencyRecord::read)
    }

    /// One agency, by its key.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn agency(&self, id: AgencyId) -> Result<Option<AgencyRecord>, ReadError> {
        self.pool.row(ONE, values![id]).await?.as_ref().map(AgencyRecord::read).transpose()
    }
}

impl Work {
    /// Loads an agency and holds it.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn agency(&mut self, id: AgencyId) -> Result<Option<AgencyRecord>, ReadError> {
        self.head(ONE, values![id]).await?.as_ref().map(AgencyRecord::read).transpose()
    }

    /// Saves an agency with the deed.
    pub fn put_agency(&mut self, record: &AgencyRecord) {
        let agency = &record.agency;
        let words: Vec<&str> = agency.authorities.iter().map(|authority| authority.as_str()).collect();
        self.collect(Write::Head {
            table: "agency",
            key: columns!["id" => agency.id],
            version: record.version,
            columns: columns![
                "name" => &agency.name,
                "authorities" => words.join(" "),
                "source" => &agency.source,
            ],
            has_made_at: false,
        });
    }
}
