//! The tables of species. A line `=== table` begins each: `taxa`, `synonyms`, `vernacular`, `domesticated`.

use cites::Kingdom;
use species::{Backbone, MatchKind, Names, TableError};

use crate::{book, parts};

/// Higher than any tree of life.
const RANKS: usize = 64;

/// A tree loads, or every fault is told with its line; in one that loads every taxon is found by its name, has
/// an end above it, and synonyms lead to taxa.
pub fn backbone(bytes: &[u8]) {
    let text = parts::text(bytes);
    let files = parts::parts(&text);
    let part = |name: &str| files.iter().find(|(part, _)| *part == name).map(|(_, text)| *text);
    let [synonyms, vernacular, domesticated] =
        ["synonyms", "vernacular", "domesticated"].map(|name| part(name).unwrap_or_default());
    let taxa = part("taxa").unwrap_or(book::TAXA);
    let read = Backbone::from_tables(taxa, synonyms, vernacular)
        .and_then(|tree| tree.with_domesticated(domesticated));
    match read {
        Err(faults) => {
            assert!(!faults.is_empty());
            let longest =
                [taxa, synonyms, vernacular, domesticated].map(parts::lines).into_iter().max().unwrap_or(1);
            faults.iter().for_each(|fault| told(longest, fault));
        }
        Ok(tree) => found(&tree),
    }
}

fn told(lines: u64, fault: &TableError) {
    assert!((1..=lines).contains(&u64::from(fault.line)), "{fault} in {lines} lines");
}

fn found(tree: &Backbone) {
    let names = Names::shipped(tree);
    for taxon in tree.taxa() {
        let (name, kingdom) = (tree.name(taxon), tree.kingdom(taxon));
        assert!(tree.find(Some(kingdom), name).contains(&taxon), "`{name}` is not found");
        assert!(tree.lineage(taxon).count() <= RANKS, "`{name}` has no end above it");
        for (synonym, _) in tree.synonyms(taxon) {
            assert!(!tree.find(None, synonym).is_empty(), "`{synonym}` leads nowhere");
        }
    }
    for written in ["Falco cherrug", "Prunella", "Falco hybrid", "雪豹"] {
        let found = names.resolve(written);
        assert_eq!(found.kind == MatchKind::None, found.taxon.is_none(), "{found:?}");
    }
    for kingdom in [Kingdom::Animalia, Kingdom::Plantae] {
        assert!(tree.find(Some(kingdom), "").is_empty(), "nothing has no name");
    }
}
