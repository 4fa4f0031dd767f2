//! Codes, quantities, dates and typed ids of the Convention: the words every other crate speaks.
//!
//! Source of truth: the tables in `data/codes/`, from which `cargo xtask codegen` writes the
//! `generated` module, and the treaty texts each type names.
//!
//! This crate reads no clock, disk or network and knows no rule of law: it says what a code means,
//! never what follows from it. Text becomes a type only through `FromStr`; each type prints the text
//! it can be read from.

mod amount;
mod appendix;
mod country;
mod day;
mod document;
pub mod heading;
mod id;
mod outcome;
mod party;
mod place;
mod purpose;
mod quantity;
mod rank;
mod set;
mod source;
mod term;
mod text;
mod unit;

/// Tables written by `cargo xtask codegen`; never edited by hand.
#[rustfmt::skip]
mod generated;

pub use amount::{Amount, AmountDoubt, AmountError};
pub use appendix::{Appendix, AppendixError, AppendixSet};
pub use country::{COUNTRIES, Country, CountryError, CountryFact, CountryKind, CountrySet};
pub use day::{Day, DayError, Span};
pub use document::{Box1, DocumentFact, DocumentKind, DocumentKindError, PackDocument};
pub use id::{
    AgencyId, AgencyIdError, ApplicationId, ApplicationIdError, AttachmentId, AttachmentIdError,
    CredentialId, CredentialIdError, EditionId, EditionIdError, EntryId, EstablishmentId,
    EstablishmentIdError, EventId, EventIdError, ForeignPaperId, ForeignPaperIdError, InvitationId,
    InvitationIdError, OperatorId, OperatorIdError, PermitId, PermitIdError, QuotaId, QuotaIdError, RuleId,
    SessionId, SessionIdError, TaxonId, TokenId, TokenIdError, UserId, UserIdError, WebhookId,
    WebhookIdError,
};
pub use outcome::{Confidence, ConfidenceError, Outcome, OutcomeError, Verified};
pub use party::{PartyFact, PartyStatus, Standing};
pub use place::{Place, PlaceError, Region};
pub use purpose::{Purpose, PurposeError, PurposeFact, PurposeSet};
pub use quantity::{Quantity, QuantityError};
pub use rank::{Kingdom, KingdomError, Rank, RankError};
pub use source::{Source, SourceCode, SourceCodeError, SourceError, SourceFact, SourceSet};
pub use term::{Term, TermError, TermFact, TermSet};
pub use unit::{Dimension, Unit, UnitDoubt, UnitError, UnitFact};
