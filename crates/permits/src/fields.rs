//! Texts by the fields they belong to, as they were written.
//!
//! Source of truth: what was written. A text is never changed, cut or thrown away here: one that is longer than its
//! field holds is refused with the reason, so that whoever wrote it shortens it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::written::{Defect, Note, clean};

/// A field of a form, or a column of a table.
pub trait Field: Copy + Ord + fmt::Debug + 'static {
    /// Every field that a table can have as a column, in the order of the form.
    const ALL: &'static [Self];

    /// The word by which it is kept and told.
    fn id(self) -> Cow<'static, str>;

    /// Reads the word.
    fn from_id(id: &str) -> Option<Self>;

    /// How many letters it holds.
    fn letters_max(self) -> usize;

    /// What its column may be called, without case, spaces and signs; the best names first.
    fn headings(self) -> &'static [&'static [&'static str]];

    /// Whether a table without it cannot be read.
    fn is_needed(self) -> bool;

    /// Whether its text is evidence that no value is read from, so that its spaces and signs are its own.
    fn is_free_text(self) -> bool;
}

/// Why a text cannot be put into its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{letters} letters are written where `{field}` holds {letters_max}; shorten them, or attach a file")]
pub struct FieldError {
    /// The field.
    pub field: Cow<'static, str>,
    /// How many letters were written.
    pub letters: usize,
    /// How many it holds.
    pub letters_max: usize,
}

/// The texts of a form, by their fields. A field that is not written is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts<F>(BTreeMap<F, Box<str>>);

impl<F> Default for Texts<F> {
    fn default() -> Self {
        Texts(BTreeMap::new())
    }
}

impl<F: Field> Texts<F> {
    /// What is written in a field; empty where nothing is.
    pub fn get(&self, field: F) -> &str {
        self.0.get(&field).map_or("", |text| text)
    }

    /// Every field in which something is written, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = (F, &str)> {
        self.0.iter().map(|(field, text)| (*field, &**text))
    }

    /// Whether nothing is written at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes a text into a field; an empty one clears it.
    ///
    /// # Errors
    /// It is longer than the field holds; what was written before is still there.
    pub fn write(&mut self, field: F, text: &str) -> Result<(), FieldError> {
        let (letters, letters_max) = (text.chars().count(), field.letters_max());
        if letters > letters_max {
            return Err(FieldError { field: field.id(), letters, letters_max });
        }
        self.keep(field, text);
        Ok(())
    }

    /// Keeps a text as evidence, however long it is: a cell of a table that is told in place.
    pub(crate) fn keep(&mut self, field: F, text: &str) {
        if text.trim().is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, text.into());
        }
    }

    /// The text of a field without what programs put around it. `None` where nothing is written, or where it is no
    /// value, which is told.
    pub(crate) fn value(&self, field: F, remarks: &mut Remarks<F>) -> Option<Cow<'_, str>> {
        let text = self.get(field);
        let cleaned = match clean(text) {
            Ok(cleaned) if cleaned.is_empty() => return None,
            Ok(cleaned) => cleaned,
            // Marks and remarks may begin with any sign.
            Err(Defect::Formula) if field.is_free_text() => Cow::Borrowed(text.trim()),
            Err(defect) => return remarks.defect(field, text, defect),
        };
        if text.chars().count() > field.letters_max() {
            return remarks.defect(field, text, Defect::TooLong { letters_max: field.letters_max() });
        }
        Some(if field.is_free_text() { Cow::Borrowed(text.trim()) } else { cleaned })
    }
}

impl<F: Field> Serialize for Texts<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(field, text)| (field.id(), text)))
    }
}

impl<'de, F: Field> Deserialize<'de> for Texts<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = BTreeMap::<String, Box<str>>::deserialize(deserializer)?;
        let known = written.into_iter().map(|(id, text)| {
            let field = F::from_id(&id).filter(|field| field.id() == id);
            field.map(|field| (field, text)).ok_or_else(|| D::Error::custom(format!("`{id}` is no field")))
        });
        known.collect::<Result<_, _>>().map(Texts)
    }
}

/// A doubt or a defect, with the field it belongs to and what was written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark<F> {
    /// The field.
    pub field: F,
    /// What was written, as much as is shown.
    pub written: Box<str>,
    /// What there is to say.
    pub note: Note,
}

/// How many letters of what was written a remark shows; the text itself stays where it is.
pub const REMARK_LETTERS_MAX: usize = 200;

impl<F: Field> Remark<F> {
    /// A remark on what is written in `field`.
    pub fn new(field: F, written: &str, note: Note) -> Remark<F> {
        let shown = match written.char_indices().nth(REMARK_LETTERS_MAX) {
            Some((at, _)) => format!("{}…", written.get(..at).unwrap_or_default()).into(),
            None => written.into(),
        };
        Remark { field, written: shown, note }
    }
}

impl<F: Field> fmt::Display for Remark<F> {
    /// One line in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.field.id())?;
        if !self.written.is_empty() {
            write!(f, "`{}`: ", self.written)?;
        }
        write!(f, "{}", self.note)
    }
}

/// The remarks that a reading gathers.
#[derive(Debug)]
pub(crate) struct Remarks<F>(pub Vec<Remark<F>>);

impl<F: Field> Remarks<F> {
    pub const fn new() -> Remarks<F> {
        Remarks(Vec::new())
    }

    /// Tells a defect; there is no value then.
    pub fn defect<T>(&mut self, field: F, written: &str, defect: Defect) -> Option<T> {
        self.0.push(Remark::new(field, written, Note::Defect(defect)));
        None
    }

    /// Tells doubts.
    pub fn doubts(
        &mut self,
        field: F,
        written: &str,
        doubts: impl IntoIterator<Item = crate::written::Doubt>,
    ) {
        self.0.extend(doubts.into_iter().map(|doubt| Remark::new(field, written, Note::Doubt(doubt))));
    }
}

/// Whether one of the remarks is a defect.
pub fn has_defect<F>(remarks: &[Remark<F>]) -> bool {
    remarks.iter().any(|remark| remark.note.is_defect())
}
