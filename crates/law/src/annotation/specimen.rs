//! What is told of a specimen as far as an annotation asks for it.
//!
//! Source of truth: the declaration. `None` is "not told", never "no".

use cites::{Country, SourceSet, TaxonId, Term, TermSet};

use crate::bars::{Missing, Test};

/// A part, product or whole specimen. Start from [`SpecimenKind::of`] and set what is known.
#[derive(Debug, Clone, Copy)]
pub struct SpecimenKind<'a> {
    /// The taxon, then every taxon above it.
    pub lineage: &'a [TaxonId],
    /// The kinds of specimen that are possible.
    pub terms: TermSet,
    /// The letters of origin that are possible.
    pub sources: SourceSet,
    /// Where the plant grew.
    pub origin: Option<Country>,
    /// The State that the goods leave.
    pub exporter: Option<Country>,
    /// Packed and ready for retail trade.
    pub retail_packed: Option<bool>,
    /// Finished: needs no further work.
    pub finished: Option<bool>,
    /// The mass of the listed wood in each item, in millionths of a kilogram.
    pub mass_per_item_millionths_kg: Option<u64>,
    /// The mass of the listed wood in the shipment, in millionths of a kilogram.
    pub mass_per_shipment_millionths_kg: Option<u64>,
    /// A musical instrument, its part or its accessory.
    pub musical_instrument: Option<bool>,
    /// Of a plant that is naturalised where it grew.
    pub naturalised: Option<bool>,
    /// A culture in vitro that travels in sterile containers.
    pub sterile_in_vitro: Option<bool>,
    /// A powder from which what is wanted has been taken.
    pub exhausted_powder: Option<bool>,
    /// The goods bear the label that the annotation prescribes.
    pub labelled: Option<bool>,
    /// The goods move without change of owner, and not for sale.
    pub keeps_owner: Option<bool>,
    /// The move is not commercial.
    pub non_commercial: Option<bool>,
}

impl<'a> SpecimenKind<'a> {
    /// A specimen of which only the taxon and the kind are told.
    pub const fn of(lineage: &'a [TaxonId], term: Term) -> SpecimenKind<'a> {
        SpecimenKind { terms: TermSet::EMPTY.with(term), ..SpecimenKind::untold(lineage) }
    }

    /// A specimen of which only the taxon is told.
    pub const fn untold(lineage: &'a [TaxonId]) -> SpecimenKind<'a> {
        SpecimenKind {
            lineage,
            terms: TermSet::ALL,
            sources: SourceSet::ALL,
            origin: None,
            exporter: None,
            retail_packed: None,
            finished: None,
            mass_per_item_millionths_kg: None,
            mass_per_shipment_millionths_kg: None,
            musical_instrument: None,
            naturalised: None,
            sterile_in_vitro: None,
            exhausted_powder: None,
            labelled: None,
            keeps_owner: None,
            non_commercial: None,
        }
    }

    /// Old records name kinds that hold others: what is `unspecified`, a `specimen`, or a piece of timber
    /// may be a part that a text names.
    const VAGUE: TermSet = TermSet::of(&[Term::LegacyUnspecified, Term::Specimen, Term::LegacyTimberPieces]);

    /// The kind of specimen, where one is told and can be no other.
    pub(super) fn told_term(&self) -> Option<Term> {
        self.terms.only().filter(|_| !self.is_vague())
    }

    pub(super) fn term_in(&self, wanted: TermSet) -> Test {
        let outside = self.terms.difference(wanted);
        if outside.is_empty() && !self.terms.is_empty() {
            return if self.is_vague() && wanted.len() < TermSet::ALL.len() { LACKS_TERM } else { Test::Met };
        }
        let none_fits = self.terms.intersection(wanted).is_empty();
        if none_fits && !self.is_vague() && !self.terms.is_empty() { Test::NotMet } else { LACKS_TERM }
    }

    fn is_vague(&self) -> bool {
        !self.terms.intersection(SpecimenKind::VAGUE).is_empty()
    }

    /// Artificially propagated, by the letter of origin. Source: Res. Conf. 11.11 (Rev. CoP18) for A and D.
    pub(super) fn propagated(&self) -> Test {
        use cites::Source::{AppendixICommercial, ArtificiallyPropagated, PreConvention, Seized, Unknown};
        let propagated = SourceSet::of(&[ArtificiallyPropagated, AppendixICommercial]);
        // O and I tell nothing of how a plant grew.
        let open = SourceSet::of(&[Unknown, PreConvention, Seized]);
        let outside = self.sources.difference(propagated);
        if outside.is_empty() && !self.sources.is_empty() {
            return Test::Met;
        }
        let may_be =
            !self.sources.intersection(propagated).is_empty() || !outside.intersection(open).is_empty();
        if may_be || self.sources.is_empty() { Test::lacks(Missing::Propagated) } else { Test::NotMet }
    }
}

const LACKS_TERM: Test = Test::lacks(Missing::Term);
