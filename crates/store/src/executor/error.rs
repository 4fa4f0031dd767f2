//! Why the database did not do what it was asked, in the words that both engines share.

use std::error::Error;

/// What an engine told, in its own words.
pub(super) type Told = Box<dyn Error + Send + Sync>;

/// Why a statement failed.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// There is no connection.
    #[error("the database cannot be reached; check that it runs and that its address is right")]
    Unreachable(#[source] Told),
    /// Others hold what is needed, or every connection is in use.
    #[error("the database is busy; try again in a moment")]
    Busy(#[source] Told),
    /// A row with the same key is there.
    #[error("another row has the same key; load what is there and look at it")]
    Taken(#[source] Told),
    /// The database refused the statement.
    #[error("the database refused; look at its reason, and tell the administrator")]
    Refused(#[source] Told),
    /// A test asked for it.
    #[error("the save was broken off by a test")]
    BrokenOff,
}

/// Why something could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The statement failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A row holds what no version of the program writes.
    #[error("column `{column}` holds what cannot be read; compare the database with a copy of it")]
    Unreadable {
        /// The column.
        column: String,
        /// Why it cannot be read.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}
