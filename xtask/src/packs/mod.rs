//! Builds the tables of the packs that come out of data files, and says what it read.
//!
//! Source of truth: the transcriptions of China's national lists and the excerpt of its supervised
//! commodity codes. Hand-made tables beside the outputs steer the work: `list_corrections.csv` says where
//! a transcription is wrong and why, `placements.csv` where families stand. Every other table of a pack
//! is made by hand and is not touched here.

mod animals;
mod commodities;
mod corrections;
mod national;
mod place;
mod plants;
mod report;
mod table;
mod xlsx;

use std::path::Path;

use anyhow::{Context, Result};

/// The day on which the outputs were last compared with their sources.
const CHECKED: &str = "2026-11-24";

/// Writes `packs/china/national_list.csv` and `packs/china/commodity_hints.csv` below `data` from the
/// downloads below `reference`, and prints what was read, how the transcriptions differ and how the
/// counts compare with the official figures.
///
/// # Errors
/// A file is missing or malformed, a correction fits no row, or a family has no place.
pub fn run(reference: &Path, data: &Path) -> Result<()> {
    let china = data.join("packs").join("china");
    let mut corrections = corrections::Corrections::read(&china.join("list_corrections.csv"))?;
    let places = place::Places::read(reference, &china.join("placements.csv"))?;
    let lists = reference.join("names").join("china_national_key_lists");

    let animals = animals::read(&lists, &places, &mut corrections)?;
    let plants = plants::read(&lists, &places, &mut corrections)?;
    corrections.all_used()?;
    report::print(&animals, &plants);

    let entries = animals.entries.iter().chain(&plants);
    write(&china.join("national_list.csv"), &national::csv(entries)?)?;
    let hints = commodities::csv(&reference.join("rules").join("cn_endangered_hs10_EF_excerpt.csv"))?;
    write(&china.join("commodity_hints.csv"), &hints)
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("writing `{}`", path.display()))?;
    println!("wrote {} ({} rows)", path.display(), text.lines().count().saturating_sub(1));
    Ok(())
}
