//! The names of the Index of 2017, where the reference data are there.
//!
//! They lie outside the project (`COUNTRYGATE_REFERENCE`, else `../shared/data` beside the workspace).

use std::path::{Path, PathBuf};
use std::process::Command;

use species::imported::NameSet;
use species::{Backbone, import, write_joined};

/// The Index of CITES Species of 21 April 2017.
pub const INDEX: &str = "listings/Index_of_CITES_Species_2017-04-21.csv.gz";

/// A reference file as text, unpacked by `gzip` where it is packed; `None`, said loudly, where it is missing.
pub fn reference(file: &str) -> Option<String> {
    let folder = std::env::var_os("COUNTRYGATE_REFERENCE");
    let path = folder
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from)
        .join(file);
    if !path.is_file() {
        eprintln!("SKIPPED: no reference file `{}`; set COUNTRYGATE_REFERENCE to its folder", path.display());
        return None;
    }
    let unpacked =
        Command::new("gzip").arg("-dcf").arg(&path).output().expect("gzip unpacks the reference data");
    assert!(unpacked.status.success(), "`{}` does not unpack", path.display());
    Some(String::from_utf8(unpacked.stdout).expect("reference data are UTF-8"))
}

/// A file of the names of an Index, joined with the shipped names.
pub fn index_file(index: &str, backbone: &Backbone) -> Vec<u8> {
    let mut set = NameSet::default();
    set.merge(&import::index_csv(index).unwrap().rows);
    write_joined(&set, backbone)
}
