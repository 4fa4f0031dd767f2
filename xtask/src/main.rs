//! The house's own tools: tidy, the one test command, code generation.
//!
//! `cargo xtask help` lists the commands. Nothing here is part of the program; nothing here decides law.

mod agreement;
mod bars;
mod browser;
mod codegen;
mod data;
mod fuzz;
mod gate;
mod lawbook;
mod packs;
mod pairs;
mod recorded;
mod tidy;
mod tools;
mod vernacular;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

const HELP: &str = "\
The house's own tools.

Usage: cargo xtask <command>

Commands:
  test                 the one test command: every step below, in order; stops at the first that fails
  test --only A,B      only the named steps
  tidy                 layout, dependencies, lengths, documents, data, coverage of rules by cases
  codegen              writes the generated files
  codegen --check      says whether the generated files are as codegen would write them
  fuzz TARGET          runs a fuzz target for ten minutes, or each in turn for `all`; `--seconds N` for another time
  agreement            compares the book with every other side, row by row, in one table
  agreement --write    the same, and writes the known differences and their counts anew
  data bars            builds suspensions, quotas and reservations, and checks annotations
  data law             builds taxa, synonyms, ranges and listings out of the official downloads
  data packs           builds the national list and the commodity hints
  data vernacular      builds the common names
  data pairs           builds the pairs of kinds of specimen with units and purposes
  tools                installs the test runner and the licence checker where they are missing
  help                 this text

Steps of `test`:
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}{}", gate::list_of_steps());
            Ok(())
        }
        ["tidy"] => tidy::run(&root()?),
        ["test"] => gate::run(&root()?, None),
        ["test", "--only", steps] => gate::run(&root()?, Some(steps)),
        ["codegen"] => codegen::run(false),
        ["codegen", "--check"] => codegen::run(true),
        ["fuzz", target] => fuzz::run(&root()?, target, None),
        ["fuzz", target, "--seconds", seconds] => fuzz::run(&root()?, target, Some(seconds)),
        ["agreement"] => agreement::run(&root()?, false),
        ["agreement", "--write"] => agreement::run(&root()?, true),
        ["data", what] => data::run(&root()?, what),
        ["tools"] => tools::install_missing(),
        other => bail!("`{}` is not a command of xtask; `cargo xtask help` lists them", other.join(" ")),
    }
}

/// The folder of the workspace: the parent of the folder that cargo says is xtask's.
fn root() -> Result<PathBuf> {
    let own =
        std::env::var_os("CARGO_MANIFEST_DIR").context("start xtask through cargo: `cargo xtask help`")?;
    let root = PathBuf::from(own).parent().map(PathBuf::from);
    root.context("the folder of xtask has no parent")
}
