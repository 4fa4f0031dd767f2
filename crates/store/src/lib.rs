//! The office's database: all SQL, and the one place where a deed is saved.
//!
//! Source of truth: the rows, in SQLite or PostgreSQL, whose tables are the files in `migrations/`. What comes in
//! and goes out are the types of the pure crates; a row that no version of the program writes is an error, never a
//! guess.
//!
//! It decides nothing: who may do a deed, what a state allows and what is left of a quota is said by `access` and
//! `permits`. It reads no clock and draws no id: both come with what is asked.

mod executor;
mod hash;
mod history;
mod migrations;
mod office;
pub mod outbox;
mod page;
mod people;
#[cfg(test)]
mod plans;
mod registers;
mod sign_in;
mod work;

use executor::Pool;
pub use executor::{DatabaseError, Engine, Location, LocationError, ReadError};
pub use migrations::MigrateError;
pub use office::{
    ATTACHMENT_BYTES_MAX, ApplicationRecord, ApplicationSummary, Attachment, AttachmentError, Consultation,
    LineWithBalance, MoveError, NewAttachment, NumberSeries, PermitEntry, PermitFilter, PermitLineRecord,
    PermitQueue, PermitRecord, PermitSummary, Queue, QuotaEntry, QuotaRecord, QuotaWithBalance, Series,
    Sight, StampRow, StampsLeft, Stopped, TakenNumber, review_word,
};
pub use page::{Page, Place, PlaceError};
pub use people::{
    AccountRecord, AgencyRecord, Credential, CredentialKind, CredentialKindError, Language, LanguageError,
    MailBox, OperatorRecord, folded_login,
};
pub use registers::{
    EstablishmentKind, EstablishmentKindError, EstablishmentRecord, ForeignLine, ForeignPaperRecord,
    ForeignUse, SettingRecord, WebhookOwner, WebhookRecord,
};
pub use sign_in::{
    Invitation, InvitationPurpose, InvitationPurposeError, NewSession, Repeated, Reply, SEEN_EVERY_SECONDS,
    SessionRecord, SignedIn, TokenHolder, TokenRecord, Tries,
};
pub use work::{By, Done, Event, Message, SaveError, Subject, SubjectKind, Version, WordError, Work};

/// An office's database.
///
/// Cloning it is cheap, and all clones share the same connections.
#[derive(Debug, Clone)]
pub struct Store {
    pool: Pool,
    /// After how many statements a test has each save broken off.
    broken_off_after: Option<u32>,
}

impl Store {
    /// Opens the database; a file that is not there is made. The tables are brought up to date by
    /// [`Store::migrate`].
    ///
    /// # Errors
    /// It cannot be reached, or refuses.
    pub async fn open(location: &Location) -> Result<Store, DatabaseError> {
        Ok(Store { pool: Pool::open(location).await?, broken_off_after: None })
    }

    /// Opens the database to look at it, for [`Store::missing_steps`] alone: nothing is made or changed. `None` for a file
    /// that is not there.
    ///
    /// # Errors
    /// It cannot be reached, or refuses.
    pub async fn look(location: &Location) -> Result<Option<Store>, DatabaseError> {
        Ok(Pool::look(location).await?.map(|pool| Store { pool, broken_off_after: None }))
    }

    /// The same database, with every save broken off after so many of its statements, the commit among them: by this
    /// tests show that a deed is saved whole or not at all.
    #[must_use]
    pub fn broken_off_after(&self, statements: u32) -> Store {
        Store { pool: self.pool.clone(), broken_off_after: Some(statements) }
    }

    /// Which database answers.
    pub const fn engine(&self) -> Engine {
        self.pool.engine()
    }

    /// Whether the database answers; costs one statement that reads no table.
    ///
    /// # Errors
    /// It does not.
    pub async fn answers(&self) -> Result<(), DatabaseError> {
        self.pool.keyed("SELECT 1", Vec::new()).await.map(drop)
    }

    /// Ends all connections, after what they are doing.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
