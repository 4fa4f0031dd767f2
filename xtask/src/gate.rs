//! The one test command: every check of the house in a fixed order, each with a headline and its seconds.
//!
//! Cheap steps stand first, so that a slip is told in seconds; the tests stand last, so that their summary is
//! what a reader of the output sees.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::{browser, tidy, tools};

struct Step {
    name: &'static str,
    what: &'static str,
    /// Arguments of cargo; empty for the steps that run inside xtask.
    cargo: &'static [&'static str],
}

const STEPS: [Step; 7] = [
    Step { name: "tidy", what: "layout, dependencies, lengths, documents, data", cargo: &[] },
    Step { name: "fmt", what: "the code is formatted", cargo: &["fmt", "--all", "--check"] },
    Step {
        name: "deny",
        what: "licences, banned crates and sources of the dependencies",
        cargo: &["deny", "--all-features", "check", "licenses", "bans", "sources"],
    },
    Step {
        name: "clippy",
        what: "no lint speaks",
        cargo: &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    },
    Step {
        name: "doctests",
        what: "the examples in the documentation",
        cargo: &["test", "--workspace", "--doc"],
    },
    Step { name: "browser", what: "a person walks through the pages in a real browser", cargo: &[] },
    Step { name: "tests", what: "unit and integration tests", cargo: &["nextest", "run", "--workspace"] },
];

/// One line per step, for the help text.
pub fn list_of_steps() -> String {
    STEPS.iter().fold(String::new(), |mut text, step| {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "  {:<20} {}", step.name, step.what);
        text
    })
}

/// Runs the steps, or those of them that `only` names, and stops at the first that fails.
///
/// # Errors
/// When a step fails or `only` names none; the message says which.
pub fn run(root: &Path, only: Option<&str>) -> Result<()> {
    let chosen = choose(only)?;
    let mut summary = String::new();
    for step in &chosen {
        println!("\n=== {}: {} ===", step.name, step.what);
        let start = now();
        let outcome = perform(step, root);
        let seconds = start.elapsed().as_secs_f64();
        outcome.with_context(|| format!("step `{}` failed after {seconds:.1} s", step.name))?;
        println!("=== {}: ok in {seconds:.1} s ===", step.name);
        let _ = write!(summary, " {} {seconds:.0} s,", step.name);
    }
    println!("\nok:{}", summary.trim_end_matches(','));
    Ok(())
}

fn choose(only: Option<&str>) -> Result<Vec<&'static Step>> {
    let Some(list) = only else { return Ok(STEPS.iter().collect()) };
    let names: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if let Some(unknown) = names.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("`{unknown}` is not a step; the steps are {}", known.join(", "));
    }
    let chosen: Vec<&Step> = STEPS.iter().filter(|step| names.contains(&step.name)).collect();
    if chosen.is_empty() {
        bail!("`--only` names no step");
    }
    Ok(chosen)
}

fn perform(step: &Step, root: &Path) -> Result<()> {
    let Some(subcommand) = step.cargo.first() else {
        return if step.name == "browser" { browser::walk(root) } else { tidy::run(root) };
    };
    tools::ensure_for(subcommand)?;
    if step.name == "tests" {
        tell_of_postgres();
    }
    let line = format!("cargo {}", step.cargo.join(" "));
    println!("{line}");
    let status = tools::cargo()
        .args(step.cargo)
        .current_dir(root)
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("`{line}` did not start"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// The tests of the database start a PostgreSQL of their own, or fail; only who asks for it runs without.
fn tell_of_postgres() {
    let asked = std::env::var(throwaway::VARIABLE).unwrap_or_default();
    if asked == "none" {
        println!(
            "!!! WITHOUT POSTGRESQL: what holds on SQLite alone is shown, since {}=none",
            throwaway::VARIABLE
        );
    } else if asked.is_empty() && !throwaway::is_installed() {
        println!(
            "!!! there is no PostgreSQL on this machine: the tests that need it will fail and say what to do"
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "the gate measures its own steps")]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(only: Option<&str>) -> Vec<&'static str> {
        choose(only).unwrap().iter().map(|step| step.name).collect()
    }

    #[test]
    fn without_only_every_step_runs_and_tidy_is_first() {
        assert_eq!(names(None).len(), STEPS.len());
        assert_eq!(names(None).first(), Some(&"tidy"));
    }

    #[test]
    fn only_keeps_the_order_of_the_gate() {
        assert_eq!(names(Some("fmt, tidy")), ["tidy", "fmt"]);
    }

    #[test]
    fn unknown_or_empty_steps_are_refused_with_the_list() {
        let message = choose(Some("tidy,lint")).err().unwrap().to_string();
        assert!(message.contains("`lint`") && message.contains("doctests"), "{message}");
        assert!(choose(Some(" , ")).is_err());
    }
}
