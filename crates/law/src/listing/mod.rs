//! Which entries of the Appendices are in force for a taxon, an origin and a day.
//!
//! Source of truth: `data/law/listings.csv` and `populations.csv`. Knows nothing of specimens, papers or
//! borders: annotations, deemed specimens and bars are applied by `assess`.

mod entry;
mod load;
mod population;
mod resolve;

pub use entry::{Entry, InForce};
pub use population::{Cover, NamedPopulations, Population};
pub use resolve::{Listing, ListingDoubts, Origin, Subject};

use cites::{CountrySet, Day, EntryId, TaxonId};

/// Every entry of the Appendices, in the order of the tree of taxa.
#[derive(Debug)]
pub struct Listings {
    /// Ordered by the place of their taxon in the tree, then by their first day.
    entries: Vec<Entry>,
    /// For each taxon, its place in the tree: every taxon below it has a place between its own and its end.
    places: Vec<Span>,
    /// For each place, the position of the first entry; one more at the end.
    first_entry: Vec<u32>,
    /// Every code, for an origin that is not known.
    everywhere: CountrySet,
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
        let Some(span) = self.places.get(taxon.0 as usize) else { return &[] };
        self.slice(span.place, span.place + 1)
    }

    /// The entries of a taxon and of every taxon below it.
    pub fn within(&self, taxon: TaxonId) -> &[Entry] {
        let Some(span) = self.places.get(taxon.0 as usize) else { return &[] };
        self.slice(span.place, span.end)
    }

    fn slice(&self, place: u32, end: u32) -> &[Entry] {
        let first = self.first_entry.get(place as usize).zip(self.first_entry.get(end as usize));
        first.and_then(|(first, last)| self.entries.get(*first as usize..*last as usize)).unwrap_or(&[])
    }

    /// The position of the first entry of `taxon`, so that an entry of [`Listings::of_taxon`] has an id.
    fn first_id(&self, taxon: TaxonId) -> u32 {
        let span = self.places.get(taxon.0 as usize);
        span.and_then(|span| self.first_entry.get(span.place as usize)).copied().unwrap_or(0)
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
