//! Steps are applied once, in order, and never in another text.

use super::*;

const AT: Instant = Instant(1_796_000_000);

const fn step(name: &'static str, text: &'static str) -> Step {
    Step { name, sqlite: text, postgres: text }
}

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let location = crate::Location::Sqlite(folder.path().join("office.db"));
    let store = Store::open(&location).await.unwrap();
    (folder, store)
}

#[tokio::test]
async fn steps_are_applied_once_and_a_changed_or_newer_one_is_refused() {
    let (_folder, store) = store().await;
    let one = step("0001_one", "CREATE TABLE one (a TEXT); INSERT INTO one VALUES ('x');");
    let two = step("0002_two", "CREATE TABLE two (a TEXT);");
    assert_eq!(apply(&store, &[one], AT).await.unwrap(), ["0001_one"]);
    let one = step("0001_one", "CREATE TABLE one (a TEXT); INSERT INTO one VALUES ('x');");
    assert_eq!(apply(&store, &[one, two], AT).await.unwrap(), ["0002_two"]);
    let changed = step("0001_one", "CREATE TABLE one (b TEXT);");
    let two = step("0002_two", "CREATE TABLE two (a TEXT);");
    let told = apply(&store, &[changed, two], AT).await.unwrap_err();
    assert!(matches!(&told, MigrateError::Altered { name } if name == "0001_one"), "{told}");
    let one = step("0001_one", "CREATE TABLE one (a TEXT); INSERT INTO one VALUES ('x');");
    let told = apply(&store, &[one], AT).await.unwrap_err();
    assert!(matches!(&told, MigrateError::Newer { name } if name == "0002_two"), "{told}");
}

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_of_any_step() {
    let (_folder, store) = store().await;
    let one = step("0001_one", "CREATE TABLE one (a TEXT);");
    let bad = step("0002_bad", "CREATE TABLE two (a TEXT); INSERT INTO nowhere VALUES (1);");
    let told = apply(&store, &[one, bad], AT).await.unwrap_err();
    assert!(matches!(&told, MigrateError::Step { name: "0002_bad", .. }), "{told}");
    let tables = store.pool.rows("SELECT name FROM sqlite_master", values![]).await.unwrap();
    assert_eq!(tables.len(), 0);
}

#[tokio::test]
async fn nodes_that_start_together_apply_each_step_once() {
    let (folder, store) = store().await;
    let other = Store::open(&crate::Location::Sqlite(folder.path().join("office.db"))).await.unwrap();
    let (one, two) = tokio::join!(store.migrate(AT), other.migrate(AT));
    assert_eq!(one.unwrap().len() + two.unwrap().len(), STEPS.len());
}

#[tokio::test]
async fn who_looks_makes_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    let location = crate::Location::Sqlite(path.clone());
    assert!(Store::look(&location).await.unwrap().is_none());
    assert!(!path.exists());
    std::fs::write(&path, "").unwrap();
    let looking = Store::look(&location).await.unwrap().unwrap();
    assert_eq!(looking.missing_steps().await.unwrap().len(), STEPS.len());
    looking.close().await;
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
    let store = Store::open(&location).await.unwrap();
    store.migrate(AT).await.unwrap();
    let looking = Store::look(&location).await.unwrap().unwrap();
    assert_eq!(looking.missing_steps().await.unwrap(), [""; 0]);
    let one = step("0009_one", "CREATE TABLE one (a TEXT);");
    let told = missing_of(&looking, &[one]).await.unwrap_err();
    assert!(matches!(&told, MigrateError::Newer { name } if name == "0001_deeds"), "{told}");
    assert!(looking.migrate(Instant(AT.0 + 1)).await.is_err(), "it can write");
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("office.db");
    std::fs::write(&path, "a letter, and no database at all".repeat(40)).unwrap();
    let looked = Store::look(&crate::Location::Sqlite(path)).await;
    let steps = match looked {
        Ok(store) => store.unwrap().missing_steps().await.map(drop).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    assert!(steps.unwrap_err().contains("refused"));
}
