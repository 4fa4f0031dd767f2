//! Reservations: days, territories, higher taxa.

use super::*;
use crate::bars::fixture::{backbone, lineage};

const HEADER: &str = "id,party,territory,kingdom,rank,taxon,except_taxa,population,appendix,from,until,verified_to,\
                      ended_by,note,source,confidence,checked\n";
const ROWS: &str = "\
a,CN,,Animalia,species,Loxodonta africana,,,I,1990-01-18,1991-01-11,,withdrawn,,history,F,2026-11-24
b,GB,HK,Animalia,species,Loxodonta africana,,,I,1990-01-18,1990-07-18,,withdrawn,,history,F,2026-11-24
c,MW,,Animalia,species,Loxodonta africana,,,I,1990-01-18,,2023-02-23,,,history,F,2026-11-24
d,AT,,Animalia,genus,Calumma,Calumma parsonii,,II,1985-08-01,1989-01-06,,withdrawn,,history,F,2026-11-24
";

fn table() -> Reservations {
    Reservations::from_table(&format!("{HEADER}{ROWS}"), &backbone()).unwrap()
}

fn check(country: &str, name: &str, appendix: Appendix, on: &str, expected: &[&str]) {
    let (reservations, lineage) = (table(), lineage(name));
    let found = reservations.in_force(country.parse().unwrap(), &lineage, appendix, on.parse().unwrap());
    let ids: Vec<&str> = found.iter().map(|row| &*row.id).collect();
    assert_eq!(ids, expected, "{country} {name} {appendix} {on}");
}

const ELEPHANT: &str = "Loxodonta africana";

#[test]
fn a_reservation_holds_from_its_day_to_the_day_before_it_is_withdrawn() {
    check("CN", ELEPHANT, Appendix::I, "1990-01-17", &[]);
    check("CN", ELEPHANT, Appendix::I, "1990-01-18", &["a"]);
    check("CN", ELEPHANT, Appendix::I, "1991-01-10", &["a"]);
    check("CN", ELEPHANT, Appendix::I, "1991-01-11", &[]);
    check("CN", ELEPHANT, Appendix::II, "1990-06-01", &[]);
}

#[test]
fn a_reservation_on_behalf_of_a_territory_binds_the_party_itself() {
    check("HK", ELEPHANT, Appendix::I, "1990-06-01", &["b"]);
    check("GB", ELEPHANT, Appendix::I, "1990-06-01", &[]);
}

#[test]
fn a_reservation_of_a_genus_holds_for_its_species_but_those_taken_out() {
    check("AT", "Calumma capuroni", Appendix::II, "1986-01-01", &["d"]);
    check("AT", "Calumma parsonii", Appendix::II, "1986-01-01", &[]);
    check("AT", "Saiga tatarica", Appendix::II, "1986-01-01", &[]);
}

#[test]
fn an_open_reservation_is_sure_only_as_far_as_it_was_seen() {
    let reservations = table();
    let malawi = &reservations.rows()[2];
    let certainty = |on: &str| malawi.certainty(on.parse().unwrap());
    assert_eq!(certainty("2023-02-23"), Some(Certainty::InForce));
    assert_eq!(certainty("2023-02-24"), Some(Certainty::NotVerified));
    assert_eq!(certainty("1990-01-17"), None);
}

#[test]
fn two_reservations_of_one_party_may_not_overlap() {
    let again = "e,CN,,Animalia,species,Loxodonta africana,,,I,1991-01-10,,,,,history,F,2026-11-24\n";
    let errors = Reservations::from_table(&format!("{HEADER}{ROWS}{again}"), &backbone()).unwrap_err();
    assert_eq!(
        errors[0].to_string(),
        "reservations.csv line 6, column from: the row overlaps the one of line 2; \
        close one where the other begins"
    );
}

#[test]
fn the_history_of_a_taxon_is_in_time() {
    let ids: Vec<Country> = table().history(lineage(ELEPHANT)[0]).iter().map(|row| row.party).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids.is_sorted());
}
