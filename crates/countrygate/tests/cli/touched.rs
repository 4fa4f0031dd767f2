//! `law touched` as an officer uses it: the permits of an office on the day on which CoP20 enters into force.

use crate::run::{Run, run, run_with};

const PERMITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/permits-cop20.csv");

fn touched(more: &[&str]) -> Run {
    run(&[&["law", "touched", "--on", "2026-03-05"], more].concat())
}

/// The cells of a column, row by row.
fn column(run: &Run, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(run.out.as_bytes());
    let at = reader.headers().unwrap().iter().position(|column| column == name).unwrap();
    reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
}

#[test]
fn the_permits_that_cop20_touches_are_told() {
    let run = touched(&[PERMITS, "--format", "csv"]);
    assert_eq!(run.code, 11, "{}", run.err);
    let (names, touched) = (column(&run, "name"), column(&run, "touched"));
    let of = |name: &str, column_name: &str| {
        let at = names.iter().position(|known| known == name).unwrap();
        column(&run, column_name)[at].clone()
    };
    assert_eq!(names.len(), touched.len());
    for (name, expected, before, after) in [
        ("Conolophus subcristatus", "yes", "II", "I"),
        ("Kinixys homeana", "yes", "II", "I"),
        ("Choloepus hoffmanni", "yes", "NC", "II"),
        ("Arctocephalus townsendi", "yes", "I", "II"),
        ("Falco cherrug", "no", "", ""),
        ("Gyps africanus", "yes", "II", "I"),
        ("Quagga nemo", "unknown", "I/II/III/NC", "I/II/III/NC"),
        ("Phyllurus amnicola", "yes", "III", "II"),
    ] {
        assert_eq!(of(name, "touched"), expected, "{name}: {}", run.out);
        assert_eq!(
            (of(name, "appendix_before"), of(name, "appendix_after")),
            (before.to_owned(), after.to_owned()),
            "{name}"
        );
    }
    assert_eq!(of("Arctocephalus townsendi", "answer"), "milder");
    assert_eq!(of("Kinixys homeana", "answer"), "stricter");
    assert_eq!(of("Kinixys homeana", "to_do"), "stop");
    assert!(of("Gyps africanus", "to_do").contains("replace-paper"));
    assert!(of("Choloepus hoffmanni", "to_do").contains("pre-convention"));
    assert!(
        of("Conolophus subcristatus", "changes").contains("Conolophus: moved from Appendix II to Appendix I")
    );
    assert!(run.out.starts_with("permit,issued,name,"), "{}", run.out);
}

#[test]
fn texts_old_and_new_are_shown_with_their_sources() {
    let run = touched(&[PERMITS]);
    for expected in [
        "Row 2: Conolophus subcristatus",
        "TOUCHED; the answer changes (stricter)",
        "Appendix: II before, I after",
        "5 March 2026: Conolophus: moved from Appendix II to Appendix I",
        "old text: All parts, derivatives and finished products but the re-export",
        "Source: ",
        "(not verified)",
        "11 lines: 9 touched, 1 not known",
        "lines that are not touched are left out",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
    assert!(!run.out.contains("Falco cherrug"), "{}", run.out);
    let all = touched(&[PERMITS, "--show", "all"]);
    assert!(all.out.contains("Falco cherrug") && all.out.contains("Not touched"), "{}", all.out);
}

#[test]
fn the_json_names_each_change_once_and_points_to_it() {
    let run = touched(&[PERMITS, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let changes = answer["changes"].as_array().unwrap();
    let lines = answer["lines"].as_array().unwrap();
    for line in lines {
        assert_ne!(line["touched"], "no");
        for touch in line["changes"].as_array().unwrap() {
            let named = changes.iter().find(|change| change["change"] == touch["change"]).unwrap();
            assert!(!named["words"].as_str().unwrap().is_empty());
        }
    }
    let counted: u64 = changes.iter().map(|change| change["lines"].as_u64().unwrap()).sum();
    let pointed: usize = lines.iter().map(|line| line["changes"].as_array().unwrap().len()).sum();
    assert_eq!(counted, pointed as u64);
    assert_eq!(answer["totals"]["lines"], 11);
    assert_eq!(answer["edition"].as_str().unwrap().len(), 64);
    assert_eq!((answer["since"].as_str(), answer["on"].as_str()), (Some("2026-03-04"), Some("2026-03-05")));
}

#[test]
fn nothing_is_touched_on_a_day_on_which_nothing_changes() {
    let run = run(&["law", "touched", "--on", "2026-04-15", PERMITS, "--format", "csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(column(&run, "touched").iter().all(|touched| touched == "no"), "{}", run.out);
}

#[test]
fn what_came_and_went_between_two_days_touches_too() {
    let table = "name,exporter,importer,origin,term,source,purpose\nLoxodonta africana,BW,CN,BW,IVC,W,P\n";
    let asked = |since: &str, on: &str| {
        let arguments =
            ["law", "touched", "--on", on, "--since", since, "-", "--input", "csv", "--format", "csv"];
        run_with(&arguments, table.as_bytes())
    };
    // The announcement on ivory carvings of February 2015 ran for a year.
    let run = asked("2015-01-01", "2020-06-01");
    let changes = &column(&run, "rows_changed")[0];
    assert!(changes.contains("ivory-carvings-2015"), "{}", run.out);
    let wrong = asked("2015-01-01", "2015-01-01");
    assert!(wrong.code == 1 && wrong.err.contains("is not before --on"), "{}", wrong.err);
}

const DECLARATION: &str = "direction = \"import\"\nprocedure = \"ordinary\"\ncarrier = \"cargo\"\n\n[dates]\narrived = 2026-03-10\n\n\
    [countries]\nexport = \"EC\"\nimport = \"DE\"\norigin = \"EC\"\nvia = []\n\n[purpose]\nexport = \"Z\"\nimport = \"Z\"\n\n\
    [[line]]\nname = \"Conolophus subcristatus\"\nterm = \"LIV\"\nquantity = \"4 NAR\"\nsource = \"W\"\n\n\
    [[line]]\nname = \"Falco cherrug\"\nterm = \"LIV\"\nquantity = \"1 NAR\"\nsource = \"W\"\n\n\
    [[paper]]\nkind = \"export-permit\"\nnumber = \"EC-2026-0117\"\nissuer = \"EC\"\nissued = 2026-01-20\nexpires = 2026-07-19\n\
    form = \"original\"\nsealed = true\nalteration = \"none\"\n\n\
    [[paper.line]]\nname = \"Conolophus subcristatus\"\nterm = \"LIV\"\nappendix = \"II\"\nsource = \"W\"\nquantity = \"4 NAR\"\n";

#[test]
fn a_permit_issued_before_the_change_is_told_with_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("declaration.toml");
    std::fs::write(&file, DECLARATION).unwrap();
    let file = file.to_str().unwrap();
    let run = touched(&[file]);
    for expected in [
        "Line 1: Conolophus subcristatus",
        "Appendix: II before, I after",
        "Paper: export-permit No. EC-2026-0117, issued 20 January 2026",
        "The Appendix on the paper is not the one that holds the specimen",
        "not that of the day of issue",
        "2 lines: 1 touched, 0 not known",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}{}", run.out, run.err);
    }
    let both = touched(&[file, PERMITS, "--format", "json"]);
    let answers: serde_json::Value = serde_json::from_str(&both.out).unwrap();
    assert_eq!(answers.as_array().unwrap().len(), 2);
    assert_eq!(answers[0]["lines"][0]["papers"][0]["number"], "EC-2026-0117");
    let csv = touched(&[file, "--format", "csv", "--show", "all"]);
    assert_eq!(column(&csv, "touched"), ["yes", "no"]);
}

#[test]
fn rows_that_cannot_be_read_are_told_and_the_others_done() {
    let table = "name,exporter,term\nConolophus subcristatus,K1,LIV\nConolophus\nFalco cherrug,KZ,LIV,,more\nKinixys homeana,GH,LIV\n";
    let arguments = ["law", "touched", "--on", "2026-03-05", "-", "--input", "csv", "--format", "csv"];
    let run = run_with(&arguments, table.as_bytes());
    assert!(run.err.contains("row 2, column `exporter`: `K1` is not a country code"), "{}", run.err);
    assert!(run.err.contains("row 3: the row has 1 cells, row 1 has 3"), "{}", run.err);
    assert_eq!(run.out.matches(",unknown,").count(), 2, "{}", run.out);
    assert_eq!(run.out.lines().count(), 5, "{}", run.out);
    assert!(run.out.lines().nth(1).unwrap().contains(",yes,"), "{}", run.out);
    let taken = run_with(&arguments, b"name,touched\nFalco cherrug,x\n");
    assert!(
        taken.code == 1 && taken.err.contains("`touched` is a column that the answer adds"),
        "{}",
        taken.err
    );
}
