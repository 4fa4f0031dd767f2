//! Tables of lines, as `countrygate check` reads them: any encoding, delimiter, layout and cell.

use cites::Day;
use std::sync::OnceLock;

use countrygate::door::{Format, PROBLEMS_SHOWN, TableAnswer, Tables};

use crate::book;

/// The day of rows that tell none.
const ON: Day = Day::new(2026, 3, 5);
/// The longest line of what is told: the place, the name of a column, the message.
const TOLD_LETTERS: usize = 600;
/// How many rows are asked again, each alone.
const ROWS_ALONE: usize = 4;

/// Every row is answered, in CSV and JSON that other programs read; what is told has its place and is short;
/// the encoding changes nothing; a row alone gets the answer it gets among others.
pub fn table(bytes: &[u8]) {
    let Some(csv) = answer(bytes, Format::Csv) else {
        assert!(answer(bytes, Format::Json).is_none(), "no table in one format is none in another");
        return;
    };
    told_in_short(&csv);
    rows_of_csv(&csv);
    let grown = 6 * bytes.len() + 4_096 * (csv.rows as usize + 1);
    assert!(csv.text.len() <= grown, "{} bytes out of {}", csv.text.len(), bytes.len());
    let json = answer(bytes, Format::Json);
    assert!(json.is_some_and(|json| rows_of_json(&json) == csv.rows), "every row stands in the JSON too");
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.starts_with('\u{feff}')
    {
        encodings(text, &csv);
        alone(text, &csv);
    }
}

fn answer(bytes: &[u8], format: Format) -> Option<TableAnswer> {
    static TABLES: OnceLock<Tables<'static>> = OnceLock::new();
    let tables = TABLES.get_or_init(|| {
        Tables::of(book::shipped()).unwrap_or_else(|error| unreachable!("the shipped book: {error:#}"))
    });
    match tables.check(bytes, format, ON) {
        Ok(answer) => Some(answer),
        Err(error) => {
            let told = format!("{error:#}");
            assert!(!told.is_empty() && told.chars().count() <= TOLD_LETTERS, "{told}");
            None
        }
    }
}

fn told_in_short(answer: &TableAnswer) {
    assert!(answer.told.len() <= PROBLEMS_SHOWN + 2, "{} lines are told", answer.told.len());
    for told in &answer.told {
        assert!(told.chars().count() <= TOLD_LETTERS, "{} letters: {told}", told.chars().count());
        assert!(!told.contains(char::is_control), "{told:?}");
    }
    let placed = answer.told.iter().filter(|told| told.starts_with("table: row ")).count();
    assert!(answer.bad_rows == 0 || placed > 0, "a row that could not be read is told with its number");
}

fn rows_of_csv(answer: &TableAnswer) {
    let mut reader = csv::Reader::from_reader(answer.text.as_slice());
    let columns = reader.headers().map(csv::StringRecord::len);
    let verdict = columns.as_ref().ok().and_then(|columns| columns.checked_sub(3));
    let mut rows = 0;
    for row in reader.into_records() {
        let row = row.unwrap_or_else(|error| unreachable!("the answer is no table: {error}"));
        let verdict = verdict.and_then(|verdict| row.get(verdict));
        assert!(verdict.is_some_and(|verdict| border::Verdict::from_word(verdict).is_some()), "{row:?}");
        rows += 1;
    }
    assert_eq!(rows, answer.rows, "a row for every row");
}

fn rows_of_json(answer: &TableAnswer) -> u64 {
    let text = [b"[", answer.text.as_slice(), b"]"].concat();
    let rows: Vec<serde_json::Value> =
        serde_json::from_slice(&text).unwrap_or_else(|error| unreachable!("the answer is no JSON: {error}"));
    rows.len() as u64
}

/// The same text with a mark, and in UTF-16.
fn encodings(text: &str, plain: &TableAnswer) {
    let told = |answer: &TableAnswer| -> Vec<String> {
        answer.told.iter().filter(|told| !told.contains("no mark tells its encoding")).cloned().collect()
    };
    let utf_16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect()
    };
    for bytes in [
        ["\u{feff}", text].concat().into_bytes(),
        utf_16([0xFF, 0xFE], u16::to_le_bytes),
        utf_16([0xFE, 0xFF], u16::to_be_bytes),
    ] {
        let again = answer(&bytes, Format::Csv);
        assert!(
            again.as_ref().is_some_and(|again| again.text == plain.text && told(again) == told(plain)),
            "another encoding, another answer: {again:?}"
        );
    }
}

/// Rows of simple tables, each with the first row alone.
fn alone(text: &str, whole: &TableAnswer) {
    if text.contains(['"', '\r']) {
        return;
    }
    let mut rows = text.lines().filter(|row| !row.is_empty());
    let (Some(header), Ok(answers)) = (rows.next(), std::str::from_utf8(&whole.text)) else { return };
    for (row, expected) in rows.zip(answers.lines().skip(1)).take(ROWS_ALONE) {
        let one = answer(format!("{header}\n{row}\n").as_bytes(), Format::Csv);
        let one = one.as_ref().and_then(|one| std::str::from_utf8(&one.text).ok());
        assert_eq!(one.and_then(|one| one.lines().nth(1)), Some(expected), "the row alone: {row}");
    }
}
