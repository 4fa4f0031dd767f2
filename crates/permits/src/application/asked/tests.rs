//! Applications: what is written is kept, what it says is read, rows that are bad wait in place.

use std::sync::LazyLock;

use cites::{Day, DocumentKind};
use proptest::prelude::*;
use species::{Backbone, Names};

use super::*;
use crate::sheet::Outcome;
use crate::told::Told;
use crate::written::{Acquired, Note};

const TREE: &str = "\
kingdom,rank,name,parent,status,source
Animalia,kingdom,Animalia,,accepted,example
Animalia,family,Falconidae,Animalia,accepted,example
Animalia,genus,Falco,Falconidae,accepted,example
Animalia,species,Falco cherrug,Falco,accepted,example
Animalia,species,Falco rusticolus,Falco,accepted,example
Animalia,genus,Prunella,Animalia,accepted,example
Plantae,kingdom,Plantae,,accepted,example
Plantae,genus,Prunella,Plantae,accepted,example
";
const COMMON: &str = "\
kingdom,taxon,language,name,source
Animalia,Falco cherrug,zh,猎隼,example
Animalia,Falco cherrug,ru,балобан,example
Animalia,Falco cherrug,en,Falcon,example
Animalia,Falco rusticolus,en,Falcon,example
";

static BACKBONE: LazyLock<Backbone> = LazyLock::new(|| {
    let synonyms = "kingdom,name,accepted,kind,from,source\n";
    Backbone::from_tables(TREE, synonyms, COMMON).unwrap()
});
static TAXA: LazyLock<Taxa<'static>> = LazyLock::new(|| Taxa::of(Names::shipped(&BACKBONE)));

fn line(fields: &[(LineField, &str)]) -> Line {
    let mut line = Line::default();
    fields.iter().for_each(|(field, text)| line.write(*field, text).unwrap());
    line
}

fn saker() -> Line {
    line(&[(LineField::Name, "Falco cherrug"), (LineField::Term, "LIV"), (LineField::Quantity, "2")])
}

#[test]
fn a_line_says_what_is_written_in_it() {
    let mut line = saker();
    for (field, text) in [
        (LineField::Source, "C"),
        (LineField::Unit, "NAR"),
        (LineField::Marks, "ring KZ-0042; =SUM is no formula here"),
        (LineField::Origin, "KZ"),
        (LineField::Previous(0, PaperField::Number), "KZ 12/2026"),
        (LineField::Previous(0, PaperField::Day), "30.11.2026"),
        (LineField::Previous(1, PaperField::Number), "KG 7"),
        (LineField::Previous(1, PaperField::Country), "KG"),
        (LineField::LastReExport(PaperField::Country), "AE"),
        (LineField::Acquired, "before 1975-07-01"),
    ] {
        line.write(field, text).unwrap();
    }
    let (read, remarks) = line.read(&TAXA);
    assert!(!crate::fields::has_defect(&remarks), "{remarks:?}");
    let name = read.name.unwrap();
    assert_eq!(name.taxon.as_ref().map(|taxon| &*taxon.name), Some("Falco cherrug"));
    assert_eq!(read.quantity, Told::Is("2 NAR".parse().unwrap()));
    assert_eq!(read.source, Told::Is("C".parse().unwrap()));
    assert_eq!(read.purpose, Told::Unknown);
    assert_eq!(read.last_re_exporter, Told::Is("AE".parse().unwrap()));
    assert_eq!(read.last_re_export, Told::Unknown);
    assert_eq!(read.acquired, Told::Is(Acquired::Before(Day::new(1975, 7, 1))));
    let [first, second] = &*read.previous else { panic!("{:?}", read.previous) };
    assert_eq!((first.issuer, first.issued), (Some("KZ".parse().unwrap()), Some(Day::new(2026, 11, 30))));
    assert_eq!((second.issuer, &*second.number), (Some("KG".parse().unwrap()), "KG 7"));
}

#[track_caller]
fn check(fields: &[(LineField, &str)], field: LineField, expected: &str) {
    let mut written = saker();
    fields.iter().for_each(|(field, text)| written.write(*field, text).unwrap());
    let (_, remarks) = written.read(&TAXA);
    let told: Vec<_> =
        remarks.iter().filter(|remark| remark.field == field).map(|remark| remark.note.id()).collect();
    assert!(told.contains(&expected), "{fields:?}: {told:?} of {remarks:?}");
}

#[test]
fn every_defect_and_doubt_names_its_field() {
    use LineField as F;
    check(&[(F::Name, "")], F::Name, "missing");
    check(&[(F::Name, "Xyzzy plugh")], F::Name, "unknown-genus");
    check(&[(F::Name, "Falco cherugg")], F::Name, "misspelt");
    check(&[(F::Name, "猎隼")], F::Name, "common-name");
    check(&[(F::Name, "Балобан")], F::Name, "common-name");
    check(&[(F::Name, "falcon")], F::Name, "common-name-of-several");
    check(&[(F::Name, "Prunella")], F::Name, "homonym");
    check(&[(F::Term, "LIVE BIRD")], F::Term, "not-a-term");
    check(&[(F::Term, "-")], F::Term, "missing");
    check(&[(F::Term, "unknown")], F::Term, "missing");
    check(&[(F::Quantity, "1,234")], F::Quantity, "comma-of-two-readings");
    check(&[(F::Quantity, "2 kg"), (F::Unit, "m3")], F::Unit, "two-units");
    check(&[(F::Unit, "#N/A")], F::Unit, "error-text");
    check(&[(F::Origin, "QQ")], F::Origin, "no-such-country");
    check(
        &[(F::Previous(0, PaperField::Day), "2026-01-02")],
        F::Previous(0, PaperField::Number),
        "no-number",
    );
    check(&[(F::Previous(1, PaperField::Country), "KG")], F::Previous(1, PaperField::Number), "no-number");
    check(&[(F::Acquired, "1975")], F::Acquired, "day-in-part");
    check(&[(F::Source, "野外来源")], F::Source, "read-as");
}

#[test]
fn what_is_not_there_is_not_unknown() {
    let mut line = saker();
    line.write(LineField::Marks, "无").unwrap();
    line.write(LineField::Origin, "unknown").unwrap();
    let (read, remarks) = line.read(&TAXA);
    assert_eq!((read.marks, read.origin), (Told::Absent, Told::Unknown));
    assert!(!crate::fields::has_defect(&remarks));
}

#[test]
fn a_taxon_that_was_chosen_goes_first_until_the_name_changes() {
    let mut line = saker();
    line.write(LineField::Name, "some falcon or other").unwrap();
    assert!(crate::fields::has_defect(&line.read(&TAXA).1));
    let chosen = ChosenTaxon { kingdom: cites::Kingdom::Animalia, name: "Falco rusticolus".into() };
    line.choose(chosen.clone());
    let (read, remarks) = line.read(&TAXA);
    assert_eq!(read.name.and_then(|name| name.taxon), Some(chosen.clone()));
    assert!(!crate::fields::has_defect(&remarks), "{remarks:?}");
    line.write(LineField::Name, "Falco cherrug").unwrap();
    assert_eq!(line.taxon(), None);
    line.choose(ChosenTaxon { name: "Falco nemo".into(), ..chosen });
    assert!(line.read(&TAXA).1.iter().any(|remark| remark.note.id() == "chosen-taxon-unknown"));
}

#[test]
fn a_head_says_what_is_written_in_it() {
    let mut head = Texts::default();
    for (field, text) in [
        (HeadField::Kind, "export"),
        (HeadField::OtherSide, "AE"),
        (HeadField::Consignee(PartyField::Name), "Dubai Falcon Hospital"),
        (HeadField::Consignee(PartyField::Country), "QA"),
        (HeadField::Purpose, "T"),
        (HeadField::Crossing, "46356"),
    ] {
        head.write(field, text).unwrap();
    }
    let (read, remarks) = ReadHead::of(&head);
    assert_eq!(read.kind, Told::Is(DocumentKind::ExportPermit));
    assert_eq!(read.crossing, Told::Is(Day::new(2026, 11, 30)));
    assert_eq!(read.consignee.name, Told::Is("Dubai Falcon Hospital".into()));
    let told: Vec<_> = remarks.iter().map(|remark| (remark.field, remark.note.id())).collect();
    assert!(told.contains(&(HeadField::Consignee(PartyField::Country), "other-country")), "{told:?}");
    assert!(!crate::fields::has_defect(&remarks));
}

/// 250 specimens, twelve of which are written badly, each in another way.
fn import() -> Vec<Vec<String>> {
    let headings = ["学名 Scientific name", "Term", "Source", "Quantity", "Unit", "Origin", "Marks"];
    let mut rows = vec![headings.map(str::to_owned).to_vec()];
    for number in 1..=250 {
        let row =
            ["Falco cherrug", "LIV", "C", "1", "NAR", "KZ", &format!("ring {number}")].map(str::to_owned);
        rows.push(row.to_vec());
    }
    let bad = [
        (3, 0, ""),
        (20, 0, "Nosuch thing"),
        (41, 1, "LVI"),
        (62, 1, ""),
        (83, 2, "ZZ"),
        (104, 3, "1,234"),
        (125, 3, "-1"),
        (146, 3, "#REF!"),
        (167, 4, "barrels"),
        (188, 5, "QQ"),
        (209, 3, "0"),
        (250, 6, "\0"),
    ];
    for (row, column, text) in bad {
        rows[row][column] = text.to_owned();
    }
    rows
}

#[test]
fn of_250_rows_with_12_bad_ones_238_are_taken_and_12_wait_as_they_were_written() {
    let rows = import();
    let table = read_table(&rows, &TAXA).unwrap();
    assert_eq!((table.taken().count(), table.pending().count()), (238, 12));
    assert_eq!(table.layout.missing.len(), LineField::ALL.len() - 7);
    for (number, texts, remarks) in table.pending() {
        let at = number as usize - 1;
        let defect = remarks.iter().find(|remark| remark.note.is_defect()).unwrap();
        let column = table.layout.column(defect.field).unwrap();
        assert_eq!(*defect.written, *rows[at][column], "row {number}");
        assert_eq!(texts.get(LineField::Origin), rows[at][5], "row {number}");
    }
    let mut asked = Asked::default();
    asked.take(table).unwrap();
    assert_eq!((asked.lines().len(), asked.pending().len()), (238, 12));
    // The first is put right in one cell; the rest of the row is there already.
    assert_eq!(asked.pending()[0].row, 4);
    assert_eq!(asked.correct(0, LineField::Name, "Falco cherrugg", &TAXA), Ok(true));
    let told =
        |asked: &Asked| asked.lines()[238].read(&TAXA).1.iter().any(|remark| remark.note.id() == "misspelt");
    assert!(told(&asked), "a doubt about the name is told until somebody chooses");
    assert_eq!((asked.lines().len(), asked.pending().len()), (239, 11));
    assert_eq!(asked.lines()[238].texts().get(LineField::Marks), "ring 3");
    assert_eq!(asked.correct(0, LineField::Term, "LIV", &TAXA), Ok(false), "the name is bad still");
    assert_eq!(asked.correct(11, LineField::Term, "LIV", &TAXA), Err(AskedError::NoLine(11)));
    let chosen = ChosenTaxon { kingdom: cites::Kingdom::Animalia, name: "Falco cherrug".into() };
    assert_eq!(asked.choose(0, chosen.clone(), &TAXA), Ok(true));
    assert_eq!(
        (asked.lines()[239].taxon(), asked.lines()[239].texts().get(LineField::Name)),
        (Some(&chosen), "Nosuch thing")
    );
}

#[test]
fn a_taxon_is_kept_with_a_row_whose_name_is_sure() {
    let rows = [
        ["name", "term", "quantity"],
        ["Falco cherrug", "LIV", "1"],
        ["Falco cherugg", "LIV", "1"],
        ["猎隼", "LIV", "1"],
        ["Prunella", "LIV", "1"],
    ];
    let table = read_table(&rows, &TAXA).unwrap();
    let kept: Vec<_> =
        table.taken().map(|(row, line, _)| (row, line.taxon().map(|taxon| &*taxon.name))).collect();
    assert_eq!(kept, [(2, Some("Falco cherrug")), (3, None), (4, None)]);
    assert_eq!(table.pending().map(|(row, ..)| row).collect::<Vec<_>>(), [5]);
    let mut asked = Asked::default();
    asked.take(table).unwrap();
    let accentor = ChosenTaxon { kingdom: cites::Kingdom::Animalia, name: "Prunella".into() };
    assert_eq!(asked.choose(0, accentor.clone(), &TAXA), Ok(true));
    assert_eq!(
        asked.lines()[3].taxon(),
        Some(&accentor),
        "no writing of the name could have told the two apart"
    );
}

#[test]
fn limits_are_told() {
    let mut asked = Asked::default();
    (0..LINES_MAX).for_each(|_| asked.add(Line::default()).unwrap());
    assert_eq!(asked.add(Line::default()), Err(AskedError::TooManyLines(LINES_MAX + 1)));
    let table = read_table(&import(), &TAXA).unwrap();
    let before = asked.clone();
    assert_eq!(asked.take(table), Err(AskedError::TooManyLines(LINES_MAX + 250)));
    assert_eq!(asked, before, "nothing was taken");
    let long = "a".repeat(LINE_NAME_LETTERS_MAX + 1);
    let mut line = saker();
    let told = line.write(LineField::Name, &long).unwrap_err().to_string();
    assert!(told.contains("`name` holds"), "{told}");
    assert_eq!(line.texts().get(LineField::Name), "Falco cherrug");
}

#[test]
fn what_was_kept_is_read_strictly() {
    let kept = r#"{"form":1,"head":{"kind":"E"},"lines":[{"written":{"name":"Falco cherrug","previous-number-2":"7"}}]}"#;
    let asked: Asked = serde_json::from_str(kept).unwrap();
    assert_eq!(asked.lines()[0].texts().get(LineField::Previous(1, PaperField::Number)), "7");
    for (wrong, expected) in [
        (r#"{"form":2}"#, "use a newer program"),
        (r#"{}"#, "missing field"),
        (r#"{"form":1,"other":1}"#, "unknown field"),
        (r#"{"form":1,"head":{"colour":"red"}}"#, "is no field"),
        (r#"{"form":1,"lines":[{"written":{"previous-number-1":"x"}}]}"#, "is no field"),
        (r#"{"form":1,"lines":[{"written":{"previous-number-11":"x"}}]}"#, "is no field"),
        (r#"{"form":1,"lines":[{"colour":1}]}"#, "unknown field"),
    ] {
        let told = serde_json::from_str::<Asked>(wrong).unwrap_err().to_string();
        assert!(told.contains(expected), "{wrong}: {told}");
    }
    let long = format!(r#"{{"form":1,"head":{{"kind":"{}"}}}}"#, "a".repeat(201));
    assert!(serde_json::from_str::<Asked>(&long).unwrap_err().to_string().contains("holds 200"));
}

#[test]
fn every_field_is_read_by_its_word() {
    let further = (0..PREVIOUS_PAPERS_MAX).map(|place| LineField::Previous(place, PaperField::Country));
    for field in LineField::ALL.iter().copied().chain(further) {
        assert_eq!(LineField::from_id(&field.id()), Some(field), "{field:?}");
    }
    for field in HeadField::ALL {
        assert!(!field.id().is_empty());
        assert_eq!(HeadField::from_id(&field.id()), Some(*field));
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        prop::sample::select(vec![
            "Falco cherrug",
            "LIV",
            "C",
            "12.0",
            "1e3",
            "1,5",
            "KZ",
            "2026-11-30",
            "46356",
            "#N/A",
            "猎隼",
            "none",
        ])
        .prop_map(str::to_owned),
    ]
}

fn any_field() -> impl Strategy<Value = LineField> {
    prop_oneof![
        prop::sample::select(LineField::ALL),
        (0..PREVIOUS_PAPERS_MAX).prop_map(|place| LineField::Previous(place, PaperField::Number)),
    ]
}

proptest! {
    // Each looks for names that nobody knows.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn kept_then_read_is_the_same(
        lines in prop::collection::vec(prop::collection::vec((any_field(), any_text()), 0..8), 0..6),
        head in prop::collection::vec((prop::sample::select(HeadField::ALL), any_text()), 0..8),
        waiting in prop::collection::vec((any_field(), any_text()), 0..6),
    ) {
        let mut asked = Asked::default();
        head.iter().for_each(|(field, text)| asked.head.write(*field, text).unwrap());
        for fields in &lines {
            let mut line = Line::default();
            fields.iter().for_each(|(field, text)| line.write(*field, text).unwrap());
            if let Some(taxon) = line.read(&TAXA).0.name.and_then(|name| name.taxon) {
                line.choose(taxon);
            }
            asked.add(line).unwrap();
        }
        let mut texts = Texts::default();
        waiting.iter().for_each(|(field, text)| texts.write(*field, text).unwrap());
        asked.pending.push(PendingLine { row: 7, line: Line::waiting(texts) });
        let kept = serde_json::to_string(&asked).unwrap();
        prop_assert_eq!(serde_json::from_str::<Asked>(&kept).unwrap(), asked);
    }

    #[test]
    fn a_remark_shows_what_is_written_in_its_field(fields in prop::collection::vec((any_field(), any_text()), 0..10)) {
        let mut line = Line::default();
        fields.iter().for_each(|(field, text)| line.write(*field, text).unwrap());
        let (read, remarks) = line.read(&TAXA);
        for remark in &remarks {
            prop_assert_eq!(&*remark.written, line.texts().get(remark.field));
            prop_assert!(!remark.note.id().is_empty() && !remark.to_string().is_empty());
        }
        // What is read of a value was written, and without a defect of it.
        let has = |field| remarks.iter().any(|remark| remark.field == field && matches!(remark.note, Note::Defect(_)));
        prop_assert!(read.term.value().is_none() || !has(LineField::Term));
        prop_assert!(read.quantity.value().is_none() || !has(LineField::Quantity));
    }

    #[test]
    fn every_row_comes_out_once_whatever_its_cells(
        rows in prop::collection::vec(prop::collection::vec(any_text(), 0..9), 0..20),
        at in 0_usize..4,
    ) {
        let mut rows = rows;
        let heading = ["Scientific name", "Term", "Quantity", "Unit", "Origin"].map(str::to_owned).to_vec();
        rows.insert(at.min(rows.len()), heading);
        if let Ok(table) = read_table(&rows, &TAXA) {
            prop_assert!(table.rows.iter().map(|row| row.number as usize).eq(1..=rows.len()));
            let counted = table.taken().count() + table.pending().count() + table.skipped().count();
            prop_assert_eq!(counted, rows.len());
            for row in &table.rows {
                if let Outcome::Pending { remarks, .. } = &row.outcome {
                    prop_assert!(crate::fields::has_defect(remarks));
                }
            }
        }
    }
}

#[test]
fn a_copy_has_every_text_and_the_doubts_of_today() {
    let mut asked = Asked::default();
    asked.head.write(HeadField::Kind, "export-permit").unwrap();
    asked.add(saker()).unwrap();
    let mut doubtful = saker();
    doubtful.write(LineField::Name, "Falco cherug").unwrap();
    doubtful.choose(ChosenTaxon { kingdom: "Animalia".parse().unwrap(), name: "Falco cherrug".into() });
    asked.add(doubtful).unwrap();
    asked.add(line(&[(LineField::Name, "Falco cherrug"), (LineField::Quantity, "some")])).unwrap();
    let copy = asked.copied(&TAXA);
    assert_eq!(copy.head, asked.head);
    let texts = |asked: &Asked| asked.lines().iter().map(|line| line.texts().clone()).collect::<Vec<_>>();
    assert_eq!(texts(&copy), texts(&asked));
    let chosen: Vec<bool> = copy.lines().iter().map(|line| line.taxon().is_some()).collect();
    assert_eq!(chosen, [true, false, false], "a choice in doubt is made anew");
    let doubts = copy.lines()[1].read(&TAXA).1;
    assert!(doubts.iter().any(|remark| remark.field == LineField::Name), "{doubts:?}");
}
