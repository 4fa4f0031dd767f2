//! The office as a server: `countrygate serve` and `countrygate migrate`.
//!
//! One program holds the API and the jobs. What it needs of the machine (a clock, randomness, a socket, signals) is
//! read here and handed on; what requests do is said by `web`.

mod first;
mod jobs;
pub mod mail;
mod outward;
pub mod settings;
pub mod sign_on;
pub mod webhooks;

use std::io::Write;
use std::net::SocketAddr;

use anyhow::{Context, Result};
use clap::Args;
use tokio::net::TcpListener;
use web::proof::passkey::Party;

use crate::arguments::Options;
use crate::exit::Exit;
use crate::office::{DatabaseArguments, OfficeArguments, machine, opened, runtime, up_to_date};
use crate::session::Session;
use crate::{clock, demo};

/// How an office is served.
#[derive(Debug, Args)]
#[command(after_help = SERVE_EXAMPLES)]
pub struct ServeArguments {
    #[command(flatten)]
    pub office: OfficeArguments,
    /// Serve a made-up office to look at, in a database of its own, `sqlite:countrygate-demo.db` where --database names
    /// no other; what the environment or a configuration file says of the database is passed over
    #[arg(long)]
    pub demo: bool,
}

const SERVE_EXAMPLES: &str = "\
Examples:
  countrygate serve --demo
  countrygate serve
  countrygate serve --listen 0.0.0.0:8080 --database sqlite:/srv/office/countrygate.db
  countrygate serve --database postgres://office@db.example/office --https
  countrygate serve --mail-relay smtps://mail.example --mail-from office@ma.example --mail-user office

The database is made and brought up to date. At the first start a link is printed by which the first
administrator chooses a password; it holds for a day. SIGTERM and Ctrl-C end the server after the
requests that it is answering.";

/// Which database is brought up to date.
#[derive(Debug, Args)]
#[command(after_help = MIGRATE_EXAMPLES)]
pub struct MigrateArguments {
    #[command(flatten)]
    pub database: DatabaseArguments,
}

const MIGRATE_EXAMPLES: &str = "\
Examples:
  countrygate migrate
  countrygate migrate --database postgres://office@db.example/office

All steps that are missing are applied, or none. Nodes may call it at one time.";

/// Serves an office until it is told to end.
///
/// # Errors
/// The database cannot be opened or brought up to date, or the address is taken.
pub fn run(arguments: &ServeArguments, options: &Options, out: &mut dyn Write) -> Result<Exit> {
    // The names of the book are asked for as long as the program runs.
    let session: &'static Session = Box::leak(Box::new(Session::open(options)?));
    tracing_subscriber::fmt().json().with_max_level(tracing::Level::INFO).with_writer(std::io::stderr).init();
    runtime()?.block_on(serve(arguments, session, out))
}

/// Brings a database up to date, and says what was done.
///
/// # Errors
/// It cannot be opened or brought up to date.
pub fn migrate(arguments: &MigrateArguments, out: &mut dyn Write) -> Result<Exit> {
    let location = &arguments.database.location()?;
    let applied = runtime()?.block_on(async {
        let store = opened(location).await?;
        let applied = store.migrate(clock::now()).await;
        store.close().await;
        applied.with_context(|| format!("the database {location} cannot be brought up to date"))
    })?;
    if applied.is_empty() {
        writeln!(out, "{location} is up to date")?;
    }
    for step in applied {
        writeln!(out, "{location}: applied {step}")?;
    }
    Ok(Exit::Clear)
}

async fn serve(arguments: &ServeArguments, session: &'static Session, out: &mut dyn Write) -> Result<Exit> {
    let settings = &arguments.office;
    let mailer = settings.mail.mailer()?;
    let sign_on = settings.sign_on.issuer(settings.origin.as_deref())?;
    let database = &settings.database;
    let location =
        if arguments.demo { database.location_or(demo::LOCATION)? } else { database.location()? };
    let store = up_to_date(&location).await?;
    let demonstration = demo::open(&store, arguments, session).await?;
    let making = machine::Making {
        place: &settings.place,
        session,
        is_https: settings.https,
        now: clock::now,
        demonstration,
        sign_on,
        passkeys: party(settings.origin.as_deref())?,
        inside: settings.webhooks.inside(),
    };
    let office = machine::office(store, making)?;
    let listener = TcpListener::bind(settings.listen).await;
    let listener = listener.with_context(|| {
        format!("nothing can listen on {}; choose another address or port with --listen", settings.listen)
    })?;
    let address = listener.local_addr().context("the address that is listened on is not known")?;
    writeln!(out, "Countrygate serves {location} at http://{address}")?;
    if let Some(shown) = office.demonstration() {
        let people = shown.people.iter().map(|person| person.login.as_str()).collect::<Vec<_>>().join(", ");
        writeln!(
            out,
            "Everything in it is made up. Sign in as {people}; the password is `{}`",
            shown.password
        )?;
    }
    if let Some(secret) = first::invite(&office).await? {
        writeln!(
            out,
            "First administrator: open http://{address}/set-up/{secret} and choose a password (within a day)"
        )?;
    }
    out.flush()?;
    let mut running = tokio::task::JoinSet::new();
    running.spawn(jobs::keep_house(office.clone()));
    match mailer {
        // The people of a made-up office have made-up addresses.
        _ if arguments.demo => {}
        Some(mailer) => {
            drop(running.spawn(mail::send_mails(office.store().clone(), mailer, node(), clock::now)))
        }
        None => tracing::warn!("no relay is named with --mail-relay: mails wait in the database"),
    }
    let inside = settings.webhooks.inside();
    running.spawn(webhooks::call_webhooks(office.store().clone(), inside, node(), clock::now));
    let router = web::router(&office).router.into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, router).with_graceful_shutdown(machine::told_to_end()).await;
    running.abort_all();
    office.store().close().await;
    served.context("the server broke off")?;
    writeln!(out, "Countrygate has ended")?;
    Ok(Exit::Clear)
}

/// By what name the others know this node: drawn, so that two on one machine differ.
fn node() -> String {
    let mut drawn = [0; 8];
    machine::fill(&mut drawn);
    format!("{:016x}", u64::from_be_bytes(drawn))
}

/// For whom passkeys are made; nobody where no origin is told, or one for which browsers make none.
fn party(origin: Option<&str>) -> Result<Option<Party>> {
    let Some(origin) = origin else { return Ok(None) };
    let party = Party::of(&sign_on::origin_of(origin)?);
    if let Err(error) = &party {
        tracing::warn!(%error, "there are no passkeys");
    }
    Ok(party.ok())
}
