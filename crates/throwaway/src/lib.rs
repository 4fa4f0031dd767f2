//! A PostgreSQL server for one run of the tests: started in a folder of its own, stopped when the run is over.
//!
//! Source of truth: the programs of PostgreSQL on this machine. [`postgres`] gives the address of a server: the one
//! that `COUNTRYGATE_TEST_POSTGRES` names, or one that all tests of this run share, which the first of them starts.
//! A watcher stops it when the process that runs the tests has ended, however that came about.
//!
//! Nothing here is part of the program. The server writes nothing to the disk for good, so it is for tests alone.

mod programs;
mod server;

use std::path::PathBuf;

/// The variable that names a server to be used, or says `none` where there shall be none.
pub const VARIABLE: &str = "COUNTRYGATE_TEST_POSTGRES";

/// Where tests that need PostgreSQL find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Postgres {
    /// The server that this machine runs in a folder, reached through its socket.
    Folder(PathBuf),
    /// A server by its address, without a database: `postgres://USER@HOST`.
    Address(String),
    /// Somebody chose to run without: those tests are not run, which is to be told loudly.
    Without,
}

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum NoServer {
    /// PostgreSQL is not on this machine.
    #[error(
        "there is no PostgreSQL (initdb) here, and the tests need it; install the package `postgresql`, or set \
         {VARIABLE}=none to run without what it would show"
    )]
    NotInstalled,
    /// Continuous integration may not run without.
    #[error("{VARIABLE}=none is not for continuous integration; install the package `postgresql`")]
    NotInIntegration,
    /// It did not start.
    #[error("the throw-away PostgreSQL did not start at `{step}`: {told}")]
    Start {
        /// What was being done.
        step: &'static str,
        /// What it said.
        told: String,
    },
}

/// The server of this run.
///
/// # Errors
/// It is not installed, or does not start.
pub fn postgres() -> Result<Postgres, NoServer> {
    match std::env::var(VARIABLE) {
        Ok(word) if word == "none" && std::env::var_os("CI").is_some() => Err(NoServer::NotInIntegration),
        Ok(word) if word == "none" => Ok(Postgres::Without),
        Ok(address) if !address.is_empty() => Ok(Postgres::Address(address)),
        _ => server::shared(std::os::unix::process::parent_id()).map(Postgres::Folder),
    }
}

/// Whether PostgreSQL is on this machine.
pub fn is_installed() -> bool {
    programs::find("initdb").is_some()
}

impl Postgres {
    /// The address of one of its databases; `None` where there is no server.
    pub fn database(&self, name: &str) -> Option<String> {
        match self {
            Postgres::Folder(folder) => {
                Some(format!("postgres://postgres@localhost/{name}?host={}", folder.display()))
            }
            Postgres::Address(address) => {
                let (server, parameters) =
                    address.split_once('?').map_or((address.as_str(), ""), |both| both);
                let mark = if parameters.is_empty() { "" } else { "?" };
                Some(format!("{}/{name}{mark}{parameters}", server.trim_end_matches('/')))
            }
            Postgres::Without => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_has_an_address_on_a_socket_and_on_a_host() {
        let address = |server: &str| Postgres::Address(server.to_owned()).database("office").unwrap();
        assert_eq!(address("postgres://me@db:5433"), "postgres://me@db:5433/office");
        assert_eq!(address("postgres://me@db/?sslmode=require"), "postgres://me@db/office?sslmode=require");
        let folder = Postgres::Folder("/tmp/server".into());
        assert_eq!(
            folder.database("office").unwrap(),
            "postgres://postgres@localhost/office?host=/tmp/server"
        );
        assert_eq!(Postgres::Without.database("office"), None);
    }
}
