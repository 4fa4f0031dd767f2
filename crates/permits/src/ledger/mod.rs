//! The ledger: what of a quota is reserved and issued, and what of a permit is used, as rows that sum up.
//!
//! Source of truth: the moves. A balance is their sum and is never kept alone; a move is never changed, what was
//! done wrong is undone by another move. Amounts are in the unit of the account, and a quantity of another unit
//! moves only where it converts exactly. Who keeps the rows must read the balance and write the move in one
//! transaction: then a quota cannot be overrun, whoever else asks.

mod permit_line;
mod quota;

pub use permit_line::{PermitLineBalance, PermitMove, PermitMoveKind, TakenOver};
pub use quota::{Change, QuotaBalance, QuotaMove, QuotaMoveKind};

use cites::{Quantity, Unit};

/// Why a move cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// More is asked than is there.
    #[error("{asked} is asked and {left} is left; ask for less, or wait until something is released")]
    Overrun {
        /// What is asked, in the unit of the account.
        asked: Quantity,
        /// What is left.
        left: Quantity,
    },
    /// The unit does not convert exactly into that of the account.
    #[error("{asked} cannot be counted exactly in {unit}; state the quantity in {unit}")]
    OtherUnit {
        /// What is asked.
        asked: Quantity,
        /// The unit of the account.
        unit: Unit,
    },
    /// A move of nothing tells nothing.
    #[error("a move of nothing cannot be made; state how much")]
    Nothing,
    /// The sum is above what can be counted.
    #[error("the account would hold more than can be counted; check the quantity")]
    TooMuch,
    /// The moves that are kept take away more than they brought: rows were lost or changed.
    #[error(
        "the moves of the account do not add up; compare the ledger with its copies before anything is issued"
    )]
    Broken,
}

/// `asked` in millionths of `unit`.
fn millionths(asked: Quantity, unit: Unit) -> Result<u64, LedgerError> {
    let converted = asked.convert_to(unit).ok_or(LedgerError::OtherUnit { asked, unit })?;
    match converted.millionths() {
        0 => Err(LedgerError::Nothing),
        millionths => Ok(millionths),
    }
}

/// An amount of an account as a quantity.
fn quantity(millionths: u64, unit: Unit) -> Quantity {
    // An account holds no more than a quantity can: every move was one, and sums are checked.
    Quantity::from_millionths(millionths, unit).unwrap_or(Quantity::new(cites::Amount::MAX, unit))
}

/// Refuses what is above `left`.
fn within(asked: u64, left: u64, unit: Unit) -> Result<(), LedgerError> {
    if asked <= left {
        return Ok(());
    }
    Err(LedgerError::Overrun { asked: quantity(asked, unit), left: quantity(left, unit) })
}

/// A sum that an account can hold.
fn sum(one: u64, other: u64) -> Result<u64, LedgerError> {
    let sum = one.checked_add(other).ok_or(LedgerError::TooMuch)?;
    Quantity::from_millionths(sum, Unit::Number).map(|_| sum).ok_or(LedgerError::TooMuch)
}

/// What is left after a move that is kept.
fn take(from: u64, amount: u64) -> Result<u64, LedgerError> {
    from.checked_sub(amount).ok_or(LedgerError::Broken)
}

#[cfg(test)]
mod tests;
