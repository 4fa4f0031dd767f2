//! One cell of a CSV text, borrowed where it can be.
//!
//! Source of truth: RFC 4180, and what spreadsheets write: any line end, quotes only where needed. Rows are
//! the business of those who know how many cells a row should have.

use std::borrow::Cow;

/// What ends a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// A delimiter: another cell follows.
    Cell,
    /// A line end.
    Row,
    /// The end of the text.
    Text,
}

/// A quoted cell whose quote does not close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OpenQuote;

/// The cell at the start of `text`, what ends it, and what follows.
pub(crate) fn cell(text: &str, delimiter: u8) -> Result<(Cow<'_, str>, End, &str), OpenQuote> {
    match text.strip_prefix('"') {
        Some(inner) => quoted(inner, delimiter),
        None => {
            let (cell, rest) = until_sign(text, delimiter);
            let (end, rest) = sign(rest, delimiter);
            Ok((Cow::Borrowed(cell), end, rest))
        }
    }
}

fn quoted(mut rest: &str, delimiter: u8) -> Result<(Cow<'_, str>, End, &str), OpenQuote> {
    let mut cell = Cow::Borrowed("");
    loop {
        let (part, after) = rest.split_once('"').ok_or(OpenQuote)?;
        append(&mut cell, part);
        match after.strip_prefix('"') {
            Some(more) => {
                cell.to_mut().push('"');
                rest = more;
            }
            None => {
                // Letters after the closing quote belong to the cell; a spreadsheet writes none.
                let (more, after) = until_sign(after, delimiter);
                append(&mut cell, more);
                let (end, rest) = sign(after, delimiter);
                return Ok((cell, end, rest));
            }
        }
    }
}

fn append<'t>(cell: &mut Cow<'t, str>, part: &'t str) {
    if cell.is_empty() {
        *cell = Cow::Borrowed(part);
    } else if !part.is_empty() {
        cell.to_mut().push_str(part);
    }
}

/// `text` up to the next delimiter or line end, and from there on.
fn until_sign(text: &str, delimiter: u8) -> (&str, &str) {
    let ends = |byte: &u8| *byte == delimiter || *byte == b'\n' || *byte == b'\r';
    let end = text.as_bytes().iter().position(ends).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// What kind of end stands at the start of `text`, and what follows it.
fn sign(text: &str, delimiter: u8) -> (End, &str) {
    let mut letters = text.chars();
    match letters.next() {
        None => (End::Text, ""),
        Some('\r') => (End::Row, letters.as_str().strip_prefix('\n').unwrap_or(letters.as_str())),
        Some(letter) if u32::from(letter) == u32::from(delimiter) => (End::Cell, letters.as_str()),
        Some(_) => (End::Row, letters.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(String, End)> {
        let (mut rest, mut all) = (text, Vec::new());
        while let Ok((found, end, after)) = cell(rest, b',') {
            all.push((found.into_owned(), end));
            if end == End::Text {
                break;
            }
            rest = after;
        }
        all
    }

    #[test]
    fn any_line_end_ends_a_row() {
        for ending in ["\n", "\r\n", "\r"] {
            let expected = [("a", End::Cell), ("b", End::Row), ("c", End::Text)];
            assert_eq!(cells(&format!("a,b{ending}c")), expected.map(|(cell, end)| (cell.to_owned(), end)));
        }
    }

    #[test]
    fn quotes_hold_anything() {
        assert_eq!(cells("\"a,\n\"\"b\"\"\"x,c")[0], ("a,\n\"b\"x".to_owned(), End::Cell));
        assert_eq!(cells("a\"b,")[0].0, "a\"b");
        assert_eq!(cell("\"open", b','), Err(OpenQuote));
        assert_eq!(cells("\"\"")[0], (String::new(), End::Text));
    }
}
