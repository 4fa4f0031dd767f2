//! Official downloads are recognised and read, and a bad row loses no good one.

use cites::{Country, Kingdom, Rank};

use super::*;

const INDEX: &str = include_str!("../../tests/fixtures/index.csv");

#[test]
fn official_downloads_are_recognised_by_their_header() {
    let species_plus = "Id,Kingdom,Phylum,Class,Order,Family,Genus,Species,Subspecies,Scientific Name,Author,Rank,Listing,Party,Listed under,Full note,# Full note,All_DistributionFullNames,All_DistributionISOCodes\n";
    let taxonomy = "Kingdom,Phylum,Class,Order,Family,Genus,Species,Subspecies,Full Name,Rank,Remarks";
    let quotas = format!("{taxonomy},year,party,quota,unit,publication_date,notes,url\n");
    let suspensions =
        format!("{taxonomy},start_date,start_notification,end_date,end_notification,party,notes,valid\n");
    for (text, expected) in [
        (INDEX, Some(OfficialFormat::Index)),
        (species_plus, Some(OfficialFormat::Listings)),
        (&quotas, Some(OfficialFormat::Quotas)),
        (&suspensions, Some(OfficialFormat::Suspensions)),
        (&suspensions.replace(',', ";"), Some(OfficialFormat::Suspensions)),
        ("Year,App.,Taxon,Class,Order,Family,Genus,Importer,Exporter,Origin\n", None),
        ("", None),
        ("\u{0}\u{1}\n", None),
    ] {
        assert_eq!(detect(text), expected, "{}", text.lines().next().unwrap_or(""));
    }
}

#[test]
fn the_index_is_read_with_its_multi_line_cells() {
    let read = index_csv(INDEX).unwrap();
    assert_eq!(read.problems, []);
    assert_eq!((read.seen, read.rows.len()), (4, 4));
    let [genus, saker, ape, orchid] = read.rows.as_slice() else { panic!("four rows") };
    assert_eq!(
        (genus.rank, genus.name.name.as_str(), genus.listing.as_str()),
        (Rank::Genus, "Falco", "I/II")
    );
    assert_eq!(saker.name.author, "Gray, 1834");
    assert_eq!(saker.synonyms.len(), 2);
    assert!(saker.range.contains(Country::new(b"KZ")) && saker.range.len() == 3);
    assert_eq!(ape.annotation, "First line. Second line, \"quoted\".");
    assert_eq!(ape.above[3], "Hominidae");
    assert_eq!((orchid.kingdom, orchid.line), (Kingdom::Plantae, 6));
}

#[test]
fn a_bad_row_of_the_index_loses_no_good_one() {
    let header = INDEX.lines().next().unwrap();
    let good = "1,Animalia,,,,Falconidae,Falco,cherrug,,Falco cherrug,,SPECIES,II,,,,,,,,,,,true,KZ,,,,,,,,";
    let text = format!(
        "{header}\n{good}\n2,Fungi{}\n3,Animalia,too,few\n{}\n4,Animalia,,,,,,,,\"open{}\n{good}\n{}\n",
        good.get("1,Animalia".len()..).unwrap(),
        good.replace("SPECIES", "TRIBE"),
        ",".repeat(23),
        good.replace("KZ", "\"KZ, Kazakhstan\""),
    );
    let read = index_csv(&text).unwrap();
    assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 7, 8]);
    assert_eq!(read.seen, 7);
    let problems: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems.iter().filter(|text| text.starts_with("line 3, column Kingdom")).count(),
        1,
        "{problems:#?}"
    );
    assert!(problems.iter().any(|text| text.contains("4 cells instead of 33")), "{problems:#?}");
    assert!(problems.iter().any(|text| text.starts_with("line 5, column RankName")), "{problems:#?}");
    assert!(problems.iter().any(|text| text.starts_with("line 6: a quote")), "{problems:#?}");
    assert!(problems.iter().any(|text| text.starts_with("line 8, column All_Dist")), "{problems:#?}");
}

#[test]
fn quotas_keep_none_published_apart_from_zero() {
    let text = "Kingdom,RecId,Rank,ISO code,Quota,Unit,StartDate,EndDate,Year,Notes,Terms,Sources\n\
                Animalia,1041,Species,AR,-1,,01/01/1998,31/12/1998,1998,juveniles,LIV,\n\
                Animalia,1041,Species,AR,0,KIL,01/01/1999,31/13/1999,1999,,\"LIV, COR\",W\n\
                Animalia,1041,Species,AR,-5,,,,1999,,,\n\
                Animalia,,Species,AR,5,,,,1999,,,\n";
    let read = quotas_csv(text).unwrap();
    let [none, zero] = read.rows.as_slice() else { panic!("{:?}", read.rows) };
    assert_eq!(none.amount, QuotaAmount::NotPublished);
    assert_eq!(zero.amount, QuotaAmount::UpTo("0".to_owned()));
    assert_eq!(zero.terms, ["LIV", "COR"]);
    assert_eq!(none.last_day.map(|day| day.to_string()), Some("1998-12-31".to_owned()));
    let problems: Vec<(usize, &str, bool)> =
        read.problems.iter().map(|problem| (problem.line, problem.column.as_str(), problem.lost)).collect();
    assert_eq!(problems, [(3, "end_date", false), (4, "quota", true), (5, "Full Name", true)]);
}

#[test]
fn split_lists_of_suspensions_are_joined() {
    let text = "start_date,end_date,taxon_name,taxon_concept_id,rank,iso_code2,unit,term,source,purpose,Applies_to_import,notes,,,\n\
                19/09/2005,,ALL,ALL,ALL,AF,ALL,ALL,ALL,Z, G, Q, S,,\"Commercial, purposes.\"\n\
                02/02/2012 00:00,09/04/2015 00:00,Balaena mysticetus,7903,SPECIES,ALL,ALL,ALL,ALL,ALL,,<i>x</i>,,,\n";
    assert_eq!(detect(text), Some(OfficialFormat::Suspensions));
    let read = suspensions_csv(text).unwrap();
    let [all, whale] = read.rows.as_slice() else { panic!("{:?}", read) };
    assert_eq!(
        (all.party.as_str(), all.taxon.as_str(), all.note.as_str()),
        ("AF", "", "Commercial, purposes.")
    );
    assert_eq!(all.purposes, ["Z", "G", "Q", "S"]);
    assert_eq!(whale.until.map(|day| day.to_string()), Some("2015-04-09".to_owned()));
    assert_eq!(
        (whale.taxon.as_str(), whale.party.as_str(), whale.note.as_str()),
        ("Balaena mysticetus", "", "x")
    );
    assert_eq!(read.problems.len(), 1);
}

#[test]
fn a_missing_column_is_named() {
    let error = index_csv("Kingdom,FullName\nAnimalia,Falco\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the header has no column RankName, SynonymsWithAuthors; check that the file is Index of CITES Species"
    );
    assert_eq!(index_csv("").unwrap_err(), ImportError::Empty);
}

#[test]
fn carriage_returns_alone_end_rows() {
    let text = "Kingdom,ISO code,StartNotificationID,Notes\rAnimalia,BR,7,one\rAnimalia,PE,8,two\r";
    let read = suspensions_csv(text).unwrap();
    assert_eq!(read.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3]);
}
