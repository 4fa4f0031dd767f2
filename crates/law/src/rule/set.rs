//! Rules compiled for speed: one pass over the facts tells which rules are met and which are undecided.
//!
//! For each byte of facts and each set of values that may be left of them, two sets of rules are kept: those that
//! some of the values do not exclude, and those that none of them excludes. Joining them over the bytes gives, for
//! all rules at once, "may hold" and "surely holds". Nothing is allocated while the findings fit in place. A
//! property test holds this against the rules looked at one by one.

use cites::{Day, Outcome, RuleId};
use smallvec::{Array, SmallVec};

use super::bits::RuleBits;
use super::codes::Codes;
use super::column::{Columns, Left};
use super::fact::FactSet;
use super::facts::{Facts, Truth};
use super::model::{Effect, Mask, Rule};
use super::test::Test;

/// What one rule says about one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: RuleId,
    /// What it comes to: a rule short of a fact refers.
    pub outcome: Outcome,
    /// Whether the rule surely holds.
    pub met: Met,
    /// Whether the rule and all it rests on are verified.
    pub verified: bool,
    /// What must be told to decide it; empty when it is met.
    pub missing: FactSet,
}

/// Whether a rule surely holds. A rule that surely does not makes no finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// It holds.
    Met,
    /// It may hold.
    Unknown,
}

/// Findings about a line, in place while they are few.
pub type Findings = SmallVec<[Finding; 24]>;

/// Findings about a paper, in place while they are few.
pub type PaperFindings = SmallVec<[Finding; 6]>;

/// A set of rules that is asked as a whole.
#[derive(Debug, Clone)]
pub struct RuleSet {
    columns: Columns,
    codes: Codes,
    /// By rule: what a finding about it is made of.
    rules: Vec<Told>,
    tests: Vec<(Test, RuleBits)>,
    seasons: Vec<(Day, RuleBits)>,
    exceptions: Vec<(usize, RuleBits)>,
    /// The rules that are exceptions to others.
    excepting: RuleBits,
}

impl RuleSet {
    /// Compiles `rules`, whose ids run from `first`. Their number was checked.
    pub(super) fn compile(first: u16, rules: &[Rule]) -> RuleSet {
        let tests = tests(rules);
        let told = (first..).zip(rules).enumerate();
        RuleSet {
            rules: told.map(|(place, (id, rule))| Told::of(RuleId(id), rule, place, &tests)).collect(),
            columns: Columns::compile(rules),
            codes: Codes::compile(rules.len(), &tests),
            tests,
            seasons: seasons(rules),
            exceptions: exceptions(first, rules),
            excepting: places(rules, |rule| !rule.overrides.is_empty()),
        }
    }

    /// How many rules the set has.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether the set has no rule.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Adds what every rule in force on `on` says about `facts`, in the order of the rules.
    pub fn evaluate<A: Array<Item = Finding>>(&self, facts: &Facts, on: Day, findings: &mut SmallVec<A>) {
        let in_force = self.in_force(on);
        let left = self.columns.narrow(facts.all_possible(), Left::all(in_force));
        let left = self.codes.narrow(&facts.particulars, left);
        let mut state = State { may: left.some, surely: left.every, missing: SmallVec::new() };
        self.apply_exceptions(facts, &mut state);
        for place in state.may.iter() {
            if let Some(finding) = self.finding(place, facts, &state) {
                findings.push(finding);
            }
        }
    }

    /// The rules in force on a day.
    fn in_force(&self, on: Day) -> RuleBits {
        // From the last: most questions are of the law of these years.
        let season = self.seasons.iter().rev().find(|(from, _)| *from <= on);
        season.map_or(RuleBits::NONE, |(_, rules)| *rules)
    }

    /// An exception that holds removes what it excepts; one that may hold leaves it undecided.
    fn apply_exceptions(&self, facts: &Facts, state: &mut State) {
        if state.may.and(self.excepting).is_empty() {
            return;
        }
        for (place, excepted) in &self.exceptions {
            if !state.may.contains(*place) {
                continue;
            }
            if state.surely.contains(*place) {
                state.may = state.may.without(*excepted);
                state.surely = state.surely.without(*excepted);
                continue;
            }
            let missing = self.missing(*place, facts).union(state.missing_of(*place));
            for other in state.may.and(*excepted).iter() {
                state.missing.push((other, missing));
            }
            state.surely = state.surely.without(*excepted);
        }
    }

    fn finding(&self, place: usize, facts: &Facts, state: &State) -> Option<Finding> {
        let rule = self.rules.get(place)?;
        let effect = rule.effect;
        let met = if state.surely.contains(place) { Met::Met } else { Met::Unknown };
        let (outcome, missing) = match met {
            Met::Met => (effect.outcome(), FactSet::EMPTY),
            Met::Unknown if matches!(effect, Effect::Note | Effect::Ask) => return None,
            Met::Unknown => {
                let outcome = if effect == Effect::Clear { Outcome::Clear } else { Outcome::Refer };
                (outcome, self.lacking(rule, facts).union(state.missing_of(place)))
            }
        };
        let verified = rule.is_verified && rule.used.intersection(facts.unverified()).is_empty();
        Some(Finding { rule: rule.id, outcome, met, verified, missing })
    }

    /// What must be told to decide the rule at `place` itself.
    fn missing(&self, place: usize, facts: &Facts) -> FactSet {
        self.rules.get(place).map_or(FactSet::EMPTY, |rule| self.lacking(rule, facts))
    }

    fn lacking(&self, rule: &Told, facts: &Facts) -> FactSet {
        let mut missing = FactSet::EMPTY;
        for mask in rule.masks.iter().filter(|mask| mask.is_open(facts.possible(mask.fact))) {
            missing = missing.union(facts.missing_for(mask.fact));
        }
        for (test, _) in rule.tests.iter().filter_map(|at| self.tests.get(usize::from(*at))) {
            if test.holds(&facts.particulars) == Truth::Unknown {
                missing = missing.union(facts.missing_for(test.fact()));
            }
        }
        missing
    }
}

/// What of a rule is told by a finding about it.
#[derive(Debug, Clone)]
struct Told {
    id: RuleId,
    effect: Effect,
    is_verified: bool,
    used: FactSet,
    masks: Box<[Mask]>,
    /// The places of its tests.
    tests: Box<[u8]>,
}

impl Told {
    fn of(id: RuleId, rule: &Rule, place: usize, tests: &[(Test, RuleBits)]) -> Told {
        let asking = tests.iter().enumerate().filter(|(_, (_, rules))| rules.contains(place));
        let tests = asking.filter_map(|(at, _)| u8::try_from(at).ok()).collect();
        let (effect, is_verified) = (rule.effect, rule.confidence.is_verified());
        Told { id, effect, is_verified, used: rule.used(), masks: rule.masks.clone(), tests }
    }
}

/// Which rules may hold and surely hold, while a line is asked.
struct State {
    may: RuleBits,
    surely: RuleBits,
    /// What must be told to decide the exceptions to a rule.
    missing: SmallVec<[(usize, FactSet); 4]>,
}

impl State {
    fn missing_of(&self, place: usize) -> FactSet {
        let of_place = self.missing.iter().filter(|(other, _)| *other == place);
        of_place.fold(FactSet::EMPTY, |all, (_, missing)| all.union(*missing))
    }
}

/// Each distinct condition once, with the rules that make it.
fn tests(rules: &[Rule]) -> Vec<(Test, RuleBits)> {
    let mut tests: Vec<(Test, RuleBits)> = Vec::new();
    for (place, test) in
        rules.iter().enumerate().flat_map(|(place, rule)| rule.tests.iter().map(move |test| (place, test)))
    {
        let known = tests.iter().position(|(other, _)| other == test);
        let at = known.unwrap_or_else(|| {
            tests.push((test.clone(), RuleBits::NONE));
            tests.len() - 1
        });
        if let Some((_, rules)) = tests.get_mut(at) {
            rules.insert(place);
        }
    }
    tests
}

/// The rules in force from each day on which that changes.
fn seasons(rules: &[Rule]) -> Vec<(Day, RuleBits)> {
    let begins = rules.iter().map(|rule| rule.in_force.from);
    let mut days: Vec<Day> = begins.chain(rules.iter().filter_map(|rule| rule.in_force.until)).collect();
    days.sort_unstable();
    days.dedup();
    days.into_iter().map(|day| (day, places(rules, |rule| rule.in_force.contains(day)))).collect()
}

/// The exceptions, each before the exceptions it is itself an exception to.
fn exceptions(first: u16, rules: &[Rule]) -> Vec<(usize, RuleBits)> {
    let local = |id: &RuleId| usize::from(id.0.saturating_sub(first));
    let mut waiting: Vec<usize> =
        (0..rules.len()).filter(|place| overrides(rules, *place).next().is_some()).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let excepted: Vec<usize> =
            waiting.iter().flat_map(|place| overrides(rules, *place)).map(local).collect();
        let (later, ready): (Vec<usize>, Vec<usize>) =
            waiting.iter().partition(|place| excepted.contains(place));
        if ready.is_empty() {
            break;
        }
        ordered.extend(ready);
        waiting = later;
    }
    let bits = |place: usize| {
        let mut bits = RuleBits::NONE;
        overrides(rules, place).map(local).for_each(|other| bits.insert(other));
        bits
    };
    ordered.into_iter().map(|place| (place, bits(place))).collect()
}

fn overrides(rules: &[Rule], place: usize) -> impl Iterator<Item = &RuleId> {
    rules.get(place).into_iter().flat_map(|rule| rule.overrides.iter())
}

pub(super) fn places(rules: &[Rule], holds: impl Fn(&Rule) -> bool) -> RuleBits {
    let mut bits = RuleBits::NONE;
    rules.iter().enumerate().filter(|(_, rule)| holds(rule)).for_each(|(place, _)| bits.insert(place));
    bits
}
