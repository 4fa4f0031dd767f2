//! A row of SQLite, taken out of the connection that read it.

use std::error::Error;
use std::sync::Arc;

use rusqlite::types::Value;

/// The cells of a row with the names of their columns, which all rows of a statement share.
pub(crate) struct Cells {
    pub(super) columns: Arc<[Box<str>]>,
    pub(super) cells: Vec<Value>,
}

/// Why a cell cannot be read.
type Unreadable = Box<dyn Error + Send + Sync>;

impl Cells {
    pub(in crate::executor) fn text(&self, column: &str) -> Result<Option<String>, Unreadable> {
        match self.cell(column)? {
            Value::Text(text) => Ok(Some(text.clone())),
            Value::Null => Ok(None),
            other => Err(of_another_type("text", other)),
        }
    }

    pub(in crate::executor) fn int(&self, column: &str) -> Result<Option<i64>, Unreadable> {
        match self.cell(column)? {
            Value::Integer(number) => Ok(Some(*number)),
            Value::Null => Ok(None),
            other => Err(of_another_type("a whole number", other)),
        }
    }

    pub(in crate::executor) fn bytes(&self, column: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        match self.cell(column)? {
            Value::Blob(bytes) => Ok(Some(bytes.clone())),
            Value::Null => Ok(None),
            other => Err(of_another_type("bytes", other)),
        }
    }

    fn cell(&self, column: &str) -> Result<&Value, Unreadable> {
        let place = self.columns.iter().position(|name| **name == *column);
        place.and_then(|place| self.cells.get(place)).ok_or_else(|| "the row has no such column".into())
    }
}

fn of_another_type(wanted: &str, found: &Value) -> Unreadable {
    format!("{wanted} was to stand in it, and {} does", found.data_type()).into()
}
