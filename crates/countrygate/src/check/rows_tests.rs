//! Rows end where any program ends them, and one that never ends spoils no other.

use super::*;

/// A few rows at once, to see many runs.
const FEW_BYTES: usize = 1024;

fn read(bytes: &[u8]) -> Vec<(u64, u64, String, Option<RowFault>)> {
    let mut rows = Rows::of(bytes, FEW_BYTES);
    let mut found = Vec::new();
    while let Some(run) = rows.next_run().unwrap() {
        found.extend(run.rows.iter().map(|row| (row.number, row.line, row.text(&run).to_owned(), row.fault)));
    }
    found
}

fn texts(bytes: &[u8]) -> Vec<String> {
    read(bytes).into_iter().map(|(_, _, text, _)| text).collect()
}

#[test]
fn rows_end_as_any_program_ends_them() {
    for text in ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\nc,d"] {
        assert_eq!(texts(text.as_bytes()), ["a,b", "c,d"], "{text:?}");
    }
    assert!(texts(b"").is_empty());
}

#[test]
fn cells_in_quotes_may_hold_line_ends() {
    let found = read(b"a,\"b\r\nb\",c\r\n\"d \"\"e\"\"\",f\r\ng \"h,i\r\n");
    let rows: Vec<_> = found.iter().map(|(number, line, text, _)| (*number, *line, text.as_str())).collect();
    assert_eq!(rows, [(1, 1, "a,\"b\r\nb\",c"), (2, 3, "\"d \"\"e\"\"\",f"), (3, 4, "g \"h,i")]);
}

#[test]
fn empty_lines_are_counted_and_left_out() {
    let found = read(b"a\r\n\r\nb\r\n");
    let rows: Vec<_> = found.iter().map(|(number, line, text, _)| (*number, *line, text.as_str())).collect();
    assert_eq!(rows, [(1, 1, "a"), (3, 3, "b")]);
}

#[test]
fn a_quote_that_is_never_closed_spoils_one_line() {
    let found = read(b"a,b\nc,\"d\ne,f\ng,h\n");
    assert_eq!(found[1], (2, 2, "c,\"d".to_owned(), Some(RowFault::OpenQuote { cell: 2 })));
    assert_eq!(found[2], (3, 3, "e,f".to_owned(), None));
    assert_eq!(found.len(), 4);
}

#[test]
fn a_row_that_is_too_long_spoils_no_other() {
    let long = "x".repeat(3 * ROW_BYTES_MAX);
    for quote in ["", "\""] {
        let found = read(format!("a,b\n{quote}{long}\nc,d\n").as_bytes());
        assert_eq!(found[0].2, "a,b");
        assert!(found[1].3.is_some());
        let last = found.last().unwrap();
        assert_eq!((last.1, last.2.as_str(), last.3), (3, "c,d", None));
    }
}

#[test]
fn runs_hold_every_row_once() {
    let text: String = (0..40_000).map(|number| format!("row {number},\"a\nb\"\n")).collect();
    let found = read(text.as_bytes());
    assert_eq!(found.len(), 40_000);
    assert_eq!(found[39_999].0, 40_000);
    assert_eq!(found[39_999].1, 2 * 39_999 + 1);
    assert_eq!(found[39_999].2, "row 39999,\"a\nb\"");
}

#[test]
fn the_first_row_can_be_read_alone() {
    let mut rows = Rows::of(b"\xEF\xBB\xBFa;b\nc;d\n".as_slice(), FEW_BYTES);
    let (run, row) = rows.first_row().unwrap().unwrap();
    assert_eq!(row.text(&run), "a;b");
    let run = rows.next_run().unwrap().unwrap();
    assert_eq!((run.number, run.rows[0].number, run.rows[0].text(&run)), (0, 2, "c;d"));
}
