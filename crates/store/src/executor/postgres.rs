//! PostgreSQL: rows that are loaded for a deed are locked until it is saved or given up.
//!
//! Transactions read what is committed when each statement begins, so a balance that is summed after its head is
//! locked holds every move that was made before.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Executor, Postgres};

use super::{DatabaseError, Lock, Sql, Value};

/// Connections of one node; a server has a hundred by default.
const CONNECTIONS: u32 = 16;
/// Statements kept ready in each connection: more than this crate has.
const STATEMENTS: usize = 512;
/// How long a connection is waited for.
const WAIT: Duration = Duration::from_secs(30);
/// How long somebody waits who only wants to look.
const LOOK_WAIT: Duration = Duration::from_secs(5);
/// What is acknowledged is on the disk, also on a server that would rather be quick.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') = 'off'";
/// The codes of a deadlock, of a transaction that must be repeated, of a lock that was not had in time.
const BUSY: [&str; 3] = ["40001", "40P01", "55P03"];
/// The number under which the nodes of one database take turns in changing its tables.
const TURN: &str = "SELECT pg_advisory_xact_lock(7210964412583)";

/// Whether a table is there.
pub(super) const TABLE: &str = "SELECT tablename AS name FROM pg_catalog.pg_tables WHERE tablename = $1 AND schemaname = ANY (current_schemas(false))";

pub(super) async fn open(url: &str) -> Result<PgPool, DatabaseError> {
    connected(url, WAIT).await
}

/// Opens the database for somebody who waits for the answer.
pub(super) async fn look(url: &str) -> Result<PgPool, DatabaseError> {
    connected(url, LOOK_WAIT).await
}

async fn connected(url: &str, wait: Duration) -> Result<PgPool, DatabaseError> {
    let options = PgConnectOptions::from_str(url)?.statement_cache_capacity(STATEMENTS);
    let options = options.application_name("countrygate");
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(wait);
    let pool = pool.after_connect(|connection, _| {
        Box::pin(async move {
            sqlx::raw_sql(DURABLE).execute(&mut *connection).await?;
            Ok(())
        })
    });
    Ok(pool.connect_with(options).await?)
}

/// Whatever a server takes for its default, a statement of a deed sees what was committed before it.
pub(super) async fn begin(pool: &PgPool) -> Result<sqlx::Transaction<'static, Postgres>, DatabaseError> {
    Ok(pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?)
}

/// The statement, with what becomes of its rows.
pub(super) fn locking(sql: Sql, lock: Lock) -> Sql {
    match lock {
        Lock::None => sql,
        // Keys never change, so rows that refer to a held one may be written by others meanwhile.
        Lock::Held => Sql::Owned(format!("{sql} FOR NO KEY UPDATE")),
        Lock::Free => Sql::Owned(format!("{sql} FOR NO KEY UPDATE SKIP LOCKED")),
    }
}

pub(super) async fn alone(on: impl Executor<'_, Database = Postgres>) -> Result<(), DatabaseError> {
    sqlx::raw_sql(TURN).execute(on).await?;
    Ok(())
}

fn prepared(sql: Sql, values: Vec<Value>) -> Query<'static, Postgres, PgArguments> {
    let query = match sql {
        Sql::Borrowed(text) => sqlx::query(text),
        Sql::Owned(text) => sqlx::query(AssertSqlSafe(text)),
    };
    values.into_iter().fold(query, |query, value| match value {
        Value::Text(text) => query.bind(text),
        Value::Int(number) => query.bind(number),
        Value::Bytes(bytes) => query.bind(bytes),
    })
}

/// The rows of a statement.
pub(super) async fn rows(
    on: impl Executor<'_, Database = Postgres>,
    sql: Sql,
    values: Vec<Value>,
) -> Result<Vec<PgRow>, DatabaseError> {
    Ok(prepared(sql, values).fetch_all(on).await?)
}

/// How many rows a statement touched.
pub(super) async fn execute(
    on: impl Executor<'_, Database = Postgres>,
    sql: Sql,
    values: Vec<Value>,
) -> Result<u64, DatabaseError> {
    Ok(prepared(sql, values).execute(on).await?.rows_affected())
}

impl From<sqlx::Error> for DatabaseError {
    fn from(error: sqlx::Error) -> DatabaseError {
        let code = error.as_database_error().and_then(|told| told.code()).unwrap_or_default().into_owned();
        match &error {
            sqlx::Error::Database(told) if told.is_unique_violation() => DatabaseError::Taken(error.into()),
            sqlx::Error::Database(_) if BUSY.contains(&code.as_str()) => DatabaseError::Busy(error.into()),
            sqlx::Error::PoolTimedOut => DatabaseError::Busy(error.into()),
            // Classes 08 and 57P: the connection, and a server that starts or stops.
            sqlx::Error::Database(_) if code.starts_with("08") || code.starts_with("57P") => {
                DatabaseError::Unreachable(error.into())
            }
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::PoolClosed => {
                DatabaseError::Unreachable(error.into())
            }
            _ => DatabaseError::Refused(error.into()),
        }
    }
}
