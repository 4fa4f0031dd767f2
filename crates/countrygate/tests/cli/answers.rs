//! One answer of each command, and what every answer keeps to.

use crate::run::{run, run_with};

/// The edition changes with every table; everything else in an answer is looked at when it changes.
fn without_edition(text: &str) -> String {
    let line = |line: &str| if line.contains("dition") { "(edition)".to_owned() } else { line.to_owned() };
    text.lines().map(|text| line(text) + "\n").collect()
}

fn check(name: &str, arguments: &[&str], code: i32) {
    let run = run(arguments);
    assert_eq!(run.code, code, "{arguments:?}: {}", run.err);
    insta::assert_snapshot!(name, without_edition(&run.out));
}

#[test]
fn a_name_is_explained() {
    check(
        "species",
        &["species", "Falco cherrug", "Falco cherug", "Bos grunniens", "--on", "2026-11-24"],
        10,
    );
    check(
        "species_json",
        &["species", "falco cherrug Gray, 1834", "--on", "2026-11-24", "--format", "json"],
        0,
    );
}

#[test]
fn the_law_of_a_taxon_can_be_read_aloud() {
    check("show_saiga", &["law", "show", "Saiga tatarica", "--on", "2026-11-24"], 0);
    check("show_brown_bear", &["law", "show", "Ursus arctos", "--origin", "KG", "--on", "2026-11-24"], 0);
    check(
        "show_musk_deer",
        &["law", "show", "Moschus moschiferus", "--origin", "MN", "--on", "2026-11-24"],
        0,
    );
    check("show_rosewood", &["law", "show", "Dalbergia", "--term", "CHP", "--on", "2026-11-24"], 0);
    check("show_saker", &["law", "show", "Falco cherrug", "--on", "2026-11-24"], 0);
}

#[test]
fn changes_to_come_are_told() {
    let shown = run(&["law", "show", "Mustelus", "--on", "2026-11-24"]);
    assert!(shown.out.contains("From 5 June 2027: Mustelus is in Appendix II"), "{}", shown.out);
    assert!(shown.out.contains("It is not listed yet"), "{}", shown.out);
}

#[test]
fn a_brown_bear_of_the_tian_shan_has_two_readings() {
    let shown = run(&["law", "show", "Ursus arctos", "--origin", "KG", "--on", "2026-11-24"]);
    for expected in ["Appendix I or Appendix II.", "Ursus arctos isabellinus is in Appendix I", "refer"] {
        assert!(shown.out.contains(expected), "{expected}: {}", shown.out);
    }
}

#[test]
fn an_answer_in_json_is_json() {
    for arguments in [
        &["species", "Falco"][..],
        &["law", "show", "Falco cherrug"],
        &["law", "diff", "2019-11-25", "2019-11-26"],
        &["doctor"],
    ] {
        let run = run(&[arguments, &["--format", "json"]].concat());
        assert!(serde_json::from_str::<serde_json::Value>(&run.out).is_ok(), "{arguments:?}: {}", run.out);
    }
    let status = run_with(&["law", "status", "--format", "json"], b"Falco\nFalco cherrug\n");
    let rows: serde_json::Value = serde_json::from_str(&status.out).unwrap();
    assert_eq!(rows.as_array().map(Vec::len), Some(2));
    assert_eq!(run_with(&["law", "status", "--format", "json"], b"").out, "[]\n");
}

#[test]
fn a_change_of_the_appendices_is_told_with_whom_it_concerns() {
    let diff = run(&["law", "diff", "2026-03-04", "2026-03-05"]);
    for expected in ["5 March 2026", "Saiga tatarica: quota", "Xinjiang"] {
        assert!(diff.out.contains(expected), "{expected}: {}", diff.out);
    }
    let backwards = run(&["law", "diff", "2026-03-05", "2026-03-04"]);
    assert_eq!(diff.out, backwards.out);
    let nothing = run(&["law", "diff", "2026-03-05", "2026-03-05", "--format", "csv"]);
    assert_eq!((nothing.code, nothing.rows().len()), (0, 0));
}

#[test]
fn the_doctor_tells_age_and_doubt() {
    let report = run(&["doctor"]);
    assert_eq!(report.code, 0);
    for expected in
        ["law/listings.csv", "not verified", "no names are imported", "sourced of 103 protected animals"]
    {
        assert!(report.out.contains(expected), "{expected}: {}", report.out);
    }
}

#[test]
fn colour_is_for_a_terminal_or_on_request() {
    let plain = run(&["law", "show", "Falco"]);
    assert!(!plain.out.contains('\u{1b}'));
    let coloured = run(&["law", "show", "Falco", "--color", "always"]);
    assert!(coloured.out.contains('\u{1b}'));
}
