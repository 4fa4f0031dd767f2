//! Officers, agencies, and who may see or do what.
//!
//! Source of truth: the table of deeds in `deeds`, of which `docs/reference/access.md` is the printed form.
//! [`may`] answers for an actor, a deed and a thing; [`reach`] says by what a list of things is filtered.
//!
//! This crate reads no clock, makes no secret, hashes nothing and looks nothing up: whoever asks tells who acts,
//! on what, and when. What it is not told it refuses.

mod actor;
mod agency;
mod deed;
mod deeds;
mod four_eyes;
mod grants;
mod instant;
mod password;
mod policy;
mod role;
mod scope;
pub mod session;
pub mod throttle;
mod word;

pub use actor::{Actor, Hand, Owner, Ownership, Thing};
pub use agency::{Agency, Authority, AuthorityError, RoleNotOfAgency};
pub use deed::{DeedError, Effect, Over, Sphere};
pub use deeds::Deed;
pub use four_eyes::Earlier;
pub use instant::{Instant, InstantError};
pub use password::{PASSWORD_BYTES_MAX, PASSWORD_CHARACTERS_MIN, Password, PasswordRefused};
pub use policy::{Denied, Reach, may, reach};
pub use role::{Role, RoleConflict, RoleError, RoleSet};
pub use scope::{Scope, ScopeError, ScopeSet, TOKEN_SECONDS_MAX, Token, TokenRefused};
