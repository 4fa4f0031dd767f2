//! How an office is set up: each setting with where it comes from, and the state of its database, which is neither made
//! nor changed.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use serde::Serialize;
use store::{Location, Store};

use crate::arguments::Format;
use crate::configuration::{Found, Layer, Sources};
use crate::office::{OfficeArguments, runtime};
use crate::rows::RowWriter;
use crate::serve::{mail, settings, sign_on};

/// How an office is set up.
#[derive(Debug, Serialize)]
pub struct OfficeHealth {
    /// The configuration file that was read.
    configuration: Option<PathBuf>,
    settings: Vec<Setting>,
    database: DatabaseHealth,
    /// What is missing or does not go together.
    problems: Vec<String>,
}

/// A setting.
#[derive(Debug, Serialize)]
struct Setting {
    name: &'static str,
    /// Without a password; nothing where it is not set.
    value: Option<String>,
    from: Layer,
    place: String,
    instead_of: Option<String>,
}

const COLUMNS: [&str; 5] = ["name", "value", "from", "place", "instead_of"];

/// The state of a database.
#[derive(Debug, Serialize)]
struct DatabaseHealth {
    location: String,
    state: State,
    /// The steps that its tables lack.
    missing: Vec<&'static str>,
    /// Why it cannot be used.
    problem: Option<String>,
}

/// Whether a database can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    /// There is none; the first start makes it.
    NotThere,
    UpToDate,
    /// The next start brings it up to date.
    Behind,
    Unusable,
}

/// Looks at the settings and the database.
///
/// # Errors
/// The machine gives no threads.
pub fn health(office: &OfficeArguments, sources: &Sources) -> Result<OfficeHealth> {
    let location = office.database.location()?;
    let database = runtime()?.block_on(looked_at(&location));
    let mut told: Vec<Setting> = sources.settings().into_iter().map(Setting::from).collect();
    if let Some(database) = told.iter_mut().find(|setting| setting.name == "database") {
        database.value.get_or_insert_with(|| location.to_string());
    }
    told.push(secret("mail_password", mail::PASSWORD));
    told.push(secret("sign_on_secret", sign_on::SECRET));
    let mut problems = office.mail.needs();
    problems.extend(office.sign_on.needs(office.origin.as_deref()));
    problems.extend(database.problem.clone());
    Ok(OfficeHealth { configuration: sources.file().map(PathBuf::from), settings: told, database, problems })
}

impl From<Found> for Setting {
    fn from(found: Found) -> Setting {
        let Found { name, value, from, place, instead_of } = found;
        Setting { name, value, from, place, instead_of }
    }
}

/// A setting that is a secret, and has a variable alone.
fn secret(name: &'static str, variable: &str) -> Setting {
    let is_set = settings::is_set(variable);
    Setting {
        name,
        value: is_set.then(|| "(hidden)".to_owned()),
        from: if is_set { Layer::Environment } else { Layer::Default },
        place: if is_set { variable.to_owned() } else { String::new() },
        instead_of: None,
    }
}

async fn looked_at(location: &Location) -> DatabaseHealth {
    let told =
        |state, missing, problem| DatabaseHealth { location: location.to_string(), state, missing, problem };
    let unusable = |error: anyhow::Error| {
        let problem = format!("the database {location} cannot be used: {error:#}");
        told(State::Unusable, Vec::new(), Some(problem))
    };
    match Store::look(location).await {
        Err(error) => unusable(error.into()),
        Ok(None) => told(State::NotThere, Vec::new(), None),
        Ok(Some(store)) => {
            let missing = store.missing_steps().await;
            store.close().await;
            match missing {
                Err(error) => unusable(error.into()),
                Ok(missing) if missing.is_empty() => told(State::UpToDate, missing, None),
                Ok(missing) => told(State::Behind, missing, None),
            }
        }
    }
}

impl OfficeHealth {
    /// Whether something stands in the way of an office.
    pub const fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Writes it alone.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<()> {
        match format {
            Format::Text => self.write_text(out)?,
            Format::Json => {
                serde_json::to_writer_pretty(&mut *out, self)?;
                writeln!(out)?;
            }
            Format::Csv => {
                let mut rows = RowWriter::new(Format::Csv, &COLUMNS, out)?;
                self.settings.iter().try_for_each(|setting| rows.write(setting, |_| Ok(())))?;
                rows.finish()?;
            }
        }
        Ok(())
    }

    /// Writes it for reading.
    pub fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        match &self.configuration {
            Some(file) => writeln!(out, "the office, with the configuration {}", file.display())?,
            None => writeln!(out, "the office, without a configuration file")?,
        }
        for setting in &self.settings {
            let value = setting.value.as_deref().unwrap_or("-");
            let from = match (setting.from, &setting.value) {
                (Layer::Default, None) => "not set",
                (Layer::Default, Some(_)) => "default",
                (_, _) => setting.place.as_str(),
            };
            let instead = setting.instead_of.as_ref();
            let instead = instead.map_or_else(String::new, |place| format!(", instead of {place}"));
            writeln!(out, "  {:<20} {value:<32} {from}{instead}", setting.name)?;
        }
        self.database.write_text(out)?;
        self.problems.iter().try_for_each(|problem| writeln!(out, "PROBLEM: {problem}"))
    }
}

impl DatabaseHealth {
    fn write_text(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let location = &self.location;
        match self.state {
            State::NotThere => {
                writeln!(out, "the database {location} is not there; `countrygate serve` makes it")
            }
            State::UpToDate => writeln!(out, "the database {location} is there and up to date"),
            State::Behind => writeln!(
                out,
                "the database {location} lacks {}; `countrygate serve` or `countrygate migrate` brings it up to date",
                self.missing.join(", ")
            ),
            // The reason stands among the problems.
            State::Unusable => Ok(()),
        }
    }
}
