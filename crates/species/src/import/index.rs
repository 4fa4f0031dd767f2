//! The CITES Checklist's *Index of CITES Species*: 33 columns, one row a taxon, some cells of many lines.

use cites::{AppendixSet, CountrySet, Kingdom, Rank};

use super::sheet::{Problems, Row, Sheet};
use super::{ImportError, OfficialFormat, Read, synonyms, value};

/// A name and its authors.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct WrittenName {
    /// The name alone.
    pub name: String,
    /// Its authors and year; empty where none are given.
    pub author: String,
}

/// A row of the Index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRow {
    /// The line on which it starts.
    pub line: usize,
    /// The identifier of the taxon in Species+; 0 where none is given.
    pub taxon_id: u32,
    /// The kingdom.
    pub kingdom: Kingdom,
    /// Phylum, class, order, family and genus; empty where none is given.
    pub above: [String; 5],
    /// The accepted name with its authors.
    pub name: WrittenName,
    /// Its rank.
    pub rank: Rank,
    /// The listing on the day of the download, as written: `I/II`, `NC`, or nothing. Kept for comparison.
    pub listing: String,
    /// The annotation in English, without markup.
    pub annotation: String,
    /// The `#` annotation's symbol.
    pub parts: String,
    /// Names that stand for this one.
    pub synonyms: Vec<WrittenName>,
    /// Everywhere it occurs.
    pub range: CountrySet,
}

struct Columns {
    taxon_id: Option<usize>,
    kingdom: Option<usize>,
    above: [Option<usize>; 5],
    name: Option<usize>,
    author: Option<usize>,
    rank: Option<usize>,
    listing: Option<usize>,
    annotation: Option<usize>,
    parts: Option<usize>,
    synonyms: Option<usize>,
    range: Option<usize>,
}

/// Reads the Index.
///
/// # Errors
/// The text has no header, or the header lacks a column that is needed.
pub fn index_csv(text: &str) -> Result<Read<IndexRow>, ImportError> {
    let sheet = Sheet::open(text)?;
    sheet.require(&["Kingdom", "FullName", "RankName", "SynonymsWithAuthors"], OfficialFormat::Index)?;
    let column = |name: &str| sheet.column(&[name]);
    let columns = Columns {
        taxon_id: column("TaxonId"),
        kingdom: column("Kingdom"),
        above: ["Phylum", "Class", "Order", "Family", "Genus"].map(column),
        name: column("FullName"),
        author: column("AuthorYear"),
        rank: column("RankName"),
        listing: column("CurrentListing"),
        annotation: column("FullAnnotationEnglish"),
        parts: column("#AnnotationSymbol"),
        synonyms: column("SynonymsWithAuthors"),
        range: column("All_DistributionISOCodes"),
    };
    Ok(sheet.read(|row, problems| index_row(row, &columns, problems)))
}

fn index_row(row: &Row<'_>, columns: &Columns, problems: &mut Problems) -> Option<IndexRow> {
    let kingdom = value::kingdom(row.cell(columns.kingdom), problems)?;
    let rank = value::rank(row.cell(columns.rank), "RankName", problems)?;
    let name = value::plain_text(row.cell(columns.name));
    if name.is_empty() {
        problems.lost("FullName", "no name".to_owned(), "the row is left out");
        return None;
    }
    let listing = row.cell(columns.listing);
    if !listing.is_empty() && listing.parse::<AppendixSet>().is_err() {
        problems.cell("CurrentListing", format!("`{listing}` is no listing"), "it is kept as written");
    }
    let written_id = row.cell(columns.taxon_id);
    let taxon_id = written_id.parse().unwrap_or(0);
    if taxon_id == 0 && !written_id.is_empty() {
        problems.cell("TaxonId", format!("`{written_id}` is no identifier"), "it is left out");
    }
    Some(IndexRow {
        line: row.line,
        taxon_id,
        kingdom,
        above: columns.above.map(|column| row.cell(column).to_owned()),
        name: WrittenName { name, author: value::plain_text(row.cell(columns.author)) },
        rank,
        listing: listing.to_owned(),
        annotation: value::plain_text(row.cell(columns.annotation)),
        parts: row.cell(columns.parts).to_owned(),
        synonyms: synonyms::written_names(row.cell(columns.synonyms)),
        range: value::countries(row.cell(columns.range), "All_DistributionISOCodes", problems),
    })
}
