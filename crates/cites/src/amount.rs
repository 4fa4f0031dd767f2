//! Numbers of specimens, kilograms and the like, exact to a millionth.
//!
//! Whole numbers of millionths sum to the same total in every database and on every machine, which no
//! floating-point number does. The largest amount is what a signed 64-bit column holds.

use std::fmt;
use std::str::FromStr;

use crate::text::serde_as_text;

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
    #[error(
        "`{0}` groups its digits or has a decimal comma; write digits and one point at most, such as 1234.5"
    )]
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
    #[error("`{0}` is not a number; write digits and one point at most, such as 12.5")]
    NotANumber(String),
}

/// A remark on how an amount was read from a table another program wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountDoubt {
    /// The number had an exponent, which no person writes, and may have lost digits on its way.
    Exponent,
    /// The number had more than six decimals and was rounded to the nearest millionth, never to nothing.
    Rounded,
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
    pub(crate) fn scaled(self, numerator: u128, denominator: u128) -> Option<Amount> {
        let product = u128::from(self.0).checked_mul(numerator)?;
        if product.checked_rem(denominator)? != 0 {
            return None;
        }
        u64::try_from(product.checked_div(denominator)?).ok().and_then(Amount::from_millionths)
    }

    /// Reads a number as tables of other programs write it: as `FromStr` does, but exponents and more
    /// than six decimals are read too, each with a doubt (rounding outweighs the exponent).
    ///
    /// # Errors
    /// [`AmountError`] when the text is no number, negative or too large.
    pub fn read(text: &str) -> Result<(Amount, Option<AmountDoubt>), AmountError> {
        match text.parse() {
            Ok(amount) => Ok((amount, None)),
            Err(AmountError::Exponent(_)) => from_scientific(text).map(|(amount, rounded)| {
                (amount, Some(if rounded { AmountDoubt::Rounded } else { AmountDoubt::Exponent }))
            }),
            Err(AmountError::TooManyDecimals(_)) => from_scientific(text)
                .map(|(amount, rounded)| (amount, rounded.then_some(AmountDoubt::Rounded))),
            Err(error) => Err(error),
        }
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    /// Reads digits with at most one point and six decimals, and nothing else.
    fn from_str(text: &str) -> Result<Amount, AmountError> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) || text.ends_with('.') {
            return Err(what_is_wrong(text));
        }
        if decimals.len() > 6 {
            return Err(AmountError::TooManyDecimals(text.to_owned()));
        }
        let millionths = decimals.bytes().chain(std::iter::repeat_n(b'0', 6 - decimals.len()));
        whole
            .bytes()
            .chain(millionths)
            .try_fold(0u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
            .and_then(Amount::from_millionths)
            .ok_or_else(|| AmountError::TooLarge(text.to_owned()))
    }
}

/// Names what keeps `text` from being an amount.
fn what_is_wrong(text: &str) -> AmountError {
    let written = text.to_owned();
    let only = |also: &str| text.chars().all(|c| c.is_ascii_digit() || also.contains(c));
    if text.trim().is_empty() {
        AmountError::Empty
    } else if text.starts_with(['-', '−']) {
        AmountError::Negative(written)
    } else if !text.starts_with(|c: char| c.is_ascii_digit()) {
        AmountError::NotANumber(written)
    } else if only(".eE+-") && text.contains(['e', 'E']) {
        AmountError::Exponent(written)
    } else if only(".,'’ \u{a0}\u{202f}") && !text.ends_with('.') {
        AmountError::Grouping(written)
    } else {
        AmountError::NotANumber(written)
    }
}

/// The number of `digits[.digits][e[sign]digits]` and whether it was rounded.
fn from_scientific(text: &str) -> Result<(Amount, bool), AmountError> {
    let not_a_number = || AmountError::NotANumber(text.to_owned());
    let too_large = || AmountError::TooLarge(text.to_owned());
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: u128 = format!("{whole}{decimals}").parse().map_err(|_| not_a_number())?;
    let exponent: i32 = exponent.parse().map_err(|_| not_a_number())?;
    let places = i32::try_from(decimals.len()).map_err(|_| not_a_number())?;
    let power = exponent.saturating_add(6).saturating_sub(places);
    let (millionths, rounded) = times_power_of_ten(digits, power).ok_or_else(too_large)?;
    let millionths = u64::try_from(millionths).map_err(|_| too_large())?;
    Ok((Amount::from_millionths(millionths).ok_or_else(too_large)?, rounded))
}

/// `digits` times ten to the `power`, rounded to the nearest whole number but never from something to
/// nothing, and whether it was; `None` when it does not fit.
fn times_power_of_ten(digits: u128, power: i32) -> Option<(u128, bool)> {
    if digits == 0 {
        return Some((0, false));
    }
    let factor = 10u128.checked_pow(power.unsigned_abs());
    if power >= 0 {
        return Some((digits.checked_mul(factor?)?, false));
    }
    let Some(factor) = factor else { return Some((1, true)) };
    let (whole, rest) = (digits.checked_div(factor)?, digits.checked_rem(factor)?);
    let nearest = if rest >= factor.div_ceil(2) { whole + 1 } else { whole };
    Some((nearest.max(1), rest != 0))
}

impl fmt::Display for Amount {
    /// Digits, and as few decimals as tell the amount.
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

serde_as_text!(Amount);
