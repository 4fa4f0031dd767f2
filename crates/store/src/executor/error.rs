//! Why the database did not do what it was asked, in the words that both engines share.

use std::error::Error;

/// Why a statement failed.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// There is no connection.
    #[error("the database cannot be reached; check that it runs and that its address is right")]
    Unreachable(#[source] sqlx::Error),
    /// Others hold what is needed, or every connection is in use.
    #[error("the database is busy; try again in a moment")]
    Busy(#[source] sqlx::Error),
    /// A row with the same key is there.
    #[error("another row has the same key; load what is there and look at it")]
    Taken(#[source] sqlx::Error),
    /// The database refused the statement.
    #[error("the database refused; look at its reason, and tell the administrator")]
    Refused(#[source] sqlx::Error),
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

/// SQLite's codes of a file that somebody else holds: SQLITE_BUSY and SQLITE_LOCKED.
const SQLITE_BUSY: [&str; 4] = ["5", "6", "261", "517"];
/// PostgreSQL's of a deadlock, of a transaction that must be repeated, of a lock that was not had in time.
const POSTGRES_BUSY: [&str; 3] = ["40001", "40P01", "55P03"];

impl From<sqlx::Error> for DatabaseError {
    fn from(error: sqlx::Error) -> DatabaseError {
        let code = error.as_database_error().and_then(|told| told.code()).unwrap_or_default().into_owned();
        match &error {
            sqlx::Error::Database(told) if told.is_unique_violation() => DatabaseError::Taken(error),
            sqlx::Error::Database(_)
                if SQLITE_BUSY.contains(&code.as_str()) || POSTGRES_BUSY.contains(&code.as_str()) =>
            {
                DatabaseError::Busy(error)
            }
            sqlx::Error::PoolTimedOut => DatabaseError::Busy(error),
            // Classes 08 and 57P: the connection, and a server that starts or stops.
            sqlx::Error::Database(_) if code.starts_with("08") || code.starts_with("57P") => {
                DatabaseError::Unreachable(error)
            }
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed => {
                DatabaseError::Unreachable(error)
            }
            _ => DatabaseError::Refused(error),
        }
    }
}
