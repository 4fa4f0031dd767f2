//! Who is a Party on a day, and that "not known" is never "not a Party".

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use cites::{COUNTRIES, Confidence, Country, CountryKind, Day, PartyStatus, Standing};

const TODAY: Day = Day::new(2026, 11, 24);

fn country(text: &str) -> Country {
    text.parse().unwrap()
}

#[test]
fn membership_starts_on_the_day_of_force() {
    for (code, day, party) in [
        ("TM", "2025-01-01", false),
        ("TM", "2025-01-02", true),
        ("AD", "2022-01-03", false),
        ("AD", "2022-01-04", true),
        ("KZ", "2000-04-18", false),
        ("KZ", "2000-04-19", true),
        ("CN", "1981-04-07", false),
        ("CN", "1981-04-08", true),
        ("AF", "1986-01-28", true),
        ("EU", "2015-07-07", false),
        ("EU", "2015-07-08", true),
        ("US", "1975-06-30", false),
        ("US", "1975-07-01", true),
        ("AE", "1980-01-01", true),
        ("AE", "1988-01-27", false),
        ("AE", "1990-05-08", false),
        ("AE", "1990-05-09", true),
        ("SU", "1990-01-01", true),
        ("SU", "1992-01-01", false),
        ("RU", "1992-01-01", true),
        ("RS", "2006-06-03", true),
        ("CS", "2006-06-02", true),
        ("CS", "2006-06-03", false),
        ("HT", "2026-11-24", false),
        ("GL", "1977-10-24", true),
        ("GL", "1977-10-23", false),
        ("HK", "2026-11-24", true),
        ("HK", "1990-01-01", true),
        ("MO", "2026-11-24", true),
    ] {
        assert_eq!(country(code).is_party_on(day.parse().unwrap()), party, "{code} on {day}");
    }
}

#[test]
fn what_the_table_does_not_tell_is_unknown() {
    for (code, day, standing) in [
        ("XX", "2026-01-01", Standing::Unknown),
        ("XV", "2026-01-01", Standing::Unknown),
        ("HS", "2026-01-01", Standing::Unknown),
        ("QQ", "2026-01-01", Standing::Unknown),
        ("TW", "2026-01-01", Standing::Unknown),
        ("MO", "1995-01-01", Standing::Unknown),
        ("SU", "2010-01-01", Standing::Unknown),
        ("KZ", "1985-01-01", Standing::Unknown),
        ("CZ", "1992-06-01", Standing::Unknown),
        ("CS", "1992-06-01", Standing::Party),
        ("KZ", "1995-01-01", Standing::NotParty),
        ("KP", "2026-01-01", Standing::NotParty),
        ("KZ", "2026-01-01", Standing::Party),
        ("PR", "2026-01-01", Standing::Territory { of: country("US"), bound: true }),
        ("PR", "1975-06-30", Standing::Territory { of: country("US"), bound: false }),
    ] {
        assert_eq!(country(code).standing_on(day.parse().unwrap()), standing, "{code} on {day}");
    }
}

#[test]
fn there_are_185_parties_today() {
    let parties = COUNTRIES.iter().filter(|fact| fact.country.party_since().is_some());
    assert_eq!(parties.clone().count(), 185);
    assert!(parties.clone().all(|fact| fact.country.standing_on(TODAY) == Standing::Party));
    assert_eq!(country("AE").party_since(), Some(Day::new(1990, 5, 9)));
    assert_eq!(country("BN").party_since(), Some(Day::new(1990, 8, 2)));
    assert_eq!(country("SU").party_since(), None);
    assert_eq!(country("GL").party_since(), None);
}

#[test]
fn a_conflict_over_the_first_day_taints_only_the_days_between() {
    let sure = |day: &str| country("BN").party_fact_on(day.parse().unwrap()).map(|fact| fact.confidence);
    for (day, confidence) in [
        ("1990-08-01", None),
        ("1990-08-02", Some(Confidence::Conflict)),
        ("1990-08-19", Some(Confidence::Conflict)),
        ("1990-08-20", Some(Confidence::Found)),
        ("2026-11-24", Some(Confidence::Found)),
    ] {
        assert_eq!(sure(day), confidence, "{day}");
    }
}

#[test]
fn rows_of_one_country_never_overlap() {
    for fact in COUNTRIES {
        let rows = fact.country.party_facts();
        for pair in rows.windows(2) {
            assert!(pair[0].until.is_some_and(|until| Some(until) <= pair[1].from), "{}", fact.country);
        }
    }
}

#[test]
fn every_territory_follows_a_state_of_the_table() {
    for row in COUNTRIES.iter().flat_map(|fact| fact.country.party_facts()) {
        if let PartyStatus::TerritoryOf(state) = row.status {
            assert!(state.party_since().is_some(), "{} follows {state}", row.country);
        }
        assert_eq!(row.checked.is_none(), row.confidence == Confidence::Memory, "{}", row.country);
        assert!(row.confidence != Confidence::Conflict || !row.note.is_empty(), "{}", row.country);
    }
}

#[test]
fn country_facts_are_found_by_their_code() {
    assert!(COUNTRIES.iter().all(|fact| fact.country.fact() == Some(fact)));
    assert_eq!(country("QQ").fact(), None);
    assert_eq!(
        country("KZ").fact().map(|fact| (fact.name_en, fact.name_zh)),
        Some(("Kazakhstan", Some("哈萨克斯坦")))
    );
    for fact in COUNTRIES {
        assert_eq!(fact.until.is_some(), fact.kind == CountryKind::Historic, "{}", fact.country);
        assert!(
            fact.kind != CountryKind::Iso || (fact.name_zh.is_some() && fact.name_ru.is_some()),
            "{}",
            fact.country
        );
        assert!(
            fact.successors.iter().all(|successor| successor.fact().is_some_and(|fact| fact.until.is_none()))
        );
    }
}
