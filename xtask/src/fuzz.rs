//! `cargo xtask fuzz`: a fuzz target with the environment, limits and seeds of docs/internals/fuzzing.md.
//!
//! Inputs that are made up on the way stay below `target/`, so that the seeds in the repository stay the texts
//! that people wrote.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::tools;

/// How long a target runs where nothing else is told.
const SECONDS: &str = "600";
/// An input that needs more memory, in MiB, or longer, in seconds, is a finding. Workers of a table may still be
/// ending when their scope has ended, and what the C library notes for that is no leak.
const LIMITS: [&str; 3] = ["-rss_limit_mb=2048", "-timeout=10", "-detect_leaks=0"];

/// Runs a target, or each in turn for `all`.
///
/// # Errors
/// There is no such target, `cargo fuzz` is missing and does not install, or an input was found that fails.
pub fn run(root: &Path, target: &str, seconds: Option<&str>) -> Result<()> {
    let seconds = seconds.unwrap_or(SECONDS);
    if seconds.parse::<u32>().is_err() {
        bail!("`{seconds}` is no number of seconds");
    }
    let known = targets(root)?;
    if target == "all" {
        return known.iter().try_for_each(|target| one(root, target, seconds));
    }
    if !known.iter().any(|name| name == target) {
        bail!("`{target}` is not a fuzz target; the targets are {}", known.join(", "));
    }
    one(root, target, seconds)
}

/// The targets: the folders of seeds.
fn targets(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root.join("fuzz/corpus")).context("reading `fuzz/corpus`")? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn one(root: &Path, target: &str, seconds: &str) -> Result<()> {
    tools::ensure_for("fuzz")?;
    let found = format!("target/fuzz/{target}");
    std::fs::create_dir_all(root.join(&found)).with_context(|| format!("making the folder `{found}`"))?;
    let seeds = format!("fuzz/corpus/{target}");
    let status = tools::cargo()
        .args(["fuzz", "run", target, &found, &seeds, "--"])
        .arg(format!("-max_total_time={seconds}"))
        .args(LIMITS)
        // The sanitizer is a flag of the compiler that no stable channel takes otherwise.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(root)
        .status()
        .context("`cargo fuzz` did not start")?;
    if !status.success() {
        bail!("`{target}` failed on the input that is named above; keep it in `{seeds}` once it is mended");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_targets_and_times_are_refused_with_the_list() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let message = run(&root, "nothing", None).unwrap_err().to_string();
        assert!(message.contains("consignment_json, consignment_toml"), "{message}");
        assert!(run(&root, "names", Some("ten")).unwrap_err().to_string().contains("`ten`"));
    }
}
