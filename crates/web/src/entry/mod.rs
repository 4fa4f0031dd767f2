//! Letting people in: passwords, the second factor, the one-time link, tokens. The API and the pages call it alike.
//!
//! Source of truth: `access` for the rules, `store` for what is kept. What is sent and what is answered is read and
//! written by whoever calls.

pub(crate) mod invitation;
pub(crate) mod passkey;
pub(crate) mod password;
pub(crate) mod recovery;
pub(crate) mod second_factor;
pub(crate) mod session;
pub(crate) mod sign_on;
pub(crate) mod token;
