//! Boundaries of the annotations, on the texts as the table has them.

use cites::{Country, Source, Term};

use super::*;
use crate::bars::Missing;
use crate::bars::fixture::{backbone, lineage};

const HEADER: &str =
    "symbol,from,until,covers,covered_terms,excluded_terms,excluded_when,note,source,confidence,checked\n";
const ROWS: &str = "\
#1,2007-09-13,,all,,SEE,terms=CUL LIV & in-vitro-sterile;terms=FLO & propagated,x,example,F,2026-11-24
#2,2007-09-13,,all,,SEE,finished & retail-packed,x,example,F,2026-11-24
#4,2010-06-23,,all,,SEE,\"keep terms=SEE & taxon=Cactaceae & exporter=MX;terms=CUL & in-vitro-sterile;\
terms=FRU & taxon=Vanilla|Cactaceae & naturalised-or-propagated;\
terms=STE FLO & taxon=Opuntia & naturalised-or-propagated & ask=subgenus;\
taxon=Aloe ferox & finished & retail-packed\",x,example,F,2026-11-24
#5,2007-09-13,,only,LOG SAW VEN TIM,,,x,example,F,2026-11-24
#6,2007-09-13,,only,LOG SAW VEN TIM PLY,,,x,example,F,2026-11-24
#10,2023-02-23,2026-03-05,all,,,re-export & finished & musical-instrument,x,example,F,2026-11-24
#10,2026-03-05,,all,,,finished & musical-instrument & keeps-owner,x,example,M,2026-11-24
#14,2017-01-02,,all,,SEE FRU LVS,\"terms=POW & exhausted-powder;finished & retail-packed & terms=!CHP CAR JWL\",x,example,F,2026-11-24
#15,2019-11-26,,all,,LVS FLO FRU SEE,\"as #4 taxon=Dalbergia cochinchinensis;as #6 origin=MX & exporter=MX & taxon=Dalbergia;\
terms=WPR CAR FRN & finished & item-mass<=10kg;finished & musical-instrument\",x,example,F,2026-11-24
#18,2021-02-14,,only,EGG EGL,,,x,example,F,2026-11-24
";

fn table() -> Annotations {
    Annotations::from_table(&format!("{HEADER}{ROWS}"), &backbone()).unwrap()
}

fn check(symbol: &str, on: &str, kind: SpecimenKind<'_>, expected: &str) {
    let annotations = table();
    let told = match annotations.covers(symbol, on.parse().unwrap(), &kind).map(|answer| answer.coverage) {
        None => "no text".to_owned(),
        Some(Coverage::Covered) => "covered".to_owned(),
        Some(Coverage::Free { by: FreeBy::NotNamed }) => "free: not named".to_owned(),
        Some(Coverage::Free { by: FreeBy::Term }) => "free: term".to_owned(),
        Some(Coverage::Free { by: FreeBy::Clause(clause) }) => format!("free: {}", clause.as_str()),
        Some(Coverage::Unknown { missing }) => missing.iter().map(Missing::key).collect::<Vec<_>>().join(" "),
    };
    assert_eq!(told, expected, "{symbol} {on} {kind:?}");
}

const TODAY: &str = "2026-11-24";

#[test]
fn the_whole_plant_or_animal_is_always_covered() {
    let oak = lineage("Dalbergia stevensonii");
    check("#5", TODAY, SpecimenKind::of(&oak, Term::Live), "covered");
    check("#6", TODAY, SpecimenKind::of(&oak, Term::DriedPlant), "covered");
    let gecko = lineage("Goniurosaurus");
    check("#18", TODAY, SpecimenKind::of(&gecko, Term::Body), "covered");
    check("#18", TODAY, SpecimenKind::of(&gecko, Term::EggLive), "covered");
    check("#18", TODAY, SpecimenKind::of(&gecko, Term::Skin), "free: not named");
}

#[test]
fn oak_logs_are_covered_and_oak_plywood_is_not() {
    let oak = lineage("Dalbergia");
    check("#5", TODAY, SpecimenKind::of(&oak, Term::Logs), "covered");
    check("#5", TODAY, SpecimenKind::of(&oak, Term::Plywood), "free: not named");
    check("#6", TODAY, SpecimenKind::of(&oak, Term::Plywood), "covered");
    check("#5", TODAY, SpecimenKind::of(&oak, Term::LegacyUnspecified), "term");
    check("#5", TODAY, SpecimenKind::untold(&oak), "term");
}

#[test]
fn retail_packing_frees_under_2_and_not_under_4() {
    let packed = |lineage, term| SpecimenKind {
        retail_packed: Some(true),
        finished: Some(true),
        ..SpecimenKind::of(lineage, term)
    };
    let (rhodiola, cistanche) = (lineage("Rhodiola"), lineage("Cistanche deserticola"));
    check("#2", TODAY, packed(&rhodiola, Term::Medicine), "free: finished & retail-packed");
    check("#2", TODAY, SpecimenKind::of(&rhodiola, Term::Root), "retail_packed finished");
    check(
        "#2",
        TODAY,
        SpecimenKind { finished: Some(false), ..SpecimenKind::of(&rhodiola, Term::Root) },
        "covered",
    );
    check("#4", TODAY, packed(&cistanche, Term::Root), "covered");
}

#[test]
fn mexican_cactus_seed_stays_covered() {
    let cactus = lineage("Ariocarpus");
    let seed = |exporter: &str| SpecimenKind {
        exporter: exporter.parse().ok(),
        ..SpecimenKind::of(&cactus, Term::Seed)
    };
    check("#4", TODAY, seed("MX"), "covered");
    check("#4", TODAY, seed("DE"), "free: term");
    check("#4", TODAY, seed(""), "exporter");
    check("#4", TODAY, SpecimenKind::of(&lineage("Vanilla"), Term::Seed), "free: term");
}

#[test]
fn cultures_are_free_only_when_sterile() {
    let orchid = lineage("Orchidaceae");
    let culture =
        |sterile| SpecimenKind { sterile_in_vitro: sterile, ..SpecimenKind::of(&orchid, Term::Culture) };
    check("#1", TODAY, culture(Some(true)), "free: terms=CUL LIV & in-vitro-sterile");
    check("#1", TODAY, culture(Some(false)), "covered");
    check("#1", TODAY, culture(None), "sterile");
    let seedling = |sterile| SpecimenKind { terms: Term::Live.into(), ..culture(sterile) };
    check("#1", TODAY, seedling(Some(true)), "free: terms=CUL LIV & in-vitro-sterile");
    check("#1", TODAY, seedling(None), "covered");
}

#[test]
fn cut_flowers_are_free_only_of_propagated_plants() {
    let orchid = lineage("Orchidaceae");
    let flower =
        |source: Source| SpecimenKind { sources: source.into(), ..SpecimenKind::of(&orchid, Term::Flower) };
    check("#1", TODAY, flower(Source::ArtificiallyPropagated), "free: terms=FLO & propagated");
    check("#1", TODAY, flower(Source::Wild), "covered");
    check("#1", TODAY, flower(Source::AssistedProduction), "covered");
    check("#1", TODAY, flower(Source::Unknown), "propagated");
}

#[test]
fn fruit_of_naturalised_cacti_is_free_and_a_family_leaves_it_open() {
    let fruit = |name: &str, naturalised| {
        let lineage = lineage(name);
        let kind = SpecimenKind {
            naturalised,
            sources: Source::Wild.into(),
            ..SpecimenKind::of(&lineage, Term::Fruit)
        };
        let answer = table()
            .covers("#4", TODAY.parse().unwrap(), &kind)
            .map(|answer| format!("{:?}", answer.coverage));
        answer.unwrap_or_default()
    };
    assert!(fruit("Opuntia ficus-indica", Some(true)).starts_with("Free"));
    assert_eq!(fruit("Opuntia ficus-indica", Some(false)), "Covered");
    assert!(fruit("Opuntia ficus-indica", None).contains("Propagated"));
    assert!(fruit("Plantae", Some(true)).contains("Taxon"));
}

#[test]
fn ten_kilograms_are_measured_on_each_item() {
    let rosewood = lineage("Dalbergia stevensonii");
    let chair = |millionths| SpecimenKind {
        finished: Some(true),
        musical_instrument: Some(false),
        origin: Some(Country::new(b"BZ")),
        mass_per_item_millionths_kg: Some(millionths),
        ..SpecimenKind::of(&rosewood, Term::WoodProduct)
    };
    let free = "free: terms=WPR CAR FRN & finished & item-mass<=10kg";
    check("#15", TODAY, chair(3_000_000), free);
    check("#15", TODAY, chair(10_000_000), free);
    check("#15", TODAY, chair(10_000_001), "covered");
    check("#15", TODAY, SpecimenKind { mass_per_item_millionths_kg: None, ..chair(0) }, "mass_per_item");
    check("#15", TODAY, SpecimenKind { finished: Some(false), ..chair(1) }, "covered");
    let sawn = SpecimenKind { terms: Term::SawnWood.into(), finished: None, ..chair(1) };
    check("#15", TODAY, SpecimenKind { finished: Some(false), ..sawn }, "covered");
}

#[test]
fn a_clause_may_send_to_another_text() {
    let of = |name: &str, term, country: &str| {
        let lineage = lineage(name);
        let kind = SpecimenKind {
            origin: country.parse().ok(),
            exporter: country.parse().ok(),
            finished: Some(false),
            musical_instrument: Some(false),
            ..SpecimenKind::of(&lineage, term)
        };
        let annotations = table();
        let answer = annotations.covers("#15", TODAY.parse().unwrap(), &kind).unwrap();
        (answer.text.symbol.to_string(), format!("{:?}", answer.coverage))
    };
    assert_eq!(of("Dalbergia cochinchinensis", Term::Leaf, "VN"), ("#4".to_owned(), "Covered".to_owned()));
    assert_eq!(of("Dalbergia stevensonii", Term::Powder, "MX").0, "#6");
    assert!(of("Dalbergia stevensonii", Term::Powder, "MX").1.starts_with("Free"));
    assert_eq!(of("Dalbergia stevensonii", Term::Powder, "BZ"), ("#15".to_owned(), "Covered".to_owned()));
    assert!(of("Dalbergia stevensonii", Term::Powder, "").1.contains("Origin"));
    assert!(of("Dalbergia", Term::Powder, "BZ").1.contains("Taxon"));
}

#[test]
fn bows_need_papers_by_the_text_of_the_day() {
    let pernambuco = lineage("Paubrasilia echinata");
    let bow = |exporter: &str, keeps_owner| SpecimenKind {
        finished: Some(true),
        musical_instrument: Some(true),
        origin: Some(Country::new(b"BR")),
        exporter: exporter.parse().ok(),
        keeps_owner,
        ..SpecimenKind::of(&pernambuco, Term::WoodProduct)
    };
    let re_export = "free: re-export & finished & musical-instrument";
    check("#10", "2023-02-22", bow("FR", None), "no text");
    check("#10", "2023-02-23", bow("FR", None), re_export);
    check("#10", "2026-03-04", bow("FR", None), re_export);
    check("#10", "2023-02-23", bow("BR", None), "covered");
    check("#10", "2026-03-05", bow("FR", Some(false)), "covered");
    check("#10", "2026-03-05", bow("FR", Some(true)), "free: finished & musical-instrument & keeps-owner");
    check("#10", "2026-03-05", bow("FR", None), "keeps_owner");
    let annotations = table();
    let verified =
        |on: &str| annotations.covers("#10", on.parse().unwrap(), &bow("BR", None)).unwrap().verified;
    assert_eq!(verified("2026-03-04"), Verified::Yes);
    assert_eq!(verified("2026-03-05"), Verified::No);
}

#[test]
fn the_retail_exemption_of_agarwood_is_not_for_chips_and_carvings() {
    let agarwood = lineage("Aquilaria");
    let packed = |term| SpecimenKind {
        finished: Some(true),
        retail_packed: Some(true),
        ..SpecimenKind::of(&agarwood, term)
    };
    let free = "free: finished & retail-packed & terms=!CHP CAR JWL";
    check("#14", TODAY, packed(Term::Oil), free);
    check("#14", TODAY, packed(Term::Chips), "covered");
    check("#14", TODAY, packed(Term::Carving), "covered");
    check("#14", TODAY, SpecimenKind::of(&agarwood, Term::Leaf), "free: term");
    check(
        "#14",
        TODAY,
        SpecimenKind { finished: Some(false), ..SpecimenKind::of(&agarwood, Term::Powder) },
        "exhausted_powder",
    );
}

#[test]
fn two_texts_of_a_symbol_may_not_hold_on_one_day() {
    let again = "#5,2010-01-01,,only,LOG,,,x,example,F,2026-11-24\n";
    let errors = Annotations::from_table(&format!("{HEADER}{ROWS}{again}"), &backbone()).unwrap_err();
    assert!(errors[0].to_string().contains("the row overlaps the one of line 5"));
    let unknown = "#99,2010-01-01,,all,,,terms=CUL & shiny,x,example,F,2026-11-24\n";
    let errors = Annotations::from_table(&format!("{HEADER}{unknown}"), &backbone()).unwrap_err();
    assert!(errors[0].to_string().starts_with("annotations.csv line 2, column excluded_when: `shiny`"));
}

#[test]
fn a_clause_that_is_not_looked_at_for_a_kind_would_not_fit_it() {
    let lineages = ["Dalbergia cochinchinensis", "Cactaceae", "Aloe ferox", "Goniurosaurus"].map(lineage);
    let told = [None, Some(false), Some(true)];
    let (mut looked_at, mut skipped) = (0, 0);
    for text in table().rows() {
        for ((term, lineage), told) in Term::ALL
            .into_iter()
            .flat_map(|term| lineages.iter().map(move |lineage| (term, lineage)))
            .flat_map(|pair| told.map(|told| (pair, told)))
        {
            let kind = SpecimenKind {
                finished: told,
                retail_packed: told,
                sterile_in_vitro: told,
                musical_instrument: told,
                exhausted_powder: told,
                ..SpecimenKind::of(lineage, term)
            };
            let bearing: Vec<&Clause> = text.bearing_on(&kind).collect();
            looked_at += bearing.len();
            for clause in text.clauses.iter().filter(|clause| !bearing.contains(clause)) {
                skipped += 1;
                assert_eq!(clause.fits(&kind), Test::NotMet, "{} {} {kind:?}", text.symbol, clause.as_str());
            }
        }
    }
    assert!(looked_at > 1000 && skipped > 1000, "{looked_at} looked at, {skipped} skipped");
}
