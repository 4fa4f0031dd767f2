//! Builds `data/law/{suspensions,quotas,quotas_yearly,reservations}.csv` out of the official downloads, and
//! compares `annotations.csv` and `deemed.csv`, which people write, with the dated texts they are taken from.
//!
//! Each builder says what it read, what it kept, and what it left out and why. Facts that no download holds
//! in a form a program can read are rows of `data/law/bars_additions.toml`, each with its source. Names are
//! written as the source writes them; those that the species tables do not have are told at the end.

mod additions;
mod known;
mod names;
mod quotas;
mod replay;
mod reservations;
mod suspensions;
mod table;
mod texts;
mod yearly;

use std::path::Path;

use anyhow::Result;

use known::Known;

/// The day on which the builders were last compared with their downloads.
const CHECKED: &str = "2026-11-24";
/// The last day the official history of September 2013 vouches for.
const HISTORY_END: &str = "2013-09-01";

/// Builds the four tables and checks the two others.
///
/// # Errors
/// A download or a table of `data` is missing or cannot be read.
pub fn run(reference: &Path, data: &Path) -> Result<()> {
    let mut known = Known::read(data)?;
    reservations::run(reference, data, &mut known)?;
    suspensions::run(reference, data, &mut known)?;
    quotas::run(reference, data, &mut known)?;
    yearly::run(reference, data, &mut known)?;
    texts::run(reference, data, &mut known)?;
    known.report();
    Ok(())
}
