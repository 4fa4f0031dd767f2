//! The house rules that no compiler checks, one file per check.
//!
//! A check reads the tree and returns problems; it mends nothing. What git ignores is not looked at.

mod coverage;
mod dependencies;
mod differences;
mod documents;
mod exceptions;
mod folders;
mod headers;
mod house;
mod layout;
mod lengths;
mod manifests;
mod migrations;
mod purity;
mod rust;
mod table;
mod words;

use std::path::Path;

use anyhow::{Result, bail};

use self::house::House;
use crate::codegen;

/// One thing to mend, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    place: String,
    message: String,
}

impl Problem {
    fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }

    fn at_line(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self::new(format!("{path}:{line}"), message)
    }
}

type Check = fn(&House) -> Result<Vec<Problem>>;

const CHECKS: [(&str, Check); 12] = [
    ("layout", layout::check),
    ("dependencies", dependencies::check),
    ("manifests", manifests::check),
    ("purity", purity::check),
    ("headers", headers::check),
    ("migrations", migrations::check),
    ("lengths", lengths::check),
    ("documents", documents::check),
    ("folders of data", folders::check),
    ("rules and cases", coverage::check),
    ("known differences", differences::check),
    ("words", words::check),
];

/// Runs every check and then compares the generated files.
///
/// # Errors
/// When a check finds a problem or cannot be carried out. All problems are printed before.
pub fn run(root: &Path) -> Result<()> {
    let house = House::open(root)?;
    let mut found = 0;
    for (name, check) in CHECKS {
        let problems = check(&house)?;
        let verdict =
            if problems.is_empty() { "ok".to_owned() } else { format!("{} to mend", problems.len()) };
        println!("tidy: {name}: {verdict}");
        for problem in &problems {
            println!("  {}: {}", problem.place, problem.message);
        }
        found += problems.len();
    }
    codegen::run(true)?;
    if found > 0 {
        bail!("tidy found {found} things to mend, listed above");
    }
    Ok(())
}
