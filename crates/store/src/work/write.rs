//! What a deed writes, collected as values and turned into statements when it is saved.

use access::Instant;
use cites::EventId;

use super::Version;
use crate::executor::{Sql, Value, values};

/// Columns with their values.
pub(crate) type Columns = Vec<(&'static str, Value)>;

/// Columns with their values, `"name" => value`.
macro_rules! columns {
    ($($name:literal => $value:expr),* $(,)?) => {
        vec![$(($name, crate::executor::Value::from($value))),*]
    };
}
pub(crate) use columns;

/// Something to be written.
#[derive(Debug)]
pub(crate) enum Write {
    /// A row of a record that changes: inserted where it is new, else changed if it is as it was loaded. The columns
    /// `version` and `changed_at` are added, and `made_at` to a new row of a table that has it.
    Head { table: &'static str, key: Columns, version: Version, columns: Columns, has_made_at: bool },
    /// A row that is there once and for all.
    Row { table: &'static str, columns: Columns },
    /// A row of what was done: `event`, `place` and `at` are added.
    Entry { table: &'static str, columns: Columns },
    /// The rows of a set that belongs to one owner, in place of those that were there; of a new owner there are none.
    Set { table: &'static str, owner: (&'static str, Value), rows: Vec<Columns>, is_new: bool },
    /// A change of its own; it must touch so many rows, where it says so.
    Change { sql: &'static str, values: Vec<Value>, rows: Option<u64> },
    /// The same, with the instant of the deed as the value after `values`.
    ChangeAt { sql: &'static str, values: Vec<Value>, rows: Option<u64> },
}

/// A statement, and how many rows it must touch.
#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) sql: Sql,
    pub(crate) values: Vec<Value>,
    pub(crate) rows: Option<u64>,
}

impl Write {
    /// `place` counts the entries of the event.
    pub(crate) fn into_statements(
        self,
        event: &EventId,
        at: Instant,
        place: &mut i64,
        into: &mut Vec<Statement>,
    ) {
        match self {
            Write::Head { table, key, version, columns, has_made_at } if version == Version::NEW => {
                let mut all = key;
                all.extend(columns);
                all.extend(columns!["version" => Version::NEW.next().0, "changed_at" => at]);
                if has_made_at {
                    all.push(("made_at", at.into()));
                }
                into.push(insert(table, all));
            }
            Write::Head { table, key, version, mut columns, .. } => {
                columns.push(("changed_at", at.into()));
                into.push(update(table, key, version, columns));
            }
            Write::Row { table, columns } => into.push(insert(table, columns)),
            Write::Entry { table, mut columns } => {
                columns.extend(columns!["event" => *event, "place" => *place, "at" => at]);
                *place += 1;
                into.push(insert(table, columns));
            }
            Write::Set { table, owner: (name, owner), rows, is_new } => {
                if !is_new {
                    let sql = Sql::Owned(format!("DELETE FROM {table} WHERE {name} = $1"));
                    into.push(Statement { sql, values: vec![owner.clone()], rows: None });
                }
                into.extend(rows.into_iter().map(|mut row| {
                    row.push((name, owner.clone()));
                    insert(table, row)
                }));
            }
            Write::Change { sql, values, rows } => into.push(Statement { sql: sql.into(), values, rows }),
            Write::ChangeAt { sql, mut values, rows } => {
                values.extend(values![at]);
                into.push(Statement { sql: sql.into(), values, rows });
            }
        }
    }
}

/// Table and columns are words of this crate.
pub(crate) fn insert(table: &'static str, columns: Columns) -> Statement {
    let (names, values): (Vec<&str>, Vec<Value>) = columns.into_iter().unzip();
    let marks: Vec<String> = (1..=names.len()).map(|place| format!("${place}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", "));
    Statement { sql: sql.into(), values, rows: Some(1) }
}

fn update(table: &'static str, key: Columns, version: Version, columns: Columns) -> Statement {
    let mut place = 0;
    let mut equals = |name: &str| {
        place += 1;
        format!("{name} = ${place}")
    };
    let set: Vec<String> = columns.iter().map(|(name, _)| equals(name)).collect();
    let whose: Vec<String> = key.iter().map(|(name, _)| equals(name)).collect();
    let loaded = equals("version");
    let sql = format!(
        "UPDATE {table} SET {}, version = version + 1 WHERE {} AND {loaded}",
        set.join(", "),
        whose.join(" AND ")
    );
    let mut values: Vec<Value> = columns.into_iter().chain(key).map(|(_, value)| value).collect();
    values.extend(values![version.0]);
    Statement { sql: sql.into(), values, rows: Some(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_inserted_once_and_then_changed_only_as_it_was_loaded() {
        let head = |version| Write::Head {
            table: "setting",
            key: columns!["name" => "office"],
            version,
            columns: columns!["value_json" => "1"],
            has_made_at: false,
        };
        let sql = |write: Write| {
            let mut statements = Vec::new();
            write.into_statements(&EventId([0; 16]), Instant(0), &mut 0, &mut statements);
            (statements[0].sql.to_string(), statements[0].values.len())
        };
        assert_eq!(
            sql(head(Version::NEW)),
            (
                "INSERT INTO setting (name, value_json, version, changed_at) VALUES ($1, $2, $3, $4)"
                    .to_owned(),
                4
            )
        );
        let update = "UPDATE setting SET value_json = $1, changed_at = $2, version = version + 1 \
                      WHERE name = $3 AND version = $4";
        assert_eq!(sql(head(Version(3))), (update.to_owned(), 4));
    }
}
