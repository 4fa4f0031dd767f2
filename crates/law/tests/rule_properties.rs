//! Properties of the shipped rules of the treaty, over facts drawn at random.
#![cfg(test)]

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use cites::{Day, Outcome, TaxonId, Term};
use law::rule::{Fact, Facts, Findings, Met, RuleBook, RuleFile};
use proptest::prelude::*;

/// The shipped rules of the treaty; taxa are only names here.
fn book() -> &'static RuleBook {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    BOOK.get_or_init(|| read(None))
}

fn read(extra: Option<&str>) -> RuleBook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/law/rules");
    let mut texts: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    texts.extend(extra.map(|text| ("extra.toml".to_owned(), text.to_owned())));
    texts.sort();
    let files: Vec<RuleFile<'_>> =
        texts.iter().map(|(name, text)| RuleFile { name, text, pack: None }).collect();
    let taxon =
        |name: &str| Some(TaxonId(name.bytes().fold(7, |sum, byte| sum * 31 % 9973 + u32::from(byte))));
    RuleBook::read(&files, taxon).unwrap_or_else(|errors| panic!("{errors:?}"))
}

const DAY: Day = Day::new(2026, 6, 1);

fn outcome(book: &RuleBook, facts: &Facts) -> Outcome {
    let mut findings = Findings::new();
    book.lines().evaluate(facts, DAY, &mut findings);
    let ground = findings.iter().any(|found| {
        found.met == Met::Met && book.rule(found.rule).is_some_and(|rule| rule.effect.is_ground())
    });
    let least = if ground { Outcome::Clear } else { Outcome::Refer };
    findings.iter().map(|found| found.outcome).fold(least, Outcome::max)
}

/// A value for every fact, by its place in its list, and which of them are told.
fn drawn() -> impl Strategy<Value = (Vec<u32>, Vec<bool>, bool)> {
    let count = Fact::VALUED.len();
    (
        prop::collection::vec(any::<u32>(), count),
        prop::collection::vec(prop::bool::weighted(0.85), count),
        any::<bool>(),
    )
}

fn facts(values: &[u32], told: impl Fn(usize) -> bool, horn: Option<bool>) -> Facts {
    let mut facts = Facts::default();
    for (at, (fact, value)) in Fact::VALUED.iter().zip(values).enumerate() {
        let words: Vec<&str> = fact.words().collect();
        if told(at) {
            facts.tell(*fact, words[*value as usize % words.len()]);
        }
    }
    facts.particulars.term = horn.map(|horn| if horn { Term::Horn } else { Term::Live });
    facts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_clear_or_refused_with_facts_missing_is_so_when_they_are_told((values, told, horn) in drawn()) {
        let partly = outcome(book(), &facts(&values, |at| told[at], None));
        let wholly = outcome(book(), &facts(&values, |_| true, Some(horn)));
        if partly != Outcome::Refer {
            prop_assert_eq!(partly, wholly);
        }
    }

    #[test]
    fn telling_more_never_makes_a_clear_answer_doubtful((values, told, horn) in drawn(), more in any::<usize>()) {
        let more = more % told.len();
        let before = outcome(book(), &facts(&values, |at| told[at], Some(horn)));
        let after = outcome(book(), &facts(&values, |at| told[at] || at == more, Some(horn)));
        if before != Outcome::Refer {
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn adding_a_prohibition_never_makes_an_answer_milder((values, told, horn) in drawn()) {
        static WITH_BAR: OnceLock<RuleBook> = OnceLock::new();
        let with_bar = WITH_BAR.get_or_init(|| read(Some(
            "about = \"A test.\"\nstage = \"ban\"\n[[rule]]\nid = \"a-new-bar\"\ntitle = \"A bar.\"\n\
             when = { live = \"yes\", source = [\"W\", \"R\"] }\napplies_to = [\"all\"]\noutcome = \"refuse\"\n\
             in_force = { from = 1975-07-01 }\nchecked = 2026-11-24\nconfidence = \"F\"\n\
             source = { title = \"A test\", clause = \"1\" }\n",
        )));
        let facts = facts(&values, |at| told[at], Some(horn));
        prop_assert!(outcome(with_bar, &facts) >= outcome(book(), &facts));
    }
}

#[test]
fn nothing_known_refers() {
    assert_eq!(outcome(book(), &Facts::default()), Outcome::Refer);
}
