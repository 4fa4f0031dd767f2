//! Boundaries of quotas: who exports what from where, and when.

use cites::{Country, Purpose, Source, Term};

use super::*;
use crate::bars::fixture::{backbone, lineage};

const TABLE_TEXT: &str = "\
id,kingdom,taxon,exporter,year_from,year_until,from,until,quantity,unit,terms,sources,purposes,condition,kind,note,source,confidence,checked
zero,Animalia,Saiga tatarica,,,,2019-11-26,2026-03-05,0,,,W,T,,annotation,,changes,F,2026-11-24
others,Animalia,Saiga tatarica,!KZ,,,2026-03-05,,0,,,W,T,,annotation,,changes,F,2026-11-24
rest,Animalia,Saiga tatarica,KZ,,,2026-03-05,,0,,!HOR HOP,W,T,,annotation,,changes,C,2026-11-24
horn,Animalia,Saiga tatarica,KZ,,,2026-03-05,,10000,KGM,HOR HOP,W,T,,annotation,,changes,C,2026-11-24
palawan,Animalia,Crocodylus porosus,PH-PLW,,,2023-02-23,,0,,,W,T,,annotation,,changes,F,2026-11-24
malaysia,Animalia,Crocodylus porosus,MY !MY-13,,,2017-01-02,,0,,,W,,,annotation,,changes,F,2026-11-24
sea,Animalia,Loxodonta cyclotis,RU,,,2003-02-13,,0,,LIV,W,T,of the Black Sea population,annotation,,changes,F,2026-11-24
share,Animalia,Capra falconeri,PK,2020,2023,2019-11-26,,,,TRO,,,,conference,,changes,F,2026-11-24
";

fn check(line: &Movement<'_>, expected: &[&str]) {
    let quotas = Quotas::from_table(TABLE_TEXT, &backbone()).unwrap();
    let told: Vec<String> = quotas.applying(line).iter().map(tell).collect();
    assert_eq!(told, expected, "{line:?}");
}

fn tell(applying: &Applying<'_>) -> String {
    let limit = match applying.quota.limit {
        Quota::NotPublished => "unpublished".to_owned(),
        Quota::Zero => "zero".to_owned(),
        Quota::UpTo(quantity) => quantity.to_string(),
    };
    let missing: Vec<&str> = applying.matched.missing().iter().map(Missing::key).collect();
    format!("{} {limit} {}", applying.quota.id, missing.join(" ")).trim_end().to_owned()
}

fn horn<'a>(lineage: &'a [cites::TaxonId], origin: &str, on: &str) -> Movement<'a> {
    Movement {
        origin: Some(origin.parse().unwrap()),
        exporter: Some(origin.parse::<cites::Place>().unwrap().country),
        terms: Term::Horn.into(),
        sources: Source::Wild.into(),
        purposes: Purpose::Commercial.into(),
        ..Movement::of(lineage, on.parse().unwrap())
    }
}

#[test]
fn the_zero_quota_of_the_saiga_begins_and_opens_on_its_days() {
    let saiga = lineage("Saiga tatarica");
    check(&horn(&saiga, "KZ", "2019-11-25"), &[]);
    check(&horn(&saiga, "KZ", "2019-11-26"), &["zero zero"]);
    check(&horn(&saiga, "KZ", "2026-03-04"), &["zero zero"]);
    check(&horn(&saiga, "KZ", "2026-03-05"), &["horn 10000 KGM"]);
    check(&horn(&saiga, "RU", "2026-03-05"), &["others zero"]);
    check(&Movement { terms: Term::Meat.into(), ..horn(&saiga, "KZ", "2026-03-05") }, &["rest zero"]);
}

#[test]
fn a_zero_quota_is_as_narrow_as_its_words() {
    let saiga = lineage("Saiga tatarica");
    let line = horn(&saiga, "RU", "2020-01-01");
    check(&Movement { sources: Source::CaptiveBred.into(), ..line }, &[]);
    check(&Movement { purposes: Purpose::Scientific.into(), ..line }, &[]);
    check(&Movement { exporter: Some(Country::new(b"KZ")), ..line }, &[]);
    check(&Movement { sources: Source::Unknown.into(), ..line }, &["zero zero source"]);
    check(&Movement { exporter: None, ..line }, &["zero zero exporter"]);
    check(&Movement { origin: None, ..line }, &["zero zero origin"]);
}

#[test]
fn a_quota_of_a_region_asks_for_the_region() {
    let crocodile = lineage("Crocodylus porosus");
    let line = |origin| Movement { terms: Term::Skin.into(), ..horn(&crocodile, origin, "2024-01-01") };
    check(&line("PH-PLW"), &["palawan zero"]);
    check(&line("PH"), &["palawan zero population"]);
    check(&line("PH-MNL"), &[]);
    check(&line("MY-13"), &[]);
    check(&line("MY-12"), &["malaysia zero"]);
    check(&line("MY"), &["malaysia zero population"]);
    check(&line("AU"), &[]);
}

#[test]
fn a_condition_that_no_field_tells_leaves_the_quota_open() {
    let animal = lineage("Loxodonta cyclotis");
    check(
        &Movement { terms: Term::Live.into(), ..horn(&animal, "RU", "2020-01-01") },
        &["sea zero population"],
    );
}

#[test]
fn a_number_that_is_not_published_is_not_zero_and_years_bound_a_quota() {
    let markhor = lineage("Capra falconeri");
    let line = |on| Movement { terms: Term::Trophy.into(), ..horn(&markhor, "PK", on) };
    check(&line("2019-12-31"), &[]);
    check(&line("2020-01-01"), &["share unpublished"]);
    check(&line("2022-12-31"), &["share unpublished"]);
    check(&line("2023-01-01"), &[]);
}
