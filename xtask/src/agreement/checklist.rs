//! The Index of CITES Species of 21 April 2017 against what `countrygate law status` answers on that day, with
//! the names of the Index imported and with the shipped names alone.
//!
//! Source of truth: the column `CurrentListing`, its blank read as `NC`.

use std::path::Path;

use anyhow::Result;
use cites::Day;
use law::Origin;
use species::{ImportedNames, Names};

use super::{Book, Comparison};
use crate::lawbook::reading;

/// The day of the Index.
const DAY: Day = Day::new(2017, 4, 21);

pub(super) fn compare(book: Book<'_>, reference: &Path, index: &[u8]) -> Result<Vec<Comparison>> {
    let rows = reading::rows(&reference.join("listings/Index_of_CITES_Species_2017-04-21.csv.gz"))?;
    let imported = ImportedNames::open(index)?;
    let shipped = Names::shipped(book.backbone);
    let with_index = Names { imported: Some(&imported), ..shipped };
    let states = [
        ("Index 2017, names imported", "index-2017-04-21.csv", with_index),
        ("Index 2017, shipped names", "index-2017-04-21-shipped.csv", shipped),
    ];
    states.into_iter().map(|(name, file, names)| with_names(book, &rows, name, file, names)).collect()
}

fn with_names(
    book: Book<'_>,
    rows: &[reading::Row],
    name: &'static str,
    file: &'static str,
    names: Names<'_>,
) -> Result<Comparison> {
    let mut comparison = Comparison::new(name, file);
    comparison.rows = rows.len();
    for row in rows {
        let expected = match row.get("CurrentListing") {
            "" => "NC",
            listing => listing,
        };
        let resolution = names.resolve(row.get("FullName"));
        let found = book.law.standing(&resolution, &Origin::Unstated, DAY)?.appendices.to_string();
        if found != expected {
            comparison.differs(row.get("FullName"), expected, found);
        }
    }
    Ok(comparison)
}
