//! What the office keeps of its own work: applications with their letters and files, quotas, permits, numbers, stamps.
//!
//! Source of truth: the tables of `0004_applications` and `0005_ledger`. States and balances are those of `permits`,
//! read back with its checks; what a deed moves of a ledger is worked out by `permits` over what was loaded and
//! locked here, so that no other deed can come between.

mod application;
mod attachment;
mod consultation;
mod lists;
mod number;
mod permit;
mod permit_line;
mod quota;
mod sight;
mod stamp;
mod stamp_stock;

use std::collections::BTreeMap;

use cites::{AgencyId, ApplicationId, PermitId, QuotaId};
use permits::ledger::{LedgerError, PermitLineBalance, QuotaBalance};
use permits::{StampEntry, StampError};

use crate::executor::ReadError;

pub use application::{ApplicationRecord, ApplicationSummary, Stopped, review_word};
pub use attachment::{ATTACHMENT_BYTES_MAX, Attachment, AttachmentError, NewAttachment};
pub use consultation::Consultation;
pub use lists::{PermitFilter, PermitQueue, Queue};
pub use number::{NumberSeries, TakenNumber};
pub use permit::{PermitRecord, PermitSummary, Series};
pub use permit_line::{LineWithBalance, PermitEntry, PermitLineRecord};
pub use quota::{QuotaEntry, QuotaRecord, QuotaWithBalance};
pub use sight::Sight;
pub use stamp_stock::{StampRow, StampsLeft};

/// What of the ledger a deed has loaded, with what it has moved since.
#[derive(Debug, Default)]
pub(crate) struct Books {
    quotas: BTreeMap<QuotaId, QuotaBalance>,
    /// Of a quota, what one application moved.
    own: BTreeMap<(QuotaId, ApplicationId), QuotaBalance>,
    lines: BTreeMap<(PermitId, u32), PermitLineBalance>,
    serials: BTreeMap<(AgencyId, i16), u32>,
    stamps: Vec<(AgencyId, StampEntry)>,
    /// The stamps that this deed puts on permits.
    stamped: Vec<(PermitId, u64)>,
    consultations: Vec<Consultation>,
}

/// Why nothing was moved. What the deed has collected so far is as it was.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The quota or line was not loaded by this deed, so nobody holds it.
    #[error("the ledger was not loaded for this deed; load the quota or the lines of the permit first")]
    NotLoaded,
    /// The ledger does not allow it.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The stock does not allow it.
    #[error(transparent)]
    Stamp(#[from] StampError),
    /// The stock could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<crate::DatabaseError> for MoveError {
    fn from(error: crate::DatabaseError) -> MoveError {
        MoveError::Read(error.into())
    }
}

/// Sums of moves that no order of moves gives.
fn broken(error: LedgerError) -> ReadError {
    ReadError::Unreadable { column: "millionths".to_owned(), source: Box::new(error) }
}
