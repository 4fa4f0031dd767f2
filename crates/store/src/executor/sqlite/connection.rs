//! What a connection to SQLite does with a statement, in the thread that asks.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::Value as Cell;
use rusqlite::{CachedStatement, Connection, Error, ErrorCode, OpenFlags, Result, ffi};

use super::Cells;
use crate::executor::{DatabaseError, Row, Value};

/// Statements kept ready in each connection: more than this crate has.
const STATEMENTS: usize = 512;
/// How long another process is waited for.
const BUSY: Duration = Duration::from_secs(10);

/// The connection that writes: it makes the file, and turns logging on.
pub(super) fn to_write(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let connection = opened(path, flags)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

/// A connection that reads a file that is there.
pub(super) fn to_read(path: &Path) -> Result<Connection> {
    opened(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// A connection to look with at a file that nobody serves. Read-only, it could not look into a log that a server left
/// behind.
pub(super) fn to_look(path: &Path) -> Result<Connection> {
    let connection = opened(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn opened(path: &Path, flags: OpenFlags) -> Result<Connection> {
    // Each connection is used by one thread at a time, so that SQLite need not lock it.
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Values change no plan, so that a statement is prepared once and not for each value anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// The rows of a statement.
pub(super) fn rows(connection: &Connection, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
    let mut statement = bound(connection, sql, values)?;
    let columns: Arc<[Box<str>]> = statement.column_names().map(Box::from).collect();
    let mut found = statement.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let cells = (0..columns.len()).map(|place| row.get(place)).collect::<Result<Vec<Cell>>>()?;
        rows.push(Row::Sqlite(Cells { columns: columns.clone(), cells }));
    }
    Ok(rows)
}

/// How many rows a statement touched.
pub(super) fn execute(connection: &Connection, sql: &str, values: &[Value]) -> Result<u64> {
    let touched = bound(connection, sql, values)?.raw_execute()?;
    Ok(u64::try_from(touched).unwrap_or(u64::MAX))
}

/// The statement with its values. SQLite counts `$1` and its like by where each first stands in the text, so the number
/// that it bears is looked up.
fn bound<'c>(connection: &'c Connection, sql: &str, values: &[Value]) -> Result<CachedStatement<'c>> {
    #[cfg(test)]
    crate::executor::heard::note(sql);
    let mut statement = connection.prepare_cached(sql)?;
    for place in 1..=statement.parameter_count() {
        let number = statement.parameter_name(place).and_then(|name| name.strip_prefix('$')?.parse().ok());
        let value = number.and_then(|number: usize| values.get(number.checked_sub(1)?));
        match value {
            Some(Value::Text(text)) => statement.raw_bind_parameter(place, text)?,
            Some(Value::Int(number)) => statement.raw_bind_parameter(place, number)?,
            Some(Value::Bytes(bytes)) => statement.raw_bind_parameter(place, bytes)?,
            None => return Err(Error::InvalidParameterCount(values.len(), place)),
        }
    }
    Ok(statement)
}

impl From<Error> for DatabaseError {
    fn from(error: Error) -> DatabaseError {
        match &error {
            Error::SqliteFailure(told, _) => match (told.code, told.extended_code) {
                (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
                    DatabaseError::Taken(error.into())
                }
                (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => DatabaseError::Busy(error.into()),
                (ErrorCode::CannotOpen, _) => DatabaseError::Unreachable(error.into()),
                _ => DatabaseError::Refused(error.into()),
            },
            _ => DatabaseError::Refused(error.into()),
        }
    }
}
