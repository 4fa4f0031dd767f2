//! A country, or one of its subdivisions: the origin a listing or a permit may name, such as `PH-PLW`.

use std::fmt;
use std::str::FromStr;

use crate::country::Country;
use crate::text::serde_as_text;

/// A country and, where the paper is that exact, a region of it.
///
/// Source: ISO 3166-2 for the form; region codes are not checked against a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The country.
    pub country: Country,
    /// The region; `None` is the whole country, or the region is not told.
    pub region: Option<Region>,
}

/// The part of a subdivision code after the dash: one to three capital letters or digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region([u8; 3]);

/// Why text is not a [`Place`] or a [`Region`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a place; write a country such as PH, or a region such as PH-PLW")]
pub struct PlaceError {
    /// The text as written.
    pub written: String,
}

impl Place {
    /// Whether `other` is this place or lies within it: `PH` covers `PH-PLW`, not the reverse.
    pub fn covers(self, other: Place) -> bool {
        self.country == other.country && (self.region.is_none() || self.region == other.region)
    }
}

impl From<Country> for Place {
    fn from(country: Country) -> Place {
        Place { country, region: None }
    }
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Place, PlaceError> {
        let error = || PlaceError { written: text.to_owned() };
        let (country, region) = match text.split_once('-') {
            None => (text, None),
            Some((country, region)) => (country, Some(region.parse().map_err(|_| error())?)),
        };
        Ok(Place { country: country.parse().map_err(|_| error())?, region })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.region {
            None => write!(f, "{}", self.country),
            Some(region) => write!(f, "{}-{region}", self.country),
        }
    }
}

impl FromStr for Region {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Region, PlaceError> {
        let valid = |bytes: &[u8]| bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        match *text.as_bytes() {
            [a] if valid(&[a]) => Ok(Region([a, 0, 0])),
            [a, b] if valid(&[a, b]) => Ok(Region([a, b, 0])),
            [a, b, c] if valid(&[a, b, c]) => Ok(Region([a, b, c])),
            _ => Err(PlaceError { written: text.to_owned() }),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().filter(|byte| **byte != 0).try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Place, Region);
