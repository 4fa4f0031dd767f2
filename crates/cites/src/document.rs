//! Kinds of permits, certificates and other papers.
//!
//! Source of truth: `data/codes/document.csv` for the papers of the treaty. Papers of one country only are
//! named by its pack, and only carried here.

use std::fmt;
use std::str::FromStr;

use crate::day::Day;
use crate::generated::DOCUMENT_BY_ID;
pub use crate::generated::DocumentKind;
use crate::text::{find, serde_as_text};

/// What is known about a paper of the treaty.
#[derive(Debug, PartialEq, Eq)]
pub struct DocumentFact {
    /// The kind.
    pub kind: DocumentKind,
    /// Its text in files and databases, such as `export-permit`.
    pub id: &'static str,
    /// The letter in box 1 of the standard form.
    pub box_1: Box1,
    /// Longest validity in calendar months from the day of issue; `None` where no source gives one.
    pub cap_months: Option<u8>,
    /// Name in English.
    pub name_en: &'static str,
    /// Where the row comes from.
    pub source: &'static str,
    /// Last day a person compared the row with its source.
    pub checked: Day,
}

/// The type in box 1 of the standard form.
///
/// Source: Res. Conf. 12.3 Annex 2; the type code of the electronic permit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Box1 {
    /// `E`.
    Export,
    /// `I`.
    Import,
    /// `R`.
    ReExport,
    /// `O`.
    Other,
}

impl Box1 {
    /// The letter.
    pub const fn letter(self) -> char {
        match self {
            Box1::Export => 'E',
            Box1::Import => 'I',
            Box1::ReExport => 'R',
            Box1::Other => 'O',
        }
    }
}

/// A paper one country asks for beside those of the treaty, such as `cn/convention-certificate`.
///
/// The name is the identity: a pack's name, a slash, and the paper's name, at most 32 characters in all.
/// It is kept in the value itself, so that the id needs no register to be read or printed, stays the same
/// when packs are added, and means in a stored record what it meant when it was written. Whether a pack
/// defines the paper is checked where packs are loaded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackDocument([u8; 32]);

/// Why text is not a [`DocumentKind`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentKindError {
    /// No slash, and no paper of the treaty.
    #[error(
        "`{0}` is not a document of the treaty; write one such as export-permit, or a pack's as pack/name"
    )]
    NotOfTheTreaty(String),
    /// A slash, but the name is not well formed.
    #[error(
        "`{0}` is not a pack's document; write pack/name in lower-case letters, digits and hyphens, 32 at most"
    )]
    NotOfAPack(String),
}

impl DocumentKind {
    /// What is known about the paper; `None` for a pack's, which the pack describes.
    pub const fn fact(self) -> Option<&'static DocumentFact> {
        crate::generated::document_fact(self)
    }

    /// The type in box 1; `None` for a pack's paper.
    pub fn box_1(self) -> Option<Box1> {
        self.fact().map(|fact| fact.box_1)
    }

    /// Longest validity in calendar months from the day of issue; `None` where no source gives one.
    ///
    /// Source: 50 CFR 23.54 after Res. Conf. 12.3.
    pub fn cap_months(self) -> Option<u8> {
        self.fact().and_then(|fact| fact.cap_months)
    }

    /// Name in English; `None` for a pack's paper.
    pub fn name_en(self) -> Option<&'static str> {
        self.fact().map(|fact| fact.name_en)
    }
}

impl FromStr for DocumentKind {
    type Err = DocumentKindError;

    fn from_str(text: &str) -> Result<DocumentKind, DocumentKindError> {
        if text.contains('/') {
            return text.parse().map(DocumentKind::Pack);
        }
        find(&DOCUMENT_BY_ID, text).ok_or_else(|| DocumentKindError::NotOfTheTreaty(text.to_owned()))
    }
}

impl fmt::Display for DocumentKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocumentKind::Pack(document) => fmt::Display::fmt(document, f),
            kind => f.write_str(kind.fact().map_or("", |fact| fact.id)),
        }
    }
}

impl PackDocument {
    /// The whole text, `pack/name`.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        self.0.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// The pack, before the slash.
    pub fn pack(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(pack, _)| pack)
    }

    /// The paper's name within its pack, after the slash.
    pub fn name(&self) -> &str {
        self.as_str().split_once('/').map_or("", |(_, name)| name)
    }
}

impl FromStr for PackDocument {
    type Err = DocumentKindError;

    fn from_str(text: &str) -> Result<PackDocument, DocumentKindError> {
        let error = || DocumentKindError::NotOfAPack(text.to_owned());
        let (pack, name) = text.split_once('/').ok_or_else(error)?;
        if !is_slug(pack) || !is_slug(name) {
            return Err(error());
        }
        let mut bytes = [0; 32];
        bytes.get_mut(..text.len()).ok_or_else(error)?.copy_from_slice(text.as_bytes());
        Ok(PackDocument(bytes))
    }
}

/// Lower-case letters and digits, with single hyphens between them.
fn is_slug(text: &str) -> bool {
    text.split('-')
        .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

impl fmt::Display for PackDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PackDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(DocumentKind, PackDocument);
