//! The rule reference names every fact, value and word that a rule may use.
#![cfg(test)]

use law::rule::{Effect, Fact, Issuer, ShownAt, Stage};

fn reference() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/rules.md");
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The row of the table of facts that a fact should have.
fn row(fact: Fact) -> String {
    let values: Vec<String> = fact.words().map(|word| format!("`{word}`")).collect();
    format!("| `{}` | {} |", fact.key(), values.join(" "))
}

#[test]
fn every_fact_is_in_the_reference_with_its_values() {
    let text = reference();
    let lacking: Vec<String> =
        Fact::VALUED.iter().map(|fact| row(*fact)).filter(|row| !text.contains(row)).collect();
    assert!(lacking.is_empty(), "docs/reference/rules.md lacks:\n{}", lacking.join("\n"));
    let told = Fact::ALL.iter().filter(|fact| !Fact::VALUED.contains(fact));
    let lacking: Vec<&str> =
        told.map(|fact| fact.key()).filter(|key| !text.contains(&format!("`{key}`"))).collect();
    assert!(lacking.is_empty(), "docs/reference/rules.md lacks {lacking:?}");
}

#[test]
fn every_word_of_a_rule_is_in_the_reference() {
    let text = reference();
    let stages = Stage::ALL.iter().map(|word| word.as_str());
    let effects = Effect::ALL.iter().map(|word| word.as_str());
    let issuers = Issuer::ALL.iter().map(|word| word.as_str());
    let borders = ShownAt::ALL.iter().map(|word| word.as_str());
    let words = stages.chain(effects).chain(issuers).chain(borders);
    let lacking: Vec<&str> = words.filter(|word| !text.contains(&format!("`{word}`"))).collect();
    assert!(lacking.is_empty(), "docs/reference/rules.md lacks {lacking:?}");
}
