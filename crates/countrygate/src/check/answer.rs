//! The answer to one row, written as CSV or JSON.
//!
//! A row that cannot be read is answered with `refer`: unknown is never "no document needed".

use std::fmt::Display;
use std::io::Write;

use border::Verdict;
use cites::DocumentKind;
use law::rule::RuleBook;
use serde::Serialize;
use smallvec::SmallVec;

use super::cells::write_cell;
use super::desk::Answer;
use super::layout::Layout;
use super::stream::ReadRow;
use super::told::CellProblem;

/// Adds a row as CSV: its cells as they stand, then the answer.
pub fn write_csv(
    out: &mut Vec<u8>,
    row: &ReadRow<'_>,
    layout: &Layout,
    answer: Option<&Answer<'_>>,
    rules: &RuleBook,
) {
    layout.write_row(out, row);
    match answer {
        None => out.extend_from_slice(b",,,,,refer,,\n"),
        Some(answer) => added(out, answer, rules),
    }
}

fn added(out: &mut Vec<u8>, answer: &Answer<'_>, rules: &RuleBook) {
    out.push(b',');
    write_cell(out, answer.matched);
    let agrees = answer.agrees.map_or("", |agrees| if agrees { "true" } else { "false" });
    // Writing to memory cannot fail.
    let _ = write!(out, ",{},{},{agrees},{},", answer.kind, answer.law_appendix, answer.verdict);
    joined(out, documents(answer, rules).iter());
    out.push(b',');
    joined(out, rule_keys(answer, rules));
    out.push(b'\n');
}

fn joined(out: &mut Vec<u8>, ids: impl Iterator<Item: Display>) {
    for (place, id) in ids.enumerate() {
        let _ = if place > 0 { write!(out, ";{id}") } else { write!(out, "{id}") };
    }
}

/// The kinds of documents that are required, or may be, each once, in the order in which to get them.
fn documents(answer: &Answer<'_>, rules: &RuleBook) -> SmallVec<[DocumentKind; 6]> {
    let mut kinds = SmallVec::new();
    for required in answer.assessment.requirements.iter().filter_map(|required| required.get(rules)) {
        if !kinds.contains(&required.kind) {
            kinds.push(required.kind);
        }
    }
    kinds
}

/// The rules that hold or may hold.
fn rule_keys<'a>(answer: &'a Answer<'_>, rules: &'a RuleBook) -> impl Iterator<Item = &'a str> {
    answer.assessment.findings.iter().filter_map(|finding| rules.rule(finding.rule)).map(|rule| &*rule.key)
}

#[derive(Serialize)]
struct JsonRow<'a> {
    row: u64,
    line: u64,
    name: &'a str,
    matched_taxon: &'a str,
    r#match: &'a str,
    law_appendix: String,
    agrees: Option<bool>,
    verdict: &'a str,
    documents: Vec<String>,
    rules: Vec<&'a str>,
    missing: Vec<&'a str>,
    verified: Option<bool>,
    problems: Vec<JsonProblem<'a>>,
}

#[derive(Serialize)]
struct JsonProblem<'a> {
    column: Option<&'a str>,
    message: &'a str,
}

/// Adds a row as a line of JSON, with the comma that sets it apart from the row before.
pub fn write_json(
    out: &mut Vec<u8>,
    row: &ReadRow<'_>,
    layout: &Layout,
    answer: Option<&Answer<'_>>,
    rules: &RuleBook,
) {
    let problem = |problem: &'_ CellProblem| problem.at.map(|at| layout.name(at));
    let json = JsonRow {
        row: row.row.number,
        line: row.row.line,
        name: &row.told.name,
        matched_taxon: answer.map_or("", |answer| answer.matched),
        r#match: answer.map_or("none", |answer| answer.kind.as_str()),
        law_appendix: answer.map(|answer| answer.law_appendix.to_string()).unwrap_or_default(),
        agrees: answer.and_then(|answer| answer.agrees),
        verdict: answer.map_or(Verdict::Refer, |answer| answer.verdict).as_str(),
        documents: answer
            .map(|answer| documents(answer, rules).iter().map(ToString::to_string).collect())
            .unwrap_or_default(),
        rules: answer.map(|answer| rule_keys(answer, rules).collect()).unwrap_or_default(),
        missing: answer.map(missing).unwrap_or_default(),
        verified: answer.map(|answer| answer.assessment.verified()),
        problems: row
            .told
            .problems
            .iter()
            .map(|known| JsonProblem { column: problem(known), message: &known.message })
            .collect(),
    };
    out.extend_from_slice(b",\n");
    // Writing to memory cannot fail, and every key is text.
    let _ = serde_json::to_writer(&mut *out, &json);
}

/// What must be told to decide the row.
fn missing(answer: &Answer<'_>) -> Vec<&'static str> {
    answer.assessment.missing().iter().map(|fact| fact.key()).collect()
}
