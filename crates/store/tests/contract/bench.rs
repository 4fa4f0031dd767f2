//! A fresh database for each test, on each of the two engines.
//!
//! SQLite is a file in a folder that goes with the test; PostgreSQL is a database of its own on the throw-away
//! server of the run.

use std::collections::BTreeMap;
use std::error::Error;
use std::future::Future;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use access::Instant;
use store::{Engine, Location, Store};

/// The instant at which tests begin: 2026-11-30, a Monday.
pub const NOW: Instant = Instant(1_796_000_400);

/// A database with its tables.
pub struct Bench {
    pub store: Store,
    pub location: Location,
    folder: Option<tempfile::TempDir>,
    drawn: AtomicU64,
}

impl Bench {
    async fn at(location: Location, folder: Option<tempfile::TempDir>) -> Bench {
        let store = Store::open(&location).await.unwrap();
        store.migrate(NOW).await.unwrap();
        Bench { store, location, folder, drawn: AtomicU64::new(0) }
    }

    /// Sixteen bytes that were not drawn before, growing.
    pub fn draw(&self) -> [u8; 16] {
        u128::from(self.drawn.fetch_add(1, Ordering::Relaxed) + 1).to_be_bytes()
    }

    /// Another node on the same database.
    pub async fn node(&self) -> Store {
        Store::open(&self.location).await.unwrap()
    }

    /// Statements past the store: what somebody with the keys of the database could do.
    pub async fn behind_its_back(&self, sql: &str) -> Result<u64, Box<dyn Error>> {
        match &self.location {
            Location::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path)?;
                connection.execute_batch(sql)?;
                Ok(connection.changes())
            }
            Location::Postgres(url) => {
                let sql = sqlx::AssertSqlSafe(sql.to_owned());
                let pool = sqlx::PgPool::connect(url).await?;
                let done = sqlx::raw_sql(sql).execute(&pool).await;
                pool.close().await;
                Ok(done?.rows_affected())
            }
        }
    }

    /// How many rows each table has, the table of migrations left out.
    pub async fn rows_of_tables(&self) -> BTreeMap<String, u64> {
        let tables = match self.store.engine() {
            Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'migration'",
            Engine::Postgres => {
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration'"
            }
        };
        let tables = self.texts(tables).await;
        let count = |name: &String| format!("SELECT '{name} ' || CAST(COUNT(*) AS TEXT) FROM {name}");
        let all: Vec<String> = tables.iter().map(count).collect();
        let rows = self.texts(&all.join(" UNION ALL ")).await;
        let rows = rows.iter().map(|row| row.split_once(' ').unwrap());
        rows.map(|(name, count)| (name.to_owned(), count.parse().unwrap())).collect()
    }

    /// The first column, as text, of each row of a query.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        match &self.location {
            Location::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                let mut statement = connection.prepare(sql).unwrap();
                let rows = statement.query_map([], |row| row.get(0)).unwrap();
                rows.collect::<Result<_, _>>().unwrap()
            }
            Location::Postgres(url) => {
                let sql = sqlx::AssertSqlSafe(sql.to_owned());
                let pool = sqlx::PgPool::connect(url).await.unwrap();
                let rows = sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap();
                pool.close().await;
                rows
            }
        }
    }
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(test);
}

/// Runs a test on SQLite.
pub fn on_sqlite<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Sqlite(folder.path().join("office.db"));
    run(async {
        let bench = Bench::at(location, Some(folder)).await;
        assert_eq!((bench.store.engine(), bench.folder.is_some()), (Engine::Sqlite, true));
        test(bench).await;
    });
}

/// Runs a test on PostgreSQL, or says loudly that it does not.
pub fn on_postgres<F: Future<Output = ()>>(test: impl FnOnce(Bench) -> F) {
    static SERVER: OnceLock<throwaway::Postgres> = OnceLock::new();
    let server = SERVER.get_or_init(|| throwaway::postgres().unwrap_or_else(|error| panic!("{error}")));
    let Some(maintenance) = server.database("postgres") else {
        eprintln!("NOT RUN on PostgreSQL: {} says so", throwaway::VARIABLE);
        return;
    };
    run(async {
        let name = fresh_database(&maintenance).await;
        let location = Location::Postgres(server.database(&name).unwrap());
        let bench = Bench::at(location, None).await;
        assert_eq!(bench.store.engine(), Engine::Postgres);
        test(bench).await;
    });
}

/// A database of its own, by the process and a count, since tests run beside each other.
async fn fresh_database(maintenance: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("office_{}_{count}", std::process::id());
    let pool = sqlx::PgPool::connect(maintenance).await.unwrap();
    let sql = format!("DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name} TEMPLATE template0");
    for statement in sql.split("; ") {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&pool).await.unwrap();
    }
    pool.close().await;
    name
}

/// Each test twice, once an engine.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($bench:ident: Bench) $body:block)+) => {
        $($(#[$meta])* async fn $name($bench: crate::bench::Bench) $body)+

        mod sqlite {
            $(#[test] fn $name() { crate::bench::on_sqlite(super::$name); })+
        }

        mod postgres {
            $(#[test] fn $name() { crate::bench::on_postgres(super::$name); })+
        }
    };
}
pub(crate) use on_both;
