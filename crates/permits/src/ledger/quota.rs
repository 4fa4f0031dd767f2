//! An annual quota: published, reserved at a decision, issued with a permit, given back.

use cites::{Quantity, Unit};

use super::{LedgerError, millionths, quantity, sum, take, within};

/// What a move of a quota does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuotaMoveKind {
    /// The quota is published, or raised.
    Publish,
    /// The quota is lowered. It may fall below what was issued before: then nothing more is reserved.
    Lower,
    /// A decision reserves a part.
    Reserve,
    /// A reservation is given up: the decision was withdrawn, or lapsed.
    Release,
    /// A permit is issued on what was reserved.
    Issue,
    /// A permit was cancelled, or came back unused.
    GiveBack,
}

impl QuotaMoveKind {
    /// Every kind.
    pub const ALL: [QuotaMoveKind; 6] = [
        QuotaMoveKind::Publish,
        QuotaMoveKind::Lower,
        QuotaMoveKind::Reserve,
        QuotaMoveKind::Release,
        QuotaMoveKind::Issue,
        QuotaMoveKind::GiveBack,
    ];

    /// The word that rows keep.
    pub const fn as_str(self) -> &'static str {
        match self {
            QuotaMoveKind::Publish => "publish",
            QuotaMoveKind::Lower => "lower",
            QuotaMoveKind::Reserve => "reserve",
            QuotaMoveKind::Release => "release",
            QuotaMoveKind::Issue => "issue",
            QuotaMoveKind::GiveBack => "give-back",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<QuotaMoveKind> {
        QuotaMoveKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// One row of the ledger of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaMove {
    /// What it does.
    pub kind: QuotaMoveKind,
    /// How much, in millionths of the unit of the quota.
    pub millionths: u64,
}

/// The sum of the moves of a quota, or of those that one application made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaBalance {
    unit: Unit,
    published: u64,
    reserved: u64,
    issued: u64,
}

impl QuotaBalance {
    /// A quota of which nothing is published, in `unit`.
    pub const fn empty(unit: Unit) -> QuotaBalance {
        QuotaBalance { unit, published: 0, reserved: 0, issued: 0 }
    }

    /// The sum of `moves`, in the order in which they were made.
    ///
    /// # Errors
    /// They take away more than was there, or sum up to more than can be counted.
    pub fn of(unit: Unit, moves: impl IntoIterator<Item = QuotaMove>) -> Result<QuotaBalance, LedgerError> {
        moves.into_iter().try_fold(QuotaBalance::empty(unit), QuotaBalance::after)
    }

    /// The balance from the sum of the moves of each kind, in millionths: what a database sums up is not read move by
    /// move.
    ///
    /// # Errors
    /// More was taken away than was there, or the sums are more than can be counted.
    pub fn of_sums(unit: Unit, sum_of: impl Fn(QuotaMoveKind) -> u64) -> Result<QuotaBalance, LedgerError> {
        let published = take(sum_of(QuotaMoveKind::Publish), sum_of(QuotaMoveKind::Lower))?;
        let issued = sum_of(QuotaMoveKind::Issue);
        let kept = take(sum_of(QuotaMoveKind::Reserve), sum_of(QuotaMoveKind::Release))?;
        let reserved = take(kept, issued)?;
        let issued = take(issued, sum_of(QuotaMoveKind::GiveBack))?;
        Ok(QuotaBalance {
            unit,
            published: sum(published, 0)?,
            reserved: sum(reserved, 0)?,
            issued: sum(issued, 0)?,
        })
    }

    /// The unit of the quota.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// What the State published.
    pub fn published(self) -> Quantity {
        quantity(self.published, self.unit)
    }

    /// What decisions reserve and no permit uses yet.
    pub fn reserved(self) -> Quantity {
        quantity(self.reserved, self.unit)
    }

    /// What permits were issued for.
    pub fn issued(self) -> Quantity {
        quantity(self.issued, self.unit)
    }

    /// What can still be reserved; nothing where the quota was lowered below what is used.
    pub fn left(self) -> Quantity {
        quantity(self.left_millionths(), self.unit)
    }

    fn left_millionths(self) -> u64 {
        self.published.saturating_sub(self.reserved).saturating_sub(self.issued)
    }

    /// The move by which the quota is published or lowered by `asked`.
    ///
    /// # Errors
    /// Another unit, nothing, more than is published to lower, more than can be counted.
    pub fn change(self, kind: Change, asked: Quantity) -> Result<QuotaMove, LedgerError> {
        let asked = millionths(asked, self.unit)?;
        let kind = match kind {
            Change::Publish => QuotaMoveKind::Publish,
            Change::Lower => {
                within(asked, self.published, self.unit)?;
                QuotaMoveKind::Lower
            }
        };
        self.checked(QuotaMove { kind, millionths: asked })
    }

    /// The move by which a decision reserves `asked`.
    ///
    /// # Errors
    /// More than is left, another unit, nothing.
    pub fn reserve(self, asked: Quantity) -> Result<QuotaMove, LedgerError> {
        self.out_of(self.left_millionths(), QuotaMoveKind::Reserve, asked)
    }

    /// The move by which `asked` of a reservation is given up. `self` is the sum of the moves of the application
    /// that reserved it.
    ///
    /// # Errors
    /// More than it reserves, another unit, nothing.
    pub fn release(self, asked: Quantity) -> Result<QuotaMove, LedgerError> {
        self.out_of(self.reserved, QuotaMoveKind::Release, asked)
    }

    /// The move by which a permit is issued on `asked` of a reservation. `self` is the sum of the moves of the
    /// application that reserved it.
    ///
    /// # Errors
    /// More than it reserves, another unit, nothing.
    pub fn issue(self, asked: Quantity) -> Result<QuotaMove, LedgerError> {
        self.out_of(self.reserved, QuotaMoveKind::Issue, asked)
    }

    /// The move by which `asked` of a permit comes back unused. `self` is the sum of the moves of the application
    /// whose permit it is.
    ///
    /// # Errors
    /// More than it issued, another unit, nothing.
    pub fn give_back(self, asked: Quantity) -> Result<QuotaMove, LedgerError> {
        self.out_of(self.issued, QuotaMoveKind::GiveBack, asked)
    }

    fn out_of(self, there: u64, kind: QuotaMoveKind, asked: Quantity) -> Result<QuotaMove, LedgerError> {
        let asked = millionths(asked, self.unit)?;
        within(asked, there, self.unit)?;
        self.checked(QuotaMove { kind, millionths: asked })
    }

    fn checked(self, made: QuotaMove) -> Result<QuotaMove, LedgerError> {
        self.after(made).map(|_| made)
    }

    /// The sum with one move more.
    ///
    /// # Errors
    /// It takes away more than was there, or the sum is more than can be counted.
    pub fn after(self, made: QuotaMove) -> Result<QuotaBalance, LedgerError> {
        let QuotaBalance { published, reserved, issued, .. } = self;
        let amount = made.millionths;
        Ok(match made.kind {
            QuotaMoveKind::Publish => QuotaBalance { published: sum(published, amount)?, ..self },
            QuotaMoveKind::Lower => QuotaBalance { published: take(published, amount)?, ..self },
            QuotaMoveKind::Reserve => QuotaBalance { reserved: sum(reserved, amount)?, ..self },
            QuotaMoveKind::Release => QuotaBalance { reserved: take(reserved, amount)?, ..self },
            QuotaMoveKind::Issue => {
                QuotaBalance { reserved: take(reserved, amount)?, issued: sum(issued, amount)?, ..self }
            }
            QuotaMoveKind::GiveBack => QuotaBalance { issued: take(issued, amount)?, ..self },
        })
    }
}

/// How a published quota changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is published, or raised.
    Publish,
    /// It is lowered.
    Lower,
}
