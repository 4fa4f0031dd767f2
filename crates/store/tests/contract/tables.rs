//! What all migrations give stands in `schema.sql`, one file an engine.

use std::path::PathBuf;

use store::{Engine, MigrateError, Store};

use crate::bench::{Bench, NOW, on_both};

const SQLITE: &str =
    "SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name";

/// Columns, constraints, indexes and triggers, as PostgreSQL itself writes them.
const POSTGRES: &str = "SELECT text FROM (\
    SELECT c.relname AS name, 1 AS part, LPAD(a.attnum::text, 3, '0') AS place, 'column ' || c.relname || '.' || a.attname || ' ' || \
      format_type(a.atttypid, a.atttypmod) || COALESCE(' collate ' || quote_ident(l.collname), '') || \
      CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || \
      COALESCE(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS text \
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
    LEFT JOIN pg_collation l ON l.oid = a.attcollation \
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relkind = 'r' \
    UNION ALL SELECT c.relname, 2, k.conname, 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid) \
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' \
    UNION ALL SELECT tablename, 3, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' \
    UNION ALL SELECT c.relname, 4, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
    WHERE NOT t.tgisinternal) AS everything ORDER BY name COLLATE \"C\", part, place COLLATE \"C\"";

fn committed(engine: Engine) -> PathBuf {
    let folder = if engine == Engine::Sqlite { "sqlite" } else { "postgres" };
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(folder).join("schema.sql")
}

async fn schema(bench: &Bench) -> String {
    let (sql, mark) = match bench.store.engine() {
        Engine::Sqlite => (SQLITE, "\n\n"),
        Engine::Postgres => (POSTGRES, "\n"),
    };
    let head = "-- What all migrations give, written by COUNTRYGATE_WRITE=1; never edited by hand.\n\n";
    head.to_owned() + &bench.texts(sql).await.join(mark) + "\n"
}

on_both! {
    async fn the_committed_schema_is_what_all_migrations_give(bench: Bench) {
        let given = schema(&bench).await;
        let path = committed(bench.store.engine());
        if std::env::var_os("COUNTRYGATE_WRITE").is_some() {
            std::fs::write(&path, &given).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == given, "{} differs; run the test with COUNTRYGATE_WRITE=1 and look", path.display());
    }

    async fn a_second_start_applies_nothing_and_a_newer_database_is_refused(bench: Bench) {
        assert!(bench.store.migrate(NOW).await.unwrap().is_empty());
        let sql = "INSERT INTO migration (name, hash, applied_at) VALUES ('9999_later', 'x', 'y')";
        bench.behind_its_back(sql).await.unwrap();
        let told = bench.store.migrate(NOW).await.unwrap_err();
        assert!(matches!(&told, MigrateError::Newer { name } if name == "9999_later"), "{told}");
    }

    async fn a_step_that_was_changed_after_it_was_applied_is_refused(bench: Bench) {
        bench.behind_its_back("UPDATE migration SET hash = 'x' WHERE name = '0002_people'").await.unwrap();
        let told = bench.store.migrate(NOW).await.unwrap_err();
        assert!(matches!(&told, MigrateError::Altered { name } if name == "0002_people"), "{told}");
    }

    async fn who_looks_finds_the_steps_that_are_missing(bench: Bench) {
        let look = || async {
            let store = Store::look(&bench.location).await.unwrap().unwrap();
            let missing = store.missing_steps().await;
            store.close().await;
            missing
        };
        assert_eq!(look().await.unwrap(), [""; 0]);
        bench.behind_its_back("DELETE FROM migration WHERE name <> '0001_deeds'").await.unwrap();
        let missing = look().await.unwrap();
        assert!(missing.first() == Some(&"0002_people") && !missing.contains(&"0001_deeds"), "{missing:?}");
        bench.behind_its_back("UPDATE migration SET hash = 'x'").await.unwrap();
        assert!(matches!(look().await, Err(MigrateError::Altered { name }) if name == "0001_deeds"));
        bench.behind_its_back("DROP TABLE migration").await.unwrap();
        assert_eq!(look().await.unwrap().len(), missing.len() + 1);
    }

    async fn rows_of_what_was_done_are_never_changed(bench: Bench) {
        let sql = if bench.store.engine() == Engine::Sqlite {
            "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
        } else {
            "SELECT DISTINCT c.relname::text COLLATE \"C\" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
             WHERE NOT t.tgisinternal ORDER BY 1"
        };
        let kept = ["event", "foreign_paper_line", "foreign_paper_use", "permit_line", "permit_move", "quota_move", "stamp_entry"];
        assert_eq!(bench.texts(sql).await, kept);
        if bench.store.engine() == Engine::Postgres {
            let told = bench.behind_its_back("TRUNCATE event CASCADE").await.unwrap_err().to_string();
            assert!(told.contains("are never changed"), "{told}");
        }
    }
}
