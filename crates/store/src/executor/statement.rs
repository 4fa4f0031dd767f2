//! A statement with its values, for whichever engine: bound in one place, so that both are asked the same.

use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Database, Encode, Executor, IntoArguments, Type};

use super::{DatabaseError, Sql, Value};

/// An engine that takes every [`Value`].
pub(super) trait Takes: Database<Arguments: IntoArguments<Self>> + Sized {
    /// Binds a value as the next.
    fn bind(
        query: Query<'static, Self, Self::Arguments>,
        value: Value,
    ) -> Query<'static, Self, Self::Arguments>;
}

impl<D> Takes for D
where
    D: Database<Arguments: IntoArguments<D>>,
    for<'q> Option<String>: Encode<'q, D> + Type<D>,
    for<'q> Option<i64>: Encode<'q, D> + Type<D>,
    for<'q> Option<Vec<u8>>: Encode<'q, D> + Type<D>,
{
    fn bind(query: Query<'static, D, D::Arguments>, value: Value) -> Query<'static, D, D::Arguments> {
        match value {
            Value::Text(text) => query.bind(text),
            Value::Int(number) => query.bind(number),
            Value::Bytes(bytes) => query.bind(bytes),
        }
    }
}

fn prepared<D: Takes>(sql: Sql, values: Vec<Value>) -> Query<'static, D, D::Arguments> {
    #[cfg(test)]
    super::heard::note(&sql);
    let query = match sql {
        Sql::Borrowed(text) => sqlx::query(text),
        Sql::Owned(text) => sqlx::query(AssertSqlSafe(text)),
    };
    values.into_iter().fold(query, D::bind)
}

/// The rows of a statement.
pub(super) async fn rows<'e, D: Takes>(
    on: impl Executor<'e, Database = D>,
    sql: Sql,
    values: Vec<Value>,
) -> Result<Vec<D::Row>, DatabaseError> {
    Ok(prepared::<D>(sql, values).fetch_all(on).await?)
}

/// What a statement did.
pub(super) async fn execute<'e, D: Takes>(
    on: impl Executor<'e, Database = D>,
    sql: Sql,
    values: Vec<Value>,
) -> Result<D::QueryResult, DatabaseError> {
    Ok(prepared::<D>(sql, values).execute(on).await?)
}
