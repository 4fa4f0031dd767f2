//! Links that let somebody in once, to set a password: the first administrator, a new account, a lost password.

use std::str::FromStr;

use access::Instant;
use cites::{InvitationId, UserId};

use crate::executor::{ReadError, Row, values};
use crate::work::Write;
use crate::{Store, Work};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InvitationPurpose {
    /// The first administrator of an office, at its first start.
    FirstAdministrator,
    /// A new account.
    Welcome,
    /// A password that was lost.
    Reset,
}

/// Why text is not an [`InvitationPurpose`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no purpose of a link; write first-administrator, welcome or reset")]
pub struct InvitationPurposeError {
    /// The text as written.
    pub written: String,
}

impl InvitationPurpose {
    /// Every purpose.
    pub const ALL: [InvitationPurpose; 3] =
        [InvitationPurpose::FirstAdministrator, InvitationPurpose::Welcome, InvitationPurpose::Reset];

    /// The word of rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            InvitationPurpose::FirstAdministrator => "first-administrator",
            InvitationPurpose::Welcome => "welcome",
            InvitationPurpose::Reset => "reset",
        }
    }
}

impl FromStr for InvitationPurpose {
    type Err = InvitationPurposeError;

    fn from_str(text: &str) -> Result<InvitationPurpose, InvitationPurposeError> {
        let found = InvitationPurpose::ALL.into_iter().find(|purpose| purpose.as_str() == text);
        found.ok_or_else(|| InvitationPurposeError { written: text.to_owned() })
    }
}

/// A link as it is kept, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Whom it lets in.
    pub account: UserId,
    /// What for.
    pub purpose: InvitationPurpose,
    /// The instant from which it no longer holds.
    pub until: Instant,
    /// When it was used.
    pub used: Option<Instant>,
}

const BY_HASH: &str = "SELECT id, account, purpose, until_at, used_at FROM invitation WHERE secret_hash = $1";

impl Invitation {
    fn read(row: &Row) -> Result<Invitation, ReadError> {
        Ok(Invitation {
            id: row.parsed("id")?,
            account: row.parsed("account")?,
            purpose: row.parsed("purpose")?,
            until: row.instant("until_at")?,
            used: row.maybe_instant("used_at")?,
        })
    }

    /// Whether it lets somebody in at `now`.
    pub fn holds(&self, now: Instant) -> bool {
        self.used.is_none() && now < self.until
    }
}

impl Store {
    /// The link of a secret, by the index of hashes.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn invitation(&self, secret_hash: &str) -> Result<Option<Invitation>, ReadError> {
        self.pool.row(BY_HASH, values![secret_hash]).await?.as_ref().map(Invitation::read).transpose()
    }
}

impl Work {
    /// Loads the link of a secret and holds it, so that of two who use it at one time one gets in.
    ///
    /// # Errors
    /// The database fails, or the row cannot be read.
    pub async fn invitation(&mut self, secret_hash: &str) -> Result<Option<Invitation>, ReadError> {
        self.head(BY_HASH, values![secret_hash]).await?.as_ref().map(Invitation::read).transpose()
    }

    /// Saves a new link with the deed, by the hash of its secret. Links of the account that were not used hold no
    /// longer.
    pub fn put_invitation(&mut self, invitation: &Invitation, secret_hash: &str) {
        self.collect(Write::ChangeAt {
            sql: "UPDATE invitation SET until_at = $2 WHERE account = $1 AND used_at IS NULL AND until_at > $2",
            values: values![invitation.account],
            rows: None,
        });
        self.collect(Write::ChangeAt {
            sql: "INSERT INTO invitation (id, secret_hash, account, purpose, until_at, made_at) \
                VALUES ($1, $2, $3, $4, $5, $6)",
            values: values![
                invitation.id,
                secret_hash,
                invitation.account,
                invitation.purpose.as_str(),
                invitation.until
            ],
            rows: Some(1),
        });
    }

    /// Notes with the deed that a link was used. Where it was used before or no longer holds, the deed is not saved.
    pub fn use_invitation(&mut self, invitation: InvitationId) {
        self.collect(Write::ChangeAt {
            sql: "UPDATE invitation SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND until_at > $2",
            values: values![invitation],
            rows: Some(1),
        });
    }
}
