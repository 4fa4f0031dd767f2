//! Units of quantity, and the conversions between them that lose nothing.
//!
//! Source of truth: `data/codes/unit.csv`, after the CITES Trade Database Guide v9, Annex 2. Factors are
//! exact by definition. Pieces are never converted to weight: that is an estimate, and not made here.

use std::fmt;
use std::str::FromStr;

use crate::day::Day;
pub use crate::generated::Unit;
use crate::generated::{UNIT_BY_CODE, UNIT_BY_TRADE_NAME, UNIT_FACTS, UNIT_READ_AS};
use crate::text::{find, find_folded, serde_as_text};

/// What is known about a [`Unit`].
#[derive(Debug, PartialEq, Eq)]
pub struct UnitFact {
    /// The three letters.
    pub code: &'static str,
    /// Name in English.
    pub name_en: &'static str,
    /// What is measured.
    pub dimension: Dimension,
    /// One unit in the base unit of its dimension, as numerator and denominator: gram, cubic metre, metre,
    /// square metre. `(1, 1)` for counted things.
    pub factor: (u64, u64),
    /// Found in old records only.
    pub legacy: bool,
    /// Where the row comes from.
    pub source: &'static str,
    /// Last day a person compared the row with its source.
    pub checked: Day,
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Specimens, counted.
    Number,
    /// Weight; base unit the gram.
    Mass,
    /// Length; base unit the metre.
    Length,
    /// Area; base unit the square metre.
    Area,
    /// Volume; base unit the cubic metre.
    Volume,
    /// Bags, pairs, sides and other things counted of unequal content: comparable with nothing else.
    Counted,
}

/// A remark on how a unit was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitDoubt {
    /// The code is not in the Guidelines but is in use for this unit, such as `KIL` for `KGM`.
    UnofficialCode(Unit),
}

/// Why text is not a [`Unit`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{written}` is not a unit; write its three capital letters, such as KGM for kilograms or NAR for number"
)]
pub struct UnitError {
    /// The text as written.
    pub written: String,
}

impl Unit {
    /// Everything known about the unit.
    pub fn fact(self) -> &'static UnitFact {
        #[expect(clippy::indexing_slicing, reason = "the table is generated with one row for each variant")]
        &UNIT_FACTS[self as usize]
    }

    /// The three letters, such as `KGM`.
    pub fn code(self) -> &'static str {
        self.fact().code
    }

    /// Name in English.
    pub fn name_en(self) -> &'static str {
        self.fact().name_en
    }

    /// What the unit measures.
    pub fn dimension(self) -> Dimension {
        self.fact().dimension
    }

    /// Whether the unit is found in old records only.
    pub fn is_legacy(self) -> bool {
        self.fact().legacy
    }

    /// The unit a comparative tabulation calls `name`, such as `kg`. Blank is a number of specimens.
    pub fn from_trade_name(name: &str) -> Option<Unit> {
        if name.trim().is_empty() { Some(Unit::Number) } else { find_folded(&UNIT_BY_TRADE_NAME, name) }
    }

    /// Reads a unit as it comes on papers and in tables: a code, a code in use although not in the
    /// Guidelines (with a doubt), or a name; blank is a number of specimens.
    ///
    /// # Errors
    /// [`UnitError`] when the text is none of these.
    pub fn read(text: &str) -> Result<(Unit, Option<UnitDoubt>), UnitError> {
        let text = text.trim();
        if let Some(unit) = find(&UNIT_BY_CODE, text).or_else(|| Unit::from_trade_name(text)) {
            return Ok((unit, None));
        }
        match find(&UNIT_READ_AS, text) {
            Some(unit) => Ok((unit, Some(UnitDoubt::UnofficialCode(unit)))),
            None => Err(UnitError { written: text.to_owned() }),
        }
    }

    /// What one of this unit is in `other`, as a reduced fraction; `None` when they measure different
    /// things or are counted.
    pub fn ratio_to(self, other: Unit) -> Option<(u128, u128)> {
        if self == other {
            return Some((1, 1));
        }
        let (own, its) = (self.fact(), other.fact());
        if own.dimension != its.dimension || matches!(own.dimension, Dimension::Counted | Dimension::Number) {
            return None;
        }
        let numerator = u128::from(own.factor.0) * u128::from(its.factor.1);
        let denominator = u128::from(own.factor.1) * u128::from(its.factor.0);
        let common = greatest_common_divisor(numerator, denominator);
        Some((numerator.checked_div(common)?, denominator.checked_div(common)?))
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl FromStr for Unit {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Unit, UnitError> {
        find(&UNIT_BY_CODE, text).ok_or_else(|| UnitError { written: text.to_owned() })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

serde_as_text!(Unit);
