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
