//! Starting a server, and a watcher that stops it.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::{NoServer, programs};

/// How long a start may take: a busy machine needs some seconds.
const TRIES: u32 = 600;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// Stops the server when the process of the run is gone, and takes its folder away.
const WATCH: &str = "while kill -0 \"$1\" 2>/dev/null; do sleep 1; done; \
    server=$(head -n 1 \"$2/data/postmaster.pid\") && kill -INT \"$server\"; \
    n=0; while [ -e \"$2/data/postmaster.pid\" ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; rm -rf \"$2\"";

/// The folder of the server that all children of `run` share. Whoever comes first makes the folder and starts it;
/// the others wait until it says that it is ready.
pub fn shared(run: u32) -> Result<PathBuf, NoServer> {
    let folder = std::env::temp_dir().join(format!("countrygate-postgres-{run}"));
    match fs::DirBuilder::new().mode(0o755).create(&folder) {
        Ok(()) => match start(&folder, run) {
            Ok(()) => Ok(folder),
            Err(error) => {
                // So that the others do not wait for what will never come.
                let _ = fs::write(folder.join("failed"), error.to_string());
                Err(error)
            }
        },
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => ready(&folder).map(|()| folder),
        Err(error) => Err(told("folder", error)),
    }
}

fn start(folder: &Path, run: u32) -> Result<(), NoServer> {
    watch(folder, run)?;
    let initdb = programs::find("initdb").ok_or(NoServer::NotInstalled)?;
    let postgres = programs::find("postgres").ok_or(NoServer::NotInstalled)?;
    let data = folder.join("data");
    fs::DirBuilder::new().mode(0o700).create(&data).map_err(|error| told("folder", error))?;
    if programs::is_superuser() {
        let mut owner = Command::new("chown");
        finished("chown", owner.args(["-R", "nobody:nogroup"]).arg(folder).output())?;
    }
    let mut make = programs::command(&initdb);
    make.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
    finished("initdb", make.arg(&data).output())?;
    serve(&postgres, folder, &data)?;
    answering(folder)?;
    fs::write(folder.join("ready"), "").map_err(|error| told("ready", error))
}

/// Only a socket in the folder, no port; nothing is written for good, since nothing is kept.
fn serve(postgres: &Path, folder: &Path, data: &Path) -> Result<(), NoServer> {
    let log = fs::File::create(folder.join("log")).map_err(|error| told("log", error))?;
    let mut server = programs::command(postgres);
    server.arg("-D").arg(data).arg("-k").arg(folder);
    for setting in [
        "listen_addresses=",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_connections=400",
        "shared_buffers=64MB",
    ] {
        server.args(["-c", setting]);
    }
    server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    server.spawn().map(drop).map_err(|error| told("postgres", error))
}

/// The watcher is a process of its own, so that it outlives whoever started it.
fn watch(folder: &Path, run: u32) -> Result<(), NoServer> {
    let mut watcher = Command::new("setsid");
    watcher.args(["sh", "-c", WATCH, "watch"]).arg(run.to_string()).arg(folder);
    watcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    watcher.spawn().map(drop).map_err(|error| told("watcher", error))
}

/// The last line of the file of a server that takes connections says so.
fn answering(folder: &Path) -> Result<(), NoServer> {
    let file = folder.join("data/postmaster.pid");
    for _ in 0..TRIES {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if text.lines().last().is_some_and(|line| line.trim() == "ready") {
            return Ok(());
        }
        sleep(BETWEEN_TRIES);
    }
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    Err(NoServer::Start { step: "postgres", told: log })
}

fn ready(folder: &Path) -> Result<(), NoServer> {
    for _ in 0..TRIES {
        if folder.join("ready").exists() {
            return Ok(());
        }
        if let Ok(message) = fs::read_to_string(folder.join("failed")) {
            return Err(NoServer::Start { step: "another test's start", told: message });
        }
        sleep(BETWEEN_TRIES);
    }
    Err(NoServer::Start { step: "waiting for another test's start", told: "it took too long".to_owned() })
}

fn finished(step: &'static str, output: io::Result<Output>) -> Result<(), NoServer> {
    let output = output.map_err(|error| told(step, error))?;
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(NoServer::Start { step, told: message })
}

fn told(step: &'static str, error: impl ToString) -> NoServer {
    NoServer::Start { step, told: error.to_string() }
}
