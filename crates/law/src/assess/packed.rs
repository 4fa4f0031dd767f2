//! Facts of what a pack's country adds: its part in the journey, its lists, its bans, its ports.
//!
//! A rule pack asks every data pack of its country: the national layer and the regions. What none of them
//! holds stays open.

use cites::{Country, Day, Purpose, TaxonId};
use smallvec::SmallVec;

use super::evidence::{Evidence, EvidenceList};
use super::input::{Claims, Crossing, Line, UseOfGoods};
use super::sources::Question;
use crate::pack::{Asked, Circumstances, Pack};
use crate::rule::{
    Ban, Carrier, Catalogue, Direction, Fact, FactSet, Facts, ListedAs, MedicinalClass, Movement, PackRules,
    PortState, Procedure, Regime, Side, Truth, YesNo, key,
};

/// What a pack makes of a line.
#[derive(Debug, Clone)]
pub struct PackFacts<'b> {
    /// The pack whose rules are asked.
    pub pack: &'b PackRules,
    /// The facts of the line and of the pack's country.
    pub facts: Facts,
}

/// Fills the facts of the pack's country, which has the part `side` in the journey.
pub(super) fn fill<'b>(
    filled: &mut PackFacts<'b>,
    side: Side,
    lineage: &[TaxonId],
    question: &Question<'_, '_, 'b>,
    evidence: &mut EvidenceList<'b>,
) {
    let Question { line, crossing, sources, on } = *question;
    let PackFacts { pack: rules, facts } = filled;
    facts.know(key::side, side);
    let approved = crossing.claims.contains(Claims::CARRIED_APPROVAL);
    facts.know(key::carried_approval, YesNo::from(approved));
    let asked = asked(facts, line, crossing, lineage, side, on);
    let packs = sources.packs.iter().filter(|pack| pack.place().country == rules.country);
    let packs: SmallVec<[&'b Pack; 4]> = packs.collect();
    national(facts, &packs, &asked, evidence);
    medicinal(facts, &packs, &asked, evidence);
    bans(facts, &packs, &asked, evidence);
    carried(facts, &packs, &asked, evidence);
    catalogue(facts, &packs, line);
    port(facts, &packs, crossing, on);
}

/// The part of `country` in the journey; `None` when it has none. Goods that come in and leave again under
/// customs control are in transit.
pub(super) fn side_of(country: Country, crossing: &Crossing<'_>) -> Option<Side> {
    if crossing.importer == Some(country) {
        Some(Side::Importing)
    } else if crossing.exporter == Some(country) {
        Some(Side::Exporting)
    } else {
        let passes = crossing.via.is_some_and(|states| states.contains(&country));
        passes.then_some(Side::Transit)
    }
}

fn asked<'a>(
    facts: &Facts,
    line: &'a Line<'_>,
    crossing: &Crossing<'_>,
    lineage: &'a [TaxonId],
    side: Side,
    on: Day,
) -> Asked<'a> {
    let (direction, purpose) = match side {
        Side::Importing => (Some(Direction::Import), crossing.purpose_import),
        Side::Exporting if facts.is(key::movement, Movement::ReExport).is_yes() => {
            (Some(Direction::ReExport), crossing.purpose_export)
        }
        Side::Exporting => (Some(Direction::Export), crossing.purpose_export),
        Side::Transit | Side::Elsewhere => (Some(Direction::Transit), None),
    };
    let purpose =
        if side == Side::Transit { crossing.purpose_import.or(crossing.purpose_export) } else { purpose };
    Asked {
        placement: line
            .subjects
            .first()
            .map_or(species::Placement::UnresolvedMember, |subject| subject.placement),
        accepted: line.accepted,
        term: line.term,
        source: line.source.and_then(|code| code.primary()),
        purpose,
        direction,
        regime: Regime::ALL.iter().copied().find(|regime| facts.is(key::regime, *regime).is_yes()),
        carrier: crossing.carrier,
        procedure: crossing.procedure.or(crossing.direction.map(|_| Procedure::Ordinary)),
        finished: line.form.finished,
        circumstances: circumstances(facts, line, crossing),
        ..Asked::of(lineage, on)
    }
}

fn circumstances(facts: &Facts, line: &Line<'_>, crossing: &Crossing<'_>) -> Circumstances {
    let not_eaten = |purpose: Option<Purpose>| {
        purpose.is_some_and(|purpose| !matches!(purpose, Purpose::Commercial | Purpose::Personal))
    };
    let for_food = match line.use_of_goods {
        Some(UseOfGoods::Food) => Truth::Yes,
        Some(UseOfGoods::Medicine | UseOfGoods::Other) => Truth::No,
        None if not_eaten(crossing.purpose_import) => Truth::No,
        None => Truth::Unknown,
    };
    let first = facts.is(key::appendix, ListedAs::I);
    let ordinary = facts.is(key::regime, Regime::Ordinary);
    let for_commerce = facts.is(key::purpose_import, Purpose::Commercial);
    Circumstances {
        for_food,
        convention_forbids_commerce: first.and(ordinary).and(for_commerce),
        ..Circumstances::default()
    }
}

fn national<'b>(facts: &mut Facts, packs: &[&'b Pack], asked: &Asked<'_>, evidence: &mut EvidenceList<'b>) {
    let mut answers = packs.iter().map(|pack| pack.national_class(asked));
    let Some(answer) = answers.find(|answer| answer.held) else { return };
    facts.among(key::national_class, answer.possible.iter().copied());
    facts.because(Fact::NationalClass, answer.missing);
    for entry in answer.entries {
        if !entry.origin.provenance.confidence.is_verified() {
            facts.rests_on_unverified(Fact::NationalClass);
        }
        evidence.push(Evidence::National(entry));
    }
}

fn medicinal<'b>(facts: &mut Facts, packs: &[&'b Pack], asked: &Asked<'_>, evidence: &mut EvidenceList<'b>) {
    let mut possible: SmallVec<[MedicinalClass; 4]> = SmallVec::from_slice(&[MedicinalClass::Nowhere]);
    let mut missing = FactSet::EMPTY;
    let concerned = packs.iter().filter(|pack| pack.may_be_medicinal(asked));
    for answer in concerned.map(|pack| pack.medicinal_class(asked)) {
        if answer.materials.is_empty() {
            continue;
        }
        possible = SmallVec::from_slice(&answer.possible);
        missing = answer.missing;
        for material in answer.materials {
            if !material.origin.provenance.confidence.is_verified() {
                facts.rests_on_unverified(Fact::Medicinal);
            }
            evidence.push(Evidence::Medicinal(material));
        }
    }
    facts.among(key::medicinal, possible);
    facts.because(Fact::Medicinal, missing);
}

fn bans<'b>(facts: &mut Facts, packs: &[&'b Pack], asked: &Asked<'_>, evidence: &mut EvidenceList<'b>) {
    let mut possible: SmallVec<[Ban; 3]> = SmallVec::from_slice(&[Ban::No]);
    let mut missing = FactSet::EMPTY;
    let concerned = packs.iter().filter(|pack| pack.may_be_prohibited(asked));
    for answer in concerned.map(|pack| pack.prohibitions(asked)) {
        if answer.rows.is_empty() {
            continue;
        }
        possible = answer.possible;
        missing = missing.union(answer.missing);
        for (row, _) in answer.rows {
            if !row.origin.provenance.confidence.is_verified() {
                facts.rests_on_unverified(Fact::Ban);
            }
            evidence.push(Evidence::Prohibition(row));
        }
    }
    if missing.contains(Fact::PurposeImport) && !facts.is_open(Fact::PurposeImport) {
        // The purpose is told; what keeps the test open is the Appendix or the regime.
        let open = facts.missing_for(Fact::Appendix).union(facts.missing_for(Fact::Regime));
        let told = FactSet::of(&[Fact::Appendix, Fact::Regime]);
        missing = missing.without(Fact::PurposeImport).union(open.difference(told));
    }
    facts.among(key::ban, possible);
    facts.because(Fact::Ban, missing);
}

/// The ban on what is carried, posted or sent in. Freight is outside it.
fn carried<'b>(facts: &mut Facts, packs: &[&'b Pack], asked: &Asked<'_>, evidence: &mut EvidenceList<'b>) {
    let freight = asked.carrier == Some(Carrier::Cargo) && asked.procedure != Some(Procedure::BorderTrade);
    let (mut holds, mut missing) = (Truth::No, FactSet::EMPTY);
    for answer in packs.iter().map(|pack| pack.carried_ban(asked)) {
        if answer.held && !freight {
            holds = holds.or(answer.fit.truth);
            missing = missing.union(answer.fit.missing);
        }
        evidence.extend(answer.rows.iter().filter(|_| !freight).map(|(row, _)| Evidence::Carried(row)));
    }
    match holds {
        Truth::Yes => facts.know(key::carried_ban, Ban::Prohibited),
        Truth::No => facts.know(key::carried_ban, Ban::No),
        Truth::Unknown => {
            facts.among(key::carried_ban, [Ban::No, Ban::Prohibited]);
            facts.because(Fact::CarriedBan, missing);
        }
    }
}

fn catalogue(facts: &mut Facts, packs: &[&Pack], line: &Line<'_>) {
    let mut told = packs.iter().filter_map(|pack| pack.catalogue(line.hs?));
    match told.next() {
        Some(catalogue) => {
            facts.know(key::catalogue, catalogue);
            facts.rests_on_unverified(Fact::Catalogue);
        }
        None => {
            facts.among(key::catalogue, [Catalogue::Listed, Catalogue::NotListed]);
            // A code that is told and not known leaves the catalogue itself to be looked at.
            let untold = if line.hs.is_none() { Fact::HsCode } else { Fact::Catalogue };
            facts.because(Fact::Catalogue, FactSet::of(&[untold]));
        }
    }
}

/// The port on the day. One that no pack knows is not known to be designated, nor to be open.
fn port(facts: &mut Facts, packs: &[&Pack], crossing: &Crossing<'_>, on: Day) {
    let Some(name) = crossing.port else {
        return facts.because(Fact::Port, FactSet::of(&[Fact::PortName]));
    };
    let known = packs.iter().find_map(|pack| Some((pack, pack.port(name)?)));
    match known {
        Some((pack, port)) => facts.among(key::port, pack.port_states(port, on)),
        None => facts.among(key::port, [PortState::Undesignated, PortState::Closed]),
    }
    facts.because(Fact::Port, FactSet::of(&[Fact::Port]));
}
