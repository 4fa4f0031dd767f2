//! Files that are read whole, up to a limit. What is no file of the disk may never end.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Result, bail};

/// The bytes of a file that a person names: a regular one, or a pipe.
///
/// # Errors
/// It cannot be read, is a folder, or is longer than `bytes_max`.
pub fn read(path: &Path, bytes_max: u64) -> Result<Vec<u8>> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    if about.is_dir() {
        bail!("this is a folder; name the files in it");
    }
    let mut bytes = Vec::new();
    if about.len() <= bytes_max {
        file.take(bytes_max + 1).read_to_end(&mut bytes)?;
    }
    if about.len().max(bytes.len() as u64) > bytes_max {
        bail!("longer than {bytes_max} bytes; check that it is the file that is meant");
    }
    Ok(bytes)
}

/// The bytes of a file that is found in a folder: a regular one, since nobody writes into another.
///
/// # Errors
/// It cannot be read, is no regular file, or is longer than `bytes_max`.
pub fn read_regular(path: &Path, bytes_max: u64) -> Result<Vec<u8>> {
    regular(path)?;
    read(path, bytes_max)
}

/// Whether a path is a regular file.
///
/// # Errors
/// It is not, or is not there.
pub fn regular(path: &Path) -> Result<()> {
    if !std::fs::metadata(path)?.is_file() {
        bail!("this is no regular file; take it away");
    }
    Ok(())
}
