//! The book in one piece: what it holds, what it says of faults, and how names stand in it.

use super::*;

const TAXA: &str = "kingdom,rank,name,parent,status,source\n\
                    Animalia,genus,Falco,,accepted,example\n\
                    Animalia,species,Falco cherrug,Falco,accepted,example\n";
const LISTINGS: &str = "id,kingdom,rank,taxon,appendix,party,population,except_population,except_taxa,annotation,note,from,from_earliest,from_latest,until,until_earliest,until_latest,event,source,confidence,checked\n";

/// The other tables, without rows.
const OTHERS: [(&str, &str); 12] = [
    ("species/synonyms.csv", "kingdom,name,accepted,kind,from,source\n"),
    ("species/vernacular.csv", "kingdom,taxon,language,name,source\n"),
    ("species/domesticated.csv", "kingdom,name,wild_taxon,note,source,checked\n"),
    ("law/populations.csv", "key,name,members,source,checked\n"),
    ("law/annotations.csv", include_str!("../../../../data/law/annotations.csv")),
    ("law/deemed.csv", include_str!("../../../../data/law/deemed.csv")),
    ("law/suspensions.csv", include_str!("../../../../data/law/suspensions.csv")),
    ("law/quotas.csv", include_str!("../../../../data/law/quotas.csv")),
    ("law/quotas_yearly.csv", include_str!("../../../../data/law/quotas_yearly.csv")),
    ("law/reservations.csv", include_str!("../../../../data/law/reservations.csv")),
    ("law/pairs.csv", include_str!("../../../../data/law/pairs.csv")),
    ("law/listings.csv", LISTINGS),
];

fn tables(listings: &str) -> Tables {
    let mut tables = Tables::new();
    tables.insert("species/taxa.csv", TAXA);
    for (path, text) in OTHERS {
        let header = text.lines().next().unwrap_or_default();
        tables.insert(path, format!("{header}\n"));
    }
    tables.insert("law/listings.csv", format!("{LISTINGS}{listings}"));
    tables
}

fn told(listings: &str) -> Vec<String> {
    let faults = LawBook::from_tables(tables(listings)).err().map(|faults| faults.0).unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_sound_row_loads() {
    let row = "a,Animalia,species,Falco cherrug,II,,,,,,,1975-07-01,,,,,,,example,F,2026-11-24\n";
    let book = LawBook::from_tables(tables(row)).unwrap();
    assert_eq!(book.listings().unwrap().all().len(), 1);
    assert_eq!(book.edition(), tables(row).edition());
}

#[test]
fn a_fault_names_file_line_and_column() {
    for (row, expected) in [
        (
            "a,Animalia,species,Falco cherrug,II,,,,,,,1975-07-01,,,,,,,,F,2026-11-24\n",
            "law/listings.csv line 2, column source: ",
        ),
        (
            "a,Animalia,species,Falco cherrug,IV,,,,,,,1975-07-01,,,,,,,x,F,2026-11-24\n",
            "law/listings.csv line 2, column appendix: ",
        ),
        (
            "a,Animalia,species,Falco cherrug,II,,,,,,,1975-02-30,,,,,,,x,F,2026-11-24\n",
            "law/listings.csv line 2, column from: ",
        ),
        (
            "a,Animalia,species,Falco nemo,II,,,,,,,1975-07-01,,,,,,,x,F,2026-11-24\n",
            "law/listings.csv line 2, column taxon: ",
        ),
    ] {
        let told = told(row);
        assert!(told.iter().any(|fault| fault.starts_with(expected)), "{told:?}");
    }
}

#[test]
fn a_missing_table_is_told() {
    let faults = LawBook::from_tables(Tables::new()).unwrap_err();
    assert!(faults.to_string().contains("species/taxa.csv: the table is missing"), "{faults}");
    let mut without = Tables::new();
    tables("").iter().filter(|(path, _)| *path != "law/suspensions.csv").for_each(|(path, text)| {
        without.insert(path.to_owned(), text.to_owned());
    });
    let faults = LawBook::from_tables(without).unwrap_err();
    assert!(faults.to_string().contains("law/suspensions.csv: the table is missing"), "{faults}");
}

#[test]
fn a_fault_of_rules_names_its_file() {
    let mut tables = tables("");
    tables.insert("law/rules/bars.toml", "[[rule]]\nid = 7\n".to_owned());
    let faults = LawBook::from_tables(tables).unwrap_err();
    assert!(faults.0.iter().any(|fault| fault.path == "law/rules/bars.toml"), "{faults}");
}
