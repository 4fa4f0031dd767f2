//! `countrygate law touched`: which lines of permits or declarations a change of the law touches.
//!
//! Every line is asked as if it crossed the border on the last day of the law before, and on the day; the rows
//! of the book that changed between them and bear on the line are named. Reads files, asks `law` and `border`,
//! writes the answer. No rule of law and no name matching of its own.

mod consignment;
mod document;
mod show;
mod table;
mod totals;
mod window;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use border::record::{Law, Years};
use cites::{Day, EditionId};
use clap::{Args, ValueEnum};

use crate::arguments::Format;
use crate::check::desk::Office;
use crate::check::input::{self, Input, What};
use crate::exit::Exit;
use crate::session::Session;
use window::Changes;

/// What to look for, and where.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct TouchedArguments {
    /// Consignments (.toml or .json) and tables of lines (.csv); `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The day on which the law changes
    #[arg(long, value_name = "DATE")]
    pub on: Day,
    /// The last day of the law before [default: the day before]
    #[arg(long, value_name = "DATE")]
    pub since: Option<Day>,
    /// Which lines are shown [default: all in CSV, else those touched or not known]
    #[arg(long, value_name = "WHICH")]
    pub show: Option<Show>,
    /// What the files are, where their names do not tell
    #[arg(long, value_name = "KIND")]
    pub input: Option<What>,
}

/// Which lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Show {
    /// Lines that a change touches, or may touch
    Touched,
    /// Every line
    All,
}

const EXAMPLES: &str = "\
A line is touched where a row of the law book that bears on it begins or ends; apart from that, its answer may
change or stay. Where a line leaves open what would tell, it is unknown, never untouched. Files are those that
`check` reads. The columns and fields are in docs/reference/law-touched.md.

Examples:
  countrygate law touched --on 2026-03-05 examples/permits-cop20.csv
  countrygate law touched --on 2026-03-05 --since 2025-12-31 permits.csv --format csv > touched.csv
  countrygate law touched --on 2026-03-05 declarations/*.json --format json
  cat lines.csv | countrygate law touched --on 2026-03-05 - --input csv

Exit codes: 0 nothing is touched, 10 something is touched, is not known, or could not be read, 11 the answer to
a line becomes prohibited. The worst of all files counts.";

/// Looks through every file.
///
/// # Errors
/// The days stand the wrong way round, a file cannot be read or understood, or the output ends early.
pub fn run(session: &Session, arguments: &TouchedArguments, out: &mut dyn Write) -> Result<Exit> {
    let since = arguments.since.unwrap_or(arguments.on.previous());
    if since >= arguments.on {
        bail!("--since {since} is not before --on {}; it is the last day of the law before", arguments.on);
    }
    let imported = session.imported()?;
    let names = session.names(imported.as_ref());
    let law = Law::of(&session.book)?;
    let years = Years::of(&law);
    let changes = Changes::of(&session.book, since, arguments.on)?;
    session.keep();
    let office = Office { law: &law, years: &years, names: &names, on: arguments.on };
    let format = session.format.unwrap_or(Format::Text);
    let show = arguments.show.unwrap_or(if format == Format::Csv { Show::All } else { Show::Touched });
    let asking = Asking {
        edition: session.book.edition(),
        office,
        changes: &changes,
        format,
        show,
        input: arguments.input,
    };
    input::each(&arguments.files, format, out, |path, out| asking.file(path, out))
}

/// What is asked of every file.
struct Asking<'s> {
    edition: EditionId,
    office: Office<'s>,
    changes: &'s Changes<'s>,
    format: Format,
    show: Show,
    input: Option<What>,
}

impl Asking<'_> {
    fn file(&self, path: &Path, out: &mut dyn Write) -> Result<Exit> {
        let input = Input::open(path, self.input)?;
        let mut document = document::Document::begin(self, &input.name);
        let totals = match input.what {
            What::Csv => table::run(self, input, &mut document, out)?,
            What::Toml | What::Json => consignment::run(self, input, &mut document, out)?,
        };
        document.end(self, &totals, out)?;
        Ok(totals.exit())
    }
}
