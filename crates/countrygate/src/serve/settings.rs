//! Settings that need each other, and secrets of an office with other machines.
//!
//! A setting may come from a file, the environment or a flag, so that clap cannot tell whether what it needs is set.
//! Secrets stand in a file or a variable, never in a flag, which all users of the machine see.

use std::path::Path;

use anyhow::{Context, Result, ensure};

/// A setting, and whether it is set.
pub type Told = (&'static str, bool);

/// What each setting needs beside it and has not.
pub fn needs<const N: usize>(pairs: [(Told, Told); N]) -> Vec<String> {
    let missing = pairs.into_iter().filter(|((_, is_set), (_, has_other))| *is_set && !has_other);
    missing.map(|((flag, _), (other, _))| format!("{flag} needs {other}; set it too")).collect()
}

/// Where a secret stands.
#[derive(Debug, Clone, Copy)]
pub struct Secret<'s> {
    /// What it is.
    pub what: &'static str,
    /// The flag that names its file.
    pub flag: &'static str,
    /// Its file, where one is named: the secret is its first line.
    pub file: Option<&'s Path>,
    /// The variable that tells it, where no file is named.
    pub variable: &'static str,
}

impl Secret<'_> {
    /// The secret.
    ///
    /// # Errors
    /// It is not told, its file cannot be read, or it is empty.
    pub fn read(self) -> Result<String> {
        let Secret { what, flag, file, variable } = self;
        let told = match file {
            None => std::env::var(variable).with_context(|| {
                format!("{what} is not told; set {variable}, or name its file with {flag}")
            })?,
            Some(file) => std::fs::read_to_string(file)
                .with_context(|| format!("{what} cannot be read from {}", file.display()))?,
        };
        let secret = told.lines().next().unwrap_or_default();
        ensure!(!secret.is_empty(), "{what} is empty; the first line of {flag}, or {variable}, tells it");
        Ok(secret.to_owned())
    }
}

/// Whether a variable is set.
pub fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some()
}
