//! What proves that somebody is who they say: passwords, one-time codes, passkeys, recovery codes, and
//! what an issuer says of them.
//!
//! Source of truth: the standards named in each module. How long a guesser waits and what a password must be is said
//! by `access`; what is kept of a proof is text, which `store` keeps.

pub mod id_token;
pub mod one_time_code;
pub mod passkey;
pub mod password;
pub mod recovery_code;
