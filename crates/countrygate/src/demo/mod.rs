//! A made-up office to look at: its people, agencies, operators and quotas, and forty applications in every state.
//!
//! Source of truth: the tables of this module, every name of which is made up; the species are real, and the law's answer on
//! them is the law's. The applications are walked through the chain by requests to the API, as people would send them, on
//! days before today: what is shown is what the program does, and nothing is written past it.

mod chain;
mod people;
mod requests;
mod table;

use std::sync::atomic::{AtomicU64, Ordering};

use access::{Deed, Instant, Role};
use anyhow::{Context, Result, bail};
use cites::EventId;
use serde_json::json;
use store::{By, Done, SettingRecord, Store, Subject, SubjectKind, Version};
use web::{Demonstration, Office, Shown};

use crate::clock;
use crate::office::machine::{self, Making};
use crate::serve::ServeArguments;
use crate::session::Session;

/// The database of a demonstration, where no other is named.
pub const LOCATION: &str = "sqlite:countrygate-demo.db";
/// The setting by which a database says that it is one.
const SETTING: &str = "demonstration";
/// The password of everybody in it, which is no secret.
const PASSWORD: &str = "a made-up office to look at";
/// The secret of everybody's one-time codes in it, which is none.
const CODE_SECRET: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";

/// What is told of the demonstration that a database is, or becomes by `--demo`; `None` of any other.
///
/// # Errors
/// `--demo` is told of a database with an office in it; a demonstration was not made to its end; the database fails.
pub async fn open(
    store: &Store,
    arguments: &ServeArguments,
    session: &'static Session,
) -> Result<Option<Demonstration>> {
    match store.setting(SETTING).await? {
        Some(setting) if setting.value.get("made") == Some(&json!(true)) => return Ok(Some(demonstration())),
        Some(_) => bail!("the demonstration was not made to its end; delete its database and start again"),
        None if !arguments.demo => return Ok(None),
        None => {}
    }
    if !store.accounts_with(Role::SecurityAdministrator).await?.is_empty() {
        bail!(
            "there is an office in the database already; name another one with --database for the demonstration"
        );
    }
    set_clock(clock::now());
    let making = Making {
        place: &arguments.office.place,
        session,
        is_https: false,
        now: told,
        demonstration: Some(demonstration()),
        sign_on: None,
        passkeys: None,
        inside: web::calls::Inside::default(),
    };
    let office = machine::office(store.clone(), making)?;
    mark(&office, false).await?;
    fill(&office).await.context("the demonstration cannot be made")?;
    mark(&office, true).await?;
    Ok(Some(demonstration()))
}

fn demonstration() -> Demonstration {
    let shown = |person: &people::Person| Shown { login: person.login.into(), what: person.what.into() };
    Demonstration {
        people: people::PEOPLE.iter().map(shown).collect(),
        password: PASSWORD.to_owned(),
        code_secret: CODE_SECRET.to_owned(),
    }
}

async fn fill(office: &Office) -> Result<()> {
    let first = table::STORIES.iter().map(table::Story::begins).max().unwrap_or_default();
    set_days_ago(first + 1);
    let house = people::settle(office).await?;
    chain::walk(office, &house).await?;
    set_clock(clock::now());
    people::sign_out(office).await
}

/// Says in the database that it is a demonstration, and whether it was made to its end.
async fn mark(office: &Office, is_made: bool) -> Result<()> {
    let mut work = office.store().work().await?;
    let known = work.setting(SETTING).await?;
    let version = known.map_or(Version::NEW, |known| known.version);
    let value = json!({ "made": is_made });
    work.put_setting(&SettingRecord { name: SETTING.to_owned(), version, value: value.clone() });
    let done = Done {
        id: EventId(office.draw_id()),
        by: by(),
        deed: Deed::RunJobs,
        subject: Subject::new(SubjectKind::Setting, SETTING, version.next()),
        before: None,
        after: Some(value),
        edition: None,
    };
    Ok(work.save(done, office.now(), Vec::new()).await?)
}

/// Who settles the office, in its history.
fn by() -> By {
    By::Job("demonstration".to_owned())
}

/// The instant at which the people of the demonstration act while it is made.
static CLOCK: AtomicU64 = AtomicU64::new(0);

fn told() -> Instant {
    Instant(CLOCK.load(Ordering::Relaxed))
}

fn set_clock(at: Instant) {
    CLOCK.store(at.0, Ordering::Relaxed);
}

/// Has people act so many days ago.
fn set_days_ago(days: u32) {
    set_clock(Instant(clock::now().0.saturating_sub(u64::from(days) * 24 * 60 * 60)));
}
