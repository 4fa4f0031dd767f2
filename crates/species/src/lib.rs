//! Any written name to its taxon, lineage and doubts.
