//! Where each setting comes from.

use std::path::Path;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};
use serde::Serialize;

use super::file::{File, argument};
use super::kind::Kind;
use super::{SETTINGS, Setting};

/// What was read, and from where.
#[derive(Debug)]
pub struct Sources {
    command: Command,
    matches: ArgMatches,
    file: Option<File>,
}

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// A flag of the command line.
    Flag,
    /// A variable of the environment.
    Environment,
    /// The configuration file.
    File,
    /// The program.
    Default,
}

/// A setting, as it was found.
#[derive(Debug)]
pub struct Found {
    /// Its name, as the file has it.
    pub name: &'static str,
    /// Its value, without a password; `None` where it has none.
    pub value: Option<String>,
    /// Where it comes from.
    pub from: Layer,
    /// The flag, the variable, or the file with its line; empty for what the program says itself.
    pub place: String,
    /// The line of the file that does not count, since the environment or a flag says otherwise.
    pub instead_of: Option<String>,
}

impl Sources {
    pub(super) const fn new(command: Command, matches: ArgMatches, file: Option<File>) -> Sources {
        Sources { command, matches, file }
    }

    /// The configuration file that was read.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// Whether a setting was given as a flag.
    pub fn is_flag(&self, name: &str) -> bool {
        self.told(name) == Some(ValueSource::CommandLine)
    }

    /// All settings, in their order.
    pub fn settings(&self) -> Vec<Found> {
        SETTINGS.iter().map(|setting| self.found(setting)).collect()
    }

    fn found(&self, setting: &'static Setting) -> Found {
        let name = setting.name;
        let argument = argument(&self.command, name);
        let in_file = self.line(name);
        let (from, place) = match self.told(name) {
            Some(ValueSource::CommandLine) => {
                let long = argument.and_then(clap::Arg::get_long).unwrap_or(name);
                (Layer::Flag, format!("--{long}"))
            }
            Some(ValueSource::EnvVariable) => {
                let variable = argument.and_then(clap::Arg::get_env).unwrap_or_default();
                (Layer::Environment, variable.to_string_lossy().into_owned())
            }
            _ => match &in_file {
                Some(place) => (Layer::File, place.clone()),
                None => (Layer::Default, String::new()),
            },
        };
        let instead_of = in_file.filter(|_| from != Layer::File);
        Found { name, value: self.value(setting), from, place, instead_of }
    }

    fn line(&self, name: &str) -> Option<String> {
        let file = self.file.as_ref()?;
        file.line(name).map(|line| format!("{}:{line}", file.path.display()))
    }

    fn value(&self, setting: &Setting) -> Option<String> {
        let matches = self.of_the_command();
        matches.try_contains_id(setting.name).ok().filter(|is_there| *is_there)?;
        let values = matches.get_raw(setting.name)?.map(|value| value.to_string_lossy());
        let values = values.map(|value| without_password(setting.kind, &value)).collect::<Vec<_>>();
        Some(values.join(", "))
    }

    fn told(&self, name: &str) -> Option<ValueSource> {
        let matches = self.of_the_command();
        // A command knows its own settings, and asking for another is a fault of the program.
        matches.try_contains_id(name).ok()?;
        matches.value_source(name)
    }

    /// What was told of the innermost command, which has everything of those around it.
    fn of_the_command(&self) -> &ArgMatches {
        let mut matches = &self.matches;
        while let Some((_, inner)) = matches.subcommand() {
            matches = inner;
        }
        matches
    }
}

/// The value without what stands between the scheme and the host of an address, which may be a password.
fn without_password(kind: Kind, value: &str) -> String {
    let whole = || value.to_owned();
    if kind == Kind::Database {
        return value.parse().map_or_else(|_| whole(), |location: store::Location| location.to_string());
    }
    let Some((scheme, rest)) = value.split_once("://") else { return whole() };
    rest.rsplit_once('@').map_or_else(whole, |(_, host)| format!("{scheme}://…@{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        for (kind, value, expected) in [
            (Kind::Database, "postgres://office:pw@db/office?password=pw", "postgres://db/office"),
            (Kind::Database, "sqlite:office.db", "sqlite:office.db"),
            (Kind::Text, "smtps://user:p@w/@mail.example:465", "smtps://…@mail.example:465"),
            (Kind::Text, "The office <office@ma.example>", "The office <office@ma.example>"),
        ] {
            assert_eq!(without_password(kind, value), expected);
        }
    }
}
