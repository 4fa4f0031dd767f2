//! `countrygate permit import`: the permits that an office issued before it had this program, out of its own table.
//!
//! A permit is taken whole or not at all; a row that cannot be read is told in its place with what is written there, and
//! keeps only its own permit back. The same table may be handed in again once it was corrected: a permit that is here
//! already is passed over.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use access::Authority;
use anyhow::{Context, Result, bail};
use cites::AgencyId;
use clap::{Args, ValueEnum};
use permits::taken_over::{ExistingPermit, PermitColumn, State, TakenOver, Waiting, Why};
use serde::Serialize;
use store::By;
use web::Office;
use web::house::agencies::{self, Written};
use web::house::taken_over::{Desk, read_file};

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
struct Row {
    number: String,
    /// taken, known, doubt, waits or refused.
    outcome: &'static str,
    row: u32,
    reason: String,
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
        take(&mut desk, permit, &mut count, &mut rows).await?;
    }
    for row in doubts(&found).chain(found.waiting.iter().map(waiting)) {
        write(&mut rows, &row)?;
    }
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

async fn take(
    desk: &mut Desk<'_>,
    permit: &ExistingPermit,
    count: &mut Count,
    rows: &mut RowWriter<'_>,
) -> Result<()> {
    let (number, row) = (permit.number.to_string(), permit.lines.first().map_or(0, |line| line.row));
    if desk.has(&permit.number).await? {
        count.known += 1;
        let reason = "a permit of this number is here already; it stays as it is".to_owned();
        return write(rows, &Row { number, outcome: "known", row, reason });
    }
    match desk.take(By::Job(BY.to_owned()), permit).await {
        Ok(_) => {
            count.taken += 1;
            // For reading, what was taken is counted and only the rest told.
            if matches!(rows, RowWriter::Text(_)) {
                return Ok(());
            }
            write(rows, &Row { number, outcome: "taken", row, reason: String::new() })
        }
        Err(problem) if problem.status().is_client_error() => {
            count.refused += 1;
            let reason = problem.to_string();
            write(rows, &Row { number, outcome: "refused", row, reason })
        }
        Err(problem) => {
            Err(problem).with_context(|| format!("permit {number} (row {row}) was not taken over"))
        }
    }
}

fn write(rows: &mut RowWriter<'_>, row: &Row) -> Result<()> {
    rows.write(row, |out| {
        let Row { number, outcome, row: at, reason } = row;
        let number = if number.is_empty() { "no number" } else { number };
        writeln!(out, "row {at} ({number}) {outcome}: {reason}")
    })
}

/// Doubts about rows that were read all the same.
fn doubts(found: &TakenOver) -> impl Iterator<Item = Row> {
    let lines =
        found.permits.iter().flat_map(|permit| permit.lines.iter().map(move |line| (line.row, permit)));
    let permits: BTreeMap<u32, &ExistingPermit> = lines.collect();
    let told = move |(row, remarks): &(u32, Vec<_>)| Row {
        number: permits.get(row).map_or_else(String::new, |permit| permit.number.to_string()),
        outcome: "doubt",
        row: *row,
        reason: joined(remarks),
    };
    found.doubts.iter().map(told)
}

fn waiting(waiting: &Waiting) -> Row {
    let reason = match &waiting.why {
        Why::Defects(remarks) => joined(remarks.iter().filter(|remark| remark.note.is_defect())),
        Why::WithRow(row) => format!("row {row} of the same permit is to be corrected first"),
    };
    let number = waiting.pending.texts.get(PermitColumn::Number).to_owned();
    Row { number, outcome: "waits", row: waiting.pending.row, reason }
}

fn joined<R: std::fmt::Display>(remarks: impl IntoIterator<Item = R>) -> String {
    remarks.into_iter().map(|remark| remark.to_string()).collect::<Vec<_>>().join("; ")
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
