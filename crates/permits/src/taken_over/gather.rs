//! From rows to permits: the rows of one number are one permit, which is taken whole or not at all.

use std::collections::BTreeMap;

use super::column::PermitColumn as Column;
use super::row::{ReadRow, read as read_row, remark};
use super::{ExistingLine, ExistingPermit, PERMITS_ROOM, Remark, Skip, TableError, Taxa};
use crate::fields::Texts;
use crate::foreign::PaperNumber;
use crate::sheet::{self, Layout, Outcome, Pending};
use crate::told::Told;
use crate::written::Defect;

/// A table of permits that was read. Every row of the sheet stands in it exactly once: as a line of a permit, waiting,
/// or skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOver {
    /// Which column holds what.
    pub layout: Layout<Column>,
    /// The permits that were taken, in the order of their first rows.
    pub permits: Vec<ExistingPermit>,
    /// Doubts about rows that were taken.
    pub doubts: Vec<(u32, Vec<Remark<Column>>)>,
    /// The rows that wait, in the order of the sheet.
    pub waiting: Vec<Waiting>,
    /// The rows that were skipped.
    pub skipped: Vec<(u32, Skip)>,
}

/// A row that waits to be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The row with its cells as they were written.
    pub pending: Pending<Column>,
    /// Why it waits.
    pub why: Why,
}

/// Why a row waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It has defects.
    Defects(Vec<Remark<Column>>),
    /// It is sound, and another row of its permit is not.
    WithRow(u32),
}

/// A row on its way.
enum Read {
    Sound(Box<ReadRow>, Vec<Remark<Column>>),
    Bad(Texts<Column>, Vec<Remark<Column>>),
}

pub(super) fn read<R: AsRef<[S]>, S: AsRef<str>>(
    rows: &[R],
    taxa: &Taxa<'_>,
) -> Result<TakenOver, TableError> {
    let table = sheet::read(rows, PERMITS_ROOM, |texts| read_row(texts, taxa))?;
    let mut found = TakenOver {
        layout: table.layout,
        permits: Vec::new(),
        doubts: Vec::new(),
        waiting: Vec::new(),
        skipped: Vec::new(),
    };
    let mut groups: Vec<Vec<(u32, Read)>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in table.rows {
        let read = match row.outcome {
            Outcome::Skipped(skip) => {
                found.skipped.push((row.number, skip));
                continue;
            }
            Outcome::Taken { value, remarks } => Read::Sound(Box::new(value), remarks),
            Outcome::Pending { texts, remarks } => Read::Bad(texts, remarks),
        };
        // A row whose number cannot be read is of no permit that is known.
        let number = PaperNumber::of(read.texts().get(Column::Number)).ok();
        let place = number.map(|number| {
            let next = groups.len();
            *places.entry(number.folded().to_owned()).or_insert(next)
        });
        match place.and_then(|place| groups.get_mut(place)) {
            Some(group) => group.push((row.number, read)),
            None => groups.push(vec![(row.number, read)]),
        }
    }
    groups.into_iter().for_each(|group| found.take(group));
    found.waiting.sort_by_key(|waiting| waiting.pending.row);
    Ok(found)
}

impl Read {
    const fn texts(&self) -> &Texts<Column> {
        match self {
            Read::Sound(row, _) => &row.texts,
            Read::Bad(texts, _) => texts,
        }
    }
}

impl TakenOver {
    /// Takes the rows of one permit, or lets them all wait.
    fn take(&mut self, mut rows: Vec<(u32, Read)>) {
        if let Some(wrong) = together(&rows) {
            for (number, remark) in wrong {
                spoil(&mut rows, number, remark);
            }
        }
        let bad = rows.iter().find(|(_, read)| matches!(read, Read::Bad(..))).map(|(number, _)| *number);
        let Some(bad) = bad else { return self.take_sound(rows) };
        for (row, read) in rows {
            let (texts, why) = match read {
                Read::Bad(texts, remarks) => (texts, Why::Defects(remarks)),
                Read::Sound(read, _) => (read.texts, Why::WithRow(bad)),
            };
            self.waiting.push(Waiting { pending: Pending { row, texts }, why });
        }
    }

    fn take_sound(&mut self, rows: Vec<(u32, Read)>) {
        let mut sound = Vec::new();
        for (number, read) in rows {
            if let Read::Sound(row, doubts) = read {
                if !doubts.is_empty() {
                    self.doubts.push((number, doubts));
                }
                sound.push((number, *row));
            }
        }
        // Rows that are sound together tell all that a permit needs.
        self.permits.extend(permit(sound));
    }
}

/// Makes a sound row a bad one.
fn spoil(rows: &mut [(u32, Read)], number: u32, remark: Remark<Column>) {
    let Some((_, read)) = rows.iter_mut().find(|(row, _)| *row == number) else { return };
    match read {
        Read::Bad(_, remarks) => remarks.push(remark),
        Read::Sound(row, doubts) => {
            let mut remarks = std::mem::take(doubts);
            remarks.push(remark);
            *read = Read::Bad(row.texts.clone(), remarks);
        }
    }
}

/// What the rows of a permit show together: two rows that tell of it what cannot both be, a box that none tells, days
/// that are out of order. Nothing where a row of it is bad already and may tell what is missing.
fn together(rows: &[(u32, Read)]) -> Option<Vec<(u32, Remark<Column>)>> {
    let sound = rows.iter().map(|(number, read)| match read {
        Read::Sound(row, _) => Some((*number, &**row)),
        Read::Bad(..) => None,
    });
    let sound: Vec<(u32, &ReadRow)> = sound.collect::<Option<_>>()?;
    let (first, head) = sound.first()?;
    let mut wrong = Vec::new();
    for column in Column::OF_PERMIT {
        let told = sound.iter().filter(|(_, row)| row.tells(column));
        let Some((_, teller)) = told.clone().next() else {
            // A state that is not told is not known, and asked for when the permit is taken over.
            if column != Column::State {
                wrong.push((*first, remark(column, &head.texts, Defect::Missing)));
            }
            continue;
        };
        let other = told.clone().filter(|(_, row)| !row.agrees(teller, column));
        wrong.extend(other.map(|(number, row)| {
            let other = teller.texts.get(column).into();
            (*number, remark(column, &row.texts, Defect::OtherRow { other }))
        }));
    }
    let issued = sound.iter().find_map(|(_, row)| row.issued.value().copied());
    let last = sound.iter().find_map(|(number, row)| Some((*number, row, *row.last_day.value()?)));
    if let (Some(issued), Some((number, row, last_day))) = (issued, last)
        && last_day < issued
    {
        wrong.push((number, remark(Column::LastDay, &row.texts, Defect::BeforeDay { day: issued })));
    }
    Some(wrong)
}

impl ReadRow {
    fn tells(&self, column: Column) -> bool {
        match column {
            Column::Kind => self.kind.value().is_some(),
            Column::Holder => self.holder.value().is_some(),
            Column::Issued => self.issued.value().is_some(),
            Column::LastDay => self.last_day.value().is_some(),
            Column::State => self.state.value().is_some(),
            _ => false,
        }
    }

    fn agrees(&self, other: &ReadRow, column: Column) -> bool {
        match column {
            Column::Kind => self.kind == other.kind,
            Column::Holder => self.holder == other.holder,
            Column::Issued => self.issued == other.issued,
            Column::LastDay => self.last_day == other.last_day,
            Column::State => self.state == other.state,
            _ => true,
        }
    }
}

/// The permit of rows that are sound, alone and together.
fn permit(rows: Vec<(u32, ReadRow)>) -> Option<ExistingPermit> {
    fn told<T: Clone>(rows: &[(u32, ReadRow)], of: impl Fn(&ReadRow) -> &Told<T>) -> Option<T> {
        rows.iter().find_map(|(_, row)| of(row).value().cloned())
    }
    Some(ExistingPermit {
        number: rows.first()?.1.number.clone(),
        kind: told(&rows, |row| &row.kind)?,
        holder: told(&rows, |row| &row.holder)?,
        issued: told(&rows, |row| &row.issued)?,
        last_day: told(&rows, |row| &row.last_day)?,
        state: told(&rows, |row| &row.state).into(),
        lines: rows.into_iter().map(|(number, row)| line(number, row)).collect(),
    })
}

fn line(number: u32, row: ReadRow) -> ExistingLine {
    ExistingLine {
        row: number,
        name: row.name,
        taxon: row.taxon,
        term: row.term,
        source: row.source,
        purpose: row.purpose,
        origin: row.origin,
        quantity: row.quantity,
        used: row.used,
    }
}
