//! Puts a file in the place of another in one step, so that no reader ever sees half of one.

use std::io::Write;
use std::path::{Path, PathBuf};

/// Puts `bytes` in the place of a file. Whoever has the old one open or mapped keeps the old one.
///
/// # Errors
/// The file cannot be written; the old one is untouched.
pub fn file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut fresh: PathBuf = path.to_owned();
    fresh.set_extension(format!("{}.new", std::process::id()));
    let written = std::fs::File::create(&fresh).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| std::fs::rename(&fresh, path));
    if done.is_err() {
        // The cause is told; a file that was never renamed is of no use.
        let _ = std::fs::remove_file(&fresh);
    }
    done
}
