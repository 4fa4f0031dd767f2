//! SQLite: one connection that writes, behind a fair queue, and readers beside it.
//!
//! Write-ahead logging, so that nobody who reads waits for who writes; every commit is on the disk before it is
//! acknowledged (`synchronous = FULL`); foreign keys hold; what another process holds is waited for. What waits for a
//! disk, for another process or for many rows does so on a thread beside those that serve requests.

mod cells;
mod connection;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{OwnedMutexGuard, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

pub(crate) use cells::Cells;

use super::{DatabaseError, Row, Sql, Value};

/// How many long reads go on at one time: as many as a small machine is likely to do beside its requests.
const LONG_READS: usize = 4;
/// How long a turn to write or to read long is waited for.
const WAIT: Duration = Duration::from_secs(30);

/// Whether a table is there.
pub(super) const TABLE: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1";

/// The connections to a file.
#[derive(Debug, Clone)]
pub(crate) struct Pools {
    /// `None` once it was closed, or where somebody only looks.
    writer: Arc<tokio::sync::Mutex<Option<Connection>>>,
    readers: Arc<Readers>,
    long_reads: Arc<Semaphore>,
}

/// The connections that read and are not in use. Another is opened where all are: there are never more than threads
/// that serve requests and long reads.
#[derive(Debug)]
struct Readers {
    path: PathBuf,
    /// `None` once they were closed.
    idle: Mutex<Option<Vec<Connection>>>,
}

/// A transaction that writes; nobody else writes until it has ended. It is undone where it is dropped before
/// [`Writing::commit`].
#[derive(Debug)]
pub(crate) struct Writing {
    writer: OwnedMutexGuard<Option<Connection>>,
}

/// Opens a file; one that is not there is made.
pub(super) async fn open(path: &Path) -> Result<Pools, DatabaseError> {
    let path = path.to_owned();
    aside(move || {
        let writer = connection::to_write(&path)?;
        let reader = connection::to_read(&path)?;
        Ok(Pools {
            writer: Arc::new(tokio::sync::Mutex::new(Some(writer))),
            readers: Arc::new(Readers { path, idle: Mutex::new(Some(vec![reader])) }),
            long_reads: Arc::new(Semaphore::new(LONG_READS)),
        })
    })
    .await
}

/// Opens a file to look at it: it is neither made nor changed. `None` where it is not there.
pub(super) async fn look(path: &Path) -> Result<Option<Pools>, DatabaseError> {
    let path = path.to_owned();
    aside(move || {
        if !path.exists() {
            return Ok(None);
        }
        let reader = connection::to_look(&path)?;
        Ok(Some(Pools {
            writer: Arc::default(),
            readers: Arc::new(Readers { path, idle: Mutex::new(Some(vec![reader])) }),
            long_reads: Arc::new(Semaphore::new(LONG_READS)),
        }))
    })
    .await
}

/// Does what may take long on a thread beside those that serve requests, and to its end also where nobody waits any
/// more.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DatabaseError> + Send + 'static,
) -> Result<T, DatabaseError> {
    spawn_blocking(work).await.map_err(|error| DatabaseError::Unreachable(error.into()))?
}

fn closed() -> DatabaseError {
    DatabaseError::Unreachable("the database was closed".into())
}

fn no_turn() -> DatabaseError {
    DatabaseError::Busy("others did not make room in time".into())
}

impl Pools {
    /// The rows of a statement that may take long.
    pub(super) async fn rows(&self, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>, DatabaseError> {
        let turn = timeout(WAIT, self.long_reads.clone().acquire_owned()).await.map_err(|_| no_turn())?;
        let turn = turn.map_err(|_| closed())?;
        let readers = self.readers.clone();
        aside(move || {
            let rows = readers.rows(&sql, &values);
            drop(turn);
            rows
        })
        .await
    }

    /// The rows of a statement that takes little.
    pub(super) fn keyed(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        self.readers.rows(sql, values)
    }

    /// The file is held from the first statement on, so that no deed fails half way for want of it.
    pub(super) async fn begin(&self) -> Result<Writing, DatabaseError> {
        let writer = timeout(WAIT, self.writer.clone().lock_owned()).await.map_err(|_| no_turn())?;
        aside(move || {
            let writing = Writing { writer };
            writing.script("BEGIN IMMEDIATE")?;
            Ok(writing)
        })
        .await
    }

    /// Closes the readers, and then the writer after what it is doing, which leaves one whole file.
    pub(super) async fn close(&self) {
        drop(self.readers.idle.lock().unwrap_or_else(PoisonError::into_inner).take());
        drop(self.writer.lock().await.take());
    }
}

impl Readers {
    fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        let connection = self.taken()?;
        let rows = connection::rows(&connection, sql, values);
        self.put_back(connection);
        Ok(rows?)
    }

    fn taken(&self) -> Result<Connection, DatabaseError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).as_mut().map(Vec::pop);
        match idle {
            Some(Some(connection)) => Ok(connection),
            Some(None) => Ok(connection::to_read(&self.path)?),
            None => Err(closed()),
        }
    }

    fn put_back(&self, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(idle) = idle.as_mut() {
            idle.push(connection);
        }
    }
}

impl Writing {
    fn connection(&self) -> Result<&Connection, DatabaseError> {
        self.writer.as_ref().ok_or_else(closed)
    }

    pub(super) fn rows(&self, sql: &str, values: &[Value]) -> Result<Vec<Row>, DatabaseError> {
        Ok(connection::rows(self.connection()?, sql, values)?)
    }

    pub(super) fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, DatabaseError> {
        Ok(connection::execute(self.connection()?, sql, values)?)
    }

    /// Runs several statements that take no values.
    pub(super) fn script(&self, sql: &str) -> Result<(), DatabaseError> {
        Ok(self.connection()?.execute_batch(sql)?)
    }

    pub(super) async fn commit(self) -> Result<(), DatabaseError> {
        aside(move || self.script("COMMIT")).await
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let open = self.writer.as_ref().filter(|connection| !connection.is_autocommit());
        // Where undoing fails, the next who writes is told so when it begins.
        open.map(|connection| connection.execute_batch("ROLLBACK").ok());
    }
}
