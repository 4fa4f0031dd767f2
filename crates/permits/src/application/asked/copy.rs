//! A new draft of what was asked before.

use super::{Asked, Line, Taxa};

impl Asked {
    /// What was asked, to be asked again: every text as it was written, and every name read anew by the names of today.
    /// The taxon that somebody chose for a name is chosen again only where there is no doubt about the name; else the
    /// doubt is told anew, since what was a sound choice then need not be one now.
    #[must_use]
    pub fn copied(&self, taxa: &Taxa<'_>) -> Asked {
        // A line in which something cannot be read is a line all the same, as it was in the earlier one.
        let line = |line: &Line| {
            let sound = super::line::sound(line.texts(), taxa);
            sound.map_or_else(|_| Line::waiting(line.texts().clone()), |(line, _)| line)
        };
        Asked {
            head: self.head.clone(),
            lines: self.lines.iter().map(line).collect(),
            pending: self.pending.clone(),
        }
    }
}
