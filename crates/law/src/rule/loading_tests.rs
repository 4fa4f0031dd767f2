//! What stops a book of rules from loading, and what it says then.

use cites::{Day, TaxonId};

use super::{RuleBook, RuleFile};

/// Two taxa are known to these tests.
fn taxon(name: &str) -> Option<TaxonId> {
    ["Panthera", "Saiga tatarica"].iter().position(|known| *known == name).map(|at| TaxonId(at as u32))
}

const HEAD: &str = "about = \"A test.\"\nstage = \"documents\"\n";

fn rule(id: &str, body: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\ntitle = \"A rule.\"\n{body}\nchecked = 2026-11-24\nconfidence = \"F\"\n\
         source = {{ title = \"Convention\", clause = \"Art. III\" }}\n"
    )
}

const SINCE_1975: &str = "in_force = { from = 1975-07-01 }";

fn refer(id: &str, rest: &str) -> String {
    rule(id, &format!("when = {{ appendix = [\"I\"] }}\noutcome = \"refer\"\n{SINCE_1975}\n{rest}"))
}

fn errors(text: &str) -> Vec<String> {
    match RuleBook::read(&[RuleFile { name: "test.toml", text, pack: None }], taxon) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = errors(&format!("{HEAD}{text}"));
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "expected `{expected}` in `{found}`");
    }
}

#[test]
fn a_good_book_loads() {
    check(&refer("a", ""), &[]);
}

#[test]
fn a_mistake_is_told_with_its_line() {
    let bad_fact = rule("a", &format!("when = {{ colour = [\"red\"] }}\noutcome = \"refer\"\n{SINCE_1975}"));
    check(&bad_fact, &["test.toml:6: `colour` is no fact a rule can ask about"]);
    let bad_value =
        rule("a", &format!("when = {{ appendix = [\"IV\"] }}\noutcome = \"refer\"\n{SINCE_1975}"));
    check(&bad_value, &["test.toml:6: `IV` is no value of `appendix`; write one of I, II, III, none"]);
    let bad_taxon = rule("a", &format!("when = {{ taxa = [\"Felis\"] }}\noutcome = \"refer\"\n{SINCE_1975}"));
    check(&bad_taxon, &["test.toml:6: `Felis` is no taxon"]);
    let bad_term = rule("a", &format!("when = {{ term = [\"ABC\"] }}\noutcome = \"refer\"\n{SINCE_1975}"));
    check(&bad_term, &["test.toml:6: `ABC` is not a trade term"]);
    check(&refer("a", "colour = 1"), &["test.toml:9: unknown field `colour`"]);
    check(&refer("A b", ""), &["test.toml:4: `A b` is no rule id"]);
}

#[test]
fn a_rule_without_its_source_does_not_load() {
    let text = refer("a", "").replace("source = {", "note = \"\"\n#");
    check(&text, &["missing field `source`"]);
    let empty = refer("a", "").replace("Art. III", " ");
    check(&empty, &["the source clause is empty"]);
}

#[test]
fn everything_and_nothing_are_no_conditions() {
    let all = rule("a", &format!("when = {{ live = [\"yes\", \"no\"] }}\noutcome = \"refer\"\n{SINCE_1975}"));
    check(&all, &["`live` allows everything or nothing"]);
    let none = rule(
        "a",
        &format!("when = {{ live = {{ not = [\"yes\", \"no\"] }} }}\noutcome = \"refer\"\n{SINCE_1975}"),
    );
    check(&none, &["`live` allows everything or nothing"]);
}

#[test]
fn documents_go_with_require() {
    let without = rule("a", &format!("when = {{ appendix = [\"I\"] }}\noutcome = \"require\"\n{SINCE_1975}"));
    check(&without, &["`a` must have documents when its outcome is `require`"]);
    check(
        &refer(
            "a",
            "documents = [{ kind = \"export-permit\", issued_by = \"exporter\", order = 1, why = \"x\" }]",
        ),
        &["`a` must have documents when its outcome is `require`"],
    );
}

#[test]
fn a_bar_says_in_which_regimes() {
    let bar = |rest: &str| {
        let head = HEAD.replace("documents", "ban");
        let body = format!("when = {{ appendix = [\"I\"] }}\noutcome = \"refuse\"\n{SINCE_1975}\n{rest}");
        errors(&format!("{head}{}", rule("a", &body)))
    };
    assert!(bar("").first().is_some_and(|error| error.contains("does not say in which regimes")));
    assert_eq!(bar("applies_to = [\"all\"]"), Vec::<String>::new());
    assert_eq!(bar("applies_to = [\"ordinary\"]"), Vec::<String>::new());
}

#[test]
fn one_name_is_in_force_once_on_a_day() {
    let dated = |from: &str, until: &str| {
        let span = format!("in_force = {{ from = {from}, until = {until} }}");
        rule("a", &format!("when = {{ appendix = [\"I\"] }}\noutcome = \"refer\"\n{span}"))
    };
    let apart = dated("2000-01-01", "2010-01-01") + &dated("2010-01-01", "2020-01-01");
    check(&apart, &[]);
    let over = dated("2000-01-01", "2010-01-02") + &dated("2010-01-01", "2020-01-01");
    check(&over, &["`a` is in force twice on 2010-01-01"]);
    check(&dated("2010-01-01", "2010-01-01"), &["the end is not after the beginning"]);
}

#[test]
fn exceptions_name_rules_and_go_in_no_circle() {
    check(&refer("a", "overrides = [\"b\"]"), &["test.toml:9: `b` is no rule of the same book"]);
    let circle = refer("a", "overrides = [\"b\"]") + &refer("b", "overrides = [\"a\"]");
    check(
        &circle,
        &["`a` is an exception to itself, through `b`", "`b` is an exception to itself, through `a`"],
    );
}

#[test]
fn two_exceptions_that_disagree_stop_the_book() {
    let exception = |id: &str, when: &str, outcome: &str, overrides: &str| {
        rule(
            id,
            &format!("when = {{ {when} }}\noutcome = \"{outcome}\"\n{SINCE_1975}\noverrides = [{overrides}]"),
        )
    };
    let general = refer("general", "");
    let one = exception("one", "live = [\"yes\"]", "clear", "\"general\"");
    let two = exception("two", "seized = [\"yes\"]", "refuse", "\"general\"");
    check(&(general.clone() + &one + &two), &["`one` and `two` are both exceptions to `general`"]);
    let yields = exception("two", "seized = [\"yes\"]", "refuse", "\"general\", \"one\"");
    check(&(general.clone() + &one + &yields), &[]);
    let apart = exception("two", "live = [\"no\"]", "refuse", "\"general\"");
    check(&(general.clone() + &one + &apart), &[]);
    let same = exception("two", "seized = [\"yes\"]", "clear", "\"general\"");
    check(&(general + &one + &same), &[]);
}

#[test]
fn a_range_of_amounts_needs_a_bound() {
    let range = |range: &str| {
        rule("a", &format!("when = {{ quantity = {{ {range} }} }}\noutcome = \"refer\"\n{SINCE_1975}"))
    };
    check(&range("unit = \"GRM\", above = \"125\""), &[]);
    check(&range("unit = \"GRM\""), &["`quantity` allows everything or nothing"]);
    check(&range("unit = \"GRM\", above = \"a lot\""), &["`a lot` is not a number"]);
    check(&range("unit = \"GRAMME\", above = \"1\""), &["`GRAMME` is not a unit"]);
}

#[test]
fn a_rule_is_found_by_name_and_day() {
    let text = format!("{HEAD}{}", refer("a", ""));
    let book = RuleBook::read(&[RuleFile { name: "test.toml", text: &text, pack: None }], taxon).unwrap();
    assert!(book.named("a", Day::new(1975, 7, 1)).is_some());
    assert!(book.named("a", Day::new(1975, 6, 30)).is_none());
    assert!(book.named("b", Day::new(1975, 7, 1)).is_none());
}
