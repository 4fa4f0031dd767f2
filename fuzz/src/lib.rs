//! Hostile input: for every parser, what must hold whatever the bytes.
//!
//! Each target is a function of bytes that asserts properties: print then parse is identity, the answer does
//! not hang on the encoding, what is told has its place, nothing grows out of proportion. `cargo fuzz` makes
//! the bytes up (docs/internals/fuzzing.md); a plain build replays the seeds in `corpus/`, which are texts of
//! our own. A target takes texts that a person can write, so that every finding can be kept as a seed.

mod backbone;
mod book;
mod codes;
mod consignment;
mod downloads;
mod edition;
mod law_tables;
mod lines;
mod mapped;
mod names;
mod overlay;
mod packs;
mod parts;
mod pasted;
mod proofs;
mod rules;
mod table;
mod workbook;

#[cfg(test)]
mod made_up;
#[cfg(test)]
mod seeds;

use std::process::ExitCode;

pub use backbone::backbone;
pub use codes::codes;
pub use consignment::{consignment_json, consignment_toml};
pub use downloads::downloads;
pub use edition::edition;
pub use law_tables::law_tables;
pub use lines::lines;
pub use mapped::{mapped_bytes, mapped_damage};
pub use names::names;
pub use overlay::overlay;
pub use packs::packs;
pub use pasted::pasted;
pub use proofs::proofs;
pub use rules::rules;
pub use table::table;
pub use workbook::workbook;

/// The body of a target: returns where everything that must hold did, and panics where something did not.
pub type Target = fn(&[u8]);

/// Every target by the name of its program and of its folder in `corpus/`.
pub const TARGETS: [(&str, Target); 18] = [
    ("backbone", backbone),
    ("codes", codes),
    ("consignment_json", consignment_json),
    ("consignment_toml", consignment_toml),
    ("downloads", downloads),
    ("edition", edition),
    ("law_tables", law_tables),
    ("lines", lines),
    ("mapped_bytes", mapped_bytes),
    ("mapped_damage", mapped_damage),
    ("names", names),
    ("overlay", overlay),
    ("packs", packs),
    ("pasted", pasted),
    ("proofs", proofs),
    ("rules", rules),
    ("table", table),
    ("workbook", workbook),
];

/// Runs a target on every file that the command line names.
pub fn replay(target: Target) -> ExitCode {
    for path in std::env::args_os().skip(1) {
        match std::fs::read(&path) {
            Ok(bytes) => target(&bytes),
            Err(error) => {
                eprintln!("error: reading `{}`: {error}", path.display());
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
