//! Countries and territories by the two letters permits carry.
//!
//! Source of truth: `data/codes/country.csv` (ISO 3166-1, the CITES additions, former codes). Any two
//! letters are a [`Country`]; whether the code is known is asked with [`Country::fact`].

use std::fmt;
use std::str::FromStr;

use crate::day::Day;
pub use crate::generated::COUNTRIES;
use crate::generated::COUNTRY_ROWS;
use crate::text::{serde_as_text, set_as_text};

/// A country or territory code of two capital letters, such as `KZ`. Ordered by its letters.
///
/// Source: ISO 3166-1 alpha-2; CITES Trade Database Guide v9, Annexes 4 and 5, for the others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u16);

/// What is known about a country code.
#[derive(Debug, PartialEq, Eq)]
pub struct CountryFact {
    /// The code.
    pub country: Country,
    /// Name in English.
    pub name_en: &'static str,
    /// Name in Chinese, where known.
    pub name_zh: Option<&'static str>,
    /// Name in Russian, where known.
    pub name_ru: Option<&'static str>,
    /// What sort of code it is.
    pub kind: CountryKind,
    /// The codes that took its place; empty for a current code.
    pub successors: &'static [Country],
    /// First day on which the code was no longer current; `None` for a current code.
    pub until: Option<Day>,
    /// Where the row comes from.
    pub source: &'static str,
    /// Last day a person compared the row with its source.
    pub checked: Day,
}

/// What sort of code a country code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountryKind {
    /// In ISO 3166-1 today.
    Iso,
    /// No country at all: unknown, various, the high seas, a whole region.
    Special,
    /// Of a former State or former name; found in old records only.
    Historic,
    /// In use although ISO 3166-1 does not assign it, such as `EU`.
    Other,
}

/// Why text is not a [`Country`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a country code; write two capital letters, such as KZ")]
pub struct CountryError {
    /// The text as written.
    pub written: String,
}

impl Country {
    /// How many codes of two letters there are; [`Country::index`] is below it.
    pub const COUNT: usize = 26 * 26;
    /// `XX`: the country is not known.
    pub const UNKNOWN: Country = Country::new(b"XX");
    /// `XV`: several countries.
    pub const VARIOUS: Country = Country::new(b"XV");
    /// `HS`: taken in the sea outside the jurisdiction of any State.
    pub const HIGH_SEAS: Country = Country::new(b"HS");

    /// A code written in source code. Text from outside goes through `FromStr`.
    ///
    /// # Panics
    /// When a letter is not a capital; in a constant this stops the build.
    pub const fn new(letters: &[u8; 2]) -> Country {
        let [a, b] = *letters;
        assert!(a.is_ascii_uppercase() && b.is_ascii_uppercase(), "a country code is two capital letters");
        Country((a - b'A') as u16 * 26 + (b - b'A') as u16)
    }

    /// Position among all codes of two letters, below [`Country::COUNT`].
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The code at `index`, or `None` from [`Country::COUNT`] on.
    pub const fn from_index(index: usize) -> Option<Country> {
        if index < Country::COUNT { Some(Country(index as u16)) } else { None }
    }

    /// The two letters.
    pub const fn letters(self) -> [u8; 2] {
        [b'A' + (self.0 / 26) as u8, b'A' + (self.0 % 26) as u8]
    }

    /// What is known about the code; `None` when the table does not have it.
    pub fn fact(self) -> Option<&'static CountryFact> {
        let row = COUNTRY_ROWS.get(self.index())?;
        COUNTRIES.get(usize::from(*row))
    }
}

impl FromStr for Country {
    type Err = CountryError;

    fn from_str(text: &str) -> Result<Country, CountryError> {
        match text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Ok(Country::new(&[*a, *b])),
            _ => Err(CountryError { written: text.to_owned() }),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = self.letters();
        write!(f, "{}{}", char::from(a), char::from(b))
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Country);

/// A set of countries, one bit for each code of two letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct CountrySet([u64; 11]);

impl CountrySet {
    /// The set with nothing in it.
    pub const EMPTY: CountrySet = CountrySet([0; 11]);

    /// Adds `country`.
    pub fn insert(&mut self, country: Country) {
        if let Some(word) = self.0.get_mut(country.index() / 64) {
            *word |= 1 << (country.index() % 64);
        }
    }

    /// Whether `country` is in the set.
    pub fn contains(&self, country: Country) -> bool {
        self.0.get(country.index() / 64).is_some_and(|word| word & (1 << (country.index() % 64)) != 0)
    }

    /// Everything in this set or in `other`.
    #[must_use]
    pub fn union(&self, other: &CountrySet) -> CountrySet {
        self.combine(other, |a, b| a | b)
    }

    /// Everything in both sets.
    #[must_use]
    pub fn intersection(&self, other: &CountrySet) -> CountrySet {
        self.combine(other, |a, b| a & b)
    }

    /// Everything in this set that is not in `other`.
    #[must_use]
    pub fn difference(&self, other: &CountrySet) -> CountrySet {
        self.combine(other, |a, b| a & !b)
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    /// How many countries are in the set.
    pub fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The countries in the set, by their letters.
    pub fn iter(&self) -> impl Iterator<Item = Country> + use<'_> {
        (0..Country::COUNT).filter_map(Country::from_index).filter(|country| self.contains(*country))
    }

    fn combine(&self, other: &CountrySet, join: impl Fn(u64, u64) -> u64) -> CountrySet {
        let mut words = self.0;
        words.iter_mut().zip(other.0).for_each(|(word, with)| *word = join(*word, with));
        CountrySet(words)
    }
}

impl FromIterator<Country> for CountrySet {
    fn from_iter<I: IntoIterator<Item = Country>>(countries: I) -> CountrySet {
        let mut set = CountrySet::EMPTY;
        countries.into_iter().for_each(|country| set.insert(country));
        set
    }
}

impl fmt::Debug for CountrySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

set_as_text!(CountrySet of Country);
