//! The settings of the program, by file, environment and flags; the later of these wins.
//!
//! Source of truth: the arguments of the commands, whose flags and variables clap reads. The file is read before it, and
//! what it sets takes the place of the arguments' defaults, so that a setting has one meaning wherever it is written.
//! Nothing is written into the environment of the process. What a setting means is said where it is used.

mod file;
mod kind;
mod sources;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{CommandFactory, FromArgMatches};

use crate::arguments::{Arguments, Command, OfficeCommand};
use file::File;
use kind::Kind;
pub use sources::{Found, Layer, Sources};

#[cfg(test)]
pub(crate) use file::FILE_BYTES_MAX;

/// The file of the working folder.
const FILE: &str = "countrygate.toml";

/// A setting: the name of its argument, which is its key in the file, and how it is written there.
#[derive(Debug, Clone, Copy)]
struct Setting {
    name: &'static str,
    kind: Kind,
}

/// Every setting that the file knows, in the order in which they are told.
const SETTINGS: &[Setting] = &[
    Setting { name: "database", kind: Kind::Database },
    Setting { name: "listen", kind: Kind::Text },
    Setting { name: "https", kind: Kind::Switch },
    Setting { name: "country", kind: Kind::Text },
    Setting { name: "ahead_of_utc", kind: Kind::Number },
    Setting { name: "mail_relay", kind: Kind::Text },
    Setting { name: "mail_from", kind: Kind::Text },
    Setting { name: "mail_user", kind: Kind::Text },
    Setting { name: "mail_password_file", kind: Kind::Path },
    Setting { name: "origin", kind: Kind::Text },
    Setting { name: "sign_on_issuer", kind: Kind::Text },
    Setting { name: "sign_on_client", kind: Kind::Text },
    Setting { name: "sign_on_secret_file", kind: Kind::Path },
    Setting { name: "sign_on_name", kind: Kind::Text },
    Setting { name: "sign_on_claim", kind: Kind::Text },
    Setting { name: "sign_on_vouches", kind: Kind::Switch },
    Setting { name: "webhooks_inside", kind: Kind::List },
    Setting { name: "book", kind: Kind::Path },
    Setting { name: "data", kind: Kind::Path },
];

/// The arguments of the process, with what the file sets, and where each setting comes from.
///
/// Ends the process where they are not used as they are meant, or ask for help: that stands before the file, so that a
/// broken one keeps help from nobody.
///
/// # Errors
/// The file cannot be read, or sets what is no setting, or a setting to what it cannot be.
pub fn arguments() -> Result<(Arguments, Sources)> {
    let command = Arguments::command();
    let bare = command.clone().get_matches();
    let file = match bare.get_one::<PathBuf>("config") {
        Some(named) => Some(File::named(named, &command)?),
        None => File::found(Path::new(FILE), &command)?,
    };
    let (command, matches) = match &file {
        None => (command, bare),
        Some(file) => {
            let command = file.in_place_of_defaults(command);
            let matches = command.clone().get_matches();
            (command, matches)
        }
    };
    let read = Arguments::from_arg_matches(&matches);
    let mut arguments = read.unwrap_or_else(|error| error.format(&mut command.clone()).exit());
    let sources = Sources::new(command, matches, file);
    if let Command::Office(OfficeCommand::Serve(serve)) = &mut arguments.command
        && serve.demo
        && !sources.is_flag("database")
    {
        // The office's own database is never taken for a made-up one because it stands in a file.
        serve.office.database.database = None;
    }
    Ok((arguments, sources))
}

#[cfg(test)]
mod tests;
