//! The taxa that a row of a pack names, whether or not the tree of taxa has them.
//!
//! Source of truth: the backbone at loading. A name that the tree lacks is compared as text with the
//! accepted name of what is asked, so that a rare drug plant needs no place in the tree.

use cites::{Kingdom, TaxonId};
use species::{Backbone, Placement};

use super::asked::Asked;
use super::fit::Fit;
use crate::bars::{ListedTaxon, unknown_taxon};
use crate::rule::Fact;
use crate::table::{Row, TableError};

/// One taxon of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackTaxon {
    name: Box<str>,
    /// The taxon and those above it; empty where the tree lacks the name.
    lineage: Box<[TaxonId]>,
    genus: Option<TaxonId>,
}

impl PackTaxon {
    /// The taxon called `name`.
    pub(super) fn find(backbone: &Backbone, kingdom: Kingdom, name: &str) -> PackTaxon {
        let genus = name.split(' ').next().unwrap_or(name);
        let listed = ListedTaxon::find(backbone, kingdom, name);
        PackTaxon {
            name: name.into(),
            lineage: listed.map_or_else(Box::default, |taxon| backbone.lineage(taxon.id()).collect()),
            genus: ListedTaxon::find(backbone, kingdom, genus).map(|genus| genus.id()),
        }
    }

    /// The name as the row writes it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The taxon of the tree, where it has it.
    pub fn id(&self) -> Option<TaxonId> {
        self.lineage.first().copied()
    }

    /// The taxon and those above it; empty where the tree lacks the name.
    pub(super) fn lineage(&self) -> &[TaxonId] {
        &self.lineage
    }

    /// Shows every taxon of the tree for which [`PackTaxon::holds`] may come to another answer than no.
    fn concerned(&self, backbone: &Backbone, mut see: impl FnMut(TaxonId)) {
        match (self.id(), self.genus) {
            (Some(id), _) => {
                self.lineage.iter().copied().for_each(&mut see);
                backbone.descendants(id).for_each(see);
            }
            (None, Some(genus)) => {
                see(genus);
                backbone.descendants(genus).for_each(see);
            }
            (None, None) => backbone.taxa().for_each(see),
        }
    }

    /// Whether what is asked is this taxon or lies below it; open where it may be.
    pub(crate) fn holds(&self, asked: &Asked<'_>) -> Fit {
        match self.id() {
            Some(id) => self.in_tree(id, asked),
            None => self.by_name(asked),
        }
    }

    fn in_tree(&self, id: TaxonId, asked: &Asked<'_>) -> Fit {
        if asked.lineage.contains(&id) {
            return Fit::YES;
        }
        match asked.lineage.first() {
            // A known member that the tree does not name is none of those that it does name.
            Some(first) if self.lineage.contains(first) && asked.placement != Placement::KnownMember => {
                Fit::lacks(Fact::Taxon)
            }
            Some(_) => Fit::NO,
            None => Fit::lacks(Fact::Taxon),
        }
    }

    fn by_name(&self, asked: &Asked<'_>) -> Fit {
        let in_genus = self.genus.is_none_or(|genus| asked.lineage.contains(&genus));
        let below = if in_genus { asked.accepted.strip_prefix(&*self.name) } else { None };
        if below.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) {
            return Fit::YES;
        }
        let own_genus = asked.lineage.first().copied() == self.genus && self.genus.is_some();
        match asked.placement {
            // A genus as a whole may hold the name; so may anything that is not resolved.
            Placement::Itself if own_genus => Fit::lacks(Fact::Taxon),
            Placement::UnresolvedMember if in_genus => Fit::lacks(Fact::Taxon),
            _ if asked.lineage.is_empty() => Fit::lacks(Fact::Taxon),
            _ => Fit::NO,
        }
    }
}

/// The taxa of a row, and those it leaves out. No taxon at all is every taxon.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PackTaxa {
    /// Any of these.
    pub taxa: Box<[PackTaxon]>,
    /// But none of these.
    pub except: Box<[PackTaxon]>,
}

impl PackTaxa {
    /// Shows every taxon of the tree for which [`PackTaxa::holds`] may come to another answer than no, some of
    /// them more than once.
    pub(super) fn concerned(&self, backbone: &Backbone, mut see: impl FnMut(TaxonId)) {
        if self.taxa.is_empty() {
            return backbone.taxa().for_each(see);
        }
        self.taxa.iter().for_each(|taxon| taxon.concerned(backbone, &mut see));
    }

    pub(super) fn holds(&self, asked: &Asked<'_>) -> Fit {
        let named = self.taxa.iter().map(|taxon| taxon.holds(asked)).fold(Fit::NO, Fit::or);
        let named = if self.taxa.is_empty() { Fit::YES } else { named };
        named.and(any(&self.except, asked).negate())
    }
}

/// Whether what is asked is one of `taxa`.
pub(super) fn any(taxa: &[PackTaxon], asked: &Asked<'_>) -> Fit {
    taxa.iter().map(|taxon| taxon.holds(asked)).fold(Fit::NO, Fit::or)
}

/// Whether a name must be in the tree.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// It must: a bar that never matches is worse than none.
    InTree,
    /// It may be missing.
    Free,
}

/// Reads the cells `kingdom`, `taxa` and `except_taxa`; a kingdom alone stands for all of it.
pub(super) fn read_taxa(row: &Row<'_>, backbone: &Backbone, names: Names) -> Result<PackTaxa, TableError> {
    let Some(kingdom) = row.optional::<Kingdom>("kingdom")? else {
        return match row.get("taxa") {
            "" => Ok(PackTaxa::default()),
            _ => Err(row.fault("kingdom", "the cell is empty; say Animalia or Plantae beside the taxa")),
        };
    };
    let taxa = match row.get("taxa") {
        "" => kingdom.as_str(),
        taxa => taxa,
    };
    Ok(PackTaxa {
        taxa: read_names(row, "taxa", taxa, kingdom, backbone, names)?,
        except: read_names(row, "except_taxa", row.get("except_taxa"), kingdom, backbone, Names::Free)?,
    })
}

/// Reads names separated by `;`.
pub(super) fn read_names(
    row: &Row<'_>,
    column: &str,
    cell: &str,
    kingdom: Kingdom,
    backbone: &Backbone,
    names: Names,
) -> Result<Box<[PackTaxon]>, TableError> {
    let written = cell.split(';').map(str::trim).filter(|name| !name.is_empty());
    written
        .map(|name| {
            let taxon = PackTaxon::find(backbone, kingdom, name);
            if names == Names::InTree && taxon.lineage.is_empty() {
                return Err(row.fault(column, &unknown_taxon(name)));
            }
            Ok(taxon)
        })
        .collect()
}
