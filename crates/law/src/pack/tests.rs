//! What a pack refuses to load, with the message an office reads; and the overlay.

use super::*;
use crate::bars::fixture::backbone;

const MANIFEST: &str = "\
id = \"xx\"
country = \"KZ\"
name_en = \"Example\"
name_zh = \"例\"
checked = 2026-01-01
";

fn errors(files: &[(&str, &str)]) -> Vec<String> {
    let tables = PackTables::new("example", files.iter().copied());
    let read = Pack::from_tables(&tables, &backbone());
    read.map_or_else(|errors| errors.iter().map(ToString::to_string).collect(), |_| Vec::new())
}

fn check(file: &str, header: &str, rows: &[&str], expected: &[&str]) {
    let text = format!("{header}\n{}\n", rows.join("\n"));
    let told = errors(&[("pack.toml", MANIFEST), (file, &text)]);
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (message, wanted) in told.iter().zip(expected) {
        assert!(message.contains(wanted), "`{message}` does not tell `{wanted}`");
    }
}

#[test]
fn a_pack_of_its_manifest_alone_knows_nothing_and_says_so() {
    let tables = PackTables::new("example", [("pack.toml", MANIFEST)]);
    let pack = Pack::from_tables(&tables, &backbone()).unwrap();
    let asked = Asked::of(&[], Day::new(2026, 1, 1));
    assert!(!pack.national_class(&asked).held);
    assert!(!pack.carried_ban(&asked).held);
    assert_eq!(pack.designated("anywhere", Day::new(2026, 1, 1)), None);
    assert!(matches!(pack.port_open("anywhere", Day::new(2026, 1, 1)).opening, Opening::Unknown { .. }));
}

#[test]
fn a_manifest_must_say_for_whom_it_speaks() {
    for (text, expected) in [
        ("", "the pack has no pack.toml"),
        ("id = \"xx\"\n", "missing field"),
        ("id = \"xx\"\ncountry = \"K\"\n", "example/pack.toml line 2"),
        (
            "id = \"xx\"\ncountry = \"KZ\"\nregion = \"KZ-ALM\"\nname_en = \"\"\nname_zh = \"\"\nchecked = 2026-01-01\n",
            "write either `country` or `region`",
        ),
    ] {
        let told = errors(&[("pack.toml", text)]);
        assert!(told.iter().any(|message| message.contains(expected)), "{told:?} {expected}");
    }
}

#[test]
fn a_document_belongs_to_its_pack() {
    let paper = "[[document]]\nid = \"yy/paper\"\nname_en = \"a\"\nname_zh = \"a\"\nissuer_en = \"a\"\n\
                 issuer_zh = \"a\"\ndirections = []\nstands_for = []\nsingle_use = true\nclause = \"\"\nnote = \"\"\n\
                 source = \"s\"\nconfidence = \"F\"\nchecked = 2026-01-01\n";
    let text = format!("{MANIFEST}{paper}");
    assert_eq!(
        errors(&[("pack.toml", &text)]),
        ["example/pack.toml line 7, column id: `yy/paper` is not of this pack; begin it with `xx/`"]
    );
    let known = text.replace("yy/paper", "xx/paper");
    assert!(errors(&[("pack.toml", &known)]).is_empty());
}

#[test]
fn a_file_that_no_pack_has_is_told() {
    let told =
        errors(&[("pack.toml", MANIFEST), ("port.csv", "id\n"), ("rules/a.toml", ""), ("README.md", "")]);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("example/port.csv line 1, column file: no file of that name"), "{}", told[0]);
}

const NATIONAL: &str = "kingdom,taxon,rank,class,side,scope,section,scope_note,except_taxa,name_zh,as_listed,part_of,\
                        from,until,source,confidence,checked";

#[test]
fn a_national_list_names_taxa_of_the_tree_once_a_day() {
    let row = |taxon: &str, class: &str, from: &str, until: &str, source: &str| {
        format!(
            "Animalia,{taxon},species,{class},forestry,,,,,例,{taxon},,{from},{until},{source},F,2026-01-01"
        )
    };
    let saiga = "Saiga tatarica";
    for (rows, expected) in [
        (
            vec![row("Saiga nobody", "I", "2021-02-01", "", "s")],
            vec!["line 2, column taxon: `Saiga nobody` is not a taxon"],
        ),
        (
            vec![row(saiga, "III", "2021-02-01", "", "s")],
            vec!["line 2, column class: `III` is not known here; write one of I, II"],
        ),
        (vec![row(saiga, "I", "2021-02-01", "", "")], vec!["line 2, column source: the cell is empty"]),
        (
            vec![row(saiga, "I", "2021-02-30", "", "s")],
            vec!["line 2, column from: `2021-02-30` is not in the calendar"],
        ),
        (
            vec![row(saiga, "I", "2021-02-01", "", "s"), row(saiga, "II", "2022-02-01", "", "s")],
            vec!["line 3, column from: the row overlaps the one of line 2"],
        ),
        (
            vec![row(saiga, "I", "2021-02-01", "2022-02-01", "s"), row(saiga, "II", "2022-02-01", "", "s")],
            vec![],
        ),
    ] {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        check("national_list.csv", NATIONAL, &rows, &expected);
    }
}

#[test]
fn a_prohibition_names_regimes_terms_and_taxa_that_exist() {
    const HEADER: &str = "id,title,directions,kingdom,taxa,except_taxa,terms,except_terms,purposes,regimes,condition,\
                          outcome,from,until,clause,note,source,confidence,checked";
    let row = |directions: &str, taxa: &str, terms: &str, regimes: &str, condition: &str, outcome: &str| {
        format!(
            "a,t,{directions},Animalia,{taxa},,{terms},,,{regimes},{condition},{outcome},2020-01-01,,,,s,F,2026-01-01"
        )
    };
    for (row, expected) in [
        (row("import", "Saiga tatarica", "HOR", "all", "", "refer"), None),
        (row("inward", "Saiga tatarica", "HOR", "all", "", "refer"), Some("column directions: `inward`")),
        (row("import", "Saiga nobody", "HOR", "all", "", "refer"), Some("column taxa: `Saiga nobody`")),
        (row("import", "Saiga tatarica", "HORN", "all", "", "refer"), Some("column terms")),
        (row("import", "Saiga tatarica", "HOR", "", "", "refer"), Some("column regimes: the cell is empty")),
        (row("import", "Saiga tatarica", "HOR", "some", "", "refer"), Some("column regimes: `some`")),
        (
            row("import", "Saiga tatarica", "HOR", "all", "at-night", "refer"),
            Some("column condition: `at-night`"),
        ),
        (row("import", "Saiga tatarica", "HOR", "all", "", "clear"), Some("column outcome: `clear`")),
    ] {
        check("prohibitions.csv", HEADER, &[&row], &expected.into_iter().collect::<Vec<_>>());
    }
}

const PORTS: &str = "id,name_zh,name_en,aliases,neighbour,mode,class,status,far_side,note,source,confidence,checked\n\
                     pass,山口,Pass,The Pass;Old Pass,KG,road,I,open,,,s,F,2026-01-01\n\
                     gate,门,Gate,,KG,road,II,open,,,s,F,2026-01-01\n";
const CALENDAR: &str = "ports,from,until,kind,opens,traffic,reading,note,source,confidence,checked";

#[test]
fn a_port_name_leads_to_one_port() {
    let twice = format!("{PORTS}door,门,Door,,KG,road,,open,,,s,F,2026-01-01\n");
    let told = errors(&[("pack.toml", MANIFEST), ("ports.csv", &twice)]);
    assert_eq!(
        told,
        [
            "example/ports.csv line 4, column aliases: `门` is also a name of another port; keep it at one of them"
        ]
    );
}

#[test]
fn a_calendar_speaks_of_known_ports_with_one_voice() {
    for (rows, expected) in [
        (vec!["pass gate,2020-01-01,,open,,,,,s,F,2026-01-01"], None),
        (
            vec!["door,2020-01-01,,open,,,,,s,F,2026-01-01"],
            Some("column ports: `door` is no id of ports.csv"),
        ),
        (vec!["pass,2020-01-01,,seasonal,,,,,s,F,2026-01-01"], Some("column opens: the cell is empty")),
        (
            vec!["pass,2020-01-01,,seasonal,13,,,,s,F,2026-01-01"],
            Some("column opens: `13` is not a month or day"),
        ),
        (vec!["pass,2020-01-01,,ajar,,,,,s,F,2026-01-01"], Some("column kind: `ajar`")),
        (
            vec![
                "pass,2020-01-01,,open,,,,,s,F,2026-01-01",
                "pass gate,2021-01-01,,closed,,,,,s,F,2026-01-01",
            ],
            Some("line 3, column from: the row overlaps the one of line 2"),
        ),
        (
            vec!["pass,2020-01-01,,open,,,a,,s,C,2026-01-01", "pass,2021-01-01,,closed,,,b,,s,C,2026-01-01"],
            None,
        ),
        (
            vec![
                "pass,2020-01-01,,open,,,,,s,F,2026-01-01",
                "pass,2021-01-01,2021-01-02,notice-closed,,,,,s,F,2026-01-01",
            ],
            None,
        ),
    ] {
        let text = format!("{CALENDAR}\n{}\n", rows.join("\n"));
        let told = errors(&[("pack.toml", MANIFEST), ("ports.csv", PORTS), ("port_calendar.csv", &text)]);
        assert_eq!(told.len(), usize::from(expected.is_some()), "{rows:?} {told:?}");
        assert!(expected.is_none_or(|wanted| told[0].contains(wanted)), "{told:?}");
    }
}

fn pack_with_ports() -> Pack {
    let calendar = format!("{CALENDAR}\npass,2020-01-01,,seasonal,5-9,,,,s,F,2026-01-01\n");
    let files = [("pack.toml", MANIFEST), ("ports.csv", PORTS), ("port_calendar.csv", &*calendar)];
    Pack::from_tables(&PackTables::new("example", files), &backbone()).unwrap()
}

#[test]
fn what_an_office_confirms_goes_first() {
    let winter = Day::new(2026, 1, 15);
    assert_eq!(pack_with_ports().port_open("Old Pass", winter).opening, Opening::Closed);
    let table = format!(
        "{CALENDAR},person,day\npass,2026-01-10,2026-01-20,open,,,,,order 7,F,2026-01-09,A. Officer,2026-01-09\n"
    );
    let overlay = PackTables::new("office", [("port_calendar.csv", &*table)]);
    let pack = pack_with_ports().with_overlay(&overlay, &backbone()).unwrap();
    let answer = pack.port_open("old-pass", winter);
    assert_eq!(answer.opening, Opening::Open(Traffic::All));
    assert_eq!(answer.rows[0].origin.confirmed.as_ref().map(|by| &*by.person), Some("A. Officer"));
    assert_eq!(pack.port_open("pass", Day::new(2026, 1, 20)).opening, Opening::Closed);
}

#[test]
fn an_overlay_needs_its_person_and_holds_only_what_an_office_can_confirm() {
    let header = "port,goods,designated,from,until,note,source,confidence,checked,person,day";
    let row = |port: &str, person: &str, day: &str| {
        format!("{header}\n{port},,yes,2026-01-01,,,letter,F,2026-01-01,{person},{day}\n")
    };
    for (file, text, expected) in [
        (
            "designated_ports.csv",
            row("pass", "", "2026-01-01"),
            "office/designated_ports.csv line 2, column person",
        ),
        (
            "designated_ports.csv",
            row("pass", "A. Officer", ""),
            "office/designated_ports.csv line 2, column day",
        ),
        (
            "designated_ports.csv",
            row("door", "A. Officer", "2026-01-01"),
            "column port: `door` is no id of ports.csv",
        ),
        (
            "national_list.csv",
            String::new(),
            "office/national_list.csv line 1, column file: no file of that name belongs here",
        ),
    ] {
        let overlay = PackTables::new("office", [(file, &*text)]);
        let told = pack_with_ports().with_overlay(&overlay, &backbone()).unwrap_err();
        assert!(told.iter().any(|error| error.to_string().contains(expected)), "{told:?} {expected}");
    }
}
