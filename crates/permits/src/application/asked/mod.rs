//! What is applied for: the paper, the parties and the lines of specimens, as the applicant wrote them.
//!
//! Source of truth: what was written, which is evidence and is kept as it is; what it says is read from it each time,
//! so that a better reading never needs anything to be typed twice. Source of the fields: the boxes of the standard
//! form, Res. Conf. 12.3 Annex 2, and the register of captive-breeding operations for box 12b. Whether it is
//! complete, and what the law requires for it, is decided elsewhere.

mod complete;
mod copy;
mod head;
mod line;
mod read;
mod taxon;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::fields::{Field, FieldError, Texts, has_defect};
use crate::sheet::{self, Room, Table, TableError};

pub use complete::NotReady;
pub use head::{HeadField, PartyField, ReadHead, ReadParty};
pub use line::{LINE_NAME_LETTERS_MAX, Line, LineField, PREVIOUS_PAPERS_MAX, PaperField};
pub use read::ReadLine;
pub use taxon::{ChosenTaxon, ReadName, Taxa};

/// The most lines of an application, those that wait to be corrected among them: ten pages of a hundred, and four
/// times the largest import that was asked for.
pub const LINES_MAX: usize = 1_000;

/// How much a table of lines may hold: as many rows as an application has lines, and some four thousand bytes a row.
pub const TABLE_ROOM: Room = Room { rows_max: LINES_MAX, bytes_max: 4 << 20 };

/// The form in which an application is kept.
const FORM: u16 = 1;

/// What an applicant has written so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Kept", into = "Kept")]
pub struct Asked {
    /// The paper, the parties, the crossing.
    pub head: Texts<HeadField>,
    lines: Vec<Line>,
    pending: Vec<PendingLine>,
}

/// A row of a table that waits to be corrected: a line as it was written, with the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PendingLine {
    /// The row as the sheet numbers it, from 1.
    pub row: u32,
    /// What is written in it.
    pub line: Line,
}

/// Reads lines out of all rows of a sheet, the headings among them: a row without a defect becomes a line, with the
/// taxon that its name stands for; every other one waits as it was written.
///
/// # Errors
/// The table cannot be read at all.
pub fn read_table<R: AsRef<[S]>, S: AsRef<str>>(
    rows: &[R],
    taxa: &Taxa<'_>,
) -> Result<Table<LineField, Line>, TableError> {
    sheet::read(rows, TABLE_ROOM, |texts| line::sound(texts, taxa))
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskedError {
    /// There would be too many lines.
    #[error("{0} lines are more than the {LINES_MAX} of one application; hand in another one for the rest")]
    TooManyLines(usize),
    /// There is no such line, or no such row that waits.
    #[error("there is no line {0}; look at the application again, it may have been changed meanwhile")]
    NoLine(usize),
    /// A text is too long for its field.
    #[error(transparent)]
    Field(#[from] FieldError),
}

impl Asked {
    /// The lines, in their order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The line that people call by `number`, from 1.
    pub fn line(&self, number: u32) -> Option<&Line> {
        self.lines.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The rows of tables that wait to be corrected.
    pub fn pending(&self) -> &[PendingLine] {
        &self.pending
    }

    /// Adds a line at the end.
    ///
    /// # Errors
    /// There are as many as there may be.
    pub fn add(&mut self, line: Line) -> Result<(), AskedError> {
        self.has_room(1)?;
        self.lines.push(line);
        Ok(())
    }

    /// The line numbered `at` from 0, to be written in.
    ///
    /// # Errors
    /// There is no such line.
    pub fn line_mut(&mut self, at: usize) -> Result<&mut Line, AskedError> {
        self.lines.get_mut(at).ok_or(AskedError::NoLine(at))
    }

    /// Takes out the line numbered `at` from 0.
    ///
    /// # Errors
    /// There is no such line.
    pub fn remove(&mut self, at: usize) -> Result<Line, AskedError> {
        if at < self.lines.len() { Ok(self.lines.remove(at)) } else { Err(AskedError::NoLine(at)) }
    }

    /// Takes the lines of a table: the sound rows as lines, the others to be corrected in place.
    ///
    /// # Errors
    /// There would be too many; nothing was taken.
    pub fn take(&mut self, table: Table<LineField, Line>) -> Result<(), AskedError> {
        let (lines, pending) = table.into_parts();
        self.has_room(lines.len() + pending.len())?;
        self.lines.extend(lines);
        let waiting =
            pending.into_iter().map(|row| PendingLine { row: row.row, line: Line::waiting(row.texts) });
        self.pending.extend(waiting);
        Ok(())
    }

    /// Writes into the row numbered `at` among those that wait, and takes it as a line where it is sound now.
    /// Whether it was.
    ///
    /// # Errors
    /// There is no such row, or the text is too long for its field.
    pub fn correct(
        &mut self,
        at: usize,
        field: LineField,
        text: &str,
        taxa: &Taxa<'_>,
    ) -> Result<bool, AskedError> {
        let row = self.pending.get_mut(at).ok_or(AskedError::NoLine(at))?;
        row.line.write(field, text)?;
        Ok(self.take_if_sound(at, taxa))
    }

    /// Chooses the taxon of the row numbered `at` among those that wait, and takes it as a line where it is sound now.
    /// Whether it was.
    ///
    /// # Errors
    /// There is no such row.
    pub fn choose(&mut self, at: usize, taxon: ChosenTaxon, taxa: &Taxa<'_>) -> Result<bool, AskedError> {
        let row = self.pending.get_mut(at).ok_or(AskedError::NoLine(at))?;
        row.line.choose(taxon);
        Ok(self.take_if_sound(at, taxa))
    }

    fn take_if_sound(&mut self, at: usize, taxa: &Taxa<'_>) -> bool {
        let is_sound = self.pending.get(at).is_some_and(|row| !has_defect(&row.line.read(taxa).1));
        if is_sound {
            let row = self.pending.remove(at);
            self.lines.push(row.line);
        }
        is_sound
    }

    /// Takes out the row numbered `at` among those that wait.
    ///
    /// # Errors
    /// There is no such row.
    pub fn drop_pending(&mut self, at: usize) -> Result<PendingLine, AskedError> {
        if at < self.pending.len() { Ok(self.pending.remove(at)) } else { Err(AskedError::NoLine(at)) }
    }

    fn has_room(&self, more: usize) -> Result<(), AskedError> {
        let lines = self.lines.len() + self.pending.len() + more;
        if lines > LINES_MAX { Err(AskedError::TooManyLines(lines)) } else { Ok(()) }
    }
}

/// The form in which it is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    form: u16,
    #[serde(default)]
    head: Texts<HeadField>,
    #[serde(default)]
    lines: Vec<Line>,
    #[serde(default)]
    pending: Vec<PendingLine>,
}

/// Why what was kept is no application.
#[derive(Debug, thiserror::Error)]
enum KeptError {
    #[error("the application is kept in form {0}, this program reads form {FORM}; use a newer program")]
    Form(u16),
    #[error(transparent)]
    Asked(#[from] AskedError),
}

impl From<Asked> for Kept {
    fn from(asked: Asked) -> Kept {
        Kept { form: FORM, head: asked.head, lines: asked.lines, pending: asked.pending }
    }
}

impl TryFrom<Kept> for Asked {
    type Error = KeptError;

    fn try_from(kept: Kept) -> Result<Asked, KeptError> {
        if kept.form != FORM {
            return Err(KeptError::Form(kept.form));
        }
        fits(&kept.head)?;
        kept.lines.iter().try_for_each(|line| fits(line.texts()))?;
        let asked = Asked { head: kept.head, lines: kept.lines, pending: kept.pending };
        asked.has_room(0)?;
        Ok(asked)
    }
}

/// Whether every text is as long as its field holds at most.
fn fits<F: Field>(texts: &Texts<F>) -> Result<(), AskedError> {
    let mut checked = Texts::default();
    texts.iter().try_for_each(|(field, text)| checked.write(field, text)).map_err(AskedError::from)
}
