//! Reading official downloads: what they are, and their rows with every problem beside them.
//!
//! Source of truth: the downloads of the CITES Checklist and Species+ (UNEP-WCMC), whose columns are those of
//! their export programs; columns are found by name, so that editions that add or reorder some still read. A
//! row that cannot be read is reported and loses no other. What a listing, quota or suspension means is not
//! known here: they are compared with the law book elsewhere, and rule nothing by being read.

mod index;
mod listings;
mod quotas;
mod sheet;
mod suspensions;
mod synonyms;
mod value;

pub use index::{IndexRow, WrittenName, index_csv};
pub use listings::{ListingRow, species_plus_listings_csv};
pub use quotas::{QuotaAmount, QuotaRow, quotas_csv};
pub use suspensions::{SuspensionRow, suspensions_csv};
pub use synonyms::written_names;

pub use sheet::{CELL_LETTERS_MAX, CELLS_MAX, PROBLEMS_MAX, ROW_BYTES_MAX};

use sheet::Sheet;

/// An official download that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfficialFormat {
    /// CITES Checklist, *Index of CITES Species*.
    Index,
    /// Species+, CITES listings.
    Listings,
    /// Species+, CITES export quotas.
    Quotas,
    /// Species+, CITES suspensions.
    Suspensions,
}

impl OfficialFormat {
    /// The name under which the download is offered.
    pub const fn as_str(self) -> &'static str {
        match self {
            OfficialFormat::Index => "Index of CITES Species",
            OfficialFormat::Listings => "Species+ listings",
            OfficialFormat::Quotas => "Species+ quotas",
            OfficialFormat::Suspensions => "Species+ suspensions",
        }
    }
}

impl std::fmt::Display for OfficialFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The official download that `text` is, by its header; `None` for anything else.
pub fn detect(text: &str) -> Option<OfficialFormat> {
    let sheet = Sheet::open(text).ok()?;
    let has = |names: &[&str]| names.iter().all(|name| sheet.has(name));
    if has(&["CurrentListing", "SynonymsWithAuthors", "FullName"]) {
        Some(OfficialFormat::Index)
    } else if has(&["quota"]) && (has(&["party"]) || has(&["ISO code"]) || has(&["iso_code2"])) {
        Some(OfficialFormat::Quotas)
    } else if has(&["start_date", "start_notification"])
        || has(&["StartNotificationID"])
        || has(&["start_date", "taxon_name", "iso_code2", "term"])
    {
        Some(OfficialFormat::Suspensions)
    } else if has(&["Scientific Name", "Listing", "Listed under"]) {
        Some(OfficialFormat::Listings)
    } else {
        None
    }
}

/// What was read of a download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read<T> {
    /// The rows that were read.
    pub rows: Vec<T>,
    /// What was wrong with others, and with single cells of these; the first [`PROBLEMS_MAX`] of a download.
    pub problems: Vec<RowProblem>,
    /// How many more problems there were.
    pub more_problems: usize,
    /// How many rows the download has below its header.
    pub seen: usize,
    /// How many of them were left out.
    pub lost: usize,
}

/// Something wrong with a row of a download.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {what}; {what_to_do}", in_column(.column))]
pub struct RowProblem {
    /// The line on which the row starts, counted from 1.
    pub line: usize,
    /// The column; empty for the row as a whole.
    pub column: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub what_to_do: &'static str,
    /// Whether the row was left out for it.
    pub lost: bool,
}

fn in_column(column: &str) -> String {
    if column.is_empty() { String::new() } else { format!(", column {column}") }
}

/// Why a text was not read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// There is no header.
    #[error("the file is empty; download it again")]
    Empty,
    /// The header has more cells than any download.
    #[error("the first line has {found} cells, more than any official download; check that the file is one")]
    NotATable {
        /// How many.
        found: usize,
    },
    /// Columns that the format needs are missing.
    #[error("the header has no column {missing}; check that the file is {format}")]
    MissingColumn {
        /// The columns, separated by commas.
        missing: String,
        /// The format it was read as.
        format: OfficialFormat,
    },
}

#[cfg(test)]
mod tests;
