//! The cargo subcommands that the gate and the fuzz targets need, and how to get them where they are missing.
//!
//! A version that is already there is taken as it is; what is installed here is pinned, so that two bare
//! machines get the same.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

struct Tool {
    subcommand: &'static str,
    /// Arguments of `cargo install`.
    install: &'static [&'static str],
    takes: &'static str,
}

/// Built without optimisation: they run for seconds, or start what is, and build in half the time.
const TOOLS: [Tool; 3] = [
    Tool {
        subcommand: "nextest",
        install: &[
            "cargo-nextest@0.9.151",
            "--locked",
            "--no-default-features",
            "--features",
            "default-no-update",
            "--debug",
        ],
        takes: "about two minutes",
    },
    Tool {
        subcommand: "deny",
        install: &["cargo-deny@0.20.2", "--locked", "--no-default-features", "--debug"],
        takes: "about a minute",
    },
    Tool {
        subcommand: "fuzz",
        install: &["cargo-fuzz@0.13.2", "--locked", "--debug"],
        takes: "about a minute",
    },
];

/// Installs each tool of the gate that `cargo` does not find, saying so; the gate does not fuzz.
///
/// # Errors
/// When an installation fails, with the command to repeat by hand.
pub fn install_missing() -> Result<()> {
    TOOLS.iter().filter(|tool| tool.subcommand != "fuzz").try_for_each(ensure)
}

/// Installs the tool behind `cargo <subcommand>` if it is missing; does nothing for cargo's own commands.
pub fn ensure_for(subcommand: &str) -> Result<()> {
    TOOLS.iter().filter(|tool| tool.subcommand == subcommand).try_for_each(ensure)
}

fn ensure(tool: &Tool) -> Result<()> {
    if is_there(tool.subcommand) {
        return Ok(());
    }
    let line = format!("cargo install {}", tool.install.join(" "));
    println!("cargo {} is missing; installing it takes {} on two cores: {line}", tool.subcommand, tool.takes);
    let status = cargo()
        .arg("install")
        .args(tool.install)
        .stdin(Stdio::null())
        .status()
        .context("cargo did not start")?;
    if !status.success() || !is_there(tool.subcommand) {
        bail!(
            "cargo {} is missing and did not install; run `{line}` and look at its output",
            tool.subcommand
        );
    }
    Ok(())
}

fn is_there(subcommand: &str) -> bool {
    let quiet = cargo().args([subcommand, "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

/// The cargo that started xtask, or the one on the path.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
