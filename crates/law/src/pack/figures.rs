//! The figures stated about a pack's subject, beside what its own tables hold.
//!
//! Source of truth: `pack.toml` for what is stated, the tables for what is sourced. A row from memory or in
//! conflict does not count as sourced; the note says how many there are.

use cites::{Confidence, Kingdom};

use super::Pack;
use super::tables::Origin;

/// A stated figure and what the tables hold of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundingFigure {
    /// What is counted.
    pub what: Box<str>,
    /// The figure as stated.
    pub founding: u32,
    /// How many of them the pack holds with a source; `None` where its tables do not count such things.
    pub sourced: Option<u32>,
    /// What to know beside it.
    pub note: Box<str>,
}

/// Rows found or derived, and rows that are not verified.
#[derive(Default)]
struct Count {
    sourced: u32,
    unverified: u32,
}

impl Count {
    fn of<'p>(origins: impl Iterator<Item = &'p Origin>) -> Count {
        origins.fold(Count::default(), |count, origin| match origin.provenance.confidence {
            Confidence::Found | Confidence::Derived => Count { sourced: count.sourced + 1, ..count },
            Confidence::Memory | Confidence::Conflict => Count { unverified: count.unverified + 1, ..count },
        })
    }
}

impl Pack {
    /// Every stated figure beside what the tables hold.
    pub fn founding_figures(&self) -> Vec<FoundingFigure> {
        let figures = self.manifest.figures.iter();
        figures
            .map(|figure| {
                let count = self.count(&figure.what);
                FoundingFigure {
                    what: figure.what.clone(),
                    founding: figure.stated,
                    sourced: count.as_ref().map(|count| count.sourced),
                    note: note(&figure.note, count.as_ref()).into(),
                }
            })
            .collect()
    }

    /// How many rows there are of what a figure counts.
    fn count(&self, what: &str) -> Option<Count> {
        let region = &self.region;
        let natives = |kingdom: Kingdom| {
            let of_kingdom = region.species.iter().filter(move |species| species.kingdom == kingdom);
            Count::of(
                of_kingdom.filter(|species| species.native == Some(true)).map(|species| &species.origin),
            )
        };
        let listed =
            |kingdom: Kingdom| Count::of(self.national.entries_of(kingdom).map(|entry| &entry.origin));
        Some(match what {
            "ports" => {
                Count::of(self.ports.all().iter().filter(|port| port.is_counted()).map(|port| &port.origin))
            }
            "neighbours" => Count::of(region.neighbours.iter().map(|row| &row.origin)),
            "agencies" => {
                Count::of(region.agencies.iter().filter(|row| row.documented).map(|row| &row.origin))
            }
            "reserves" => Count::of(region.reserves.iter().map(|row| &row.origin)),
            "national-reserves" => {
                Count::of(region.reserves.iter().filter(|row| row.national).map(|row| &row.origin))
            }
            "protected-animals" => natives(Kingdom::Animalia),
            "protected-plants" => natives(Kingdom::Plantae),
            "national-animals" => listed(Kingdom::Animalia),
            "national-plants" => listed(Kingdom::Plantae),
            _ => return None,
        })
    }
}

fn note(stated: &str, count: Option<&Count>) -> String {
    let unverified = count.map_or(0, |count| count.unverified);
    match (stated, unverified) {
        ("", 0) => String::new(),
        ("", rows) => format!("and {rows} not verified"),
        (note, 0) => note.to_owned(),
        (note, rows) => format!("and {rows} not verified; {note}"),
    }
}
