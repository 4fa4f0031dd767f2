//! `cargo xtask data …`: the programs that build tables of `data/` out of official downloads.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// Where the downloads lie: `COUNTRYGATE_REFERENCE`, else `../shared/data` beside the workspace.
pub fn reference(root: &Path) -> PathBuf {
    std::env::var_os("COUNTRYGATE_REFERENCE").map_or_else(|| root.join("../shared/data"), PathBuf::from)
}

/// Runs the builder named by `what`.
///
/// # Errors
/// An unknown builder, or one that fails.
pub fn run(root: &Path, what: &str) -> Result<()> {
    let reference = reference(root);
    if !reference.is_dir() {
        bail!(
            "no reference data at `{}`; set COUNTRYGATE_REFERENCE to the folder of the downloads",
            reference.display()
        );
    }
    match what {
        "bars" => crate::bars::run(&reference, &root.join("data")),
        "law" => crate::lawbook::run(&reference, &root.join("data")),
        "packs" => crate::packs::run(&reference, &root.join("data")),
        "vernacular" => crate::vernacular::run(&reference, &root.join("data")),
        "pairs" => crate::pairs::run(&reference, &root.join("data")),
        other => bail!("`{other}` is no table builder; there is: bars, law, pairs"),
    }
}
