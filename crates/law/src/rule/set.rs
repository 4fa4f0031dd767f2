//! Rules compiled for speed: one pass over the facts tells which rules are met and which are undecided.
//!
//! For each fact and each of its values a set of rules is kept that the value does not exclude. Joining the
//! sets of the values that are left gives, for all rules at once, "may hold" and "surely holds". Nothing is
//! allocated while the findings fit in place.

use cites::{Day, Outcome, RuleId};
use smallvec::SmallVec;

use super::bits::RuleBits;
use super::fact::{Fact, FactSet};
use super::facts::{Facts, Truth};
use super::model::{Effect, Rule};
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

/// Findings, in place while they are few.
pub type Findings = SmallVec<[Finding; 12]>;

/// A set of rules that is asked as a whole.
#[derive(Debug, Clone)]
pub struct RuleSet {
    first: u16,
    columns: Vec<Column>,
    /// By column and place of the value: the rules it does not exclude.
    allowed: Vec<RuleBits>,
    tests: Vec<(Test, RuleBits)>,
    seasons: Vec<(Day, RuleBits)>,
    exceptions: Vec<(usize, RuleBits)>,
    effects: Vec<Effect>,
    used: Vec<FactSet>,
    verified: RuleBits,
}

/// One fact as the rules see it.
#[derive(Debug, Clone, Copy)]
struct Column {
    fact: Fact,
    /// Where its values begin in [`RuleSet::allowed`], and how many there are.
    begins: u32,
    values: u32,
    /// The rules that do not ask about the fact.
    silent: RuleBits,
}

impl RuleSet {
    /// Compiles `rules`, whose ids run from `first`. Their number was checked.
    pub(super) fn compile(first: u16, rules: &[Rule]) -> RuleSet {
        let (columns, allowed) = columns(rules);
        RuleSet {
            first,
            columns,
            allowed,
            tests: tests(rules),
            seasons: seasons(rules),
            exceptions: exceptions(first, rules),
            effects: rules.iter().map(|rule| rule.effect).collect(),
            used: rules.iter().map(Rule::used).collect(),
            verified: places(rules, |rule| rule.confidence.is_verified()),
        }
    }

    /// How many rules the set has.
    pub fn len(&self) -> usize {
        self.effects.len()
    }

    /// Whether the set has no rule.
    pub fn is_empty(&self) -> bool {
        self.effects.is_empty()
    }

    /// Adds what every rule in force on `on` says about `facts`, in the order of the rules.
    pub fn evaluate(&self, facts: &Facts, on: Day, findings: &mut Findings) {
        let mut state = State { may: self.in_force(on), surely: RuleBits::NONE, missing: SmallVec::new() };
        state.surely = state.may;
        self.ask_columns(facts, &mut state);
        self.ask_tests(facts, &mut state);
        self.apply_exceptions(facts, &mut state);
        for place in state.may.iter() {
            findings.extend(self.finding(place, facts, &state));
        }
    }

    /// The rules in force on a day.
    fn in_force(&self, on: Day) -> RuleBits {
        let season = self.seasons.partition_point(|(from, _)| *from <= on);
        season
            .checked_sub(1)
            .and_then(|last| self.seasons.get(last))
            .map_or(RuleBits::NONE, |(_, rules)| *rules)
    }

    /// The rules that a value of a column does not exclude.
    #[inline]
    fn allowed(&self, column: &Column, value: u32) -> RuleBits {
        self.allowed.get((column.begins + value) as usize).copied().unwrap_or(column.silent)
    }

    /// The rules that some, and that every, of the possible values of a column does not exclude.
    fn of_several(&self, column: &Column, possible: u32) -> (RuleBits, RuleBits) {
        let values = (0..column.values).filter(|value| possible & 1 << value != 0);
        let allowed = values.map(|value| self.allowed(column, value));
        let joined = allowed.fold(None, |joined: Option<(RuleBits, RuleBits)>, bits| {
            let (some, every) = joined.unwrap_or((bits, bits));
            Some((some.or(bits), every.and(bits)))
        });
        joined.unwrap_or((column.silent, column.silent))
    }

    fn ask_columns(&self, facts: &Facts, state: &mut State) {
        for column in &self.columns {
            let possible = facts.possible(column.fact);
            if possible == u32::MAX {
                state.surely = state.surely.and(column.silent);
            } else if possible.is_power_of_two() {
                let allowed = self.allowed(column, possible.trailing_zeros());
                state.may = state.may.and(allowed);
                state.surely = state.surely.and(allowed);
            } else {
                let (some, every) = self.of_several(column, possible);
                state.may = state.may.and(some);
                state.surely = state.surely.and(every);
            }
        }
    }

    fn ask_tests(&self, facts: &Facts, state: &mut State) {
        for (test, rules) in &self.tests {
            if state.may.and(*rules).is_empty() {
                continue;
            }
            match test.holds(&facts.particulars) {
                Truth::Yes => {}
                Truth::No => {
                    state.may = state.may.without(*rules);
                    state.surely = state.surely.without(*rules);
                }
                Truth::Unknown => state.surely = state.surely.without(*rules),
            }
        }
    }

    /// An exception that holds removes what it excepts; one that may hold leaves it undecided.
    fn apply_exceptions(&self, facts: &Facts, state: &mut State) {
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
        let effect = *self.effects.get(place)?;
        let used = *self.used.get(place)?;
        let met = if state.surely.contains(place) { Met::Met } else { Met::Unknown };
        let (outcome, missing) = match met {
            Met::Met => (effect.outcome(), FactSet::EMPTY),
            Met::Unknown if matches!(effect, Effect::Note | Effect::Ask) => return None,
            Met::Unknown => {
                let outcome = if effect == Effect::Clear { Outcome::Clear } else { Outcome::Refer };
                (outcome, self.missing(place, facts).union(state.missing_of(place)))
            }
        };
        let rests_on_verified = used.intersection(facts.unverified()).is_empty();
        let verified = self.verified.contains(place) && rests_on_verified;
        let rule = RuleId(self.first.checked_add(u16::try_from(place).ok()?)?);
        Some(Finding { rule, outcome, met, verified, missing })
    }

    /// What must be told to decide the rule at `place` itself.
    fn missing(&self, place: usize, facts: &Facts) -> FactSet {
        let mut missing = FactSet::EMPTY;
        for column in &self.columns {
            if column.silent.contains(place) {
                continue;
            }
            let (some, every) = self.of_several(column, facts.possible(column.fact));
            if some.contains(place) && !every.contains(place) {
                missing = missing.union(facts.missing_for(column.fact));
            }
        }
        for (test, rules) in &self.tests {
            if rules.contains(place) && test.holds(&facts.particulars) == Truth::Unknown {
                missing = missing.union(facts.missing_for(test.fact()));
            }
        }
        missing
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

/// The facts that rules ask about, and for each value the rules it does not exclude.
fn columns(rules: &[Rule]) -> (Vec<Column>, Vec<RuleBits>) {
    let (mut columns, mut allowed) = (Vec::new(), Vec::new());
    for fact in Fact::VALUED {
        let mask_of =
            |rule: &Rule| rule.masks.iter().find(|mask| mask.fact == *fact).map(|mask| mask.allowed);
        let silent = places(rules, |rule| mask_of(rule).is_none());
        if silent == RuleBits::first(rules.len()) {
            continue;
        }
        let values = fact.vocabulary().map_or(0, |list| list.count);
        columns.push(Column { fact: *fact, begins: allowed.len() as u32, values, silent });
        allowed.extend(
            (0..values)
                .map(|value| places(rules, |rule| mask_of(rule).is_none_or(|mask| mask & 1 << value != 0))),
        );
    }
    (columns, allowed)
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

fn places(rules: &[Rule], holds: impl Fn(&Rule) -> bool) -> RuleBits {
    let mut bits = RuleBits::NONE;
    rules.iter().enumerate().filter(|(_, rule)| holds(rule)).for_each(|(place, _)| bits.insert(place));
    bits
}
