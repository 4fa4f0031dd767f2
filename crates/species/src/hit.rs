//! One taxon that a name stands for, whichever table said so.

use cites::{Kingdom, Rank, TaxonId};

use crate::{Placement, SynonymKind};

/// One taxon that a name stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit<'a> {
    /// The deepest taxon of the backbone at or above it.
    pub taxon: Option<TaxonId>,
    pub placement: Placement,
    /// Its accepted name.
    pub accepted: &'a str,
    pub rank: Rank,
    pub kingdom: Kingdom,
    /// How the name came to stand for it.
    pub synonym: Option<SynonymKind>,
    /// Its number among imported taxa, where it is known from there only.
    pub imported: Option<u32>,
}

impl Hit<'_> {
    /// Whether two names stand for one taxon.
    pub fn is_same(&self, other: &Hit<'_>) -> bool {
        self.accepted == other.accepted && self.kingdom == other.kingdom
    }

    /// Whether another table's plain synonymy may be out of date against this one: it carries no day.
    pub fn is_plain_synonym(&self) -> bool {
        matches!(self.synonym, Some(SynonymKind::Synonym))
    }
}
