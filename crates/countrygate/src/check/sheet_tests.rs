//! A table is answered as its rows are one by one, however many hands it goes through.

use std::sync::LazyLock;

use border::record::{Law, Years};
use cites::Day;
use law::book::LawBook;
use proptest::prelude::*;
use species::Names;

use super::*;

static BOOK: LazyLock<LawBook> = LazyLock::new(|| crate::shipped::book(None).unwrap());

const HEADER: &str = "Year,App.,Taxon,Class,Order,Family,Genus,Importer,Exporter,Origin,\
    Importer reported quantity,Exporter reported quantity,Term,Unit,Purpose,Source\n";

fn answer(text: &str, format: Format) -> (String, Totals) {
    let law = Law::of(&BOOK).unwrap();
    let years = Years::of(&law);
    let names = Names::shipped(BOOK.backbone());
    let office = Office { law: &law, years: &years, names: &names, on: Day::new(2026, 3, 5) };
    let mut out = Vec::new();
    let mut report = Report::kept("a.csv");
    let (_, totals) = run(text.as_bytes(), format, office, &mut report, &mut out).unwrap();
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
    fn batch_equals_one_by_one(rows in prop::collection::vec(row(), 1..60)) {
        let (batch, totals) = answer(&(HEADER.to_owned() + &rows.concat()), Format::Csv);
        let mut alone = batch.lines().next().unwrap_or_default().to_owned() + "\n";
        let mut sum = Totals::default();
        for row in &rows {
            let (answered, totals) = answer(&(HEADER.to_owned() + row), Format::Csv);
            alone.extend(answered.lines().skip(1).flat_map(|line| [line, "\n"]));
            sum.add(&totals);
        }
        prop_assert_eq!(batch, alone);
        prop_assert_eq!(totals, sum);
    }
}

#[test]
fn runs_are_written_in_the_order_of_their_rows() {
    let rows: String =
        (0..3_000).map(|number| format!("2005,II,Falco cherrug,,,,,AE,KZ,,,{number},live,,T,W\n")).collect();
    let (out, totals) = answer(&(HEADER.to_owned() + &rows), Format::Csv);
    for (number, line) in out.lines().skip(1).enumerate() {
        assert!(line.contains(&format!(",{number},live,")), "{number}: {line}");
    }
    assert_eq!(totals.rows, 3_000);
    let (out, _) = answer(&(HEADER.to_owned() + &rows), Format::Json);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&format!("[{out}]")).unwrap().as_array().unwrap().len(),
        3_000
    );
}
