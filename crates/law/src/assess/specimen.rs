//! Facts of the specimen that hang on what is told alone.

use cites::{Purpose, Term, TermSet};

use super::input::{Crossing, Line};
use crate::rule::{Breeding, Fact, FactSet, Facts, YesNo, key};

/// Kinds of specimen that are alive by their name.
const ALIVE: TermSet = TermSet::of(&[Term::Live, Term::Fingerlings, Term::EggLive, Term::GraftRootstock]);
/// Kinds of specimen that may be alive or not.
const MAYBE_ALIVE: TermSet = TermSet::of(&[Term::Pupae, Term::Culture, Term::LegacyUnspecified]);

/// Fills them.
pub(super) fn fill(facts: &mut Facts, line: &Line<'_>, crossing: &Crossing<'_>) {
    let primary = line.source.and_then(|code| code.primary());
    facts.know_if_told(key::source, primary);
    facts.know_if_told(key::seized, line.source.map(|code| YesNo::from(code.seized())));
    facts.because(Fact::Seized, FactSet::of(&[Fact::Source]));
    facts.know_if_told(key::live, is_live(line).map(YesNo::from));
    facts.know_if_told(key::registered, line.registered.map(YesNo::from));
    facts.know_if_told(key::marked, line.marked.map(YesNo::from));
    let breeding = crossing.purpose_export.map(|purpose| match purpose {
        Purpose::Commercial => Breeding::Commercial,
        _ => Breeding::NonCommercial,
    });
    facts.know_if_told(key::breeding, breeding);
    facts.because(Fact::Breeding, FactSet::of(&[Fact::PurposeExport]));
}

/// Whether the specimen is alive, as far as that is told or follows from its kind.
pub(super) fn is_live(line: &Line<'_>) -> Option<bool> {
    let by_term = line.term.and_then(|term| {
        if ALIVE.contains(term) {
            Some(true)
        } else if MAYBE_ALIVE.contains(term) {
            None
        } else {
            Some(false)
        }
    });
    match (line.live, by_term) {
        (Some(told), Some(kind)) if told != kind => None,
        (told, kind) => told.or(kind),
    }
}
