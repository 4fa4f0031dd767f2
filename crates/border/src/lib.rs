//! Receive, screen, match, inspect, decide, endorse: what is required, compared with what is presented.
//!
//! Source of truth: the law book for what is required, the consignment for what is declared and presented.
//! This is the only place where the two meet. Nothing is decided in an officer's place: every answer is an
//! assessment with its reasons.

pub mod applied;
pub mod change;
mod check;
mod compare;
pub mod consignment;
mod decide;
mod inspect;
mod printed;
pub mod receive;
pub mod record;
mod total;
pub mod touched;

pub use check::{check, check_received, readings};
pub use decide::{Ask, DocumentState, DocumentVerdict, LineVerdict, Verdict, Verdicts};
pub use inspect::Inspected;
