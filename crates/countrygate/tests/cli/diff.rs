//! `law diff` in every format, and what it leaves out unless asked.

use crate::run::run;

#[test]
fn a_move_between_appendices_is_told_in_words() {
    let text = run(&["law", "diff", "2026-03-04", "2026-03-05", "--taxon", "Conolophus"]);
    assert_eq!(text.code, 0, "{}", text.err);
    assert!(text.out.contains("Conolophus: moved from Appendix II to Appendix I"), "{}", text.out);
    let csv = run(&["law", "diff", "2026-03-04", "2026-03-05", "--taxon", "Conolophus", "--format", "csv"]);
    let rows = csv.rows();
    assert_eq!(rows.len(), 1, "{}", csv.out);
    assert_eq!(rows[0][..3], ["2026-03-05", "listing", "Conolophus"]);
    assert_eq!(rows[0][9..12], ["moved", "II", "I"]);
    let json = run(&["law", "diff", "2026-03-04", "2026-03-05", "--kind", "annotation", "--format", "json"]);
    let diff: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let changes = diff["changes"].as_array().unwrap();
    assert!(changes.len() > 5 && changes.iter().all(|change| change["kind"] == "annotation"));
    let ten = changes.iter().find(|change| change["annotation"] == "#10").unwrap();
    assert!(ten["ended"][0]["text"].as_str().unwrap().contains("re-export of finished musical"), "{ten}");
    assert_ne!(ten["ended"][0]["text"], ten["began"][0]["text"]);
}

#[test]
fn quotas_of_years_are_shown_where_they_are_asked_for() {
    let plain = run(&["law", "diff", "2020-06-30", "2021-06-30"]);
    assert!(
        plain.out.contains("Besides, the quotas that Parties publish year by year differ in"),
        "{}",
        plain.out
    );
    assert!(!plain.out.contains("yearly quota of Madagascar"), "{}", plain.out);
    for more in [&["--taxon", "Calumma"][..], &["--kind", "yearly-quota"]] {
        let asked = run(&[&["law", "diff", "2020-06-30", "2021-06-30"], more].concat());
        assert!(asked.out.contains("yearly quota of Madagascar"), "{more:?}: {}", asked.out);
    }
}

#[test]
fn a_region_keeps_what_concerns_its_species() {
    let asked = run(&["law", "diff", "2026-03-04", "2026-03-05", "--region", "cn-xj", "--format", "csv"]);
    let rows = asked.rows();
    assert!(!rows.is_empty() && rows.iter().all(|row| row[8] == "cn-xj"), "{}", asked.out);
    let unknown = run(&["law", "diff", "2026-03-04", "2026-03-05", "--region", "mars"]);
    assert!(unknown.code == 1 && unknown.err.contains("known are cn-xj"), "{}", unknown.err);
    let nothing = run(&["law", "diff", "2026-03-04", "2026-03-05", "--taxon", "Quagga nemo"]);
    assert!(nothing.code == 1 && nothing.err.contains("leads to no taxon"), "{}", nothing.err);
    let kind = run(&["law", "diff", "2026-03-04", "2026-03-05", "--kind", "weather"]);
    assert!(kind.code == 2 && kind.err.contains("write one of listing, annotation"), "{}", kind.err);
}

#[test]
fn the_days_may_stand_in_either_order() {
    let one = run(&["law", "diff", "2019-11-25", "2019-11-26", "--format", "json"]);
    let other = run(&["law", "diff", "2019-11-26", "2019-11-25", "--format", "json"]);
    assert_eq!(one.out, other.out);
    let nothing = run(&["law", "diff", "2019-11-27", "2019-11-27"]);
    assert!(nothing.out.contains(": 0 changes"), "{}", nothing.out);
}
