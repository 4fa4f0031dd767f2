//! The document matrix written in Rego, for `regorus`: the same lines, the same answers, and how much slower.
//!
//! The policy is asked with facts that are found already (Appendix, movement, regime, suspension, quota), since
//! it can find none of them; the engine finds them anew for every line. Lines of which one of these facts is
//! open are left out, since Rego has no third answer, and those to which an exception applies that the matrix
//! does not know.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

use law::assess::Assessment;
use law::rule::{Effect, Fact, Met, RuleBook, Stage};
use regorus::{Engine, Value};

use super::corpus::{Asked, Corpus, Record};

const POLICY: &str = include_str!("matrix.rego");
/// So many lines are asked: the policy takes its time.
const LINES: usize = 20_000;

/// What both know of a line.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    refused: bool,
    documents: BTreeSet<String>,
}

/// Compares the answers line by line and prints lines a second of both.
pub fn compare(corpus: &Corpus) {
    let mut engine = Engine::new();
    engine.add_policy("matrix.rego".to_owned(), POLICY.to_owned()).unwrap();
    let asked: Vec<(Record, Value)> = lines(corpus);
    assert!(!asked.is_empty(), "no line has every fact that the policy asks");
    let mut differ = 0;
    for (record, input) in &asked {
        let assessment = corpus.assess(record);
        let own = own(&assessment, corpus.law.sources.rules);
        let theirs = theirs(&mut engine, input);
        if own != theirs {
            differ += 1;
            eprintln!("DIFFERS: {input}: own {own:?}, Rego {theirs:?}");
        }
    }
    let per_second = |ask: &mut dyn FnMut(&(Record, Value))| {
        #[expect(clippy::disallowed_methods, reason = "a bench measures time")]
        let begin = Instant::now();
        asked.iter().for_each(ask);
        asked.len() as f64 / begin.elapsed().as_secs_f64()
    };
    let own = per_second(&mut |(record, _)| {
        black_box(corpus.assess(record).findings.len());
    });
    let rego = per_second(&mut |(_, input)| {
        black_box(eval(&mut engine, input));
    });
    println!(
        "document matrix on {} lines: {differ} answers differ; {own:.0} lines/s with all rules, {rego:.0} lines/s \
         in Rego (regorus), {:.0} times as many",
        asked.len(),
        own / rego
    );
}

/// Lines of which every fact that the policy asks is known, with these facts.
fn lines(corpus: &Corpus) -> Vec<(Record, Value)> {
    let records = corpus.parts.iter().filter_map(|part| match &part.asked {
        Asked::Records(records) => Some(records.iter().step_by(part.lines().div_ceil(LINES))),
        Asked::Consignments(_) => None,
    });
    let rules = corpus.law.sources.rules;
    // Exceptions, such as that of coral sand, are beyond the matrix.
    let is_excepted = |assessment: &Assessment<'_>| {
        let met = assessment.findings.iter().filter_map(|finding| rules.rule(finding.rule));
        met.flat_map(|rule| rule.overrides.iter()).next().is_some()
    };
    let known = |record: &Record| {
        let assessment = corpus.assess(record);
        if is_excepted(&assessment) { None } else { Some((*record, input(&assessment)?)) }
    };
    records.flatten().filter_map(known).take(LINES).collect()
}

fn input(assessment: &Assessment<'_>) -> Option<Value> {
    let word = |fact: Fact| {
        let mut words = assessment.facts.words(fact);
        words.next().filter(|_| words.next().is_none())
    };
    let text = |fact: Fact| word(fact).map(|word| format!("\"{word}\""));
    // A purpose that is not told is no purpose of commerce, for either.
    let purpose = text(Fact::PurposeImport).unwrap_or_else(|| "null".to_owned());
    if purpose == "null" && word(Fact::Appendix) == Some("I") {
        return None;
    }
    let json = format!(
        r#"{{"appendix":{},"movement":{},"regime":{},"exporter":{},"importer":{},"origin_lists":{},
            "suspension":{},"quota":{},"purpose_import":{purpose}}}"#,
        text(Fact::Appendix)?,
        text(Fact::Movement)?,
        text(Fact::Regime)?,
        text(Fact::ExporterStatus)?,
        text(Fact::ImporterStatus)?,
        text(Fact::OriginLists)?,
        text(Fact::Suspension)?,
        text(Fact::Quota)?,
    );
    // Exceptions for reservations are beyond the matrix.
    let reserves = word(Fact::Reservation) != Some("none");
    if reserves || word(Fact::Live).is_none() { None } else { Value::from_json_str(&json).ok() }
}

/// What the engine's rules of the matrix say.
fn own(assessment: &Assessment<'_>, rules: &RuleBook) -> Answer {
    let met = assessment.findings.iter().filter(|finding| finding.met == Met::Met);
    let met = met.filter_map(|finding| rules.rule(finding.rule)).filter(|rule| rule.pack.is_none());
    let mut answer = Answer { refused: false, documents: BTreeSet::new() };
    for rule in met {
        let bars = [Stage::Suspension, Stage::Quota, Stage::Commercial].contains(&rule.stage);
        answer.refused |= rule.effect == Effect::Refuse && bars && &*rule.key != "above-the-quota";
        if rule.effect == Effect::Require && is_of_matrix(&rule.key) {
            answer.documents.extend(rule.documents.iter().map(|document| document.kind.to_string()));
        }
    }
    answer
}

fn is_of_matrix(key: &str) -> bool {
    ["i-", "ii-", "iii-"].iter().any(|appendix| key.starts_with(appendix))
}

fn eval(engine: &mut Engine, input: &Value) -> Value {
    engine.set_input(input.clone());
    engine.eval_rule("data.matrix.answer".to_owned()).unwrap()
}

fn theirs(engine: &mut Engine, input: &Value) -> Answer {
    let answer = eval(engine, input);
    let documents = answer["documents"].as_set().unwrap().iter();
    Answer {
        refused: *answer["refused"].as_bool().unwrap(),
        documents: documents.map(|kind| kind.as_string().unwrap().to_string()).collect(),
    }
}
