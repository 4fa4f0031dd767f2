//! From bytes to text. Files come from other programs: with a byte-order mark, in UTF-16, in the legacy
//! encodings of the region, or they are no text at all.
//!
//! UTF-8 and marked UTF-16 are read. Any other encoding is told with the place of the first byte that is not
//! UTF-8, because a wrong guess would make other names out of it.

use std::borrow::Cow;

/// Why bytes are no text that is read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A byte that is not UTF-8.
    #[error(
        "line {line}, byte {column}: not UTF-8; save the file as UTF-8 (for Chinese files often `iconv -f GB18030 -t UTF-8`)"
    )]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
    },
    /// A byte that no text holds.
    #[error("line {line}, byte {column}: a zero byte, so this is no text; export it as CSV in UTF-8")]
    Binary {
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
    },
    /// Half a character of UTF-16.
    #[error("half a character in UTF-16; save the file as UTF-8")]
    Half,
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of a whole file.
///
/// # Errors
/// The bytes are no text in UTF-8 or marked UTF-16.
pub fn whole(bytes: &[u8]) -> Result<Cow<'_, str>, TextError> {
    let utf16 = [(b"\xFF\xFE", encoding_rs::UTF_16LE), (b"\xFE\xFF", encoding_rs::UTF_16BE)];
    for (mark, encoding) in utf16 {
        if let Some(rest) = bytes.strip_prefix(mark.as_slice()) {
            return encoding.decode_without_bom_handling_and_without_replacement(rest).ok_or(TextError::Half);
        }
    }
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            None => Ok(Cow::Borrowed(text)),
            Some(at) => {
                let (line, column) = place(bytes, at);
                Err(TextError::Binary { line, column })
            }
        },
        Err(error) => {
            let (line, column) = place(bytes, error.valid_up_to());
            let is_binary = bytes.get(..error.valid_up_to()).is_some_and(|before| before.contains(&0));
            Err(if is_binary {
                TextError::Binary { line, column }
            } else {
                TextError::NotUtf8 { line, column }
            })
        }
    }
}

/// Line and byte of a position, from 1.
fn place(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    (line, at - start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_understood() {
        assert_eq!(whole(b"\xEF\xBB\xBFFalco").as_deref(), Ok("Falco"));
        assert_eq!(whole(b"\xFF\xFEF\0a\0").as_deref(), Ok("Fa"));
        assert_eq!(whole(b"\xFE\xFF\0F\0a").as_deref(), Ok("Fa"));
        assert_eq!(whole("隼".as_bytes()).as_deref(), Ok("隼"));
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        let gb18030 = b"name\nFalco \xF6\xC0\n";
        assert_eq!(whole(gb18030), Err(TextError::NotUtf8 { line: 2, column: 7 }));
        assert_eq!(whole(b"PK\x03\x04\0\0"), Err(TextError::Binary { line: 1, column: 5 }));
        assert_eq!(whole(b"\xFF\xFEF\0\x00\xD8"), Err(TextError::Half));
    }
}
