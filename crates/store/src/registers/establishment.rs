//! Breeding operations, nurseries and scientific institutions, as their registers hold them.

use std::str::FromStr;

use cites::{Country, Day, EstablishmentId, OperatorId};

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Page, Place, Store, Version, Work};

/// What kind of establishment it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EstablishmentKind {
    /// It breeds animals of Appendix I for trade. Source: Art. VII 4 of the Convention, Res. Conf. 12.10 (Rev. CoP15).
    BreedingOperation,
    /// It propagates plants of Appendix I for trade. Source: Art. VII 4 of the Convention.
    Nursery,
    /// It exchanges specimens for science. Source: Art. VII 6 of the Convention, Res. Conf. 11.15.
    ScientificInstitution,
}

/// Why text is not an [`EstablishmentKind`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{written}` is no kind of establishment; write breeding-operation, nursery or scientific-institution"
)]
pub struct EstablishmentKindError {
    /// The text as written.
    pub written: String,
}

impl EstablishmentKind {
    /// Every kind.
    pub const ALL: [EstablishmentKind; 3] = [
        EstablishmentKind::BreedingOperation,
        EstablishmentKind::Nursery,
        EstablishmentKind::ScientificInstitution,
    ];

    /// The word of rows and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            EstablishmentKind::BreedingOperation => "breeding-operation",
            EstablishmentKind::Nursery => "nursery",
            EstablishmentKind::ScientificInstitution => "scientific-institution",
        }
    }
}

impl FromStr for EstablishmentKind {
    type Err = EstablishmentKindError;

    fn from_str(text: &str) -> Result<EstablishmentKind, EstablishmentKindError> {
        let found = EstablishmentKind::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| EstablishmentKindError { written: text.to_owned() })
    }
}

/// An establishment as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct EstablishmentRecord {
    /// Its id.
    pub id: EstablishmentId,
    /// Its version.
    pub version: Version,
    /// What kind it is.
    pub kind: EstablishmentKind,
    /// Its number in the register as written there; empty until it has one.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub country: Country,
    /// The operator that runs it, where it is one of the office's.
    pub operator: Option<OperatorId>,
    /// What else the register holds.
    pub content: serde_json::Value,
    /// The day of its registration.
    pub registered: Option<Day>,
    /// The day on which it was taken out of the register.
    pub ended: Option<Day>,
}

const COLUMNS: &str = "SELECT id, version, kind, number, name, country, operator, content_json, registered_on, \
    ended_on FROM establishment";
const ONE: &str = "SELECT id, version, kind, number, name, country, operator, content_json, registered_on, \
    ended_on FROM establishment WHERE id = $1";

const NUMBERED: &str = "SELECT id, version, kind, number, name, country, operator, content_json, registered_on, \
    ended_on FROM establishment WHERE kind = $1 AND country = $2 AND number = $3 ORDER BY id";

impl EstablishmentRecord {
    /// Where it stands in the list of its kind, for a list that goes on behind it.
    pub fn place(&self) -> Place {
        Place::new(self.name.clone(), self.id.to_string())
    }

    fn read(row: &Row) -> Result<EstablishmentRecord, ReadError> {
        Ok(EstablishmentRecord {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            kind: row.parsed("kind")?,
            number: row.text("number")?,
            name: row.text("name")?,
            country: row.parsed("country")?,
            operator: row.maybe_parsed("operator")?,
            content: row.json("content_json")?,
            registered: row.maybe_parsed("registered_on")?,
            ended: row.maybe_parsed("ended_on")?,
        })
    }
}

impl Store {
    /// One establishment, by its key.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn establishment(&self, id: EstablishmentId) -> Result<Option<EstablishmentRecord>, ReadError> {
        self.pool.row(ONE, values![id]).await?.as_ref().map(EstablishmentRecord::read).transpose()
    }

    /// The establishments of a kind and country with a number, by the index of numbers.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn establishments_numbered(
        &self,
        kind: EstablishmentKind,
        country: Country,
        number: &str,
    ) -> Result<Vec<EstablishmentRecord>, ReadError> {
        let rows = self.pool.rows(NUMBERED, values![kind.as_str(), country.to_string(), number]).await?;
        all(&rows, EstablishmentRecord::read)
    }

    /// The establishments that an operator runs, by its index.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn establishments_of(
        &self,
        operator: OperatorId,
    ) -> Result<Vec<EstablishmentRecord>, ReadError> {
        let sql = format!("{COLUMNS} WHERE operator = $1 ORDER BY id");
        all(&self.pool.rows(sql, values![operator]).await?, EstablishmentRecord::read)
    }

    /// Establishments of a kind by name, `most` at a time; by the index of names.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn establishments(
        &self,
        kind: EstablishmentKind,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<EstablishmentRecord>, ReadError> {
        let sql = format!("{COLUMNS} WHERE kind = $1 AND (name, id) > ($2, $3) ORDER BY name, id LIMIT $4");
        let (name, id) = after.map_or(("", ""), Place::both);
        let row = values![kind.as_str(), name, id, i64::from(most) + 1];
        let found = all(&self.pool.rows(sql, row).await?, EstablishmentRecord::read)?;
        Ok(Page::cut(found, most, EstablishmentRecord::place))
    }
}

impl Work {
    /// Loads an establishment and holds it.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn establishment(
        &mut self,
        id: EstablishmentId,
    ) -> Result<Option<EstablishmentRecord>, ReadError> {
        self.head(ONE, values![id]).await?.as_ref().map(EstablishmentRecord::read).transpose()
    }

    /// Loads the establishments of a kind and country with a number; they are not held.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn establishments_numbered(
        &mut self,
        kind: EstablishmentKind,
        country: Country,
        number: &str,
    ) -> Result<Vec<EstablishmentRecord>, ReadError> {
        let rows = self.seen(NUMBERED, values![kind.as_str(), country.to_string(), number]).await?;
        all(&rows, EstablishmentRecord::read)
    }

    /// Saves an establishment with the deed.
    pub fn put_establishment(&mut self, establishment: &EstablishmentRecord) {
        self.collect(Write::Head {
            table: "establishment",
            key: columns!["id" => establishment.id],
            version: establishment.version,
            columns: columns![
                "kind" => establishment.kind.as_str(),
                "number" => &establishment.number,
                "name" => &establishment.name,
                "country" => establishment.country.to_string(),
                "operator" => establishment.operator,
                "content_json" => establishment.content.to_string(),
                "registered_on" => establishment.registered,
                "ended_on" => establishment.ended,
            ],
            has_made_at: false,
        });
    }
}
