//! The one place where a deed is saved.
//!
//! A [`Work`] loads what a deed needs, and locks it; it collects what is to be written and executes none of it;
//! [`Work::save`] executes all of it, then the event, then the messages that are to go out, and commits. So a deed,
//! its event and its messages are there together or not at all. A `Work` that is dropped has changed nothing.
//!
//! Nothing else in this crate writes what the office keeps. What belongs to signing in and to requests that are
//! repeated is written by `sign_in`, which says so.

mod event;
mod write;

use access::Instant;

use crate::Store;
use crate::executor::{DatabaseError, Lock, ReadError, Row, Transaction, Value};
use crate::office::Books;
pub(crate) use event::EVENT_COLUMNS;
pub use event::{By, Done, Event, Message, Subject, SubjectKind, WordError};
pub(crate) use write::{Write, columns};

/// Where a row stands in its own history: grows by one with each change.
///
/// A record that is saved must have the version with which it was loaded; a new one has [`Version::NEW`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Version(pub i64);

impl Version {
    /// Of what was never saved.
    pub const NEW: Version = Version(0);

    /// The version after the next change, which events name.
    #[must_use]
    pub const fn next(self) -> Version {
        Version(self.0 + 1)
    }
}

/// A deed on its way: what is loaded for it and what it will write.
#[derive(Debug)]
pub struct Work {
    transaction: Transaction,
    writes: Vec<Write>,
    /// What goes out after the deed, beside what `save` is told.
    messages: Vec<Message>,
    /// After how many statements a test has the save broken off.
    broken_off_after: Option<u32>,
    pub(crate) books: Books,
}

/// Why a deed was not saved. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// What it rests on is no longer as it was loaded.
    #[error("somebody changed this meanwhile; load it again and repeat what you did")]
    Changed,
    /// The database did not take it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Begins a deed. SQLite lets one deed in at a time, in the order in which they began; PostgreSQL locks what each
    /// loads.
    ///
    /// # Errors
    /// The database is busy or cannot be reached.
    pub async fn work(&self) -> Result<Work, DatabaseError> {
        Ok(Work {
            transaction: self.pool.begin().await?,
            writes: Vec::new(),
            messages: Vec::new(),
            broken_off_after: self.broken_off_after,
            books: Books::default(),
        })
    }
}

impl Work {
    /// Saves everything that was collected, then the event `done`, then `messages`, all of it or nothing.
    ///
    /// # Errors
    /// Something was changed meanwhile, is there already, or the database fails. Nothing was saved then; where the
    /// connection breaks while the database commits, nobody can say whether it did, and the event tells.
    pub async fn save(mut self, done: Done, at: Instant, messages: Vec<Message>) -> Result<(), SaveError> {
        let writes = std::mem::take(&mut self.writes);
        let messages = std::mem::take(&mut self.messages).into_iter().chain(messages);
        let event = done.id;
        let mut statements = Vec::new();
        let mut place = 0;
        for write in writes {
            write.into_statements(&event, at, &mut place, &mut statements);
        }
        statements.push(done.statement(at));
        for (message, place) in messages.zip(0_i64..) {
            statements.push(message.statement(&event, place, at));
        }
        let mut executed = 0;
        for statement in statements {
            self.is_broken_off(executed)?;
            let touched = self.transaction.execute(statement.sql, statement.values).await?;
            if statement.rows.is_some_and(|rows| rows != touched) {
                return Err(SaveError::Changed);
            }
            executed += 1;
        }
        self.is_broken_off(executed)?;
        Ok(self.transaction.commit().await?)
    }

    fn is_broken_off(&self, executed: u32) -> Result<(), SaveError> {
        match self.broken_off_after {
            Some(after) if after == executed => Err(DatabaseError::BrokenOff.into()),
            _ => Ok(()),
        }
    }

    /// Sends a message out after the deed is saved, and only then.
    pub fn tell(&mut self, message: Message) {
        self.messages.push(message);
    }

    /// Adds to what is written when the deed is saved.
    pub(crate) fn collect(&mut self, write: Write) {
        self.writes.push(write);
    }

    /// Loads rows and holds them until the deed is saved or given up.
    pub(crate) async fn held(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, DatabaseError> {
        self.transaction.rows(sql, values, Lock::Held).await
    }

    /// Loads the row of a head and holds it.
    pub(crate) async fn head(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, DatabaseError> {
        self.transaction.row(sql, values, Lock::Held).await
    }

    /// Loads rows that the lock of their head covers.
    pub(crate) async fn seen(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, DatabaseError> {
        self.transaction.rows(sql, values, Lock::None).await
    }
}

/// Reads every row.
pub(crate) fn all<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T, ReadError>) -> Result<Vec<T>, ReadError> {
    rows.iter().map(read).collect()
}
