//! Runs the program with a limit of address space: what it may have is little beside what it is fed.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// What the program may have, its own code and tables counted in. Under it no input of a hundred megabytes can
/// be held, and none of some ten twice.
const ADDRESS_SPACE_MIB: u64 = 448;

/// What a run said.
#[derive(Debug)]
pub struct Ran {
    pub out: String,
    pub err: String,
    /// `None` where a signal ended it: out of memory, or the program failed.
    pub code: Option<i32>,
}

/// Runs the program on what `feed` writes to its standard input.
pub fn fed(arguments: &[&str], feed: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    with(folder.path(), arguments, feed)
}

/// Runs the program in a folder, without input.
pub fn within<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Ran {
    with(folder, arguments, |_| Ok(()))
}

fn with<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: &[S],
    feed: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send,
) -> Ran {
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {} && exec \"$0\" \"$@\"", ADDRESS_SPACE_MIB * 1024))
        .arg(env!("CARGO_BIN_EXE_countrygate"))
        .args(arguments)
        .current_dir(folder)
        // The heap would set a gigabyte of addresses aside, which are no memory.
        .env("MIMALLOC_ARENA_RESERVE", "32MiB")
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // The program may end before it has read everything.
            let _ = feed(&mut input);
        });
        let err = scope.spawn(move || {
            let mut text = Vec::new();
            err.read_to_end(&mut text).unwrap();
            text
        });
        let mut text = Vec::new();
        out.read_to_end(&mut text).unwrap();
        let code = child.wait().unwrap().code();
        Ran {
            out: String::from_utf8(text).unwrap(),
            err: String::from_utf8(err.join().unwrap()).unwrap(),
            code,
        }
    })
}

/// Writes `piece` until so many bytes are written.
pub fn repeat(out: &mut dyn Write, piece: &[u8], bytes: usize) -> std::io::Result<()> {
    let many = piece.repeat((1 << 16) / piece.len() + 1);
    let mut left = bytes;
    while left > 0 {
        let now = left.min(many.len());
        out.write_all(&many[..now])?;
        left -= now;
    }
    Ok(())
}

/// A hundred megabytes.
pub const HUNDRED_MB: usize = 100_000_000;
/// Ten.
pub const TEN_MB: usize = 10_000_000;

/// Feeds a table of three rows: `good`, what `bad` writes, `good`. Whatever stands between them, both good rows are
/// answered, each beginning with `answer`, and the errors are short.
pub fn between(
    arguments: &[&str],
    (good, answer): (&str, &str),
    bad: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send,
) -> Ran {
    let ran =
        fed(&[arguments, &["--input", "csv", "--format", "csv", "--on", "2026-03-05"]].concat(), |out| {
            out.write_all(b"name,quantity,exporter\n")?;
            writeln!(out, "{good}")?;
            bad(out)?;
            writeln!(out, "\n{good}")
        });
    let answered = ran.out.lines().filter(|row| row.starts_with(answer));
    assert_eq!(answered.count(), 2, "the rows around it are answered: {}", ran.err);
    assert!(ran.err.len() < 1_000, "{}", ran.err);
    ran
}

/// Asserts that the errors say so.
pub fn told(ran: &Ran, expected: &str) {
    assert!(ran.err.contains(expected), "{expected} is not in {}", ran.err);
}
