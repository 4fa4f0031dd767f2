//! Where a database is: `sqlite:PATH`, or a `postgres://` address.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A file.
    Sqlite(PathBuf),
    /// A server, by its address.
    Postgres(String),
}

/// Why text is not a [`Location`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    /// It begins in no known way. The text is not shown, since it may hold a password.
    #[error("the database is neither a file nor a server; write sqlite:PATH or postgres://USER@HOST/NAME")]
    Scheme,
    /// The file has no name.
    #[error("sqlite: is followed by no file; write sqlite:PATH")]
    NoPath,
    /// SQLite in memory would be another database for each connection.
    #[error("a database in memory cannot be kept; name a file")]
    InMemory,
}

impl FromStr for Location {
    type Err = LocationError;

    fn from_str(text: &str) -> Result<Location, LocationError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Location::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite:").ok_or(LocationError::Scheme)?;
        match path.strip_prefix("//").unwrap_or(path) {
            "" => Err(LocationError::NoPath),
            path if path.contains(":memory:") => Err(LocationError::InMemory),
            path => Ok(Location::Sqlite(PathBuf::from(path))),
        }
    }
}

impl fmt::Display for Location {
    /// Without what stands between the scheme and the host, which may be a password, and without parameters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Location::Postgres(url) => {
                let rest = url.split_once("://").map_or("", |(_, rest)| rest);
                let rest = rest.split('?').next().unwrap_or_default();
                write!(f, "postgres://{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
            }
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_file_or_a_server() {
        for (text, expected) in [
            ("sqlite:office.db", "sqlite:office.db"),
            ("sqlite:///srv/office.db", "sqlite:/srv/office.db"),
            ("postgres://office:secret@db:5432/office?sslmode=require", "postgres://db:5432/office"),
            ("postgresql:///office", "postgres:///office"),
        ] {
            assert_eq!(
                text.parse::<Location>().map(|location| location.to_string()),
                Ok(expected.to_owned())
            );
        }
        assert_eq!("office.db".parse::<Location>(), Err(LocationError::Scheme));
        assert_eq!("sqlite:".parse::<Location>(), Err(LocationError::NoPath));
        assert_eq!("sqlite::memory:".parse::<Location>(), Err(LocationError::InMemory));
    }
}
