//! Writing imported names joined with the shipped ones.
//!
//! Each name is looked up in the two tables as a program without the join does, and what is sure is kept beside
//! them. So the join can say nothing that the tables do not.

use std::collections::HashSet;

use super::Names;
use super::hits::Found;
use crate::fold::Key;
use crate::imported::{Contents, ImportedError, JointDraft, JointTables, NameSet};
use crate::{Backbone, ImportedNames};

/// The bytes of a file of imported names that answers for the shipped names too; the same names with the same
/// backbone always make the same bytes. With another backbone the file gives the same answers as one that
/// [`crate::imported::write`] made, and is slower than with this one.
pub fn write_joined(names: &NameSet, backbone: &Backbone) -> Vec<u8> {
    let contents = Contents::of(names);
    let alone = contents.alone();
    match joint(&alone, backbone) {
        Ok(joint) => contents.joined(backbone.fingerprint(), joint),
        // What was written a moment ago is sound.
        Err(_) => alone,
    }
}

fn joint(alone: &[u8], backbone: &Backbone) -> Result<JointTables, ImportedError> {
    let imported = ImportedNames::open(alone)?;
    let names = Names { backbone, imported: Some(&imported) };
    let mut known = HashSet::new();
    let keys: Vec<Key> = (backbone.names().texts().chain(imported.all_names()?))
        .filter_map(Key::of)
        .filter(|key| known.insert(key.as_bytes().to_vec()))
        .collect();
    let mut draft = JointDraft::default();
    for key in &keys {
        let is_form = backbone.domesticated().iter().any(|form| form.is(key.as_bytes()));
        let Found { hits, otherwise, damage } = names.exact(key.as_bytes());
        if let Some(error) = damage {
            return Err(error);
        }
        if let Some(hit) = hits.only().filter(|_| otherwise.is_empty() && !is_form) {
            let range = match names.number_of(hit)? {
                Some(number) => imported.facts()?.range(number),
                None => (0, 0),
            };
            draft.add(key.as_bytes(), hit, range);
        }
    }
    Ok(draft.finish())
}
