//! The cells of one sheet.
//!
//! Source of truth: the part of the sheet (ECMA-376 Part 1 §18.3). Only cells in which something stands count: a sheet
//! that is coloured down to its last row has no more rows than are written in.

use quick_xml::events::{BytesStart, Event};

use super::format::Formats;
use super::xml::{Events, PHONETIC, Strings, attribute, unescaped};
use super::{CELL_LETTERS_MAX, SHEET_COLUMNS_MAX, SHEET_ROWS_MAX, SHEET_TEXT_BYTES_MAX, WorkbookError};

/// The rows of a sheet of a name and a part.
pub(super) fn rows(
    (name, part): (&str, &str),
    text: &str,
    strings: &Strings,
    formats: &Formats,
) -> Result<Vec<Vec<String>>, WorkbookError> {
    let mut events = Events::of(part, text);
    let mut grid = Grid { sheet: name, rows: Vec::new(), bytes: 0 };
    // Where the next cell stands that does not say where, from 1.
    let (mut row, mut column) = (0, 1);
    while let Some(event) = events.next()? {
        let Event::Start(start) = event else { continue };
        match start.local_name().as_ref() {
            "row" => {
                let told = attribute(&start, "r").map(|told| told.parse().map_err(|_| events.damaged()));
                row = told.transpose()?.unwrap_or_else(|| u32::saturating_add(row, 1));
                column = 1;
            }
            "c" => {
                let told = attribute(&start, "r").map(|told| place(&told).ok_or_else(|| events.damaged()));
                if let Some((told, of_row)) = told.transpose()? {
                    (column, row) = (told, of_row.unwrap_or(row));
                }
                let text = cell(&mut events, &start, strings, formats)?;
                grid.put((row.max(1), column), text)?;
                column = column.saturating_add(1);
            }
            _ => {}
        }
    }
    Ok(grid.rows)
}

/// The column of `AB12`, from 1, and its row where it is told.
fn place(reference: &str) -> Option<(usize, Option<u32>)> {
    let digits = reference.find(|letter: char| letter.is_ascii_digit()).unwrap_or(reference.len());
    let (letters, row) = reference.split_at_checked(digits)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().try_fold(0_usize, |column, byte| {
        byte.is_ascii_alphabetic().then(|| column * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row = if row.is_empty() { None } else { Some(row.parse().ok()?) };
    Some((column, row))
}

/// The text of a cell that has begun, up to its end.
fn cell(
    events: &mut Events<'_>,
    start: &BytesStart<'_>,
    strings: &Strings,
    formats: &Formats,
) -> Result<String, WorkbookError> {
    let kind = attribute(start, "t").unwrap_or_else(|| "n".to_owned());
    let style = attribute(start, "s").and_then(|style| style.parse().ok());
    let (mut value, mut inline, mut formula) = (String::new(), String::new(), None);
    while let Some(event) = events.next()? {
        match event {
            Event::Start(within) => match within.local_name().as_ref() {
                "v" => value = events.text_within(&[])?,
                "is" => inline = unescaped(&events.text_within(&PHONETIC)?),
                "f" => formula = Some(events.text_within(&[])?),
                _ => drop(events.text_within(&[])?),
            },
            Event::End(_) => break,
            _ => {}
        }
    }
    // A formula that was never worked out has no value; it is told as it is written, and nothing is worked out here.
    if let Some(formula) = formula.filter(|_| value.is_empty() && kind != "str") {
        return Ok(format!("={formula}"));
    }
    if value.is_empty() {
        return Ok(inline);
    }
    match kind.as_str() {
        "s" => {
            let shared = value.trim().parse().ok().and_then(|place| strings.get(place));
            shared.map(str::to_owned).ok_or_else(|| events.damaged())
        }
        "str" => Ok(unescaped(&value)),
        "b" => Ok(if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        "d" => Ok(value.strip_suffix("T00:00:00").unwrap_or(&value).to_owned()),
        "e" => Ok(value),
        _ => Ok(formats.text(&value, style)),
    }
}

/// The cells so far.
struct Grid<'n> {
    sheet: &'n str,
    rows: Vec<Vec<String>>,
    bytes: usize,
}

impl Grid<'_> {
    /// Puts a text into row and column, both from 1.
    fn put(&mut self, (row, column): (u32, usize), text: String) -> Result<(), WorkbookError> {
        if text.is_empty() {
            return Ok(());
        }
        let sheet = || self.sheet.to_owned();
        let at = usize::try_from(row).unwrap_or(usize::MAX);
        if at > SHEET_ROWS_MAX {
            return Err(WorkbookError::TooManyRows { sheet: sheet(), row });
        }
        if column > SHEET_COLUMNS_MAX {
            return Err(WorkbookError::TooWide { sheet: sheet(), row, column });
        }
        if text.chars().count() > CELL_LETTERS_MAX {
            return Err(WorkbookError::LongCell { sheet: sheet(), row });
        }
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > SHEET_TEXT_BYTES_MAX {
            return Err(WorkbookError::TooMuchText { sheet: sheet() });
        }
        if self.rows.len() < at {
            self.rows.resize_with(at, Vec::new);
        }
        let Some(cells) = self.rows.get_mut(at - 1) else { return Ok(()) };
        if cells.len() < column {
            cells.resize_with(column, String::new);
        }
        if let Some(cell) = cells.get_mut(column - 1) {
            *cell = text;
        }
        Ok(())
    }
}
