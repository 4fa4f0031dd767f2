//! What the columns of tables of trade are called: the words that every reader of such tables knows.
//!
//! Source of truth: the headings of the CITES Trade Database (comparative tabulation, shipment-level records, files
//! of annual reports), without case, points, spaces and underscores. What a reader knows beyond them is its own.

/// The name as written.
pub const TAXON: &[&str] = &["name", "taxon"];
/// The kind of specimen.
pub const TERM: &[&str] = &["term"];
/// How the specimen was obtained.
pub const SOURCE: &[&str] = &["source"];
/// The purpose.
pub const PURPOSE: &[&str] = &["purpose"];
/// How much.
pub const QUANTITY: &[&str] = &["quantity"];
/// Of what.
pub const UNIT: &[&str] = &["unit"];
/// The State of origin.
pub const ORIGIN: &[&str] = &["origin"];
