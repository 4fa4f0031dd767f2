//! How rules are asked: three-valued, with exceptions, on a day, and never milder for a fact that is missing.

use cites::{Day, Outcome, TaxonId, Term};
use proptest::prelude::*;

use super::fact::key;
use super::set::{Findings, Met};
use super::word::{ListedAs, YesNo};
use super::{Fact, FactSet, Facts, RuleBook, RuleFile};

fn book(rules: &[String]) -> RuleBook {
    let text = format!("about = \"A test.\"\nstage = \"documents\"\n{}", rules.concat());
    RuleBook::read(&[RuleFile { name: "test.toml", text: &text, pack: None }], |_| Some(TaxonId(0))).unwrap()
}

fn rule(id: &str, when: &str, outcome: &str, rest: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\ntitle = \"A rule.\"\nwhen = {{ {when} }}\noutcome = \"{outcome}\"\n\
         in_force = {{ from = 2000-01-01, until = 2020-01-01 }}\nchecked = 2026-11-24\nconfidence = \"F\"\n\
         source = {{ title = \"Convention\", clause = \"Art. III\" }}\n{rest}\n"
    )
}

const DAY: Day = Day::new(2010, 1, 1);

fn ask(book: &RuleBook, facts: &Facts, on: Day) -> Vec<(String, Outcome, bool)> {
    let mut findings = Findings::new();
    book.lines().evaluate(facts, on, &mut findings);
    let named = |id| book.rule(id).unwrap().key.to_string();
    findings.iter().map(|found| (named(found.rule), found.outcome, found.met == Met::Met)).collect()
}

#[test]
fn a_rule_is_met_undecided_or_silent() {
    let book = book(&[rule("a", "appendix = [\"I\"], live = [\"yes\"]", "refuse", "")]);
    let mut facts = Facts::default();
    assert_eq!(ask(&book, &facts, DAY), [("a".to_owned(), Outcome::Refer, false)]);
    facts.know(key::live, YesNo::Yes);
    facts.among(key::appendix, [ListedAs::I, ListedAs::II]);
    assert_eq!(ask(&book, &facts, DAY), [("a".to_owned(), Outcome::Refer, false)]);
    facts.know(key::appendix, ListedAs::I);
    assert_eq!(ask(&book, &facts, DAY), [("a".to_owned(), Outcome::Refuse, true)]);
    facts.know(key::live, YesNo::No);
    assert_eq!(ask(&book, &facts, DAY), []);
}

#[test]
fn a_rule_holds_from_its_first_day_to_the_day_before_its_end() {
    let book = book(&[rule("a", "live = [\"yes\"]", "refer", "")]);
    let mut facts = Facts::default();
    facts.know(key::live, YesNo::Yes);
    for (day, met) in [
        (Day::new(1999, 12, 31), false),
        (Day::new(2000, 1, 1), true),
        (Day::new(2019, 12, 31), true),
        (Day::new(2020, 1, 1), false),
    ] {
        assert_eq!(!ask(&book, &facts, day).is_empty(), met, "{day}");
    }
}

#[test]
fn an_undecided_rule_names_what_is_missing() {
    let book = book(&[rule("a", "appendix = [\"I\"], term = [\"HOR\"], live = [\"no\"]", "refuse", "")]);
    let mut facts = Facts::default();
    facts.know(key::live, YesNo::No);
    facts.among(key::appendix, [ListedAs::I, ListedAs::II]);
    facts.because(Fact::Appendix, FactSet::of(&[Fact::Subspecies]));
    let mut findings = Findings::new();
    book.lines().evaluate(&facts, DAY, &mut findings);
    let missing = findings.first().map(|found| found.missing);
    assert_eq!(missing, Some(FactSet::of(&[Fact::Subspecies, Fact::Term])));
}

#[test]
fn an_exception_removes_what_it_excepts_and_doubts_it_when_in_doubt() {
    let book = book(&[
        rule("general", "appendix = [\"I\"]", "refuse", ""),
        rule("exception", "live = [\"yes\"]", "clear", "overrides = [\"general\"]"),
        rule("back", "seized = [\"yes\"]", "refer", "overrides = [\"exception\"]"),
    ]);
    let mut facts = Facts::default();
    facts.know(key::appendix, ListedAs::I);
    facts.know(key::live, YesNo::Yes);
    facts.know(key::seized, YesNo::No);
    let clear = ("exception".to_owned(), Outcome::Clear, true);
    assert_eq!(ask(&book, &facts, DAY), [clear]);
    facts.know(key::seized, YesNo::Yes);
    let general = ("general".to_owned(), Outcome::Refuse, true);
    assert_eq!(ask(&book, &facts, DAY), [general, ("back".to_owned(), Outcome::Refer, true)]);
    let mut facts = Facts::default();
    facts.know(key::appendix, ListedAs::I);
    facts.know(key::seized, YesNo::No);
    let doubted = ("general".to_owned(), Outcome::Refer, false);
    assert_eq!(ask(&book, &facts, DAY), [doubted, ("exception".to_owned(), Outcome::Clear, false)]);
    let mut findings = Findings::new();
    book.lines().evaluate(&facts, DAY, &mut findings);
    assert_eq!(findings.first().map(|found| found.missing), Some(FactSet::of(&[Fact::Live])));
}

#[test]
fn a_finding_says_when_it_rests_on_something_unverified() {
    let memory = rule("memory", "live = [\"yes\"]", "refer", "").replace("\"F\"", "\"M\"");
    let book = book(&[rule("found", "live = [\"yes\"]", "refer", ""), memory]);
    let mut facts = Facts::default();
    facts.know(key::live, YesNo::Yes);
    let verified = |facts: &Facts| {
        let mut findings = Findings::new();
        book.lines().evaluate(facts, DAY, &mut findings);
        findings.iter().map(|found| found.verified).collect::<Vec<_>>()
    };
    assert_eq!(verified(&facts), [true, false]);
    facts.rests_on_unverified(Fact::Live);
    assert_eq!(verified(&facts), [false, false]);
}

/// A small book in which rules of every outcome hang on four facts, with exceptions between them.
fn varied_book() -> RuleBook {
    book(&[
        rule("not-listed", "appendix = [\"none\"]", "clear", ""),
        rule("two", "appendix = [\"II\", \"III\"]", "clear", ""),
        rule("one", "appendix = [\"I\"]", "refuse", ""),
        rule("live-one", "appendix = [\"I\"], live = [\"yes\"]", "refer", "overrides = [\"one\"]"),
        rule("seized", "seized = [\"yes\"], term = [\"HOR\", \"SKI\"]", "refuse", "overrides = [\"two\"]"),
        rule(
            "plant",
            "kingdom = [\"plant\"], live = { not = [\"yes\"] }",
            "clear",
            "overrides = [\"seized\"]",
        ),
    ])
}

fn outcome(book: &RuleBook, facts: &Facts) -> Outcome {
    let mut findings = Findings::new();
    book.lines().evaluate(facts, DAY, &mut findings);
    let grounds = findings.iter().any(|found| {
        found.met == Met::Met && book.rule(found.rule).is_some_and(|rule| rule.effect.is_ground())
    });
    let worst = findings.iter().map(|found| found.outcome).max();
    if grounds {
        worst.unwrap_or(Outcome::Refer)
    } else {
        worst.unwrap_or(Outcome::Refer).max(Outcome::Refer)
    }
}

/// Masks of what may be possible: never nothing.
fn masks() -> impl Strategy<Value = (u16, u16, u16, u16, Option<bool>)> {
    (1_u16..16, 1_u16..4, 1_u16..4, 1_u16..4, proptest::option::of(any::<bool>()))
}

fn facts_of((appendix, live, seized, kingdom, horn): (u16, u16, u16, u16, Option<bool>)) -> Facts {
    let mut facts = Facts::default();
    facts.set(Fact::Appendix, appendix);
    facts.set(Fact::Live, live);
    facts.set(Fact::Seized, seized);
    facts.set(Fact::Kingdom, kingdom);
    facts.particulars.term = horn.map(|horn| if horn { Term::Horn } else { Term::Live });
    facts
}

/// Every way of filling in what is missing.
fn completions((appendix, live, seized, kingdom, horn): (u16, u16, u16, u16, Option<bool>)) -> Vec<Facts> {
    let bits =
        |mask: u16| (0..4).map(|bit| 1 << bit).filter(move |bit| mask & bit != 0).collect::<Vec<u16>>();
    let horns = horn.map_or(vec![true, false], |horn| vec![horn]);
    let mut all = Vec::new();
    for appendix in bits(appendix) {
        for live in bits(live) {
            for seized in bits(seized) {
                for kingdom in bits(kingdom) {
                    let facts = |horn: &bool| facts_of((appendix, live, seized, kingdom, Some(*horn)));
                    all.extend(horns.iter().map(facts));
                }
            }
        }
    }
    all
}

proptest! {
    #[test]
    fn an_answer_is_clear_or_refused_only_when_every_completion_is(masks in masks()) {
        let book = varied_book();
        let asked = outcome(&book, &facts_of(masks));
        let completed: Vec<Outcome> = completions(masks).iter().map(|facts| outcome(&book, facts)).collect();
        match asked {
            Outcome::Clear => prop_assert!(completed.iter().all(|outcome| *outcome == Outcome::Clear)),
            Outcome::Refuse => prop_assert!(completed.iter().all(|outcome| *outcome == Outcome::Refuse)),
            Outcome::Refer => {}
        }
    }

    #[test]
    fn adding_a_prohibition_never_makes_an_answer_milder(masks in masks(), appendix in 0_usize..4, live in any::<bool>()) {
        let word = ["I", "II", "III", "none"].get(appendix).copied().unwrap_or("I");
        let live = if live { "yes" } else { "no" };
        let bar = rule("bar", &format!("appendix = [\"{word}\"], live = [\"{live}\"]"), "refuse", "");
        let plain = [rule("all", "seized = [\"no\"]", "clear", ""), rule("one", "appendix = [\"I\"]", "refer", "")];
        let with_bar = [plain.to_vec(), vec![bar]].concat();
        let facts = facts_of(masks);
        prop_assert!(outcome(&book(&with_bar), &facts) >= outcome(&book(&plain), &facts));
    }
}
