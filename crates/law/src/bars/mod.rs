//! What stands in the way of a specimen beside its listing: suspensions, quotas, reservations, and the
//! specimens that an annotation deems to be of Appendix I.
//!
//! Source of truth: `data/law/{suspensions,quotas,quotas_yearly,reservations,deemed}.csv`, whose columns
//! `data/law/README.md` explains. This module says which rows concern a [`Movement`] and how surely; what
//! follows from a row (refuse, refer, a document) is for the rules. It never turns an unknown into "none".

mod by_taxon;
pub mod deemed;
mod exception;
#[cfg(test)]
pub(crate) mod fixture;
mod missing;
mod movement;
mod places;
pub mod quota;
pub mod quota_yearly;
pub mod reservation;
pub mod suspension;
mod table;
mod taxon;

pub use exception::Exception;
pub use missing::{Match, Missing, MissingSet};
pub use movement::Movement;
pub use places::Places;
pub use table::Provenance;
pub use taxon::ListedTaxon;

pub(crate) use missing::Test;
pub(crate) use movement::named;
pub(crate) use table::{code_set, codes, overlap, provenance, read_rows, span, unknown_taxon};
