//! Which articles govern the specimen on this journey.
//!
//! An exemption is claimed, by what is told or by a paper presented; nobody is exempt by silence. A claim
//! whose conditions are open leaves both the exemption and the ordinary regime possible.
//!
//! Source: Art. VII.1 to VII.7; the order of the tests is transit, pre-Convention, label, exhibition and its
//! kin, personal effects, VII.4, VII.5, else Articles III to V.

use cites::{Purpose, Source};
use smallvec::SmallVec;

use super::gather::Gathering;
use super::input::{AgeClaim, Claims, Crossing, Hybridity, Line};
use super::sources::{Question, Sources};
use super::{journey, personal};
use crate::rule::{
    Breeding, Fact, FactSet, Facts, ListedAs, PreConventionClaim, Procedure, Realm, Regime, Truth, YesNo, key,
};

/// Whether an exemption holds, and what would decide it.
pub(super) struct Claim {
    pub(super) holds: Truth,
    pub(super) missing: FactSet,
}

impl Claim {
    pub(super) const NO: Claim = Claim { holds: Truth::No, missing: FactSet::EMPTY };

    pub(super) fn when(holds: bool) -> Claim {
        Claim { holds: Truth::from(holds), missing: FactSet::EMPTY }
    }

    pub(super) fn open(missing: &[Fact]) -> Claim {
        Claim { holds: Truth::Unknown, missing: FactSet::of(missing) }
    }
}

/// Fills the facts of age, caps and regime.
pub(super) fn fill(gathered: &mut Gathering<'_, '_>, question: &Question<'_, '_, '_>) {
    let Question { line, crossing, sources, on } = *question;
    let older = older_than_listing(line, crossing, sources);
    tell_age(gathered.facts, line, crossing, &older);
    let personal = personal::claim(gathered.facts, line, crossing, sources.rules, on);
    let facts = &mut gathered.facts;
    if facts.is(key::appendix, ListedAs::Nowhere).is_yes() && !journey::is_transit(crossing) {
        return facts.know(key::regime, Regime::Ordinary);
    }
    let claims = [
        (Regime::Transit, Claim::when(journey::is_transit(crossing))),
        (Regime::PreConvention, older),
        (Regime::Label, label(facts, crossing)),
        (Regime::Exhibition, exhibition(facts, crossing, line)),
        (Regime::Instrument, instrument(facts, crossing)),
        (Regime::Ownership, ownership(facts, crossing)),
        (Regime::Sample, sample(facts, crossing)),
        (Regime::Personal, personal),
        (Regime::DeemedII, deemed_ii(facts)),
        (Regime::Captive, captive(facts, line)),
    ];
    settle(facts, claims);
}

/// The first exemption that surely holds, and those before it that may.
fn settle<const N: usize>(facts: &mut Facts, claims: [(Regime, Claim); N]) {
    let mut possible: SmallVec<[Regime; N]> = SmallVec::new();
    let mut missing = FactSet::EMPTY;
    for (regime, claim) in claims {
        match claim.holds {
            Truth::No => {}
            Truth::Yes => {
                possible.push(regime);
                return tell(facts, &possible, missing);
            }
            Truth::Unknown => {
                possible.push(regime);
                missing = missing.union(claim.missing);
            }
        }
    }
    let exempt = possible.len();
    let ordinary = std::iter::once(Regime::Ordinary);
    if exempt == 0 {
        return facts.know(key::regime, Regime::Ordinary);
    }
    facts.among(key::regime, possible.into_iter().chain(ordinary));
    facts.because(Fact::Regime, missing);
}

fn tell(facts: &mut Facts, possible: &[Regime], missing: FactSet) {
    facts.among(key::regime, possible.iter().copied());
    if possible.len() > 1 {
        facts.because(Fact::Regime, missing);
    }
}

/// Acquired before the Convention first applied to the taxon: its first listing, through whatever Appendix
/// or higher taxon. Offspring count from their own birth.
///
/// Source: Art. VII.2; Res. Conf. 13.6 (Rev. CoP18); 50 CFR 23.45.
fn older_than_listing(line: &Line<'_>, crossing: &Crossing<'_>, sources: &Sources<'_>) -> Claim {
    let claimed = line.source.is_some_and(|code| code.pre_convention())
        || line.acquired != AgeClaim::Undated
        || crossing.claims.contains(Claims::PRE_CONVENTION);
    if !claimed {
        return Claim::NO;
    }
    let firsts = line.subjects.iter().map(|subject| sources.listings.first_listed(sources.backbone, subject));
    let Some(first) = firsts.flatten().min() else { return Claim::open(&[Fact::Taxon]) };
    match line.acquired {
        AgeClaim::On(day) => Claim::when(day < first),
        AgeClaim::Before(day) if day <= first => Claim::when(true),
        AgeClaim::Before(_) | AgeClaim::Undated => Claim::open(&[Fact::Acquired]),
    }
}

/// The claim as a fact. A day of acquisition alone claims an age only where it is early enough: every
/// specimen was acquired at some time.
fn tell_age(facts: &mut Facts, line: &Line<'_>, crossing: &Crossing<'_>, older: &Claim) {
    let says_so = line.source.is_some_and(|code| code.pre_convention())
        || crossing.claims.contains(Claims::PRE_CONVENTION);
    match older.holds {
        Truth::Yes => facts.know(key::pre_convention, PreConventionClaim::Before),
        Truth::No if says_so => facts.know(key::pre_convention, PreConventionClaim::After),
        Truth::No => facts.know(key::pre_convention, PreConventionClaim::NotClaimed),
        Truth::Unknown => {
            facts.among(key::pre_convention, [PreConventionClaim::Before, PreConventionClaim::After]);
            facts.because(Fact::PreConvention, older.missing);
        }
    }
}

/// A non-commercial exchange of dead or plant specimens between two registered institutions.
///
/// Source: Art. VII.6; Res. Conf. 11.15 (Rev. CoP18); 50 CFR 23.48: not live animals.
fn label(facts: &Facts, crossing: &Crossing<'_>) -> Claim {
    if !crossing.claims.contains(Claims::LABEL) && crossing.institutions != Some(true) {
        return Claim::NO;
    }
    let for_science = [crossing.purpose_export, crossing.purpose_import]
        .map(|purpose| Truth::from(purpose.map(|purpose| purpose == Purpose::Scientific)));
    let [out, into] = for_science;
    let live_animal = facts.is(key::live, YesNo::Yes).and(facts.is(key::kingdom, Realm::Animal));
    let holds = out.and(into).and(live_animal.negate()).and(Truth::from(crossing.institutions));
    Claim { holds, missing: FactSet::of(&[Fact::PurposeExport, Fact::PurposeImport, Fact::Parties]) }
}

/// A travelling exhibition of pre-Convention or captive-bred live animals, or of propagated plants.
///
/// Source: Art. VII.7; 50 CFR 23.49.
fn exhibition(facts: &Facts, crossing: &Crossing<'_>, line: &Line<'_>) -> Claim {
    let circus = [crossing.purpose_export, crossing.purpose_import].contains(&Some(Purpose::Circus));
    let returns = crossing.procedure == Some(Procedure::Temporary);
    let claimed = crossing.claims.contains(Claims::EXHIBITION) || (circus && returns);
    if !claimed {
        return Claim::NO;
    }
    let bred = [Source::CaptiveBred, Source::ArtificiallyPropagated, Source::AppendixICommercial];
    let bred = bred.into_iter().map(|source| facts.is(key::source, source)).fold(Truth::No, Truth::or);
    let old = facts.is(key::pre_convention, PreConventionClaim::Before);
    let told_old = if line.acquired == AgeClaim::Undated { Truth::No } else { old };
    Claim { holds: bred.or(told_old), missing: FactSet::of(&[Fact::Source]) }
}

/// A musical instrument that crosses with its player, and is not sold.
///
/// Source: Res. Conf. 16.8 (Rev. CoP18).
fn instrument(facts: &Facts, crossing: &Crossing<'_>) -> Claim {
    if !crossing.claims.contains(Claims::INSTRUMENT) {
        return Claim::NO;
    }
    let sold = not_for_sale(crossing).negate();
    let holds = facts.is(key::live, YesNo::No).and(sold.negate());
    Claim { holds, missing: FactSet::of(&[Fact::PurposeImport]) }
}

/// A live animal, legally owned, that travels with its owner.
///
/// Source: Res. Conf. 10.20.
fn ownership(facts: &Facts, crossing: &Crossing<'_>) -> Claim {
    if !crossing.claims.contains(Claims::OWNERSHIP) {
        return Claim::NO;
    }
    let holds = facts.is(key::live, YesNo::Yes).and(not_for_sale(crossing));
    Claim { holds, missing: FactSet::of(&[Fact::PurposeImport]) }
}

/// A sample collection under a carnet: Appendix II and III, and Appendix I with source D; not for sale.
///
/// Source: Res. Conf. 12.3 (Rev. CoP19); 50 CFR 23.50.
fn sample(facts: &Facts, crossing: &Crossing<'_>) -> Claim {
    if !crossing.claims.contains(Claims::SAMPLE) {
        return Claim::NO;
    }
    let first = facts.is(key::appendix, ListedAs::I);
    let bred = facts.is(key::source, Source::AppendixICommercial);
    let holds = first.negate().or(bred).and(facts.is(key::live, YesNo::No));
    Claim { holds, missing: facts.missing_for(Fact::Appendix).with(Fact::Source) }
}

/// Not for sale on either side, as far as told.
pub(super) fn not_for_sale(crossing: &Crossing<'_>) -> Truth {
    let sides = [crossing.purpose_export, crossing.purpose_import];
    if sides.contains(&Some(Purpose::Commercial)) {
        return Truth::No;
    }
    if sides.iter().any(Option::is_some) { Truth::Yes } else { Truth::Unknown }
}

/// Appendix I bred in a registered operation, or propagated, for commercial purposes.
///
/// Source: Art. VII.4; Res. Conf. 12.10 (Rev. CoP15): animals only from an operation in the register.
fn deemed_ii(facts: &Facts) -> Claim {
    let bred = facts.is(key::source, Source::AppendixICommercial);
    let first = facts.is(key::appendix, ListedAs::I);
    if bred.and(first).is_no() {
        return Claim::NO;
    }
    let registered = facts.is(key::kingdom, Realm::Plant).or(facts.is(key::registered, YesNo::Yes));
    let missing = facts.missing_for(Fact::Appendix);
    let missing = if registered.is_yes() { missing } else { missing.with(Fact::Registered) };
    Claim { holds: bred.and(first).and(registered), missing: missing_source(facts, missing) }
}

/// Bred in captivity or artificially propagated. Of Appendix I animals only those not bred for sale.
///
/// Source: Art. VII.5; Res. Conf. 10.16 (Rev.), 11.11 (Rev. CoP18); Res. Conf. 12.10, preamble.
fn captive(facts: &Facts, line: &Line<'_>) -> Claim {
    let animal = facts.is(key::kingdom, Realm::Animal);
    let bred = facts.is(key::source, Source::CaptiveBred).and(animal);
    let grown = facts.is(key::source, Source::ArtificiallyPropagated).and(animal.negate());
    let commercial_grown = facts.is(key::source, Source::AppendixICommercial).and(animal.negate());
    if bred.or(grown).or(commercial_grown).is_no() {
        return Claim::NO;
    }
    // Propagated hybrids of Appendix I plants need only the certificate, whatever it is sold for.
    let plant_hybrid = if line.hybrid == Hybridity::No { Truth::No } else { commercial_grown };
    let first = facts.is(key::appendix, ListedAs::I);
    let for_sale = facts.is(key::breeding, Breeding::Commercial);
    let animal_free = bred.and(first.negate().or(for_sale.negate()));
    let holds = animal_free.or(grown).or(plant_hybrid);
    let missing = facts.missing_for(Fact::Appendix).union(facts.missing_for(Fact::Breeding));
    Claim { holds, missing: missing_source(facts, missing) }
}

/// The source alone, while it is open.
fn missing_source(facts: &Facts, missing: FactSet) -> FactSet {
    if facts.is_open(Fact::Source) { FactSet::of(&[Fact::Source]) } else { missing }
}
