//! An office's database, as commands open it, and the office that is made of it.
//!
//! Who holds the database holds the office: commands ask nobody whether they may, and what they do stands in the history
//! under their own name.

mod law;
pub mod machine;
pub mod permits;
pub mod users;

use std::net::SocketAddr;

use anyhow::{Context, Result};
use cites::Country;
use clap::builder::BoolishValueParser;
use clap::{ArgAction, Args};
use store::{Location, Store};

use crate::clock;
use crate::serve::mail::MailArguments;
use crate::serve::sign_on::SignOnArguments;
use crate::serve::webhooks::WebhookArguments;

/// By what name the history knows what commands do.
const BY: &str = "command line";
/// The database of an office, where no other is named.
const LOCATION: &str = "sqlite:countrygate.db";

/// Where an office keeps what it keeps.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArguments {
    /// The database: `sqlite:PATH`, or `postgres://USER@HOST/NAME` where several nodes share the work
    /// [default: sqlite:countrygate.db]
    #[arg(
        long,
        global = true,
        env = "COUNTRYGATE_DATABASE",
        value_name = "DATABASE",
        hide_env_values = true
    )]
    pub database: Option<Location>,
}

impl DatabaseArguments {
    /// The database that is named, else that of an office.
    ///
    /// # Errors
    /// Never for the name in the program.
    pub fn location(&self) -> Result<Location> {
        self.location_or(LOCATION)
    }

    /// The database that is named, else `otherwise`.
    ///
    /// # Errors
    /// `otherwise` is no name of a database.
    pub fn location_or(&self, otherwise: &str) -> Result<Location> {
        match &self.database {
            Some(location) => Ok(location.clone()),
            None => Ok(otherwise.parse()?),
        }
    }
}

/// How an office is set up: its settings, which a configuration file may hold.
#[derive(Debug, Clone, Args)]
pub struct OfficeArguments {
    #[command(flatten)]
    pub database: DatabaseArguments,
    /// Address and port to listen on; port 0 takes any that is free
    #[arg(long, env = "COUNTRYGATE_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The office is reached by HTTPS alone, through a proxy: cookies are never sent without it. `--https=false` goes
    /// before a configuration file that says so
    #[arg(long, env = "COUNTRYGATE_HTTPS", value_name = "BOOL", num_args = 0..=1, require_equals = true, default_value = "false", default_missing_value = "true", hide_default_value = true, hide_possible_values = true, action = ArgAction::Set, value_parser = BoolishValueParser::new())]
    pub https: bool,
    #[command(flatten)]
    pub place: PlaceArguments,
    #[command(flatten)]
    pub mail: MailArguments,
    /// How browsers reach the office: `https://HOST`. Passkeys are made for it, and an issuer leads back to it
    #[arg(long, env = "COUNTRYGATE_ORIGIN", value_name = "URL")]
    pub origin: Option<String>,
    #[command(flatten)]
    pub sign_on: SignOnArguments,
    #[command(flatten)]
    pub webhooks: WebhookArguments,
}

/// Where an office is, which tells its days.
#[derive(Debug, Clone, Args)]
pub struct PlaceArguments {
    /// The country of the office: its pack tells how many days the authority has, and its calendar which days count
    #[arg(long, global = true, env = "COUNTRYGATE_COUNTRY", value_name = "COUNTRY", default_value = "CN")]
    pub country: Country,
    /// How far the clocks of the office are ahead of UTC, in minutes: 480 in Beijing's time
    #[arg(long, global = true, env = "COUNTRYGATE_AHEAD_OF_UTC", value_name = "MINUTES", default_value = "480", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(-720..=840))]
    pub ahead_of_utc: i32,
}

/// What runs what waits for a database or a socket.
///
/// # Errors
/// The machine gives no threads.
pub fn runtime() -> Result<tokio::runtime::Runtime> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("the program cannot start its threads")
}

/// Opens a database; a file that is not there is made.
///
/// # Errors
/// It cannot be reached.
pub async fn opened(location: &Location) -> Result<Store> {
    Store::open(location).await.with_context(|| format!("the database {location} cannot be opened"))
}

/// Opens a database and brings it up to date.
///
/// # Errors
/// It cannot be reached or brought up to date.
pub async fn up_to_date(location: &Location) -> Result<Store> {
    let store = opened(location).await?;
    let migrated = store.migrate(clock::now()).await;
    migrated.with_context(|| format!("the database {location} cannot be brought up to date"))?;
    Ok(store)
}
