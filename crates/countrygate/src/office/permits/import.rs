//! `countrygate permit import`: the permits that an office issued before it had this program, out of its own table.
//!
//! A permit is taken whole or not at all; a row that cannot be read is told in its place with what is written there, and
//! keeps only its own permit back. The same table may be handed in again once it was corrected: a permit that is here
//! already is passed over.

use std::io::Write;
use std::path::PathBuf;

use access::Authority;
use anyhow::{Context, Result, bail};
use cites::AgencyId;
use clap::{Args, ValueEnum};
use permits::taken_over::State;
use serde::Serialize;
use store::By;
use web::Office;
use web::house::agencies::{self, Written};
use web::house::taken_over::{Became, Desk, Outcome, read_file, told_of_rows};

use crate::arguments::Format;
use crate::exit::Exit;
use crate::office::{BY, PlaceArguments};
use crate::rows::RowWriter;

/// The name of an office that nobody has named.
const UNNAMED: &str = "Management Authority";

/// Which permits are taken over.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ImportArguments {
    /// The table: a workbook (.xlsx), or text in UTF-8, UTF-16 or GB18030 with commas, semicolons or tabs
    file: PathBuf,
    /// The name of the office that issued them, where the database knows several
    #[arg(long)]
    agency: Option<String>,
    /// What a permit is whose row tells no state
    #[arg(long, value_name = "STATE")]
    untold_state: Option<UntoldState>,
}

const EXAMPLES: &str = "\
Examples:
  countrygate permit import permits.csv
  countrygate permit import permits.xlsx --agency \"Urumqi office\" --untold-state issued
  countrygate permit import permits.csv --format csv > what-became-of-each-row.csv

The first row names the columns, in English, Chinese or Russian: number, state, kind, holder, issued, valid until,
scientific name, term, quantity, unit, and where they are known source, purpose, origin and used. Rows of one number
are the lines of one permit. A row that cannot be read is told with the reason, and the exit code is 10; correct it and
hand the same table in again. A permit that is in the database already is passed over.";

/// A state that stands for an untold one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UntoldState {
    Issued,
    Cancelled,
    Replaced,
    Lost,
    Returned,
}

impl From<UntoldState> for State {
    fn from(told: UntoldState) -> State {
        match told {
            UntoldState::Issued => State::Issued,
            UntoldState::Cancelled => State::Cancelled,
            UntoldState::Replaced => State::Replaced,
            UntoldState::Lost => State::Lost,
            UntoldState::Returned => State::Returned,
        }
    }
}

/// What became of a row.
#[derive(Serialize)]
struct Row<'o> {
    number: &'o str,
    /// taken, known, doubt, waits or refused.
    outcome: &'static str,
    row: u32,
    reason: &'o str,
}

const COLUMNS: [&str; 4] = ["number", "outcome", "row", "reason"];

/// How many permits came to what.
#[derive(Default)]
struct Count {
    taken: usize,
    known: usize,
    refused: usize,
}

/// Takes over what the table holds.
///
/// # Errors
/// The table cannot be read at all; no office is told; the database fails.
pub async fn run(
    office: &Office,
    arguments: &ImportArguments,
    place: &PlaceArguments,
    (format, out): (Format, &mut dyn Write),
) -> Result<Exit> {
    let file = &arguments.file;
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let found = read_file(office, &bytes);
    let (found, _) = found.with_context(|| format!("{} holds no table of permits", file.display()))?;
    let agency = agency(office, arguments.agency.as_deref()).await?;
    let untold = arguments.untold_state.map(State::from);
    let mut desk = Desk::of(office, agency, place.country, untold).await?;
    let mut rows = RowWriter::new(format, &COLUMNS, out)?;
    let mut count = Count::default();
    for permit in &found.permits {
        let outcome = desk.handle(By::Job(BY.to_owned()), permit).await;
        let outcome = outcome.with_context(|| format!("permit {} was not taken over", permit.number))?;
        count.note(outcome.became);
        // For reading, what was taken is counted and only the rest told.
        if outcome.became != Became::Taken || !matches!(rows, RowWriter::Text(_)) {
            write(&mut rows, &outcome)?;
        }
    }
    told_of_rows(&found).try_for_each(|outcome| write(&mut rows, &outcome))?;
    let waiting = found.waiting.len();
    if let RowWriter::Text(out) = &mut rows {
        let Count { taken, known, refused } = count;
        let lines = found.permits.iter().map(|permit| permit.lines.len()).sum::<usize>();
        writeln!(
            out,
            "{taken} permits taken over, {known} known already, {refused} refused, of {lines} lines that were read; {waiting} rows wait to be corrected"
        )?;
    }
    rows.finish()?;
    Ok(if waiting + count.refused == 0 { Exit::Clear } else { Exit::Refer })
}

impl Count {
    const fn note(&mut self, became: Became) {
        match became {
            Became::Taken => self.taken += 1,
            Became::Known => self.known += 1,
            Became::Refused => self.refused += 1,
            Became::Doubt | Became::Waits => {}
        }
    }
}

fn write(rows: &mut RowWriter<'_>, outcome: &Outcome) -> Result<()> {
    let Outcome { number, became, row, reason } = outcome;
    let told = &Row { number, outcome: became.as_str(), row: *row, reason };
    rows.write(told, |out| {
        let Row { number, outcome, row: at, reason } = told;
        let number = if number.is_empty() { "no number" } else { number };
        writeln!(out, "row {at} ({number}) {outcome}: {reason}")
    })
}

/// The office that issued them: the one that is named, else the only one. In a database that knows none it is entered.
async fn agency(office: &Office, name: Option<&str>) -> Result<AgencyId> {
    let known = office.store().agencies().await?;
    let of = known.iter().filter(|known| known.agency.authorities.contains(&Authority::Management));
    let offices: Vec<_> = of.map(|known| &known.agency).collect();
    let named = name.map(str::trim);
    match (named, offices.as_slice()) {
        (_, []) => entered(office, named.unwrap_or(UNNAMED)).await,
        (None, [only]) => Ok(only.id),
        (Some(name), offices) if offices.iter().any(|known| known.name == name) => {
            let found = offices.iter().find(|known| known.name == name);
            found.map(|found| found.id).context("the office is not there")
        }
        _ => {
            let names: Vec<&str> = offices.iter().map(|known| known.name.as_str()).collect();
            bail!(
                "say with --agency which office issued the permits; the database knows: {}",
                names.join("; ")
            )
        }
    }
}

async fn entered(office: &Office, name: &str) -> Result<AgencyId> {
    let written = Written { name: name.to_owned(), authorities: vec![Authority::Management], source: None };
    let by = By::Job(BY.to_owned());
    Ok(agencies::add(office, by, written).await?.done().await?.agency.id)
}
