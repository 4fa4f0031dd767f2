//! A line of a permit: authorised, endorsed in parts, and what was never used.

use cites::{Quantity, Unit};

use super::{LedgerError, millionths, quantity, sum, take, within};

/// What a move of a permit's line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PermitMoveKind {
    /// The permit is issued for so much.
    Authorise,
    /// A border endorses so much as passed. Source: box 14 of the standard form, Res. Conf. 12.3 Annex 2.
    Endorse,
    /// An endorsement was made in error and is undone.
    Undo,
    /// What is left can no longer be used: the permit was cancelled, lost, replaced, expired or returned.
    Close,
}

impl PermitMoveKind {
    /// Every kind.
    pub const ALL: [PermitMoveKind; 4] =
        [PermitMoveKind::Authorise, PermitMoveKind::Endorse, PermitMoveKind::Undo, PermitMoveKind::Close];

    /// The word that rows keep.
    pub const fn as_str(self) -> &'static str {
        match self {
            PermitMoveKind::Authorise => "authorise",
            PermitMoveKind::Endorse => "endorse",
            PermitMoveKind::Undo => "undo",
            PermitMoveKind::Close => "close",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<PermitMoveKind> {
        PermitMoveKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// One row of the ledger of a permit's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermitMove {
    /// What it does.
    pub kind: PermitMoveKind,
    /// How much, in millionths of the unit of the line.
    pub millionths: u64,
}

/// What a permit that takes the place of another takes over of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenOver {
    /// What the new permit authorises. Of the quota it stays issued, to the same application.
    pub taken: Quantity,
    /// What is given back to the quota; nothing where all that was left is taken over.
    pub freed: Quantity,
}

/// The sum of the moves of a permit's line. The same sums tell of a foreign permit what has been seen of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermitLineBalance {
    unit: Unit,
    authorised: u64,
    endorsed: u64,
    closed: u64,
}

impl PermitLineBalance {
    /// A line that authorises nothing yet, in `unit`.
    pub const fn empty(unit: Unit) -> PermitLineBalance {
        PermitLineBalance { unit, authorised: 0, endorsed: 0, closed: 0 }
    }

    /// The sum of `moves`, in the order in which they were made.
    ///
    /// # Errors
    /// They take away more than was there, or sum up to more than can be counted.
    pub fn of(
        unit: Unit,
        moves: impl IntoIterator<Item = PermitMove>,
    ) -> Result<PermitLineBalance, LedgerError> {
        moves.into_iter().try_fold(PermitLineBalance::empty(unit), PermitLineBalance::after)
    }

    /// The balance from the sum of the moves of each kind, in millionths: what a database sums up is not read move by
    /// move.
    ///
    /// # Errors
    /// More was taken away than was there, or the sums are more than can be counted.
    pub fn of_sums(
        unit: Unit,
        sum_of: impl Fn(PermitMoveKind) -> u64,
    ) -> Result<PermitLineBalance, LedgerError> {
        let authorised = sum(sum_of(PermitMoveKind::Authorise), 0)?;
        let endorsed = take(sum_of(PermitMoveKind::Endorse), sum_of(PermitMoveKind::Undo))?;
        let closed = sum_of(PermitMoveKind::Close);
        take(authorised, sum(endorsed, closed)?)?;
        Ok(PermitLineBalance { unit, authorised, endorsed, closed })
    }

    /// The unit of the line.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// What the permit authorises.
    pub fn authorised(self) -> Quantity {
        quantity(self.authorised, self.unit)
    }

    /// What borders endorsed.
    pub fn endorsed(self) -> Quantity {
        quantity(self.endorsed, self.unit)
    }

    /// What was closed unused.
    pub fn closed(self) -> Quantity {
        quantity(self.closed, self.unit)
    }

    /// What can still be endorsed.
    pub fn left(self) -> Quantity {
        quantity(self.left_millionths(), self.unit)
    }

    fn left_millionths(self) -> u64 {
        self.authorised.saturating_sub(self.endorsed).saturating_sub(self.closed)
    }

    /// The move by which the permit authorises `asked`.
    ///
    /// # Errors
    /// Another unit, nothing, more than can be counted.
    pub fn authorise(self, asked: Quantity) -> Result<PermitMove, LedgerError> {
        self.checked(PermitMoveKind::Authorise, millionths(asked, self.unit)?)
    }

    /// The move by which a border endorses `asked`.
    ///
    /// # Errors
    /// More than is left, another unit, nothing.
    pub fn endorse(self, asked: Quantity) -> Result<PermitMove, LedgerError> {
        self.out_of(self.left_millionths(), PermitMoveKind::Endorse, asked)
    }

    /// The move by which `asked` of what was endorsed is undone.
    ///
    /// # Errors
    /// More than was endorsed, another unit, nothing.
    pub fn undo(self, asked: Quantity) -> Result<PermitMove, LedgerError> {
        self.out_of(self.endorsed, PermitMoveKind::Undo, asked)
    }

    /// The move by which all that is left is closed, and how much that is; `None` where nothing is left.
    ///
    /// # Errors
    /// The moves do not add up.
    pub fn close(self) -> Result<Option<(PermitMove, Quantity)>, LedgerError> {
        match self.left_millionths() {
            0 => Ok(None),
            left => {
                let made = self.checked(PermitMoveKind::Close, left)?;
                Ok(Some((made, quantity(left, self.unit))))
            }
        }
    }

    /// What another permit takes over of the line: `wanted`, else all that is left. What is left beyond it is free
    /// again; what was endorsed stays with the line. `None` where nothing is left.
    ///
    /// # Errors
    /// More than is left, another unit, nothing.
    pub fn take_over(self, wanted: Option<Quantity>) -> Result<Option<TakenOver>, LedgerError> {
        let left = self.left_millionths();
        let taken = match wanted {
            None if left == 0 => return Ok(None),
            None => left,
            Some(wanted) => millionths(wanted, self.unit)?,
        };
        within(taken, left, self.unit)?;
        let freed = take(left, taken)?;
        Ok(Some(TakenOver { taken: quantity(taken, self.unit), freed: quantity(freed, self.unit) }))
    }

    fn out_of(self, there: u64, kind: PermitMoveKind, asked: Quantity) -> Result<PermitMove, LedgerError> {
        let asked = millionths(asked, self.unit)?;
        within(asked, there, self.unit)?;
        self.checked(kind, asked)
    }

    fn checked(self, kind: PermitMoveKind, millionths: u64) -> Result<PermitMove, LedgerError> {
        let made = PermitMove { kind, millionths };
        self.after(made).map(|_| made)
    }

    /// The sum with one move more.
    ///
    /// # Errors
    /// It takes away more than was there, or the sum is more than can be counted.
    pub fn after(self, made: PermitMove) -> Result<PermitLineBalance, LedgerError> {
        let PermitLineBalance { authorised, endorsed, closed, .. } = self;
        let amount = made.millionths;
        let after = match made.kind {
            PermitMoveKind::Authorise => PermitLineBalance { authorised: sum(authorised, amount)?, ..self },
            PermitMoveKind::Endorse => PermitLineBalance { endorsed: sum(endorsed, amount)?, ..self },
            PermitMoveKind::Undo => PermitLineBalance { endorsed: take(endorsed, amount)?, ..self },
            PermitMoveKind::Close => PermitLineBalance { closed: sum(closed, amount)?, ..self },
        };
        let used = sum(after.endorsed, after.closed)?;
        if used > after.authorised { Err(LedgerError::Broken) } else { Ok(after) }
    }
}
