//! Any written name to its taxon, lineage and doubts.
//!
//! Source of truth: the tables in `data/species` (the backbone) and, where an office imports them, the names
//! of an official download. This crate knows no law: whether a taxon is listed, and what a doubt means for a
//! consignment, is for `law`. It never picks silently between two taxa.
//!
//! ```
//! use species::{Backbone, MatchKind, Names};
//!
//! let taxa = "kingdom,rank,name,parent,status,source\n\
//!             Animalia,genus,Falco,,accepted,example\n\
//!             Animalia,species,Falco cherrug,Falco,accepted,example\n";
//! let backbone = Backbone::from_tables(taxa, "", "").unwrap();
//! let names = Names::shipped(&backbone);
//! let saker = names.resolve("falco cherrug Gray, 1834");
//! assert_eq!(saker.kind, MatchKind::Exact);
//! assert_eq!(saker.accepted, "Falco cherrug");
//! ```

mod backbone;
mod cells;
mod domesticated;
mod exact;
mod fold;
mod hash;
mod hit;
pub mod import;
pub mod imported;
mod near;
mod ranges;
mod reading;
mod resolution;
mod resolve;
mod slots;
mod table;
mod words;

pub use backbone::{Backbone, Children, Descendants, Language, Lineage, SynonymKind, TaxonStatus};
pub use domesticated::Domesticated;
pub use imported::{ImportedError, ImportedNames, ImportedTaxon, Range};
pub use reading::{JOINED_NAMES_MAX, NAME_BYTES_MAX};
pub use resolution::{CANDIDATES_MAX, Candidate, Doubt, Hybrid, MatchKind, Placement, Qualifier, Resolution};
pub use resolve::{Hint, Like, Names, write_joined};
pub use table::{Fault, TableError};
