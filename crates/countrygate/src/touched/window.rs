//! What changes between the two days, in words made once: every touched line points into it.

use anyhow::Result;
use border::touched;
use cites::Day;
use law::book::LawBook;
use wording::change::{self, ChangeView};

/// Everything that changes.
pub struct Changes<'b> {
    /// The changes, and which events are a part of each.
    pub law: touched::Changes<'b>,
    /// The changes in words, by day.
    pub views: Vec<ChangeView>,
}

impl<'b> Changes<'b> {
    /// What changes after `since`, up to `on` and on it.
    ///
    /// # Errors
    /// The book has a fault.
    pub fn of(book: &'b LawBook, since: Day, on: Day) -> Result<Changes<'b>> {
        let law = touched::Changes::of(book, since, on)?;
        let views = law.changes.iter().map(|one| change::of(book, one)).collect::<Result<_, _>>()?;
        Ok(Changes { law, views })
    }
}

impl std::fmt::Debug for Changes<'_> {
    /// The days tell everything else.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "changes after {} up to {}", self.law.window.since, self.law.window.on)
    }
}
