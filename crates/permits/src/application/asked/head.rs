//! The head of what is applied for: the paper, the State of the other side, who sends and who receives, where and
//! when the border is to be crossed.

use std::borrow::Cow;

use cites::{Country, Day, DocumentKind, Purpose};

use super::line::{TEXT_LETTERS_MAX, VALUE_LETTERS_MAX};
use crate::fields::{Field, Remark, Remarks, Texts};
use crate::told::Told;
use crate::written::{self, Defect, Doubt, Read, is_absent, is_unknown};

/// A field of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyField {
    /// Its name.
    Name,
    /// Its address.
    Address,
    /// Its State.
    Country,
}

/// A field of the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadField {
    /// Box 1: what paper is asked for.
    Kind,
    /// The State of the other side: of import for an export, of export for an import.
    OtherSide,
    /// Box 4: who sends.
    Consignor(PartyField),
    /// Box 3: who receives.
    Consignee(PartyField),
    /// Box 5a: the purpose of lines that name none.
    Purpose,
    /// The port of the planned crossing.
    Port,
    /// The day of the planned crossing.
    Crossing,
    /// What else there is to say.
    Remarks,
}

const WORDS: [(HeadField, &str); 12] = [
    (HeadField::Kind, "kind"),
    (HeadField::OtherSide, "other-side"),
    (HeadField::Consignor(PartyField::Name), "consignor-name"),
    (HeadField::Consignor(PartyField::Address), "consignor-address"),
    (HeadField::Consignor(PartyField::Country), "consignor-country"),
    (HeadField::Consignee(PartyField::Name), "consignee-name"),
    (HeadField::Consignee(PartyField::Address), "consignee-address"),
    (HeadField::Consignee(PartyField::Country), "consignee-country"),
    (HeadField::Purpose, "purpose"),
    (HeadField::Port, "port"),
    (HeadField::Crossing, "crossing"),
    (HeadField::Remarks, "remarks"),
];

impl Field for HeadField {
    const ALL: &'static [HeadField] = &[
        HeadField::Kind,
        HeadField::OtherSide,
        HeadField::Consignor(PartyField::Name),
        HeadField::Consignor(PartyField::Address),
        HeadField::Consignor(PartyField::Country),
        HeadField::Consignee(PartyField::Name),
        HeadField::Consignee(PartyField::Address),
        HeadField::Consignee(PartyField::Country),
        HeadField::Purpose,
        HeadField::Port,
        HeadField::Crossing,
        HeadField::Remarks,
    ];

    fn id(self) -> Cow<'static, str> {
        WORDS.iter().find(|(field, _)| *field == self).map_or("", |(_, word)| word).into()
    }

    fn from_id(id: &str) -> Option<HeadField> {
        WORDS.iter().find(|(_, word)| *word == id).map(|(field, _)| *field)
    }

    fn letters_max(self) -> usize {
        match self {
            HeadField::Kind | HeadField::OtherSide | HeadField::Purpose | HeadField::Crossing => {
                VALUE_LETTERS_MAX
            }
            HeadField::Consignor(PartyField::Country) | HeadField::Consignee(PartyField::Country) => {
                VALUE_LETTERS_MAX
            }
            HeadField::Consignor(_) | HeadField::Consignee(_) | HeadField::Port | HeadField::Remarks => {
                TEXT_LETTERS_MAX
            }
        }
    }

    fn headings(self) -> &'static [&'static [&'static str]] {
        &[]
    }

    fn is_needed(self) -> bool {
        false
    }

    fn is_free_text(self) -> bool {
        self.letters_max() == TEXT_LETTERS_MAX
    }
}

/// One who sends or receives, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadParty {
    /// The name.
    pub name: Told<Box<str>>,
    /// The address.
    pub address: Told<Box<str>>,
    /// The State.
    pub country: Told<Country>,
}

/// What a head says. What cannot be read is unknown, and the remarks say why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadHead {
    /// What paper is asked for.
    pub kind: Told<DocumentKind>,
    /// The State of the other side.
    pub other_side: Told<Country>,
    /// Who sends.
    pub consignor: ReadParty,
    /// Who receives.
    pub consignee: ReadParty,
    /// The purpose of lines that name none.
    pub purpose: Told<Purpose>,
    /// The port of the planned crossing.
    pub port: Told<Box<str>>,
    /// The day of the planned crossing.
    pub crossing: Told<Day>,
    /// What else there is to say.
    pub remarks: Told<Box<str>>,
}

impl ReadHead {
    /// Reads a head, with every doubt and defect.
    pub fn of(texts: &Texts<HeadField>) -> (ReadHead, Vec<Remark<HeadField>>) {
        let mut remarks = Remarks::new();
        let notes = &mut remarks;
        let head = ReadHead {
            kind: texts.told(HeadField::Kind, notes, written::document_kind),
            other_side: texts.told(HeadField::OtherSide, notes, written::country),
            consignor: party(texts, notes, HeadField::Consignor),
            consignee: party(texts, notes, HeadField::Consignee),
            purpose: texts.told(HeadField::Purpose, notes, written::purpose),
            port: texts.told_text(HeadField::Port, notes),
            crossing: texts.told(HeadField::Crossing, notes, written::day),
            remarks: texts.told_text(HeadField::Remarks, notes),
        };
        head.sides(texts, notes);
        (head, remarks.0)
    }

    /// Tells where the other side is told twice, and not the same.
    fn sides(&self, texts: &Texts<HeadField>, remarks: &mut Remarks<HeadField>) {
        let (field, party) = match self.kind {
            Told::Is(DocumentKind::ImportPermit) => {
                (HeadField::Consignor(PartyField::Country), &self.consignor)
            }
            Told::Is(DocumentKind::ExportPermit | DocumentKind::ReExportCertificate) => {
                (HeadField::Consignee(PartyField::Country), &self.consignee)
            }
            _ => return,
        };
        if let (Told::Is(state), Told::Is(other)) = (party.country, self.other_side)
            && state != other
        {
            let doubt = Doubt::OtherCountry { other: other.to_string().into() };
            remarks.doubts(field, texts.get(field), [doubt]);
        }
    }
}

fn party(
    texts: &Texts<HeadField>,
    remarks: &mut Remarks<HeadField>,
    of: impl Fn(PartyField) -> HeadField,
) -> ReadParty {
    ReadParty {
        name: texts.told_text(of(PartyField::Name), remarks),
        address: texts.told_text(of(PartyField::Address), remarks),
        country: texts.told(of(PartyField::Country), remarks, written::country),
    }
}

impl<F: Field> Texts<F> {
    /// The value of a field, where it is told; what cannot be read is unknown.
    pub(crate) fn told<T>(
        &self,
        field: F,
        remarks: &mut Remarks<F>,
        read: impl FnOnce(&str) -> Result<Read<T>, Defect>,
    ) -> Told<T> {
        let Some(text) = self.value(field, remarks) else { return Told::Unknown };
        if is_absent(&text) {
            return Told::Absent;
        }
        if is_unknown(&text) {
            return Told::Unknown;
        }
        match read(&text) {
            Ok(read) => {
                remarks.doubts(field, self.get(field), read.doubts);
                Told::Is(read.value)
            }
            Err(defect) => remarks.defect(field, self.get(field), defect).into(),
        }
    }

    /// The text of a field, where it is told.
    pub(crate) fn told_text(&self, field: F, remarks: &mut Remarks<F>) -> Told<Box<str>> {
        self.told(field, remarks, |text| Ok(Read::sure(text.into())))
    }
}
