//! What an office is made of before anybody applies: its agencies, its people, who applies, its quotas and numbers.
//!
//! Source of truth: `access` for which roles go together and which agency has them, `permits` for the ledger and the form
//! of numbers, `store` for what is kept. Whether somebody may do it is asked by whoever calls: the API of its caller, and
//! the command line of nobody, since who holds the database holds the office.

pub mod agencies;
pub mod operators;
pub mod people;
pub mod quotas;
pub mod taken_over;

use crate::deeds::{Told, ready};
