//! Boundaries of suspensions: days, ways of trade, exceptions.

use cites::{Day, Purpose, Source, SourceSet, Term, TermSet};

use super::*;
use crate::bars::Missing;
use crate::bars::fixture::{backbone, lineage};

const HEADER: &str = "id,country,basis,direction,kingdom,taxon,terms,sources,purposes,scope,from,until,\
                      verified_to,exceptions,notification,source,confidence,checked\n";

/// The answer for a line from one country to another: `in-force`, `not-verified` or nothing, and what is
/// missing after a space.
fn check(row: &str, line: &Movement<'_>, expected: &str) {
    let table = format!("{HEADER}{row}\n");
    let suspensions = Suspensions::from_table(&table, &backbone()).unwrap();
    let found = suspensions.applying(line);
    let told = found.first().map_or(String::new(), |applying| {
        let word = match applying.certainty {
            Certainty::InForce => "in-force",
            Certainty::NotVerified => "not-verified",
        };
        let missing: Vec<&str> = applying.matched.missing().iter().map(Missing::key).collect();
        format!("{word} {}", missing.join(" ")).trim_end().to_owned()
    });
    assert_eq!(told, expected, "{row} for {line:?}");
}

fn line<'a>(lineage: &'a [cites::TaxonId], from: &str, to: &str, on: &str) -> Movement<'a> {
    Movement {
        origin: Some(from.parse().unwrap()),
        exporter: Some(from.parse().unwrap()),
        importer: Some(to.parse().unwrap()),
        ..Movement::of(lineage, on.parse().unwrap())
    }
}

const AFGHANISTAN: &str = "af,AF,compliance,export import re-export,,,,,,all,2013-05-17,,2024-10-08,,2013/018,\
                           table of the Secretariat,F,2026-11-24";

#[test]
fn a_suspension_without_a_known_end_prohibits_up_to_the_day_it_was_seen_and_refers_after() {
    let markhor = lineage("Capra falconeri");
    check(AFGHANISTAN, &line(&markhor, "AF", "CN", "2013-05-16"), "");
    check(AFGHANISTAN, &line(&markhor, "AF", "CN", "2013-05-17"), "in-force");
    check(AFGHANISTAN, &line(&markhor, "AF", "CN", "2024-10-01"), "in-force");
    check(AFGHANISTAN, &line(&markhor, "AF", "CN", "2024-10-08"), "in-force");
    check(AFGHANISTAN, &line(&markhor, "AF", "CN", "2024-10-09"), "not-verified");
    check(AFGHANISTAN, &line(&markhor, "AF", "CN", "2026-11-24"), "not-verified");
}

#[test]
fn all_trade_is_import_and_re_export_too() {
    let markhor = lineage("Capra falconeri");
    check(AFGHANISTAN, &line(&markhor, "CN", "AF", "2020-01-01"), "in-force");
    let origin = Some("TJ".parse().unwrap());
    check(AFGHANISTAN, &Movement { origin, ..line(&markhor, "AF", "CN", "2020-01-01") }, "in-force");
    check(AFGHANISTAN, &line(&markhor, "PK", "CN", "2020-01-01"), "");
}

#[test]
fn an_untold_exporter_may_be_the_suspended_one() {
    let markhor = lineage("Capra falconeri");
    let untold = Movement { exporter: None, origin: None, ..line(&markhor, "AF", "CN", "2020-01-01") };
    check(AFGHANISTAN, &untold, "in-force exporter");
}

#[test]
fn a_known_end_needs_no_day_of_sight() {
    let row = "mr,MR,compliance,export,,,,,T,all,2004-07-30,2019-07-04,,,2004/055,file,F,2026-11-24";
    let commercial = |on| Movement { purposes: Purpose::Commercial.into(), ..line(&[], "MR", "FR", on) };
    check(row, &commercial("2019-07-03"), "in-force");
    check(row, &commercial("2019-07-04"), "");
}

#[test]
fn an_unverified_entry_never_prohibits() {
    let row = "gn,GN,compliance,export,,,,,,all,2022-04-05,,2023-05-02,,2022/023,file,C,2026-11-24";
    check(row, &line(&[], "GN", "CN", "2022-06-01"), "not-verified");
}

#[test]
fn a_commercial_suspension_asks_for_the_purpose() {
    let row = "so,SO,compliance,export,,,,,T,all,2019-07-04,,2023-05-02,,2019/035,file,F,2026-11-24";
    let of = |purposes| Movement { purposes, ..line(&[], "SO", "CN", "2020-01-01") };
    check(row, &of(Purpose::Commercial.into()), "in-force");
    check(row, &of(Purpose::Scientific.into()), "");
    check(row, &of(cites::PurposeSet::ALL), "in-force purpose");
}

#[test]
fn excepted_taxa_are_free_and_a_genus_leaves_them_open() {
    let row = "mg,MG,significant-trade,export,Animalia,Calumma,,,,ordinary,2012-09-25,2016-03-16,,\
               taxon=Calumma parsonii,2012/059,file,F,2026-11-24";
    let of = |name| lineage(name);
    check(row, &line(&of("Calumma capuroni"), "MG", "DE", "2014-01-01"), "in-force");
    check(row, &line(&of("Calumma parsonii"), "MG", "DE", "2014-01-01"), "");
    check(row, &line(&of("Calumma"), "MG", "DE", "2014-01-01"), "in-force taxon");
    check(row, &line(&of("Saiga tatarica"), "MG", "DE", "2014-01-01"), "");
}

#[test]
fn an_exception_that_no_field_tells_leaves_only_its_own_goods_open() {
    let row = "gn,GN,compliance,export,,,,,T,all,2021-05-06,2022-04-05,,\
               taxon=Pterocarpus erinaceus&if=stock of before the listing,2021/037,file,F,2026-11-24";
    let check_taxon = |name: &str, expected| {
        let lineage = lineage(name);
        let commercial =
            Movement { purposes: Purpose::Commercial.into(), ..line(&lineage, "GN", "CN", "2021-06-01") };
        check(row, &commercial, expected);
    };
    check_taxon("Pterocarpus erinaceus", "in-force condition");
    check_taxon("Dalbergia", "in-force");
}

#[test]
fn excepted_kinds_and_sources_are_free() {
    let row = "ar,AR,national,export,,,,,,ordinary,2006-01-16,,2013-09-01,terms=TRO;sources=R,2006/006,file,F,2026-11-24";
    let of = |terms, sources| Movement { terms, sources, ..line(&[], "AR", "CN", "2010-01-01") };
    check(row, &of(Term::Skin.into(), Source::Wild.into()), "in-force");
    check(row, &of(Term::Trophy.into(), Source::Wild.into()), "");
    check(row, &of(Term::Skin.into(), Source::Ranched.into()), "");
    check(row, &of(TermSet::ALL, SourceSet::ALL), "in-force term source");
}

#[test]
fn an_appendix_may_be_excepted() {
    let row = "py,PY,national,export,,,,,T,ordinary,2011-01-19,2014-02-10,,appendix=I III,2011/009,file,F,2026-11-24";
    let of = |appendices: &str| Movement {
        purposes: Purpose::Commercial.into(),
        appendices: if appendices.is_empty() { Default::default() } else { appendices.parse().unwrap() },
        ..line(&[], "PY", "CN", "2012-01-01")
    };
    check(row, &of("II"), "in-force");
    check(row, &of("III"), "");
    check(row, &of("I/II"), "in-force appendix");
    check(row, &of(""), "in-force appendix");
}

#[test]
fn first_exports_are_told_from_re_exports() {
    let row = "kz,KZ,significant-trade,export,Animalia,Saiga tatarica,,,,ordinary,2013-05-02,,2013-09-01,,2013/013,file,F,2026-11-24";
    let saiga = lineage("Saiga tatarica");
    let own = line(&saiga, "KZ", "CN", "2013-06-01");
    check(row, &own, "in-force");
    check(row, &Movement { origin: Some("RU".parse().unwrap()), ..own }, "");
    check(row, &Movement { origin: None, ..own }, "in-force re_export");
}

#[test]
fn what_cannot_be_read_is_told_with_its_column() {
    let told = |row: &str| {
        let error = Suspensions::from_table(&format!("{HEADER}{row}\n"), &backbone()).unwrap_err();
        error[0].to_string()
    };
    let exceptions = "x,AF,compliance,export,,,,,,all,2013-05-17,,,colour=red,,file,F,2026-11-24";
    assert!(told(exceptions).starts_with("suspensions.csv line 2, column exceptions: `colour=red`"));
    let taxon = "x,AF,compliance,export,Animalia,Caprra ibex,,,,all,2013-05-17,,,,,file,F,2026-11-24";
    assert!(told(taxon).contains("column taxon: `Caprra ibex` is not a taxon"));
    let basis = "x,AF,whim,export,,,,,,all,2013-05-17,,,,,file,F,2026-11-24";
    assert!(told(basis).contains("column basis"));
}

#[test]
fn a_days_certainty_follows_from_its_columns() {
    let day = |text: &str| text.parse::<Day>().unwrap();
    let row = "bh,BH,significant-trade,export,,,,,,ordinary,2012-09-25,2019-05-06,2013-09-01,,2012/059,file,F,2026-11-24";
    let suspensions = Suspensions::from_table(&format!("{HEADER}{row}\n"), &backbone()).unwrap();
    let certainty = |on: &str| suspensions.rows()[0].certainty(day(on));
    assert_eq!(certainty("2013-09-01"), Some(Certainty::InForce));
    assert_eq!(certainty("2013-09-02"), Some(Certainty::NotVerified));
    assert_eq!(certainty("2019-05-05"), Some(Certainty::NotVerified));
    assert_eq!(certainty("2019-05-06"), None);
}
