//! All known names like one written, whatever they stand for.

use super::Names;
use crate::fold::Key;
use crate::imported::ImportedError;
use crate::near::{Found, Query};

/// A known name that differs from the one written by two edits at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Like<'a> {
    /// The known name, accepted or not.
    pub name: &'a str,
    /// How many letters differ: changed, left out, added, or swapped with the next; a space is a letter.
    pub edits: u8,
}

impl<'a> Names<'a> {
    /// Every known name that differs from `written`, a name without its authors, by two edits at most; the nearest
    /// first. A name of both tables stands there twice. Text longer than any name is like none.
    ///
    /// # Errors
    /// A block of the imported names is damaged.
    pub fn like(&self, written: &str) -> Result<Vec<Like<'a>>, ImportedError> {
        let Some(key) = Key::of(written) else { return Ok(Vec::new()) };
        let query = Query::of(&key);
        let mut found = Found::default();
        self.backbone.near().table().search(&query, &mut found);
        found.finish();
        let shipped = found.as_slice().iter();
        let mut all: Vec<Like<'a>> = shipped
            .map(|near| Like { name: self.backbone.name_text(near.name), edits: near.edits() })
            .collect();
        if let Some(imported) = self.imported {
            let (names, mut found) = (imported.names()?, Found::default());
            imported.near()?.search(&query, &mut found);
            found.finish();
            let named = |name| names.text(name).unwrap_or("");
            let imported = found.as_slice().iter();
            all.extend(imported.map(|near| Like { name: named(near.name), edits: near.edits() }));
        }
        all.sort_by(|one, other| (one.edits, one.name).cmp(&(other.edits, other.name)));
        Ok(all)
    }
}
