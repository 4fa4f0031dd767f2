//! Permits that an office issued before it had this program, read out of its table.
//!
//! Source of truth: the table, a row for each line of a permit. The rows of a permit bear its number, and tell its
//! kind, holder, days and state in the first row at least. A permit is taken whole or not at all: where one of its
//! rows waits to be corrected, the others wait with it. Writing them down is for the store.

mod column;
mod gather;
mod row;
#[cfg(test)]
mod tests;

use cites::{Day, DocumentKind, Place, Purpose, Quantity, SourceCode, Term};

use crate::application::Live;
use crate::application::asked::{ChosenTaxon, Taxa};
use crate::fields::Remark;
use crate::ledger::{LedgerError, PermitLineBalance, PermitMove};
use crate::sheet::{Room, Skip, TableError};
use crate::told::Told;

pub use column::{HOLDER_LETTERS_MAX, PermitColumn, State, VALUE_LETTERS_MAX};
pub use gather::{TakenOver, Waiting, Why};

/// How much a table of permits may hold: an office that issues three thousand lines a year brings thirty years.
pub const PERMITS_ROOM: Room = Room { rows_max: 100_000, bytes_max: 64 << 20 };

/// A permit of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExistingPermit {
    /// Its number, as written.
    pub number: Box<str>,
    /// What it is.
    pub kind: DocumentKind,
    /// Who holds it, as written.
    pub holder: Box<str>,
    /// The day of issue.
    pub issued: Day,
    /// The last day.
    pub last_day: Day,
    /// Its state. One that is not told is not known: whoever takes the permit over asks before anything passes on it.
    pub state: Told<State>,
    /// Its lines, in the order of the table; at least one.
    pub lines: Vec<ExistingLine>,
}

/// A line of a permit of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExistingLine {
    /// The row of the sheet, from 1.
    pub row: u32,
    /// The name as written.
    pub name: Box<str>,
    /// The taxon it stands for; none for a hybrid that is no taxon.
    pub taxon: Option<ChosenTaxon>,
    /// The kind of specimen.
    pub term: Told<Term>,
    /// The source.
    pub source: Told<SourceCode>,
    /// The purpose.
    pub purpose: Told<Purpose>,
    /// The State of origin.
    pub origin: Told<Place>,
    /// How much it authorises.
    pub quantity: Quantity,
    /// How much of it was used, in the same unit; absent where nothing was. What is not told is not known:
    /// whoever takes the permit over asks before anything passes on it.
    pub used: Told<Quantity>,
}

impl ExistingLine {
    /// The moves of the ledger with which the line begins: what it authorises, and what is told
    /// to be used of it.
    ///
    /// # Errors
    /// More was used than was authorised; a table in which it was is not taken.
    pub fn moves(&self) -> Result<Vec<PermitMove>, LedgerError> {
        let mut balance = PermitLineBalance::empty(self.quantity.unit);
        let mut moves = vec![balance.authorise(self.quantity)?];
        if let Told::Is(used) = self.used {
            for made in &moves {
                balance = balance.after(*made)?;
            }
            moves.push(balance.endorse(used)?);
        }
        Ok(moves)
    }
}

impl ExistingPermit {
    /// The permit as one that was issued on its day. What its state says ended it has no day in the table, so that
    /// ending it is a deed of the day on which it is taken over.
    pub const fn live(&self) -> Live {
        Live::issued(self.issued, self.last_day)
    }
}

/// Reads permits out of all rows of a sheet, the headings among them.
///
/// # Errors
/// The table cannot be read at all.
pub fn read_table<R: AsRef<[S]>, S: AsRef<str>>(
    rows: &[R],
    taxa: &Taxa<'_>,
) -> Result<TakenOver, TableError> {
    gather::read(rows, taxa)
}
