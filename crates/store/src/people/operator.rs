//! Operators: who applies and holds permits; and who acts for them.

use cites::{AgencyId, Country, OperatorId, UserId};

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Page, Place, Sight, Store, Version, Work};

/// An operator as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct OperatorRecord {
    /// Its id.
    pub id: OperatorId,
    /// Its version.
    pub version: Version,
    /// Its name as it writes it.
    pub name: String,
    /// Where it is.
    pub country: Country,
    /// Its address.
    pub address: String,
    /// The office that keeps its record.
    pub agency: Option<AgencyId>,
    /// What else the register holds, in the form of whoever reads it.
    pub content: serde_json::Value,
}

const COLUMNS: &str =
    "SELECT o.id, o.version, o.name, o.country, o.address, o.agency, o.content_json FROM operator o";

impl OperatorRecord {
    fn read(row: &Row) -> Result<OperatorRecord, ReadError> {
        Ok(OperatorRecord {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            name: row.text("name")?,
            country: row.parsed("country")?,
            address: row.text("address")?,
            agency: row.maybe_parsed("agency")?,
            content: row.json("content_json")?,
        })
    }
}

impl Store {
    /// One operator, by its key.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn operator(&self, id: OperatorId) -> Result<Option<OperatorRecord>, ReadError> {
        let row = self.pool.row(format!("{COLUMNS} WHERE o.id = $1"), values![id]).await?;
        row.as_ref().map(OperatorRecord::read).transpose()
    }

    /// The operators that somebody may see, by name, `most` at a time. The index of names gives order and beginning.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn operators(
        &self,
        sight: &Sight,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<OperatorRecord>, ReadError> {
        let sql = format!(
            "{COLUMNS} WHERE (o.name, o.id) > ($1, $2) AND ($3 = 1 OR o.agency = $4 OR EXISTS \
                (SELECT 1 FROM operator_agent g WHERE g.operator = o.id AND g.account = $5)) \
                ORDER BY o.name, o.id LIMIT $6"
        );
        let (order, id) = after.map_or(("", ""), Place::both);
        let asked = values![order, id, i64::from(sight.all), sight.agency, sight.own, i64::from(most) + 1];
        let operators = all(&self.pool.rows(sql, asked).await?, OperatorRecord::read)?;
        Ok(Page::cut(operators, most, |operator| Place::new(operator.name.clone(), operator.id.to_string())))
    }

    /// The operators that an account acts for, by name; by the index of the account.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn operators_of(&self, account: UserId) -> Result<Vec<OperatorRecord>, ReadError> {
        let sql = format!(
            "{COLUMNS} JOIN operator_agent g ON g.operator = o.id WHERE g.account = $1 ORDER BY o.name, o.id"
        );
        all(&self.pool.rows(sql, values![account]).await?, OperatorRecord::read)
    }

    /// The accounts that act for an operator, by the key.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn agents_of(&self, operator: OperatorId) -> Result<Vec<UserId>, ReadError> {
        let sql = "SELECT account FROM operator_agent WHERE operator = $1 ORDER BY account";
        let rows = self.pool.rows(sql, values![operator]).await?;
        rows.iter().map(|row| row.parsed("account")).collect()
    }
}

impl Work {
    /// Loads an operator and holds it.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn operator(&mut self, id: OperatorId) -> Result<Option<OperatorRecord>, ReadError> {
        let sql =
            "SELECT id, version, name, country, address, agency, content_json FROM operator WHERE id = $1";
        self.head(sql, values![id]).await?.as_ref().map(OperatorRecord::read).transpose()
    }

    /// Saves an operator with the deed.
    pub fn put_operator(&mut self, operator: &OperatorRecord) {
        self.collect(Write::Head {
            table: "operator",
            key: columns!["id" => operator.id],
            version: operator.version,
            columns: columns![
                "name" => &operator.name,
                "country" => operator.country.to_string(),
                "address" => &operator.address,
                "agency" => operator.agency,
                "content_json" => operator.content.to_string(),
            ],
            has_made_at: true,
        });
    }

    /// Has an account act for an operator, from the deed on. Its sessions change their tokens. Where it does so
    /// already, the deed is not saved: [`DatabaseError::Taken`](crate::DatabaseError::Taken).
    pub fn appoint(&mut self, operator: OperatorId, account: UserId) {
        self.collect(Write::ChangeAt {
            sql: "INSERT INTO operator_agent (operator, account, since_at) VALUES ($1, $2, $3)",
            values: values![operator, account],
            rows: Some(1),
        });
        self.raise_rights(account);
    }

    /// Has an account act for an operator no more. Where it did not, the deed is not saved.
    pub fn dismiss(&mut self, operator: OperatorId, account: UserId) {
        self.collect(Write::Change {
            sql: "DELETE FROM operator_agent WHERE operator = $1 AND account = $2",
            values: values![operator, account],
            rows: Some(1),
        });
        self.raise_rights(account);
    }
}
