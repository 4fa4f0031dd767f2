//! Every code prints the text it is read from, and the tables keep their promises.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use cites::*;
use proptest::prelude::*;

fn reads_back<T: FromStr + Display + PartialEq + Debug + Copy>(all: &[T])
where
    T::Err: Debug + PartialEq,
{
    for code in all {
        assert_eq!(code.to_string().parse::<T>().as_ref(), Ok(code));
    }
}

#[test]
fn every_code_prints_the_text_it_is_read_from() {
    reads_back(&Term::ALL);
    reads_back(&Unit::ALL);
    reads_back(&Purpose::ALL);
    reads_back(&Source::ALL);
    reads_back(&DocumentKind::TREATY);
    reads_back(&Appendix::ALL);
    reads_back(&Rank::ALL);
    reads_back(&Kingdom::ALL);
    reads_back(&Outcome::ALL);
    reads_back(&Confidence::ALL);
    reads_back(&COUNTRIES.iter().map(|fact| fact.country).collect::<Vec<_>>());
}

#[test]
fn the_tables_are_complete() {
    assert_eq!(Term::ALL.iter().filter(|term| !term.is_legacy()).count(), 91);
    assert_eq!(Term::ALL.iter().filter(|term| term.is_legacy()).count(), 21);
    assert_eq!(Unit::ALL.iter().filter(|unit| !unit.is_legacy()).count(), 9);
    assert_eq!(Purpose::ALL.len(), 12);
    assert_eq!(Source::ALL.len(), 11);
    assert_eq!(DocumentKind::TREATY.len(), 15);
    assert_eq!(TermSet::ALL.len(), 112);
}

#[test]
fn codes_are_read_exactly_as_printed_on_a_permit() {
    for text in ["liv", " LIV", "LIVE", "XYZ", "", "ЛИВ"] {
        assert!(text.parse::<Term>().is_err(), "{text}");
    }
    for text in ["w", "", "WW", "Z"] {
        assert!(text.parse::<Source>().is_err(), "{text}");
    }
    let error = "live".parse::<Term>().unwrap_err().to_string();
    assert_eq!(
        error,
        "`live` is not a trade term; write its three capital letters, such as LIV for a live specimen"
    );
}

#[test]
fn sources_combine_one_origin_with_marks() {
    let code =
        |primary, pre_convention, seized| Some(SourceCode::new(primary, pre_convention, seized).unwrap());
    for (text, expected, printed) in [
        ("W", code(Some(Source::Wild), false, false), "W"),
        ("I", code(None, false, true), "I"),
        ("O", code(None, true, false), "O"),
        ("CI", code(Some(Source::CaptiveBred), false, true), "CI"),
        ("C/I", code(Some(Source::CaptiveBred), false, true), "CI"),
        ("C I", code(Some(Source::CaptiveBred), false, true), "CI"),
        ("I/C", code(Some(Source::CaptiveBred), false, true), "CI"),
        ("W/O", code(Some(Source::Wild), true, false), "WO"),
        ("OI", code(None, true, true), "OI"),
        ("I O W", code(Some(Source::Wild), true, true), "WOI"),
        ("WC", None, ""),
        ("W/C/I", None, ""),
        ("WW", None, ""),
        ("II", None, ""),
        ("", None, ""),
        (" / ", None, ""),
        ("w", None, ""),
        ("Wild", None, ""),
    ] {
        let read = text.parse::<SourceCode>().ok();
        assert_eq!(read, expected, "{text}");
        assert_eq!(read.map(|code| code.to_string()).unwrap_or_default(), printed, "{text}");
    }
    assert_eq!(SourceCode::new(Some(Source::Seized), false, false), None);
    assert_eq!(SourceCode::new(None, false, false), None);
    assert_eq!("WC".parse::<SourceCode>(), Err(SourceCodeError::TwoOrigins("WC".to_owned())));
}

#[test]
fn appendix_sets_are_written_as_the_checklist_writes_them() {
    for text in ["I", "II", "III", "NC", "I/II", "II/NC", "I/II/III/NC", "III/NC"] {
        assert_eq!(text.parse::<AppendixSet>().unwrap().to_string(), text);
    }
    for (text, printed) in [("II/I", "I/II"), ("NC/III", "III/NC"), ("I/I", "I")] {
        assert_eq!(text.parse::<AppendixSet>().unwrap().to_string(), printed);
    }
    for text in ["", "IV", "I/", "/I", "I,II", "nc", "N", "i"] {
        assert!(text.parse::<AppendixSet>().is_err(), "{text}");
    }
    assert_eq!("II/NC".parse::<AppendixSet>().unwrap().strictest(), Some(Appendix::II));
    assert_eq!(AppendixSet::NOT_CONTROLLED.strictest(), None);
}

#[test]
fn a_packs_document_carries_its_own_name() {
    let kind: DocumentKind = "cn/convention-certificate".parse().unwrap();
    assert_eq!(kind.to_string(), "cn/convention-certificate");
    assert_eq!((kind.fact(), kind.box_1(), kind.cap_months()), (None, None, None));
    let DocumentKind::Pack(document) = kind else { panic!("a pack's") };
    assert_eq!((document.pack(), document.name()), ("cn", "convention-certificate"));
    for text in [
        "cn/",
        "/x",
        "cn/x/y",
        "CN/x",
        "cn/x_y",
        "cn/-x",
        "cn/x--y",
        "cn/公约",
        "cn/a-name-that-is-much-too-long-to-keep",
    ] {
        assert!(text.parse::<DocumentKind>().is_err(), "{text}");
    }
    assert!("permit".parse::<DocumentKind>().is_err());
    assert!("cn/thirty-two-characters-exactly".parse::<DocumentKind>().is_ok());
}

#[test]
fn validity_is_capped_where_a_source_says_so() {
    for (text, letter, cap) in [
        ("export-permit", 'E', Some(6)),
        ("import-permit", 'I', Some(12)),
        ("re-export-certificate", 'R', Some(6)),
        ("introduction-from-the-sea-certificate", 'O', Some(12)),
        ("certificate-of-origin", 'O', Some(12)),
        ("musical-instrument-certificate", 'O', Some(36)),
        ("sample-collection-certificate", 'O', Some(6)),
        ("pre-convention-certificate", 'O', None),
    ] {
        let kind: DocumentKind = text.parse().unwrap();
        assert_eq!((kind.box_1().map(Box1::letter), kind.cap_months()), (Some(letter), cap), "{text}");
    }
}

#[test]
fn outcomes_and_confidences_are_ordered_by_gravity() {
    assert!(Outcome::Clear < Outcome::Refer && Outcome::Refer < Outcome::Refuse);
    let verified = Confidence::ALL.map(Confidence::is_verified);
    assert_eq!(verified, [true, true, false, false]);
    assert!([Confidence::Found, Confidence::Derived].into_iter().collect::<Verified>().is_yes());
    assert!(!Verified::Yes.and(Confidence::Conflict.into()).is_yes());
}

#[test]
fn ranks_are_read_in_any_case_and_ordered() {
    assert_eq!("SPECIES".parse(), Ok(Rank::Species));
    assert_eq!("plantae".parse(), Ok(Kingdom::Plantae));
    assert!(Rank::Genus.is_above_species() && !Rank::Subspecies.is_above_species());
    assert!("sect.".parse::<Rank>().is_err());
}

#[test]
fn an_edition_is_64_hexadecimal_digits() {
    let text = "00ff".repeat(16);
    assert_eq!(text.parse::<EditionId>().unwrap().to_string(), text);
    for wrong in
        [String::new(), text[1..].to_owned(), text.to_uppercase(), format!("{text}00"), "é".repeat(32)]
    {
        assert!(wrong.parse::<EditionId>().is_err(), "{wrong}");
    }
}

#[test]
fn places_are_a_country_and_perhaps_a_region() {
    for text in ["PH", "PH-PLW", "CN-65", "FR-2"] {
        assert_eq!(text.parse::<Place>().unwrap().to_string(), text);
    }
    for text in ["", "P", "PH-", "PH-ABCD", "ph-plw", "PH_PLW", "PH-P W", "PHL", "PH-PLW-X"] {
        assert!(text.parse::<Place>().is_err(), "{text}");
    }
    let [ph, palawan]: [Place; 2] = ["PH", "PH-PLW"].map(|text| text.parse().unwrap());
    assert!(ph.covers(palawan) && !palawan.covers(ph) && palawan.covers(palawan));
}

#[test]
fn sets_are_read_from_a_cell_or_a_list() {
    for (text, printed) in [("", ""), ("LIV", "LIV"), ("LIV HOR", "HOR LIV"), ("HOR;LIV; ;LIV", "HOR LIV")] {
        assert_eq!(text.parse::<TermSet>().unwrap().to_string(), printed, "{text}");
    }
    assert_eq!("KZ CN".parse::<CountrySet>().unwrap().to_string(), "CN KZ");
    assert_eq!("W X".parse::<SourceSet>().unwrap(), SourceSet::of(&[Source::Wild, Source::Marine]));
    assert_eq!("T Y".parse::<PurposeSet>(), Err(PurposeError { written: "Y".to_owned() }));
    let when: std::collections::BTreeMap<String, SourceSet> =
        toml::from_str("source = [\"R\", \"W\"]").unwrap();
    assert_eq!(when["source"], SourceSet::from(Source::Wild).with(Source::Ranched));
    assert_eq!(toml::to_string(&when).unwrap(), "source = [\"W\", \"R\"]\n");
}

#[test]
fn serde_writes_and_reads_the_text() {
    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Row {
        on: Day,
        term: Term,
        source: SourceCode,
        origin: Place,
        document: DocumentKind,
        quantity: Quantity,
    }
    let text = "on = \"2026-03-05\"\nterm = \"HOR\"\nsource = \"WO\"\norigin = \"KZ\"\ndocument = \"export-permit\"\nquantity = \"20 KGM\"\n";
    let row: Row = toml::from_str(text).unwrap();
    assert_eq!(toml::to_string(&row).unwrap(), text);
    let error = toml::from_str::<Row>("on = \"2026-02-30\"").unwrap_err().to_string();
    assert!(error.contains("`2026-02-30` is not in the calendar"), "{error}");
}

proptest! {
    #[test]
    fn country_sets_behave_like_sets(a in proptest::collection::btree_set(0usize..676, 0..60), b in proptest::collection::btree_set(0usize..676, 0..60)) {
        let set = |indices: &BTreeSet<usize>| indices.iter().filter_map(|i| Country::from_index(*i)).collect::<CountrySet>();
        let (first, second) = (set(&a), set(&b));
        prop_assert_eq!(first.iter().map(Country::index).collect::<BTreeSet<_>>(), a.clone());
        prop_assert_eq!(first.len() as usize, a.len());
        prop_assert_eq!(first.is_empty(), a.is_empty());
        prop_assert_eq!(first.union(&second), set(&a.union(&b).copied().collect()));
        prop_assert_eq!(first.intersection(&second), set(&a.intersection(&b).copied().collect()));
        prop_assert_eq!(first.difference(&second), set(&a.difference(&b).copied().collect()));
    }

    #[test]
    fn term_sets_behave_like_sets(a in proptest::collection::btree_set(0usize..112, 0..60), b in proptest::collection::btree_set(0usize..112, 0..60)) {
        let set = |indices: &BTreeSet<usize>| indices.iter().map(|i| Term::ALL[*i]).collect::<TermSet>();
        let (first, second) = (set(&a), set(&b));
        prop_assert_eq!(first.iter().map(|term| term as usize).collect::<BTreeSet<_>>(), a.clone());
        prop_assert_eq!(first.union(second), set(&a.union(&b).copied().collect()));
        prop_assert_eq!(first.intersection(second), set(&a.intersection(&b).copied().collect()));
        prop_assert_eq!(first.difference(second), set(&a.difference(&b).copied().collect()));
        prop_assert_eq!(TermSet::ALL.union(first), TermSet::ALL);
    }

    #[test]
    fn every_country_code_reads_back(text in "[A-Z]{2}") {
        let country: Country = text.parse().unwrap();
        prop_assert_eq!(country.to_string(), text);
        prop_assert_eq!(Country::from_index(country.index()), Some(country));
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,40}") {
        let _ = (text.parse::<Country>(), text.parse::<Place>(), text.parse::<SourceCode>());
        let _ = (text.parse::<DocumentKind>(), text.parse::<AppendixSet>(), text.parse::<EditionId>());
        let _ = (Term::from_trade_name(&text), Unit::read(&text), text.parse::<Quantity>());
    }
}
