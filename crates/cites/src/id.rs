//! Ids that several crates speak of, so that none has to know the crate that made them.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;

macro_rules! numbered {
    ($($(#[$meta:meta])* $name:ident($number:ty);)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $number);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    )+};
}

numbered! {
    /// A taxon of the species tables.
    TaxonId(u32);
    /// An entry of the Appendices: one taxon, one Appendix, one stretch of time.
    EntryId(u32);
    /// A rule of a law book, by its place in that edition.
    RuleId(u16);
}

/// An edition of a law book: the SHA-256 of its text. Printed and read as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(pub [u8; 32]);

/// Why text is not an [`EditionId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not an edition; copy its 64 hexadecimal digits in lower case")]
pub struct EditionIdError {
    /// The text as written.
    pub written: String,
}

impl FromStr for EditionId {
    type Err = EditionIdError;

    fn from_str(text: &str) -> Result<EditionId, EditionIdError> {
        hash_of(text).map(EditionId).ok_or_else(|| EditionIdError { written: text.to_owned() })
    }
}

/// The bytes of 64 hexadecimal digits in lower case.
fn hash_of(text: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let bytes: Option<Vec<u8>> =
        pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    bytes?.try_into().ok()
}

impl fmt::Display for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(EditionId);
