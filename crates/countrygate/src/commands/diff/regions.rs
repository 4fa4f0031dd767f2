//! The species of each region that changes concern.

use anyhow::{Result, bail};
use cites::{Day, TaxonId};
use law::book::{About, Change, LawBook};
use law::pack::RegionSpecies;
use serde::Serialize;

/// The species of a region that changes concern.
#[derive(Debug, Serialize)]
pub struct RegionView {
    pub pack: String,
    pub name: String,
    pub species: Vec<Concerned>,
}

/// A species that changes concern.
#[derive(Debug, Serialize)]
pub struct Concerned {
    pub taxon: String,
    pub name_zh: String,
    /// The places in `changes`.
    pub changes: Vec<usize>,
}

/// The taxa that a change is about; of an annotation, those whose entries have its symbol on `on`.
pub fn taxa(book: &LawBook, change: &Change<'_>, on: Day) -> Vec<TaxonId> {
    match &change.about {
        // The table was read before, and its faults told.
        About::Annotation(symbol) => book.annotated(symbol, on).unwrap_or_default(),
        _ => change.taxa(),
    }
}

/// The species of each region that the changes concern.
///
/// # Errors
/// The packs have a fault.
pub fn of(book: &LawBook, changes: &[Change<'_>], on: Day) -> Result<Vec<RegionView>> {
    let backbone = book.backbone();
    let touched: Vec<Vec<TaxonId>> = changes.iter().map(|change| taxa(book, change, on)).collect();
    let concerns = |species: &RegionSpecies, taxon: &TaxonId| {
        let own = species.taxon.id();
        own.is_some_and(|own| backbone.is_within(own, *taxon) || backbone.is_within(*taxon, own))
    };
    let mut views = Vec::new();
    for pack in book.packs()?.iter().filter(|pack| !pack.region().species.is_empty()) {
        let concerned = pack.region().species.iter().filter_map(|species| {
            let places: Vec<usize> = touched
                .iter()
                .enumerate()
                .filter(|(_, taxa)| taxa.iter().any(|taxon| concerns(species, taxon)))
                .map(|(place, _)| place)
                .collect();
            (!places.is_empty()).then(|| Concerned {
                taxon: species.taxon.name().to_owned(),
                name_zh: species.name_zh.to_string(),
                changes: places,
            })
        });
        views.push(RegionView {
            pack: pack.manifest().id.to_string(),
            name: pack.manifest().name_en.to_string(),
            species: concerned.collect(),
        });
    }
    Ok(views)
}

/// The species of one region, by the id of its pack.
///
/// # Errors
/// No pack of that id knows the species of a region.
pub fn species(book: &LawBook, region: &str) -> Result<Vec<TaxonId>> {
    let packs: Vec<_> = book.packs()?.iter().filter(|pack| !pack.region().species.is_empty()).collect();
    let Some(pack) = packs.iter().find(|pack| &*pack.manifest().id == region) else {
        let known: Vec<&str> = packs.iter().map(|pack| &*pack.manifest().id).collect();
        bail!("no pack `{region}` knows the species of a region; known are {}", known.join(", "));
    };
    Ok(pack.region().species.iter().filter_map(|species| species.taxon.id()).collect())
}
