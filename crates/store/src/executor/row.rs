//! A row as it was read, by the names of its columns.

use std::error::Error;
use std::str::FromStr;

use access::Instant;
use serde::de::DeserializeOwned;
use sqlx::Row as _;

use super::ReadError;
use super::sqlite::Cells;

/// One row.
pub(crate) enum Row {
    Sqlite(Cells),
    Postgres(sqlx::postgres::PgRow),
}

/// What stands in a column, if anything does.
macro_rules! column {
    ($row:expr, $name:expr, $read:path) => {
        match $row {
            Row::Sqlite(cells) => $read(cells, $name).map_err(|error| unreadable($name, error)),
            Row::Postgres(row) => row.try_get($name).map_err(|error| unreadable($name, error)),
        }
    };
}

fn there<T>(column: &str, read: Option<T>) -> Result<T, ReadError> {
    read.ok_or_else(|| unreadable(column, "nothing stands in it"))
}

fn unreadable(column: &str, error: impl Into<Box<dyn Error + Send + Sync>>) -> ReadError {
    ReadError::Unreadable { column: column.to_owned(), source: error.into() }
}

impl Row {
    pub(crate) fn text(&self, column: &str) -> Result<String, ReadError> {
        there(column, self.maybe_text(column)?)
    }

    pub(crate) fn maybe_text(&self, column: &str) -> Result<Option<String>, ReadError> {
        column!(self, column, Cells::text)
    }

    pub(crate) fn int(&self, column: &str) -> Result<i64, ReadError> {
        there(column, self.maybe_int(column)?)
    }

    pub(crate) fn maybe_int(&self, column: &str) -> Result<Option<i64>, ReadError> {
        column!(self, column, Cells::int)
    }

    /// A whole number that is never negative.
    pub(crate) fn count(&self, column: &str) -> Result<u64, ReadError> {
        u64::try_from(self.int(column)?).map_err(|error| unreadable(column, error))
    }

    pub(crate) fn bytes(&self, column: &str) -> Result<Vec<u8>, ReadError> {
        there(column, self.maybe_bytes(column)?)
    }

    pub(crate) fn maybe_bytes(&self, column: &str) -> Result<Option<Vec<u8>>, ReadError> {
        column!(self, column, Cells::bytes)
    }

    pub(crate) fn truth(&self, column: &str) -> Result<bool, ReadError> {
        Ok(self.int(column)? != 0)
    }

    /// Text read as `T`.
    pub(crate) fn parsed<T>(&self, column: &str) -> Result<T, ReadError>
    where
        T: FromStr<Err: Error + Send + Sync + 'static>,
    {
        self.text(column)?.parse().map_err(|error: T::Err| unreadable(column, error))
    }

    pub(crate) fn maybe_parsed<T>(&self, column: &str) -> Result<Option<T>, ReadError>
    where
        T: FromStr<Err: Error + Send + Sync + 'static>,
    {
        let read = |text: String| text.parse().map_err(|error: T::Err| unreadable(column, error));
        self.maybe_text(column)?.map(read).transpose()
    }

    /// Text that is one of the words of a type.
    pub(crate) fn word<T>(&self, column: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, ReadError> {
        let text = self.text(column)?;
        read(&text).ok_or_else(|| unreadable(column, format!("`{text}` is none of its words")))
    }

    pub(crate) fn instant(&self, column: &str) -> Result<Instant, ReadError> {
        self.parsed(column)
    }

    pub(crate) fn maybe_instant(&self, column: &str) -> Result<Option<Instant>, ReadError> {
        self.maybe_parsed(column)
    }

    /// JSON text read as `T`, which checks what it holds.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, ReadError> {
        serde_json::from_str(&self.text(column)?).map_err(|error| unreadable(column, error))
    }

    pub(crate) fn maybe_json<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>, ReadError> {
        let read = |text: String| serde_json::from_str(&text).map_err(|error| unreadable(column, error));
        self.maybe_text(column)?.map(read).transpose()
    }
}
