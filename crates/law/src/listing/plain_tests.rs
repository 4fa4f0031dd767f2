//! The plain listing and the full search give the same answer, for every taxon of the shipped book.

use std::sync::OnceLock;

use cites::{Country, CountrySet, Rank, TaxonId};
use proptest::prelude::*;

use super::*;
use crate::book::{LawBook, Tables};
use species::{Placement, Range};

/// The shipped listings.
fn book() -> &'static LawBook {
    static BOOK: OnceLock<LawBook> = OnceLock::new();
    BOOK.get_or_init(|| {
        let mut tables = Tables::new();
        macro_rules! insert {
            ($($path:literal)+) => {
                $(tables.insert($path, include_str!(concat!("../../../../data/", $path)));)+
            };
        }
        insert!("species/taxa.csv" "species/synonyms.csv" "species/vernacular.csv" "species/domesticated.csv"
            "law/listings.csv" "law/populations.csv");
        let edition = tables.edition();
        LawBook::open(tables, edition).unwrap()
    })
}

fn origin(kind: u8, country: usize) -> Origin {
    let country = Country::from_index(country % Country::COUNT).unwrap();
    match kind {
        0..6 => Origin::from(country),
        6 => Origin::Place("PH-PLW".parse().unwrap()),
        7 => Origin::Several([country, Country::new(b"CN")].into_iter().collect::<CountrySet>()),
        8 => Origin::Unknown,
        _ => Origin::Unstated,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn a_plain_listing_is_what_the_full_search_finds(
        taxon in any::<u32>(),
        placement in prop::sample::select(vec![
            Placement::Itself, Placement::KnownMember, Placement::UnresolvedMember,
        ]),
        kind in 0_u8..10,
        country in any::<usize>(),
        range in prop::option::of(prop::collection::vec(0..Country::COUNT, 0..4)),
        days in 0_i32..19_000,
    ) {
        let backbone = book().backbone();
        let listings = book().listings().unwrap();
        let taxon = TaxonId(taxon % backbone.len() as u32);
        let range: Option<CountrySet> =
            range.map(|places| places.into_iter().filter_map(Country::from_index).collect());
        let subject = Subject { taxon, placement, range: range.as_ref().and_then(Range::told) };
        let on = Day::new(1975, 7, 1).plus_days(days);
        let origin = origin(kind, country);
        let full = listings.searched(backbone, &subject, &origin, on);
        if let Some(plain) = listings.plain(backbone, &subject, &origin, on) {
            prop_assert_eq!(plain, full);
        }
    }
}

#[test]
fn most_listings_of_species_are_plain() {
    let backbone = book().backbone();
    let listings = book().listings().unwrap();
    let (origin, on) = (Origin::from(Country::new(b"CN")), Day::new(2026, 6, 1));
    let is_plain = |taxon| listings.plain(backbone, &Subject::itself(taxon), &origin, on).is_some();
    let species = || backbone.taxa().filter(|taxon| backbone.rank(*taxon) >= Rank::Species);
    let (plain, all) = (species().filter(|taxon| is_plain(*taxon)).count(), species().count());
    assert!(plain * 10 > all * 8, "{plain} of {all}");
}
