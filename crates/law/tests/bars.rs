//! The shipped tables of bars and annotations, asked about known movements.
//!
//! Reads `data/` in place. Each row is a fact that the source of its table states.
#![cfg(test)]

use std::path::Path;

use cites::{Country, Day, Purpose, PurposeSet, Source, TaxonId, Term};
use law::annotation::{Annotations, Coverage, SpecimenKind};
use law::bars::Movement;
use law::bars::deemed::{Deemed, Reading};
use law::bars::quota::{Quota, Quotas};
use law::bars::quota_yearly::YearlyQuotas;
use law::bars::reservation::Reservations;
use law::bars::suspension::{Certainty, Suspensions};
use species::Backbone;

struct Book {
    backbone: Backbone,
    annotations: Annotations,
    suspensions: Suspensions,
    quotas: Quotas,
    yearly: YearlyQuotas,
    reservations: Reservations,
    deemed: Deemed,
}

fn book() -> Book {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let text = |name: &str| std::fs::read_to_string(data.join(name)).unwrap();
    let backbone =
        Backbone::from_tables(&text("species/taxa.csv"), &text("species/synonyms.csv"), "").unwrap();
    Book {
        annotations: Annotations::from_table(&text("law/annotations.csv"), &backbone).unwrap(),
        suspensions: Suspensions::from_table(&text("law/suspensions.csv"), &backbone).unwrap(),
        quotas: Quotas::from_table(&text("law/quotas.csv"), &backbone).unwrap(),
        yearly: YearlyQuotas::from_table(&text("law/quotas_yearly.csv"), &backbone).unwrap(),
        reservations: Reservations::from_table(&text("law/reservations.csv"), &backbone).unwrap(),
        deemed: Deemed::from_table(&text("law/deemed.csv"), &backbone).unwrap(),
        backbone,
    }
}

impl Book {
    fn lineage(&self, name: &str) -> Vec<TaxonId> {
        let id = *self.backbone.find(None, name).first().unwrap();
        self.backbone.lineage(id).collect()
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn from_to<'a>(lineage: &'a [TaxonId], from: &str, to: &str, on: &str) -> Movement<'a> {
    Movement {
        origin: from.parse().ok(),
        exporter: from.parse().ok(),
        importer: to.parse().ok(),
        ..Movement::of(lineage, day(on))
    }
}

#[test]
fn every_shipped_table_loads() {
    let book = book();
    assert!(book.annotations.rows().len() > 80);
    assert!(book.suspensions.rows().len() > 180);
    assert!(book.quotas.rows().len() > 80);
    assert!(book.yearly.rows().len() > 8_000);
    assert!(book.reservations.rows().len() > 1_500);
    assert!(book.deemed.rows().len() > 100);
}

#[test]
fn markhor_horn_from_afghanistan_was_stopped_in_2024_and_is_not_verified_today() {
    let book = book();
    let markhor = book.lineage("Capra falconeri");
    let certainty = |on: &str| {
        let movement = from_to(&markhor, "AF", "CN", on);
        let found = book.suspensions.applying(&movement);
        let all_trade = found.iter().find(|applying| &*applying.suspension.notification == "2013/018");
        all_trade.map(|applying| (applying.certainty, applying.matched.is_met()))
    };
    assert_eq!(certainty("2013-05-16"), None);
    assert_eq!(certainty("2013-05-17"), Some((Certainty::InForce, true)));
    assert_eq!(certainty("2024-10-01"), Some((Certainty::InForce, true)));
    assert_eq!(certainty("2024-10-08"), Some((Certainty::InForce, true)));
    assert_eq!(certainty("2026-11-24"), Some((Certainty::NotVerified, true)));
}

#[test]
fn saiga_horn_is_at_zero_until_the_quota_of_kazakhstan() {
    let book = book();
    let saiga = book.lineage("Saiga tatarica");
    let limits = |origin: &str, on: &str| {
        let movement = Movement {
            terms: Term::Horn.into(),
            sources: Source::Wild.into(),
            purposes: Purpose::Commercial.into(),
            ..from_to(&saiga, origin, "CN", on)
        };
        let found = book.quotas.applying(&movement);
        found
            .iter()
            .map(|applying| (applying.quota.limit, applying.quota.provenance.confidence.is_verified()))
            .collect::<Vec<_>>()
    };
    assert_eq!(limits("KZ", "2019-11-25"), []);
    assert_eq!(limits("KZ", "2025-04-15"), [(Quota::Zero, true)]);
    assert_eq!(limits("KZ", "2026-03-04"), [(Quota::Zero, true)]);
    let opened = limits("KZ", "2026-04-15");
    assert!(
        matches!(opened.as_slice(), [(Quota::UpTo(quantity), false)] if quantity.to_string() == "10000 KGM"),
        "{opened:?}"
    );
    assert_eq!(limits("RU", "2026-04-15"), [(Quota::Zero, true)]);
}

#[test]
fn elephant_goods_are_treated_by_kind_and_purpose() {
    let book = book();
    let elephant = book.lineage("Loxodonta africana");
    let read = |origin: &str, term: Term, purposes: PurposeSet, on: &str| {
        let movement = Movement { terms: term.into(), purposes, ..from_to(&elephant, origin, "US", on) };
        match book.deemed.reading(&movement) {
            None => "listing",
            Some(Reading::AppendixII { .. }) => "II",
            Some(Reading::DeemedI { .. }) => "I",
            Some(Reading::Either { .. }) => "either",
        }
    };
    let (commerce, hunting) =
        (PurposeSet::from(Purpose::Commercial), PurposeSet::from(Purpose::HuntingTrophy));
    for (origin, term, purposes, on, expected) in [
        ("ZW", Term::LeatherProductSmall, commerce, "2006-12-31", "I"),
        ("ZA", Term::LeatherProductSmall, commerce, "2006-12-31", "II"),
        ("BW", Term::LeatherProductSmall, commerce, "2006-12-31", "I"),
        ("BW", Term::LeatherProductSmall, commerce, "2007-12-31", "II"),
        ("NA", Term::Hair, commerce, "2006-12-31", "II"),
        ("BW", Term::Hair, commerce, "2006-12-31", "I"),
        ("ZA", Term::Trophy, hunting, "2001-12-31", "II"),
        ("ZA", Term::Trophy, hunting, "1999-12-31", "listing"),
        ("ZW", Term::Trophy, commerce, "2001-12-31", "I"),
        ("ZW", Term::Tusk, hunting, "2001-12-31", "II"),
        ("ZW", Term::Live, PurposeSet::from(Purpose::Zoo), "2010-12-31", "either"),
        ("KE", Term::Trophy, hunting, "2010-12-31", "listing"),
    ] {
        assert_eq!(read(origin, term, purposes, on), expected, "{origin} {term} {on}");
    }
}

#[test]
fn reservations_hold_on_their_days() {
    let book = book();
    let held = |party: &str, name: &str, appendix: &str, on: &str| {
        let lineage = book.lineage(name);
        let country = party.parse::<Country>().unwrap();
        !book.reservations.in_force(country, &lineage, appendix.parse().unwrap(), day(on)).is_empty()
    };
    for (party, name, appendix, on, expected) in [
        ("CN", "Loxodonta africana", "I", "1990-01-17", false),
        ("CN", "Loxodonta africana", "I", "1990-01-18", true),
        ("CN", "Loxodonta africana", "I", "1991-01-10", true),
        ("CN", "Loxodonta africana", "I", "1991-01-11", false),
        ("CN", "Sphyrna lewini", "III", "2014-09-13", true),
        ("CN", "Sphyrna lewini", "III", "2014-09-14", false),
        ("HK", "Loxodonta africana", "I", "1990-07-17", true),
        ("GB", "Loxodonta africana", "I", "1990-07-17", false),
        ("CH", "Canis lupus", "I", "2014-06-11", true),
        ("CH", "Canis lupus", "I", "2014-06-12", false),
        ("JP", "Hippocampus kuda", "II", "2010-01-01", true),
        ("MW", "Loxodonta africana", "I", "2021-01-25", true),
        ("MW", "Loxodonta africana", "I", "2021-01-26", false),
    ] {
        assert_eq!(held(party, name, appendix, on), expected, "{party} {name} {appendix} {on}");
    }
}

#[test]
fn annotations_cover_what_their_text_of_the_day_says() {
    let book = book();
    let told = |symbol: &str, name: &str, term: Term, on: &str| {
        let lineage = book.lineage(name);
        let packed = SpecimenKind {
            retail_packed: Some(true),
            finished: Some(true),
            musical_instrument: Some(false),
            ..SpecimenKind::of(&lineage, term)
        };
        match book.annotations.covers(symbol, day(on), &packed).map(|answer| answer.coverage) {
            None => "no text",
            Some(Coverage::Covered) => "covered",
            Some(Coverage::Free { .. }) => "free",
            Some(Coverage::Unknown { .. }) => "unknown",
        }
    };
    for (symbol, name, term, on, expected) in [
        ("#5", "Quercus mongolica", Term::Logs, "2026-11-24", "covered"),
        ("#5", "Quercus mongolica", Term::Plywood, "2026-11-24", "free"),
        ("#4", "Cistanche deserticola", Term::Root, "2025-01-01", "covered"),
        ("#2", "Rhodiola", Term::Medicine, "2025-01-01", "free"),
        ("#3", "Panax quinquefolius", Term::Root, "2025-01-01", "covered"),
        ("#3", "Panax quinquefolius", Term::Powder, "2025-01-01", "free"),
        ("#17", "Pericopsis elata", Term::TransformedWood, "2019-11-25", "no text"),
        ("#17", "Pericopsis elata", Term::TransformedWood, "2019-11-26", "covered"),
        ("#1", "Panax quinquefolius", Term::Root, "1980-01-01", "covered"),
        ("#4", "Aloe ferox", Term::Extract, "2019-11-25", "covered"),
        ("#4", "Aloe ferox", Term::Extract, "2019-11-26", "free"),
    ] {
        assert_eq!(told(symbol, name, term, on), expected, "{symbol} {name} {term} {on}");
    }
}
