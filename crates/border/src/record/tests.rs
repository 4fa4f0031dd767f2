//! The Appendix of awkward records: split populations, kinds of specimen, years of change, hybrids.

use cites::{Country, CountrySet, Purpose, Term};
use law::book::{LawBook, Tables};
use species::{Names, Range, Resolution};

use super::*;

const TAXA: &str = "\
kingdom,rank,name,parent,status,source
Animalia,kingdom,Animalia,,accepted,test
Animalia,family,Elephantidae,Animalia,accepted,test
Animalia,genus,Loxodonta,Elephantidae,accepted,test
Animalia,species,Loxodonta africana,Loxodonta,accepted,test
Animalia,family,Crocodylidae,Animalia,accepted,test
Animalia,genus,Crocodylus,Crocodylidae,accepted,test
Animalia,species,Crocodylus niloticus,Crocodylus,accepted,test
Animalia,family,Falconidae,Animalia,accepted,test
Animalia,genus,Falco,Falconidae,accepted,test
Animalia,species,Falco rusticolus,Falco,accepted,test
Animalia,species,Falco cherrug,Falco,accepted,test
Animalia,family,Ursidae,Animalia,accepted,test
Animalia,genus,Ursus,Ursidae,accepted,test
Animalia,species,Ursus arctos,Ursus,accepted,test
Animalia,family,Colubridae,Animalia,accepted,test
Animalia,genus,Ptyas,Colubridae,accepted,test
Animalia,species,Ptyas mucosus,Ptyas,accepted,test
Animalia,family,Hyaenidae,Animalia,accepted,test
Animalia,genus,Hyaena,Hyaenidae,accepted,test
Animalia,species,Hyaena hyaena,Hyaena,accepted,test
";

const LISTINGS: &str = "\
id,kingdom,taxon,appendix,party,population,except_population,annotation,note,from,from_earliest,until,until_earliest,event,source,confidence,checked
loxodonta.I,Animalia,Loxodonta africana,I,,,BW NA ZA ZW,,,1997-09-18,,,,,test,F,2026-11-24
loxodonta.II,Animalia,Loxodonta africana,II,,BW NA ZA ZW,,,,1997-09-18,,,,,test,F,2026-11-24
crocodylus.I,Animalia,Crocodylus niloticus,I,,,ZW,,,1975-07-01,,,,,test,F,2026-11-24
crocodylus.II,Animalia,Crocodylus niloticus,II,,ZW,,,,1983-07-29,,,,,test,F,2026-11-24
falconidae.II,Animalia,Falconidae,II,,,,,,1975-07-01,,,,,test,F,2026-11-24
rusticolus.I,Animalia,Falco rusticolus,I,,,,,,1975-07-01,,,,,test,F,2026-11-24
arctos.II,Animalia,Ursus arctos,II,,,RU,,,1992-06-11,,2004-05-01,,,test,F,2026-11-24
arctos.I,Animalia,Ursus arctos,I,,,RU,,,2004-05-01,,,,,test,F,2026-11-24
arctos.II.RU,Animalia,Ursus arctos,II,,RU,,,,1992-06-11,,,,,test,F,2026-11-24
ptyas.II,Animalia,Ptyas mucosus,II,,,,,,1990-01-18,,,,,test,F,2026-11-24
hyaena.III,Animalia,Hyaena hyaena,III,PK,,,,,2002-07-01,,2006-03-01,,,test,F,2026-11-24
";

const DEEMED: &str = "\
id,kingdom,taxon,population,from,until,terms,purposes,conditions,otherwise,source,confidence,checked
trophies,Animalia,Loxodonta africana,BW NA ZA ZW,2000-07-19,,TRO,!T,,I,test,F,2026-11-24
hides,Animalia,Loxodonta africana,ZA,2000-07-19,,SKI SKP,,,I,test,F,2026-11-24
live,Animalia,Loxodonta africana,ZW,2000-07-19,,LIV,,appropriate-destination,I,test,F,2026-11-24
hair,Animalia,Loxodonta africana,ZW,2000-07-19,,HAI,,shorn-and-marked,I,test,F,2026-11-24
";

/// Tables that a book needs and these tests do not speak of.
const WITHOUT_ROWS: [(&str, &str); 8] = [
    ("species/vernacular.csv", include_str!("../../../../data/species/vernacular.csv")),
    ("species/domesticated.csv", include_str!("../../../../data/species/domesticated.csv")),
    ("law/annotations.csv", include_str!("../../../../data/law/annotations.csv")),
    ("law/suspensions.csv", include_str!("../../../../data/law/suspensions.csv")),
    ("law/quotas.csv", include_str!("../../../../data/law/quotas.csv")),
    ("law/quotas_yearly.csv", include_str!("../../../../data/law/quotas_yearly.csv")),
    ("law/reservations.csv", include_str!("../../../../data/law/reservations.csv")),
    ("law/pairs.csv", include_str!("../../../../data/law/pairs.csv")),
];

fn book() -> LawBook {
    let mut tables = Tables::new();
    tables.insert("species/taxa.csv", TAXA);
    tables.insert("species/synonyms.csv", "kingdom,name,accepted,kind,from,source\n");
    tables.insert("law/listings.csv", LISTINGS);
    tables.insert("law/populations.csv", "key,name,members,source,checked\n");
    tables.insert("law/deemed.csv", DEEMED);
    for (path, shipped) in WITHOUT_ROWS {
        tables.insert(path, format!("{}\n", shipped.lines().next().unwrap_or_default()));
    }
    let edition = tables.edition();
    LawBook::open(tables, edition).unwrap()
}

/// A record in short: `2003 II Ursus arctos; KZ>CN of RU; SKI T/P`: exporter and importer, origin, kind, the
/// purposes that the State of export and of import report, `-` for none. Says `law_appendix agrees`. `range` are
/// the States in which the taxon lives, where they are known.
fn told_within(record: &str, range: Option<&str>, source: Option<&str>) -> String {
    let book = book();
    let law = Law::of(&book).unwrap();
    let years = Years::of(&law);
    let names = Names::shipped(book.backbone());
    let country = |code: &str| code.parse::<Country>().ok();
    let mut parts = record.split("; ");
    let (year, rest) = parts.next().unwrap().split_once(' ').unwrap();
    let (recorded, name) = rest.split_once(' ').unwrap();
    let (states, origin) = parts.next().unwrap().split_once(" of ").map_or_else(
        || (record.split("; ").nth(1).unwrap(), None),
        |(states, origin)| (states, Some(origin)),
    );
    let (exporter, importer) = states.split_once('>').unwrap();
    let mut kind = parts.next().unwrap_or("").split(' ');
    let term: Option<Term> = kind.next().and_then(|term| term.parse().ok());
    let (export, import) = kind.next().and_then(|sides| sides.split_once('/')).unwrap_or(("-", "-"));
    let purpose = |code: &str| code.parse::<Purpose>().ok();
    let traded = Traded {
        exporter: country(exporter),
        importer: country(importer),
        origin: origin.and_then(country),
        term,
        purpose_export: purpose(export),
        purpose_import: purpose(import),
        source: source.and_then(|letter| letter.parse().ok()),
        ..Traded::default()
    };
    let resolution: Resolution<'_> = names.resolve(name);
    let range: Option<CountrySet> = range.map(|range| range.split(' ').filter_map(country).collect());
    let named = Named::of(Resolution { range: range.as_ref().and_then(Range::told), ..resolution });
    let when = When::Year(year.parse().unwrap());
    let standing = Standing::of(&named, traded.population_of(&named), when, &law, &years).unwrap();
    let agrees = standing.agrees(recorded.parse().unwrap(), &traded, &law);
    format!("{} {}", standing.at_end, agrees.map_or("-".to_owned(), |agrees| agrees.to_string()))
}

fn told(record: &str) -> String {
    told_within(record, None, None)
}

fn check(record: &str, expected: &str) {
    assert_eq!(told(record), expected, "{record}");
}

#[test]
fn the_population_of_origin_decides() {
    check("2005 I Crocodylus niloticus; SD>FR", "I true");
    check("2005 II Crocodylus niloticus; SD>FR", "I false");
    check("2005 II Crocodylus niloticus; ZW>FR", "II true");
    check("2005 II Crocodylus niloticus; FR>JP of ZW", "II true");
    check("2005 II Crocodylus niloticus; ZW>FR of SD", "I false");
    check("2005 I Crocodylus niloticus; FR>JP", "I true");
}

#[test]
fn an_exporter_outside_the_range_is_no_origin_of_a_wild_specimen() {
    let check = |record: &str, range: Option<&str>, source: Option<&str>, expected: &str| {
        assert_eq!(told_within(record, range, source), expected, "{record} {range:?} {source:?}");
    };
    let record = "2005 II Crocodylus niloticus; FR>JP";
    check(record, Some("SD ZW"), Some("W"), "I/II true");
    check(record, Some("SD ZW"), None, "I/II true");
    check(record, Some("SD ZW"), Some("C"), "I false");
    check(record, Some("FR SD ZW"), Some("W"), "I false");
    check(record, None, Some("W"), "I false");
    check("2005 II Crocodylus niloticus; FR>JP of SD", Some("SD ZW"), Some("W"), "I false");
}

#[test]
fn an_origin_that_is_no_state_is_any_population() {
    for origin in ["XX", "XV", "ZZ"] {
        check(&format!("2005 I Crocodylus niloticus; FR>JP of {origin}"), "I/II true");
        check(&format!("2005 II Crocodylus niloticus; FR>JP of {origin}"), "I/II true");
    }
    check("2005 III Crocodylus niloticus; FR>JP of XX", "I/II false");
    check("2005 II Crocodylus niloticus; XX>JP", "I/II true");
    check("2005 N Crocodylus niloticus; FR>JP of XX", "I/II false");
}

#[test]
fn a_former_state_is_any_of_its_successors() {
    check("2005 I Ursus arctos; SU>JP", "I/II true");
    check("2003 I Ursus arctos; SU>JP", "II false");
}

#[test]
fn every_day_of_the_year_counts() {
    check("2003 II Ursus arctos; KZ>CN", "II true");
    check("2003 I Ursus arctos; KZ>CN", "II false");
    check("2004 II Ursus arctos; KZ>CN", "I true");
    check("2004 I Ursus arctos; KZ>CN", "I true");
    check("2005 II Ursus arctos; KZ>CN", "I false");
    check("2004 I Ursus arctos; RU>CN", "II false");
    check("2002 N Hyaena hyaena; PK>CN", "III true");
    check("2006 III Hyaena hyaena; PK>CN", "NC true");
    check("2006 N Hyaena hyaena; PK>CN", "NC true");
    check("2007 III Hyaena hyaena; PK>CN", "NC false");
}

#[test]
fn before_the_convention_nothing_was_listed() {
    check("1974 N Falco cherrug; MN>CN", "NC true");
    check("1974 II Falco cherrug; MN>CN", "NC false");
    check("1975 II Falco cherrug; MN>CN", "II true");
}

#[test]
fn the_kind_of_specimen_decides_where_the_entry_says_so() {
    check("2005 II Loxodonta africana; ZW>US; TRO H/H", "II true");
    check("2005 I Loxodonta africana; ZW>US; TRO H/H", "II false");
    check("2005 II Loxodonta africana; ZW>US; TRO T/T", "II false");
    check("2005 I Loxodonta africana; ZW>US; TRO T/T", "II true");
    check("2005 II Loxodonta africana; ZW>US; MEA T/T", "II false");
    check("2005 I Loxodonta africana; ZA>US; SKI T/-", "II false");
    check("2005 I Loxodonta africana; MZ>US; TRO H/H", "I true");
    check("2005 II Loxodonta africana; MZ>US; TRO H/H", "I false");
}

#[test]
fn either_holds_where_kind_and_purposes_do_not_decide() {
    for recorded in ["I", "II"] {
        check(&format!("2005 {recorded} Loxodonta africana; ZW>US; LIV Z/Z"), "II true");
        check(&format!("2005 {recorded} Loxodonta africana; ZW>US; TRO H/-"), "II true");
        check(&format!("2005 {recorded} Loxodonta africana; ZW>US; TRO -/T"), "II true");
        check(&format!("2005 {recorded} Loxodonta africana; ZW>US"), "II true");
        check(&format!("2005 {recorded} Loxodonta africana; ZW>US; HAI T/T"), "II true");
    }
    check("2005 III Loxodonta africana; ZW>US; LIV Z/Z", "II false");
}

#[test]
fn a_higher_name_is_any_of_what_it_holds() {
    for recorded in ["I", "II"] {
        check(&format!("2005 {recorded} Falco spp.; MN>CN"), "I/II true");
        check(&format!("2005 {recorded} Falco nemo; MN>CN"), "I/II true");
        check(&format!("2005 {recorded} Falconidae spp.; MN>CN"), "I/II true");
    }
    check("2005 II Ptyas korros; ID>JP", "II/NC true");
    check("2005 N Ptyas korros; ID>JP", "II/NC true");
    check("2005 N Falco nemo; MN>CN", "I/II false");
}

#[test]
fn a_hybrid_agrees_with_either_parent() {
    check("2005 I Falco rusticolus x cherrug; AE>SA", "I true");
    check("2005 II Falco rusticolus x cherrug; AE>SA", "I true");
    check("2005 III Falco rusticolus x cherrug; AE>SA", "I false");
    check("2005 II Falco hybrid; AE>SA", "I/II true");
}

#[test]
fn a_name_that_stands_for_nothing_has_no_appendix() {
    check("2005 I Quagga nemo; ZA>DE", " -");
}

#[test]
fn records_state_one_appendix_or_none() {
    for (text, written) in [("I", "I"), ("II", "II"), ("III", "III"), ("N", "N"), ("NC", "N")] {
        assert_eq!(text.parse::<Recorded>().unwrap().to_string(), written);
    }
    for text in ["", "IV", "I/II", "n", " I"] {
        assert!(text.parse::<Recorded>().is_err(), "{text:?}");
    }
}

#[test]
fn a_record_is_assessed_for_both_sides() {
    let book = book();
    let law = Law::of(&book).unwrap();
    let years = Years::of(&law);
    let names = Names::shipped(book.backbone());
    let named = Named::of(names.resolve("Falco rusticolus"));
    let traded = Traded { exporter: "RU".parse().ok(), importer: "CN".parse().ok(), ..Traded::default() };
    let when = When::On(Day::new(2020, 1, 1));
    let standing = Standing::of(&named, traded.population(), when, &law, &years).unwrap();
    let line = traded.line(&named, standing.name);
    let assessment = law::assess::assess(&line, &traded.crossing(), &law.sources, Day::new(2020, 1, 1));
    // A book without rules has no ground for a clear answer.
    assert_eq!(verdict(&assessment), crate::Verdict::Refer);
    assert_eq!(line.origin, law::Origin::from("RU".parse::<Country>().unwrap()));
}
