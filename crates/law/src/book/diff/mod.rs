//! What changes between two days: rows that end and rows that begin, joined where one takes the place of the
//! other.
//!
//! Source of truth: the days of the rows, of every table that has days. Quotas that Parties publish year by
//! year change with every year: of them those are told that differ between the years of the two days.
//! Populations, domesticated forms, usual pairs and names have no days; what changes in them makes another
//! edition (see [`super::editions`]).

mod about;
mod dated;
mod events;
mod nature;

use std::collections::BTreeMap;

use cites::{Day, TaxonId};

pub use about::{About, Kind};
pub use dated::{Dated, Event, RowEvent};
pub use nature::Nature;

use super::{BookFaults, LawBook};

/// Rows that end and rows that begin on one day.
#[derive(Debug, Clone)]
pub struct Change<'b> {
    /// The day.
    pub day: Day,
    /// What it is about.
    pub about: About,
    /// Rows that no longer hold from this day on.
    pub ended: Vec<Dated<'b>>,
    /// Rows that hold from this day on.
    pub began: Vec<Dated<'b>>,
    /// Rows of which something else happens on this day: they may begin or end, or are no longer verified.
    pub others: Vec<(Event, Dated<'b>)>,
}

impl LawBook {
    /// Every change after `from`, up to `to` and on it, by day.
    ///
    /// # Errors
    /// The faults of the book's tables.
    pub fn changes(&self, from: Day, to: Day) -> Result<Vec<Change<'_>>, BookFaults> {
        let mut found: BTreeMap<(Day, About), Change<'_>> = BTreeMap::new();
        for event in self.events(from, to)? {
            let about = About::of(&event.row);
            let change = found.entry((event.day, about.clone())).or_insert_with(|| Change {
                day: event.day,
                about,
                ended: Vec::new(),
                began: Vec::new(),
                others: Vec::new(),
            });
            match event.event {
                Event::Ends => change.ended.push(event.row),
                Event::Begins => change.began.push(event.row),
                other => change.others.push((other, event.row)),
            }
        }
        Ok(found.into_values().collect())
    }

    /// The taxa whose entries in force on `on` have the annotation `symbol`.
    ///
    /// # Errors
    /// The faults of the tables of entries.
    pub fn annotated(&self, symbol: &str, on: Day) -> Result<Vec<TaxonId>, BookFaults> {
        let entries = self.listings()?.all().map(|(_, entry)| entry);
        let in_force =
            entries.filter(|entry| entry.annotation.as_deref() == Some(symbol) && entry.from <= on);
        Ok(in_force
            .filter(|entry| entry.until.is_none_or(|until| on < until))
            .map(|entry| entry.taxon)
            .collect())
    }
}

impl Change<'_> {
    /// The taxa that its rows name; none where they speak of everything.
    pub fn taxa(&self) -> Vec<TaxonId> {
        let rows = self.rows();
        let mut taxa: Vec<TaxonId> = rows.flat_map(Dated::taxa).collect();
        taxa.sort_unstable();
        taxa.dedup();
        taxa
    }

    /// Every row of it.
    pub fn rows(&self) -> impl Iterator<Item = &Dated<'_>> {
        self.ended.iter().chain(&self.began).chain(self.others.iter().map(|(_, row)| row))
    }
}
