//! Imported names: the names, synonyms and ranges of an official download, in a compact file that is opened
//! without reading it whole.
//!
//! Source of truth: the download. Nothing of it is shipped; an office imports what it downloaded. The listing
//! it prints is kept for comparison with the law book and rules nothing. The same names always make the same
//! bytes; a damaged file is an error, found where the damaged part is first used, never a wrong answer.

mod blocks;
mod facts;
mod file;
mod joint;
mod links;
mod set;
mod write;

pub use blocks::ImportedError;
pub use facts::Range;
pub use file::{ImportedNames, ImportedTaxon};
pub(crate) use joint::{JointDraft, JointTables};
pub(crate) use links::Place;
pub use set::{MergeReport, NameSet};
pub(crate) use write::Contents;
pub use write::write;

#[cfg(test)]
mod tests;
