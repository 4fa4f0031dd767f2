//! What lies in the stock of security stamps, and the entries that say so, for whoever looks.

use access::Instant;
use cites::{AgencyId, PermitId};
use permits::{Fate, StampEntry};

use super::MoveError;
use super::stamp::{GONE, RUNS, read, stock_of};
use crate::executor::{ReadError, Row, values};
use crate::work::all;
use crate::{Page, Place, Store};

/// What lies in the stock of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StampsLeft {
    /// How many stamps ever came in.
    pub received: u64,
    /// Of how many of them nothing became yet.
    pub left: u64,
    /// The lowest of these.
    pub lowest: Option<u64>,
}

/// An entry of the stock as it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StampRow {
    /// What.
    pub entry: StampEntry,
    /// The permit that bears the stamp, where one does.
    pub permit: Option<PermitId>,
    /// When it was entered.
    pub at: Instant,
}

const IN_RANGE: &str = "SELECT COUNT(DISTINCT first) AS gone FROM stamp_entry \
    WHERE office = $1 AND fate IS NOT NULL AND first >= $2 AND first <= $3";
const RECEIVED: &str = "SELECT first, last, fate, permit, at FROM stamp_entry \
    WHERE office = $1 AND fate IS NULL AND first > $2 ORDER BY first LIMIT $3";
const BECAME: &str = "SELECT first, last, fate, permit, at FROM stamp_entry \
    WHERE office = $1 AND fate = $2 AND first > $3 ORDER BY first LIMIT $4";

impl StampRow {
    fn read(row: &Row) -> Result<StampRow, ReadError> {
        Ok(StampRow { entry: read(row)?, permit: row.maybe_parsed("permit")?, at: row.instant("at")? })
    }

    const fn first(&self) -> u64 {
        match self.entry {
            StampEntry::Received { first, .. } => first,
            StampEntry::Became { stamp, .. } => stamp,
        }
    }
}

impl Store {
    /// What lies in the stock of an office. Of each run the stamps that are gone are counted by the index; those of the
    /// first run that is not used up are looked at.
    ///
    /// # Errors
    /// The database fails, or the rows are no stock.
    pub async fn stamps_left(&self, office: AgencyId) -> Result<StampsLeft, MoveError> {
        let mut stock = StampsLeft::default();
        for row in &self.pool.rows(RUNS, values![office]).await? {
            let run = read(row)?;
            let StampEntry::Received { first, last } = run else { continue };
            let size = last.saturating_sub(first).saturating_add(1);
            let row = self.pool.row(IN_RANGE, values![office, first, last]).await?;
            let gone = row.map(|row| row.count("gone")).transpose()?.unwrap_or(0);
            stock.received = stock.received.saturating_add(size);
            stock.left = stock.left.saturating_add(size.saturating_sub(gone));
            if stock.lowest.is_none() && gone < size {
                let rows = self.pool.rows(GONE, values![office, first, last]).await?;
                let mut entries = vec![run];
                for row in &rows {
                    entries.push(read(row)?);
                }
                stock.lowest = stock_of(entries)?.next();
            }
        }
        Ok(stock)
    }

    /// The entries of an office's stock by number, `most` at a time: the runs that came in, or the stamps of which one
    /// thing became; by the index of the office.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn stamp_entries(
        &self,
        office: AgencyId,
        fate: Option<Fate>,
        after: Option<&Place>,
        most: u32,
    ) -> Result<Page<StampRow>, ReadError> {
        // A place is the number before; what is none begins at the beginning. No stamp is numbered below zero.
        let after = after.and_then(|place| place.order().parse::<i64>().ok()).unwrap_or(-1);
        let limit = i64::from(most) + 1;
        let rows = match fate {
            None => self.pool.rows(RECEIVED, values![office, after, limit]).await?,
            Some(fate) => self.pool.rows(BECAME, values![office, fate.as_str(), after, limit]).await?,
        };
        let found = all(&rows, StampRow::read)?;
        Ok(Page::cut(found, most, |row| Place::new(row.first().to_string(), String::new())))
    }
}
