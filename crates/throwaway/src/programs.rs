//! The programs of PostgreSQL, and how they are started by somebody who is not the superuser.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Debian keeps them, one folder a version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// A program on the path, or the one of the newest version that Debian installed.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    on_path.or_else(|| {
        let versions = std::fs::read_dir(DEBIAN).ok()?.filter_map(Result::ok).map(|entry| entry.path());
        let mut found: Vec<PathBuf> =
            versions.filter(|folder| folder.join("bin").join(name).is_file()).collect();
        found.sort_by_key(|folder| version_of(folder));
        Some(found.pop()?.join("bin").join(name))
    })
}

fn version_of(folder: &Path) -> u32 {
    folder.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok()).unwrap_or_default()
}

/// The words before a command: PostgreSQL refuses to run as the superuser, who therefore becomes nobody.
pub fn as_whom() -> &'static [&'static str] {
    if is_superuser() {
        &["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    } else {
        &["env"]
    }
}

/// Whether this process is the superuser's, by whom its own folder of the system belongs to.
pub fn is_superuser() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|folder| folder.uid() == 0)
}

/// `program` as the user under whom PostgreSQL runs.
pub fn command(program: &Path) -> Command {
    let mut words = as_whom().iter();
    let mut command = Command::new(words.next().copied().unwrap_or("env"));
    command.args(words).arg(program);
    command
}
