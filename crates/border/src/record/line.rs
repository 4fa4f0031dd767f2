//! A record as a line of goods that the law can be asked about, and the journey it made.
//!
//! Source of truth: the record. A record of trade tells of goods that crossed under the ordinary procedure
//! and names no port, carrier or paper.

use cites::{Country, CountryKind};
use law::Origin;
use law::assess::{Assessment, Crossing, Hybridity, Line};
use law::listing::Subject;
use law::rule::{NameMatch, Procedure};
use smallvec::SmallVec;
use species::Resolution;

use super::Traded;
use crate::{Verdict, decide, receive};

/// What the name of a record stands for, kept for all records that write it.
#[derive(Debug, Clone)]
pub struct Named<'n> {
    /// The resolution.
    pub resolution: Resolution<'n>,
    pub(super) subjects: SmallVec<[Subject<'n>; 2]>,
    pub(super) all_known: bool,
    hybrid: Hybridity,
}

impl<'n> Named<'n> {
    /// What `resolution` comes to: one taxon, or the parents of a hybrid that are named.
    pub fn of(resolution: Resolution<'n>) -> Named<'n> {
        let (subjects, all_known) = receive::subjects(&resolution, &[]);
        let hybrid = receive::hybridity(&resolution, None, all_known);
        Named { resolution, subjects, all_known, hybrid }
    }

    /// Whether all taxa that are meant are known to live outside the State `country`. Nothing lives outside a
    /// range that is not known, and codes that name no State of today are not asked.
    pub(super) fn lives_outside(&self, country: Country) -> bool {
        let is_state = country.fact().is_some_and(|fact| fact.kind == CountryKind::Iso);
        let lives_outside =
            |subject: &Subject<'_>| subject.range.is_some_and(|range| !range.contains(country));
        is_state && !self.subjects.is_empty() && self.subjects.iter().all(lives_outside)
    }
}

impl Traded {
    /// The line of goods. `name` tells how sure the taxon is.
    pub fn line<'t, 'n: 't>(&self, named: &Named<'n>, name: NameMatch) -> Line<'t> {
        let subjects: &[Subject<'t>] = &named.subjects;
        let population = self.population_of(named);
        Line {
            subjects: SmallVec::from_slice(subjects),
            name,
            hybrid: named.hybrid,
            excluded_form: named.resolution.excluded_form.is_some(),
            term: self.term,
            quantity: self.quantity,
            source: self.source,
            origin: population.map_or(Origin::Unstated, Origin::from),
            from_high_seas: population == Some(Country::HIGH_SEAS),
            accepted: named.resolution.accepted,
            ..Line::unresolved()
        }
    }

    /// The journey. The direction is left open, so that what both States ask for is told.
    pub fn crossing(&self) -> Crossing<'static> {
        Crossing {
            procedure: Some(Procedure::Ordinary),
            exporter: self.exporter,
            importer: self.importer,
            purpose_export: self.purpose_export,
            purpose_import: self.purpose_import,
            ..Crossing::default()
        }
    }
}

/// What a record comes to. It tells of no paper, so that what the law requires is listed and never missing.
pub fn verdict(assessment: &Assessment<'_>) -> Verdict {
    decide::verdict_of(assessment.outcome, !assessment.requirements.is_empty(), assessment)
}
