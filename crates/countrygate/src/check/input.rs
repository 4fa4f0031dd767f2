//! Where an input comes from and what it is.
//!
//! The ending of a file's name tells; where it does not, the first letters do.

use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use border::consignment::Consignment;
use clap::ValueEnum;

use crate::arguments::Format;
use crate::exit::Exit;

/// The longest consignment that is read: ten thousand lines with everything told are a tenth of it.
pub const CONSIGNMENT_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// How much of an input is looked at to tell what it is.
const LOOK_BYTES: u64 = 4096;

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// A consignment as TOML
    Toml,
    /// A consignment as JSON
    Json,
    /// A table of lines
    Csv,
}

/// An input, opened.
pub struct Input {
    /// What it is.
    pub what: What,
    /// What it is called in messages.
    pub name: String,
    /// How long it is, where that is known.
    pub bytes: Option<u64>,
    /// Its bytes.
    pub reader: Box<dyn Read + Send>,
}

impl Input {
    /// Opens a file, or standard input for `-`.
    ///
    /// # Errors
    /// The file cannot be opened, or is a folder.
    pub fn open(path: &Path, told: Option<What>) -> Result<Input> {
        let (name, bytes, mut reader): (String, Option<u64>, Box<dyn Read + Send>) = if path == Path::new("-")
        {
            ("standard input".to_owned(), None, Box::new(std::io::stdin()))
        } else {
            let file = File::open(path).context("the file cannot be opened; check its name")?;
            let about = file.metadata()?;
            if about.is_dir() {
                bail!("this is a folder; name the files in it");
            }
            (path.display().to_string(), about.is_file().then_some(about.len()), Box::new(file))
        };
        if let Some(what) = told.or_else(|| by_ending(path)) {
            return Ok(Input { what, name, bytes, reader });
        }
        let mut first = Vec::new();
        reader.by_ref().take(LOOK_BYTES).read_to_end(&mut first)?;
        let what = by_first_letters(&first);
        Ok(Input { what, name, bytes, reader: Box::new(Cursor::new(first).chain(reader)) })
    }

    /// The consignment in it.
    ///
    /// # Errors
    /// The input cannot be read, or is no consignment; the message says where.
    pub fn consignment(self) -> Result<Consignment> {
        let what = self.what;
        let text = self.text()?;
        let read = match what {
            What::Json => border::consignment::from_json(&text),
            What::Toml | What::Csv => border::consignment::from_toml(&text),
        };
        read.map_err(|error| anyhow::anyhow!("{error}"))
    }

    /// The whole text.
    ///
    /// # Errors
    /// The input cannot be read, is no text, or is longer than any consignment.
    fn text(self) -> Result<String> {
        // Room for all of it at once: a heap that grows a buffer by copying would hold it twice, and room that is
        // never written costs addresses alone.
        let room = self.bytes.map_or(CONSIGNMENT_BYTES_MAX, |told| told.min(CONSIGNMENT_BYTES_MAX));
        let mut bytes = Vec::with_capacity(usize::try_from(room)? + 1);
        self.reader
            .take(CONSIGNMENT_BYTES_MAX + 1)
            .read_to_end(&mut bytes)
            .context("the file cannot be read")?;
        if bytes.len() as u64 > CONSIGNMENT_BYTES_MAX {
            bail!("longer than {CONSIGNMENT_BYTES_MAX} bytes; split the consignment");
        }
        Ok(crate::text::whole(&bytes)?.into_owned())
    }
}

/// Answers every file, one after another, in JSON as a list where there are several; the worst exit counts.
///
/// # Errors
/// An answer fails, with the name of its file, or the output ends early.
pub fn each(
    files: &[PathBuf],
    format: Format,
    out: &mut dyn Write,
    mut answer: impl FnMut(&Path, &mut dyn Write) -> Result<Exit>,
) -> Result<Exit> {
    let is_list = format == Format::Json && files.len() > 1;
    if is_list {
        out.write_all(b"[\n")?;
    }
    let mut exit = Exit::Clear;
    for (place, path) in files.iter().enumerate() {
        if place > 0 {
            out.write_all(if is_list { b",\n" } else { b"\n" })?;
        }
        exit = exit.and(answer(path, out).with_context(|| format!("`{}`", path.display()))?);
    }
    if is_list {
        out.write_all(b"]\n")?;
    }
    Ok(exit)
}

fn by_ending(path: &Path) -> Option<What> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "toml" => Some(What::Toml),
        "json" => Some(What::Json),
        "csv" | "tsv" | "txt" => Some(What::Csv),
        _ => None,
    }
}

/// JSON begins with a brace. The first line of TOML that says something is a table or sets a key; that of a
/// table of lines does neither.
fn by_first_letters(first: &[u8]) -> What {
    let text = String::from_utf8_lossy(first);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return What::Json;
    }
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let is_toml = line.is_some_and(|line| line.starts_with('[') || line.contains('='));
    if is_toml || text.starts_with('#') { What::Toml } else { What::Csv }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_without_an_ending_is_known_by_its_first_letters() {
        for (text, what) in [
            ("{\"line\": []}", What::Json),
            ("\u{feff} {}", What::Json),
            ("# a consignment\n\ndirection = \"import\"", What::Toml),
            ("[[line]]\nname = \"Falco cherrug\"", What::Toml),
            ("Year,App.,Taxon", What::Csv),
            ("name\nFalco cherrug", What::Csv),
            ("", What::Csv),
        ] {
            assert_eq!(by_first_letters(text.as_bytes()), what, "{text:?}");
        }
    }

    #[test]
    fn the_ending_tells() {
        for (path, what) in [
            ("a.toml", Some(What::Toml)),
            ("a.JSON", Some(What::Json)),
            ("a.csv", Some(What::Csv)),
            ("a", None),
        ] {
            assert_eq!(by_ending(Path::new(path)), what, "{path}");
        }
    }
}
