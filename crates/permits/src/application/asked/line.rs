//! One line of what is applied for, as it was written.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::read::ReadLine;
use super::taxon::{ChosenTaxon, Taxa};
use crate::fields::{Field, FieldError, Remark, Texts, has_defect};
use crate::sheet::{Judged, headings};

/// The most letters of a code, a number or a day, by whatever name it is written.
pub const VALUE_LETTERS_MAX: usize = 200;
/// The most letters of a name: what the search of names reads, of letters of one byte.
pub const LINE_NAME_LETTERS_MAX: usize = species::NAME_BYTES_MAX;
/// The most letters of a number of a paper.
///
/// Source: UN/EDIFACT form of the CITES permit (an..70).
pub const NUMBER_LETTERS_MAX: usize = 70;
/// The most letters of marks, addresses and remarks: what a page holds. More goes into an attached file.
pub const TEXT_LETTERS_MAX: usize = 4_000;
/// How many permits before it a line may name.
pub const PREVIOUS_PAPERS_MAX: u8 = 10;

/// A field of a paper that a line names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperField {
    /// Its number.
    Number,
    /// The State that issued it.
    Country,
    /// The day of its issue.
    Day,
}

/// A field of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineField {
    /// Boxes 7 and 8: the name, in any language.
    Name,
    /// Box 9: the kind of specimen.
    Term,
    /// Box 10: the source.
    Source,
    /// Box 5a: the purpose, where it is another than that of the head.
    Purpose,
    /// Box 11: how much.
    Quantity,
    /// Box 11: of what.
    Unit,
    /// Box 9: marks, tags, rings.
    Marks,
    /// Box 12: the State of origin.
    Origin,
    /// Box 12: a permit under which the specimens came, numbered from 0; the first is that of the State of origin.
    Previous(u8, PaperField),
    /// Box 12a: the State of the last re-export and its certificate.
    LastReExport(PaperField),
    /// Box 12b: the registered operation or nursery.
    Operation,
    /// Box 12b: when a pre-Convention specimen was acquired.
    Acquired,
    /// What else there is to say.
    Remarks,
}

impl Field for LineField {
    const ALL: &'static [LineField] = &[
        LineField::Name,
        LineField::Term,
        LineField::Source,
        LineField::Purpose,
        LineField::Quantity,
        LineField::Unit,
        LineField::Marks,
        LineField::Origin,
        LineField::Previous(0, PaperField::Number),
        LineField::Previous(0, PaperField::Country),
        LineField::Previous(0, PaperField::Day),
        LineField::LastReExport(PaperField::Number),
        LineField::LastReExport(PaperField::Country),
        LineField::LastReExport(PaperField::Day),
        LineField::Operation,
        LineField::Acquired,
        LineField::Remarks,
    ];

    fn id(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            LineField::Name => "name",
            LineField::Term => "term",
            LineField::Source => "source",
            LineField::Purpose => "purpose",
            LineField::Quantity => "quantity",
            LineField::Unit => "unit",
            LineField::Marks => "marks",
            LineField::Origin => "origin",
            LineField::Previous(0, PaperField::Number) => "previous-number",
            LineField::Previous(0, PaperField::Country) => "previous-country",
            LineField::Previous(0, PaperField::Day) => "previous-day",
            LineField::Previous(place, field) => {
                let first = LineField::Previous(0, field).id();
                return format!("{first}-{}", u16::from(place) + 1).into();
            }
            LineField::LastReExport(PaperField::Number) => "last-re-export-number",
            LineField::LastReExport(PaperField::Country) => "last-re-export-country",
            LineField::LastReExport(PaperField::Day) => "last-re-export-day",
            LineField::Operation => "operation",
            LineField::Acquired => "acquired",
            LineField::Remarks => "remarks",
        })
    }

    fn from_id(id: &str) -> Option<LineField> {
        let known = |id: &str| LineField::ALL.iter().copied().find(|field| field.id() == id);
        known(id).or_else(|| {
            let (first, place) = id.rsplit_once('-')?;
            let place = place.parse::<u8>().ok()?.checked_sub(1)?;
            match known(first)? {
                LineField::Previous(_, field) if (1..PREVIOUS_PAPERS_MAX).contains(&place) => {
                    Some(LineField::Previous(place, field))
                }
                _ => None,
            }
        })
    }

    fn letters_max(self) -> usize {
        match self {
            LineField::Name => LINE_NAME_LETTERS_MAX,
            LineField::Previous(_, PaperField::Number) | LineField::LastReExport(PaperField::Number) => {
                NUMBER_LETTERS_MAX
            }
            LineField::Marks | LineField::Operation | LineField::Remarks => TEXT_LETTERS_MAX,
            _ => VALUE_LETTERS_MAX,
        }
    }

    fn headings(self) -> &'static [&'static [&'static str]] {
        match self {
            LineField::Name => headings::NAME,
            LineField::Term => headings::TERM,
            LineField::Source => headings::SOURCE,
            LineField::Purpose => headings::PURPOSE,
            LineField::Quantity => headings::QUANTITY,
            LineField::Unit => headings::UNIT,
            LineField::Marks => headings::MARKS,
            LineField::Origin => headings::ORIGIN,
            LineField::Previous(_, PaperField::Number) => headings::PREVIOUS_NUMBER,
            LineField::Previous(_, PaperField::Country) => headings::PREVIOUS_COUNTRY,
            LineField::Previous(_, PaperField::Day) => headings::PREVIOUS_DAY,
            LineField::LastReExport(PaperField::Number) => headings::RE_EXPORT_NUMBER,
            LineField::LastReExport(PaperField::Country) => headings::RE_EXPORT_COUNTRY,
            LineField::LastReExport(PaperField::Day) => headings::RE_EXPORT_DAY,
            LineField::Operation => headings::OPERATION,
            LineField::Acquired => headings::ACQUIRED,
            LineField::Remarks => headings::REMARKS,
        }
    }

    fn is_needed(self) -> bool {
        self == LineField::Name
    }

    fn is_free_text(self) -> bool {
        matches!(
            self,
            LineField::Marks
                | LineField::Operation
                | LineField::Remarks
                | LineField::Previous(_, PaperField::Number)
                | LineField::LastReExport(PaperField::Number)
        )
    }
}

/// One line as it was written, with the taxon that was chosen for its name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    #[serde(default)]
    written: Texts<LineField>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    taxon: Option<ChosenTaxon>,
}

impl Line {
    /// The line of a row that waits: its cells as they were written, however long.
    pub(super) const fn waiting(written: Texts<LineField>) -> Line {
        Line { written, taxon: None }
    }

    /// What is written in it.
    pub fn texts(&self) -> &Texts<LineField> {
        &self.written
    }

    /// The taxon that was chosen for its name.
    pub fn taxon(&self) -> Option<&ChosenTaxon> {
        self.taxon.as_ref()
    }

    /// Writes a text into a field; an empty one clears it. Another name is another question: the taxon that was
    /// chosen for the old one goes.
    ///
    /// # Errors
    /// It is longer than the field holds; what was written before is still there.
    pub fn write(&mut self, field: LineField, text: &str) -> Result<(), FieldError> {
        let is_another_name = field == LineField::Name && self.written.get(field) != text;
        self.written.write(field, text)?;
        if is_another_name {
            self.taxon = None;
        }
        Ok(())
    }

    /// Chooses the taxon that the written name stands for.
    pub fn choose(&mut self, taxon: ChosenTaxon) {
        self.taxon = Some(taxon);
    }

    /// What the line says, with every doubt and defect. A line is never refused as a whole.
    pub fn read<'n>(&self, taxa: &Taxa<'n>) -> (ReadLine<'n>, Vec<Remark<LineField>>) {
        ReadLine::of(&self.written, self.taxon.as_ref(), taxa)
    }
}

/// The line of texts in which no defect is, and the doubts about it. The taxon is kept where there is no doubt about
/// the name: else every reading shall tell the doubt again, until somebody chooses.
pub(super) fn sound(texts: &Texts<LineField>, taxa: &Taxa<'_>) -> Judged<LineField, Line> {
    let (read, remarks) = ReadLine::of(texts, None, taxa);
    if has_defect(&remarks) {
        return Err(remarks);
    }
    let is_sure = remarks.iter().all(|remark| remark.field != LineField::Name);
    let taxon = read.name.filter(|_| is_sure).and_then(|name| name.taxon);
    Ok((Line { written: texts.clone(), taxon }, remarks))
}
