//! The stock of security stamps, whose rules are `permits::StampStock`'s. Of a stock only what bears on a stamp is
//! read: its runs, and what became of that stamp.

use cites::{AgencyId, PermitId};
use permits::{Fate, StampEntry, StampStock};

use super::MoveError;
use crate::executor::{ReadError, Row, values};
use crate::work::{Write, columns};
use crate::{Store, Work};

pub(super) const RUNS: &str =
    "SELECT first, last, fate FROM stamp_entry WHERE office = $1 AND fate IS NULL ORDER BY first";
/// What was lost may be spoiled later, never the other way; so the order of the words is that of the entries.
pub(super) const GONE: &str = "SELECT first, last, fate FROM stamp_entry \
    WHERE office = $1 AND fate IS NOT NULL AND first >= $2 AND first <= $3 ORDER BY first, fate";

const ON_PERMIT: &str = "SELECT first FROM stamp_entry WHERE permit = $1 ORDER BY first";

const FATES: [Fate; 3] = [Fate::Issued, Fate::Spoiled, Fate::Lost];

pub(super) fn read(row: &Row) -> Result<StampEntry, ReadError> {
    let (first, last) = (row.count("first")?, row.count("last")?);
    match row.maybe_text("fate")? {
        None => Ok(StampEntry::Received { first, last }),
        Some(_) => {
            let fate = row.word("fate", |word| FATES.into_iter().find(|fate| fate.as_str() == word))?;
            Ok(StampEntry::Became { stamp: first, fate })
        }
    }
}

impl Store {
    /// What became of a stamp of an office: `None` while it lies in the stock; by the index of the office.
    ///
    /// # Errors
    /// The database fails, a row cannot be read, or the stamp never came in.
    pub async fn stamp_fate(&self, office: AgencyId, stamp: u64) -> Result<Option<Fate>, MoveError> {
        let mut entries: Vec<StampEntry> = Vec::new();
        for row in &self.pool.rows(RUNS, values![office]).await? {
            entries.push(read(row)?);
        }
        for row in &self.pool.rows(GONE, values![office, stamp, stamp]).await? {
            entries.push(read(row)?);
        }
        Ok(stock_of(entries)?.fate(stamp)?)
    }

    /// The stamps on a permit, by its index.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn stamps_on(&self, permit: PermitId) -> Result<Vec<u64>, ReadError> {
        let rows = self.pool.keyed(ON_PERMIT, values![permit]).await?;
        rows.iter().map(|row| row.count("first")).collect()
    }
}

impl Work {
    /// The lowest stamp of an office that lies in its stock; `None` where none is left. Costs a look at what became of
    /// the stamps of the runs up to it.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn next_stamp(&mut self, office: AgencyId) -> Result<Option<u64>, MoveError> {
        self.number_series(office).await?;
        let runs = self.stamp_runs(office).await?;
        for run in runs {
            let StampEntry::Received { first, last } = run else { continue };
            let mut entries = vec![run];
            entries.extend(self.stamps_gone(office, first, last).await?);
            if let Some(next) = stock_of(entries)?.next() {
                return Ok(Some(next));
            }
        }
        Ok(None)
    }

    /// Enters into the stock of an office with the deed that a run came in, or what became of a stamp, and on which
    /// permit it is. The office must have a form of numbers, whose row is held meanwhile.
    ///
    /// # Errors
    /// The stock does not allow it, or cannot be read.
    pub async fn enter_stamp(
        &mut self,
        office: AgencyId,
        entry: StampEntry,
        permit: Option<PermitId>,
    ) -> Result<(), MoveError> {
        self.number_series(office).await?.ok_or(MoveError::NotLoaded)?;
        let mut entries = self.stamp_runs(office).await?;
        let (first, last, fate) = match entry {
            StampEntry::Received { first, last } => (first, last, None),
            StampEntry::Became { stamp, fate } => {
                entries.extend(self.stamps_gone(office, stamp, stamp).await?);
                (stamp, stamp, Some(fate))
            }
        };
        stock_of(entries)?.enter(entry)?;
        self.books.stamps.push((office, entry));
        self.books.stamped.extend(permit.map(|permit| (permit, first)));
        self.collect(Write::Entry {
            table: "stamp_entry",
            columns: columns![
                "office" => office,
                "first" => first,
                "last" => last,
                "fate" => fate.map(Fate::as_str),
                "permit" => permit,
            ],
        });
        Ok(())
    }

    /// The stamps on a permit, those that this deed puts on it with them.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn stamps_on(&mut self, permit: PermitId) -> Result<Vec<u64>, ReadError> {
        let rows = self.seen(ON_PERMIT, values![permit]).await?;
        let mut stamps = rows.iter().map(|row| row.count("first")).collect::<Result<Vec<_>, _>>()?;
        stamps.extend(self.books.stamped.iter().filter(|(on, _)| *on == permit).map(|(_, stamp)| *stamp));
        Ok(stamps)
    }

    /// The runs of an office, those that this deed enters with them.
    async fn stamp_runs(&mut self, office: AgencyId) -> Result<Vec<StampEntry>, ReadError> {
        let rows = self.seen(RUNS, values![office]).await?;
        let mut runs = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let entered = self.books.stamps.iter().filter(|(whose, _)| *whose == office).map(|(_, entry)| *entry);
        runs.extend(entered.filter(|entry| matches!(entry, StampEntry::Received { .. })));
        runs.sort_unstable_by_key(|run| match run {
            StampEntry::Received { first, .. } => *first,
            StampEntry::Became { stamp, .. } => *stamp,
        });
        Ok(runs)
    }

    /// What became of the stamps from `first` to `last`, by this deed too.
    async fn stamps_gone(
        &mut self,
        office: AgencyId,
        first: u64,
        last: u64,
    ) -> Result<Vec<StampEntry>, ReadError> {
        let rows = self.seen(GONE, values![office, first, last]).await?;
        let mut gone = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let entered = self.books.stamps.iter().filter(|(whose, _)| *whose == office).map(|(_, entry)| *entry);
        gone.extend(entered.filter(
            |entry| matches!(entry, StampEntry::Became { stamp, .. } if (first..=last).contains(stamp)),
        ));
        Ok(gone)
    }
}

/// Runs first, then what became of stamps.
pub(super) fn stock_of(entries: Vec<StampEntry>) -> Result<StampStock, MoveError> {
    Ok(StampStock::of(entries)?)
}
