//! The tables of the database, as steps that are applied once, in order, under a lock.
//!
//! Source of truth: the files in `migrations/`, which the program carries. What a database has been through stands
//! in its table `migration`, with the hash of each text: one that was changed after it was applied is refused, and
//! so is a database that a newer program has been at.

mod steps;

use access::Instant;

use crate::Store;
use crate::executor::{DatabaseError, Engine, Lock, ReadError, Row, values};
use crate::hash::hash_of;
pub(crate) use steps::STEPS;

/// A step: a name, and its text for each engine.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

/// Why the tables could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A step was applied in another text.
    #[error(
        "the step `{name}` was applied in another text than this program has; go back to the program that applied it"
    )]
    Altered {
        /// The step.
        name: String,
    },
    /// The database has a step that this program does not know.
    #[error("the step `{name}` is of a newer program; start that one, or bring back the copy made before it")]
    Newer {
        /// The step.
        name: String,
    },
    /// A step did not go through. Nothing was changed.
    #[error("the step `{name}` did not go through, and the database is as it was")]
    Step {
        /// The step.
        name: &'static str,
        /// Why.
        #[source]
        source: DatabaseError,
    },
    /// The table of steps could not be read or written.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<DatabaseError> for MigrateError {
    fn from(error: DatabaseError) -> MigrateError {
        MigrateError::Read(error.into())
    }
}

impl Step {
    fn text(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (\
    name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, applied_at TEXT NOT NULL)";

const APPLIED: &str = "SELECT name, hash FROM migration ORDER BY name";

impl Store {
    /// The steps that the tables lack. Nothing is changed.
    ///
    /// # Errors
    /// A step was changed after it was applied, or is of a newer program; the database fails.
    pub async fn missing_steps(&self) -> Result<Vec<&'static str>, MigrateError> {
        missing_of(self, &STEPS).await
    }

    /// Brings the tables up to date, all steps or none, and says which were applied. Several nodes may call it at
    /// one time: one does the work and the others find it done.
    ///
    /// # Errors
    /// A step was changed after it was applied, is of a newer program, or does not go through.
    pub async fn migrate(&self, at: Instant) -> Result<Vec<&'static str>, MigrateError> {
        apply(self, &STEPS, at).await
    }
}

async fn apply(store: &Store, steps: &[Step], at: Instant) -> Result<Vec<&'static str>, MigrateError> {
    let engine = store.engine();
    let mut transaction = store.pool.begin().await?;
    transaction.alone().await?;
    transaction.execute(TABLE, values![]).await?;
    let applied = applied(transaction.rows(APPLIED, values![], Lock::None).await?)?;
    let mut done = Vec::new();
    for step in missing(steps, &applied, engine)? {
        let failed = |source| MigrateError::Step { name: step.name, source };
        transaction.script(step.text(engine)).await.map_err(failed)?;
        let row = values![step.name, hash_of(step.text(engine)), at];
        transaction
            .execute("INSERT INTO migration (name, hash, applied_at) VALUES ($1, $2, $3)", row)
            .await?;
        done.push(step.name);
    }
    transaction.commit().await?;
    Ok(done)
}

async fn missing_of(store: &Store, steps: &[Step]) -> Result<Vec<&'static str>, MigrateError> {
    let rows = if store.pool.has_table("migration").await? {
        store.pool.rows(APPLIED, values![]).await?
    } else {
        Vec::new()
    };
    let missing = missing(steps, &applied(rows)?, store.engine())?;
    Ok(missing.into_iter().map(|step| step.name).collect())
}

/// The steps that are not among those applied, each of which this program must know in the same text.
fn missing<'s>(
    steps: &'s [Step],
    applied: &[(String, String)],
    engine: Engine,
) -> Result<Vec<&'s Step>, MigrateError> {
    if let Some((name, _)) = applied.iter().find(|(name, _)| !steps.iter().any(|step| step.name == *name)) {
        return Err(MigrateError::Newer { name: name.clone() });
    }
    let mut missing = Vec::new();
    for step in steps {
        match applied.iter().find(|(name, _)| name == step.name) {
            Some((_, kept)) if *kept == hash_of(step.text(engine)) => {}
            Some((name, _)) => return Err(MigrateError::Altered { name: name.clone() }),
            None => missing.push(step),
        }
    }
    Ok(missing)
}

fn applied(rows: Vec<Row>) -> Result<Vec<(String, String)>, ReadError> {
    rows.iter().map(|row| Ok((row.text("name")?, row.text("hash")?))).collect()
}

#[cfg(test)]
mod tests;
