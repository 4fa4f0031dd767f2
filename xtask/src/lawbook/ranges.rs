//! Where taxa live whose listing depends on the country.
//!
//! Source of truth: the Checklist's distribution, which also tells where a taxon was brought to. A taxon without
//! one gets no row: unknown stays unknown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use cites::Country;

use super::chain::Chain;
use super::checklist::ChecklistTaxon;
use super::names::CHECKLIST;
use super::tree::{Key, Tree};
use super::write::writer;

/// The taxa of which an entry, or one of Appendix I or II above them, ever named populations.
pub fn split(chain: &Chain<'_>) -> BTreeSet<Key> {
    let names_places = chain.entries.iter().filter(|entry| {
        let is_low = entry.taxon.contains(' ') || entry.appendix != "III";
        is_low && !(entry.population.is_empty() && entry.except_population.is_empty())
    });
    names_places.map(|entry| (entry.kingdom.clone(), entry.taxon.clone())).collect()
}

/// Whether the listing of a taxon depends on the country.
pub fn depends(tree: &Tree, split: &BTreeSet<Key>, kingdom: &str, name: &str) -> bool {
    let is_split = |taxon: &str| split.contains(&(kingdom.to_owned(), taxon.to_owned()));
    is_split(name) || tree.above(kingdom, name).iter().any(|above| is_split(above))
}

/// Writes `ranges.csv`, and says how many rows it has.
pub fn table(
    tree: &Tree,
    kept: &BTreeSet<Key>,
    chain: &Chain<'_>,
    checklist: &[ChecklistTaxon],
    file: &Path,
) -> Result<usize> {
    let split = split(chain);
    let mut ranges: BTreeMap<Key, &[Country]> = BTreeMap::new();
    for taxon in checklist.iter().filter(|taxon| !taxon.range.is_empty()) {
        let Some(name) = tree.accepted(&taxon.kingdom, &taxon.name) else { continue };
        let key = (taxon.kingdom.clone(), name.to_owned());
        // The taxon's own row goes before that of a name that now stands for it.
        if kept.contains(&key) && depends(tree, &split, &key.0, &key.1) {
            if name == taxon.name {
                ranges.insert(key, &taxon.range);
            } else {
                ranges.entry(key).or_insert(&taxon.range);
            }
        }
    }
    let mut out = writer(file)?;
    out.write_record(["kingdom", "name", "range", "source"])?;
    for ((kingdom, name), range) in &ranges {
        let codes: Vec<String> = range.iter().map(ToString::to_string).collect();
        out.write_record([kingdom, name, &codes.join(" "), CHECKLIST])?;
    }
    out.flush()?;
    Ok(ranges.len())
}
