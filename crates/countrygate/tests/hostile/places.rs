//! Files that are no files: folders, pipes, what may not be read, folders within themselves.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::run::{Ran, within};

fn fails(folder: &Path, arguments: &[&str], message: &str) -> Ran {
    let ran = within(folder, arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{arguments:?}: {}", ran.err);
    assert!(ran.err.contains(message), "{arguments:?}: {message} is not in {}", ran.err);
    ran
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_folder_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("a.csv")).unwrap();
    fails(folder.path(), &["check", "a.csv"], "this is a folder");
    fails(folder.path(), &["data", "import", "a.csv", "--data", "names"], "a.csv");
}

#[test]
fn a_pipe_is_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    pipe(&folder.path().join("a.csv"));
    let ran = std::thread::scope(|scope| {
        scope.spawn(|| std::fs::write(folder.path().join("a.csv"), "name\nFalco cherrug\n").unwrap());
        within(folder.path(), &["check", "a.csv", "--format", "csv", "--on", "2026-03-05"])
    });
    assert!(ran.out.contains("Falco cherrug,exact,II,"), "{}", ran.err);
}

#[test]
fn a_pipe_is_no_table_of_a_book_and_no_file_of_names() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("book/law")).unwrap();
    pipe(&folder.path().join("book/law/listings.csv"));
    fails(folder.path(), &["doctor", "--book", "book"], "no regular file");
    std::fs::create_dir_all(folder.path().join("names")).unwrap();
    pipe(&folder.path().join("names/names.cgn"));
    fails(folder.path(), &["species", "Falco", "--data", "names"], "no regular file");
}

#[test]
fn what_may_not_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "name\nFalco cherrug\n").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything reads this too.
    if std::fs::File::open(&path).is_err() {
        fails(folder.path(), &["check", "a.csv"], "cannot be opened");
    }
    fails(folder.path(), &["check", "nowhere.csv"], "cannot be opened");
}

#[test]
fn a_folder_within_itself_ends() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("book/law")).unwrap();
    for name in ["a", "b", "c"] {
        symlink(folder.path().join("book"), folder.path().join("book/law").join(name)).unwrap();
    }
    fails(folder.path(), &["doctor", "--book", "book"], "folders within folders");
}

#[test]
fn a_table_of_a_book_longer_than_any_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("book/law")).unwrap();
    let file = std::fs::File::create(folder.path().join("book/law/listings.csv")).unwrap();
    // A hole takes no place on the disk.
    file.set_len(10_000_000_000).unwrap();
    fails(folder.path(), &["doctor", "--book", "book"], "longer than");
    let file = std::fs::File::create(folder.path().join("index.csv")).unwrap();
    file.set_len(10_000_000_000).unwrap();
    fails(folder.path(), &["data", "import", "index.csv", "--data", "names"], "longer than");
}
