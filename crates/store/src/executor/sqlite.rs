//! SQLite: one connection that writes, behind a fair queue, and readers beside it.
//!
//! Write-ahead logging, so that nobody who reads waits for who writes; every commit is on the disk before it is
//! acknowledged (`synchronous = FULL`); foreign keys hold; what another process holds is waited for.

use std::path::Path;
use std::time::Duration;

use sqlx::Sqlite;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::DatabaseError;

/// Connections that read: as many as requests are likely to be served at one time by a small machine.
const READERS: u32 = 4;
/// Statements kept ready in each connection: more than this crate has.
const STATEMENTS: usize = 512;
/// How long another process is waited for.
const BUSY: Duration = Duration::from_secs(10);

#[derive(Debug, Clone)]
pub(crate) struct Pools {
    pub(super) writer: SqlitePool,
    pub(super) readers: SqlitePool,
}

impl Pools {
    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

pub(super) async fn open(path: &Path) -> Result<Pools, DatabaseError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(STATEMENTS);
    // The writer comes first: it makes the file and turns logging on.
    let writer = pool(1).connect_with(options.clone()).await?;
    let readers = pool(READERS).connect_with(options.create_if_missing(false).read_only(true)).await?;
    Ok(Pools { writer, readers })
}

/// A connection within the program does not break, so it is neither tried before use nor closed when idle.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

/// The file is held from the first statement on, so that no deed fails half way for want of it.
pub(super) async fn begin(writer: &SqlitePool) -> Result<sqlx::Transaction<'static, Sqlite>, DatabaseError> {
    Ok(writer.begin_with("BEGIN IMMEDIATE").await?)
}
