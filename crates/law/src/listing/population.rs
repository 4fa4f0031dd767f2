//! The populations an entry speaks of.
//!
//! Source of truth: the columns `population` and `except_population` of `listings.csv` and the members of
//! `populations.csv`. A population may be a State, a named group of States, or a part of a State.

use std::collections::HashMap;

use cites::{Country, CountrySet, Place};

use crate::table::{Row, Table, TableError};

/// Named populations that are no State.
#[derive(Debug, Clone, Default)]
pub struct NamedPopulations(HashMap<String, Vec<Place>>);

impl NamedPopulations {
    /// Reads `populations.csv`.
    ///
    /// # Errors
    /// A member that is no place, or a row without source.
    pub fn from_table(text: &str) -> Result<NamedPopulations, Vec<TableError>> {
        let table = Table::read("populations.csv", text, &["key", "members", "source"])
            .map_err(|fault| vec![fault])?;
        let mut named = HashMap::new();
        let mut faults = Vec::new();
        for row in table.rows() {
            match members(&row) {
                Ok((key, members)) => drop(named.insert(key, members)),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(NamedPopulations(named)) } else { Err(faults) }
    }

    /// The members of the population named `key`.
    pub fn members(&self, key: &str) -> Option<&[Place]> {
        self.0.get(key).map(Vec::as_slice)
    }
}

fn members(row: &Row<'_>) -> Result<(String, Vec<Place>), TableError> {
    row.needed("source")?;
    let places = row
        .needed("members")?
        .split(' ')
        .map(|place| place.parse::<Place>().map_err(|error| row.fault("members", &error.to_string())));
    Ok((row.needed("key")?.to_owned(), places.collect::<Result<_, _>>()?))
}

/// The populations for which an entry holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Population {
    /// States named as a whole; empty with no `parts` means all populations.
    named: CountrySet,
    /// Parts of States.
    parts: Vec<Place>,
    /// States taken out.
    except: CountrySet,
    limited: bool,
}

/// How an entry's population stands to one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// The place is in the population.
    Whole,
    /// The very part of the State is named.
    Exact,
    /// Only a part of the State is named, and the place does not tell which part it is.
    Part,
    /// The place is outside.
    Outside,
}

impl Population {
    /// Every population.
    pub fn all() -> Population {
        Population::default()
    }

    /// Reads the columns `population` and `except_population` of a row.
    ///
    /// # Errors
    /// A word that is neither a place nor a key of `populations.csv`.
    pub fn from_row(row: &Row<'_>, named: &NamedPopulations) -> Result<Population, TableError> {
        let mut population = Population::default();
        for place in places(row, "population", named)? {
            population.limited = true;
            if place.region.is_some() {
                population.parts.push(place)
            } else {
                population.named.insert(place.country)
            }
        }
        population.except =
            places(row, "except_population", named)?.iter().map(|place| place.country).collect();
        Ok(population)
    }

    /// Whether every population is meant.
    pub fn is_whole(&self) -> bool {
        !self.is_limited() && self.parts.is_empty()
    }

    /// Whether only some populations are meant.
    pub fn is_limited(&self) -> bool {
        self.limited || !self.except.is_empty()
    }

    /// How the population stands to `place`.
    pub fn cover(&self, place: Place) -> Cover {
        if self.parts.contains(&place) {
            return Cover::Exact;
        }
        let whole = if self.limited {
            self.named.contains(place.country)
        } else {
            !self.except.contains(place.country)
        };
        if whole {
            return Cover::Whole;
        }
        let part = self.parts.iter().any(|part| part.country == place.country);
        if part && place.region.is_none() { Cover::Part } else { Cover::Outside }
    }

    /// The States of `among` of which the population holds the whole.
    pub fn whole_of(&self, among: &CountrySet) -> CountrySet {
        if self.limited { among.intersection(&self.named) } else { among.difference(&self.except) }
    }

    /// Whether a part of a State of `among` is in the population.
    pub fn part_of(&self, among: &CountrySet) -> bool {
        self.parts.iter().any(|part| among.contains(part.country))
    }

    /// The States and parts named, for showing.
    pub fn named(&self) -> impl Iterator<Item = Place> {
        self.named.iter().map(Place::from).collect::<Vec<_>>().into_iter().chain(self.parts.iter().copied())
    }

    /// The States taken out, for showing.
    pub fn except(&self) -> impl Iterator<Item = Country> {
        self.except.iter()
    }
}

fn places(row: &Row<'_>, column: &str, named: &NamedPopulations) -> Result<Vec<Place>, TableError> {
    let mut places = Vec::new();
    for word in row.get(column).split_whitespace() {
        if let Some(members) = named.members(word) {
            places.extend(members);
        } else {
            let place = word.parse().map_err(|_| {
                row.fault(
                    column,
                    &format!("`{word}` is neither a place such as CN or PH-PLW nor a key of populations.csv"),
                )
            })?;
            places.push(place);
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn population(named: &str, except: &str) -> Population {
        let text = format!("population,except_population\n{named},{except}\n");
        let table = Table::read("listings.csv", &text, &[]).unwrap();
        let keys = NamedPopulations::from_table("key,members,source\nalps,AT CH,test\n").unwrap();
        Population::from_row(&table.rows().next().unwrap(), &keys).unwrap()
    }

    fn cover(population: &Population, place: &str) -> Cover {
        population.cover(place.parse().unwrap())
    }

    #[test]
    fn an_entry_without_population_holds_for_all() {
        assert_eq!(cover(&population("", ""), "CN"), Cover::Whole);
        assert_eq!(cover(&population("", "CN"), "CN"), Cover::Outside);
        assert_eq!(cover(&population("alps", ""), "AT"), Cover::Whole);
        assert_eq!(cover(&population("alps", ""), "DE"), Cover::Outside);
    }

    #[test]
    fn a_part_of_a_state_is_told_from_its_other_parts() {
        let palawan = population("AU PH-PLW", "");
        assert_eq!(cover(&palawan, "PH-PLW"), Cover::Exact);
        assert_eq!(cover(&palawan, "PH-BTG"), Cover::Outside);
        assert_eq!(cover(&palawan, "PH"), Cover::Part);
        assert_eq!(cover(&palawan, "AU"), Cover::Whole);
    }
}
