//! The answer to a consignment, for reading aloud, for programs and for tables.
//!
//! Source of truth: the verdicts of `border`. One view of them is made, and each format shows it.

mod csv;
mod day;
mod evidence;
mod json;
mod questions;
mod text;
mod view;

use std::io::Write;

use anyhow::Result;
use border::consignment::Consignment;
use border::receive::Received;
use border::{Verdict, Verdicts};
use law::assess::Sources;

pub use day::{DayOfLaw, day_of};

use crate::arguments::Format;
use crate::exit::Exit;

/// A checked consignment, to be shown.
pub struct Shown<'s, 'a, 'b> {
    /// What was declared.
    pub consignment: &'s Consignment,
    /// The same with its names resolved.
    pub received: &'s Received<'a>,
    /// What it comes to.
    pub verdicts: &'s Verdicts<'a, 'b>,
    /// The law.
    pub sources: &'s Sources<'b>,
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
        match self.verdicts.verdict {
            Verdict::Prohibited => Exit::Prohibited,
            Verdict::Refer => Exit::Refer,
            _ if self.verdicts.lacks_documents() => Exit::Refer,
            _ => Exit::Clear,
        }
    }
}
