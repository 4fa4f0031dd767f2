//! Places as a cell of a table writes them: `BW NA`, `MY !MY-13`, `!KZ`, or nothing for anywhere.
//!
//! Source of truth: the cell. Whether a place exists is not checked here beyond its form.

use std::str::FromStr;

use cites::{Place, PlaceError};

use super::missing::{Missing, Test};
use super::movement::named;

/// The places of a row: those named, less those named with `!`. Nothing named is anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    within: Box<[Place]>,
    except: Box<[Place]>,
}

impl Places {
    /// The places named; empty for anywhere.
    pub fn within(&self) -> &[Place] {
        &self.within
    }

    /// The places taken out.
    pub fn except(&self) -> &[Place] {
        &self.except
    }

    /// Whether the row holds anywhere.
    pub fn is_anywhere(&self) -> bool {
        self.within.is_empty() && self.except.is_empty()
    }

    /// Whether `told` lies in the places; unknown where only a part of the told country does.
    pub(crate) fn hold(&self, told: Option<Place>) -> Test {
        let inside = if self.within.is_empty() { Test::Met } else { any(&self.within, told) };
        inside.and(any(&self.except, told).negated())
    }
}

fn any(places: &[Place], told: Option<Place>) -> Test {
    places.iter().map(|place| lies_in(*place, told)).fold(Test::NotMet, Test::or)
}

fn lies_in(place: Place, told: Option<Place>) -> Test {
    let Some(told) = told.filter(|told| named(told.country).is_some()) else {
        return Test::lacks(Missing::Origin);
    };
    if place.covers(told) {
        Test::Met
    } else if told.covers(place) {
        Test::lacks(Missing::Population)
    } else {
        Test::NotMet
    }
}

impl FromStr for Places {
    type Err = PlaceError;

    fn from_str(cell: &str) -> Result<Places, PlaceError> {
        let (mut within, mut except) = (Vec::new(), Vec::new());
        for word in cell.split_whitespace() {
            match word.strip_prefix('!') {
                Some(place) => except.push(place.parse()?),
                None => within.push(word.parse()?),
            }
        }
        Ok(Places { within: within.into(), except: except.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, told: &str, expected: Test) {
        let told = (!told.is_empty()).then(|| told.parse().unwrap());
        assert_eq!(cell.parse::<Places>().unwrap().hold(told), expected, "{told:?} in `{cell}`");
    }

    #[test]
    fn a_part_of_a_country_is_decided_only_when_it_is_told() {
        check("", "", Test::Met);
        check("BW NA", "NA", Test::Met);
        check("BW NA", "ZA", Test::NotMet);
        check("BW NA", "", Test::lacks(Missing::Origin));
        check("BW NA", "XX", Test::lacks(Missing::Origin));
        check("PH-PLW", "PH-PLW", Test::Met);
        check("PH-PLW", "PH", Test::lacks(Missing::Population));
        check("PH-PLW", "PH-MNL", Test::NotMet);
    }

    #[test]
    fn what_is_taken_out_is_outside() {
        check("!KZ", "KZ", Test::NotMet);
        check("!KZ", "RU", Test::Met);
        check("!KZ", "", Test::lacks(Missing::Origin));
        check("MY !MY-13", "MY-13", Test::NotMet);
        check("MY !MY-13", "MY-12", Test::Met);
        check("MY !MY-13", "MY", Test::lacks(Missing::Population));
    }
}
