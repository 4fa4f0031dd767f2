//! Quantities: an amount and its unit, box 11 of the standard form.
//!
//! Sums and conversions are exact or not made at all; nothing here rounds.

use std::fmt;
use std::str::FromStr;

use crate::amount::{Amount, AmountError};
use crate::text::serde_as_text;
use crate::unit::{Unit, UnitError};

/// How much of a specimen: an amount and its unit.
///
/// Source: box 11 of the standard form, Res. Conf. 12.3 Annex 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    /// How many.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
}

/// Why text is not a [`Quantity`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// The number is wrong.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// The unit is wrong.
    #[error(transparent)]
    Unit(#[from] UnitError),
}

impl Quantity {
    /// `amount` of `unit`.
    pub const fn new(amount: Amount, unit: Unit) -> Quantity {
        Quantity { amount, unit }
    }

    /// A quantity from millionths of `unit`, as databases keep it; `None` above [`Amount::MAX`].
    pub fn from_millionths(millionths: u64, unit: Unit) -> Option<Quantity> {
        Amount::from_millionths(millionths).map(|amount| Quantity { amount, unit })
    }

    /// Reads the number part of a quantity whose unit is known.
    ///
    /// # Errors
    /// [`AmountError`] names what is wrong with the number.
    pub fn parse(number: &str, unit: Unit) -> Result<Quantity, AmountError> {
        Ok(Quantity { amount: number.parse()?, unit })
    }

    /// The amount in millionths of the unit.
    pub const fn millionths(self) -> u64 {
        self.amount.millionths()
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.amount == Amount::ZERO
    }

    /// Both together; `None` when the units differ or the sum is above [`Amount::MAX`].
    pub fn checked_add(self, other: Quantity) -> Option<Quantity> {
        self.join(other, Amount::checked_add)
    }

    /// What is left after taking `other` away; `None` when the units differ or too little is there.
    pub fn checked_sub(self, other: Quantity) -> Option<Quantity> {
        self.join(other, Amount::checked_sub)
    }

    /// The same quantity in `unit`; `None` when the units do not measure the same thing or the result
    /// is not exact to a millionth.
    pub fn convert_to(self, unit: Unit) -> Option<Quantity> {
        let (numerator, denominator) = self.unit.ratio_to(unit)?;
        Some(Quantity { amount: self.amount.scaled(numerator, denominator)?, unit })
    }

    fn join(self, other: Quantity, by: impl Fn(Amount, Amount) -> Option<Amount>) -> Option<Quantity> {
        if self.unit != other.unit {
            return None;
        }
        Some(Quantity { amount: by(self.amount, other.amount)?, unit: self.unit })
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads `12.5 KGM`, or a number alone, which counts specimens.
    fn from_str(text: &str) -> Result<Quantity, QuantityError> {
        match text.rsplit_once(' ') {
            Some((number, unit)) if unit.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                Ok(Quantity { amount: number.trim().parse()?, unit: Unit::read(unit)?.0 })
            }
            _ => Ok(Quantity { amount: text.parse()?, unit: Unit::Number }),
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit)
    }
}

serde_as_text!(Quantity);
