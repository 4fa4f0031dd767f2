//! What proves that somebody is who they say. Hashing, sealing and checking are the caller's; here they are text.

use std::fmt;
use std::str::FromStr;

use access::Instant;
use cites::{CredentialId, UserId};

use crate::executor::{DatabaseError, ReadError, Row, values};
use crate::work::{Write, all};
use crate::{Store, Work};

/// What kind of proof it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CredentialKind {
    /// A password, kept as its Argon2 hash in PHC form. An account has one at most.
    Password,
    /// The secret of one-time codes (RFC 6238).
    OneTimeCode,
    /// A passkey, kept as the JSON text of its public half.
    Passkey,
    /// Codes that each let in once when the second factor is lost, kept as their hashes.
    RecoveryCodes,
}

/// Why text is not a [`CredentialKind`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no kind of proof; write password, one-time-code, passkey or recovery-codes")]
pub struct CredentialKindError {
    /// The text as written.
    pub written: String,
}

impl CredentialKind {
    /// Every kind.
    pub const ALL: [CredentialKind; 4] = [
        CredentialKind::Password,
        CredentialKind::OneTimeCode,
        CredentialKind::Passkey,
        CredentialKind::RecoveryCodes,
    ];

    /// The word of rows and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            CredentialKind::Password => "password",
            CredentialKind::OneTimeCode => "one-time-code",
            CredentialKind::Passkey => "passkey",
            CredentialKind::RecoveryCodes => "recovery-codes",
        }
    }

    /// Whether it is shown beside the password; recovery codes stand in for such a proof and are none.
    pub const fn is_second_factor(self) -> bool {
        matches!(self, CredentialKind::OneTimeCode | CredentialKind::Passkey)
    }
}

impl FromStr for CredentialKind {
    type Err = CredentialKindError;

    fn from_str(text: &str) -> Result<CredentialKind, CredentialKindError> {
        let found = CredentialKind::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| CredentialKindError { written: text.to_owned() })
    }
}

/// A proof as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// Its id.
    pub id: CredentialId,
    /// Whose it is.
    pub account: UserId,
    /// What it is.
    pub kind: CredentialKind,
    /// What its owner calls it.
    pub label: String,
    /// The hash, the sealed secret or the public key, as text.
    pub secret: String,
    /// The last step of a one-time code that was taken, or the counter of a passkey.
    pub counter: u64,
    /// When it was made; the database sets it.
    pub made: Instant,
    /// When it last let somebody in.
    pub used: Option<Instant>,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({}, {} of {}, not shown)", self.id, self.kind.as_str(), self.account)
    }
}

impl Credential {
    fn read(row: &Row) -> Result<Credential, ReadError> {
        Ok(Credential {
            id: row.parsed("id")?,
            account: row.parsed("account")?,
            kind: row.parsed("kind")?,
            label: row.text("label")?,
            secret: row.text("secret")?,
            counter: row.count("counter")?,
            made: row.instant("made_at")?,
            used: row.maybe_instant("used_at")?,
        })
    }
}

impl Store {
    /// The proofs of an account, oldest first, by the index of the account.
    ///
    /// # Errors
    /// The database fails, or a row cannot be read.
    pub async fn credentials(&self, account: UserId) -> Result<Vec<Credential>, ReadError> {
        let sql = "SELECT id, account, kind, label, secret, counter, made_at, used_at FROM credential \
            WHERE account = $1 ORDER BY made_at, id";
        all(&self.pool.rows(sql, values![account]).await?, Credential::read)
    }

    /// Notes that a proof let somebody in, and the step or counter that was shown; whether that is higher than what
    /// was shown before. Where it is not, nothing is noted and nobody may be let in: a code holds once.
    ///
    /// Bookkeeping of signing in, no deed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_counter(
        &self,
        credential: CredentialId,
        counter: u64,
        at: Instant,
    ) -> Result<bool, DatabaseError> {
        let sql = "UPDATE credential SET counter = $1, used_at = $2 WHERE id = $3 AND counter < $1";
        Ok(self.keep(sql, values![counter, at, credential]).await? == 1)
    }

    /// Notes that a proof let somebody in and is kept in another text from now on: a password under newer
    /// parameters, a passkey with its new state, recovery codes of which one is gone. `false` where the text is no
    /// longer `from`, and nothing was changed: of two who show one recovery code, one is let in.
    ///
    /// Bookkeeping of signing in, no deed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn use_secret(
        &self,
        credential: CredentialId,
        from: &str,
        to: &str,
        at: Instant,
    ) -> Result<bool, DatabaseError> {
        let sql = "UPDATE credential SET secret = $1, used_at = $2 WHERE id = $3 AND secret = $4";
        Ok(self.keep(sql, values![to, at, credential, from]).await? == 1)
    }
}

impl Work {
    /// Saves a new proof with the deed; a password takes the place of the one before. The rights of the account are
    /// raised.
    pub fn put_credential(&mut self, credential: &Credential) {
        if credential.kind == CredentialKind::Password {
            self.collect(Write::Change {
                sql: "DELETE FROM credential WHERE account = $1 AND kind = 'password'",
                values: values![credential.account],
                rows: None,
            });
        }
        self.collect(Write::ChangeAt {
            sql: "INSERT INTO credential (id, account, kind, label, secret, counter, made_at) \
                VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values: values![
                credential.id,
                credential.account,
                credential.kind.as_str(),
                &credential.label,
                &credential.secret,
                credential.counter
            ],
            rows: Some(1),
        });
        self.raise_rights(credential.account);
    }

    /// Takes a proof away with the deed. Where it is gone already, the deed is not saved.
    pub fn remove_credential(&mut self, credential: &Credential) {
        self.collect(Write::Change {
            sql: "DELETE FROM credential WHERE id = $1 AND account = $2",
            values: values![credential.id, credential.account],
            rows: Some(1),
        });
        self.raise_rights(credential.account);
    }
}
