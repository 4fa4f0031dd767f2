//! What the law on a date requires, with its clause.
//!
//! The book is data: listings, annotations, bars, rules and packs, each row with its source. The engine
//! is small: it finds the entries in force and evaluates rules over what is known. It reads only its
//! arguments; the day is always one of them.

pub mod annotation;
pub mod assess;
pub mod bars;
pub mod book;
mod keyed;
pub mod listing;
pub mod pack;
pub mod rule;
pub mod table;

pub use listing::{Entry, InForce, Listing, ListingDoubts, Listings, Origin, Subject};
pub use table::TableError;
