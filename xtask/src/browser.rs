//! A person walks an application through the pages of a demonstration in a real browser.
//!
//! Source of truth: `crates/web/tests/browser/walk.mjs`, which says what is done and what must be seen. Here the program is
//! started on a free port with a database of its own, and ended. Chromium and Node are the machine's; what drives the one
//! from the other is fetched into `target/browser`, where the pictures are left too.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::tools;

/// What drives a browser from Node; pinned, so that two bare machines get the same.
const DRIVER: &str = "playwright-core@1.65.1";
/// What Chromium is called on different systems.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Walks through the pages.
///
/// # Errors
/// Chromium, Node or npm are not there; the program cannot be built or started; something is not seen.
pub fn walk(root: &Path) -> Result<()> {
    let browser = BROWSERS.iter().find_map(|name| found(name));
    let browser = browser.context("there is no Chromium on this machine; install the package chromium")?;
    found("node").context("there is no Node on this machine; install the package nodejs")?;
    let folder = root.join("target/browser");
    let pictures = folder.join("pictures");
    std::fs::create_dir_all(&pictures)?;
    fetch_driver(&folder)?;
    let built = tools::cargo().args(["build", "-p", "countrygate"]).current_dir(root).status()?;
    if !built.success() {
        bail!("the program cannot be built");
    }
    let office = folder.join("office");
    if office.exists() {
        std::fs::remove_dir_all(&office)?;
    }
    std::fs::create_dir_all(&office)?;
    let served = Served::start(&program(root), &office)?;
    let walked = Command::new("node")
        .arg(root.join("crates/web/tests/browser/walk.mjs"))
        .args([&served.address, &browser.display().to_string(), &pictures.display().to_string()])
        .arg(&folder)
        .stdin(Stdio::null())
        .status()
        .context("Node did not start")?;
    if !walked.success() {
        bail!("the walk ended with {walked}; the pictures are in {}", pictures.display());
    }
    Ok(())
}

/// The program as cargo builds it.
fn program(root: &Path) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    target.join("debug/countrygate")
}

fn fetch_driver(folder: &Path) -> Result<()> {
    if folder.join("node_modules/playwright-core").is_dir() {
        return Ok(());
    }
    let fetched = Command::new("npm")
        .args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .arg(DRIVER)
        .stdin(Stdio::null())
        .status()
        .context("there is no npm on this machine; install the package npm")?;
    if !fetched.success() {
        bail!(
            "{DRIVER} cannot be fetched; run `npm install {DRIVER}` in {} and look at its output",
            folder.display()
        );
    }
    Ok(())
}

fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// The program as it serves, until it is dropped.
struct Served {
    child: Child,
    address: String,
    /// Kept open, since the program goes on to write.
    told: Option<BufReader<ChildStdout>>,
}

impl Served {
    fn start(program: &Path, folder: &Path) -> Result<Served> {
        // Passkeys are made for an address that is known before the program listens, so that it takes no free port by
        // itself; whoever takes this one in between is told of by the program, which then does not start.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = Command::new(program)
            .args(["serve", "--demo", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--origin", &format!("http://localhost:{port}")])
            .current_dir(folder)
            .env_remove("COUNTRYGATE_DATABASE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("the program does not start")?;
        let mut served = Served { child, address: String::new(), told: None };
        let out = served.child.stdout.take().context("the program has no output")?;
        let mut line = String::new();
        served.told.insert(BufReader::new(out)).read_line(&mut line)?;
        let (_, address) =
            line.trim().rsplit_once(" at ").context("the program does not say where it serves")?;
        address.clone_into(&mut served.address);
        Ok(served)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // A program that is gone already is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
