//! Foreign papers seen: what each one allows, and what of it was used where and when.
//!
//! Source of truth: the face of the paper as it was first entered, and its uses, which are moves that are never
//! changed: a use that was entered in error is undone by another move. No authority tells another how much of a
//! permit was used, so that a second use shows only here. Whether goods may pass is decided elsewhere; a use that
//! should not have been is kept too, since it happened.

mod finding;
mod number;
mod paper;
#[cfg(test)]
mod tests;
mod uses;

pub use finding::{Extent, Finding};
pub use number::{PAPER_NUMBER_LETTERS_MAX, PaperNumber, PaperNumberError};
pub use paper::{Difference, SeenLine, SeenPaper};
pub use uses::{
    LineLeft, USE_LETTERS_MAX, USE_LINES_MAX, USE_MOVES_MAX, Undo, Use, UseError, UseMove, UsedLine, Uses,
};
