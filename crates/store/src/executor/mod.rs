//! The one place where the two databases meet: values in, rows out, transactions, locks.
//!
//! Source of truth: one SQL text with `$1`, `$2`, … that both engines read. What differs between them differs here
//! and nowhere else: how a transaction begins, how rows are locked, how an error is told. It knows no table.
//!
//! SQLite has one connection that writes, behind a fair queue, and readers beside it; PostgreSQL locks the rows
//! that are loaded for a deed. SQLite works within the thread that asks, since handing a statement to another thread
//! costs more than most of them do.

mod error;
#[cfg(test)]
pub(crate) mod heard;
mod location;
mod postgres;
mod row;
mod sqlite;
mod value;

use std::borrow::Cow;

pub use error::{DatabaseError, ReadError};
pub use location::{Location, LocationError};
pub(crate) use row::Row;
pub(crate) use value::{Value, values};

/// The text of a statement: written in this crate, never by a user.
pub(crate) type Sql = Cow<'static, str>;

/// Which of the two databases answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// SQLite, within the program.
    Sqlite,
    /// A PostgreSQL server, which several nodes share.
    Postgres,
}

/// What becomes of the rows that a statement of a transaction reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lock {
    /// They are read.
    None,
    /// Nobody else changes them, or reads them for a change, until the transaction ends.
    Held,
    /// Those that somebody else holds are left out, the others are held.
    Free,
}

/// The connections to a database.
#[derive(Debug, Clone)]
pub(crate) enum Pool {
    Sqlite(sqlite::Pools),
    Postgres(sqlx::PgPool),
}

/// A transaction; it is rolled back where it is dropped before [`Transaction::commit`].
#[derive(Debug)]
pub(crate) enum Transaction {
    Sqlite(sqlite::Writing),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

/// The rows of PostgreSQL as rows.
fn of(rows: Vec<sqlx::postgres::PgRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Postgres).collect()
}

impl Pool {
    /// Opens the database; a file that is not there is made.
    pub(crate) async fn open(location: &Location) -> Result<Pool, DatabaseError> {
        match location {
            Location::Sqlite(path) => sqlite::open(path).await.map(Pool::Sqlite),
            Location::Postgres(url) => postgres::open(url).await.map(Pool::Postgres),
        }
    }

    /// Opens the database to look at it, and changes nothing; `None` for a file that is not there.
    pub(crate) async fn look(location: &Location) -> Result<Option<Pool>, DatabaseError> {
        Ok(match location {
            Location::Sqlite(path) => sqlite::look(path).await?.map(Pool::Sqlite),
            Location::Postgres(url) => Some(Pool::Postgres(postgres::look(url).await?)),
        })
    }

    /// Whether a table is there.
    pub(crate) async fn has_table(&self, name: &str) -> Result<bool, DatabaseError> {
        let sql = match self {
            Pool::Sqlite(_) => sqlite::TABLE,
            Pool::Postgres(_) => postgres::TABLE,
        };
        Ok(self.row(sql, values![name]).await?.is_some())
    }

    pub(crate) const fn engine(&self) -> Engine {
        match self {
            Pool::Sqlite(_) => Engine::Sqlite,
            Pool::Postgres(_) => Engine::Postgres,
        }
    }

    /// Reads outside a transaction: each statement sees what was committed before it. It may take long, such as a page
    /// of a list: SQLite does it on a thread beside those that serve requests.
    pub(crate) async fn rows(
        &self,
        sql: impl Into<Sql>,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, DatabaseError> {
        match self {
            Pool::Sqlite(pools) => pools.rows(sql.into(), values).await,
            Pool::Postgres(pool) => Ok(of(postgres::rows(pool, sql.into(), values).await?)),
        }
    }

    /// The few rows that a key or an index leads to, read like [`Pool::rows`]: it takes so little that SQLite does it
    /// where it is asked.
    pub(crate) async fn keyed(
        &self,
        sql: impl Into<Sql>,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, DatabaseError> {
        match self {
            Pool::Sqlite(pools) => pools.keyed(&sql.into(), &values),
            Pool::Postgres(pool) => Ok(of(postgres::rows(pool, sql.into(), values).await?)),
        }
    }

    /// The one row that a key leads to.
    pub(crate) async fn row(
        &self,
        sql: impl Into<Sql>,
        values: Vec<Value>,
    ) -> Result<Option<Row>, DatabaseError> {
        Ok(self.keyed(sql, values).await?.into_iter().next())
    }

    /// Begins to write. SQLite lets one writer in at a time, in the order in which they asked.
    pub(crate) async fn begin(&self) -> Result<Transaction, DatabaseError> {
        match self {
            Pool::Sqlite(pools) => Ok(Transaction::Sqlite(pools.begin().await?)),
            Pool::Postgres(pool) => Ok(Transaction::Postgres(postgres::begin(pool).await?)),
        }
    }

    /// Ends all connections, after what they are doing.
    pub(crate) async fn close(&self) {
        match self {
            Pool::Sqlite(pools) => pools.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

impl Transaction {
    pub(crate) async fn rows(
        &mut self,
        sql: impl Into<Sql>,
        values: Vec<Value>,
        lock: Lock,
    ) -> Result<Vec<Row>, DatabaseError> {
        match self {
            // One writer at a time holds the whole file.
            Transaction::Sqlite(transaction) => transaction.rows(&sql.into(), &values),
            Transaction::Postgres(transaction) => {
                let sql = postgres::locking(sql.into(), lock);
                Ok(of(postgres::rows(&mut **transaction, sql, values).await?))
            }
        }
    }

    pub(crate) async fn row(
        &mut self,
        sql: impl Into<Sql>,
        values: Vec<Value>,
        lock: Lock,
    ) -> Result<Option<Row>, DatabaseError> {
        Ok(self.rows(sql, values, lock).await?.into_iter().next())
    }

    /// How many rows the statement touched.
    pub(crate) async fn execute(
        &mut self,
        sql: impl Into<Sql>,
        values: Vec<Value>,
    ) -> Result<u64, DatabaseError> {
        match self {
            Transaction::Sqlite(transaction) => transaction.execute(&sql.into(), &values),
            Transaction::Postgres(transaction) => {
                postgres::execute(&mut **transaction, sql.into(), values).await
            }
        }
    }

    /// Runs several statements that take no values.
    pub(crate) async fn script(&mut self, sql: &'static str) -> Result<(), DatabaseError> {
        match self {
            Transaction::Sqlite(transaction) => transaction.script(sql),
            Transaction::Postgres(transaction) => {
                sqlx::raw_sql(sql).execute(&mut **transaction).await?;
                Ok(())
            }
        }
    }

    /// Waits until no other node is between this call and the end of its transaction.
    pub(crate) async fn alone(&mut self) -> Result<(), DatabaseError> {
        match self {
            Transaction::Sqlite(_) => Ok(()),
            Transaction::Postgres(transaction) => postgres::alone(&mut **transaction).await,
        }
    }

    pub(crate) async fn commit(self) -> Result<(), DatabaseError> {
        match self {
            Transaction::Sqlite(transaction) => transaction.commit().await,
            Transaction::Postgres(transaction) => Ok(transaction.commit().await?),
        }
    }
}
