//! Rows of named cells, from CSV text plain or packed. Decides nothing.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, Result};

/// One row of a table with a header.
#[derive(Clone)]
pub struct Row {
    cells: Vec<String>,
    columns: Rc<HashMap<String, usize>>,
}

impl Row {
    /// The cell of `column` with single spaces inside and none outside; empty where there is none.
    pub fn get(&self, column: &str) -> String {
        let cell = self.columns.get(column).and_then(|at| self.cells.get(*at));
        cell.map_or_else(String::new, |text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// All rows of a CSV file, unpacked where its name ends in `.gz`.
///
/// # Errors
/// The file cannot be read or unpacked, is not UTF-8, or is no CSV.
pub fn rows(path: &Path) -> Result<Vec<Row>> {
    let text = text(path)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().with_context(|| format!("the header of `{}`", path.display()))?.clone();
    let columns = Rc::new(header.iter().enumerate().map(|(at, name)| (name.trim().to_owned(), at)).collect());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.with_context(|| format!("a row of `{}`", path.display()))?;
        rows.push(Row { cells: record.iter().map(str::to_owned).collect(), columns: Rc::clone(&columns) });
    }
    Ok(rows)
}

fn text(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("reading `{}`", path.display()))?;
    let plain = if path.extension().is_some_and(|ending| ending == "gz") {
        let mut unpacked = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(bytes.as_slice());
        decoder.read_to_end(&mut unpacked).with_context(|| format!("unpacking `{}`", path.display()))?;
        unpacked
    } else {
        bytes
    };
    let text = String::from_utf8(plain).with_context(|| format!("`{}` is not UTF-8", path.display()))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}
