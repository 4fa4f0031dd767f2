//! `countrygate user`: who is let in, by whoever holds the database. The way in where no security administrator is left.

use std::io::Write;

use access::{Role, RoleSet};
use anyhow::{Context, Result};
use cites::{AgencyId, UserId};
use clap::{Args, Subcommand};
use serde::Serialize;
use store::{AccountRecord, By, InvitationPurpose, Language, Store};
use web::Office;
use web::house::people::{self, Newcomer, Profile, Standing};

use super::machine::{self, Making};
use super::{BY, DatabaseArguments, PlaceArguments, runtime, up_to_date};
use crate::arguments::{Format, Options};
use crate::exit::Exit;
use crate::rows::RowWriter;
use crate::session::Session;

/// What to do with the users of an office.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, arg_required_else_help = true)]
pub struct UserArguments {
    #[command(flatten)]
    database: DatabaseArguments,
    #[command(flatten)]
    place: PlaceArguments,
    #[command(subcommand)]
    command: UserCommand,
}

const EXAMPLES: &str = "\
Examples:
  countrygate user list --format csv
  countrygate user invite li@office.example --name \"Li\" --role decision-officer --agency \"Urumqi office\"
  countrygate user link li@office.example
  countrygate user bar li@office.example

A link opens the page on which its holder chooses a password; it is shown once and holds for three days, or for
one where it replaces a lost password. Whoever holds the database may do all this; the history says that it was
done on the command line.";

/// One thing that is done with users.
#[derive(Debug, Subcommand)]
enum UserCommand {
    /// List the users
    List,
    /// Make an account, and show the link by which its holder chooses a password
    Invite {
        /// What they sign in with
        login: String,
        /// Their name
        #[arg(long)]
        name: String,
        /// What they are, such as applicant, intake-officer or auditor; several times for several roles
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<Role>,
        /// The name of their agency; of nobody who applies
        #[arg(long)]
        agency: Option<String>,
        /// Where mail reaches them
        #[arg(long)]
        mail: Option<String>,
        /// The language of their pages and mails
        #[arg(long, default_value = "en")]
        language: Language,
    },
    /// Show a new link by which a user chooses a password
    Link { login: String },
    /// Sign a user out and let them in no more
    Bar { login: String },
    /// Let a user in again
    Readmit { login: String },
    /// Give a user these roles, in place of those they have
    Roles {
        login: String,
        /// What they are; several times for several roles
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<Role>,
    },
    /// Take a user's second factor away, so that they set up a new one
    ForgetSecondFactor { login: String },
}

/// A user in the list.
#[derive(Serialize)]
struct Row {
    login: String,
    name: String,
    agency: String,
    roles: String,
    barred: bool,
}

const COLUMNS: [&str; 5] = ["login", "name", "agency", "roles", "barred"];
/// How many users are read at a time.
const PAGE_ROWS: u32 = 200;

/// Does what is asked.
///
/// # Errors
/// The database fails, nobody has the login, or what is asked is refused with the reason.
pub fn run(arguments: &UserArguments, options: &Options, out: &mut dyn Write) -> Result<Exit> {
    // The names of the book are asked for as long as the program runs.
    let session: &'static Session = Box::leak(Box::new(Session::open(options)?));
    runtime()?.block_on(async {
        let store = up_to_date(&arguments.database.location()?).await?;
        let done = match &arguments.command {
            UserCommand::List => list(&store, session.format, out).await,
            command => {
                let making = Making::of_a_command(&arguments.place, session);
                change(&machine::office(store.clone(), making)?, command, out).await
            }
        };
        store.close().await;
        done.map(|()| Exit::Clear)
    })
}

async fn list(store: &Store, format: Option<Format>, out: &mut dyn Write) -> Result<()> {
    let agencies = store.agencies().await?;
    let mut writer = RowWriter::new(format.unwrap_or(Format::Text), &COLUMNS, out)?;
    let mut after = None;
    loop {
        let page = store.accounts(after.as_ref(), PAGE_ROWS).await?;
        for account in page.rows {
            let agency = agencies.iter().find(|known| Some(known.agency.id) == account.agency);
            let row = Row {
                agency: agency.map_or_else(String::new, |known| known.agency.name.clone()),
                roles: account.roles.iter().map(Role::as_str).collect::<Vec<_>>().join(" "),
                login: account.login,
                name: account.name,
                barred: account.barred,
            };
            writer.write(&row, |out| {
                let barred = if row.barred { " (barred)" } else { "" };
                let agency = if row.agency.is_empty() { "no agency" } else { row.agency.as_str() };
                writeln!(out, "{}{barred}: {}, {agency}: {}", row.login, row.name, row.roles)
            })?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return writer.finish(),
        }
    }
}

async fn change(office: &Office, command: &UserCommand, out: &mut dyn Write) -> Result<()> {
    let by = By::Job(BY.to_owned());
    match command {
        UserCommand::List => {}
        UserCommand::Invite { login, name, roles, agency, mail, language } => {
            let profile = Profile { name: name.clone(), mail: mail.clone(), language: language.clone() };
            let newcomer = Newcomer {
                id: UserId(office.draw_id()),
                login: login.clone(),
                profile,
                agency: agency_of(office.store(), agency.as_deref()).await?,
                roles: RoleSet::of(roles.iter().copied())?,
            };
            let invited = people::invite(office, by, newcomer, InvitationPurpose::Welcome).await?;
            show_link(&invited.done().await?, out)?;
        }
        UserCommand::Link { login } => {
            let user = account(office, login).await?.id;
            show_link(&people::link(office, by, user).await?.done().await?, out)?;
        }
        UserCommand::Bar { login } => bar(office, by, (login, true), out).await?,
        UserCommand::Readmit { login } => bar(office, by, (login, false), out).await?,
        UserCommand::Roles { login, roles } => {
            let known = account(office, login).await?;
            let roles = RoleSet::of(roles.iter().copied())?;
            let given = people::give_roles(office, by, (known.id, known.version), roles).await?;
            let words: Vec<&str> = given.done().await?.roles.iter().map(Role::as_str).collect();
            writeln!(out, "{login} is now {}", words.join(", "))?;
        }
        UserCommand::ForgetSecondFactor { login } => {
            let user = account(office, login).await?.id;
            people::remove_second_factor(office, by, user).await?.done().await?;
            writeln!(out, "{login} sets up a new second factor at the next sign-in")?;
        }
    }
    Ok(())
}

async fn bar(office: &Office, by: By, (login, barred): (&str, bool), out: &mut dyn Write) -> Result<()> {
    let known = account(office, login).await?;
    let profile = Profile { name: known.name, mail: known.mail, language: known.language };
    let standing = Standing { profile, agency: known.agency, barred };
    people::change(office, by, (known.id, known.version), standing).await?.done().await?;
    let done = if barred { "signed out and let in no more" } else { "let in again" };
    Ok(writeln!(out, "{login} is {done}")?)
}

async fn account(office: &Office, login: &str) -> Result<AccountRecord> {
    let known = office.store().account_by_login(login).await?;
    known.with_context(|| format!("nobody signs in as `{login}`; `countrygate user list` shows who does"))
}

async fn agency_of(store: &Store, name: Option<&str>) -> Result<Option<AgencyId>> {
    let Some(name) = name else { return Ok(None) };
    let agencies = store.agencies().await?;
    let found = agencies.iter().find(|known| known.agency.name == name.trim());
    let found = found.with_context(|| {
        let names: Vec<&str> = agencies.iter().map(|known| known.agency.name.as_str()).collect();
        format!("there is no agency `{name}`; the office knows: {}", names.join("; "))
    })?;
    Ok(Some(found.agency.id))
}

fn show_link(invited: &people::Invited, out: &mut dyn Write) -> Result<()> {
    let (login, secret) = (&invited.account.login, invited.secret.as_str());
    writeln!(out, "{login} chooses a password at /set-up/{secret} of the office, until {}", invited.until)?;
    Ok(())
}
