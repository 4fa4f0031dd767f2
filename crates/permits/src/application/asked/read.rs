//! What a line says, read from its texts.
//!
//! Source of truth: the texts. What cannot be read is unknown, and the remarks say why; it is never guessed.

use cites::{Country, Place, Purpose, Quantity, SourceCode, Term};

use super::line::{LineField, PREVIOUS_PAPERS_MAX, PaperField};
use super::taxon::{ChosenTaxon, ReadName, Taxa};
use crate::fields::{Remark, Remarks, Texts};
use crate::paper::EarlierPaper;
use crate::told::Told;
use crate::written::{self, Acquired, Defect, is_absent, is_unknown};

/// What a line says.
#[derive(Debug, Clone, Default)]
pub struct ReadLine<'n> {
    /// What the name stands for; none where nothing is written.
    pub name: Option<ReadName<'n>>,
    /// The kind of specimen.
    pub term: Told<Term>,
    /// The source.
    pub source: Told<SourceCode>,
    /// The purpose, where the line names one.
    pub purpose: Told<Purpose>,
    /// How much.
    pub quantity: Told<Quantity>,
    /// Marks, tags, rings.
    pub marks: Told<Box<str>>,
    /// The State of origin.
    pub origin: Told<Place>,
    /// The permits under which the specimens came; the first is that of the State of origin.
    pub previous: Vec<EarlierPaper>,
    /// The State of the last re-export.
    pub last_re_exporter: Told<Country>,
    /// The certificate of the last re-export.
    pub last_re_export: Told<EarlierPaper>,
    /// The registered operation or nursery.
    pub operation: Told<Box<str>>,
    /// When a pre-Convention specimen was acquired.
    pub acquired: Told<Acquired>,
    /// What else there is to say.
    pub remarks: Told<Box<str>>,
}

impl<'n> ReadLine<'n> {
    /// Reads texts, with every doubt and defect.
    pub(super) fn of(
        texts: &Texts<LineField>,
        chosen: Option<&ChosenTaxon>,
        taxa: &Taxa<'n>,
    ) -> (ReadLine<'n>, Vec<Remark<LineField>>) {
        let mut remarks = Remarks::new();
        let notes = &mut remarks;
        let is_told = |text: &str| !text.trim().is_empty() && !is_absent(text) && !is_unknown(text);
        for field in LineField::ALL_NEEDED.into_iter().filter(|field| !is_told(texts.get(*field))) {
            notes.defect::<()>(field, texts.get(field), Defect::Missing);
        }
        let line = ReadLine {
            name: name(texts, chosen, taxa, notes),
            term: texts.told(LineField::Term, notes, written::term),
            source: texts.told(LineField::Source, notes, written::source),
            purpose: texts.told(LineField::Purpose, notes, written::purpose),
            quantity: quantity(texts, notes),
            marks: texts.told_text(LineField::Marks, notes),
            origin: texts.told(LineField::Origin, notes, written::place),
            previous: previous(texts, notes),
            last_re_exporter: texts.told(RE_EXPORTER, &mut Remarks::new(), written::country),
            last_re_export: paper(texts, notes, LineField::LastReExport, None),
            operation: texts.told_text(LineField::Operation, notes),
            acquired: texts.told(LineField::Acquired, notes, written::acquired),
            remarks: texts.told_text(LineField::Remarks, notes),
        };
        (line, remarks.0)
    }
}

impl LineField {
    /// The fields without which a line says nothing: boxes 7, 9 and 11 of every specimen block.
    const ALL_NEEDED: [LineField; 3] = [LineField::Name, LineField::Term, LineField::Quantity];
}

fn quantity(texts: &Texts<LineField>, remarks: &mut Remarks<LineField>) -> Told<Quantity> {
    let Some(number) = texts.value(LineField::Quantity, remarks) else { return Told::Unknown };
    let unit = texts.value(LineField::Unit, remarks).unwrap_or_default();
    // A unit that is no text at all was told, and must not be read as specimens that are counted.
    if unit.is_empty() && !texts.get(LineField::Unit).trim().is_empty() {
        return Told::Unknown;
    }
    match written::quantity(&number, &unit) {
        Ok(read) => {
            remarks.doubts(LineField::Quantity, texts.get(LineField::Quantity), read.doubts);
            Told::Is(read.value)
        }
        Err((is_unit, defect)) => {
            let field = if is_unit { LineField::Unit } else { LineField::Quantity };
            remarks.defect(field, texts.get(field), defect).into()
        }
    }
}

/// Where the State of the last re-export is written.
const RE_EXPORTER: LineField = LineField::LastReExport(PaperField::Country);

fn previous(texts: &Texts<LineField>, remarks: &mut Remarks<LineField>) -> Vec<EarlierPaper> {
    // The first permit is that of the State of origin, which is told in a field of its own.
    let origin = written::place(texts.get(LineField::Origin)).ok().map(|read| read.value.country);
    let papers = (0..PREVIOUS_PAPERS_MAX).map(|place| {
        let else_issuer = origin.filter(|_| place == 0);
        paper(texts, remarks, |field| LineField::Previous(place, field), else_issuer)
    });
    papers.filter_map(|told| if let Told::Is(paper) = told { Some(paper) } else { None }).collect()
}

/// A paper that the line names, issued by `else_issuer` where no State is written.
fn paper(
    texts: &Texts<LineField>,
    remarks: &mut Remarks<LineField>,
    of: impl Fn(PaperField) -> LineField,
    else_issuer: Option<Country>,
) -> Told<EarlierPaper> {
    let number = texts.told_text(of(PaperField::Number), remarks);
    let issuer = texts.told(of(PaperField::Country), remarks, written::country);
    let issued = texts.told(of(PaperField::Day), remarks, written::day);
    // The State of the last re-export may be told without its certificate; a day alone is of no paper.
    let is_bare = texts.get(of(PaperField::Number)).trim().is_empty();
    let is_paper =
        issued.value().is_some() || (issuer.value().is_some() && of(PaperField::Country) != RE_EXPORTER);
    match number {
        Told::Is(number) => Told::Is(EarlierPaper {
            number,
            issued: issued.value().copied(),
            issuer: issuer.value().copied().or(else_issuer),
        }),
        Told::Unknown if is_bare && is_paper => {
            remarks.defect(of(PaperField::Number), "", Defect::NoNumber).into()
        }
        Told::Unknown => Told::Unknown,
        Told::Absent => Told::Absent,
    }
}

/// What the name stands for. A taxon that was chosen goes first.
fn name<'n>(
    texts: &Texts<LineField>,
    chosen: Option<&ChosenTaxon>,
    taxa: &Taxa<'n>,
    remarks: &mut Remarks<LineField>,
) -> Option<ReadName<'n>> {
    let field = LineField::Name;
    let written = texts.value(field, remarks)?;
    if let Some(chosen) = chosen {
        if let Some(resolution) = taxa.find(chosen) {
            return Some(ReadName { resolution, taxon: Some(chosen.clone()) });
        }
        remarks.defect::<()>(field, texts.get(field), Defect::ChosenTaxonUnknown);
    }
    Some(taxa.named(&written, field, texts, remarks))
}
