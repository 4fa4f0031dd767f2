//! Papers presented at a border: what each of them states.
//!
//! Source of truth: the face of the paper, box by box of the standard form (Res. Conf. 12.3 Annex 2). What
//! the law requires, and whether a paper meets it, is decided elsewhere: this crate knows no rule.
//!
//! A box that nobody has told is not an empty box: [`Told`] keeps the two apart.

mod line;
mod paper;
mod told;
mod validity;

pub use line::{Endorsement, PaperLine, QuotaStatement};
pub use paper::{Alteration, EarlierPaper, Form, Grounds, Paper, Printed, Replacement, Retrospective};
pub use told::Told;
pub use validity::Validity;
