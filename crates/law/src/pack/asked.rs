//! What a pack is asked about: one line of goods on one journey and one day, as far as it is told.
//!
//! Source of truth: the declaration. `None` is "not told", never "no".

use cites::{Day, Purpose, Source, TaxonId, Term, TermSet};
use species::Placement;

use super::fit::Fit;
use crate::rule::{Carrier, Direction, Fact, Procedure, Regime, Truth};

/// What is told. Start from [`Asked::of`] and set what is known.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The taxon, then every taxon above it; empty where the name did not resolve.
    pub lineage: &'a [TaxonId],
    /// How what was written lies to that taxon.
    pub placement: Placement,
    /// The accepted name that was reached, which may lie below the taxon; empty where it is not known.
    pub accepted: &'a str,
    /// The kind of specimen.
    pub term: Option<Term>,
    /// The letter of origin, without O and I.
    pub source: Option<Source>,
    /// The purpose in the State of the pack: of import when it imports, of export when it exports.
    pub purpose: Option<Purpose>,
    /// Which way the goods go at the border of the pack's country.
    pub direction: Option<Direction>,
    /// The articles that govern the specimen.
    pub regime: Option<Regime>,
    /// What carries the goods.
    pub carrier: Option<Carrier>,
    /// The customs procedure.
    pub procedure: Option<Procedure>,
    /// Whether the goods are finished, so need no further work.
    pub finished: Option<bool>,
    /// What no field of a declaration tells; see each.
    pub circumstances: Circumstances,
    /// The day of the border event.
    pub on: Day,
}

/// Circumstances that only a person can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// The goods are to be eaten.
    pub for_food: Truth,
    /// The species has no name yet, or was newly discovered.
    pub newly_discovered: Truth,
    /// The Convention forbids trade in the specimen for commerce, and the trade is for commerce.
    pub convention_forbids_commerce: Truth,
}

impl Default for Circumstances {
    /// Whether the goods are food or commerce is open; a species that has a name is not taken for a new one.
    fn default() -> Circumstances {
        Circumstances {
            for_food: Truth::Unknown,
            newly_discovered: Truth::No,
            convention_forbids_commerce: Truth::Unknown,
        }
    }
}

impl<'a> Asked<'a> {
    /// A line of which only the taxon is told.
    pub fn of(lineage: &'a [TaxonId], on: Day) -> Asked<'a> {
        Asked {
            lineage,
            placement: Placement::Itself,
            accepted: "",
            term: None,
            source: None,
            purpose: None,
            direction: None,
            regime: None,
            carrier: None,
            procedure: None,
            finished: None,
            circumstances: Circumstances::default(),
            on,
        }
    }

    /// Whether the term is one of `terms`.
    pub(super) fn term_in(&self, terms: TermSet) -> Fit {
        if terms == TermSet::ALL {
            return Fit::YES;
        }
        Fit::told(self.term.map(|term| terms.contains(term)), Fact::Term)
    }

    /// Whether the specimen was taken from a wild population.
    pub(super) fn is_wild(&self) -> Fit {
        let wild = match self.source {
            Some(Source::Wild | Source::Marine) => Some(true),
            // Reared from the wild, born of wild parents, or not known: a person must look.
            Some(
                Source::Ranched
                | Source::BornInCaptivity
                | Source::Unknown
                | Source::AssistedProduction
                | Source::Seized
                | Source::PreConvention,
            )
            | None => None,
            Some(Source::AppendixICommercial | Source::ArtificiallyPropagated | Source::CaptiveBred) => {
                Some(false)
            }
        };
        Fit::told(wild, Fact::Source)
    }

    /// The border of introduction from the sea is one of import.
    pub(super) fn direction_in(&self, directions: &[Direction]) -> Fit {
        let wanted = |direction: Direction| {
            let as_import = direction == Direction::Introduction && directions.contains(&Direction::Import);
            as_import || directions.contains(&direction)
        };
        Fit::told(self.direction.map(wanted), Fact::Direction)
    }
}
