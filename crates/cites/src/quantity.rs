//! Amounts and quantities, exact to a millionth.
//!
//! Whole numbers of millionths sum to the same total in every database and on every machine, which no
//! floating-point number does. The largest amount is what a signed 64-bit column holds.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;
use crate::unit::{Unit, UnitError};

const MILLION: u64 = 1_000_000;

/// A number without a unit, in millionths; never negative.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(u64);

/// Why text is not an [`Amount`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing is written.
    #[error("the quantity is empty; write a number, or leave the quantity out where it is not known")]
    Empty,
    /// A minus sign.
    #[error("`{0}` is negative; write a quantity of zero or more")]
    Negative(String),
    /// A comma, space or apostrophe between digits: `1,234` is a thousand here and one and a bit there.
    #[error("`{0}` groups its digits or has a decimal comma; write digits and at most one point, such as 1234.5")]
    Grouping(String),
    /// A power of ten, such as `1e308`.
    #[error("`{0}` has an exponent; write the number out in digits")]
    Exponent(String),
    /// More than six decimals.
    #[error("`{0}` has more than six decimals; round it, or use a smaller unit")]
    TooManyDecimals(String),
    /// Above [`Amount::MAX`].
    #[error("`{0}` is too large to be a quantity; check the number and the unit")]
    TooLarge(String),
    /// Anything else, such as `NaN` or `about 5`.
    #[error("`{0}` is not a number; write digits and at most one point, such as 12.5")]
    NotANumber(String),
}

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(0);
    /// The largest amount, a little over 9.2 million million.
    pub const MAX: Amount = Amount(i64::MAX as u64);

    /// An amount of `millionths`; `None` above [`Amount::MAX`].
    pub const fn from_millionths(millionths: u64) -> Option<Amount> {
        if millionths > Amount::MAX.0 { None } else { Some(Amount(millionths)) }
    }

    /// A whole number; `None` above [`Amount::MAX`].
    pub fn whole(number: u64) -> Option<Amount> {
        number.checked_mul(MILLION).and_then(Amount::from_millionths)
    }

    /// The amount in millionths.
    pub const fn millionths(self) -> u64 {
        self.0
    }

    /// Both together; `None` above [`Amount::MAX`].
    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        self.0.checked_add(other.0).and_then(Amount::from_millionths)
    }

    /// What is left after taking `other` away; `None` when that is less than nothing.
    pub fn checked_sub(self, other: Amount) -> Option<Amount> {
        self.0.checked_sub(other.0).map(Amount)
    }

    /// The amount times `numerator / denominator`; `None` when that is not a whole number of millionths.
    fn scaled(self, numerator: u128, denominator: u128) -> Option<Amount> {
        let product = u128::from(self.0).checked_mul(numerator)?;
        if product.checked_rem(denominator)? != 0 {
            return None;
        }
        u64::try_from(product.checked_div(denominator)?).ok().and_then(Amount::from_millionths)
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Amount, AmountError> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) || text.ends_with('.') {
            return Err(what_is_wrong(text));
        }
        if decimals.len() > 6 {
            return Err(AmountError::TooManyDecimals(text.to_owned()));
        }
        let too_large = || AmountError::TooLarge(text.to_owned());
        let whole: u64 = whole.parse().map_err(|_| too_large())?;
        let millionths: u64 = format!("{decimals:0<6}").parse().map_err(|_| too_large())?;
        whole
            .checked_mul(MILLION)
            .and_then(|scaled| scaled.checked_add(millionths))
            .and_then(Amount::from_millionths)
            .ok_or_else(too_large)
    }
}

/// Names what keeps `text` from being an amount.
fn what_is_wrong(text: &str) -> AmountError {
    let written = text.to_owned();
    let starts_with_digit = text.trim_start_matches('+').starts_with(|c: char| c.is_ascii_digit());
    if text.trim().is_empty() {
        AmountError::Empty
    } else if text.starts_with(['-', '−']) {
        AmountError::Negative(written)
    } else if starts_with_digit && text.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c)) && text.contains(['e', 'E']) {
        AmountError::Exponent(written)
    } else if starts_with_digit && text.chars().all(|c| c.is_ascii_digit() || ".,'’ \u{a0}\u{202f}".contains(c)) {
        AmountError::Grouping(written)
    } else {
        AmountError::NotANumber(written)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / MILLION, self.0 % MILLION);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        write!(f, "{whole}.{}", format!("{rest:06}").trim_end_matches('0'))
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

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

serde_as_text!(Amount, Quantity);
