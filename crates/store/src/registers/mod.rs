//! The registers beside the permits: establishments, papers of other countries, webhooks, settings.
//!
//! Source of truth: the tables of `0006_registers`, and `setting`. What a register holds besides what is searched by is
//! JSON text in the form of whoever reads it. Whether a second use of a paper is a finding is said by `permits`; here
//! are one row a paper, and its uses as rows that are never changed.

mod establishment;
mod foreign;
mod setting;
mod webhook;

pub use establishment::{EstablishmentKind, EstablishmentKindError, EstablishmentRecord};
pub use foreign::{ForeignLine, ForeignPaperRecord, ForeignUse};
pub use setting::SettingRecord;
pub use webhook::{WebhookOwner, WebhookRecord};
