//! Runs the real program.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run of the program came to.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program with `arguments` and `input` on standard input.
pub fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    ran(Command::new(env!("CARGO_BIN_EXE_countrygate")), arguments, input)
}

/// Runs the program in a folder, without input.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countrygate"));
    command.current_dir(folder);
    ran(command, arguments, b"")
}

/// Runs the program in a folder, with these variables and without any other setting in the environment.
pub fn run_in_with(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countrygate"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("COUNTRYGATE_") {
            command.env_remove(name);
        }
    }
    command.current_dir(folder).envs(variables.iter().copied());
    ran(command, arguments, b"")
}

fn ran(mut command: Command, arguments: &[&str], input: &[u8]) -> Run {
    command.args(arguments).env_remove("NO_COLOR").env("COLUMNS", "100");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A program that reads no input closes the pipe.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program without input.
pub fn run(arguments: &[&str]) -> Run {
    run_with(arguments, b"")
}

impl Run {
    /// The rows of an answer in CSV, without the header.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_reader(self.out.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }
}
