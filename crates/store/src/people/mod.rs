//! Who acts: agencies, the accounts of people, operators and who acts for them, and what proves who somebody is.
//!
//! Source of truth: the tables of `0002_people`. Whether somebody may hold a role in an agency is asked of `access`
//! before it is saved; hashing and the secrets of one-time codes are the caller's.

mod account;
mod agency;
mod credential;
mod operator;

pub(crate) use account::roles_and_operators;
pub use account::{AccountRecord, Language, LanguageError, MailBox, folded_login};
pub use agency::AgencyRecord;
pub use credential::{Credential, CredentialKind, CredentialKindError};
pub use operator::OperatorRecord;
