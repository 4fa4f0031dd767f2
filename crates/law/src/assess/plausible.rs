//! Facts of plausibility: whether pairs of what is told usually go together.
//!
//! Source: the validation of annual reports by the CITES Trade Database; the Guidelines for their
//! preparation. What is unusual is no breach of law.

use cites::{Source, SourceSet};

use super::input::{Crossing, Line};
use super::journey;
use super::pairs::Pairs;
use crate::rule::{Facts, RangeState, Realm, Truth, Usual, key};

/// Sources that only animals have. Source: Res. Conf. 12.3 (Rev. CoP19); Res. Conf. 10.16, 11.16.
const OF_ANIMALS: SourceSet = SourceSet::of(&[Source::CaptiveBred, Source::BornInCaptivity, Source::Ranched]);
/// Sources that only plants have. Source: Res. Conf. 11.11 (Rev. CoP18).
const OF_PLANTS: SourceSet = SourceSet::of(&[Source::ArtificiallyPropagated, Source::AssistedProduction]);

/// Fills them.
pub(super) fn fill(facts: &mut Facts, line: &Line<'_>, crossing: &Crossing<'_>, pairs: &Pairs) {
    range(facts, line);
    kingdom_source(facts, line);
    let purpose = crossing.purpose_export.or(crossing.purpose_import);
    facts.know(key::term_unit, usual(pairs.unit(line.term, line.quantity.map(|quantity| quantity.unit))));
    facts.know(key::term_purpose, usual(pairs.purpose(line.term, purpose)));
}

/// The origin of the specimen against the States in which its species occurs, where they are known.
fn range(facts: &mut Facts, line: &Line<'_>) {
    let origin = journey::origin_country(&line.origin);
    let range = line.subjects.first().and_then(|subject| subject.range);
    let state = match origin.zip(range) {
        _ if line.subjects.len() > 1 => RangeState::Untold,
        None => RangeState::Untold,
        Some((origin, range)) if range.contains(origin) => RangeState::Inside,
        Some(_) => RangeState::Outside,
    };
    facts.know(key::range, state);
}

fn kingdom_source(facts: &mut Facts, line: &Line<'_>) {
    let primary = line.source.and_then(|code| code.primary());
    let animal = facts.is(key::kingdom, Realm::Animal);
    let wrong = match (primary, animal) {
        (Some(source), Truth::Yes) => OF_PLANTS.contains(source),
        (Some(source), Truth::No) => OF_ANIMALS.contains(source),
        _ => false,
    };
    facts.know(key::kingdom_source, usual(Some(!wrong)));
}

/// What is not told is not called unusual.
fn usual(told: Option<bool>) -> Usual {
    if told == Some(false) { Usual::Unusual } else { Usual::Usual }
}
