//! Tries to sign in, of which `access::throttle` works out how long the next must wait.

use access::Instant;
use access::throttle::REMEMBERED_SECONDS;

use crate::Store;
use crate::executor::{DatabaseError, ReadError, Row, values};
use crate::people::folded_login;

/// The most tries that are read: after so many, the wait is the longest in any case.
const MOST: i64 = 200;

/// The failures that still count, in no order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tries {
    /// Of the login, since it last got in.
    pub of_login: Vec<Instant>,
    /// From the address, all.
    pub of_address: Vec<Instant>,
}

impl Store {
    /// The failures of the last day of a login and from an address; two statements, by their indexes.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn tries(&self, login: &str, address: &str, now: Instant) -> Result<Tries, ReadError> {
        let since = Instant(now.0.saturating_sub(REMEMBERED_SECONDS));
        let sql = "SELECT at, passed FROM sign_in_try WHERE login = $1 AND at > $2 \
            ORDER BY at DESC, passed DESC LIMIT $3";
        let of_login = self.pool.rows(sql, values![folded_login(login), since, MOST]).await?;
        let sql = "SELECT at FROM sign_in_try WHERE address = $1 AND at > $2 AND passed = 0 \
            ORDER BY at DESC LIMIT $3";
        let of_address = self.pool.rows(sql, values![address, since, MOST]).await?;
        Ok(Tries {
            of_login: since_last_success(&of_login)?,
            of_address: of_address.iter().map(|row| row.instant("at")).collect::<Result<_, _>>()?,
        })
    }

    /// Notes a try to sign in.
    ///
    /// # Errors
    /// The database fails.
    pub async fn note_try(
        &self,
        login: &str,
        address: &str,
        passed: bool,
        at: Instant,
    ) -> Result<(), DatabaseError> {
        let sql = "INSERT INTO sign_in_try (login, address, at, passed) VALUES ($1, $2, $3, $4)";
        self.keep(sql, values![folded_login(login), address, at, passed]).await.map(drop)
    }

    /// Forgets tries before `before`, by the index of time; how many those were.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_tries(&self, before: Instant) -> Result<u64, DatabaseError> {
        self.keep("DELETE FROM sign_in_try WHERE at < $1", values![before]).await
    }
}

/// `rows` come latest first.
fn since_last_success(rows: &[Row]) -> Result<Vec<Instant>, ReadError> {
    let mut failures = Vec::new();
    for row in rows {
        if row.truth("passed")? {
            break;
        }
        failures.push(row.instant("at")?);
    }
    Ok(failures)
}
