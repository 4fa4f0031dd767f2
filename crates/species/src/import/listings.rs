//! Species+ CITES listings: one row a taxon, with what is in force for it.

use cites::{AppendixSet, CountrySet, Kingdom, Rank};

use super::sheet::{Problems, Row, Sheet};
use super::{ImportError, OfficialFormat, Read, WrittenName, value};

/// A row of the listings download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingRow {
    /// The line on which it starts.
    pub line: usize,
    /// The identifier of the taxon in Species+; 0 where none is given.
    pub taxon_id: u32,
    /// The kingdom.
    pub kingdom: Kingdom,
    /// The name with its authors.
    pub name: WrittenName,
    /// Its rank.
    pub rank: Rank,
    /// The Appendices, as written and read.
    pub listing: String,
    /// [`ListingRow::listing`] as a set; empty where it is none.
    pub appendices: AppendixSet,
    /// The Parties that listed it in Appendix III, as written.
    pub party: String,
    /// The taxon through which it is listed.
    pub listed_under: String,
    /// The annotation without markup.
    pub note: String,
    /// The `#` annotation without markup.
    pub parts_note: String,
    /// Everywhere it occurs.
    pub range: CountrySet,
}

/// Reads the listings.
///
/// # Errors
/// The text has no header, or the header lacks a column that is needed.
pub fn species_plus_listings_csv(text: &str) -> Result<Read<ListingRow>, ImportError> {
    let sheet = Sheet::open(text)?;
    sheet.require(&["Kingdom", "Scientific Name", "Rank", "Listing"], OfficialFormat::Listings)?;
    let column = |name: &str| sheet.column(&[name]);
    let at = [
        "Id",
        "Kingdom",
        "Scientific Name",
        "Author",
        "Rank",
        "Listing",
        "Party",
        "Listed under",
        "Full note",
        "# Full note",
        "All_DistributionISOCodes",
    ]
    .map(column);
    Ok(sheet.read(|row, problems| listing_row(row, at, problems)))
}

fn listing_row(row: &Row<'_>, at: [Option<usize>; 11], problems: &mut Problems) -> Option<ListingRow> {
    let [id, kingdom, name, author, rank, listing, party, under, note, parts, range] =
        at.map(|column| row.cell(column));
    let kingdom = value::kingdom(kingdom, problems)?;
    let rank = value::rank(rank, "Rank", problems)?;
    let name = value::plain_text(name);
    if name.is_empty() {
        problems.lost("Scientific Name", "no name".to_owned(), "the row is left out");
        return None;
    }
    let appendices = listing.parse().unwrap_or_else(|_| {
        problems.cell("Listing", format!("`{listing}` is no listing"), "it is kept as written");
        AppendixSet::EMPTY
    });
    Some(ListingRow {
        line: row.line,
        taxon_id: id.parse().unwrap_or(0),
        kingdom,
        name: WrittenName { name, author: value::plain_text(author) },
        rank,
        listing: listing.to_owned(),
        appendices,
        party: party.to_owned(),
        listed_under: under.to_owned(),
        note: value::plain_text(note),
        parts_note: value::plain_text(parts),
        range: value::countries(range, "All_DistributionISOCodes", problems),
    })
}
