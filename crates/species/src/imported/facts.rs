//! What every answer needs to know about an imported taxon, in two numbers.

use cites::{Country, CountrySet, Kingdom, Rank};

use super::blocks::FACT_WORDS;
use crate::words::{LeWords, Words};

/// Where the rank begins in the first number; below it is the kingdom.
pub(super) const RANK_SHIFT: u32 = 1;
/// Where the number of countries begins in the first number.
pub(super) const COUNT_SHIFT: u32 = 8;

/// The facts of all taxa, and the countries they occur in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(super) facts: LeWords<'a>,
    pub(super) countries: LeWords<'a>,
}

impl Facts<'_> {
    /// How many taxa there are.
    pub fn count(&self) -> usize {
        self.facts.count() / FACT_WORDS
    }

    /// The kingdom of a taxon.
    pub fn kingdom(&self, number: u32) -> Option<Kingdom> {
        let is_plant = self.first(number)? & 1 != 0;
        Some(if is_plant { Kingdom::Plantae } else { Kingdom::Animalia })
    }

    /// The rank of a taxon.
    pub fn rank(&self, number: u32) -> Option<Rank> {
        let rank = (self.first(number)? & ((1 << COUNT_SHIFT) - 1)) >> RANK_SHIFT;
        Rank::ALL.get(rank as usize).copied()
    }

    /// Where a taxon occurs; empty where that is not told.
    pub fn range(&self, number: u32) -> CountrySet {
        let count = self.first(number).map_or(0, |first| (first >> COUNT_SHIFT) as usize);
        let start = self.facts.word(number as usize * FACT_WORDS + 1).map_or(0, |start| start as usize);
        let countries = self.countries.range(start, start.saturating_add(count));
        countries.filter_map(|index| Country::from_index(index as usize)).collect()
    }

    fn first(&self, number: u32) -> Option<u32> {
        self.facts.word(number as usize * FACT_WORDS)
    }
}
