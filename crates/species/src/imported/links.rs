//! Where imported taxa stand among the shipped ones, remembered from the first time that it is asked.
//!
//! What is remembered holds for one backbone, told by its fingerprint; with another, each question is worked out
//! anew. So a file of names outlives the edition of the shipped names that it was imported under.

use std::sync::atomic::{AtomicU32, Ordering};

use cites::TaxonId;

/// Where an imported taxon stands in the backbone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is a taxon of the backbone.
    Itself(TaxonId),
    /// It lies below one.
    Below(TaxonId),
    /// Nothing above it is in the backbone.
    Nowhere,
}

/// What is remembered.
#[derive(Debug)]
pub(crate) struct Links {
    backbone: u64,
    /// For each imported taxon its place.
    places: Box<[AtomicU32]>,
    /// For each taxon of the backbone the imported taxon of its name.
    numbers: Box<[AtomicU32]>,
}

/// Nothing is remembered yet.
const UNKNOWN: u32 = 0;
/// There is none.
const NONE: u32 = 1;

impl Links {
    /// Links between so many imported taxa and so many of the backbone with this fingerprint.
    pub fn new(backbone: u64, imported: usize, shipped: usize) -> Self {
        let unknown = |count| (0..count).map(|_| AtomicU32::new(UNKNOWN)).collect();
        Links { backbone, places: unknown(imported), numbers: unknown(shipped) }
    }

    /// Whether they are of the backbone with this fingerprint.
    pub fn are_of(&self, backbone: u64) -> bool {
        self.backbone == backbone
    }

    /// The place of an imported taxon, if it is remembered.
    pub fn place(&self, number: u32) -> Option<Place> {
        match self.places.get(number as usize)?.load(Ordering::Relaxed) {
            UNKNOWN => None,
            NONE => Some(Place::Nowhere),
            place if place & 1 == 0 => Some(Place::Itself(TaxonId(place / 2 - 1))),
            place => Some(Place::Below(TaxonId(place / 2 - 1))),
        }
    }

    /// Remembers a place.
    pub fn remember_place(&self, number: u32, place: Place) {
        let word = match place {
            Place::Nowhere => NONE,
            Place::Itself(taxon) => (taxon.0 + 1) * 2,
            Place::Below(taxon) => (taxon.0 + 1) * 2 + 1,
        };
        if let Some(own) = self.places.get(number as usize) {
            own.store(word, Ordering::Relaxed);
        }
    }

    /// The imported taxon of the name of a taxon of the backbone, or that there is none, if it is remembered.
    pub fn number(&self, taxon: TaxonId) -> Option<Option<u32>> {
        match self.numbers.get(taxon.0 as usize)?.load(Ordering::Relaxed) {
            UNKNOWN => None,
            NONE => Some(None),
            number => Some(Some(number - 2)),
        }
    }

    /// Remembers the imported taxon of a taxon's name.
    pub fn remember_number(&self, taxon: TaxonId, number: Option<u32>) {
        if let Some(own) = self.numbers.get(taxon.0 as usize) {
            own.store(number.map_or(NONE, |number| number + 2), Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_told_again() {
        let links = Links::new(7, 3, 2);
        assert!(links.are_of(7) && !links.are_of(8));
        assert_eq!((links.place(0), links.number(TaxonId(0))), (None, None));
        for place in
            [Place::Nowhere, Place::Itself(TaxonId(0)), Place::Below(TaxonId(0)), Place::Below(TaxonId(9))]
        {
            links.remember_place(1, place);
            assert_eq!(links.place(1), Some(place));
        }
        for number in [None, Some(0), Some(5)] {
            links.remember_number(TaxonId(1), number);
            assert_eq!(links.number(TaxonId(1)), Some(number));
        }
        assert_eq!(links.place(3), None);
    }
}
