//! `countrygate check`: what the law requires of a consignment, or of every line of a table.
//!
//! Reads files, asks `border`, writes the answer. No rule of law and no name matching of its own.

mod answer;
pub mod cells;
mod consignment;
pub mod desk;
pub mod input;
pub mod layout;
pub mod report;
pub mod rows;
pub mod sheet;
pub mod stream;
pub mod told;
pub mod totals;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use border::record::{Law, Years};
use cites::Day;
use clap::Args;
use species::Names;
use wording::answer::Checked;

use crate::arguments::Format;
use crate::clock::today;
use crate::exit::Exit;
use crate::session::Session;
pub(crate) use desk::Office;
use input::{Input, What};
pub use report::PROBLEMS_SHOWN;
pub(crate) use report::Report;
use stream::Hands;

/// What to check.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckArguments {
    /// A consignment (.toml or .json) or a table of lines (.csv); `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The day of the law [default: the day that the consignment or the row tells, else today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<Day>,
    /// What the files are, where their names do not tell
    #[arg(long, value_name = "KIND")]
    pub input: Option<What>,
}

/// How many digits of an edition are shown for reading; `--edition` takes as many.
pub const EDITION_DIGITS_SHOWN: usize = 12;

const EXAMPLES: &str = "\
A consignment tells the journey, the lines of goods and the papers presented; docs/reference/consignment.md
describes it. A table is known by its first row: the comparative tabulation or the shipment-level records of
the CITES Trade Database, or the columns in docs/reference/check-csv.md.

Examples:
  countrygate check examples/khorgos.toml
  countrygate check examples/khorgos.toml --format json
  countrygate check comptab_2012.csv --format csv > answers.csv
  countrygate check lines.csv --on 2026-03-05
  cat declaration.json | countrygate check - --input json
  countrygate check declaration.json --data ~/countrygate --edition 496bccaa6e46

Every answer names the edition of the law book it rests on. With --data, an edition that is not kept yet is
kept there, so that the answer can be given again; docs/reference/editions.md tells how.

Exit codes: 0 may cross, 10 refer, a document is missing or a row could not be read, 11 prohibited. The worst
of all files counts.";

/// Checks every file.
///
/// # Errors
/// A file cannot be read or understood, or the output ends early.
pub fn run(session: &Session, arguments: &CheckArguments, out: &mut dyn Write) -> Result<Exit> {
    let imported = session.imported()?;
    let names = session.names(imported.as_ref());
    let law = Law::of(&session.book)?;
    session.keep();
    let check = Check { session, names: &names, law: &law, arguments };
    let format = session.format.unwrap_or(Format::Text);
    input::each(&arguments.files, format, out, |path, out| check.file(path, format, out))
}

struct Check<'s> {
    session: &'s Session,
    names: &'s Names<'s>,
    law: &'s Law<'s>,
    arguments: &'s CheckArguments,
}

impl Check<'_> {
    fn file(&self, path: &std::path::Path, format: Format, out: &mut dyn Write) -> Result<Exit> {
        let input = Input::open(path, self.arguments.input)?;
        match input.what {
            What::Csv => self.table(input, format, out),
            What::Toml | What::Json => self.consignment(input, format, out),
        }
    }

    fn consignment(&self, input: Input, format: Format, out: &mut dyn Write) -> Result<Exit> {
        let file = input.name.clone();
        let consignment = input.consignment()?;
        let day = consignment::day_of(&consignment, self.arguments.on, today());
        let sources = &self.law.sources;
        let received = border::receive::consignment(&consignment, sources, self.names, day.on);
        let verdicts = border::check_received(&consignment, &received, sources, day.on);
        let shown = consignment::Shown {
            checked: Checked { consignment: &consignment, received: &received, verdicts: &verdicts, sources },
            day,
            file: &file,
            color: self.session.color,
        };
        shown.write(format, out)?;
        Ok(shown.exit())
    }

    fn table(&self, input: Input, format: Format, out: &mut dyn Write) -> Result<Exit> {
        let years = Years::of(self.law);
        let on = self.arguments.on.unwrap_or_else(today);
        let office = Office { law: self.law, years: &years, names: self.names, on };
        let mut report = Report::of(&input.name, input.bytes);
        let name = input.name.clone();
        if format == Format::Json {
            let edition = self.session.book.edition();
            write!(out, "{{\"file\":{},\"edition\":\"{edition}\",\"rows\":[", serde_json::to_string(&name)?)?;
        }
        let done = sheet::run(input.reader, format, office, Hands::all(), &mut report, out);
        report.finish();
        let (layout, totals) = done?;
        match format {
            Format::Csv => {}
            Format::Text => {
                let edition = self.session.book.edition().to_string();
                let edition = edition.get(..EDITION_DIGITS_SHOWN).unwrap_or_default();
                write!(out, "{name}: {}; edition {edition}\n{totals}", layout.kind.as_str())?;
            }
            Format::Json => write!(out, "\n],\"totals\":{}}}\n", totals.json(&layout))?,
        }
        Ok(totals.exit())
    }
}
