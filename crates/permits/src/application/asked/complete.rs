//! Whether what was written can be handed in at all. Whether it is complete in law is the office's to say.

use cites::DocumentKind;

use super::{Asked, ReadHead};

/// Why a draft cannot be handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotReady {
    /// Nobody knows what paper is asked for.
    #[error("what paper is asked for is not told; write the field `kind`")]
    NoKind,
    /// There is no line.
    #[error("there is no line; write what is to cross")]
    NoLine,
    /// Rows of a table wait to be corrected.
    #[error("{0} rows of a table wait to be corrected; correct them, or take them out")]
    Pending(usize),
}

impl Asked {
    /// The paper that is asked for, where this can be handed in.
    ///
    /// # Errors
    /// No paper or no line is told, or rows wait to be corrected.
    pub fn ready(&self) -> Result<DocumentKind, NotReady> {
        if !self.pending.is_empty() {
            return Err(NotReady::Pending(self.pending.len()));
        }
        if self.lines.is_empty() {
            return Err(NotReady::NoLine);
        }
        self.kind().ok_or(NotReady::NoKind)
    }

    /// The paper that is asked for, where it is told.
    pub fn kind(&self) -> Option<DocumentKind> {
        ReadHead::of(&self.head).0.kind.value().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{HeadField, Line};
    use super::*;

    #[test]
    fn a_draft_is_handed_in_with_a_paper_and_a_line() {
        let mut asked = Asked::default();
        assert_eq!(asked.ready(), Err(NotReady::NoLine));
        asked.add(Line::default()).unwrap();
        assert_eq!(asked.ready(), Err(NotReady::NoKind));
        asked.head.write(HeadField::Kind, "export permit").unwrap();
        assert_eq!(asked.ready(), Ok(DocumentKind::ExportPermit));
        asked.pending.push(super::super::PendingLine { row: 2, line: Line::default() });
        assert_eq!(asked.ready(), Err(NotReady::Pending(1)));
    }
}
