//! Builds `data/law/pairs.csv`: which units and purposes usually go with a kind of specimen.
//!
//! Source of truth: the pairs that the validation of annual reports accepts (two official files, one pair a
//! row). A pair of codes that the codes do not have is said and left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use cites::{Purpose, Term, Unit};

/// The day on which the pairs were compared with the files.
const CHECKED: &str = "2026-11-24";
const SOURCE: &str = "CITES Trade Database, validation of annual reports (2018)";

/// What goes with one kind of specimen.
#[derive(Default)]
struct Usual {
    units: BTreeSet<&'static str>,
    purposes: BTreeSet<&'static str>,
}

/// Reads the pairs below `reference` and writes the table below `data`.
pub fn run(reference: &Path, data: &Path) -> Result<()> {
    let folder = reference.join("rules/report_validation");
    let mut usual: BTreeMap<&'static str, Usual> = BTreeMap::new();
    let (mut read, mut left_out) = (0, 0);
    for (term, unit) in pairs(&folder.join("term_unit_pairs.csv"))? {
        read += 1;
        match (term.parse::<Term>(), Unit::read(&unit)) {
            (Ok(term), Ok((unit, _))) => {
                usual.entry(term.code()).or_default().units.insert(unit.code());
            }
            _ => left_out += said(&term, &unit),
        }
    }
    for (term, purpose) in pairs(&folder.join("term_purpose_pairs.csv"))? {
        read += 1;
        match (term.parse::<Term>(), purpose.parse::<Purpose>()) {
            (Ok(term), Ok(purpose)) => {
                usual.entry(term.code()).or_default().purposes.insert(purpose.code());
            }
            _ => left_out += said(&term, &purpose),
        }
    }
    let path = data.join("law/pairs.csv");
    write(&path, &usual)?;
    println!("pairs: {read} pairs read, {left_out} left out, {} kinds of specimen written", usual.len());
    Ok(())
}

fn said(one: &str, other: &str) -> usize {
    println!("pairs: `{one}` with `{other}` left out: a code is not known");
    1
}

/// The two columns of a file.
fn pairs(path: &Path) -> Result<Vec<(String, String)>> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut pairs = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| format!("cannot read a row of `{}`", path.display()))?;
        let cell = |at: usize| record.get(at).unwrap_or_default().trim().to_owned();
        pairs.push((cell(0), cell(1)));
    }
    Ok(pairs)
}

fn write(path: &Path, usual: &BTreeMap<&'static str, Usual>) -> Result<()> {
    let mut writer =
        csv::Writer::from_path(path).with_context(|| format!("cannot write `{}`", path.display()))?;
    writer.write_record(["term", "units", "purposes", "source", "checked"])?;
    let joined = |codes: &BTreeSet<&'static str>| codes.iter().copied().collect::<Vec<_>>().join(" ");
    for (term, usual) in usual {
        writer.write_record([*term, &joined(&usual.units), &joined(&usual.purposes), SOURCE, CHECKED])?;
    }
    writer.flush().with_context(|| format!("cannot write `{}`", path.display()))
}
