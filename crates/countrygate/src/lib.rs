//! The program of a CITES border: commands, configuration, wiring.
//!
//! Reads files and arguments, calls one pure function, prints the answer. No rule of law and no name matching
//! of its own.

mod arguments;
mod check;
mod clock;
mod commands;
mod configuration;
mod demo;
pub mod door;
mod editions;
mod exit;
mod files;
mod imported;
#[cfg(test)]
mod limits;
mod lines;
mod office;
mod progress;
mod replace;
mod rows;
mod serve;
mod session;
mod shipped;
mod text;
mod touched;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;

use arguments::{Arguments, BookCommand, Command, DataCommand, LawCommand, OfficeCommand};
use configuration::Sources;
use exit::Exit;
use session::Session;

/// Runs the program with the arguments of its process, and says how it ended.
pub fn start() -> ExitCode {
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let read = configuration::arguments();
    let done = read.and_then(|(arguments, sources)| run(&arguments, &sources, &mut out));
    let done = done.and_then(|exit| Ok(out.flush().map(|()| exit)?));
    match done {
        Ok(exit) => exit.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments, sources: &Sources, out: &mut dyn Write) -> Result<Exit> {
    match &arguments.command {
        Command::Doctor(doctor) => commands::doctor::run(doctor, &arguments.options, sources, out),
        Command::Book(command) => ask_book(command, arguments, out),
        Command::Office(OfficeCommand::Serve(serve)) => serve::run(serve, &arguments.options, out),
        Command::Office(OfficeCommand::Migrate(migrate)) => serve::migrate(migrate, out),
        Command::Office(OfficeCommand::User(user)) => office::users::run(user, &arguments.options, out),
        Command::Office(OfficeCommand::Permit(permit)) => {
            office::permits::run(permit, &arguments.options, out)
        }
    }
}

fn ask_book(command: &BookCommand, arguments: &Arguments, out: &mut dyn Write) -> Result<Exit> {
    let session = match command {
        BookCommand::Data(DataCommand::Import(_)) => Session::open_to_import(&arguments.options)?,
        _ => Session::open(&arguments.options)?,
    };
    // The program ends with the command; taking the book apart again would only take time.
    let session = std::mem::ManuallyDrop::new(session);
    match command {
        BookCommand::Check(check) => check::run(&session, check, out),
        BookCommand::Species(species) => commands::species::run(&session, species, out),
        BookCommand::Law(LawCommand::Status(status)) => commands::status::run(&session, status, out),
        BookCommand::Data(DataCommand::Import(import)) => {
            commands::import::run(&session, import, arguments.options.data.as_deref(), out)
        }
        BookCommand::Law(LawCommand::Show(show)) => commands::show::run(&session, show, out),
        BookCommand::Law(LawCommand::Diff(diff)) => commands::diff::run(&session, diff, out),
        BookCommand::Law(LawCommand::Touched(asked)) => touched::run(&session, asked, out),
        BookCommand::Law(LawCommand::Editions(editions)) => commands::editions::run(&session, editions, out),
    }
}

/// Whoever reads the answer has read enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is_broken = |error: &std::io::Error| error.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(is_broken)
            || cause
                .downcast_ref::<csv::Error>()
                .is_some_and(|error| matches!(error.kind(), csv::ErrorKind::Io(error) if is_broken(error)))
    })
}
