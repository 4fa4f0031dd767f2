//! `countrygate permit`: the permits of an office, listed, shown and taken over.

mod import;

use std::io::Write;

use anyhow::{Context, Result};
use cites::Day;
use clap::{Args, Subcommand, ValueEnum};
use permits::application::Permit;
use serde::Serialize;
use store::{LineWithBalance, PermitFilter, PermitRecord, Sight, Store};

use super::machine::{self, Making};
use super::{DatabaseArguments, PlaceArguments, runtime, up_to_date};
use crate::arguments::{Format, Options};
use crate::clock;
use crate::exit::Exit;
use crate::rows::RowWriter;
use crate::session::Session;

/// What to do with the permits of an office.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct PermitArguments {
    #[command(flatten)]
    database: DatabaseArguments,
    #[command(flatten)]
    place: PlaceArguments,
    #[command(subcommand)]
    command: PermitCommand,
}

const EXAMPLES: &str = "\
Examples:
  countrygate permit list --format csv
  countrygate permit list --state issued --database sqlite:/srv/office/countrygate.db
  countrygate permit show CN/UQ/2026/000123
  countrygate permit import permits.xlsx

The table of a list begins with the number and the state: issued, expired, cancelled, replaced, lost or returned.";

/// One thing that is done with permits.
#[derive(Debug, Subcommand)]
enum PermitCommand {
    /// List the permits, latest issued first
    List {
        /// Only those in this state today
        #[arg(long)]
        state: Option<StateWord>,
    },
    /// Show a permit with what is left of each line
    Show {
        /// Its number, as printed
        number: String,
    },
    /// Take over the permits that the office issued before, out of its table
    Import(import::ImportArguments),
}

/// The word of a permit's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StateWord {
    Issued,
    Expired,
    Cancelled,
    Replaced,
    Lost,
    Returned,
}

impl StateWord {
    const fn as_str(self) -> &'static str {
        match self {
            StateWord::Issued => "issued",
            StateWord::Expired => "expired",
            StateWord::Cancelled => "cancelled",
            StateWord::Replaced => "replaced",
            StateWord::Lost => "lost",
            StateWord::Returned => "returned",
        }
    }
}

/// A permit in the list.
#[derive(Serialize)]
struct Row {
    number: String,
    state: &'static str,
    kind: String,
    holder: String,
    issued: Day,
    last_day: Day,
    office: String,
}

const COLUMNS: [&str; 7] = ["number", "state", "kind", "holder", "issued", "last_day", "office"];
/// How many permits are read at a time.
const PAGE_ROWS: u32 = 200;

/// Does what is asked.
///
/// # Errors
/// The database fails, or no permit bears the number.
pub fn run(arguments: &PermitArguments, options: &Options, out: &mut dyn Write) -> Result<Exit> {
    let today = clock::now().day(arguments.place.ahead_of_utc * 60);
    let format = options.format.unwrap_or(Format::Text);
    runtime()?.block_on(async {
        let store = up_to_date(&arguments.database.location()?).await?;
        let done = match &arguments.command {
            PermitCommand::List { state } => list(&store, (*state, today), format, out).await,
            PermitCommand::Show { number } => show(&store, (number, today), format, out).await,
            PermitCommand::Import(import) => {
                let session: &'static Session = Box::leak(Box::new(Session::open(options)?));
                let making = Making::of_a_command(&arguments.place, session);
                let office = machine::office(store.clone(), making)?;
                import::run(&office, import, &arguments.place, (format, out)).await
            }
        };
        store.close().await;
        done
    })
}

async fn list(
    store: &Store,
    (state, on): (Option<StateWord>, Day),
    format: Format,
    out: &mut dyn Write,
) -> Result<Exit> {
    let agencies = store.agencies().await?;
    let filter = PermitFilter { state: state.map(StateWord::as_str), on };
    let sight = Sight { all: true, ..Sight::default() };
    let mut writer = RowWriter::new(format, &COLUMNS, out)?;
    let mut after = None;
    loop {
        let page = store.permits(&sight, filter, after.as_ref(), PAGE_ROWS).await?;
        for permit in page.rows {
            let agency = agencies.iter().find(|known| known.agency.id == permit.office);
            let row = Row {
                number: permit.number,
                state: permit.state.as_str(on),
                kind: permit.kind.to_string(),
                holder: holder(store, permit.operator).await?,
                issued: permit.issued,
                last_day: permit.last_day,
                office: agency.map_or_else(String::new, |known| known.agency.name.clone()),
            };
            writer.write(&row, |out| {
                let Row { number, state, kind, holder, last_day, .. } = &row;
                writeln!(out, "{number}  {state}, good through {last_day}: {kind} of {holder}")
            })?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return writer.finish().map(|()| Exit::Clear),
        }
    }
}

async fn holder(store: &Store, operator: cites::OperatorId) -> Result<String> {
    Ok(store.operator(operator).await?.map_or_else(String::new, |known| known.name))
}

/// A permit as it is shown.
#[derive(Serialize)]
struct Shown {
    number: String,
    state: &'static str,
    kind: String,
    holder: String,
    issued: Day,
    last_day: Day,
    /// Why and when it ended, in the form in which states are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Permit>,
    lines: Vec<ShownLine>,
}

/// A line of it.
#[derive(Serialize)]
struct ShownLine {
    line: u32,
    taxon: String,
    unit: String,
    authorised: String,
    endorsed: String,
    left: String,
    /// Nobody told how much was used before the permit was taken over: less may be left.
    use_before_unknown: bool,
}

impl ShownLine {
    fn of(LineWithBalance { line, balance }: &LineWithBalance) -> ShownLine {
        ShownLine {
            line: line.line,
            taxon: line.taxon.clone(),
            unit: line.unit.to_string(),
            authorised: balance.authorised().amount.to_string(),
            endorsed: balance.endorsed().amount.to_string(),
            left: balance.left().amount.to_string(),
            use_before_unknown: line.use_before_is_unknown(),
        }
    }
}

async fn show(store: &Store, (number, on): (&str, Day), format: Format, out: &mut dyn Write) -> Result<Exit> {
    let permit = store.permit_by_number(number.trim()).await?.with_context(|| {
        format!("no permit bears the number `{number}`; `countrygate permit list` shows those there are")
    })?;
    let lines = store.permit_lines(permit.id).await?;
    let shown = shown(store, permit, &lines, on).await?;
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &shown).context("the permit cannot be written")?;
            writeln!(out)?;
        }
        Format::Csv | Format::Text => write_text(&shown, format, out)?,
    }
    Ok(Exit::Clear)
}

async fn shown(store: &Store, permit: PermitRecord, lines: &[LineWithBalance], on: Day) -> Result<Shown> {
    Ok(Shown {
        holder: holder(store, permit.operator).await?,
        state: permit.state.as_str(on),
        kind: permit.kind.to_string(),
        issued: permit.issued,
        last_day: permit.last_day,
        number: permit.number,
        ended: matches!(permit.state, Permit::Ended(_)).then_some(permit.state),
        lines: lines.iter().map(ShownLine::of).collect(),
    })
}

fn write_text(shown: &Shown, format: Format, out: &mut dyn Write) -> Result<()> {
    const LINE_COLUMNS: [&str; 7] =
        ["line", "taxon", "unit", "authorised", "endorsed", "left", "use_before_unknown"];
    if format == Format::Text {
        let Shown { number, state, kind, holder, issued, last_day, .. } = shown;
        writeln!(out, "{number}  {state}: {kind} of {holder}, issued {issued}, good through {last_day}")?;
    }
    let mut writer = RowWriter::new(format, &LINE_COLUMNS, out)?;
    for line in &shown.lines {
        writer.write(line, |out| {
            let ShownLine { line, taxon, unit, authorised, endorsed, left, use_before_unknown } = line;
            let doubt = if *use_before_unknown {
                "; what was used before it was taken over is not known"
            } else {
                ""
            };
            writeln!(out, "  {line}. {taxon}: {authorised} {unit}, {endorsed} endorsed, {left} left{doubt}")
        })?;
    }
    writer.finish()
}
