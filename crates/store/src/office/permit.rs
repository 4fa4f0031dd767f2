//! Permits.

use access::{Owner, Thing};
use cites::{AgencyId, ApplicationId, Day, DocumentKind, EditionId, OperatorId, PermitId};
use permits::application::{Live, Permit};

use super::number::serial;
use super::quota::year;
use crate::executor::{ReadError, Row, values};
use crate::work::{Write, columns};
use crate::{Store, Version, Work};

/// The place of a number in an office's series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// The year.
    pub year: i16,
    /// The serial number of the year, from 1.
    pub serial: u32,
}

/// A permit or certificate of the office.
#[derive(Debug, Clone, PartialEq)]
pub struct PermitRecord {
    /// Its id.
    pub id: PermitId,
    /// Its version.
    pub version: Version,
    /// Its number, as it is printed.
    pub number: String,
    /// The place of its number in the series; `None` of a permit that was taken over from elsewhere.
    pub series: Option<Series>,
    /// The office that issued it.
    pub office: AgencyId,
    /// What paper it is.
    pub kind: DocumentKind,
    /// The application it was issued on; `None` of a permit that was taken over.
    pub application: Option<ApplicationId>,
    /// Who holds it.
    pub operator: OperatorId,
    /// Its state.
    pub state: Permit,
    /// The day of issue.
    pub issued: Day,
    /// The last day on which it is good.
    pub last_day: Day,
    /// The permit that it replaces.
    pub replaces: Option<PermitId>,
    /// The edition of the law book of the decision.
    pub edition: Option<EditionId>,
    /// What is printed on it, in the form of whoever reads it.
    pub face: serde_json::Value,
}

/// A permit as it stands in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct PermitSummary {
    /// Its id.
    pub id: PermitId,
    /// Its version.
    pub version: Version,
    /// Its number.
    pub number: String,
    /// The office that issued it.
    pub office: AgencyId,
    /// What paper it is.
    pub kind: DocumentKind,
    /// The application it was issued on.
    pub application: Option<ApplicationId>,
    /// Who holds it.
    pub operator: OperatorId,
    /// Its state, of which the word depends on the day.
    pub state: Permit,
    /// The day of issue.
    pub issued: Day,
    /// The last day on which it is good.
    pub last_day: Day,
}

const COLUMNS: &str = "SELECT id, version, number, office, year, serial, kind, application, operator, state_json, \
    issued_on, last_day, replaces, edition, face_json FROM permit";
const ONE: &str = "SELECT id, version, number, office, year, serial, kind, application, operator, state_json, \
    issued_on, last_day, replaces, edition, face_json FROM permit WHERE id = $1";
pub(super) const SUMMARY: &str = "p.id, p.version, p.number, p.office, p.kind, p.application, p.operator, \
    p.state_json, p.issued_on, p.last_day";

impl PermitRecord {
    fn read(row: &Row) -> Result<PermitRecord, ReadError> {
        let series = match row.maybe_int("serial")? {
            Some(_) => Some(Series { year: year(row, "year")?, serial: serial(row.count("serial")?)? }),
            None => None,
        };
        Ok(PermitRecord {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            number: row.text("number")?,
            series,
            office: row.parsed("office")?,
            kind: row.parsed("kind")?,
            application: row.maybe_parsed("application")?,
            operator: row.parsed("operator")?,
            state: row.json("state_json")?,
            issued: row.parsed("issued_on")?,
            last_day: row.parsed("last_day")?,
            replaces: row.maybe_parsed("replaces")?,
            edition: row.maybe_parsed("edition")?,
            face: row.json("face_json")?,
        })
    }

    /// What `access` is asked about, as far as the permit says; who was let in and who did which step is in its
    /// application.
    pub fn thing(&self) -> Thing {
        Thing { owner: Owner::Operator(self.operator), charge: Some(self.office), ..Thing::default() }
    }
}

impl PermitSummary {
    pub(super) fn read(row: &Row) -> Result<PermitSummary, ReadError> {
        Ok(PermitSummary {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            number: row.text("number")?,
            office: row.parsed("office")?,
            kind: row.parsed("kind")?,
            application: row.maybe_parsed("application")?,
            operator: row.parsed("operator")?,
            state: row.json("state_json")?,
            issued: row.parsed("issued_on")?,
            last_day: row.parsed("last_day")?,
        })
    }
}

impl Store {
    /// One permit, by its key.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn permit(&self, id: PermitId) -> Result<Option<PermitRecord>, ReadError> {
        self.pool.row(ONE, values![id]).await?.as_ref().map(PermitRecord::read).transpose()
    }

    /// The permit that bears a number, by the index of numbers.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn permit_by_number(&self, number: &str) -> Result<Option<PermitRecord>, ReadError> {
        let row = self.pool.row(format!("{COLUMNS} WHERE number = $1"), values![number]).await?;
        row.as_ref().map(PermitRecord::read).transpose()
    }

    /// The permits that were issued on an application, by its index.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn permits_on(&self, application: ApplicationId) -> Result<Vec<PermitRecord>, ReadError> {
        let sql = format!("{COLUMNS} WHERE application = $1 ORDER BY number");
        let rows = self.pool.rows(sql, values![application]).await?;
        rows.iter().map(PermitRecord::read).collect()
    }
}

impl Store {
    /// Permits that have not ended and whose last day lies before `on`, the longest over first, up to `most`: what is
    /// left of them is to be closed. By the index of live permits.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn permits_over(&self, on: Day, most: u32) -> Result<Vec<PermitRecord>, ReadError> {
        let sql =
            format!("{COLUMNS} WHERE state = 'issued' AND last_day < $1 ORDER BY last_day, id LIMIT $2");
        let rows = self.pool.rows(sql, values![on, i64::from(most)]).await?;
        rows.iter().map(PermitRecord::read).collect()
    }
}

impl Work {
    /// Loads a permit and holds it.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn permit(&mut self, id: PermitId) -> Result<Option<PermitRecord>, ReadError> {
        self.head(ONE, values![id]).await?.as_ref().map(PermitRecord::read).transpose()
    }

    /// Saves a permit with the deed. A number that another permit bears is
    /// [`DatabaseError::Taken`](crate::DatabaseError::Taken).
    ///
    /// # Errors
    /// A state that cannot be written as JSON, which none is.
    pub fn put_permit(&mut self, permit: &PermitRecord) -> Result<(), serde_json::Error> {
        let live = permit.state.live();
        self.collect(Write::Head {
            table: "permit",
            key: columns!["id" => permit.id],
            version: permit.version,
            columns: columns![
                "number" => &permit.number,
                "office" => permit.office,
                "year" => permit.series.map(|series| i64::from(series.year)),
                "serial" => permit.series.map(|series| i64::from(series.serial)),
                "kind" => permit.kind.to_string(),
                "application" => permit.application,
                "operator" => permit.operator,
                // On the first day there is, nothing has expired.
                "state" => permit.state.as_str(Day::MIN),
                "state_json" => serde_json::to_string(&permit.state)?,
                "issued_on" => permit.issued,
                "last_day" => permit.last_day,
                "replaces" => permit.replaces,
                "edition" => permit.edition,
                "face_json" => permit.face.to_string(),
                "copy_awaited_since" => live.and_then(Live::awaits_copy_since),
                "amendment_asked_on" => live.and_then(Live::amendment).map(|asked| asked.on),
            ],
            has_made_at: false,
        });
        Ok(())
    }
}
