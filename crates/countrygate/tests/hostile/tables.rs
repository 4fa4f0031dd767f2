//! Tables: lines, names and rows longer than anything, bytes that are no text, numbers that are none.

use std::io::Write;

use crate::run::{self, HUNDRED_MB, Ran, TEN_MB, fed, repeat, told};

/// Checks a table of three rows: a good one, what `bad` writes, a good one.
fn between(bad: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send) -> Ran {
    let good = ("Falco cherrug,1,KZ", "Falco cherrug,1,KZ,Falco cherrug,exact,II,");
    let ran = run::between(&["check", "-"], good, bad);
    assert_eq!(ran.code, Some(10), "{}", ran.err);
    ran
}

#[test]
fn a_line_of_a_hundred_megabytes_loses_no_other_row() {
    told(&between(|out| repeat(out, b"x", HUNDRED_MB)), "row 3: the row is longer than 1048576 bytes");
}

#[test]
fn a_quote_that_never_closes_loses_no_row_after_its_line() {
    let ran = between(|out| out.write_all(b"Falco cherrug,\"1,KZ"));
    told(&ran, "row 3: a quote in cell 2 is never closed");
    told(&between(|out| repeat(out, b"\"", TEN_MB + 1)), "row 3: the row is longer than 1048576 bytes");
}

#[test]
fn a_name_of_ten_megabytes_loses_no_other_row() {
    told(
        &between(|out| {
            out.write_all(b"Falco ")?;
            repeat(out, b"cherrug", TEN_MB)?;
            out.write_all(b",1,KZ")
        }),
        "row 3: the row is longer",
    );
    told(
        &between(|out| {
            repeat(out, "隼".as_bytes(), 900_000)?;
            out.write_all(b",1,KZ")
        }),
        "row 3, column `name`: longer than any scientific name",
    );
}

#[test]
fn a_row_of_a_million_cells_loses_no_other_row() {
    told(&between(|out| repeat(out, b",a", 1_000_000)), "row 3: the row has 500001 cells, row 1 has 3");
}

#[test]
fn a_first_row_of_a_million_columns_is_told() {
    let ran = fed(&["check", "-", "--input", "csv"], |out| repeat(out, b",", 1_000_000));
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    told(&ran, "row 1 has 1000001 cells, more than the 256");
    let ran = fed(&["check", "-", "--input", "csv"], |out| repeat(out, b"a", HUNDRED_MB));
    assert_eq!(ran.code, Some(1));
    told(&ran, "row 1: the row is longer");
}

#[test]
fn numbers_that_are_none_are_told_with_row_and_column() {
    for number in ["1e308", "-1e308", "NaN", "inf", "0x10", "99999999999999999999", "1,5"] {
        let ran = between(|out| write!(out, "Falco cherrug,\"{number}\",KZ"));
        told(&ran, "row 3, column `quantity`: `");
    }
    let digits = "9".repeat(500_000);
    told(&between(|out| write!(out, "Falco cherrug,{digits},KZ")), "row 3, column `quantity`: `999");
}

#[test]
fn zero_bytes_and_half_characters_spoil_their_cell_only() {
    told(&between(|out| out.write_all(b"Falco\0cherrug,1,KZ")), "row 3, column `name`: the cell holds bytes");
    told(&between(|out| out.write_all(b"Falco cherrug,1,K\xED\xA0\x80")), "row 3, column `exporter`");
}

#[test]
fn half_a_surrogate_pair_in_utf_16_spoils_its_cell_only() {
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let ran = fed(&["check", "-", "--input", "csv", "--format", "csv", "--on", "2026-03-05"], |out| {
        out.write_all(b"\xFF\xFE")?;
        out.write_all(&utf_16("name\nFalco "))?;
        out.write_all(b"\x00\xD8")?;
        out.write_all(&utf_16("\nFalco cherrug\n"))
    });
    assert_eq!(ran.code, Some(10));
    told(&ran, "row 2, column `name`: the cell holds bytes that are no text");
    assert!(ran.out.contains("\nFalco cherrug,Falco cherrug,exact,II,"), "{}", ran.out);
}

#[test]
fn what_is_no_text_is_told_and_not_read() {
    for (bytes, message) in [
        (&b"PK\x03\x04"[..], "a workbook of a spreadsheet program"),
        (b"\x1F\x8B\x08\0", "compressed"),
        (b"\x7FELF\x02\x01\0\0", "zero byte"),
    ] {
        let ran = fed(&["check", "-", "--input", "csv"], |out| {
            out.write_all(bytes)?;
            repeat(out, b"\0\x01\xFF", TEN_MB)
        });
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{}", ran.err);
        told(&ran, message);
    }
}

#[test]
fn the_shortest_rows_take_no_more_memory_than_others() {
    let ran = fed(&["check", "-", "--input", "csv"], |out| {
        out.write_all(b"name\n")?;
        repeat(out, b"a\n", 60_000)
    });
    assert_eq!(ran.code, Some(10), "{}", ran.err);
    assert!(ran.out.contains("30,000"), "{}", ran.out);
}

#[test]
fn names_that_are_all_different_take_no_more_memory_than_some() {
    let ran = fed(&["check", "-", "--input", "csv", "--on", "2026-03-05"], |out| {
        out.write_all(b"name,class,order,family\n")?;
        let long = "x".repeat(400);
        (0..6_000).try_for_each(|number| {
            writeln!(out, "{number}{long},{number}{long},{number}{long},{number}{long}")
        })
    });
    assert_eq!(ran.code, Some(10), "{}", ran.err);
    assert!(ran.out.contains("6,000"), "{}", ran.out);
}
