//! The first digits of an edition, as people write them.

use std::fmt;
use std::str::FromStr;

use cites::EditionId;

/// The fewest digits that are taken: with 24 bits, two of a thousand editions begin alike once in thirty-odd
/// such archives, and then more digits are asked for.
const DIGITS_MIN: usize = 6;
/// All digits of an edition.
const DIGITS_MAX: usize = 64;

/// The first digits of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionPrefix(String);

/// Why text is no [`EditionPrefix`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not an edition; write its first hexadecimal digits, {DIGITS_MIN} to {DIGITS_MAX}")]
pub struct EditionPrefixError {
    written: String,
}

impl EditionPrefix {
    /// Whether `edition` begins so.
    pub fn is_of(&self, edition: EditionId) -> bool {
        edition.to_string().starts_with(&self.0)
    }
}

impl FromStr for EditionPrefix {
    type Err = EditionPrefixError;

    fn from_str(text: &str) -> Result<EditionPrefix, EditionPrefixError> {
        let is_long = (DIGITS_MIN..=DIGITS_MAX).contains(&text.len());
        if is_long && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(EditionPrefix(text.to_ascii_lowercase()))
        } else {
            Err(EditionPrefixError { written: text.to_owned() })
        }
    }
}

impl fmt::Display for EditionPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_are_enough_and_five_are_not() {
        let edition = EditionId([0xAB; 32]);
        for (text, expected) in [
            ("ababab", Some(true)),
            ("ABABAB", Some(true)),
            ("ababac", Some(false)),
            ("ababa", None),
            ("abcdeg", None),
            ("", None),
        ] {
            let prefix = text.parse::<EditionPrefix>().ok();
            assert_eq!(prefix.map(|prefix| prefix.is_of(edition)), expected, "{text}");
        }
        let whole = edition.to_string();
        assert!(whole.parse::<EditionPrefix>().unwrap().is_of(edition));
        assert!(format!("{whole}a").parse::<EditionPrefix>().is_err());
    }
}
