//! Values as people and their programs write them: codes by name or in small letters, numbers with a decimal comma,
//! days as serial numbers of a spreadsheet, the texts of errors.
//!
//! Source of truth: what was written, which stays as it is: reading makes a value beside it, with every doubt about
//! the reading and every defect that kept it from being read. What is written in a way that has two readings is a
//! defect and never guessed. Whether the value is allowed, or enough, is not asked here.

mod clean;
mod code;
mod day;
mod defect;
mod doubt;
mod note;
mod number;

pub use clean::{clean, fold, is_absent, is_unknown};
pub(crate) use clean::{is_blank_letter, narrow};
pub use code::{country, document_kind, place, purpose, source, term, unit};
pub use day::{Acquired, acquired, day};
pub use defect::Defect;
pub use doubt::Doubt;
pub use note::{Note, Read};
pub use number::{amount, quantity};
