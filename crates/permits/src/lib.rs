//! Papers held: what a paper presented at a border states, and what becomes of an application and of the permit that
//! is issued on it, within the terms of the authorities.
//!
//! Source of truth: the face of the paper, box by box of the standard form (Res. Conf. 12.3 Annex 2), and the
//! calendars in `data/calendars`. What the law requires, and whether a paper meets it, is decided elsewhere: this
//! crate knows no rule, and how long a term is comes as data.
//!
//! A box that nobody has told is not an empty box: [`Told`] keeps the two apart.

pub mod application;
mod clock;
pub mod fields;
pub mod foreign;
mod kept;
pub mod ledger;
mod line;
mod number;
mod paper;
pub mod register;
pub mod sheet;
mod stamps;
pub mod taken_over;
mod told;
mod validity;
mod working_days;
pub mod written;

pub use clock::{Clock, ClockError, Pause, Standing, Term, Wait};
pub use line::{Endorsement, PaperLine, QuotaStatement};
pub use number::{Break, NumberForm, NumberFormError, PermitNumber, breaks};
pub use paper::{Alteration, EarlierPaper, Form, Grounds, Paper, Printed, Replacement, Retrospective};
pub use stamps::{Fate, StampEntry, StampError, StampStock};
pub use told::Told;
pub use validity::Validity;
pub use working_days::{CalendarError, Counted, WorkingDays};
