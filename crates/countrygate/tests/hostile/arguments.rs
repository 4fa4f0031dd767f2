//! Arguments that are no text.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::run::within;

#[test]
fn arguments_that_are_no_text_are_a_wrong_use_or_a_file_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let broken = OsStr::from_bytes(b"Falco \xFF\xED\xA0\x80");
    for (arguments, code) in [
        (vec![OsStr::new("species"), broken], 2),
        (vec![OsStr::new("law"), OsStr::new("show"), broken], 2),
        (vec![OsStr::new("check"), broken], 1),
        (vec![OsStr::new("check"), OsStr::new("a.csv"), OsStr::new("--on"), broken], 2),
        (vec![OsStr::new("doctor"), OsStr::new("--book"), broken], 1),
        (vec![OsStr::new("doctor"), OsStr::new("--data"), broken], 1),
        (vec![broken], 2),
    ] {
        let ran = within(folder.path(), &arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.err);
        assert!(!ran.err.is_empty() && ran.out.is_empty(), "{arguments:?}: {}", ran.out);
    }
}

#[test]
fn a_file_whose_name_is_no_text_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes(b"\xFF.csv");
    std::fs::write(folder.path().join(name), "name\nFalco cherrug\n").unwrap();
    let ran =
        within(folder.path(), &[OsStr::new("check"), name, OsStr::new("--on"), OsStr::new("2026-03-05")]);
    assert!(ran.code == Some(10) || ran.code == Some(0), "{}", ran.err);
    assert!(ran.out.contains("Falco") || ran.out.contains("lines of goods"), "{}", ran.out);
}

#[test]
fn a_name_of_a_hundred_kilobytes_is_answered_in_its_own_length() {
    let folder = tempfile::tempdir().unwrap();
    let long = "Falco ".repeat(20_000);
    for arguments in [["species", &long, "--on", "2026-03-05"], ["law", "show", &long, "--color=never"]] {
        let ran = within(folder.path(), &arguments);
        assert!(ran.code.is_some_and(|code| code == 10 || code == 1), "{:?} {}", ran.code, ran.err);
        assert!(ran.out.len() + ran.err.len() < 2 * long.len(), "{} bytes", ran.out.len() + ran.err.len());
    }
}
