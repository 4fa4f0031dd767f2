//! The worked cases of `data/cases`, run on the shipped law book.
//!
//! A row that comes out otherwise is told as a lawyer would read it: what was asked, what was expected, what
//! came out, and by which rules.
#![cfg(test)]

#[path = "cases/expect.rs"]
mod expect;
#[path = "cases/row.rs"]
mod row;
#[path = "cases/shipped.rs"]
mod shipped;
#[path = "cases/short.rs"]
mod short;

use row::{CaseFile, Kind};

/// Every file of cases, by name.
fn cases() -> Vec<(String, String)> {
    let mut files = Vec::new();
    shipped::collect(&shipped::data().join("cases"), &shipped::data(), &mut |path, text| {
        if path.ends_with(".toml") {
            files.push((path, text));
        }
    });
    files.sort();
    files
}

/// How many rows there are at least.
const ROWS_LEAST: usize = 250;
/// How many of them end in "may cross with documents" and nothing missing, for goods of the region.
const COMPLETE_LEAST: usize = 10;

#[test]
fn every_case_comes_out_as_it_says() {
    let book = shipped::book();
    let mut told = String::new();
    let (mut rows, mut complete, mut wrong) = (0, 0, 0);
    for (file, text) in cases() {
        let cases: CaseFile = toml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        for (kind, row) in cases.rows() {
            rows += 1;
            complete += usize::from(kind == Kind::Good && row.expect.verdict == "may-cross-with-documents");
            let differences = expect::differences(&book, &cases, kind, row);
            if !differences.is_empty() {
                wrong += 1;
                told += &format!("\n{file}: {} row \"{}\"\n{differences}", kind.word(), row.name);
            }
        }
    }
    assert!(wrong == 0, "{wrong} of {rows} rows come out otherwise:\n{told}");
    assert!(rows >= ROWS_LEAST, "only {rows} rows");
    assert!(complete >= COMPLETE_LEAST, "only {complete} complete rows");
}

#[test]
fn every_rule_has_a_good_and_a_bad_row() {
    let book = shipped::book();
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (file, text) in cases() {
        let cases: CaseFile = toml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        for (kind, row) in cases.rows() {
            let named = if kind == Kind::Good { &mut good } else { &mut bad };
            named.extend(row.rules.iter().cloned());
        }
    }
    let rules = book.rules().unwrap();
    let keys: std::collections::BTreeSet<String> =
        rules.rules().map(|(_, rule)| rule.key.to_string()).collect();
    let without =
        |named: &[String]| keys.iter().filter(|key| !named.contains(key)).cloned().collect::<Vec<_>>();
    let unknown: Vec<&String> = good.iter().chain(&bad).filter(|key| !keys.contains(*key)).collect();
    assert!(unknown.is_empty(), "no rules: {unknown:?}");
    let (no_good, no_bad) = (without(&good), without(&bad));
    assert!(
        no_good.is_empty() && no_bad.is_empty(),
        "without a good row: {no_good:#?}\nwithout a bad row: {no_bad:#?}"
    );
}
