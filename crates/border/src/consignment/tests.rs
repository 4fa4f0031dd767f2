//! How consignments are read, and what is said of those that cannot be.

use cites::{DocumentKind, Purpose, Term};
use law::rule::{Carrier, Direction, Movement};
use permits::{Form, Told};

use super::{AcquiredWhen, Consignment, from_json, from_toml};

const WHOLE: &str = r#"
direction = "import"
procedure = "ordinary"
carrier = "cargo"
port = "Khorgos"

[dates]
left = 2026-04-02
arrived = "2026-04-05"
presented = 2026-04-06

[countries]
export = "KZ"
import = "CN"
origin = "KZ"
last_re_export = "none"
via = []

[purpose]
export = "T"
import = "unknown"

[owner]
residence = "KZ"

[parties]
exporter = { name = "Okhotzooprom", institution = "none" }

[[line]]
name = "Saiga tatarica"
term = "HOR"
hs = "0507.90.10"
quantity = 29.5
unit = "KGM"
source = "W"
acquired = { before = 2026-01-01, how = "taken" }
marks = "none"
live = false

[[paper]]
kind = "export-permit"
number = "KZ-2026-001"
issuer = "KZ"
issued = 2026-03-20
expires = 2026-09-19
form = "original"
endorsement = { on = 2026-04-02, port = "Altynkol" }
printed = { destination = "CN", purpose = "T", conditions = "none" }

[[paper.line]]
name = "Saiga tatarica"
quantity = "30 KGM"
endorsed = "29.5 KGM"
quota = { used = "5000 KGM", annual = "10000 KGM" }
"#;

#[test]
fn every_field_is_read() {
    let consignment = from_toml(WHOLE).unwrap();
    let journey = &consignment.journey;
    assert_eq!(journey.direction, Some(Direction::Import));
    assert_eq!(journey.carrier, Some(Carrier::Cargo));
    assert_eq!(journey.purpose_export, Some(Purpose::Commercial));
    assert_eq!(journey.purpose_import, None, "unknown is the same as left out");
    assert_eq!(journey.last_re_export, Told::Absent);
    assert_eq!(journey.via.as_deref(), Some([].as_slice()));
    let line = &consignment.lines[0];
    assert_eq!(line.term, Some(Term::Horn));
    assert_eq!(line.quantity.map(|quantity| quantity.to_string()).as_deref(), Some("29.5 KGM"));
    assert_eq!(line.hs.as_ref().map(|code| code.digits()), Some("05079010"));
    assert_eq!(line.marks, Told::Absent);
    assert!(matches!(line.acquired, Told::Is(acquired) if matches!(acquired.when, AcquiredWhen::Before(_))));
    let paper = &consignment.papers[0];
    assert_eq!((paper.kind, paper.form), (DocumentKind::ExportPermit, Some(Form::Original)));
    assert_eq!(paper.printed.conditions_met, Told::Absent);
    assert_eq!(paper.lines[0].quota.value().and_then(|quota| quota.within()), Some(true));
    assert_eq!(paper.alteration, None, "a box nobody has told is not an empty box");
}

#[test]
fn toml_and_json_read_the_same() {
    let toml = "direction = \"export\"\n[countries]\nre_export = \"KZ\"\n[[line]]\nname = \"Falco cherrug\"\nquantity = 3\n";
    let json = r#"{"direction": "export", "countries": {"re_export": "KZ"},
        "line": [{"name": "Falco cherrug", "quantity": 3, "term": null}]}"#;
    let read: Consignment = from_toml(toml).unwrap();
    assert_eq!(read, from_json(json).unwrap());
    assert_eq!(read.journey.exported_as, Some(Movement::ReExport));
    assert_eq!(from_toml(&format!("\u{feff}{toml}")).unwrap(), read);
}

#[track_caller]
fn wrong(toml: &str, expected: &[&str]) {
    let error = from_toml(toml).expect_err("the consignment should not be read").to_string();
    let found: Vec<&str> = error.lines().collect();
    assert_eq!(found.len(), expected.len(), "{error}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "expected `{expected}` in `{found}`");
    }
}

#[test]
fn every_problem_is_told_with_line_column_and_path() {
    wrong(
        "direction = \"sideways\"\nwheels = 4\n[[line]]\nterm = \"XYZ\"\nquantity = -3\n[[line]]\nname = \"A\"\nsource = \"WC\"\n",
        &[
            "line 1, column 13: direction: `sideways` is not known here; write one of export, import",
            "line 2, column 1: wheels: no such key; the keys here are",
            "line 3, column 1: line[1]: `name` is missing",
            "line 4, column 8: line[1].term: `XYZ` is not a trade term",
            "line 5, column 12: line[1].quantity: `-3` is negative",
            "line 8, column 10: line[2].source: `WC` names two origins",
        ],
    );
}

#[test]
fn what_toml_itself_forbids_is_told() {
    wrong("a = 1\na = 2\n", &["line 2, column 1: duplicate key"]);
    wrong("[[line]\n", &["line 1, column"]);
    wrong("", &["no line; describe the goods"]);
    wrong("line = 3\n", &["line: expected a list of tables, found a number"]);
    wrong("line = []\n", &["no line; describe the goods"]);
}

#[test]
fn impossible_days_and_wrong_types_are_told() {
    let line = "[[line]]\nname = \"A\"\n";
    wrong(
        &format!("{line}live = \"maybe\"\n"),
        &["line[1].live: expected true, false or \"unknown\", found a text"],
    );
    wrong(
        &format!("[dates]\nleft = \"2026-02-30\"\n{line}"),
        &["dates.left: `2026-02-30` is not in the calendar"],
    );
    wrong(
        &format!("[dates]\nleft = 2026-02-03\narrived = 2026-02-02\n{line}"),
        &["the days are not in order"],
    );
    wrong(
        &format!("[countries]\nexport = \"KZ\"\nre_export = \"DE\"\n{line}"),
        &["both name the State the goods leave"],
    );
    wrong(&format!("[countries]\nexport = \"Kazakhstan\"\n{line}"), &["`Kazakhstan` is not a country code"]);
    wrong(&format!("{line}quantity = 1e308\n"), &["has an exponent; write the number out"]);
    wrong(&format!("{line}quantity = \"1,234 KGM\"\n"), &["groups its digits"]);
    wrong(&format!("{line}hs = \"abc\"\n"), &["`abc` is not a customs code"]);
    wrong(
        &format!("{line}acquired = {{ on = 1974-01-01, before = 1975-01-01 }}\n"),
        &["cannot both be told"],
    );
    wrong(
        &format!("{line}[[paper]]\nkind = \"passport\"\n"),
        &["paper[1].kind: `passport` is not a document of the treaty"],
    );
    wrong(&format!("{line}[[paper]]\nnumber = \"1\"\n"), &["paper[1]: `kind` is missing"]);
}

#[test]
fn problems_are_counted_out_not_endless() {
    let many = "[[line]]\nname = \"A\"\nterm = \"XYZ\"\n".repeat(1_000);
    let error = from_toml(&many).expect_err("every line is wrong");
    assert_eq!(error.problems.len(), 100);
}
