//! From a written name to a taxon, by the shipped names and, where an office has imported them, the names of
//! an official download.
//!
//! Source of truth: the tables behind [`Backbone`] and [`ImportedNames`]. Two taxa that fit equally well are
//! never chosen between: the answer is then the taxon that holds both, with a doubt that names them. What the
//! law says about a taxon, or about a doubt, is not known here.

mod hits;
mod join;
mod joined;
mod like;
mod near;
mod one;

use cites::{Kingdom, TaxonId};

pub use join::write_joined;
pub use like::Like;

use crate::fold::Key;
use crate::reading::{self, Reading};
use crate::{Backbone, Candidate, Doubt, ImportedNames, Resolution};

/// The names to search.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The shipped names.
    pub backbone: &'a Backbone,
    /// The imported names, where there are any.
    pub imported: Option<&'a ImportedNames<'a>>,
}

/// What else is known about a name: the columns of a trade record. Empty text is nothing known.
///
/// A hint decides between equals and gives the higher taxon of an unknown genus; it never overrules a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hint<'h> {
    /// The kingdom.
    pub kingdom: Option<Kingdom>,
    /// The class.
    pub class: &'h str,
    /// The order.
    pub order: &'h str,
    /// The family.
    pub family: &'h str,
    /// The genus.
    pub genus: &'h str,
}

impl<'h> Hint<'h> {
    /// The names given, the narrowest first.
    fn names(&self) -> impl Iterator<Item = &'h str> {
        [self.genus, self.family, self.order, self.class].into_iter().filter(|name| !name.is_empty())
    }
}

impl<'a> Names<'a> {
    /// The shipped names alone.
    pub const fn shipped(backbone: &'a Backbone) -> Self {
        Names { backbone, imported: None }
    }

    /// What `written` stands for.
    pub fn resolve(&self, written: &str) -> Resolution<'a> {
        self.resolve_with(written, Hint::default())
    }

    /// What `written` stands for, where more is known about it.
    pub fn resolve_with(&self, written: &str, hint: Hint<'_>) -> Resolution<'a> {
        // Most texts are a known name and nothing else.
        let asked = Key::of_plain(written.as_bytes()).map(|key| (key, self.by_key(&key, false, hint)));
        let unknown = match asked {
            Some((_, Ok(found))) => return found,
            Some((key, Err(unknown))) => Some((key, unknown)),
            None => None,
        };
        match (reading::plain(written), unknown) {
            // Read so, the name is the text.
            (Some(parts), Some((key, unknown))) => self.not_exact(&parts, &key, hint, unknown),
            (Some(parts), None) => self.one(&parts, hint),
            (None, _) => self.read(written, hint),
        }
    }

    /// What `written` stands for, by the reading that takes any text.
    fn read(&self, written: &str, hint: Hint<'_>) -> Resolution<'a> {
        // A few names hold quotes or more than one word of a place (`Dactylocnemis "North Cape"`).
        if let Some(found) = self.whole(written, hint) {
            return found;
        }
        let is_genus = |word: &str| !self.backbone.find(None, word).is_empty();
        match reading::read(written, &is_genus) {
            Reading::Name(parts) => self.one(&parts, hint),
            Reading::Hybrid { anchor, parents } => self.hybrid(anchor.as_ref(), &parents, hint),
            Reading::Alternatives(names) => self.alternatives(&names, hint),
            Reading::NoName => self.nothing(Doubt::NoName, hint),
            Reading::TooLong => self.nothing(Doubt::TooLong, hint),
        }
    }

    /// The resolution of text that holds no known name: the narrowest taxon that the hint names, if any.
    fn nothing(&self, doubt: Doubt, hint: Hint<'_>) -> Resolution<'a> {
        let mut resolution = match self.hinted(hint) {
            Some(taxon) => self.above(taxon),
            None => Resolution::none(),
        };
        resolution.doubts.push(doubt);
        resolution
    }

    /// The narrowest taxon of the backbone that the hint names.
    fn hinted(&self, hint: Hint<'_>) -> Option<TaxonId> {
        hint.names().find_map(|name| match *self.backbone.find(hint.kingdom, name) {
            [one] => Some(one),
            _ => None,
        })
    }

    fn candidate(&self, taxon: TaxonId, edits: u8) -> Candidate {
        Candidate { name: self.backbone.name(taxon).to_owned(), accepted: None, taxon: Some(taxon), edits }
    }
}

#[cfg(test)]
mod tests;
