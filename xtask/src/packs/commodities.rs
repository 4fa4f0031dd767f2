//! Customs codes with the letters of endangered species, out of an excerpt of the supervised commodities.
//!
//! The excerpt is short: a code that is missing from it proves nothing.

use std::path::Path;

use anyhow::{Context, Result};

use super::{CHECKED, table};

const HEADER: [&str; 9] =
    ["hs", "name_zh", "import_letter", "export_letter", "letters", "note", "source", "confidence", "checked"];

/// The table as CSV text: `import_letter` is `F`, `export_letter` is `E`, empty where the code lacks it.
///
/// # Errors
/// The excerpt cannot be read, or a cell cannot be written.
pub fn csv(excerpt: &Path) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for row in table::rows(excerpt)? {
        let letters = row.get("supervision_conditions").replace('☆', "");
        let letter = |letter: char| if letters.contains(letter) { letter.to_string() } else { String::new() };
        // M: seen on trade pages only, not compared with the tariff of any year.
        let source = "supervised commodity codes of the customs tariff, excerpt on trade pages";
        let cells = [
            row.get("hs10"),
            row.get("name_zh"),
            letter('F'),
            letter('E'),
            letters.clone(),
            row.get("note_zh"),
        ];
        let cells = cells.into_iter().chain([source, "M", CHECKED].map(str::to_owned));
        writer.write_record(cells)?;
    }
    String::from_utf8(writer.into_inner().context("writing the hints")?).context("not UTF-8")
}
