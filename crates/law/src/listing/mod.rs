//! Which entries of the Appendices are in force for a taxon, an origin and a day.
//!
//! Source of truth: `data/law/listings.csv` and `populations.csv`. Knows nothing of specimens, papers or
//! borders: annotations, deemed specimens and bars are applied by `assess`.

mod entry;
mod lineages;
mod load;
mod moved;
mod plain;
#[cfg(test)]
mod plain_tests;
mod population;
mod resolve;

pub use entry::{Entry, InForce};
pub use population::{Cover, NamedPopulations, Population};
pub use resolve::{Listing, ListingDoubts, Origin, Subject};

use cites::{CountrySet, Day, EntryId, TaxonId};

use lineages::Lineages;
use plain::Brief;

/// Every entry of the Appendices, in the order of the tree of taxa.
#[derive(Debug)]
pub struct Listings {
    /// Ordered by the place of their taxon in the tree, then by their first day.
    entries: Vec<Entry>,
    /// For each taxon, its place in the tree: every taxon below it has a place between its own and its end.
    places: Vec<Span>,
    /// For each place, the position of the first entry; one more at the end.
    first_entry: Vec<u32>,
    /// What the search of plain listings reads of each entry.
    briefs: Vec<Brief>,
    lineages: Lineages,
    /// Every code, for an origin that is not known.
    everywhere: CountrySet,
    /// The genera in which listed species stood before they were renamed.
    moves: moved::Moves,
}

/// An entry that is in force on a day, or may be.
#[derive(Debug, Clone, Copy)]
struct Held<'l> {
    id: EntryId,
    entry: &'l Entry,
    state: InForce,
}

/// The places of a taxon and of all below it.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    place: u32,
    end: u32,
}

impl Listings {
    /// The entry numbered `id`.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(id.0 as usize)
    }

    /// The entry with the readable id `id`. Looks through all entries: for showing, not for checking.
    pub fn entry_named(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| &*entry.id == id)
    }

    /// Every entry.
    pub fn all(&self) -> impl ExactSizeIterator<Item = (EntryId, &Entry)> {
        self.entries.iter().enumerate().map(|(at, entry)| (EntryId(at as u32), entry))
    }

    /// The entries of a taxon's own, whenever in force, by their first day.
    pub fn of_taxon(&self, taxon: TaxonId) -> &[Entry] {
        self.entries.get(self.of(taxon)).unwrap_or_default()
    }

    /// The entries of a taxon and of every taxon below it.
    pub fn within(&self, taxon: TaxonId) -> &[Entry] {
        self.entries.get(self.all_of(taxon)).unwrap_or_default()
    }

    /// The taxon, then every taxon above it.
    pub fn lineage(&self, taxon: TaxonId) -> &[TaxonId] {
        self.lineages.of(taxon)
    }

    /// The positions of the entries of the taxa from `place` up to `end`.
    fn range(&self, place: u32, end: u32) -> std::ops::Range<usize> {
        let ends = self.first_entry.get(place as usize).zip(self.first_entry.get(end as usize));
        ends.map_or(0..0, |(first, last)| *first as usize..*last as usize)
    }

    /// Of the entries at the positions `at`, those that are in force on `on`, or may be. What is not in force is
    /// left out without a look at the entry itself, which is large.
    fn in_force(&self, at: std::ops::Range<usize>, on: Day) -> impl Iterator<Item = Held<'_>> {
        let briefs = self.briefs.get(at.clone()).unwrap_or_default();
        briefs.iter().zip(at).filter_map(move |(brief, at)| match brief.in_force(on) {
            InForce::No => None,
            state => Some(Held { id: EntryId(at as u32), entry: self.entries.get(at)?, state }),
        })
    }

    /// The positions of a taxon's own entries.
    fn of(&self, taxon: TaxonId) -> std::ops::Range<usize> {
        self.places.get(taxon.0 as usize).map_or(0..0, |span| self.range(span.place, span.place + 1))
    }

    /// The positions of the entries of a taxon and of every taxon below it.
    fn all_of(&self, taxon: TaxonId) -> std::ops::Range<usize> {
        self.places.get(taxon.0 as usize).map_or(0..0, |span| self.range(span.place, span.end))
    }

    /// The days on which an entry begins or ends, in order, each once.
    pub fn days_of_change(&self) -> Vec<Day> {
        let mut days: Vec<Day> =
            self.entries.iter().flat_map(|entry| std::iter::once(entry.from).chain(entry.until)).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}
