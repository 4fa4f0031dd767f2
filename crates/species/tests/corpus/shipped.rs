//! The shipped names.

use std::path::Path;

use species::Backbone;

/// The shipped names.
pub fn shipped() -> Backbone {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/species");
    let table = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a shipped table");
    let backbone =
        Backbone::from_tables(&table("taxa.csv"), &table("synonyms.csv"), &table("vernacular.csv"));
    let backbone = backbone.and_then(|backbone| backbone.with_domesticated(&table("domesticated.csv")));
    let backbone = backbone.and_then(|backbone| backbone.with_ranges(&table("ranges.csv")));
    backbone.unwrap_or_else(|errors| panic!("{} faults, the first: {}", errors.len(), errors[0]))
}
