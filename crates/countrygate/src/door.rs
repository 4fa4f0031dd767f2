//! The program's own parsers as functions of bytes, for tests and fuzz targets: no process, no file.
//!
//! What stands here is what the commands do; nothing is parsed in another way.

use anyhow::{Context, Result};
use border::record::{Law, Years};
use cites::Day;
use law::book::LawBook;
use species::Names;

pub use crate::arguments::Format;
pub use crate::check::PROBLEMS_SHOWN;
pub use crate::editions::file as edition_file;
pub use crate::lines::{LINE_BYTES_MAX, Line, LineProblem, Lines};
pub use crate::text::{TextError, whole};

use crate::check::stream::Hands;
use crate::check::{Office, Report, sheet};
use crate::shipped;

/// The shipped law book.
///
/// # Errors
/// The program was built with a damaged book.
pub fn shipped_book() -> Result<LawBook> {
    shipped::book(None)
}

/// What `countrygate check` answers to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableAnswer {
    /// The rows answered, in the format asked for.
    pub text: Vec<u8>,
    /// What it tells on standard error, line by line.
    pub told: Vec<String>,
    /// How many rows below the first were seen.
    pub rows: u64,
    /// How many of them held something that could not be read.
    pub bad_rows: u64,
}

/// What answers tables: the law book with the shipped names.
pub struct Tables<'b> {
    law: Law<'b>,
    years: Years,
    names: Names<'b>,
}

impl<'b> Tables<'b> {
    /// What answers by `book`.
    ///
    /// # Errors
    /// A table of the book has a fault.
    pub fn of(book: &'b LawBook) -> Result<Tables<'b>> {
        let law = Law::of(book).context("the law book has a fault")?;
        let years = Years::of(&law);
        Ok(Tables { law, years, names: Names::shipped(book.backbone()) })
    }

    /// Answers a table; `on` is the day of rows that tell none.
    ///
    /// # Errors
    /// The bytes are no table that is understood; the message says why.
    pub fn check(&self, bytes: &[u8], format: Format, on: Day) -> Result<TableAnswer> {
        let office = Office { law: &self.law, years: &self.years, names: &self.names, on };
        let mut report = Report::kept("table");
        let mut text = Vec::new();
        let (_, totals) = sheet::run(bytes, format, office, Hands::all(), &mut report, &mut text)?;
        Ok(TableAnswer { text, told: report.into_told(), rows: totals.rows, bad_rows: totals.bad_rows })
    }
}
