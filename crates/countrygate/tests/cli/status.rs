//! `law status`: its columns are a promise.

use crate::run::{Run, run_with};

const HEADER: &str = "input,matched,match,listing,annotation,entries,national,verified";

fn status(on: &str, input: &[u8]) -> Run {
    run_with(&["law", "status", "--on", on, "--format", "csv"], input)
}

/// `matched,match,listing` of one line.
fn check(on: &str, line: &str, expected: [&str; 3]) {
    let run = status(on, line.as_bytes());
    assert_eq!(run.out.lines().next(), Some(HEADER));
    let rows = run.rows();
    assert_eq!(rows.len(), 1, "{line}: {}", run.out);
    let found: Vec<&str> = rows[0][1..4].iter().map(String::as_str).collect();
    assert_eq!(found, expected, "{line} on {on}");
    assert_eq!(rows[0][0], line);
}

#[test]
fn a_name_stands_where_the_appendices_put_it() {
    let on = "2026-11-24";
    check(on, "Falco cherrug", ["Falco cherrug", "exact", "II"]);
    check(on, "falco  CHERRUG Gray, 1834", ["Falco cherrug", "exact", "II"]);
    check(on, "Falco spp.", ["Falco", "exact", "I/II"]);
    check(on, "Panthera tigrs", ["Panthera tigris", "fuzzy", "I"]);
    check(on, "Uncia uncia", ["Panthera uncia", "synonym", "I"]);
    check(on, "Nonsensia nonsensica", ["", "none", ""]);
}

#[test]
fn nothing_is_listed_before_the_convention() {
    check("1975-06-30", "Panthera tigris", ["Panthera tigris", "exact", "NC"]);
    check("1975-07-01", "Panthera tigris altaica", ["Panthera tigris altaica", "exact", "II"]);
}

#[test]
fn an_origin_picks_the_population() {
    let on = "2026-11-24";
    check(on, "Canis lupus", ["Canis lupus", "exact", "I/II"]);
    // Siberian musk deer live in no State whose musk deer are in Appendix I.
    check(on, "Moschus moschiferus", ["Moschus moschiferus", "exact", "II"]);
    check(on, "Moschus moschiferus\tMN", ["Moschus moschiferus", "exact", "II"]);
    check(on, "Moschus moschiferus\tIN", ["Moschus moschiferus", "exact", "I"]);
    check(on, "Canis lupus\tMN", ["Canis lupus", "exact", "II"]);
}

#[test]
fn a_hybrid_is_as_strict_as_its_strictest_parent() {
    let on = "2026-11-24";
    check(on, "Falco cherrug x Falco rusticolus", ["Falco cherrug x Falco rusticolus", "hybrid", "I"]);
}

#[test]
fn a_domesticated_form_is_in_no_appendix_and_the_entry_is_named() {
    let run = status("2026-11-24", b"Bos grunniens\n");
    let row = &run.rows()[0];
    assert_eq!(row[1..4], ["Bos grunniens", "exact", "NC"]);
    assert!(row[5].contains("bos-mutus"), "{row:?}");
    assert_eq!(row[6], "");
}

#[test]
fn lines_in_any_encoding_are_read_or_told() {
    let utf16: Vec<u8> =
        "\u{feff}Falco cherrug\r\nPanthera tigris\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let run = status("2026-11-24", &utf16);
    assert_eq!((run.code, run.rows().len()), (0, 2), "{}", run.err);
    let marked = status("2026-11-24", b"\xEF\xBB\xBFFalco cherrug\n");
    assert_eq!(marked.rows()[0][0], "Falco cherrug");
    let gb18030 = status("2026-11-24", b"Falco cherrug\n\xC1\xD4\xF6\xC0\nPanthera tigris\n");
    assert_eq!((gb18030.code, gb18030.rows().len()), (10, 3));
    assert!(gb18030.err.contains("line 2: byte 1 is not UTF-8; save the file as UTF-8"), "{}", gb18030.err);
    let binary = status("2026-11-24", b"PK\x03\x04\x00\x00\nFalco cherrug\n");
    assert_eq!((binary.code, binary.rows().len()), (10, 2));
    assert!(binary.err.contains("zero byte"), "{}", binary.err);
}

#[test]
fn a_bad_line_loses_no_other() {
    let long = [vec![b'a'; 1 << 20], b"\nFalco cherrug\n".to_vec()].concat();
    let run = status("2026-11-24", &long);
    assert_eq!((run.code, run.rows().len()), (10, 2));
    assert_eq!(run.rows()[1][3], "II");
    let origin = status("2026-11-24", b"Falco cherrug\tKyrgyzstan\nFalco cherrug\tKG\n");
    assert_eq!((origin.code, origin.rows().len()), (10, 2));
    assert!(origin.err.contains("`Kyrgyzstan` is not a place"), "{}", origin.err);
    assert_eq!(origin.rows()[1][3], "II");
}

#[test]
fn empty_lines_are_no_names() {
    let run = status("2026-11-24", b"\n\nFalco cherrug\n\n");
    assert_eq!((run.code, run.rows().len()), (0, 1));
    let nothing = status("2026-11-24", b"");
    assert_eq!((nothing.code, nothing.out.trim()), (0, HEADER));
}
