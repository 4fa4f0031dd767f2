//! Personal and household effects.
//!
//! Source: Art. VII.3; Res. Conf. 13.7 (Rev. CoP17); 50 CFR 23.15. The caps are rules of the stage `caps`.

use cites::{Day, Outcome, Source};

use super::input::{Crossing, Line};
use super::regime::{Claim, not_for_sale};
use crate::rule::{
    Carrier, Fact, FactSet, Facts, Findings, ListedAs, Met, PersonalCap, RuleBook, Truth, YesNo, key,
};

/// Whether the line is a personal effect, and fills the fact of its cap.
pub(super) fn claim(
    facts: &mut Facts,
    line: &Line<'_>,
    crossing: &Crossing<'_>,
    rules: &RuleBook,
    on: Day,
) -> Claim {
    if !is_carried(crossing) {
        facts.know(key::personal_cap, PersonalCap::NotSet);
        return Claim::NO;
    }
    cap(facts, rules, on);
    let live = facts.is(key::live, YesNo::Yes);
    let mut claim = by_appendix(facts, line, crossing);
    let sale = not_for_sale(crossing);
    if sale == Truth::Unknown {
        claim.missing = claim.missing.with(Fact::PurposeImport);
    }
    if live == Truth::Unknown {
        claim.missing = claim.missing.with(Fact::Live);
    }
    Claim { holds: claim.holds.and(live.negate()).and(sale), missing: claim.missing }
}

/// Worn or carried by a traveller, or in the move of a household. Goods sent by post never are.
pub(super) fn is_carried(crossing: &Crossing<'_>) -> bool {
    matches!(crossing.carrier, Some(Carrier::Baggage | Carrier::Household | Carrier::Crew))
}

/// The amount against the cap for such specimens, as the rules of the stage `caps` find it.
fn cap(facts: &mut Facts, rules: &RuleBook, on: Day) {
    let mut findings = Findings::new();
    rules.caps().evaluate(facts, on, &mut findings);
    let met = |outcome| findings.iter().any(|found| found.met == Met::Met && found.outcome == outcome);
    if met(Outcome::Refer) {
        facts.know(key::personal_cap, PersonalCap::Above);
    } else if met(Outcome::Clear) {
        facts.know(key::personal_cap, PersonalCap::Within);
    } else if findings.is_empty() {
        facts.know(key::personal_cap, PersonalCap::NotSet);
    } else {
        let missing = findings.iter().fold(FactSet::EMPTY, |all, found| all.union(found.missing));
        facts.because(Fact::PersonalCap, missing);
    }
}

fn by_appendix(facts: &Facts, line: &Line<'_>, crossing: &Crossing<'_>) -> Claim {
    let home = coming_home(crossing);
    let untold_home = if home == Truth::Unknown { FactSet::of(&[Fact::Residence]) } else { FactSet::EMPTY };
    let first = home.negate();
    let second = second(facts, line, home);
    let listed = |listed| facts.is(key::appendix, listed);
    let holds = [(ListedAs::I, first), (ListedAs::II, second.holds), (ListedAs::III, Truth::Yes)];
    // Every Appendix that is possible must allow it.
    let mut all = Truth::Yes;
    let mut some = Truth::No;
    for (appendix, allowed) in holds {
        if listed(appendix) != Truth::No {
            all = all.and(allowed);
            some = some.or(allowed);
        }
    }
    let holds = if all == some { all } else { Truth::Unknown };
    let missing = facts.missing_for(Fact::Appendix).union(second.missing).union(untold_home);
    Claim { holds, missing }
}

/// Acquired outside the State where the owner lives, and brought there.
fn coming_home(crossing: &Crossing<'_>) -> Truth {
    let at_home = crossing.residence.zip(crossing.importer).map(|(home, importer)| home == importer);
    let abroad = crossing.residence.zip(crossing.exporter).map(|(home, exporter)| home != exporter);
    Truth::from(at_home).and(Truth::from(abroad))
}

/// Appendix II: within a cap, or not all three of: acquired abroad, brought home, taken from the wild in a
/// State that asks for an export permit. What that State asks is not known here.
fn second(facts: &Facts, line: &Line<'_>, home: Truth) -> Claim {
    if facts.is(key::personal_cap, PersonalCap::Above).is_yes() {
        return Claim::NO;
    }
    if facts.is(key::personal_cap, PersonalCap::Within).is_yes() {
        return Claim::when(true);
    }
    if facts.is_open(Fact::PersonalCap) {
        return Claim { holds: Truth::Unknown, missing: facts.missing_for(Fact::PersonalCap) };
    }
    let bred = [Source::CaptiveBred, Source::ArtificiallyPropagated, Source::BornInCaptivity];
    let wild = Truth::from(line.source.and_then(|code| code.primary()).map(|source| !bred.contains(&source)));
    let asks_permit = wild.and(Truth::Unknown);
    let missing = if wild == Truth::Unknown { Fact::Source } else { Fact::Condition };
    Claim { holds: home.and(asks_permit).negate(), missing: FactSet::of(&[missing]) }
}
