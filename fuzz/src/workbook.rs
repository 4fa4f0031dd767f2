//! Files that are handed in: of which type they are, workbooks, and tables as text. An input whose first line is
//! `parts` holds the parts of a workbook before they are packed, as a person can write them; else it is the file.

use files::{
    Kind, SENT_ROOM, SHEET_COLUMNS_MAX, SHEET_ROWS_MAX, SHEET_TEXT_BYTES_MAX, SHEETS_MAX, Workbook,
    text_table,
};

use crate::{parts, pasted};

/// A message is short whatever stands in the file.
const MESSAGE_LETTERS_MAX: usize = 500;

/// A file is read as the same twice; no sheet is larger than is read; what is told is short; the lines of a sheet hold
/// what the lines of a pasted table hold.
pub fn workbook(bytes: &[u8]) {
    match bytes.strip_prefix(b"parts\n") {
        Some(rest) => file(&packed(&parts::parts(&parts::text(rest)))),
        None => file(bytes),
    }
}

fn file(bytes: &[u8]) {
    assert_eq!(Kind::of(bytes), Kind::of(bytes));
    sheets(bytes);
    match text_table(bytes, SENT_ROOM) {
        Ok((rows, _)) => judged(&rows),
        Err(error) => told(&error.to_string()),
    }
}

fn sheets(bytes: &[u8]) {
    let (mut workbook, mut again) = match (Workbook::of(bytes), Workbook::of(bytes)) {
        (Ok(workbook), Ok(again)) => (workbook, again),
        (Err(error), Err(again)) => {
            assert_eq!(error, again);
            return told(&error.to_string());
        }
        _ => unreachable!("the same bytes are the same workbook"),
    };
    assert!(workbook.names().count() <= SHEETS_MAX);
    for at in 0..=SHEETS_MAX {
        let sheet = workbook.sheet(at);
        assert_eq!(sheet, again.sheet(at));
        match sheet {
            Ok(Some(sheet)) => judged(&sheet.rows),
            Ok(None) => return,
            Err(error) => told(&error.to_string()),
        }
    }
}

fn judged(rows: &[Vec<String>]) {
    assert!(rows.len() <= SHEET_ROWS_MAX);
    assert!(rows.iter().all(|row| row.len() <= SHEET_COLUMNS_MAX));
    let cells = || rows.iter().flatten();
    assert!(cells().map(String::len).sum::<usize>() <= SHEET_TEXT_BYTES_MAX);
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    pasted::lines(&rows);
}

fn told(message: &str) {
    let letters = message.chars().count();
    assert!((1..=MESSAGE_LETTERS_MAX).contains(&letters), "{letters} letters: {message:.100}");
}

/// An archive of parts, stored as they are.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let number = |number: usize| u32::try_from(number).unwrap_or(0).to_le_bytes();
    let short = |number: usize| u16::try_from(number).unwrap_or(0).to_le_bytes();
    for (name, text) in parts {
        let header = number(out.len());
        let sizes = [number(text.len()), number(text.len())].concat();
        let common =
            [[20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].as_slice(), &sizes, &short(name.len()), &[0; 2]]
                .concat();
        out.extend([b"PK\x03\x04".as_slice(), &common, name.as_bytes(), text.as_bytes()].concat());
        directory
            .extend([b"PK\x01\x02\x14\0".as_slice(), &common, &[0; 10], &header, name.as_bytes()].concat());
    }
    let (place, length, count) = (number(out.len()), number(directory.len()), short(parts.len()));
    out.extend(directory);
    out.extend([b"PK\x05\x06".as_slice(), &[0; 4], &count, &count, &length, &place, &[0; 2]].concat());
    out
}
