//! What changes between two days: rows that end and rows that begin, joined where one takes the place of the
//! other.
//!
//! Source of truth: the days of the rows. Quotas that Parties publish year by year change with every year and
//! are not among them.

use std::collections::BTreeMap;

use cites::{Country, Day, TaxonId};

use super::{BookFaults, LawBook};
use crate::annotation::AnnotationText;
use crate::bars::ListedTaxon;
use crate::bars::deemed::DeemedRow;
use crate::bars::quota::QuotaRow;
use crate::bars::reservation::Reservation;
use crate::bars::suspension::Suspension;
use crate::listing::Entry;

/// A row with days.
#[derive(Debug, Clone, Copy)]
pub enum Dated<'b> {
    /// An entry of the Appendices.
    Entry(&'b Entry),
    /// The text of an annotation.
    Annotation(&'b AnnotationText),
    /// Specimens for which an Appendix II entry of a population holds.
    Deemed(&'b DeemedRow),
    /// A quota of the Appendices or the Conference.
    Quota(&'b QuotaRow),
    /// A suspension.
    Suspension(&'b Suspension),
    /// A reservation.
    Reservation(&'b Reservation),
}

/// What a change is about. Ordered as answers show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The listing of a taxon.
    Listing(TaxonId),
    /// The text of an annotation.
    Annotation(Box<str>),
    /// The specimens for which an entry of a taxon's population holds.
    Specimens(TaxonId),
    /// Quotas of a taxon.
    Quota(TaxonId),
    /// The trade of a State, or of all, in a taxon or in everything that is listed.
    Suspension(Option<Country>, Option<TaxonId>),
    /// A Party's reservation on a taxon.
    Reservation(Country, TaxonId),
}

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
}

impl About {
    /// The taxon, where the change is about one.
    pub fn taxon(&self) -> Option<TaxonId> {
        match self {
            About::Listing(taxon)
            | About::Specimens(taxon)
            | About::Quota(taxon)
            | About::Reservation(_, taxon) => Some(*taxon),
            About::Suspension(_, taxon) => *taxon,
            About::Annotation(_) => None,
        }
    }
}

impl LawBook {
    /// Every change after `from`, up to `to` and on it, by day.
    ///
    /// # Errors
    /// The faults of the book's tables.
    pub fn changes(&self, from: Day, to: Day) -> Result<Vec<Change<'_>>, BookFaults> {
        let mut found = Found { from, to, changes: BTreeMap::new() };
        for (_, entry) in self.listings()?.all() {
            found.add(About::Listing(entry.taxon), Dated::Entry(entry), entry.from, entry.until);
        }
        for row in self.annotations()?.rows() {
            found.add(
                About::Annotation(row.symbol.clone()),
                Dated::Annotation(row),
                row.span.from,
                row.span.until,
            );
        }
        for row in self.deemed()?.rows() {
            found.add(About::Specimens(row.taxon.id()), Dated::Deemed(row), row.span.from, row.span.until);
        }
        for row in self.quotas()?.rows() {
            found.add(About::Quota(row.taxon.id()), Dated::Quota(row), row.span.from, row.span.until);
        }
        for row in self.suspensions()?.rows() {
            let about = About::Suspension(row.country, row.taxon.as_ref().map(ListedTaxon::id));
            found.add(about, Dated::Suspension(row), row.span.from, row.span.until);
        }
        for row in self.reservations()?.rows() {
            let about = About::Reservation(row.party, row.taxon.id());
            found.add(about, Dated::Reservation(row), row.span.from, row.span.until);
        }
        let changes = found.changes.into_iter();
        Ok(changes.map(|((day, about), (ended, began))| Change { day, about, ended, began }).collect())
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

type Rows<'b> = (Vec<Dated<'b>>, Vec<Dated<'b>>);

struct Found<'b> {
    from: Day,
    to: Day,
    changes: BTreeMap<(Day, About), Rows<'b>>,
}

impl<'b> Found<'b> {
    fn add(&mut self, about: About, row: Dated<'b>, from: Day, until: Option<Day>) {
        let (after, last) = (self.from, self.to);
        let is_within = |day: &Day| after < *day && *day <= last;
        if let Some(until) = until.filter(is_within) {
            self.changes.entry((until, about.clone())).or_default().0.push(row);
        }
        if is_within(&from) {
            self.changes.entry((from, about)).or_default().1.push(row);
        }
    }
}
