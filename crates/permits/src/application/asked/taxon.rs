//! Which taxon a written name stands for: by scientific names, and where none fits by common names.
//!
//! Source of truth: the tables of `species`. A common name of several taxa leads to none of them.

use std::collections::BTreeMap;

use cites::{Kingdom, TaxonId};
use serde::{Deserialize, Serialize};
use species::{Hint, Language, Names, Resolution};

use crate::written::fold;

/// A taxon as it is kept: by its names, which mean in a stored line what they meant when it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenTaxon {
    /// The kingdom.
    pub kingdom: Kingdom,
    /// The accepted scientific name.
    pub name: Box<str>,
}

/// The names that lines are read by.
#[derive(Debug)]
pub struct Taxa<'n> {
    names: Names<'n>,
    common: BTreeMap<String, Vec<TaxonId>>,
}

/// What a common name leads to.
pub(super) enum Common {
    /// No taxon has it.
    None,
    /// One.
    One(TaxonId),
    /// Several.
    Several(Vec<TaxonId>),
}

impl<'n> Taxa<'n> {
    /// Builds the index of common names; once for all lines.
    pub fn of(names: Names<'n>) -> Taxa<'n> {
        let mut common: BTreeMap<String, Vec<TaxonId>> = BTreeMap::new();
        for taxon in names.backbone.taxa() {
            for name in
                Language::ALL.into_iter().flat_map(|language| names.backbone.vernaculars(taxon, language))
            {
                let taxa = common.entry(fold(name)).or_default();
                if !taxa.contains(&taxon) {
                    taxa.push(taxon);
                }
            }
        }
        Taxa { names, common }
    }

    /// What a scientific name stands for.
    pub(super) fn resolve(&self, written: &str) -> Resolution<'n> {
        self.names.resolve(written)
    }

    /// What a common name stands for.
    pub(super) fn common(&self, written: &str) -> Common {
        match self.common.get(&fold(written)).map(Vec::as_slice) {
            None | Some([]) => Common::None,
            Some([one]) => Common::One(*one),
            Some(several) => Common::Several(several.to_vec()),
        }
    }

    /// The scientific name of a taxon.
    pub(super) fn name(&self, taxon: TaxonId) -> &'n str {
        self.names.backbone.name(taxon)
    }

    /// The taxon that a resolution leads to, as it is kept.
    pub(super) fn chosen(&self, found: &Resolution<'_>) -> Option<ChosenTaxon> {
        let kingdom = self.names.backbone.kingdom(found.taxon?);
        Some(ChosenTaxon { kingdom, name: found.accepted.into() })
    }

    /// What a taxon that was chosen stands for today; `None` where its name is not known.
    pub(super) fn find(&self, chosen: &ChosenTaxon) -> Option<Resolution<'n>> {
        let hint = Hint { kingdom: Some(chosen.kingdom), ..Hint::default() };
        let found = self.names.resolve_with(&chosen.name, hint);
        let is_known = matches!(found.kind, species::MatchKind::Exact | species::MatchKind::Synonym);
        let is_there = found.taxon.is_some_and(|taxon| self.names.backbone.kingdom(taxon) == chosen.kingdom);
        (is_known && is_there).then_some(found)
    }
}
