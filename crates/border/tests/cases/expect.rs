//! Holds what came out against what a row expects, in words a lawyer reads.

use std::collections::BTreeSet;
use std::fmt::Write;

use border::{DocumentVerdict, Verdict, Verdicts, check_received, receive};
use cites::{CountrySet, Outcome, RuleId};
use law::assess::{Reading, Sources};
use law::book::LawBook;
use law::rule::{Effect, Fact, Met, RuleBook};
use species::Names;

use super::row::{CaseFile, Kind, Row};
use super::short;

/// What differs; nothing when the row comes out as it says.
pub fn differences(book: &LawBook, file: &CaseFile, kind: Kind, row: &Row) -> String {
    let (on, consignment) = short::consignment(&file.default, &row.told);
    let sources = book.sources().unwrap();
    let names = Names::shipped(book.backbone());
    let range = row.told.range.as_ref().map(|codes| -> CountrySet {
        codes.iter().map(|code| code.parse::<cites::Country>().unwrap()).collect()
    });
    let mut received = receive::consignment(&consignment, &sources, &names, on);
    if let Some(range) = &range {
        let subjects = received.lines.iter_mut().flat_map(|line| &mut line.line.subjects);
        subjects.for_each(|subject| subject.range = species::Range::told(range));
    }
    let verdicts = check_received(&consignment, &received, &sources, on);
    let mut told = String::new();
    let missing = documents(&verdicts, sources.rules, DocumentVerdict::is_missing);
    compare(&mut told, "verdict", &row.expect.verdict, &verdicts.verdict.to_string());
    // What else is missing is beside the point where the answer turns on something else.
    if verdicts.verdict <= Verdict::MayCrossWithDocuments || !row.expect.missing.is_empty() {
        compare_sets(&mut told, "missing documents", &row.expect.missing, &missing);
    }
    if let Some(expected) = &row.expect.documents {
        compare_sets(&mut told, "documents", expected, &documents(&verdicts, sources.rules, |_| true));
    }
    within(&mut told, "missing facts", &row.expect.facts, &facts(&verdicts));
    within(&mut told, "authorities to ask", &row.expect.asks, &asks(&verdicts));
    let lines = received.lines.iter().zip(&verdicts.lines);
    let shown = lines.flat_map(|(received, line)| {
        border::readings(&consignment, received, &line.assessment, &sources, on)
    });
    within(&mut told, "readings", &row.expect.readings, &readings(shown));
    rules(&mut told, &verdicts, sources.rules, kind, row);
    let crosses = verdicts.verdict <= Verdict::MayCrossWithDocuments && missing.is_empty();
    if crosses != (kind == Kind::Good) {
        let _ = writeln!(told, "  a {} row must {}cross", kind.word(), if crosses { "not " } else { "" });
    }
    if !told.is_empty() {
        explain(&mut told, &verdicts, &sources, &row.why);
    }
    told
}

fn compare(told: &mut String, what: &str, expected: &str, found: &str) {
    if expected != found {
        let _ = writeln!(told, "  {what}: expected {expected}, came out {found}");
    }
}

fn compare_sets(told: &mut String, what: &str, expected: &[String], found: &BTreeSet<String>) {
    let expected: BTreeSet<String> = expected.iter().cloned().collect();
    if expected != *found {
        let _ = writeln!(told, "  {what}: expected {expected:?}, came out {found:?}");
    }
}

fn within(told: &mut String, what: &str, expected: &[String], found: &BTreeSet<String>) {
    let lacking: Vec<&String> = expected.iter().filter(|one| !found.contains(*one)).collect();
    if !lacking.is_empty() {
        let _ = writeln!(told, "  {what}: {lacking:?} not among {found:?}");
    }
}

fn documents(
    verdicts: &Verdicts<'_, '_>,
    rules: &RuleBook,
    wanted: impl Fn(&DocumentVerdict) -> bool,
) -> BTreeSet<String> {
    let all = verdicts.lines.iter().flat_map(|line| &line.documents);
    let sure = all.filter(|document| document.requirement.certain && wanted(document));
    sure.filter_map(|document| {
        let required = document.requirement.get(rules)?;
        let state = document.requirement.issuer.map_or("?".to_owned(), |state| state.to_string());
        Some(format!("{} {state}", required.kind))
    })
    .collect()
}

fn facts(verdicts: &Verdicts<'_, '_>) -> BTreeSet<String> {
    let all = verdicts.lines.iter().flat_map(|line| line.missing_facts().iter().collect::<Vec<Fact>>());
    all.map(|fact| fact.key().to_owned()).collect()
}

fn asks(verdicts: &Verdicts<'_, '_>) -> BTreeSet<String> {
    let all = verdicts.lines.iter().flat_map(|line| &line.asks);
    all.filter_map(|ask| ask.state).map(|state| state.to_string()).collect()
}

fn readings(all: impl Iterator<Item = Reading>) -> BTreeSet<String> {
    all.flat_map(|reading| {
        let one = |value: &&str| format!("{} {value} = {}", reading.fact.key(), reading.outcome);
        reading.values.iter().map(one).collect::<Vec<_>>()
    })
    .collect()
}

/// A rule that forbids or refers is silent in a good row and speaks in a bad one; one that requires, clears or
/// notes holds in a good row; in a bad one a clearing rule or a note does not hold.
fn rules(told: &mut String, verdicts: &Verdicts<'_, '_>, rules: &RuleBook, kind: Kind, row: &Row) {
    let (speaking, met) = speaking(verdicts);
    for key in &row.rules {
        let named: Vec<(RuleId, Effect)> =
            rules.rules().filter(|(_, rule)| &*rule.key == key).map(|(id, rule)| (id, rule.effect)).collect();
        let Some((_, effect)) = named.first() else { continue };
        let speaks = named.iter().any(|(id, _)| speaking.contains(id));
        let holds = named.iter().any(|(id, _)| met.contains(id));
        let noted = row.notes.contains(key);
        let good = match (effect, kind) {
            (Effect::Refuse | Effect::Refer, Kind::Good) => !speaks,
            (Effect::Refuse | Effect::Refer | Effect::Require, Kind::Bad) => speaks,
            (Effect::Require | Effect::Clear | Effect::Note | Effect::Ask, Kind::Good) => holds,
            (Effect::Clear, Kind::Bad) => !holds,
            (Effect::Note | Effect::Ask, Kind::Bad) => holds == noted,
        };
        if !good {
            let _ = writeln!(
                told,
                "  rule {key}: a {} row does not go with it {}",
                kind.word(),
                state(speaks, holds)
            );
        }
    }
    for key in &row.notes {
        let holds = rules.rules().any(|(id, rule)| &*rule.key == key && met.contains(&id));
        if !holds {
            let _ = writeln!(told, "  note {key}: expected, not there");
        }
    }
}

fn state(speaks: bool, holds: bool) -> &'static str {
    match (speaks, holds) {
        (_, true) => "met",
        (true, false) => "undecided",
        (false, false) => "not met",
    }
}

/// The rules that hold or may hold, and those that surely hold.
fn speaking(verdicts: &Verdicts<'_, '_>) -> (Vec<RuleId>, Vec<RuleId>) {
    let met: Vec<RuleId> = verdicts.lines.iter().flat_map(|line| line.rules_met()).collect();
    let mut all = met.clone();
    for line in &verdicts.lines {
        all.extend(line.findings().map(|finding| finding.rule));
    }
    (all, met)
}

/// Everything that came out, rule by rule.
fn explain(told: &mut String, verdicts: &Verdicts<'_, '_>, sources: &Sources<'_>, why: &str) {
    let _ = writeln!(told, "  why: {why}");
    for line in &verdicts.lines {
        let listed: Vec<&str> = line.assessment.facts.words(Fact::Appendix).collect();
        let regime: Vec<&str> = line.assessment.facts.words(Fact::Regime).collect();
        let _ = writeln!(
            told,
            "    {} ({}), Appendix {}, regime {}",
            line.name.accepted,
            line.name.kind,
            listed.join("/"),
            regime.join("/")
        );
        for finding in line.findings() {
            let Some(rule) = sources.rules.rule(finding.rule) else { continue };
            let met = if finding.met == Met::Met { "met" } else { "undecided" };
            if finding.outcome == Outcome::Clear && rule.effect == Effect::Clear {
                continue;
            }
            let missing: Vec<&str> = finding.missing.iter().map(Fact::key).collect();
            let lacks =
                if missing.is_empty() { String::new() } else { format!(", lacks {}", missing.join(", ")) };
            let _ = writeln!(told, "    {} {met} -> {}{lacks}", rule.key, finding.outcome);
        }
        for document in documents(verdicts, sources.rules, |_| true) {
            let _ = writeln!(told, "    requires {document}");
        }
    }
}
