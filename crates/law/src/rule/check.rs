//! Whether a book of rules is consistent with itself.

use std::collections::{BTreeMap, BTreeSet};

use cites::RuleId;

use super::bits::RuleBits;
use super::book::{Occasion, occasion};
use super::error::{RuleError, Wrong};
use super::model::{Place, Rule};

/// Turns the names of excepted rules into ids. An exception stands in one set with what it excepts.
pub(super) fn resolve(rules: &mut [Rule], names: &[Vec<(String, Place)>]) -> Result<(), Vec<RuleError>> {
    let mut by_name: BTreeMap<(SetName, Box<str>), Vec<RuleId>> = BTreeMap::new();
    for (place, rule) in rules.iter().enumerate() {
        by_name.entry((set_name(rule), rule.key.clone())).or_default().push(RuleId(place as u16));
    }
    let mut errors = Vec::new();
    for (rule, names) in rules.iter_mut().zip(names) {
        let mut overrides = Vec::new();
        for (name, place) in names {
            match by_name.get(&(set_name(rule), name.as_str().into())) {
                Some(ids) => overrides.extend(ids),
                None => {
                    errors.push(RuleError { place: place.clone(), wrong: Wrong::UnknownRule(name.clone()) })
                }
            }
        }
        rule.overrides = overrides.into();
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

type SetName = (Option<Box<str>>, Occasion);

fn set_name(rule: &Rule) -> SetName {
    (rule.pack.clone(), occasion(rule))
}

/// Names, circles and disagreements.
pub(super) fn consistent(rules: &[Rule]) -> Result<(), Vec<RuleError>> {
    let mut errors = names(rules);
    errors.extend(circles(rules));
    errors.extend(disagreements(rules));
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// More rules than a set, or more groups than a book, has room for.
pub(super) fn sizes(rules: &[Rule], groups: usize, most_groups: usize) -> Result<(), Vec<RuleError>> {
    let mut counts: BTreeMap<SetName, usize> = BTreeMap::new();
    rules.iter().for_each(|rule| *counts.entry(set_name(rule)).or_default() += 1);
    let place = || rules.first().map_or(Place { file: "".into(), line: 1 }, |rule| rule.place.clone());
    let wrong = |most, what| Err(vec![RuleError { place: place(), wrong: Wrong::TooMany(most, what) }]);
    if counts.values().any(|count| *count > RuleBits::CAPACITY) {
        return wrong(RuleBits::CAPACITY, "rules in one set");
    }
    if groups > most_groups {
        return wrong(most_groups, "groups of taxa");
    }
    Ok(())
}

fn names(rules: &[Rule]) -> Vec<RuleError> {
    let mut by_name: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    rules.iter().for_each(|rule| by_name.entry(&rule.key).or_default().push(rule));
    let mut errors = Vec::new();
    for namesakes in by_name.values() {
        for (at, rule) in namesakes.iter().enumerate() {
            let earlier = namesakes.iter().take(at);
            errors.extend(earlier.filter_map(|other| clash(rule, other)));
        }
    }
    errors
}

fn clash(rule: &Rule, other: &Rule) -> Option<RuleError> {
    let key = rule.key.to_string();
    let wrong = if set_name(rule) != set_name(other) {
        Wrong::Shared { key, other: other.place.clone() }
    } else if rule.in_force.overlaps(other.in_force) {
        let day = rule.in_force.from.max(other.in_force.from);
        Wrong::Overlap { key, day, other: other.place.clone() }
    } else {
        return None;
    };
    Some(RuleError { place: rule.place.clone(), wrong })
}

fn circles(rules: &[Rule]) -> Vec<RuleError> {
    let reaches = |start: usize| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<usize> = excepted(rules, start).collect();
        while let Some(place) = next.pop() {
            if seen.insert(place) {
                next.extend(excepted(rules, place));
            }
        }
        seen
    };
    let mut errors = Vec::new();
    for (place, rule) in rules.iter().enumerate() {
        let seen = reaches(place);
        if seen.contains(&place) {
            let through =
                excepted(rules, place).find(|other| seen.contains(other)).and_then(|other| rules.get(other));
            let through = through.map_or_else(String::new, |other| format!("`{}`", other.key));
            errors.push(RuleError {
                place: rule.place.clone(),
                wrong: Wrong::Cycle(rule.key.to_string(), through),
            });
        }
    }
    errors
}

/// Two exceptions to one rule that can hold together, neither of which yields, and that do not say the same.
fn disagreements(rules: &[Rule]) -> Vec<RuleError> {
    let mut exceptions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..rules.len() {
        excepted(rules, place).for_each(|to| exceptions.entry(to).or_default().push(place));
    }
    let mut errors = Vec::new();
    for (to, places) in exceptions {
        let Some(to) = rules.get(to) else { continue };
        for (at, one) in places.iter().enumerate() {
            let others = places.iter().skip(at + 1);
            errors.extend(others.filter_map(|two| disagreement(rules, *one, *two, to)));
        }
    }
    errors
}

fn disagreement(rules: &[Rule], one: usize, two: usize, to: &Rule) -> Option<RuleError> {
    let yields = |a, b| excepted(rules, a).any(|other| other == b);
    let (first, second) = (rules.get(one)?, rules.get(two)?);
    let same = first.effect == second.effect && first.documents == second.documents;
    if same || yields(one, two) || yields(two, one) || !first.meets(second) {
        return None;
    }
    let wrong = Wrong::Disagreement {
        one: first.key.to_string(),
        two: second.key.to_string(),
        to: to.key.to_string(),
    };
    Some(RuleError { place: first.place.clone(), wrong })
}

fn excepted(rules: &[Rule], place: usize) -> impl Iterator<Item = usize> {
    rules.get(place).into_iter().flat_map(|rule| rule.overrides.iter().map(|id| usize::from(id.0)))
}
