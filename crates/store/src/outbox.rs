//! What goes out after a deed: mails and calls of webhooks, shared by the nodes of an office.
//!
//! A message is written with its deed. A node claims what is due and holds it for a while; what it does not report
//! back by then is due again, so that a node that dies loses nothing, and a message may go out twice. What fails is
//! tried again later and later, and in the end given up, with its last error.

use std::str::FromStr;

use access::Instant;
use cites::{EventId, WebhookId};

use crate::Store;
use crate::executor::{DatabaseError, Lock, ReadError, Row, values};
use crate::work::all;

/// After so many failures a message is given up: the waits before are three days together.
pub const ATTEMPTS_MAX: u32 = 12;
/// The wait after the first failure, seconds; it doubles with each further one.
pub const FIRST_WAIT_SECONDS: u64 = 60;
/// The longest wait, seconds: twelve hours.
pub const LONGEST_WAIT_SECONDS: u64 = 12 * 60 * 60;

/// How a message goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageKind {
    /// By mail.
    Mail,
    /// By a call of a webhook.
    Webhook,
}

/// Why text is not a [`MessageKind`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no way for a message to go out; write mail or webhook")]
pub struct MessageKindError {
    /// The text as written.
    pub written: String,
}

impl MessageKind {
    /// The word of rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            MessageKind::Mail => "mail",
            MessageKind::Webhook => "webhook",
        }
    }
}

impl FromStr for MessageKind {
    type Err = MessageKindError;

    fn from_str(text: &str) -> Result<MessageKind, MessageKindError> {
        let found = [MessageKind::Mail, MessageKind::Webhook].into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| MessageKindError { written: text.to_owned() })
    }
}

/// A message that a node holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Claimed {
    /// The event of its deed.
    pub event: EventId,
    /// Its place among the messages of the deed.
    pub place: i64,
    /// How it goes out.
    pub kind: MessageKind,
    /// To whom.
    pub target: String,
    /// What it says.
    pub payload: serde_json::Value,
    /// How often it was tried, this time with it.
    pub attempts: u32,
    node: String,
}

/// How many messages wait, and how many were given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// Not sent yet.
    pub open: u64,
    /// Given up.
    pub given_up: u64,
}

/// How a call of a webhook went so far.
#[derive(Debug, Clone, PartialEq)]
pub struct CallRecord {
    /// The event of its deed.
    pub event: EventId,
    /// What it says.
    pub payload: serde_json::Value,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried, or was tried last.
    pub due: Instant,
    /// When it went out.
    pub done: Option<Instant>,
    /// When it was given up.
    pub given_up: Option<Instant>,
    /// Why it did not go out the last time.
    pub error: Option<String>,
}

const CALLS: &str = "SELECT event, payload, attempts, due_at, done_at, given_up_at, last_error FROM outbox \
    WHERE kind = 'webhook' AND target = $1 ORDER BY event DESC, place DESC LIMIT $2";
const DUE: &str = "SELECT event, place, kind, target, payload, attempts FROM outbox \
    WHERE done_at IS NULL AND given_up_at IS NULL AND due_at <= $1 AND kind = $3 \
    ORDER BY due_at, event, place LIMIT $2";
const TAKE: &str = "UPDATE outbox SET due_at = $1, taken_by = $2, attempts = attempts + 1 \
    WHERE event = $3 AND place = $4";
/// A node reports only what it still holds: what was claimed again since has one attempt more.
const DONE: &str = "UPDATE outbox SET done_at = $1, last_error = NULL \
    WHERE event = $2 AND place = $3 AND attempts = $4 AND taken_by = $5 AND done_at IS NULL";
const FAILED: &str = "UPDATE outbox SET due_at = $1, given_up_at = $2, last_error = $3, taken_by = NULL \
    WHERE event = $4 AND place = $5 AND attempts = $6 AND taken_by = $7 AND done_at IS NULL";

impl Claimed {
    fn read(row: &Row, node: &str) -> Result<Claimed, ReadError> {
        let attempts = u32::try_from(row.count("attempts")?).unwrap_or(u32::MAX);
        Ok(Claimed {
            event: row.parsed("event")?,
            place: row.int("place")?,
            kind: row.parsed("kind")?,
            target: row.text("target")?,
            payload: row.json("payload")?,
            attempts: attempts.saturating_add(1),
            node: node.to_owned(),
        })
    }
}

impl CallRecord {
    fn read(row: &Row) -> Result<CallRecord, ReadError> {
        Ok(CallRecord {
            event: row.parsed("event")?,
            payload: row.json("payload")?,
            attempts: u32::try_from(row.count("attempts")?).unwrap_or(u32::MAX),
            due: row.instant("due_at")?,
            done: row.maybe_parsed("done_at")?,
            given_up: row.maybe_parsed("given_up_at")?,
            error: row.maybe_text("last_error")?,
        })
    }
}

/// The wait after so many failures, seconds.
fn wait_seconds(failures: u32) -> u64 {
    let doubled =
        1_u64.checked_shl(failures.saturating_sub(1)).and_then(|times| times.checked_mul(FIRST_WAIT_SECONDS));
    doubled.unwrap_or(LONGEST_WAIT_SECONDS).min(LONGEST_WAIT_SECONDS)
}

impl Store {
    /// Claims up to `most` messages of a kind that are due, for `hold_seconds`; what other nodes are claiming is left
    /// out. By the index of what is open. A kind that nobody claims waits, and no try of it is counted.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn claim(
        &self,
        node: &str,
        kind: MessageKind,
        (most, hold_seconds): (u32, u64),
        now: Instant,
    ) -> Result<Vec<Claimed>, ReadError> {
        let due = values![now, i64::from(most), kind.as_str()];
        // Looks without writing first, so that an idle office writes nothing.
        if self.pool.rows(DUE, due.clone()).await?.is_empty() {
            return Ok(Vec::new());
        }
        let mut transaction = self.pool.begin().await?;
        let rows = transaction.rows(DUE, due, Lock::Free).await?;
        let claimed = all(&rows, |row| Claimed::read(row, node))?;
        for message in &claimed {
            let row = values![now.after(hold_seconds), node, message.event, message.place];
            transaction.execute(TAKE, row).await?;
        }
        transaction.commit().await?;
        Ok(claimed)
    }

    /// Reports that a message went out; `false` where this node no longer holds it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn sent(&self, message: &Claimed, now: Instant) -> Result<bool, DatabaseError> {
        let row = values![now, message.event, message.place, message.attempts, &message.node];
        Ok(self.keep(DONE, row).await? == 1)
    }

    /// Reports that a message did not go out; `false` where this node no longer holds it. It is tried again after a
    /// wait, [`ATTEMPTS_MAX`] times in all.
    ///
    /// # Errors
    /// The database fails.
    pub async fn not_sent(&self, message: &Claimed, why: &str, now: Instant) -> Result<bool, DatabaseError> {
        let given_up = (message.attempts >= ATTEMPTS_MAX).then_some(now);
        self.failed(message, (why, given_up), now).await
    }

    /// Reports that a message will never be taken, with the reason: it is given up at once. `false` where this node no
    /// longer holds it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn refused(&self, message: &Claimed, why: &str, now: Instant) -> Result<bool, DatabaseError> {
        self.failed(message, (why, Some(now)), now).await
    }

    async fn failed(
        &self,
        message: &Claimed,
        (why, given_up): (&str, Option<Instant>),
        now: Instant,
    ) -> Result<bool, DatabaseError> {
        let due = now.after(wait_seconds(message.attempts));
        let row = values![due, given_up, why, message.event, message.place, message.attempts, &message.node];
        Ok(self.keep(FAILED, row).await? == 1)
    }

    /// The calls of a webhook, latest first, by the index of calls.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn calls(&self, webhook: WebhookId, most: u32) -> Result<Vec<CallRecord>, ReadError> {
        all(&self.pool.rows(CALLS, values![webhook, i64::from(most)]).await?, CallRecord::read)
    }

    /// How many messages wait, by the index of what is open, and how many were given up.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn backlog(&self) -> Result<Backlog, ReadError> {
        let sql = "SELECT (SELECT COUNT(*) FROM outbox WHERE done_at IS NULL AND given_up_at IS NULL) AS open, \
            (SELECT COUNT(*) FROM outbox WHERE given_up_at IS NOT NULL) AS given_up";
        match self.pool.rows(sql, values![]).await?.first() {
            Some(row) => Ok(Backlog { open: row.count("open")?, given_up: row.count("given_up")? }),
            None => Ok(Backlog::default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_half_a_day() {
        assert_eq!(
            [1, 2, 3, 10, 11, 64, 100].map(wait_seconds),
            [60, 120, 240, 30_720, 43_200, 43_200, 43_200]
        );
    }
}
