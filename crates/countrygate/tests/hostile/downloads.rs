//! Official downloads that are none, and names that nobody would import.

use crate::run::{HUNDRED_MB, fed, repeat, within};

const HEADER: &str = "Kingdom,FullName,RankName,SynonymsWithAuthors,CurrentListing\n";

#[test]
fn a_download_with_a_bad_row_each_line_tells_the_first_and_counts_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "Animalia,,\n".repeat(300_000);
    std::fs::write(folder.path().join("index.csv"), format!("{HEADER}{rows}")).unwrap();
    let ran = within(folder.path(), &["data", "import", "index.csv", "--data", "names"]);
    assert!(ran.code.is_some(), "{}", ran.err);
    assert!(ran.out.len() + ran.err.len() < 100_000, "{} bytes are told", ran.out.len() + ran.err.len());
    assert!(ran.out.contains("300,000") || ran.out.contains("300000"), "{}", &ran.out);
}

#[test]
fn a_quote_that_never_closes_loses_one_row_of_a_download() {
    let folder = tempfile::tempdir().unwrap();
    let good = "Animalia,Falco cherrug,SPECIES,,II\n";
    let text = format!("{HEADER}{good}Animalia,\"Falco,SPECIES,,II\n{}", good.repeat(20_000));
    std::fs::write(folder.path().join("index.csv"), text).unwrap();
    let ran = within(folder.path(), &["data", "import", "index.csv", "--data", "names"]);
    assert!(ran.out.contains("line 3"), "{}\n{}", ran.out, ran.err);
}

#[test]
fn what_is_no_download_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let long = vec![b'x'; 50_000_000];
    for (name, bytes) in [
        ("zip.csv", &b"PK\x03\x04\0\0\0"[..]),
        ("empty.csv", b""),
        ("long.csv", &long),
        ("half.csv", b"\xFF\xFE\x00\xD8"),
    ] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let ran = within(folder.path(), &["data", "import", name, "--data", "names"]);
        assert_eq!(ran.code, Some(1), "{name}: {}", ran.err);
        assert!(ran.err.contains(name) && ran.err.len() < 1_000, "{name}: {}", ran.err);
    }
}

#[test]
fn names_from_standard_input_are_read_line_by_line() {
    let ran = fed(&["species", "--on", "2026-03-05", "--format", "csv"], |out| {
        out.write_all(b"Falco cherrug\n")?;
        repeat(out, b"x", HUNDRED_MB)?;
        out.write_all(b"\na\0b\n\xFF\nFalco cherrug\n")
    });
    assert_eq!(ran.code, Some(10), "{}", ran.err);
    assert_eq!(ran.out.lines().filter(|line| line.starts_with("Falco cherrug,")).count(), 2);
    for told in ["line 2: longer than", "line 3: byte 2 is a zero byte", "line 4: byte 1 is not UTF-8"] {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
}
