//! Which Appendix the elephants' parts are treated as, kind by kind.

use cites::{Purpose, PurposeSet, Term};

use super::*;
use crate::bars::fixture::{backbone, lineage};

const TABLE_TEXT: &str = "\
id,kingdom,taxon,population,from,until,terms,purposes,conditions,otherwise,source,confidence,checked
trophies,Animalia,Loxodonta africana,BW NA,2007-09-13,,TRO,!T,,I,history,F,2026-11-24
hunters,Animalia,Loxodonta africana,BW NA,2007-09-13,,,H,,I,history,F,2026-11-24
parts,Animalia,Loxodonta africana,BW NA,2007-09-13,,TUS FOO,P,part-of-trophy,I,history,F,2026-11-24
live,Animalia,Loxodonta africana,BW,2007-09-13,,LIV,,appropriate-destination,I,history,F,2026-11-24
hides,Animalia,Loxodonta africana,BW NA,2007-09-13,,SKI,,,I,history,F,2026-11-24
stock,Animalia,Loxodonta africana,BW NA,2007-09-13,2026-03-05,TUS IVP,T,government-stock,I,history,F,2026-11-24
all,Animalia,Saiga tatarica,,1997-09-18,,none,,,I,example,F,2026-11-24
";

fn check(name: &str, origin: &str, term: Term, purposes: PurposeSet, on: &str, expected: &str) {
    let deemed = Deemed::from_table(TABLE_TEXT, &backbone()).unwrap();
    let lineage = lineage(name);
    let movement = Movement {
        origin: (!origin.is_empty()).then(|| origin.parse().unwrap()),
        terms: term.into(),
        purposes,
        ..Movement::of(&lineage, on.parse().unwrap())
    };
    let told = match deemed.reading(&movement) {
        None => String::new(),
        Some(Reading::AppendixII { row }) => format!("II {}", row.id),
        Some(Reading::DeemedI { .. }) => "I".to_owned(),
        Some(Reading::Either { missing, .. }) => {
            format!("either {}", missing.iter().map(Missing::key).collect::<Vec<_>>().join(" "))
        }
    };
    assert_eq!(told, expected, "{name} {origin} {term} {purposes:?} {on}");
}

const ELEPHANT: &str = "Loxodonta africana";

fn purpose(purpose: Purpose) -> PurposeSet {
    purpose.into()
}

#[test]
fn kind_and_purpose_decide_where_they_can() {
    check(ELEPHANT, "BW", Term::Skin, purpose(Purpose::Commercial), "2010-12-31", "II hides");
    check(ELEPHANT, "BW", Term::Trophy, purpose(Purpose::HuntingTrophy), "2010-12-31", "II trophies");
    check(ELEPHANT, "BW", Term::Trophy, purpose(Purpose::Commercial), "2010-12-31", "I");
    check(ELEPHANT, "BW", Term::Tusk, purpose(Purpose::HuntingTrophy), "2010-12-31", "II hunters");
    check(ELEPHANT, "BW", Term::Meat, purpose(Purpose::Commercial), "2010-12-31", "I");
    check(ELEPHANT, "BW", Term::Trophy, PurposeSet::ALL, "2010-12-31", "either purpose");
}

#[test]
fn a_condition_leaves_both_open() {
    check(ELEPHANT, "BW", Term::Live, purpose(Purpose::Zoo), "2010-12-31", "either condition");
    check(ELEPHANT, "NA", Term::Live, purpose(Purpose::Zoo), "2010-12-31", "I");
    check(ELEPHANT, "NA", Term::Tusk, purpose(Purpose::Personal), "2010-12-31", "either condition");
}

#[test]
fn a_row_holds_from_its_first_day_to_the_day_before_its_end() {
    check(ELEPHANT, "BW", Term::Skin, purpose(Purpose::Commercial), "2007-09-12", "");
    check(ELEPHANT, "BW", Term::Skin, purpose(Purpose::Commercial), "2007-09-13", "II hides");
    check(ELEPHANT, "BW", Term::Tusk, purpose(Purpose::Commercial), "2026-03-04", "either condition");
    check(ELEPHANT, "BW", Term::Tusk, purpose(Purpose::Commercial), "2026-03-05", "I");
}

#[test]
fn other_populations_and_taxa_are_not_concerned() {
    check(ELEPHANT, "KE", Term::Skin, purpose(Purpose::Commercial), "2010-12-31", "");
    check("Loxodonta cyclotis", "BW", Term::Skin, purpose(Purpose::Commercial), "2010-12-31", "");
    check("Loxodonta", "BW", Term::Skin, purpose(Purpose::Commercial), "2010-12-31", "either taxon");
    check(ELEPHANT, "", Term::Skin, purpose(Purpose::Commercial), "2010-12-31", "either origin");
}

#[test]
fn an_entry_may_deem_every_specimen() {
    check("Saiga tatarica", "KZ", Term::Horn, purpose(Purpose::Scientific), "2010-12-31", "I");
}

#[test]
fn every_condition_has_a_word_that_reads_back() {
    for (condition, word) in Condition::ALL {
        assert_eq!((condition.as_str(), word.parse()), (word, Ok(condition)));
    }
    assert!("nice".parse::<Condition>().is_err());
}
