//! A table is answered as its rows are one by one, however many hands it goes through.

use std::sync::LazyLock;

use border::record::{Law, Years};
use cites::Day;
use law::book::LawBook;
use proptest::prelude::*;
use species::Names;

use super::*;
use crate::check::rows::RUN_BYTES;

static BOOK: LazyLock<LawBook> = LazyLock::new(|| crate::shipped::book(None).unwrap());

const HEADER: &str = "Year,App.,Taxon,Class,Order,Family,Genus,Importer,Exporter,Origin,\
    Importer reported quantity,Exporter reported quantity,Term,Unit,Purpose,Source\n";

/// One hand that takes all at once.
const ALONE: Hands = Hands { workers: 1, run_bytes: RUN_BYTES };

fn answer(text: &str, format: Format, hands: Hands) -> (String, Totals) {
    let law = Law::of(&BOOK).unwrap();
    let years = Years::of(&law);
    let names = Names::shipped(BOOK.backbone());
    let office = Office { law: &law, years: &years, names: &names, on: Day::new(2026, 3, 5) };
    let mut out = Vec::new();
    let mut report = Report::kept("a.csv");
    let (_, totals) = run(text.as_bytes(), format, office, hands, &mut report, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), totals)
}

fn row() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "Loxodonta africana",
        "Ursus arctos",
        "Falco spp.",
        "Falco rusticolus x cherrug",
        "Falco cherug",
        "Saiga tatarica",
        "Panax ginseng",
        "Crocodylus niloticus",
        "Quagga nemo",
        "\"Falco cherrug\"",
        "\"Falco\ncherrug\"",
        "",
    ]);
    let state = prop::sample::select(vec!["ZW", "ZA", "CN", "KZ", "RU", "XX", "NA", "SU", "k1", ""]);
    let rest = prop::sample::select(vec![
        ",5,live,,T,W",
        "3,,tusks,,H,W",
        "1,1,trophies,,P,U",
        ",-2,skins,kg,S,C",
        "2,,horns,kg,,",
        ",,unicorn,,,W,more",
    ]);
    let year = prop::sample::select(vec!["1974", "2003", "2004", "2012", "2x"]);
    let appendix = prop::sample::select(vec!["I", "II", "III", "N"]);
    (year, appendix, name, state.clone(), state.clone(), state, rest).prop_map(
        |(year, appendix, name, importer, exporter, origin, rest)| {
            format!("{year},{appendix},{name},,,,,{importer},{exporter},{origin},{rest}\n")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn batch_equals_one_by_one_however_it_is_shared_out(
        rows in prop::collection::vec(row(), 1..60),
        workers in 1_usize..=8,
        run_bytes in prop::sample::select(vec![1_usize, 64, 300, 1_024, 5_000, RUN_BYTES]),
    ) {
        let table = HEADER.to_owned() + &rows.concat();
        let (batch, totals) = answer(&table, Format::Csv, Hands { workers, run_bytes });
        let (mut alone, _) = answer(HEADER, Format::Csv, ALONE);
        let header = alone.len();
        let mut sum = Totals::default();
        for row in &rows {
            let (answered, totals) = answer(&(HEADER.to_owned() + row), Format::Csv, ALONE);
            alone.push_str(&answered[header..]);
            sum.add(&totals);
        }
        prop_assert_eq!(batch, alone);
        prop_assert_eq!(totals, sum);
        let json = |hands| answer(&table, Format::Json, hands).0;
        prop_assert_eq!(json(Hands { workers, run_bytes }), json(ALONE));
    }
}

#[test]
fn every_number_of_hands_gives_the_same_bytes() {
    let rows: String = (0..400)
        .map(|number| format!("20{:02},II,Falco cherrug,,,,,AE,KZ,,,{number},live,,T,W\n", number % 13))
        .collect();
    let table = HEADER.to_owned() + &rows;
    let alone = answer(&table, Format::Csv, ALONE).0;
    for workers in 1..=8 {
        for run_bytes in [1, 777, 4_096] {
            let shared = answer(&table, Format::Csv, Hands { workers, run_bytes }).0;
            assert!(shared == alone, "{workers} hands, {run_bytes} bytes");
        }
    }
}

#[test]
fn runs_are_written_in_the_order_of_their_rows() {
    let rows: String =
        (0..3_000).map(|number| format!("2005,II,Falco cherrug,,,,,AE,KZ,,,{number},live,,T,W\n")).collect();
    let hands = Hands { workers: 4, run_bytes: 1_024 };
    let (out, totals) = answer(&(HEADER.to_owned() + &rows), Format::Csv, hands);
    for (number, line) in out.lines().skip(1).enumerate() {
        assert!(line.contains(&format!(",{number},live,")), "{number}: {line}");
    }
    assert_eq!(totals.rows, 3_000);
    let (out, _) = answer(&(HEADER.to_owned() + &rows), Format::Json, hands);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&format!("[{out}]")).unwrap().as_array().unwrap().len(),
        3_000
    );
}
