//! The answer to a consignment, for reading aloud, for programs and for tables.
//!
//! Source of truth: the verdicts of `border`. One view of them is made, and each format shows it.

mod csv;
mod day;
mod json;
mod text;
mod view;

use std::io::Write;

use anyhow::Result;
use border::Verdict;
use wording::answer::Checked;

pub use day::{DayOfLaw, day_of};

use crate::arguments::Format;
use crate::exit::Exit;

/// A checked consignment, to be shown.
pub struct Shown<'s, 'a, 'b> {
    /// The consignment and what it comes to.
    pub checked: Checked<'s, 'a, 'b>,
    /// The day of the law, and why it is that day.
    pub day: DayOfLaw,
    /// Where the consignment was read.
    pub file: &'s str,
    /// Whether verdicts may be coloured.
    pub color: bool,
}

impl Shown<'_, '_, '_> {
    /// Writes the answer.
    ///
    /// # Errors
    /// The output ends early.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<()> {
        let view = view::of(self);
        match format {
            Format::Text => text::write(&view, self.color, out),
            Format::Json => json::write(&view, out),
            Format::Csv => csv::write(&view, out),
        }
    }

    /// What the run comes to: a document that is missing is no clear answer.
    pub fn exit(&self) -> Exit {
        match self.checked.verdicts.verdict {
            Verdict::Prohibited => Exit::Prohibited,
            Verdict::Refer => Exit::Refer,
            _ if self.checked.verdicts.lacks_documents() => Exit::Refer,
            _ => Exit::Clear,
        }
    }
}
