//! Builds `data/species/{taxa,synonyms,ranges}.csv` and `data/law/listings.csv` out of the
//! official history, the tables of changes and the Checklist's taxonomy, and says what it read.
//!
//! Run as `cargo xtask data law`; anyone with a newer download can run it again. Hand-made facts that no
//! download gives are rows of `data/species/placements.csv` and `data/law/corrections.csv`, each with its
//! reason and source.

mod birds;
mod build;
mod chain;
mod changes;
pub mod checklist;
mod corrections;
pub mod history;
mod names;
mod ranges;
pub mod reading;
mod sources;
mod tree;
mod updates;
mod write;

use std::path::Path;

use anyhow::Result;

/// Builds the four tables from `reference` into `data`.
///
/// # Errors
/// A reference table is missing or cannot be read, or a taxon cannot be placed in the tree.
pub fn run(reference: &Path, data: &Path) -> Result<()> {
    let listings = reference.join("listings");
    let history = history::read(&listings.join("history_1975_2013"))?;
    let checklist = checklist::read(&listings.join("Index_of_CITES_Species_2017-04-21.csv.gz"))?;
    let changes = changes::read(&listings.join("changes"), &data.join("law/changes_additions.csv"))?;
    println!(
        "read: {} steps, {} taxa and {} synonyms of the history; {} names of the Checklist; {} changes",
        history.steps.len(),
        history.taxa.len(),
        history.synonyms.len(),
        checklist.len(),
        changes.len()
    );
    for step in &history.nameless {
        println!("  a step without a name: {step}");
    }
    let mut builder = build::Builder::new(&history, &checklist, &changes, data)?;
    let own = updates::own_table(&data.join("species/synonyms_additions.csv"))?;
    let waiting = updates::additions(&mut builder.tree, own)?;
    builder.national_lists(data)?;
    updates::rest_of_additions(&mut builder.tree, waiting)?;
    builder.named_by_bars(data, &checklist)?;
    updates::official(&mut builder.tree, &checklist, &listings, data)?;
    birds::genera(&mut builder.tree, &reference.join("names/avilist_2025_taxonomy.csv.gz"))?;
    let tree = builder.tree;
    let mut chain = chain::Chain::new(&tree);
    build::replay(&mut chain, &history, &checklist, &changes, &listings.join("history_1975_2013"))?;
    corrections::apply(&mut chain, &data.join("law/corrections.csv"))?;
    let tree_with_members = build::with_members(&tree, &chain, &history, &checklist);
    write::tables(&tree_with_members, &chain, &history, &checklist, data)
}
