//! Rows under construction, and writing them.
//!
//! Source of truth: the columns in `data/law/README.md`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// A row as its cells by column; a column that is not there is empty.
pub type Cells = BTreeMap<String, String>;

/// A row out of pairs.
pub fn cells<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> Cells {
    pairs
        .into_iter()
        .filter(|(_, cell)| !cell.is_empty())
        .map(|(column, cell)| (column.to_owned(), cell))
        .collect()
}

/// The cell of a column; empty where there is none.
pub fn get<'c>(row: &'c Cells, column: &str) -> &'c str {
    row.get(column).map_or("", String::as_str)
}

/// Writes the rows under the header. Rows without an id get one from `stem`, numbered where two are equal.
///
/// # Errors
/// The file cannot be written, or a row has a column that the header lacks.
pub fn write(file: &Path, columns: &[&str], rows: &mut [Cells]) -> Result<()> {
    if columns.contains(&"id") {
        number(rows);
    }
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows.iter() {
        if let Some(stray) = row.keys().find(|column| !columns.contains(&column.as_str())) {
            bail!("a row has the column `{stray}`, which `{}` does not have", file.display());
        }
        writer.write_record(columns.iter().map(|column| get(row, column)))?;
    }
    let text = writer.into_inner().context("writing a table")?;
    std::fs::write(file, text).with_context(|| format!("writing `{}`", file.display()))
}

/// Makes ids unique: the second `a` becomes `a-2`.
fn number(rows: &mut [Cells]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let id = get(row, "id").to_owned();
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            row.insert("id".to_owned(), format!("{id}-{count}"));
        }
    }
}

/// A name as a part of an id: `Falco cherrug` as `falco-cherrug`.
pub fn slug(name: &str) -> String {
    let letters = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    letters.collect::<String>().to_lowercase()
}

/// `6 May 2019` as `2019-05-06`, `Feb 2023` as the first day of the month.
pub fn day_in_words(words: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = words.split_whitespace().collect();
    let (day, month, year) = match parts.as_slice() {
        [day, month, year] => (day.parse::<u8>().ok()?, *month, *year),
        [month, year] => (1, *month, *year),
        _ => return None,
    };
    let month = month.to_lowercase();
    let month = MONTHS.iter().position(|known| month.starts_with(known))? + 1;
    (year.len() == 4 && year.parse::<u16>().is_ok()).then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_words_are_read() {
        assert_eq!(day_in_words("6 May 2019").as_deref(), Some("2019-05-06"));
        assert_eq!(day_in_words("12 September 2024").as_deref(), Some("2024-09-12"));
        assert_eq!(day_in_words("May 2023").as_deref(), Some("2023-05-01"));
        assert_eq!(day_in_words("May"), None);
        assert_eq!(day_in_words("6 Floreal 2019"), None);
    }

    #[test]
    fn equal_ids_are_numbered() {
        let mut rows = vec![cells([("id", "a".to_owned())]), cells([("id", "a".to_owned())])];
        number(&mut rows);
        assert_eq!((get(&rows[0], "id"), get(&rows[1], "id")), ("a", "a-2"));
        assert_eq!(slug("Falco cherrug"), "falco-cherrug");
    }
}
