//! Reading the reference tables as rows of named cells.
//!
//! Source of truth: the downloads themselves. Decides nothing; a missing column reads as empty, because
//! editions of the same download differ in their columns.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};

/// One row of a table with a header.
pub struct Row {
    cells: Vec<String>,
    columns: std::rc::Rc<HashMap<String, usize>>,
}

impl Row {
    /// The cell of `column` without outer white space; empty where the column is missing.
    pub fn get(&self, column: &str) -> &str {
        let cell = self.columns.get(column).and_then(|at| self.cells.get(*at));
        cell.map_or("", |text| text.trim())
    }
}

/// The text of a file, unpacked where its name ends in `.gz`.
///
/// # Errors
/// The file cannot be read, unpacked or is not UTF-8.
pub fn text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("reading `{}`", path.display()))?;
    let mut text = String::new();
    if path.extension().is_some_and(|ending| ending == "gz") {
        let mut unpacked = flate2::read::GzDecoder::new(bytes.as_slice());
        unpacked.read_to_string(&mut text).with_context(|| format!("unpacking `{}`", path.display()))?;
    } else {
        text = String::from_utf8(bytes).with_context(|| format!("`{}` is not UTF-8", path.display()))?;
    }
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// All rows of a CSV file.
///
/// # Errors
/// As [`text`], and a file that is no CSV.
pub fn rows(path: &Path) -> Result<Vec<Row>> {
    let text = text(path)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers()?.clone();
    let columns = header.iter().enumerate().map(|(at, name)| (name.trim().to_owned(), at)).collect();
    let columns = std::rc::Rc::new(columns);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| format!("a row of `{}`", path.display()))?;
        let cells = record.iter().map(str::to_owned).collect();
        rows.push(Row { cells, columns: std::rc::Rc::clone(&columns) });
    }
    Ok(rows)
}

/// `31/12/1999` as `1999-12-31`.
///
/// # Errors
/// The text is no such day.
pub fn iso_day(written: &str) -> Result<String> {
    let mut parts = written.split('/');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(month), Some(year), None) if year.len() == 4 => {
            Ok(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => anyhow::bail!("`{written}` is not a day written day/month/year"),
    }
}

/// Text without markup such as `<i>` and with single spaces.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                out.push(' ');
            }
            _ if in_tag => {}
            '\u{a0}' => out.push(' '),
            other => out.push(other),
        }
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ").replace(" ,", ",").replace(" .", ".").replace(" ;", ";")
}
