//! Changes between two days, on the tables of the project itself.
#![cfg(test)]

use std::sync::LazyLock;

use cites::{Day, Kingdom};

use law::book::{About, Change, Event, Kind, LawBook, Nature};

mod shipped;

static BOOK: LazyLock<LawBook> = LazyLock::new(shipped::book);

fn changes(from: Day, to: Day) -> Vec<Change<'static>> {
    BOOK.changes(from, to).unwrap()
}

/// What the change of a taxon's listing is on a day, and the Appendices around it.
fn nature(taxon: &str, on: Day) -> String {
    let kingdoms = [Kingdom::Animalia, Kingdom::Plantae];
    let found = kingdoms.iter().flat_map(|kingdom| BOOK.backbone().find(Some(*kingdom), taxon));
    let taxon = { found }.find(|id| BOOK.backbone().name(*id) == taxon).unwrap();
    let all = changes(on.previous(), on);
    let change = all.iter().find(|change| change.about == About::Listing(taxon)).unwrap();
    let (before, after) = BOOK.appendices_around(taxon, change).unwrap();
    format!("{} {before} {after}", BOOK.nature(change).unwrap().as_str())
}

#[test]
fn a_change_of_a_listing_is_told_for_what_it_is() {
    let cop20 = Day::new(2026, 3, 5);
    for (taxon, on, expected) in [
        ("Conolophus", cop20, "moved II I"),
        ("Arctocephalus townsendi", cop20, "moved I II"),
        // By the entry of a higher taxon before.
        ("Gyps africanus", cop20, "moved II I"),
        ("Okapia johnstoni", cop20, "added NC I"),
        ("Damaliscus pygargus pygargus", cop20, "deleted II NC"),
        ("Glaucostegus", cop20, "remark-changed II II"),
        ("Saiga tatarica", Day::new(1995, 2, 16), "added NC II"),
        ("Monachus tropicalis", cop20, "excluded I NC"),
    ] {
        assert_eq!(nature(taxon, on), expected, "{taxon} {on}");
    }
}

#[test]
fn changes_of_two_stretches_are_those_of_the_whole() {
    let (first, middle, last) = (Day::new(2016, 12, 31), Day::new(2017, 10, 4), Day::new(2019, 11, 26));
    // Quotas of a year are those of the two ends.
    let dated = |from, to| -> Vec<(Day, About, usize, usize, usize)> {
        let all = changes(from, to).into_iter().filter(|change| change.about.kind() != Kind::YearlyQuota);
        all.map(|change| {
            (change.day, change.about, change.ended.len(), change.began.len(), change.others.len())
        })
        .collect()
    };
    let parts = [dated(first, middle), dated(middle, last)].concat();
    assert!(parts.len() > 100);
    assert_eq!(parts, dated(first, last));
    assert!(changes(last, last).is_empty());
}

#[test]
fn quotas_of_a_year_are_told_where_the_years_differ() {
    let of = |from, to| {
        let all = changes(from, to);
        all.iter().filter(|change| change.about.kind() == Kind::YearlyQuota).count()
    };
    assert!(of(Day::new(2005, 6, 1), Day::new(2006, 6, 1)) > 100);
    assert_eq!(of(Day::new(2006, 1, 1), Day::new(2006, 12, 31)), 0);
    // 2007 and 2008 are alike wherever one row runs through both.
    let both = changes(Day::new(2020, 7, 1), Day::new(2021, 7, 1));
    let aurita = BOOK.backbone().find(Some(Kingdom::Animalia), "Abronia aurita")[0];
    assert!(
        !both.iter().any(|change| matches!(&change.about, About::YearlyQuota(taxon, _) if *taxon == aurita))
    );
}

#[test]
fn rows_of_packs_and_rules_and_parties_are_among_them() {
    let kinds = |from, to| -> Vec<Kind> {
        let mut kinds: Vec<Kind> = changes(from, to).iter().map(|change| change.about.kind()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    };
    let all = kinds(Day::new(1975, 7, 1), Day::new(2027, 12, 31));
    for kind in Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::YearlyQuota | Kind::Port)) {
        assert!(all.contains(&kind), "{}", kind.as_str());
    }
    let ivory = changes(Day::new(2019, 12, 31), Day::new(2020, 1, 1));
    let ended = ivory.iter().find(|change| change.about.kind() == Kind::Prohibition).unwrap();
    assert_eq!((ended.ended.len(), BOOK.nature(ended).unwrap()), (1, Nature::Ended));
}

#[test]
fn a_suspension_that_was_last_seen_is_told_the_day_after() {
    let seen = BOOK.suspensions().unwrap().rows();
    let open = seen.iter().find(|row| row.verified_to.is_some() && row.span.until.is_none()).unwrap();
    let after = open.verified_to.unwrap().next();
    let all = changes(after.previous(), after);
    let told = all
        .iter()
        .flat_map(|change| &change.others)
        .any(|(event, row)| *event == Event::Unverified && *row.id() == *open.id);
    assert!(told, "{}", open.id);
}
