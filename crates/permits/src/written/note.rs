//! What reading a value has to say beside it: doubts, with which it was read, and defects, with which it was not.

use std::fmt;

use super::defect::Defect;
use super::doubt::Doubt;

/// A value that was read, with the doubts about its reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// Every doubt about it, in the order in which they arose.
    pub doubts: Vec<Doubt>,
}

impl<T> Read<T> {
    /// A value about which there is no doubt.
    pub const fn sure(value: T) -> Read<T> {
        Read { value, doubts: Vec::new() }
    }

    /// A value with one doubt.
    pub fn with(value: T, doubt: Doubt) -> Read<T> {
        Read { value, doubts: vec![doubt] }
    }

    /// The same doubts about something made from the value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Read<U> {
        Read { value: make(self.value), doubts: self.doubts }
    }
}

/// A doubt or a defect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The value was read.
    Doubt(Doubt),
    /// It was not.
    Defect(Defect),
}

impl Note {
    /// The word by which it is known in answers.
    pub const fn id(&self) -> &'static str {
        match self {
            Note::Doubt(doubt) => doubt.id(),
            Note::Defect(defect) => defect.id(),
        }
    }

    /// Whether it kept the value from being read.
    pub const fn is_defect(&self) -> bool {
        matches!(self, Note::Defect(_))
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Doubt(doubt) => write!(f, "{doubt}"),
            Note::Defect(defect) => write!(f, "{defect}"),
        }
    }
}
