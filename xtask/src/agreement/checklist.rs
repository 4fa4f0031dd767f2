//! The Index of CITES Species of 21 April 2017 against the book on that day.

use std::path::Path;

use anyhow::Result;
use cites::{CountrySet, Day, Kingdom};
use law::{Origin, Subject};
use species::Placement;

use super::{Book, Comparison, Difference};
use crate::lawbook::reading;

/// The day of the Index.
const DAY: Day = Day::new(2017, 4, 21);

pub(super) fn compare(book: &Book, reference: &Path) -> Result<Comparison> {
    let rows = reading::rows(&reference.join("listings/Index_of_CITES_Species_2017-04-21.csv.gz"))?;
    let mut differences = Vec::new();
    for row in &rows {
        let expected = match row.get("CurrentListing") {
            "" => "NC",
            listing => listing,
        };
        let found = listing(book, row);
        if found != expected {
            differences.push(Difference {
                row: row.get("FullName").to_owned(),
                official: expected.to_owned(),
                book: found,
            });
        }
    }
    Ok(Comparison { name: "Index 21 Apr 2017", file: "index-2017-04-21.csv", rows: rows.len(), differences })
}

/// The listing of a name of the Index as an import of its names would give it.
fn listing(book: &Book, row: &reading::Row) -> String {
    let kingdom: Option<Kingdom> = row.get("Kingdom").parse().ok();
    let itself = |name: &str| book.backbone.find(kingdom, name).first().copied();
    let name = row.get("FullName");
    let above = name.rsplit_once(' ').map_or(row.get("Family"), |(above, _)| above);
    let (taxon, placement) = match itself(name) {
        Some(taxon) => (Some(taxon), Placement::Itself),
        None => (
            itself(above).or_else(|| itself(row.get("Genus"))).or_else(|| itself(row.get("Family"))),
            Placement::KnownMember,
        ),
    };
    let Some(taxon) = taxon else { return "unresolved".to_owned() };
    let range: CountrySet =
        row.get("All_DistributionISOCodes").split(", ").filter_map(|code| code.parse().ok()).collect();
    let subject = Subject { taxon, placement, range: (!range.is_empty()).then_some(range) };
    book.listings.listing(&book.backbone, &subject, &Origin::Unstated, DAY).appendices.to_string()
}
