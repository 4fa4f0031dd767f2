//! Exact look-up: from a folded name to every name that folds the same.
//!
//! A look-up touches one bucket of the hash and the letters of the name it finds. Built the same way for the
//! backbone (in memory) and for imported names (in their file). Knows no ranks and no taxa, only numbered names.

use crate::fold::{Key, folds_to};
use crate::hash::hash64;
use crate::slots::{SlotTables, Slots};
use crate::words::Words;

/// Names one after another in one text, with where each starts, and the buckets over them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameTable<'a, W> {
    /// The letters of all names.
    pub letters: &'a [u8],
    /// Where each name starts, and at the end where the last one ends.
    pub starts: W,
    /// The numbers of the names by the hash of their key.
    pub slots: Slots<W>,
}

impl<'a, W: Words> NameTable<'a, W> {
    /// The letters of the name numbered `name`.
    pub fn name(&self, name: u32) -> Option<&'a [u8]> {
        let (start, end) = self.starts.pair(name as usize)?;
        self.letters.get(start..end)
    }

    /// The text of the name numbered `name`.
    pub fn text(&self, name: u32) -> Option<&'a str> {
        self.name(name).and_then(|letters| std::str::from_utf8(letters).ok())
    }

    /// The numbers of all names that fold to `key`, in their order.
    pub fn find<'k>(self, key: &'k [u8]) -> impl Iterator<Item = u32> + use<'a, 'k, W> {
        let numbers = self.slots.find(hash64(key));
        numbers.filter(move |number| self.name(*number).is_some_and(|name| folds_to(name, key)))
    }
}

/// The buckets over `names`. A name too long for a key gets none: nothing that is looked up could equal it.
pub(crate) fn slots<'n>(names: impl Iterator<Item = &'n str>) -> SlotTables {
    let keyed = (0..).zip(names).filter_map(|(number, name)| {
        let key = Key::of(name)?;
        Some((hash64(key.as_bytes()), number))
    });
    SlotTables::of(&keyed.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_nothing_else() {
        let names: Vec<String> = (0..500).map(|n| format!("Genus{} species{n}", n % 7)).collect();
        let built = slots(names.iter().map(String::as_str));
        let letters = names.concat();
        let mut starts = vec![0_u32];
        for name in &names {
            starts.push(starts.last().unwrap() + name.len() as u32);
        }
        let table =
            NameTable { letters: letters.as_bytes(), starts: starts.as_slice(), slots: built.table() };
        for (number, name) in names.iter().enumerate() {
            let key = Key::of(name).unwrap();
            assert_eq!(table.find(key.as_bytes()).collect::<Vec<_>>(), [number as u32]);
        }
        assert_eq!(table.find(b"genus1 species0").count(), 0);
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        let built = slots([].into_iter());
        let table = NameTable { letters: b"", starts: [0_u32].as_slice(), slots: built.table() };
        assert_eq!(table.find(b"falco").count(), 0);
    }
}
