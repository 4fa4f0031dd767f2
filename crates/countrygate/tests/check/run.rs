//! Runs the program and keeps what it says.

use std::io::Write;
use std::process::{Command, Stdio};

/// What a run said.
pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: i32,
}

/// Runs the program with arguments and standard input, in a folder of its own.
pub fn countrygate(arguments: &[&str], input: &[u8]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), arguments, input)
}

/// Checks one file.
pub fn check(name: &str, text: &str, arguments: &[&str]) -> Ran {
    check_bytes(name, text.as_bytes(), arguments)
}

/// Checks one file of any bytes.
pub fn check_bytes(name: &str, bytes: &[u8], arguments: &[&str]) -> Ran {
    countrygate_in(&[(name, bytes)], arguments)
}

/// Checks several files.
pub fn countrygate_in(files: &[(&str, &[u8])], arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let mut all = vec!["check"];
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        all.push(name);
    }
    all.extend(arguments);
    run(folder.path(), &all, b"")
}

fn run(folder: &std::path::Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_countrygate"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    let done = child.wait_with_output().unwrap();
    Ran {
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
        code: done.status.code().unwrap(),
    }
}
