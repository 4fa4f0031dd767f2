//! Where a listed species stood before it was renamed, so that a genus or species of an earlier day holds what
//! it held then.
//!
//! Source of truth: the dated renamings of `data/species/synonyms.csv`, and names that law once used and that
//! nomenclature has left. A taxon keeps its entries whatever it is called; only what is asked for as a whole is
//! another.

use cites::{Day, Rank, TaxonId};
use species::{Backbone, TaxonStatus};

use super::Entry;

/// The listed taxa that once stood elsewhere.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Ordered by taxon.
    moved: Vec<Moved>,
    /// For each taxon up to the last that once held another, whether it did.
    held: Vec<bool>,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
struct Moved {
    taxon: TaxonId,
    /// The genus and the species of its older name, where the tree has them.
    genus: Option<TaxonId>,
    species: Option<TaxonId>,
    /// The day on which it left; `None` for a name that stays where it is called.
    until: Option<Day>,
}

impl Moves {
    /// The moves of the taxa of `entries`, which are ordered by the place of their taxon.
    pub(super) fn of(entries: &[Entry], backbone: &Backbone) -> Moves {
        let mut listed: Vec<TaxonId> = entries.iter().map(|entry| entry.taxon).collect();
        listed.dedup();
        let historic = listed.iter().filter(|taxon| backbone.status(**taxon) == TaxonStatus::Historic);
        let mut moves: Vec<Moved> =
            historic.filter_map(|taxon| moved(backbone, *taxon, backbone.name(*taxon), None)).collect();
        listed.sort_unstable();
        let renamed = backbone.renamed().filter(|(taxon, ..)| listed.binary_search(taxon).is_ok());
        moves.extend(renamed.filter_map(|(taxon, name, day)| moved(backbone, taxon, name, Some(day))));
        moves.retain(|moved| backbone.rank(moved.taxon) >= Rank::Species);
        moves.sort_by_key(|moved| moved.taxon);
        let once: Vec<usize> = moves
            .iter()
            .flat_map(|moved| [moved.genus, moved.species])
            .flatten()
            .map(|id| id.0 as usize)
            .collect();
        let mut held = vec![false; once.iter().max().map_or(0, |last| last + 1)];
        once.into_iter().for_each(|id| held.iter_mut().skip(id).take(1).for_each(|held| *held = true));
        Moves { moved: moves, held }
    }

    /// Whether a taxon that stands elsewhere ever stood in `above`.
    #[inline]
    pub(super) fn ever_held(&self, above: TaxonId) -> bool {
        self.held.get(above.0 as usize).copied().unwrap_or(false)
    }

    /// Whether `taxon`, which stands below `above` in the tree, did not yet stand there on `on`. `above` is a
    /// genus or lower.
    pub(super) fn stood_elsewhere(&self, taxon: TaxonId, above: TaxonId, on: Day) -> bool {
        let first = self.moved.partition_point(|moved| moved.taxon < taxon);
        let own = self.moved.get(first..).unwrap_or_default();
        own.iter()
            .take_while(|moved| moved.taxon == taxon)
            .any(|moved| moved.is_in_force(on) && !moved.stood_in(above))
    }

    /// The taxa that stood in `above` on `on`, wherever they stand in the tree.
    pub(super) fn once_in(&self, above: TaxonId, on: Day) -> impl Iterator<Item = TaxonId> {
        let there = move |moved: &&Moved| moved.is_in_force(on) && moved.stood_in(above);
        let moved = if self.ever_held(above) { self.moved.as_slice() } else { &[] };
        moved.iter().filter(there).map(|moved| moved.taxon)
    }
}

impl Moved {
    fn is_in_force(&self, on: Day) -> bool {
        self.until.is_none_or(|until| on < until)
    }

    fn stood_in(&self, above: TaxonId) -> bool {
        self.genus == Some(above) || self.species == Some(above)
    }
}

/// The move of `taxon` from where its older `name` puts it, if that is another place than the tree's.
fn moved(backbone: &Backbone, taxon: TaxonId, name: &str, until: Option<Day>) -> Option<Moved> {
    let mut words = name.splitn(3, ' ');
    let (genus, epithet, below) = (words.next()?, words.next()?, words.next());
    let kingdom = Some(backbone.kingdom(taxon));
    let find = |name: &str, rank: Rank| {
        backbone.find(kingdom, name).into_iter().find(|found| backbone.rank(*found) == rank)
    };
    let species = below.and_then(|_| find(&format!("{genus} {epithet}"), Rank::Species));
    let genus = find(genus, Rank::Genus);
    let own = |rank| backbone.at_rank(taxon, rank);
    let is_other = genus.is_some_and(|genus| own(Rank::Genus) != Some(genus))
        || species.is_some_and(|species| own(Rank::Species) != Some(species));
    is_other.then_some(Moved { taxon, genus, species, until })
}
