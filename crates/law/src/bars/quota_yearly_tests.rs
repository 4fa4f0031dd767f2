//! Yearly quotas: years, "not published", and what is not known.

use cites::{Source, Term};

use super::*;
use crate::bars::fixture::{backbone, lineage};

const TABLE_TEXT: &str = "\
taxon,exporter,year,quantity,unit,terms,sources,note,source
Capra falconeri,PK,2005-2007,12,,TRO,,,E
Capra falconeri,PK,2008,,,TRO,,,E
Saiga tatarica,RU,2001,0,,,W,,E
Saiga tatarica,RU,2000,500,KGM,HOR,,,E
";

fn check(name: &str, origin: &str, term: Term, on: &str, expected: &[&str]) {
    let quotas = YearlyQuotas::from_table(TABLE_TEXT, &backbone()).unwrap();
    let lineage = lineage(name);
    let line = Movement {
        origin: origin.parse().ok(),
        exporter: origin.parse().ok(),
        terms: term.into(),
        sources: Source::Wild.into(),
        ..Movement::of(&lineage, on.parse().unwrap())
    };
    let told: Vec<String> = quotas
        .applying(&line)
        .iter()
        .map(|applying| {
            let missing: Vec<&str> = applying.matched.missing().iter().map(Missing::key).collect();
            format!("{:?} {}", applying.quota.limit, missing.join(" ")).trim_end().to_owned()
        })
        .collect();
    assert_eq!(told, expected, "{name} {origin} {on}");
}

#[test]
fn a_row_counts_in_its_years_only() {
    check("Capra falconeri", "PK", Term::Trophy, "2004-12-31", &[]);
    check(
        "Capra falconeri",
        "PK",
        Term::Trophy,
        "2005-01-01",
        &["UpTo(Quantity { amount: 12, unit: Number })"],
    );
    check(
        "Capra falconeri",
        "PK",
        Term::Trophy,
        "2007-12-31",
        &["UpTo(Quantity { amount: 12, unit: Number })"],
    );
    check("Capra falconeri", "PK", Term::Trophy, "2008-01-01", &["NotPublished"]);
    check("Capra falconeri", "IN", Term::Trophy, "2007-12-31", &[]);
}

#[test]
fn zero_and_no_row_are_told_apart() {
    check("Saiga tatarica", "RU", Term::Horn, "2001-06-01", &["Zero"]);
    check("Saiga tatarica", "RU", Term::Horn, "2002-06-01", &[]);
    check("Saiga tatarica", "RU", Term::Meat, "2000-06-01", &[]);
    check("Saiga", "RU", Term::Horn, "2001-06-01", &["Zero taxon"]);
}

#[test]
fn a_quota_without_a_source_is_for_wild_specimens_and_others_are_not_told() {
    let quotas = YearlyQuotas::from_table(TABLE_TEXT, &backbone()).unwrap();
    let lineage = lineage("Capra falconeri");
    let line = |source: Source| Movement {
        origin: "PK".parse().ok(),
        exporter: "PK".parse().ok(),
        terms: Term::Trophy.into(),
        sources: source.into(),
        ..Movement::of(&lineage, "2006-01-01".parse().unwrap())
    };
    let matched = |source| quotas.applying(&line(source))[0].matched;
    assert_eq!(matched(Source::Wild), Match::Met);
    assert_eq!(matched(Source::CaptiveBred), Match::Unknown(Missing::Source.into()));
}

#[test]
fn a_year_that_runs_backwards_is_refused() {
    let text = TABLE_TEXT.replace("2005-2007", "2007-2005");
    let errors = YearlyQuotas::from_table(&text, &backbone()).unwrap_err();
    assert!(errors[0].to_string().starts_with("quotas_yearly.csv line 2, column year"));
}
