//! Sessions: loaded at every request, in one statement.

use access::session::{Holder, Rotation, Session};
use access::{Actor, Instant};
use cites::{SessionId, UserId};

use crate::executor::{DatabaseError, ReadError, Row, values};
use crate::people::{AccountRecord, roles_and_operators};
use crate::work::{Write, all};
use crate::{Store, Work};

/// Seconds after which a session's last request is noted again: so that reading a page seldom writes.
pub const SEEN_EVERY_SECONDS: u64 = 60;

/// A session that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Its id, which its owner sees in the list of sessions.
    pub id: SessionId,
    /// Whose it is.
    pub account: UserId,
    /// The hash of its token.
    pub token_hash: String,
    /// The rights of the account for which the token was made.
    pub rights: u64,
    /// Whether the second factor was shown.
    pub second_factor: bool,
    /// Where the request came from.
    pub address: String,
    /// What the browser calls itself.
    pub device: String,
}

/// A request with the token of a session: all that it takes to say whether it stands, and who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: SessionId,
    /// What is kept of it.
    pub state: Session,
    /// `None` for the token of now; for the former one, why it was changed.
    pub by_former: Option<Rotation>,
    /// What of the person bears on it.
    pub holder: Holder,
    /// Who acts.
    pub actor: Actor,
    /// The account, with its roles.
    pub account: AccountRecord,
}

/// A session as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRecord {
    /// Its id.
    pub id: SessionId,
    /// What is kept of it.
    pub state: Session,
    /// Where it began.
    pub address: String,
    /// What the browser calls itself.
    pub device: String,
}

const SIGNED_IN: &str = "SELECT s.id AS session, s.token_hash, s.former_why, s.begun_at, s.seen_at, s.rotated_at, \
    s.rights AS session_rights, s.second_factor, s.revoked_at, \
    a.id, a.version, a.login, a.name, a.mail, a.language, a.agency, a.rights, a.barred, a.made_at, \
    c.made_at AS password_at, r.role, g.operator \
    FROM session s JOIN account a ON a.id = s.account \
    LEFT JOIN credential c ON c.account = a.id AND c.kind = 'password' \
    LEFT JOIN account_role r ON r.account = a.id \
    LEFT JOIN operator_agent g ON g.account = a.id \
    WHERE s.token_hash = $1 OR s.former_hash = $1";

impl SignedIn {
    fn read(rows: &[Row], hash: &str) -> Result<Option<SignedIn>, ReadError> {
        let Some(first) = rows.first() else { return Ok(None) };
        let (roles, operators) = roles_and_operators(rows)?;
        let account = AccountRecord { roles, ..AccountRecord::of(first, first.parsed("id")?)? };
        let password_set = first.maybe_instant("password_at")?.unwrap_or(account.made);
        let by_former = match first.text("token_hash")? == hash {
            true => None,
            false => Some(first.word("former_why", rotation)?),
        };
        Ok(Some(SignedIn {
            session: first.parsed("session")?,
            state: state(first, "session_rights")?,
            by_former,
            holder: Holder { roles, rights: account.rights, barred: account.barred, password_set },
            actor: Actor { user: account.id, agency: account.agency, roles, operators, token: None },
            account,
        }))
    }
}

fn state(row: &Row, rights: &str) -> Result<Session, ReadError> {
    Ok(Session {
        begun: row.instant("begun_at")?,
        seen: row.instant("seen_at")?,
        rotated: row.instant("rotated_at")?,
        rights: row.count(rights)?,
        second_factor: row.truth("second_factor")?,
        revoked: row.maybe_text("revoked_at")?.is_some(),
    })
}

fn rotation(word: &str) -> Option<Rotation> {
    [Rotation::Time, Rotation::Rights].into_iter().find(|why| rotation_word(*why) == word)
}

const fn rotation_word(why: Rotation) -> &'static str {
    match why {
        Rotation::Time => "time",
        Rotation::Rights => "rights",
    }
}

impl Store {
    /// The session of a token, with who acts in it, in one statement; by the indexes of tokens and former tokens.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn signed_in(&self, token_hash: &str) -> Result<Option<SignedIn>, ReadError> {
        SignedIn::read(&self.pool.keyed(SIGNED_IN, values![token_hash]).await?, token_hash)
    }

    /// Begins a session.
    ///
    /// # Errors
    /// The database fails, or the token is one of another session.
    pub async fn begin_session(&self, session: &NewSession, at: Instant) -> Result<(), DatabaseError> {
        let sql = "INSERT INTO session (id, account, token_hash, begun_at, seen_at, rotated_at, rights, \
            second_factor, address, device) VALUES ($1, $2, $3, $4, $4, $4, $5, $6, $7, $8)";
        let row = values![
            session.id,
            session.account,
            &session.token_hash,
            at,
            session.rights,
            session.second_factor,
            &session.address,
            &session.device
        ];
        self.keep(sql, row).await.map(drop)
    }

    /// Gives a session another token, for the rights that its holder has now; `false` where another request has
    /// given it one, whose token then holds.
    ///
    /// # Errors
    /// The database fails.
    pub async fn rotate_session(
        &self,
        session: SessionId,
        (from, to): (&str, &str),
        why: Rotation,
        holder: &Holder,
        at: Instant,
    ) -> Result<bool, DatabaseError> {
        let sql = "UPDATE session SET token_hash = $1, former_hash = $2, former_why = $3, rights = $4, \
            rotated_at = $5, seen_at = $5 WHERE id = $6 AND token_hash = $2 AND revoked_at IS NULL";
        let row = values![to, from, rotation_word(why), holder.rights, at, session];
        Ok(self.keep(sql, row).await? == 1)
    }

    /// Notes that the second factor was shown, and gives the session another token; `false` where it has another
    /// already.
    ///
    /// # Errors
    /// The database fails.
    pub async fn raise_session(
        &self,
        session: SessionId,
        (from, to): (&str, &str),
        at: Instant,
    ) -> Result<bool, DatabaseError> {
        let sql = "UPDATE session SET token_hash = $1, former_hash = $2, former_why = 'rights', \
            second_factor = 1, rotated_at = $3, seen_at = $3 \
            WHERE id = $4 AND token_hash = $2 AND revoked_at IS NULL";
        Ok(self.keep(sql, values![to, from, at, session]).await? == 1)
    }

    /// Notes a request in a session, at most every [`SEEN_EVERY_SECONDS`]: else it asks the database nothing.
    ///
    /// # Errors
    /// The database fails.
    pub async fn seen(&self, signed_in: &SignedIn, now: Instant) -> Result<(), DatabaseError> {
        if signed_in.state.seen.seconds_until(now) < SEEN_EVERY_SECONDS {
            return Ok(());
        }
        let sql = "UPDATE session SET seen_at = $1 WHERE id = $2 AND seen_at < $1";
        self.keep(sql, values![now, signed_in.session]).await.map(drop)
    }

    /// Ends a session: its holder signs out.
    ///
    /// # Errors
    /// The database fails.
    pub async fn end_session(&self, session: SessionId, at: Instant) -> Result<(), DatabaseError> {
        let sql = "UPDATE session SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
        self.keep(sql, values![at, session]).await.map(drop)
    }

    /// The sessions of an account that nobody has ended, latest first, by the index of the account. Some of them may
    /// have run out.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn sessions(&self, account: UserId) -> Result<Vec<SessionRecord>, ReadError> {
        let sql = "SELECT id, begun_at, seen_at, rotated_at, rights, second_factor, revoked_at, address, device \
            FROM session WHERE account = $1 AND revoked_at IS NULL ORDER BY begun_at DESC, id";
        let rows = self.pool.rows(sql, values![account]).await?;
        all(&rows, |row| {
            let (id, address, device) = (row.parsed("id")?, row.text("address")?, row.text("device")?);
            Ok(SessionRecord { id, state: state(row, "rights")?, address, device })
        })
    }

    /// Forgets sessions that began before `before`, by the index of their age; how many those were.
    ///
    /// # Errors
    /// The database fails.
    pub async fn forget_sessions(&self, before: Instant) -> Result<u64, DatabaseError> {
        self.keep("DELETE FROM session WHERE begun_at < $1", values![before]).await
    }
}

impl Work {
    /// Ends a session of an account with the deed. Where it has ended already, the deed is not saved.
    pub fn revoke_session(&mut self, account: UserId, session: SessionId) {
        self.collect(Write::ChangeAt {
            sql: "UPDATE session SET revoked_at = $3 WHERE account = $1 AND id = $2 AND revoked_at IS NULL",
            values: values![account, session],
            rows: Some(1),
        });
    }

    /// Ends all sessions of an account with the deed.
    pub fn revoke_sessions(&mut self, account: UserId) {
        self.collect(Write::ChangeAt {
            sql: "UPDATE session SET revoked_at = $2 WHERE account = $1 AND revoked_at IS NULL",
            values: values![account],
            rows: None,
        });
    }
}
