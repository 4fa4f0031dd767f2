//! How people and programs get in: sessions, tokens, invitations, and the tries that slow a guesser down.
//!
//! Source of truth: the tables of `0003_sign_in`. Of every secret only its hash comes here. Whether a session stands
//! and how long a guesser waits is said by `access` over what is loaded here.
//!
//! This is bookkeeping: what is written here belongs to requests, not to what the office keeps, and has no event.
//! What an officer or a person decides about it (an invitation, a token, the end of somebody's sessions) is a deed
//! and goes through [`Work`](crate::Work).

mod invitation;
mod repeated;
mod session;
mod token;
mod tries;

pub use invitation::{Invitation, InvitationPurpose, InvitationPurposeError};
pub use repeated::{Repeated, Reply};
pub use session::{NewSession, SEEN_EVERY_SECONDS, SessionRecord, SignedIn};
pub use token::{TokenHolder, TokenRecord};
pub use tries::Tries;

use crate::Store;
use crate::executor::{DatabaseError, Value};

impl Store {
    /// One statement of bookkeeping, in a transaction of its own: how many rows it touched.
    pub(crate) async fn keep(&self, sql: &'static str, values: Vec<Value>) -> Result<u64, DatabaseError> {
        let mut transaction = self.pool.begin().await?;
        let touched = transaction.execute(sql, values).await?;
        transaction.commit().await?;
        Ok(touched)
    }
}
