//! All rules of a law book: those of the treaty, and those each pack adds.
//!
//! A book that contradicts itself does not load: names used twice on one day, exceptions to nothing, in a
//! circle, or in disagreement are errors with file and line.

use cites::{Country, Day, Outcome, RuleId, TaxonId};

use super::check;
use super::error::{RuleError, Wrong};
use super::model::{Effect, Place, RequiredDocument, Rule, Stage};
use super::read::{ReadRule, TaxaCondition, read};
use super::set::{Finding, Met, RuleSet};
use super::test::Test;

/// A file of rules, as text.
#[derive(Debug, Clone, Copy)]
pub struct RuleFile<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The pack it belongs to; `None` for the treaty.
    pub pack: Option<Pack<'a>>,
}

/// A pack by its name and its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pack<'a> {
    /// Its name, the folder below `data/packs`.
    pub name: &'a str,
    /// The country whose law it holds.
    pub country: Country,
}

/// What a rule set is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// The caps of personal effects: is the amount within them?
    Cap,
    /// A line of a consignment: what does the law require?
    Line,
    /// A paper presented for it: is it good?
    Paper,
}

/// The rules of one pack.
#[derive(Debug, Clone)]
pub struct PackRules {
    /// The pack's name.
    pub name: Box<str>,
    /// The country whose law it holds.
    pub country: Country,
    /// The rules about lines.
    pub lines: RuleSet,
    /// The rules about papers.
    pub papers: RuleSet,
}

/// All rules of a law book.
#[derive(Debug, Clone)]
pub struct RuleBook {
    rules: Vec<Rule>,
    caps: RuleSet,
    lines: RuleSet,
    papers: RuleSet,
    packs: Vec<PackRules>,
    groups: Vec<Vec<TaxonId>>,
    /// By rule: what of it every finding is asked about.
    briefs: Vec<Brief>,
}

/// What of a rule every finding is asked about, small so that many stand in a cache line.
#[derive(Debug, Clone, Copy)]
struct Brief {
    effect: Effect,
    /// Whether a clear answer for a line or a paper may rest on it. A cap of personal effects decides a fact only.
    is_ground: bool,
}

/// The most groups of taxa that the rules of a book may name.
pub const MOST_GROUPS: usize = 64;

impl RuleBook {
    /// Reads and checks `files`. `taxon` finds the taxon a rule names.
    ///
    /// # Errors
    /// Every mistake found; of a file that cannot be read, its first.
    pub fn read(
        files: &[RuleFile<'_>],
        taxon: impl Fn(&str) -> Option<TaxonId>,
    ) -> Result<RuleBook, Vec<RuleError>> {
        let (read, errors) = read_all(files);
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut groups = Vec::new();
        let (mut rules, overrides) = resolve_taxa(read, &taxon, &mut groups)?;
        check::resolve(&mut rules, &overrides)?;
        check::consistent(&rules)?;
        check::sizes(&rules, groups.len(), MOST_GROUPS)?;
        let set = |pack: Option<&str>, occasion| compile(&rules, pack, occasion);
        let packs = packs(files).into_iter().map(|pack| PackRules {
            name: pack.name.into(),
            country: pack.country,
            lines: set(Some(pack.name), Occasion::Line),
            papers: set(Some(pack.name), Occasion::Paper),
        });
        let packs = packs.collect();
        let [caps, lines, papers] = [Occasion::Cap, Occasion::Line, Occasion::Paper].map(|of| set(None, of));
        let is_ground = |rule: &Rule| rule.stage != Stage::Caps && rule.effect.is_ground();
        let brief = |rule: &Rule| Brief { effect: rule.effect, is_ground: is_ground(rule) };
        let briefs = rules.iter().map(brief).collect();
        Ok(RuleBook { caps, lines, papers, packs, groups, briefs, rules })
    }

    /// The rule of an id; `None` for an id of another edition.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(usize::from(id.0))
    }

    /// The rule of an id, where `effect` follows from it; others are not looked at.
    pub fn rule_to(&self, effect: Effect, id: RuleId) -> Option<&Rule> {
        self.brief(id).filter(|brief| brief.effect == effect).and_then(|_| self.rule(id))
    }

    /// What findings about a line or a paper come to: the worst of them; without a ground for a clear answer, at
    /// least "refer".
    pub fn outcome(&self, findings: &[Finding]) -> Outcome {
        let is_ground = |finding: &Finding| {
            finding.met == Met::Met && self.brief(finding.rule).is_some_and(|brief| brief.is_ground)
        };
        let least = if findings.iter().any(is_ground) { Outcome::Clear } else { Outcome::Refer };
        findings.iter().map(|finding| finding.outcome).fold(least, Outcome::max)
    }

    fn brief(&self, id: RuleId) -> Option<&Brief> {
        self.briefs.get(usize::from(id.0))
    }

    /// Every rule with its id, in the order in which answers show them.
    pub fn rules(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.iter().enumerate().map(|(place, rule)| (RuleId(place as u16), rule))
    }

    /// The document at `place` among those the rule `id` requires.
    pub fn document(&self, id: RuleId, place: u8) -> Option<&RequiredDocument> {
        self.rule(id)?.documents.get(usize::from(place))
    }

    /// The rules of the name `key` that are in force on `on`.
    pub fn named(&self, key: &str, on: Day) -> Option<(RuleId, &Rule)> {
        self.rules().find(|(_, rule)| &*rule.key == key && rule.in_force.contains(on))
    }

    /// The rules of the treaty about the caps of personal effects.
    pub fn caps(&self) -> &RuleSet {
        &self.caps
    }

    /// The rules of the treaty about lines.
    pub fn lines(&self) -> &RuleSet {
        &self.lines
    }

    /// The rules of the treaty about papers.
    pub fn papers(&self) -> &RuleSet {
        &self.papers
    }

    /// The packs, by name.
    pub fn packs(&self) -> &[PackRules] {
        &self.packs
    }

    /// The groups of taxa that rules name.
    pub fn groups(&self) -> &[Vec<TaxonId>] {
        &self.groups
    }
}

/// What a rule is asked about.
pub(super) fn occasion(rule: &Rule) -> Occasion {
    match rule.stage {
        Stage::Caps => Occasion::Cap,
        Stage::Papers => Occasion::Paper,
        _ => Occasion::Line,
    }
}

fn read_all(files: &[RuleFile<'_>]) -> (Vec<ReadRule>, Vec<RuleError>) {
    let (mut rules, mut errors) = (Vec::new(), Vec::new());
    for file in files {
        match read(file.name, file.text, file.pack.map(|pack| pack.name)) {
            Ok(read) => rules.extend(read),
            Err(error) => errors.push(error),
        }
    }
    rules.sort_by(|a, b| order(&a.rule).cmp(&order(&b.rule)));
    (rules, errors)
}

/// Sets stand together, and in a set the rules stand as answers show them.
fn order(rule: &Rule) -> (Option<&str>, Occasion, Stage, &Place) {
    (rule.pack.as_deref(), occasion(rule), rule.stage, &rule.place)
}

fn packs<'a>(files: &[RuleFile<'a>]) -> Vec<Pack<'a>> {
    let mut packs: Vec<Pack<'a>> = files.iter().filter_map(|file| file.pack).collect();
    packs.sort_unstable();
    packs.dedup_by(|a, b| a.name == b.name);
    packs
}

type Overrides = Vec<Vec<(String, Place)>>;

fn resolve_taxa(
    read: Vec<ReadRule>,
    taxon: impl Fn(&str) -> Option<TaxonId>,
    groups: &mut Vec<Vec<TaxonId>>,
) -> Result<(Vec<Rule>, Overrides), Vec<RuleError>> {
    let (mut rules, mut overrides, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for ReadRule { mut rule, overrides: names, taxa } in read {
        let mut tests = rule.tests.into_vec();
        for condition in &taxa {
            match group_of(condition, &taxon, groups) {
                Ok(test) => tests.push(test),
                Err(error) => errors.push(error),
            }
        }
        rule.tests = tests.into();
        rules.push(rule);
        overrides.push(names);
    }
    if errors.is_empty() { Ok((rules, overrides)) } else { Err(errors) }
}

fn group_of(
    condition: &TaxaCondition,
    taxon: impl Fn(&str) -> Option<TaxonId>,
    groups: &mut Vec<Vec<TaxonId>>,
) -> Result<Test, RuleError> {
    let mut group = Vec::with_capacity(condition.names.len());
    for name in &condition.names {
        let wrong = || RuleError { place: condition.place.clone(), wrong: Wrong::UnknownTaxon(name.clone()) };
        group.push(taxon(name).ok_or_else(wrong)?);
    }
    group.sort_unstable();
    let place = groups.iter().position(|known| *known == group).unwrap_or_else(|| {
        groups.push(group);
        groups.len() - 1
    });
    let place = place as u8;
    Ok(if condition.within { Test::InGroup(place) } else { Test::NotInGroup(place) })
}

fn compile(rules: &[Rule], pack: Option<&str>, of: Occasion) -> RuleSet {
    let belongs = |rule: &Rule| rule.pack.as_deref() == pack && occasion(rule) == of;
    let first = rules.iter().position(belongs).unwrap_or(0);
    let count = rules.iter().skip(first).take_while(|rule| belongs(rule)).count();
    let slice = rules.get(first..first + count).unwrap_or_default();
    RuleSet::compile(first as u16, slice)
}
