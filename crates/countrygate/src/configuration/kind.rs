//! How a setting is written in the file.

use std::ffi::OsString;
use std::path::Path;

use store::Location;
use toml::de::DeValue;

/// How a setting is written in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text in quotes.
    Text,
    /// A file or a folder, relative to the folder of the file.
    Path,
    /// A database; the path of one that is a file is relative to the folder of the file.
    Database,
    /// True or false.
    Switch,
    /// A whole number.
    Number,
    /// Texts in quotes, between brackets.
    List,
}

impl Kind {
    /// The value as flags have it, or how it should be written.
    pub(super) fn read(self, value: &DeValue<'_>, folder: &Path) -> Result<Vec<OsString>, &'static str> {
        let one = |text: OsString| Ok(vec![text]);
        match (self, value) {
            (Kind::Text, DeValue::String(text)) => one(text.as_ref().into()),
            (Kind::Path, DeValue::String(text)) if text.is_empty() => one(OsString::new()),
            (Kind::Path, DeValue::String(text)) => one(folder.join(text.as_ref()).into()),
            (Kind::Database, DeValue::String(text)) => one(beside(text, folder)),
            (Kind::Switch, DeValue::Boolean(on)) => one(on.to_string().into()),
            (Kind::Number, DeValue::Integer(number)) => {
                let number = i64::from_str_radix(number.as_str(), number.radix());
                number.map(|number| vec![number.to_string().into()]).map_err(|_| self.form())
            }
            (Kind::List, DeValue::Array(texts)) => {
                let text = |text: &DeValue<'_>| text.as_str().map(OsString::from).ok_or(self.form());
                texts.iter().map(|item| text(item.get_ref())).collect()
            }
            _ => Err(self.form()),
        }
    }

    const fn form(self) -> &'static str {
        match self {
            Kind::Text | Kind::Path => "write a text in quotes",
            Kind::Database => "write a text in quotes: \"sqlite:PATH\" or \"postgres://USER@HOST/NAME\"",
            Kind::Switch => "write true or false, without quotes",
            Kind::Number => "write a whole number, without quotes",
            Kind::List => "write texts in quotes between brackets: [\"ONE\", \"OTHER\"]",
        }
    }
}

/// A database's location, its file beside the configuration.
fn beside(text: &str, folder: &Path) -> OsString {
    match text.parse() {
        Ok(Location::Sqlite(path)) => {
            let mut whole = OsString::from("sqlite:");
            whole.push(folder.join(path));
            whole
        }
        // What is no location is told as such when it is checked.
        Ok(Location::Postgres(_)) | Err(_) => text.into(),
    }
}
