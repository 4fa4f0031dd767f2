//! The file of imported names in the folder of `--data`, mapped and never read whole.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use memmap2::Mmap;
use species::ImportedNames;

/// The name of the file in the folder.
const FILE: &str = "names.cgn";

/// Where the imported names of a folder are.
pub fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// A mapped file of imported names.
pub struct Mapped {
    map: Mmap,
    path: PathBuf,
}

impl Mapped {
    /// Maps the file of imported names of a folder; `None` where nothing was imported there.
    ///
    /// # Errors
    /// The folder is missing, or the file cannot be opened.
    pub fn open(folder: &Path) -> Result<Option<Mapped>> {
        let path = path(folder);
        if !folder.is_dir() {
            anyhow::bail!(
                "`{}` is no folder; create it, or import names with `countrygate data import FILE --data DIR`",
                folder.display()
            );
        }
        if !path.exists() {
            return Ok(None);
        }
        crate::files::regular(&path).with_context(|| format!("opening `{}`", path.display()))?;
        let file = File::open(&path).with_context(|| format!("opening `{}`", path.display()))?;
        Ok(Some(Mapped { map: map(&file).with_context(|| format!("mapping `{}`", path.display()))?, path }))
    }

    /// The names in it.
    ///
    /// # Errors
    /// The file is no file of names, of another version, or damaged in its header.
    pub fn names(&self) -> Result<ImportedNames<'_>> {
        ImportedNames::open(&self.map).with_context(|| format!("`{}`", self.path.display()))
    }
}

#[expect(unsafe_code, reason = "a mapping is read in place; only the operating system can make one")]
fn map(file: &File) -> std::io::Result<Mmap> {
    // SAFETY: the bytes must not change while they are mapped. `data import` is the only writer, and it puts a
    // new file in the place of the old one, which whoever has it mapped keeps. Every block is read through its
    // checksum and every place in it through a checked slice, so that bytes of another making are an error.
    unsafe { Mmap::map(file) }
}
