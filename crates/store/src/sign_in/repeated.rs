//! Requests that are sent twice are done once: the key that a client gives each, and the reply that it got.
//!
//! A key is taken before the deed, in bookkeeping of its own; the reply is saved with the deed, by
//! [`Work::keep_reply`](crate::Work::keep_reply), so that it is there exactly where the deed is.

use access::Instant;

use crate::executor::{DatabaseError, ReadError, values};
use crate::work::Write;
use crate::{Store, Work};

/// A reply that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its status (RFC 9110 §15).
    pub status: u16,
    /// Its body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeated {
    /// Nobody has used it: it is taken now, and the request is to be done.
    First,
    /// The same request was done, and got this reply.
    Done(Reply),
    /// The same request is being done, or was broken off before it was done.
    Pending,
    /// It was used for another request.
    Other,
}

impl Store {
    /// Takes a key of an actor for a request, by its hash, until `until`; a key that is older than that is taken
    /// anew. By the key of the table.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn take_key(
        &self,
        (actor, key): (&str, &str),
        request_hash: &str,
        until: Instant,
        now: Instant,
    ) -> Result<Repeated, ReadError> {
        let sql = "INSERT INTO idempotency_key (actor, name, request_hash, made_at, until_at) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (actor, name) DO UPDATE SET \
            request_hash = $3, made_at = $4, until_at = $5, reply_status = NULL, reply = NULL \
            WHERE idempotency_key.until_at <= $4";
        if self.keep(sql, values![actor, key, request_hash, now, until]).await? == 1 {
            return Ok(Repeated::First);
        }
        let sql =
            "SELECT request_hash, reply_status, reply FROM idempotency_key WHERE actor = $1 AND name = $2";
        let Some(row) = self.pool.row(sql, values![actor, key]).await? else { return Ok(Repeated::Pending) };
        if row.text("request_hash")? != request_hash {
            return Ok(Repeated::Other);
        }
        let (status, body) = (row.maybe_int("reply_status")?, row.maybe_bytes("reply")?);
        Ok(match status.and_then(|status| u16::try_from(status).ok()) {
            Some(status) => Repeated::Done(Reply { status, body: body.unwrap_or_default() }),
            None => Repeated::Pending,
        })
    }

    /// Gives a key back: the request was refused and did nothing, so that it may be sent again.
    ///
    /// # Errors
    /// The database fails.
    pub async fn free_key(&self, (actor, key): (&str, &str)) -> Result<(), DatabaseError> {
        let sql = "DELETE FROM idempotency_key WHERE actor = $1 AND name = $2 AND reply_status IS NULL";
        self.keep(sql, values![actor, key]).await.map(drop)
    }

    /// Forgets keys whose time is over, by the index of their end; how many those were.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_keys(&self, now: Instant) -> Result<u64, DatabaseError> {
        self.keep("DELETE FROM idempotency_key WHERE until_at <= $1", values![now]).await
    }
}

impl Work {
    /// Saves the reply to a request with its deed. Where the key is not taken, or has a reply, the deed is not saved.
    pub fn keep_reply(&mut self, (actor, key): (&str, &str), reply: &Reply) {
        self.collect(Write::Change {
            sql: "UPDATE idempotency_key SET reply_status = $1, reply = $2 \
                WHERE actor = $3 AND name = $4 AND reply_status IS NULL",
            values: values![i64::from(reply.status), reply.body.clone(), actor, key],
            rows: Some(1),
        });
    }
}
