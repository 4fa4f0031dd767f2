//! What of an application the law is asked about, and with which papers.

use permits::application::asked::{PaperField, PartyField};
use species::{Backbone, Names};

use super::*;

const TREE: &str = "kingdom,rank,name,parent,status,source\n\
    Animalia,kingdom,Animalia,,accepted,example\n\
    Animalia,genus,Falco,Animalia,accepted,example\n\
    Animalia,species,Falco cherrug,Falco,accepted,example\n";
const COMMON: &str = "kingdom,taxon,language,name,source\nAnimalia,Falco cherrug,en,saker,example\n";

fn applied(head: &[(HeadField, &str)], lines: &[&[(LineField, &str)]]) -> Applied {
    let backbone = Backbone::from_tables(TREE, "kingdom,name,accepted,kind,from,source\n", COMMON).unwrap();
    let mut asked = Asked::default();
    for (field, text) in head {
        asked.head.write(*field, text).unwrap();
    }
    for texts in lines {
        let mut line = Line::default();
        for (field, text) in *texts {
            line.write(*field, text).unwrap();
        }
        asked.add(line).unwrap();
    }
    Applied::of(&asked, &Taxa::of(Names::shipped(&backbone)), "CN".parse().unwrap())
}

const SAKER: &[(LineField, &str)] = &[
    (LineField::Name, "Falco cherrug"),
    (LineField::Term, "LIV"),
    (LineField::Quantity, "2"),
    (LineField::Unit, "NAR"),
];

/// `direction exporter importer purpose-of-export purpose-of-import`, `-` for what is not known.
#[track_caller]
fn check_journey(head: &[(HeadField, &str)], expected: &str) {
    let applied = applied(head, &[SAKER]);
    let journey = &applied.lines[0].consignment.as_ref().unwrap().journey;
    let word = |told: Option<String>| told.unwrap_or_else(|| "-".to_owned());
    let told = [
        word(journey.direction.map(|way| way.as_str().to_owned())),
        word(journey.exporter.map(|state| state.to_string())),
        word(journey.importer.map(|state| state.to_string())),
        word(journey.purpose_export.map(|purpose| purpose.to_string())),
        word(journey.purpose_import.map(|purpose| purpose.to_string())),
    ];
    assert_eq!(told.join(" "), expected, "{head:?}");
}

#[test]
fn the_paper_tells_which_way_the_goods_go_and_the_office_one_of_the_sides() {
    use HeadField::{Consignee, Consignor, Kind, OtherSide, Purpose};
    let (sender, receiver) = (Consignor(PartyField::Country), Consignee(PartyField::Country));
    let export = (Kind, "export-permit");
    check_journey(&[export, (OtherSide, "JP"), (Purpose, "T")], "export CN JP T -");
    check_journey(&[export, (receiver, "JP")], "export CN JP - -");
    check_journey(&[export], "export CN - - -");
    check_journey(&[(Kind, "re-export-certificate"), (OtherSide, "JP")], "re-export CN JP - -");
    check_journey(&[(Kind, "import-permit"), (OtherSide, "KZ"), (Purpose, "Z")], "import KZ CN - Z");
    // What is told twice and not alike, or of another State than the office's, is not known.
    check_journey(&[export, (OtherSide, "JP"), (receiver, "KR")], "export CN - - -");
    check_journey(&[export, (sender, "KZ"), (OtherSide, "JP")], "export - JP - -");
    // Other papers tell no direction, and a side is known where it is told.
    let certificate = (Kind, "pre-convention-certificate");
    check_journey(&[certificate, (OtherSide, "JP"), (Purpose, "P")], "- - - - -");
    check_journey(&[certificate, (sender, "CN"), (OtherSide, "JP"), (Purpose, "P")], "- CN JP P -");
}

#[track_caller]
fn check_papers(head: [&str; 2], line: &[(LineField, &str)], expected: &[&str]) {
    let head = [(HeadField::Kind, head[0]), (HeadField::OtherSide, head[1])];
    let line: Vec<(LineField, &str)> = SAKER.iter().chain(line).copied().collect();
    let applied = applied(&head, &[&line]);
    let papers = &applied.lines[0].consignment.as_ref().unwrap().papers;
    let told = papers.iter().map(|paper| {
        let issuer = paper.issuer.map(|state| state.to_string()).unwrap_or_default();
        format!("{} {issuer} {}", paper.kind, paper.number.value().unwrap())
    });
    assert_eq!(told.collect::<Vec<_>>(), expected, "{head:?} {line:?}");
}

#[test]
fn only_the_papers_that_a_line_names_are_presented_for_it() {
    let number = |place| LineField::Previous(place, PaperField::Number);
    let country = |place| LineField::Previous(place, PaperField::Country);
    let origin = (LineField::Origin, "KZ");
    let from_kz = ["import-permit", "KZ"];
    check_papers(from_kz, &[], &[]);
    check_papers(from_kz, &[origin, (number(0), "KZ 1")], &["export-permit KZ KZ 1"]);
    // Of what kind a paper of another State is, nobody knows.
    check_papers(from_kz, &[origin, (number(0), "RU 1"), (country(0), "RU")], &[]);
    check_papers(from_kz, &[(number(0), "1")], &[]);
    let last = [
        (LineField::LastReExport(PaperField::Number), "RU 7"),
        (LineField::LastReExport(PaperField::Country), "RU"),
    ];
    check_papers(["import-permit", "RU"], &last, &["re-export-certificate RU RU 7"]);
    // An earlier paper is none of this journey, and least of all the one that is applied for.
    check_papers(from_kz, &last, &[]);
    check_papers(["re-export-certificate", "JP"], &last, &[]);
    check_papers(["export-permit", "JP"], &[origin, (number(0), "KZ 1")], &[]);
}

#[test]
fn a_line_whose_name_leads_to_nothing_is_not_asked_about() {
    let unknown: &[(LineField, &str)] = &[(LineField::Name, "nobody knows this"), (LineField::Term, "LIV")];
    let none: &[(LineField, &str)] = &[(LineField::Term, "LIV")];
    let common: &[(LineField, &str)] = &[(LineField::Name, "saker"), (LineField::Term, "no such term")];
    let unsure: &[(LineField, &str)] = &[(LineField::Name, "Falco nemo"), (LineField::Term, "LIV")];
    let applied = applied(&[], &[unknown, none, common, unsure]);
    let names: Vec<Option<&str>> = applied
        .lines
        .iter()
        .map(|line| line.consignment.as_ref().map(|consignment| &*consignment.lines[0].name))
        .collect();
    let expected = [None, None, Some("Falco cherrug"), Some("Falco nemo")];
    assert_eq!(names, expected, "a common name leads to its taxon, an unknown member to its genus");
    let sure: Vec<bool> = applied.lines.iter().map(|line| line.is_name_sure).collect();
    assert_eq!(sure, [false, false, true, false]);
    for line in &applied.lines {
        assert!(has_defect(&line.remarks), "what could not be read is told: {line:?}");
    }
    let third = applied.lines[2].consignment.as_ref().unwrap();
    assert_eq!((third.lines[0].term, &*applied.lines[2].name), (None, "saker"));
}
