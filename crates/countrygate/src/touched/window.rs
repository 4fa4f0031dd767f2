//! What changes between the two days, in words made once: every touched line points into it.

use std::collections::BTreeMap;

use anyhow::Result;
use cites::Day;
use law::book::LawBook;
use law::book::touch::Window;
use law::book::{About, Change};

use crate::commands::diff::view::{self, ChangeView};

/// Everything that changes.
pub struct Changes<'b> {
    /// The events, found by taxon.
    pub window: Window<'b>,
    /// The changes, by day.
    pub views: Vec<ChangeView>,
    /// For each event of the window, the change it is a part of.
    change_of: Vec<usize>,
}

impl<'b> Changes<'b> {
    /// What changes after `since`, up to `on` and on it.
    ///
    /// # Errors
    /// The book has a fault.
    pub fn of(book: &'b LawBook, since: Day, on: Day) -> Result<Changes<'b>> {
        let window = book.window(since, on)?;
        let changes = book.changes(since, on)?;
        let places: BTreeMap<(Day, &About), usize> =
            changes.iter().enumerate().map(|(place, change)| ((change.day, &change.about), place)).collect();
        let change_of = (0..window.len() as u32).filter_map(|place| window.event(place)).map(|event| {
            let about = About::of(&event.row);
            places.get(&(event.day, &about)).copied().unwrap_or_default()
        });
        let change_of = change_of.collect();
        let views = changes.iter().map(|change: &Change<'_>| view::change(book, change));
        Ok(Changes { views: views.collect::<Result<_>>()?, window, change_of })
    }

    /// The change that the event at a place is a part of.
    pub fn change_of(&self, place: u32) -> usize {
        self.change_of.get(place as usize).copied().unwrap_or_default()
    }
}

impl std::fmt::Debug for Changes<'_> {
    /// The days tell everything else.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "changes after {} up to {}", self.window.since, self.window.on)
    }
}
