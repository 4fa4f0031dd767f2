//! The genera of all birds, so that a bird of a genus that no law names is known as one, and a new genus of a
//! listed family has what its family has.
//!
//! Source of truth: AviList, which knows no law and other families than the law does: a genus stands in the
//! family of its name where the tree has it, else in that of the tree that holds most of its kin. The names of
//! genera of other animals stay with those.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::reading::{self, Row};
use super::tree::Tree;

/// What AviList is called in the tables.
const AVILIST: &str = "AviList 2025";

const KINGDOM: &str = "Animalia";
const BIRDS: &str = "Aves";

/// Adds every genus of birds that the tree lacks.
///
/// # Errors
/// The list cannot be read.
pub fn genera(tree: &mut Tree, list: &Path) -> Result<()> {
    let rows = reading::rows(list)?;
    let genera: Vec<&Row> = rows.iter().filter(|row| row.get("avilist_taxon_rank") == "genus").collect();
    orders_are_of_birds(tree, &genera);
    let homes = homes(tree, &genera);
    let mut added = 0;
    for row in genera {
        let name = row.get("scientific_name");
        let (family, order) = (row.get("avilist_family"), row.get("avilist_order"));
        if tree.accepted(KINGDOM, name).is_some() {
            continue;
        }
        let home = match homes.get(family) {
            Some(home) => home.as_str(),
            None => {
                let above = if tree.rank(KINGDOM, order).is_some() { order } else { BIRDS };
                insert(tree, family, "family", above);
                family
            }
        };
        insert(tree, name, "genus", home);
        added += 1;
    }
    println!("{AVILIST}: {added} genera of birds that the tree lacked");
    Ok(())
}

fn insert(tree: &mut Tree, name: &str, rank: &str, above: &str) {
    tree.insert((KINGDOM.to_owned(), name.to_owned()), rank, Some(above), "accepted", AVILIST);
}

/// National lists give orders without what stands above them.
fn orders_are_of_birds(tree: &mut Tree, genera: &[&Row]) {
    for row in genera {
        let key = (KINGDOM.to_owned(), row.get("avilist_order").to_owned());
        let lacks_class = |node: &&mut super::tree::Node| node.parent.as_deref() == Some(KINGDOM);
        if let Some(node) = tree.nodes.get_mut(&key).filter(lacks_class) {
            node.parent = Some(BIRDS.to_owned());
        }
    }
}

/// For each family of AviList the family of the tree in which its new genera stand: its own, else the one that
/// holds most of its genera; none where the tree has neither.
fn homes(tree: &Tree, genera: &[&Row]) -> BTreeMap<String, String> {
    let mut kin: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    for row in genera {
        let of_family = kin.entry(row.get("avilist_family")).or_default();
        for above in tree.above(KINGDOM, row.get("scientific_name")) {
            if tree.rank(KINGDOM, &above) == Some("family") {
                *of_family.entry(above).or_default() += 1;
            }
        }
    }
    let home = |(family, counts): (&str, BTreeMap<String, usize>)| {
        if tree.rank(KINGDOM, family).is_some() {
            return Some((family.to_owned(), family.to_owned()));
        }
        let (most, _) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        Some((family.to_owned(), most))
    };
    kin.into_iter().filter_map(home).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let mut tree = Tree::default();
        for (name, rank, above) in [
            ("Animalia", "kingdom", None),
            ("Aves", "class", Some("Animalia")),
            ("Falconiformes", "order", Some("Aves")),
            ("Accipitridae", "family", Some("Falconiformes")),
            ("Accipiter", "genus", Some("Accipitridae")),
            ("Podargiformes", "order", Some("Animalia")),
        ] {
            tree.insert((KINGDOM.into(), name.into()), rank, above, "accepted", "");
        }
        tree
    }

    #[test]
    fn a_new_genus_stands_with_its_kin() {
        let mut tree = tree();
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("birds.csv");
        let text = "scientific_name,avilist_taxon_rank,avilist_order,avilist_family\n\
            Astur,genus,Accipitriformes,Accipitridae\n\
            Accipiter,genus,Accipitriformes,Accipitridae\n\
            Podargus,genus,Podargiformes,Podargidae\n";
        std::fs::write(&list, text).unwrap();
        genera(&mut tree, &list).unwrap();
        assert_eq!(tree.above(KINGDOM, "Astur"), ["Accipitridae", "Falconiformes", "Aves", "Animalia"]);
        assert_eq!(tree.above(KINGDOM, "Podargus"), ["Podargidae", "Podargiformes", "Aves", "Animalia"]);
        assert_eq!(tree.rank(KINGDOM, "Accipitriformes"), None);
    }
}
