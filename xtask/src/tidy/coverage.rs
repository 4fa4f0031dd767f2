//! Every rule of law has a case that satisfies it and a case that offends against it.
//!
//! Source: the ids in `data/law/rules/` and `data/packs/*/rules/`, the rows `[[good]]` and `[[bad]]` in
//! `data/cases/`. Whether a case comes out as it says is for the tests of the program, not for this check.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Problem;
use super::house::House;

const CASES: &str = "data/cases/";

#[derive(Deserialize)]
struct RuleFile {
    #[serde(default, rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    id: String,
}

#[derive(Deserialize)]
struct CaseFile {
    #[serde(default)]
    good: Vec<Row>,
    #[serde(default)]
    bad: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    rules: Vec<String>,
}

/// How often the rows of the cases name a rule.
#[derive(Default)]
struct Named {
    good: usize,
    bad: usize,
    /// The first file that names it.
    file: String,
}

/// Compares the ids of the rules with those that the cases name.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let rules = rules(house)?;
    if rules.is_empty() {
        println!("tidy: rules and cases: there are no rules yet, so nothing to compare");
        return Ok(Vec::new());
    }
    let named = named(house)?;
    let uncovered = rules.iter().flat_map(|(id, file)| {
        let counts = named.get(id);
        let missing =
            [("good", counts.map_or(0, |named| named.good)), ("bad", counts.map_or(0, |named| named.bad))];
        missing.into_iter().filter(|(_, count)| *count == 0).map(move |(kind, _)| {
            Problem::new(file.clone(), format!("no [[{kind}]] row of {CASES} names the rule `{id}`"))
        })
    });
    let unknown = named.iter().filter(|(id, _)| !rules.contains_key(*id));
    let unknown = unknown
        .map(|(id, named)| Problem::new(named.file.clone(), format!("names `{id}`, which is no rule")));
    Ok(uncovered.chain(unknown).collect())
}

/// The ids of all rules, each with its file.
fn rules(house: &House) -> Result<BTreeMap<String, String>> {
    let mut rules = BTreeMap::new();
    for path in house.below("data/", ".toml").filter(|path| holds_rules(path)) {
        let file: RuleFile =
            toml::from_str(&house.text(path)?).with_context(|| format!("cannot read `{path}`"))?;
        rules.extend(file.rules.into_iter().map(|rule| (rule.id, path.to_owned())));
    }
    Ok(rules)
}

fn holds_rules(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    matches!(parts.as_slice(), ["data", "law", "rules", ..] | ["data", "packs", _, "rules", ..])
}

fn named(house: &House) -> Result<BTreeMap<String, Named>> {
    let mut all: BTreeMap<String, Named> = BTreeMap::new();
    for path in house.below(CASES, ".toml") {
        let file: CaseFile =
            toml::from_str(&house.text(path)?).with_context(|| format!("cannot read `{path}`"))?;
        let good = file.good.into_iter().flat_map(|row| row.rules).map(|id| (id, true));
        let bad = file.bad.into_iter().flat_map(|row| row.rules).map(|id| (id, false));
        for (id, is_good) in good.chain(bad) {
            let named = all.entry(id).or_insert_with(|| Named { file: path.to_owned(), ..Named::default() });
            let count = if is_good { &mut named.good } else { &mut named.bad };
            *count += 1;
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::house::sample;

    const RULES: (&str, &str) = ("data/law/rules/plants.toml", "[[rule]]\nid = \"a\"\nwhen = {}\n");
    const PACK: (&str, &str) = ("data/packs/cn/rules/a.toml", "[[rule]]\nid = \"cn-a\"\n");

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        let (_folder, house) = sample(files);
        check(&house).unwrap().into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn without_rules_there_is_nothing_to_compare() {
        assert!(messages(&[("data/cases/a.toml", "[[good]]\nname = \"x\"\n")]).is_empty());
    }

    #[test]
    fn a_rule_needs_a_good_and_a_bad_row() {
        let good = ("data/cases/a.toml", "[[good]]\nrules = [\"a\"]\n");
        let bad = ("data/cases/b.toml", "[[bad]]\nrules = [\"a\"]\n[[bad]]\nsays = 1\n");
        assert_eq!(messages(&[RULES]).len(), 2);
        assert_eq!(messages(&[RULES, good]), ["no [[bad]] row of data/cases/ names the rule `a`"]);
        assert!(messages(&[RULES, good, bad]).is_empty());
        assert_eq!(messages(&[RULES, PACK, good, bad]).len(), 2);
    }

    #[test]
    fn a_row_that_names_no_rule_is_told() {
        let rows = "[[good]]\nrules = [\"a\", \"b\"]\n[[bad]]\nrules = [\"a\"]\n";
        assert_eq!(messages(&[RULES, ("data/cases/a.toml", rows)]), ["names `b`, which is no rule"]);
    }
}
