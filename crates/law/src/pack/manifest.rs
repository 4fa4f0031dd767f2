//! `pack.toml`: for whom a pack speaks, the documents it defines, and the figures stated about its subject.
//!
//! Source of truth: `pack.toml`; how it is read stands in `manifest_file`.

use cites::{Day, DocumentKind, Place, Span};

use crate::bars::Provenance;

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its id, which begins the names of its documents.
    pub id: Box<str>,
    /// The country, or the region of it, for which it speaks.
    pub place: Place,
    /// Its name in English.
    pub name_en: Box<str>,
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// The languages of its users.
    pub languages: Box<[Box<str>]>,
    /// The ids of packs it needs beside it.
    pub requires: Box<[Box<str>]>,
    /// The documents it defines.
    pub documents: Vec<PackPaper>,
    /// Figures stated about its subject.
    pub figures: Vec<StatedFigure>,
    /// What began when.
    pub milestones: Vec<Milestone>,
    /// Last day a person compared the pack with its sources.
    pub checked: Day,
}

/// A document of the pack's country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackPaper {
    /// Its kind.
    pub kind: DocumentKind,
    /// Its name in English.
    pub name_en: Box<str>,
    /// Its name in Chinese.
    pub name_zh: Box<str>,
    /// Who issues it.
    pub issuer_en: Box<str>,
    /// Who issues it, in Chinese.
    pub issuer_zh: Box<str>,
    /// The directions in which it is used.
    pub directions: Box<[Box<str>]>,
    /// Documents of the treaty that it takes the place of.
    pub stands_for: Box<[DocumentKind]>,
    /// Whether it serves one consignment only.
    pub single_use: bool,
    /// The clause.
    pub clause: Box<str>,
    /// What to know beside it.
    pub note: Box<str>,
    /// The longest validity, by date of issue.
    pub validity: Vec<Validity>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// The longest validity of documents issued in a stretch of days. The printed day governs; a longer printed
/// validity is a question, not extra time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validity {
    /// The days of issue.
    pub span: Span,
    /// The cap.
    pub cap: Cap,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A longest validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cap {
    /// So many days after the day of issue.
    Days(u16),
    /// So many calendar months after it.
    Months(u8),
    /// The last day of the year of issue.
    EndOfYear,
}

impl Cap {
    /// The last day of a document issued on `issued`.
    pub fn last_day(self, issued: Day) -> Day {
        match self {
            Cap::Days(days) => issued.plus_days(i32::from(days)),
            Cap::Months(months) => issued.plus_months(u32::from(months)),
            Cap::EndOfYear => Day::from_ymd(issued.year(), 12, 31).unwrap_or(Day::MAX),
        }
    }
}

impl PackPaper {
    /// The cap for a document issued on `issued`.
    pub fn validity_on(&self, issued: Day) -> Option<&Validity> {
        self.validity.iter().find(|validity| validity.span.contains(issued))
    }
}

/// A figure that an authority states about the pack's subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedFigure {
    /// What is counted.
    pub what: Box<str>,
    /// How many.
    pub stated: u32,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Something that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// What.
    pub what: Box<str>,
    /// When; exact to the month or year only where `exact` says so.
    pub since: Day,
    /// `day`, `month` or `year`.
    pub exact: Box<str>,
    /// Where it comes from.
    pub provenance: Provenance,
}
