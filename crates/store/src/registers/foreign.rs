//! Papers of other countries that were seen: one row an issuer and number, and every use that was made of them.

use access::Instant;
use cites::{Country, Day, ForeignPaperId, Kingdom, Quantity};

use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Page, Place, Store, Version, Work};

/// A paper of another country.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignPaperRecord {
    /// Its id.
    pub id: ForeignPaperId,
    /// Its version.
    pub version: Version,
    /// The State that issued it.
    pub issuer: Country,
    /// Its number, folded by whoever reads it, so that one paper has one number.
    pub number: String,
    /// What paper it is, as it was read.
    pub kind: String,
    /// The day of issue.
    pub issued: Option<Day>,
    /// The last day on which it is good.
    pub last_day: Option<Day>,
    /// What else is written on it, with its number as written.
    pub content: serde_json::Value,
}

/// A line of a paper of another country.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignLine {
    /// Its number on the paper, from 1.
    pub line: u32,
    /// The taxon, by kingdom and accepted scientific name, where it was told.
    pub taxon: Option<(Kingdom, String)>,
    /// How much it authorises.
    pub quantity: Quantity,
    /// What else is written in it.
    pub content: serde_json::Value,
}

/// A use of a line that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignUse {
    /// The line; one that the paper does not have is kept too, since it is a finding.
    pub line: u32,
    /// How much, in the unit in which it was told.
    pub quantity: Quantity,
    /// The day.
    pub day: Day,
    /// The port or office.
    pub port: Option<String>,
    /// The consignment.
    pub reference: Option<String>,
    /// When it was entered; the database sets it.
    pub at: Instant,
}

const COLUMNS: &str =
    "SELECT id, version, issuer, number, kind, issued_on, last_day, content_json FROM foreign_paper";
const BY_NUMBER: &str = "SELECT id, version, issuer, number, kind, issued_on, last_day, content_json \
    FROM foreign_paper WHERE issuer = $1 AND number = $2";
const LINES: &str = "SELECT line, kingdom, taxon, unit, millionths, content_json FROM foreign_paper_line \
    WHERE paper = $1 ORDER BY line";
const USES: &str = "SELECT line, unit, millionths, day, port, reference, at FROM foreign_paper_use \
    WHERE paper = $1 ORDER BY at, event, place";

fn quantity(row: &Row) -> Result<Quantity, ReadError> {
    let millionths = row.count("millionths")?;
    Quantity::from_millionths(millionths, row.parsed("unit")?).ok_or_else(|| ReadError::Unreadable {
        column: "millionths".to_owned(),
        source: "more than can be counted".into(),
    })
}

fn line_number(row: &Row) -> Result<u32, ReadError> {
    let too_high = |error| ReadError::Unreadable { column: "line".to_owned(), source: Box::new(error) };
    u32::try_from(row.count("line")?).map_err(too_high)
}

impl ForeignPaperRecord {
    fn read(row: &Row) -> Result<ForeignPaperRecord, ReadError> {
        Ok(ForeignPaperRecord {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            issuer: row.parsed("issuer")?,
            number: row.text("number")?,
            kind: row.text("kind")?,
            issued: row.maybe_parsed("issued_on")?,
            last_day: row.maybe_parsed("last_day")?,
            content: row.json("content_json")?,
        })
    }
}

impl ForeignLine {
    fn read(row: &Row) -> Result<ForeignLine, ReadError> {
        Ok(ForeignLine {
            line: line_number(row)?,
            taxon: row.maybe_parsed("kingdom")?.zip(row.maybe_text("taxon")?),
            quantity: quantity(row)?,
            content: row.json("content_json")?,
        })
    }
}

impl ForeignUse {
    fn read(row: &Row) -> Result<ForeignUse, ReadError> {
        Ok(ForeignUse {
            line: line_number(row)?,
            quantity: quantity(row)?,
            day: row.parsed("day")?,
            port: row.maybe_text("port")?,
            reference: row.maybe_text("reference")?,
            at: row.instant("at")?,
        })
    }
}

impl Store {
    /// The paper of an issuer with a folded number, by the index of numbers.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn foreign_paper(
        &self,
        issuer: Country,
        number: &str,
    ) -> Result<Option<ForeignPaperRecord>, ReadError> {
        let row = self.pool.row(BY_NUMBER, values![issuer.to_string(), number]).await?;
        row.as_ref().map(ForeignPaperRecord::read).transpose()
    }

    /// A paper by its key.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn foreign_paper_of(
        &self,
        id: ForeignPaperId,
    ) -> Result<Option<ForeignPaperRecord>, ReadError> {
        let row = self.pool.row(format!("{COLUMNS} WHERE id = $1"), values![id]).await?;
        row.as_ref().map(ForeignPaperRecord::read).transpose()
    }

    /// Papers by issuer and number, `most` at a time, of one issuer where it is told; by the index of numbers.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn foreign_papers(
        &self,
        issuer: Option<Country>,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<ForeignPaperRecord>, ReadError> {
        let (from, number) = after.map_or(("", ""), Place::both);
        let limit = i64::from(most) + 1;
        let rows = match issuer {
            None => {
                let sql =
                    format!("{COLUMNS} WHERE (issuer, number) > ($1, $2) ORDER BY issuer, number LIMIT $3");
                self.pool.rows(sql, values![from, number, limit]).await?
            }
            Some(issuer) => {
                let sql = format!("{COLUMNS} WHERE issuer = $1 AND number > $2 ORDER BY number LIMIT $3");
                self.pool.rows(sql, values![issuer.to_string(), number, limit]).await?
            }
        };
        let found = all(&rows, ForeignPaperRecord::read)?;
        Ok(Page::cut(found, most, |paper| Place::new(paper.issuer.to_string(), paper.number.clone())))
    }

    /// The lines of a paper, by the key.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn foreign_lines(&self, paper: ForeignPaperId) -> Result<Vec<ForeignLine>, ReadError> {
        all(&self.pool.rows(LINES, values![paper]).await?, ForeignLine::read)
    }

    /// The uses of a paper in the order in which they were entered, by its index.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn foreign_uses(&self, paper: ForeignPaperId) -> Result<Vec<ForeignUse>, ReadError> {
        all(&self.pool.rows(USES, values![paper]).await?, ForeignUse::read)
    }

    /// What was used of each line of a paper, one sum for each unit in which it was told; summed over its index.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn foreign_used(&self, paper: ForeignPaperId) -> Result<Vec<(u32, Quantity)>, ReadError> {
        let sql = "SELECT line, unit, CAST(SUM(millionths) AS BIGINT) AS millionths FROM foreign_paper_use \
            WHERE paper = $1 GROUP BY line, unit ORDER BY line, unit";
        all(&self.pool.rows(sql, values![paper]).await?, |row| Ok((line_number(row)?, quantity(row)?)))
    }
}

impl Work {
    /// Loads the paper of an issuer with a folded number and holds it, so that of two uses at one time one sees the
    /// other.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn foreign_paper(
        &mut self,
        issuer: Country,
        number: &str,
    ) -> Result<Option<ForeignPaperRecord>, ReadError> {
        let row = self.head(BY_NUMBER, values![issuer.to_string(), number]).await?;
        row.as_ref().map(ForeignPaperRecord::read).transpose()
    }

    /// Loads the lines of a paper that the deed holds.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn foreign_lines(&mut self, paper: ForeignPaperId) -> Result<Vec<ForeignLine>, ReadError> {
        all(&self.seen(LINES, values![paper]).await?, ForeignLine::read)
    }

    /// Loads the uses of a paper that the deed holds.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn foreign_uses(&mut self, paper: ForeignPaperId) -> Result<Vec<ForeignUse>, ReadError> {
        all(&self.seen(USES, values![paper]).await?, ForeignUse::read)
    }

    /// Saves a paper with the deed. One that somebody entered meanwhile is
    /// [`DatabaseError::Taken`](crate::DatabaseError::Taken).
    pub fn put_foreign_paper(&mut self, paper: &ForeignPaperRecord) {
        self.collect(Write::Head {
            table: "foreign_paper",
            key: columns!["id" => paper.id],
            version: paper.version,
            columns: columns![
                "issuer" => paper.issuer.to_string(),
                "number" => &paper.number,
                "kind" => &paper.kind,
                "issued_on" => paper.issued,
                "last_day" => paper.last_day,
                "content_json" => paper.content.to_string(),
            ],
            has_made_at: true,
        });
    }

    /// Saves a line of a new paper with the deed, after the paper.
    pub fn put_foreign_line(&mut self, paper: ForeignPaperId, line: &ForeignLine) {
        let taxon = line.taxon.as_ref();
        self.collect(Write::Row {
            table: "foreign_paper_line",
            columns: columns![
                "paper" => paper,
                "line" => line.line,
                "kingdom" => taxon.map(|(kingdom, _)| kingdom.as_str()),
                "taxon" => taxon.map(|(_, name)| name.as_str()),
                "unit" => line.quantity.unit.to_string(),
                "millionths" => line.quantity.millionths(),
                "content_json" => line.content.to_string(),
            ],
        });
    }

    /// Enters a use of a paper with the deed.
    pub fn enter_foreign_use(&mut self, paper: ForeignPaperId, seen: &ForeignUse) {
        self.collect(Write::Entry {
            table: "foreign_paper_use",
            columns: columns![
                "paper" => paper,
                "line" => seen.line,
                "unit" => seen.quantity.unit.to_string(),
                "millionths" => seen.quantity.millionths(),
                "day" => seen.day,
                "port" => &seen.port,
                "reference" => &seen.reference,
            ],
        });
    }
}
