//! The shipped listings answer as the Appendices stood, by population and by day.
#![cfg(test)]

use std::path::Path;

use cites::{Appendix, Day, Kingdom};
use law::{Listing, ListingDoubts, Listings, Origin, Subject};
use species::{Backbone, Placement};

struct Shipped {
    backbone: Backbone,
    listings: Listings,
}

fn shipped() -> &'static Shipped {
    static SHIPPED: std::sync::OnceLock<Shipped> = std::sync::OnceLock::new();
    SHIPPED.get_or_init(read)
}

fn read() -> Shipped {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let text = |name: &str| std::fs::read_to_string(data.join(name)).unwrap();
    let backbone =
        Backbone::from_tables(&text("species/taxa.csv"), &text("species/synonyms.csv"), "").unwrap();
    let listings =
        Listings::from_tables(&text("law/listings.csv"), &text("law/populations.csv"), &backbone).unwrap();
    Shipped { backbone, listings }
}

impl Shipped {
    fn ask(&self, kingdom: Kingdom, name: &str, origin: &str, on: &str) -> Listing {
        let found = self.backbone.find(Some(kingdom), name);
        let taxon = *found.first().unwrap_or_else(|| panic!("{name} is not in the backbone"));
        let origin = match origin {
            "" => Origin::Unstated,
            place => Origin::from(place.parse::<cites::Place>().unwrap()),
        };
        self.listings.listing(&self.backbone, &Subject::itself(taxon), &origin, on.parse().unwrap())
    }

    fn check(&self, kingdom: Kingdom, rows: &[(&str, &str, &str, &str)]) {
        for (name, origin, on, expected) in rows {
            let found = self.ask(kingdom, name, origin, on).appendices.to_string();
            assert_eq!(&found, expected, "{name} from `{origin}` on {on}");
        }
    }
}

#[test]
fn animals_of_the_region_stand_where_the_appendices_put_them() {
    shipped().check(
        Kingdom::Animalia,
        &[
            ("Saiga tatarica", "KZ", "1995-02-15", "NC"),
            ("Saiga tatarica", "KZ", "1995-02-16", "II"),
            ("Saiga tatarica", "KZ", "2026-11-24", "II"),
            ("Falco cherrug", "KZ", "2026-11-24", "II"),
            ("Falco peregrinus", "", "2026-11-24", "I"),
            ("Falco rusticolus", "", "2026-11-24", "I"),
            ("Panthera uncia", "KG", "2026-11-24", "I"),
            ("Uncia uncia", "KG", "1980-01-01", "I"),
            ("Capra falconeri", "AF", "2024-10-01", "I"),
            ("Capra sibirica", "", "2014-06-23", "NC"),
            ("Capra sibirica", "", "2014-06-24", "III"),
            ("Moschus moschiferus", "MN", "2026-11-24", "II"),
            ("Moschus chrysogaster", "PK", "2026-11-24", "I"),
            ("Canis lupus", "PK", "2026-11-24", "I"),
            ("Canis lupus", "KZ", "2026-11-24", "II"),
            ("Testudo horsfieldii", "UZ", "2026-11-24", "II"),
            ("Ovis nigrimontana", "KZ", "2026-11-24", "I"),
            ("Ovis karelini", "KG", "2026-11-24", "II"),
            ("Ovis bochariensis", "", "2026-11-24", "II"),
            ("Ovis vignei", "", "2019-11-25", "II"),
            ("Ovis vignei", "", "2019-11-26", "I"),
            ("Ovis ammon polii", "TJ", "2026-11-24", "II"),
            ("Ovis vignei bochariensis", "UZ", "2026-11-24", "II"),
            ("Ovis ammon hodgsonii", "CN", "2026-11-24", "I"),
            ("Ovis ammon nigrimontana", "KZ", "2026-11-24", "I"),
            ("Ovis vignei vignei", "IN", "2026-11-24", "I"),
            ("Goniurosaurus", "CN", "2026-11-24", "II/III"),
            ("Goniurosaurus kuroiwae", "", "2019-11-26", "NC"),
            ("Goniurosaurus kuroiwae", "", "2021-02-14", "III"),
            ("Goniurosaurus kuroiwae", "JP", "2026-11-24", "III"),
            ("Hyaena hyaena", "", "2026-03-04", "III"),
            ("Hyaena hyaena", "", "2026-03-05", "II"),
        ],
    );
}

#[test]
fn a_split_listing_goes_by_the_population_of_origin() {
    shipped().check(
        Kingdom::Animalia,
        &[
            ("Loxodonta africana", "ZA", "2026-11-24", "II"),
            ("Loxodonta africana", "KE", "2026-11-24", "I"),
            ("Loxodonta africana", "", "2026-11-24", "I/II"),
            ("Vicugna vicugna", "PE", "2020-01-01", "II"),
            ("Antilocapra americana", "MX", "2020-01-01", "I"),
            ("Antilocapra americana", "US", "2020-01-01", "NC"),
            ("Antilocapra americana", "", "2020-01-01", "I/NC"),
            ("Crocodylus porosus", "PH-PLW", "2024-01-01", "II"),
            ("Crocodylus porosus", "PH-BTG", "2024-01-01", "I"),
            ("Crocodylus porosus", "AU", "2024-01-01", "II"),
            ("Alauda arvensis", "UA", "2022-01-01", "III"),
            ("Alauda arvensis", "PL", "2022-01-01", "NC"),
        ],
    );
}

#[test]
fn plants_stand_where_the_appendices_put_them() {
    shipped().check(
        Kingdom::Plantae,
        &[
            ("Cistanche deserticola", "CN", "2026-11-24", "II"),
            ("Rhodiola", "CN", "2023-02-22", "NC"),
            ("Rhodiola", "CN", "2023-02-23", "II"),
            ("Panax ginseng", "RU", "2026-11-24", "II"),
            ("Panax ginseng", "CN", "2026-11-24", "NC"),
            ("Quercus mongolica", "RU", "2014-06-24", "III"),
            ("Dalbergia nigra", "BR", "2026-11-24", "I"),
            ("Dalbergia retusa", "PA", "2017-01-01", "II"),
            ("Paubrasilia echinata", "BR", "2026-11-24", "II"),
            ("Khaya", "GH", "2024-01-01", "II"),
            ("Khaya", "BR", "2024-01-01", "NC"),
        ],
    );
}

#[test]
fn known_coming_entries_begin_on_their_day() {
    shipped().check(
        Kingdom::Animalia,
        &[
            ("Mustelus", "", "2027-06-04", "NC"),
            ("Mustelus", "", "2027-06-05", "II"),
            ("Galeorhinus galeus", "", "2027-06-05", "II"),
            ("Mobula", "", "2026-03-04", "II"),
            ("Mobula", "", "2026-03-05", "I"),
        ],
    );
}

#[test]
fn nothing_is_listed_before_the_convention() {
    shipped().check(
        Kingdom::Animalia,
        &[("Panthera tigris", "", "1975-06-30", "NC"), ("Panthera tigris", "", "1975-07-01", "I/II")],
    );
}

#[test]
fn a_bare_state_of_which_a_part_is_listed_gets_both_readings_and_a_doubt() {
    let book = shipped();
    let listing = book.ask(Kingdom::Animalia, "Crocodylus porosus", "PH", "2024-01-01");
    assert_eq!(listing.appendices.to_string(), "I/II");
    assert!(listing.doubts.contains(ListingDoubts::PART_OF_STATE));
}

#[test]
fn a_day_between_the_bounds_of_an_unknown_day_is_doubtful() {
    let book = shipped();
    for (on, expected, doubtful) in
        [("2020-08-25", "NC", false), ("2021-06-01", "III/NC", true), ("2023-02-23", "III", false)]
    {
        let found = book.backbone.find(Some(Kingdom::Plantae), "Conophytum");
        let subject = Subject::itself(*found.first().unwrap());
        let listing = book.listings.listing(&book.backbone, &subject, &Origin::Unstated, on.parse().unwrap());
        assert_eq!(listing.appendices.to_string(), expected, "{on}");
        assert_eq!(listing.doubts.contains(ListingDoubts::DAY), doubtful, "{on}");
        assert!(
            !listing.verified || !listing.appendices.contains(Appendix::III),
            "an unsure entry is not verified"
        );
    }
}

#[test]
fn a_species_shows_the_union_with_its_separately_listed_subspecies() {
    let book = shipped();
    let kg = book.ask(Kingdom::Animalia, "Ursus arctos", "KG", "2026-11-24");
    assert_eq!(kg.appendices.to_string(), "I/II");
    assert!(kg.doubts.contains(ListingDoubts::LOWER_TAXON));
    let found = book.backbone.find(Some(Kingdom::Animalia), "Ursus arctos");
    let member = Subject { taxon: *found.first().unwrap(), placement: Placement::KnownMember, range: None };
    let origin = Origin::from("KG".parse::<cites::Place>().unwrap());
    let known = book.listings.listing(&book.backbone, &member, &origin, "2026-11-24".parse().unwrap());
    assert_eq!(known.appendices.to_string(), "II");
}

#[test]
fn the_first_listing_counts_higher_taxa_and_no_transfer_resets_it() {
    let book = shipped();
    let first = |name: &str| {
        let found = book.backbone.find(Some(Kingdom::Animalia), name);
        book.listings.first_listed(&book.backbone, &Subject::itself(*found.first().unwrap()))
    };
    assert_eq!(first("Panthera uncia"), Some(Day::new(1975, 7, 1)));
    assert_eq!(first("Falco cherrug"), Some(Day::new(1975, 7, 1)));
    assert_eq!(first("Saiga tatarica"), Some(Day::new(1995, 2, 16)));
}

#[test]
fn no_taxon_is_in_two_appendices_for_all_its_populations() {
    // The stocks of these whales were split from 1977 to 1981 by waters, which no column can tell.
    let split_by_stock = ["Balaenoptera borealis", "Balaenoptera physalus"];
    let book = shipped();
    for (_, entry) in book.listings.all() {
        let is_other = |other: &&law::Entry| {
            let main =
                |entry: &law::Entry| entry.appendix != Some(Appendix::III) && !entry.population.is_limited();
            let overlap = entry.until.is_none_or(|until| other.from < until)
                && other.until.is_none_or(|until| entry.from < until);
            overlap && main(entry) && main(other) && entry.appendix != other.appendix
        };
        let name = book.backbone.name(entry.taxon);
        let other = book.listings.of_taxon(entry.taxon).iter().find(is_other);
        if let Some(other) = other.filter(|_| !split_by_stock.contains(&name)) {
            panic!("{} and {} are in force at once", entry.id, other.id);
        }
    }
}

fn load(rows: &str) -> Vec<String> {
    let book = shipped();
    let header = "id,kingdom,rank,taxon,appendix,party,population,except_population,except_taxa,annotation,note,from,from_earliest,from_latest,until,until_earliest,until_latest,event,source,confidence,checked";
    match Listings::from_tables(
        &format!("{header}\n{rows}"),
        "key,name,members,source,checked\n",
        &book.backbone,
    ) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_faulty_row_stops_the_book_with_its_line() {
    let row = |id: &str,
               taxon: &str,
               appendix: &str,
               party: &str,
               population: &str,
               from: &str,
               until: &str,
               source: &str| {
        format!(
            "{id},Animalia,species,{taxon},{appendix},{party},{population},,,,,{from},,,{until},,,,{source},F,2026-11-24\n"
        )
    };
    let good = row("a", "Falco cherrug", "II", "", "", "2000-01-01", "2001-01-01", "text");
    for (rows, expected) in [
        (row("a", "Falco cherrug", "II", "", "", "2000-01-01", "", ""), "line 2, column source"),
        (row("a", "Falco unknownus", "II", "", "", "2000-01-01", "", "text"), "line 2, column taxon"),
        (row("a", "Falco cherrug", "IV", "", "", "2000-01-01", "", "text"), "line 2, column appendix"),
        (row("a", "Falco cherrug", "III", "", "", "2000-01-01", "", "text"), "line 2, column party"),
        (row("a", "Falco cherrug", "II", "", "QQQ", "2000-01-01", "", "text"), "line 2, column population"),
        (row("a", "Falco cherrug", "II", "", "", "2000-13-01", "", "text"), "line 2, column from"),
        (row("a", "Falco cherrug", "II", "", "", "2000-01-01", "1999-01-01", "text"), "line 2, column until"),
        (good.clone() + &row("a", "Falco cherrug", "II", "", "", "2002-01-01", "", "text"), "column id"),
        (good.clone() + &row("b", "Falco cherrug", "II", "", "", "2000-12-31", "", "text"), "column until"),
    ] {
        let faults = load(&rows);
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected}: {faults:?}");
    }
    assert_eq!(
        load(&(good + &row("b", "Falco cherrug", "II", "", "", "2001-01-01", "", "text"))),
        Vec::<String>::new()
    );
}
