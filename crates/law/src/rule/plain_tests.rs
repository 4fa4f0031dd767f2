//! The compiled rules find what the rules find that are looked at one by one, for every set of the shipped book.

use std::sync::OnceLock;

use cites::{Country, Day, Quantity, RuleId, TaxonId, Term};
use proptest::prelude::*;

use super::book::occasion;
use super::possible::OPEN;
use super::*;

/// The shipped rules, of the treaty and of the packs; taxa are only names here.
fn book() -> &'static RuleBook {
    static BOOK: OnceLock<RuleBook> = OnceLock::new();
    BOOK.get_or_init(|| {
        let china = Some(Pack { name: "china", country: Country::new(b"CN") });
        let mut files = Vec::new();
        macro_rules! read {
            ($pack:expr, $folder:literal: $($name:literal)+) => {
                $(files.push(RuleFile {
                    name: $name,
                    text: include_str!(concat!("../../../../data/", $folder, "/", $name)),
                    pack: $pack,
                });)+
            };
        }
        read!(None, "law/rules": "caps.toml" "commercial.toml" "documents.toml" "exempted.toml" "listing.toml" "non_parties.toml" "papers.toml" "plausibility.toml" "quotas.toml" "regimes.toml" "reservations.toml" "suspensions.toml");
        read!(china, "packs/china/rules": "bans.toml" "border.toml" "certificates.toml" "papers.toml");
        let taxon =
            |name: &str| Some(TaxonId(name.bytes().fold(7, |sum, byte| sum * 31 % 9973 + u32::from(byte))));
        RuleBook::read(&files, taxon).unwrap_or_else(|errors| panic!("{errors:?}"))
    })
}

/// Rules looked at one by one.
struct Plain<'r> {
    rules: Vec<(RuleId, &'r Rule)>,
    facts: &'r Facts,
}

impl Plain<'_> {
    /// Whether the conditions of a rule hold, and what is missing to tell.
    fn own(&self, rule: &Rule) -> (Truth, FactSet) {
        let masks = rule.masks.iter().map(|mask| {
            let (possible, allowed) = (self.facts.possible(mask.fact), mask.allowed as u16);
            let truth = if possible == OPEN {
                Truth::Unknown
            } else if possible & allowed == 0 {
                Truth::No
            } else {
                Truth::from(if possible & !allowed == 0 { Some(true) } else { None })
            };
            (truth, mask.fact)
        });
        let tests = rule.tests.iter().map(|test| (test.holds(&self.facts.particulars), test.fact()));
        let mut answer = (Truth::Yes, FactSet::EMPTY);
        for (truth, fact) in masks.chain(tests) {
            answer.0 = answer.0.and(truth);
            if truth == Truth::Unknown {
                answer.1 = answer.1.union(self.facts.missing_for(fact));
            }
        }
        answer
    }

    /// The same, after the exceptions to the rule.
    fn excepted(&self, id: RuleId, rule: &Rule) -> (Truth, FactSet) {
        let (mut truth, mut missing) = self.own(rule);
        for (other, exception) in &self.rules {
            if !exception.overrides.contains(&id) {
                continue;
            }
            let (holds, lacks) = self.excepted(*other, exception);
            truth = truth.and(holds.negate());
            if holds == Truth::Unknown {
                missing = missing.union(lacks);
            }
        }
        (truth, missing)
    }

    fn findings(&self) -> Vec<Finding> {
        let found = self.rules.iter().filter_map(|(id, rule)| {
            let (truth, missing) = self.excepted(*id, rule);
            let unverified = rule.used().intersection(self.facts.unverified());
            let finding = |outcome, met, missing| Finding {
                rule: *id,
                outcome,
                met,
                verified: rule.confidence.is_verified() && unverified.is_empty(),
                missing,
            };
            match (truth, rule.effect) {
                (Truth::No, _) | (Truth::Unknown, Effect::Note | Effect::Ask) => None,
                (Truth::Yes, effect) => Some(finding(effect.outcome(), Met::Met, FactSet::EMPTY)),
                (Truth::Unknown, Effect::Clear) => {
                    Some(finding(cites::Outcome::Clear, Met::Unknown, missing))
                }
                (Truth::Unknown, _) => Some(finding(cites::Outcome::Refer, Met::Unknown, missing)),
            }
        });
        found.collect()
    }
}

fn facts(masks: &[(u16, u8)], groups: (u64, u64), told: (Option<bool>, Option<u32>, u8)) -> Facts {
    let mut facts = Facts::default();
    for (fact, (mask, known)) in Fact::VALUED.iter().zip(masks) {
        let count = fact.vocabulary().unwrap().count;
        let within = (1 << count) - 1;
        let mask = match known {
            0..2 => OPEN,
            2..5 if mask & within != 0 => mask & within,
            _ => 1 << (u32::from(*mask) % count),
        };
        facts.set(*fact, mask);
        if *known % 3 == 0 {
            facts.because(*fact, FactSet::of(&[Fact::Papers, Fact::Taxon]));
        }
        if *known == 7 {
            facts.rests_on_unverified(*fact);
        }
    }
    let (horn, amount, states) = told;
    let state =
        |at: u8| ["CN", "KZ", "RU", "US", "XX"].get(usize::from(at % 7)).map(|code| code.parse().unwrap());
    facts.particulars = Particulars {
        term: horn.map(|horn| if horn { Term::Horn } else { Term::Caviar }),
        quantity: amount.and_then(|amount| Quantity::from_millionths(u64::from(amount), cites::Unit::Gram)),
        exporter: state(states),
        importer: state(states / 7),
        origin: state(states / 3),
        groups: Groups { surely: groups.0, perhaps: groups.1 & !groups.0 },
    };
    facts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn compiled_rules_find_what_rules_find_one_by_one(
        masks in prop::collection::vec((any::<u16>(), 0_u8..40), Fact::VALUED_COUNT),
        groups in any::<(u64, u64)>(),
        told in (any::<Option<bool>>(), prop::option::of(0_u32..400_000_000), any::<u8>()),
        days in 0_i32..19_000,
    ) {
        let (book, on) = (book(), Day::new(1975, 7, 1).plus_days(days));
        let facts = facts(&masks, groups, told);
        let pack = &book.packs()[0];
        let sets = [
            (None, Occasion::Cap, book.caps()),
            (None, Occasion::Line, book.lines()),
            (None, Occasion::Paper, book.papers()),
            (Some("china"), Occasion::Line, &pack.lines),
            (Some("china"), Occasion::Paper, &pack.papers),
        ];
        for (of_pack, of_occasion, set) in sets {
            let belongs = |rule: &Rule| rule.pack.as_deref() == of_pack && occasion(rule) == of_occasion;
            let in_force = book.rules().filter(|(_, rule)| belongs(rule) && rule.in_force.contains(on));
            let plain = Plain { rules: in_force.collect(), facts: &facts };
            let mut compiled = Findings::new();
            set.evaluate(&facts, on, &mut compiled);
            prop_assert_eq!(compiled.to_vec(), plain.findings());
        }
    }
}
