//! What every answer needs to know about an imported taxon, in two numbers.

use cites::{Country, CountrySet, Kingdom, Rank};

use super::blocks::FACT_WORDS;
use crate::words::{LeWords, Words};

/// Where the rank begins in the first number; below it is the kingdom.
pub(super) const RANK_SHIFT: u32 = 1;
/// Where the number of countries begins in the first number.
pub(super) const COUNT_SHIFT: u32 = 8;

/// The facts of all taxa.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(super) facts: LeWords<'a>,
}

impl Facts<'_> {
    /// How many taxa there are.
    pub fn count(&self) -> usize {
        self.facts.count() / FACT_WORDS
    }

    /// The kingdom of a taxon.
    pub fn kingdom(&self, number: u32) -> Option<Kingdom> {
        self.first(number).map(|first| kingdom_of(first & 1))
    }

    /// The rank of a taxon.
    pub fn rank(&self, number: u32) -> Option<Rank> {
        let rank = (self.first(number)? & ((1 << COUNT_SHIFT) - 1)) >> RANK_SHIFT;
        Rank::ALL.get(rank as usize).copied()
    }

    /// Where the countries of a taxon start, and how many there are.
    pub fn range(&self, number: u32) -> (u32, u32) {
        let count = self.first(number).map_or(0, |first| first >> COUNT_SHIFT);
        (self.facts.word(number as usize * FACT_WORDS + 1).unwrap_or(0), count)
    }

    fn first(&self, number: u32) -> Option<u32> {
        self.facts.word(number as usize * FACT_WORDS)
    }
}

/// The kingdom of a bit.
#[inline]
pub(super) const fn kingdom_of(bit: u32) -> Kingdom {
    if bit == 0 { Kingdom::Animalia } else { Kingdom::Plantae }
}

/// The countries that `count` numbers name from `start` on.
pub(super) fn countries(numbers: LeWords<'_>, start: usize, count: usize) -> CountrySet {
    let numbers = numbers.range(start, start.saturating_add(count));
    numbers.filter_map(|index| Country::from_index(index as usize)).collect()
}

/// The countries in which a taxon occurs, at least one. They are read when they are asked for: most answers need
/// none of them.
#[derive(Clone, Copy)]
pub struct Range<'a>(Countries<'a>);

#[derive(Clone, Copy)]
enum Countries<'a> {
    /// As a file of imported names numbers them.
    Numbered(LeWords<'a>),
    Set(&'a CountrySet),
}

impl<'a> Range<'a> {
    /// The range that somebody else tells; `None` where it names no country.
    pub fn told(countries: &'a CountrySet) -> Option<Self> {
        (!countries.is_empty()).then_some(Range(Countries::Set(countries)))
    }

    /// The range whose countries are numbered in `bytes`; `None` where there is none.
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let numbers = LeWords::new(bytes);
        (numbers.count() > 0).then_some(Range(Countries::Numbered(numbers)))
    }

    /// The countries.
    pub fn countries(&self) -> CountrySet {
        match self.0 {
            Countries::Numbered(numbers) => countries(numbers, 0, numbers.count()),
            Countries::Set(set) => *set,
        }
    }

    /// Whether the taxon occurs in `country`.
    pub fn contains(&self, country: Country) -> bool {
        match self.0 {
            Countries::Numbered(numbers) => {
                let mut all = numbers.range(0, numbers.count());
                all.any(|index| index as usize == country.index())
            }
            Countries::Set(set) => set.contains(country),
        }
    }
}

impl std::fmt::Debug for Range<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Range").field(&self.countries()).finish()
    }
}
