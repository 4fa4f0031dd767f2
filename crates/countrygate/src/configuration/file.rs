//! The configuration file: TOML without sections, one setting a line.
//!
//! Every fault of it is told at once, each with its line and column and with what to do; what is written is not repeated
//! where it may be a password.

use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Arg, Command};
use toml::de::{DeTable, DeValue};

use super::kind::Kind;
use super::{SETTINGS, Setting};
use crate::serve::{mail, sign_on};
use crate::{files, text};

/// The most bytes of a file: every setting with a comment on each has some three thousand.
pub(crate) const FILE_BYTES_MAX: u64 = 65_536;
/// The most letters of a key that a fault repeats.
const KEY_LETTERS_MAX: usize = 60;
/// The most faults told at once; who mends these tries again.
const FAULTS_SHOWN: usize = 20;
/// The keys under which people write what is secret, and the variables that may tell it.
const SECRETS: [(&str, &str); 2] = [("mail_password", mail::PASSWORD), ("sign_on_secret", sign_on::SECRET)];

/// What a file sets.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    set: Vec<Set>,
}

/// One setting of the file, with the values as flags have them.
#[derive(Debug)]
struct Set {
    setting: &'static Setting,
    values: Vec<OsString>,
    line: usize,
    column: usize,
}

impl Set {
    /// Why its argument does not take its values.
    fn fault(&self, command: &Command) -> Option<Fault> {
        let name = self.setting.name;
        let what = match argument(command, name) {
            Some(argument) => refusal(argument, &self.values)?,
            None => "no command knows it".to_owned(),
        };
        Some(Fault { line: self.line, column: self.column, what: format!("`{name}`: {what}") })
    }
}

/// Something wrong, and where.
struct Fault {
    line: usize,
    column: usize,
    what: String,
}

impl File {
    /// The file that a person names, with every value held against what its argument takes.
    ///
    /// # Errors
    /// It cannot be read, is no TOML, or sets what is no setting, or a setting to what it cannot be.
    pub(super) fn named(path: &Path, command: &Command) -> Result<File> {
        let told = || format!("the configuration {} cannot be read", path.display());
        if path.is_dir() {
            bail!("{}: this is a folder; name a file", told());
        }
        File::of(path, &files::read(path, FILE_BYTES_MAX).with_context(told)?, command)
    }

    /// The file that a folder has; `None` where it has none. Nobody named it, so that it is never waited for.
    ///
    /// # Errors
    /// See [`File::named`].
    pub(super) fn found(path: &Path, command: &Command) -> Result<Option<File>> {
        if !path.exists() {
            return Ok(None);
        }
        let bytes = files::read_regular(path, FILE_BYTES_MAX);
        let bytes = bytes.with_context(|| format!("the configuration {} cannot be read", path.display()))?;
        File::of(path, &bytes, command).map(Some)
    }

    fn of(path: &Path, bytes: &[u8], command: &Command) -> Result<File> {
        let text = text::whole(bytes)
            .with_context(|| format!("the configuration {} cannot be read", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let (set, mut faults) = settings(&text, folder);
        faults.extend(set.iter().filter_map(|set| set.fault(command)));
        refuse(path, faults)?;
        Ok(File { path: path.to_owned(), set })
    }

    /// The command, in which what the file sets takes the place of the defaults.
    pub(super) fn in_place_of_defaults(&self, command: Command) -> Command {
        let command = command.mut_args(|argument| match self.find(argument.get_id().as_str()) {
            None => argument,
            Some(set) => argument.default_values(set.values.iter().cloned()),
        });
        command.mut_subcommands(|command| self.in_place_of_defaults(command))
    }

    /// The line on which a setting stands.
    pub(super) fn line(&self, name: &str) -> Option<usize> {
        self.find(name).map(|set| set.line)
    }

    fn find(&self, name: &str) -> Option<&Set> {
        self.set.iter().find(|set| set.setting.name == name)
    }
}

/// The argument of a setting, in whichever command it stands.
pub(super) fn argument<'c>(command: &'c Command, name: &str) -> Option<&'c Arg> {
    let own = command.get_arguments().find(|argument| argument.get_id() == name);
    own.or_else(|| command.get_subcommands().find_map(|command| argument(command, name)))
}

fn settings(text: &str, folder: &Path) -> (Vec<Set>, Vec<Fault>) {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        // The error shows the line as it stands, which may hold a password.
        Err(error) => {
            let what = format!("{}; write each setting as NAME = VALUE", error.message());
            return (Vec::new(), vec![Fault::at(text, error.span().unwrap_or_default(), what)]);
        }
    };
    let (mut set, mut faults) = (Vec::new(), Vec::new());
    for (key, value) in table.get_ref() {
        match setting(key.get_ref(), value.get_ref(), folder) {
            Ok((setting, values)) => {
                let Fault { line, column, .. } = Fault::at(text, value.span(), String::new());
                set.push(Set { setting, values, line, column });
            }
            Err(told) => {
                let span = if told.is_key { key.span() } else { value.span() };
                faults.push(Fault::at(text, span, told.what));
            }
        }
    }
    (set, faults)
}

/// Why a line is no setting.
struct NoSetting {
    /// Whether the key is wrong, and not its value.
    is_key: bool,
    what: String,
}

fn setting(
    key: &str,
    value: &DeValue<'_>,
    folder: &Path,
) -> Result<(&'static Setting, Vec<OsString>), NoSetting> {
    let Some(setting) = SETTINGS.iter().find(|setting| setting.name == key) else {
        return Err(NoSetting { is_key: true, what: unknown(key, value) });
    };
    let values = setting.kind.read(value, folder);
    let values = values
        .map_err(|form| NoSetting { is_key: false, what: format!("`{key}` is {}; {form}", found(value)) })?;
    if setting.kind != Kind::List && values.iter().all(|value| value.is_empty()) {
        let what = format!("`{key}` is empty; write its value, or take the line away");
        return Err(NoSetting { is_key: false, what });
    }
    Ok((setting, values))
}

fn unknown(key: &str, value: &DeValue<'_>) -> String {
    if let Some((_, variable)) = SECRETS.iter().find(|(secret, _)| *secret == key) {
        return format!(
            "what is secret does not stand in the configuration; take it away, and name its file with `{key}_file` or \
            set {variable}"
        );
    }
    let dashed = key.replace('-', "_");
    let key: String = key.chars().take(KEY_LETTERS_MAX).flat_map(char::escape_debug).collect();
    if matches!(value, DeValue::Table(_)) {
        return format!("`{key}` is a section, and there are none; write each setting as NAME = VALUE");
    }
    if SETTINGS.iter().any(|setting| setting.name == dashed) {
        return format!("`{key}` is no setting; write `{dashed}`");
    }
    let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    format!("`{key}` is no setting; there are {}", names.join(", "))
}

const fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a day or a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Why an argument does not take its values; they are tried as flags of a command that has no other.
fn refusal(argument: &Arg, values: &[OsString]) -> Option<String> {
    let long = argument.get_long()?;
    let flags = values.iter().map(|value| {
        let mut flag = OsString::from(format!("--{long}="));
        flag.push(value);
        flag
    });
    let command = Command::new("setting").no_binary_name(true).arg(argument.clone());
    let error = command.try_get_matches_from(flags).err()?;
    let why = std::error::Error::source(&error).map(ToString::to_string);
    Some(
        why.unwrap_or_else(|| {
            format!("it takes no such value; `countrygate serve --help` explains --{long}")
        }),
    )
}

impl Fault {
    fn at(text: &str, span: Range<usize>, what: String) -> Fault {
        let before = text.get(..span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Fault { line, column, what }
    }
}

/// Tells all faults, in the order of the file.
fn refuse(path: &Path, mut faults: Vec<Fault>) -> Result<()> {
    faults.sort_by_key(|fault| (fault.line, fault.column));
    let told = faults.iter().take(FAULTS_SHOWN).map(|Fault { line, column, what }| {
        format!("the configuration {}, line {line}, column {column}: {what}", path.display())
    });
    let mut told = told.collect::<Vec<_>>().join("\n");
    let more = faults.len().saturating_sub(FAULTS_SHOWN);
    if more > 0 {
        told.push_str(&format!("\nand {more} more"));
    }
    if told.is_empty() { Ok(()) } else { bail!(told) }
}
