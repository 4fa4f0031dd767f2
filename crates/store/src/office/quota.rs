//! Quotas, and what of them is reserved and issued: sums of moves, worked out by `permits::ledger`.

use std::collections::BTreeSet;

use access::Instant;
use cites::{
    AgencyId, ApplicationId, Country, EventId, Kingdom, Purpose, Quantity, QuotaId, SourceCode, Term, Unit,
};
use permits::ledger::{Change, QuotaBalance, QuotaMove, QuotaMoveKind};

use super::{MoveError, broken};
use crate::executor::{ReadError, Row, values};
use crate::work::{Write, all, columns};
use crate::{Store, Version, Work};

/// An annual quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaRecord {
    /// Its id.
    pub id: QuotaId,
    /// Its version.
    pub version: Version,
    /// The office that keeps it.
    pub agency: AgencyId,
    /// The year.
    pub year: i16,
    /// The country whose exports it limits.
    pub country: Country,
    /// The kingdom of the taxon.
    pub kingdom: Kingdom,
    /// The accepted scientific name of the taxon: ids of taxa differ between editions.
    pub taxon: String,
    /// The kind of specimen; `None` for any.
    pub term: Option<Term>,
    /// How the specimens were obtained; `None` for any.
    pub source: Option<SourceCode>,
    /// What for; `None` for any.
    pub purpose: Option<Purpose>,
    /// The unit in which it is counted.
    pub unit: Unit,
    /// Where it was published.
    pub basis: String,
}

/// A quota with the sum of its moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaWithBalance {
    /// The quota.
    pub quota: QuotaRecord,
    /// The sum of all moves.
    pub balance: QuotaBalance,
    /// The sum of those of the application it was loaded for.
    pub own: QuotaBalance,
}

const COLUMNS: &str = "SELECT id, version, agency, year, country, kingdom, taxon, term, source, purpose, unit, basis \
    FROM quota";
const SUMS: &str = "SELECT kind, CAST(SUM(millionths) AS BIGINT) AS whole, \
    CAST(SUM(CASE WHEN application = $2 THEN millionths ELSE 0 END) AS BIGINT) AS own \
    FROM quota_move WHERE quota = $1 GROUP BY kind";

fn any<T>(row: &Row, column: &str) -> Result<Option<T>, ReadError>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    if row.text(column)?.is_empty() { Ok(None) } else { row.parsed(column).map(Some) }
}

/// Empty where it is for any.
fn or_any(code: Option<impl ToString>) -> String {
    code.map(|code| code.to_string()).unwrap_or_default()
}

impl QuotaRecord {
    fn read(row: &Row) -> Result<QuotaRecord, ReadError> {
        Ok(QuotaRecord {
            id: row.parsed("id")?,
            version: Version(row.int("version")?),
            agency: row.parsed("agency")?,
            year: year(row, "year")?,
            country: row.parsed("country")?,
            kingdom: row.parsed("kingdom")?,
            taxon: row.text("taxon")?,
            term: any(row, "term")?,
            source: any(row, "source")?,
            purpose: any(row, "purpose")?,
            unit: row.parsed("unit")?,
            basis: row.text("basis")?,
        })
    }

    fn with_sums(self, rows: &[Row]) -> Result<QuotaWithBalance, ReadError> {
        let mut sums = Vec::new();
        for row in rows {
            let kind = row.word("kind", QuotaMoveKind::from_word)?;
            sums.push((kind, row.count("whole")?, row.count("own")?));
        }
        let of = |kind: QuotaMoveKind| sums.iter().find(|(found, ..)| *found == kind);
        let whole = |kind| of(kind).map_or(0, |(_, whole, _)| *whole);
        let own = |kind| of(kind).map_or(0, |(.., own)| *own);
        Ok(QuotaWithBalance {
            balance: QuotaBalance::of_sums(self.unit, whole).map_err(broken)?,
            own: QuotaBalance::of_sums(self.unit, own).map_err(broken)?,
            quota: self,
        })
    }
}

pub(super) fn year(row: &Row, column: &str) -> Result<i16, ReadError> {
    let out_of_range = |error| ReadError::Unreadable { column: column.to_owned(), source: Box::new(error) };
    i16::try_from(row.int(column)?).map_err(out_of_range)
}

impl Store {
    /// A quota with its balance, and what `application` moved of it; by the key, and the index of moves.
    ///
    /// # Errors
    /// The database fails, a row cannot be read, or the moves do not add up.
    pub async fn quota(
        &self,
        id: QuotaId,
        application: Option<ApplicationId>,
    ) -> Result<Option<QuotaWithBalance>, ReadError> {
        let Some(row) = self.pool.row(format!("{COLUMNS} WHERE id = $1"), values![id]).await? else {
            return Ok(None);
        };
        let sums = self.pool.rows(SUMS, values![id, application]).await?;
        QuotaRecord::read(&row)?.with_sums(&sums).map(Some)
    }

    /// The quotas of a taxon in a year, whatever their country and kind; by the index of taxa.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn quotas_of(
        &self,
        kingdom: Kingdom,
        taxon: &str,
        year: i16,
    ) -> Result<Vec<QuotaRecord>, ReadError> {
        let sql = format!("{COLUMNS} WHERE kingdom = $1 AND taxon = $2 AND year = $3 ORDER BY id");
        let row = values![kingdom.as_str(), taxon, i64::from(year)];
        all(&self.pool.rows(sql, row).await?, QuotaRecord::read)
    }

    /// The quotas that an office keeps for a year, by its index.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn quotas(&self, agency: AgencyId, year: i16) -> Result<Vec<QuotaRecord>, ReadError> {
        let sql = format!("{COLUMNS} WHERE agency = $1 AND year = $2 ORDER BY id");
        all(&self.pool.rows(sql, values![agency, i64::from(year)]).await?, QuotaRecord::read)
    }
}

/// A move of a quota, as the ledger shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaEntry {
    /// The deed.
    pub event: EventId,
    /// When.
    pub at: Instant,
    /// For which application.
    pub application: Option<ApplicationId>,
    /// What it did, and how much.
    pub made: QuotaMove,
}

impl Store {
    /// The moves of a quota in the order in which they were made; found by its index and then sorted.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn quota_moves(&self, id: QuotaId) -> Result<Vec<QuotaEntry>, ReadError> {
        let sql = "SELECT event, at, application, kind, millionths FROM quota_move WHERE quota = $1 \
            ORDER BY at, event, place";
        all(&self.pool.rows(sql, values![id]).await?, |row| {
            let kind = row.word("kind", QuotaMoveKind::from_word)?;
            let made = QuotaMove { kind, millionths: row.count("millionths")? };
            let (event, application) = (row.parsed("event")?, row.maybe_parsed("application")?);
            Ok(QuotaEntry { event, at: row.instant("at")?, application, made })
        })
    }

    /// The quotas that an application has moved something of, by its index: what is to be loaded to release it.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn quotas_moved_by(&self, application: ApplicationId) -> Result<BTreeSet<QuotaId>, ReadError> {
        let sql = "SELECT DISTINCT quota FROM quota_move WHERE application = $1";
        let rows = self.pool.rows(sql, values![application]).await?;
        rows.iter().map(|row| row.parsed("quota")).collect()
    }
}

impl Work {
    /// Loads quotas with their balances and holds them, in the order of their ids, so that no two deeds wait for each
    /// other; those that are not there are left out. Only then can anything be moved of them.
    ///
    /// # Errors
    /// The database fails, a row cannot be read, or the moves do not add up.
    pub async fn quotas(
        &mut self,
        ids: &BTreeSet<QuotaId>,
        application: Option<ApplicationId>,
    ) -> Result<Vec<QuotaWithBalance>, ReadError> {
        let sql = "SELECT id, version, agency, year, country, kingdom, taxon, term, source, purpose, unit, basis \
            FROM quota WHERE id = $1";
        let mut loaded = Vec::new();
        for id in ids {
            let Some(row) = self.head(sql, values![*id]).await? else { continue };
            let sums = self.seen(SUMS, values![*id, application]).await?;
            let mut quota = QuotaRecord::read(&row)?.with_sums(&sums)?;
            // What this deed has moved already is in its books, and not yet among the rows.
            quota.balance = *self.books.quotas.entry(*id).or_insert(quota.balance);
            if let Some(application) = application {
                quota.own = *self.books.own.entry((*id, application)).or_insert(quota.own);
            }
            loaded.push(quota);
        }
        Ok(loaded)
    }

    /// Saves a quota with the deed. A new one has nothing published, and counts as loaded.
    pub fn put_quota(&mut self, quota: &QuotaRecord) {
        if quota.version == Version::NEW {
            self.books.quotas.insert(quota.id, QuotaBalance::empty(quota.unit));
        }
        self.collect(Write::Head {
            table: "quota",
            key: columns!["id" => quota.id],
            version: quota.version,
            columns: columns![
                "agency" => quota.agency,
                "year" => i64::from(quota.year),
                "country" => quota.country.to_string(),
                "kingdom" => quota.kingdom.as_str(),
                "taxon" => &quota.taxon,
                "term" => or_any(quota.term),
                "source" => or_any(quota.source),
                "purpose" => or_any(quota.purpose),
                "unit" => quota.unit.to_string(),
                "basis" => &quota.basis,
            ],
            has_made_at: false,
        });
    }

    /// Publishes so much more of a quota with the deed, or lowers it.
    ///
    /// # Errors
    /// It was not loaded, or the ledger does not allow it.
    pub fn change_quota(&mut self, id: QuotaId, kind: Change, much: Quantity) -> Result<(), MoveError> {
        let balance = *self.books.quotas.get(&id).ok_or(MoveError::NotLoaded)?;
        let made = balance.change(kind, much)?;
        self.books.quotas.insert(id, balance.after(made)?);
        self.enter_quota_move(id, None, made);
        Ok(())
    }

    /// Moves so much of a quota for an application with the deed: reserves it at a decision, issues what is reserved,
    /// releases it, gives it back. What was moved before in the same deed counts.
    ///
    /// # Errors
    /// It was not loaded for that application, or the ledger does not allow it.
    pub fn move_quota(
        &mut self,
        id: QuotaId,
        application: ApplicationId,
        kind: QuotaMoveKind,
        much: Quantity,
    ) -> Result<(), MoveError> {
        let balance = *self.books.quotas.get(&id).ok_or(MoveError::NotLoaded)?;
        let own = *self.books.own.get(&(id, application)).ok_or(MoveError::NotLoaded)?;
        let made = match kind {
            QuotaMoveKind::Reserve => balance.reserve(much)?,
            QuotaMoveKind::Release => own.release(much)?,
            QuotaMoveKind::Issue => own.issue(much)?,
            QuotaMoveKind::GiveBack => own.give_back(much)?,
            QuotaMoveKind::Publish => return self.change_quota(id, Change::Publish, much),
            QuotaMoveKind::Lower => return self.change_quota(id, Change::Lower, much),
        };
        let (balance, own) = (balance.after(made)?, own.after(made)?);
        self.books.quotas.insert(id, balance);
        self.books.own.insert((id, application), own);
        self.enter_quota_move(id, Some(application), made);
        Ok(())
    }

    fn enter_quota_move(&mut self, id: QuotaId, application: Option<ApplicationId>, made: QuotaMove) {
        self.collect(Write::Entry {
            table: "quota_move",
            columns: columns![
                "quota" => id,
                "application" => application,
                "kind" => made.kind.as_str(),
                "millionths" => made.millionths,
            ],
        });
    }
}
