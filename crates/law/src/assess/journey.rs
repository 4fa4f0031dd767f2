//! Facts of the journey: what it is as a whole, and how its States stand towards the Convention.

use cites::{Country, Day, Standing};

use super::input::{Crossing, Line};
use crate::listing::Origin;
use crate::rule::{
    Direction, Fact, FactSet, Facts, Key, Membership, Movement, Procedure, RuleBook, YesNo, key,
};

/// Fills the facts that hang on the journey alone.
pub(super) fn fill(facts: &mut Facts, line: &Line<'_>, crossing: &Crossing<'_>, rules: &RuleBook, on: Day) {
    let passes = is_transit(crossing);
    facts.know_if_told(key::direction, if passes { Some(Direction::Transit) } else { crossing.direction });
    let told_ordinary = crossing.direction.map(|_| Procedure::Ordinary);
    facts.know_if_told(key::procedure, crossing.procedure.or(told_ordinary));
    facts.know_if_told(key::carrier, crossing.carrier);
    facts.know_if_told(key::purpose_export, crossing.purpose_export);
    facts.know_if_told(key::purpose_import, crossing.purpose_import);
    movement(facts, line, crossing);
    membership(facts, key::exporter_status, crossing.exporter, Fact::Exporter, on);
    membership(facts, key::importer_status, crossing.importer, Fact::Importer, on);
    let held = |country: Country| YesNo::from(rules.packs().iter().any(|pack| pack.country == country));
    facts.know_if_told(key::exporter_law_held, crossing.exporter.map(held));
    facts.know_if_told(key::importer_law_held, crossing.importer.map(held));
    let both = crossing.exporter.zip(crossing.importer);
    facts.know_if_told(key::same_state, both.map(|(exporter, importer)| YesNo::from(exporter == importer)));
    facts.particulars.exporter = crossing.exporter;
    facts.particulars.importer = crossing.importer;
    facts.particulars.origin = origin_country(&line.origin);
}

/// Whether the goods pass through under customs control.
pub(super) fn is_transit(crossing: &Crossing<'_>) -> bool {
    let by_procedure = matches!(crossing.procedure, Some(Procedure::Transit | Procedure::Transhipment));
    by_procedure || crossing.direction == Some(Direction::Transit)
}

/// The State of origin, where one is named.
pub(super) fn origin_country(origin: &Origin) -> Option<Country> {
    match origin {
        Origin::Place(place) => Some(place.country),
        Origin::Several(_) | Origin::Unknown | Origin::Unstated => None,
    }
}

/// Export, re-export or introduction from the sea.
///
/// Source: Art. I(c) to (e); Res. Conf. 14.6 where flag State and State of landing differ.
fn movement(facts: &mut Facts, line: &Line<'_>, crossing: &Crossing<'_>) {
    let origin = origin_country(&line.origin);
    let same = origin.zip(crossing.exporter).map(|(origin, exporter)| origin == exporter);
    facts.know_if_told(key::exporter_is_origin, same.map(YesNo::from));
    facts.because(Fact::ExporterIsOrigin, untold_of(origin, crossing.exporter));
    if line.from_high_seas || crossing.direction == Some(Direction::Introduction) {
        return introduction(facts, crossing);
    }
    let told =
        crossing.exported_as == Some(Movement::ReExport) || crossing.direction == Some(Direction::ReExport);
    match same {
        _ if told => facts.know(key::movement, Movement::ReExport),
        Some(true) => facts.know(key::movement, Movement::Export),
        Some(false) => facts.know(key::movement, Movement::ReExport),
        None => {
            facts.among(key::movement, [Movement::Export, Movement::ReExport]);
            facts.because(Fact::Movement, untold_of(origin, crossing.exporter));
        }
    }
}

fn introduction(facts: &mut Facts, crossing: &Crossing<'_>) {
    match (crossing.exporter, crossing.importer) {
        (Some(flag), Some(landing)) if flag != landing => {
            facts.know(key::movement, Movement::LandedElsewhere)
        }
        (Some(_), Some(_)) => facts.know(key::movement, Movement::Introduction),
        (exporter, importer) => {
            facts.among(key::movement, [Movement::Introduction, Movement::LandedElsewhere]);
            let flag = if exporter.is_none() { FactSet::of(&[Fact::Exporter]) } else { FactSet::EMPTY };
            let landing = if importer.is_none() { FactSet::of(&[Fact::Importer]) } else { FactSet::EMPTY };
            facts.because(Fact::Movement, flag.union(landing));
        }
    }
}

fn untold_of(origin: Option<Country>, exporter: Option<Country>) -> FactSet {
    let mut untold = FactSet::EMPTY;
    if origin.is_none() {
        untold = untold.with(Fact::Origin);
    }
    if exporter.is_none() {
        untold = untold.with(Fact::Exporter);
    }
    untold
}

/// Whether a code names a State, not an unknown or various one.
fn is_a_state(code: Country) -> bool {
    code.fact().is_some_and(|fact| fact.kind == cites::CountryKind::Iso)
}

fn membership(facts: &mut Facts, key: Key<Membership>, state: Option<Country>, untold: Fact, on: Day) {
    let row = state.and_then(|state| state.party_fact_on(on));
    let standing = state.map(|state| state.standing_by(row, on));
    match standing {
        Some(Standing::Party | Standing::Territory { bound: true, .. }) => facts.know(key, Membership::Party),
        Some(Standing::NotParty | Standing::Territory { bound: false, .. }) => {
            facts.know(key, Membership::NonParty)
        }
        // A State that is told and not in the table leaves its own standing to be found out.
        Some(Standing::Unknown) if state.is_some_and(is_a_state) => {}
        Some(Standing::Unknown) | None => facts.because(key.fact(), FactSet::of(&[untold])),
    }
    if row.is_some_and(|row| !row.confidence.is_verified()) {
        facts.rests_on_unverified(key.fact());
    }
}
