//! One row of a table of permits.

use cites::{Day, DocumentKind, Place, Purpose, Quantity, SourceCode, Term};

use super::column::{PermitColumn as Column, State};
use crate::application::asked::{ChosenTaxon, Taxa};
use crate::fields::{Remark, Remarks, Texts, has_defect};
use crate::sheet::Judged;
use crate::told::Told;
use crate::written::{self, Defect, Doubt};

/// What a row tells by itself. What it does not tell of the permit may stand in an earlier row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadRow {
    pub texts: Texts<Column>,
    pub number: Box<str>,
    pub kind: Told<DocumentKind>,
    pub holder: Told<Box<str>>,
    pub issued: Told<Day>,
    pub last_day: Told<Day>,
    pub state: Told<State>,
    pub name: Box<str>,
    pub taxon: Option<ChosenTaxon>,
    pub term: Told<Term>,
    pub source: Told<SourceCode>,
    pub purpose: Told<Purpose>,
    pub origin: Told<Place>,
    pub quantity: Quantity,
    /// Absent where nothing was used.
    pub used: Told<Quantity>,
}

/// Reads a row.
pub(super) fn read(texts: &Texts<Column>, taxa: &Taxa<'_>) -> Judged<Column, ReadRow> {
    let mut remarks = Remarks::new();
    let row = row(texts, taxa, &mut remarks);
    match row {
        Some(row) if !has_defect(&remarks.0) => Ok((row, remarks.0)),
        _ => Err(remarks.0),
    }
}

fn row(texts: &Texts<Column>, taxa: &Taxa<'_>, notes: &mut Remarks<Column>) -> Option<ReadRow> {
    for field in [Column::Number, Column::Name, Column::Quantity] {
        if texts.get(field).trim().is_empty() {
            notes.defect::<()>(field, "", Defect::Missing);
        }
    }
    let number = texts.told_text(Column::Number, notes);
    let kind = texts.told(Column::Kind, notes, written::document_kind);
    let holder = texts.told_text(Column::Holder, notes);
    let issued = texts.told(Column::Issued, notes, written::day);
    let last_day = texts.told(Column::LastDay, notes, written::day);
    let state = texts.told(Column::State, notes, State::read);
    let name = texts.value(Column::Name, notes);
    let taxon = name.and_then(|name| taxa.named(&name, Column::Name, texts, notes).taxon);
    let term = texts.told(Column::Term, notes, written::term);
    let source = texts.told(Column::Source, notes, written::source);
    let purpose = texts.told(Column::Purpose, notes, written::purpose);
    let origin = texts.told(Column::Origin, notes, written::place);
    let quantity = quantity(texts, notes);
    let used = quantity.and_then(|quantity| used(texts, quantity, notes));
    // A number that is not there is told as missing; a word such as `none` is no number.
    let number = match number {
        Told::Is(number) => Some(number),
        Told::Absent => notes.defect(Column::Number, texts.get(Column::Number), Defect::NoNumber),
        Told::Unknown => None,
    }?;
    Some(ReadRow {
        texts: texts.clone(),
        number,
        kind,
        holder,
        issued,
        last_day,
        state,
        name: texts.get(Column::Name).into(),
        taxon,
        term,
        source,
        purpose,
        origin,
        quantity: quantity?,
        used: used?,
    })
}

fn quantity(texts: &Texts<Column>, notes: &mut Remarks<Column>) -> Option<Quantity> {
    let number = texts.value(Column::Quantity, notes)?;
    let unit = texts.value(Column::Unit, notes).unwrap_or_default();
    // A unit that is no text at all was told, and must not be read as specimens that are counted.
    if unit.is_empty() && !texts.get(Column::Unit).trim().is_empty() {
        return None;
    }
    match written::quantity(&number, &unit) {
        Ok(read) => {
            notes.doubts(Column::Quantity, texts.get(Column::Quantity), read.doubts);
            Some(read.value)
        }
        Err((is_unit, defect)) => {
            let field = if is_unit { Column::Unit } else { Column::Quantity };
            notes.defect(field, texts.get(field), defect)
        }
    }
}

/// How much was used, in the unit of the line; `None` where that cannot be read.
fn used(texts: &Texts<Column>, quantity: Quantity, notes: &mut Remarks<Column>) -> Option<Told<Quantity>> {
    let field = Column::Used;
    let Some(number) = texts.value(field, notes) else {
        return texts.get(field).trim().is_empty().then_some(Told::Unknown);
    };
    if written::is_unknown(&number) {
        return Some(Told::Unknown);
    }
    let is_zero = || written::amount(&number).is_ok_and(|read| read.value == cites::Amount::ZERO);
    if written::is_absent(&number) || is_zero() {
        return Some(Told::Absent);
    }
    let read = match written::quantity(&number, "") {
        Ok(read) => read,
        Err((_, defect)) => return notes.defect(field, texts.get(field), defect),
    };
    // A number alone is in the unit of the line, and not of specimens that are counted.
    let is_bare = read.doubts.contains(&Doubt::Counted);
    let doubts = read.doubts.into_iter().filter(|doubt| *doubt != Doubt::Counted);
    notes.doubts(field, texts.get(field), doubts);
    let own = if is_bare { Quantity::new(read.value.amount, quantity.unit) } else { read.value };
    match own.convert_to(quantity.unit) {
        None => {
            let defect = Defect::TwoUnits { beside: own.unit, own: quantity.unit };
            notes.defect(field, texts.get(field), defect)
        }
        Some(used) if used.amount > quantity.amount => {
            notes.defect(field, texts.get(field), Defect::MoreThan { quantity })
        }
        Some(used) => Some(Told::Is(used)),
    }
}

/// The doubts and defects of a row that only the rows of its permit together show.
pub(super) fn remark(field: Column, texts: &Texts<Column>, defect: Defect) -> Remark<Column> {
    Remark::new(field, texts.get(field), written::Note::Defect(defect))
}
