//! Official downloads: the Index, listings, quotas and suspensions, by whichever reader.

use species::ImportedNames;
use species::import::{
    self, ImportError, OfficialFormat, Read, index_csv, quotas_csv, species_plus_listings_csv,
    suspensions_csv,
};
use species::imported::{NameSet, write};

use crate::parts;

/// Every row is read or told with its line; a download is known for what it is; line ends change nothing;
/// names that are read are found again in their file.
pub fn downloads(bytes: &[u8]) {
    let text = parts::text(bytes);
    let text = &*text;
    each(text, index_csv);
    each(text, species_plus_listings_csv);
    each(text, quotas_csv);
    each(text, suspensions_csv);
    let is_read = match import::detect(text) {
        None => true,
        Some(OfficialFormat::Index) => index_csv(text).is_ok() || is_short(index_csv(text)),
        Some(OfficialFormat::Listings) => {
            species_plus_listings_csv(text).is_ok() || is_short(species_plus_listings_csv(text))
        }
        Some(OfficialFormat::Quotas) => quotas_csv(text).is_ok(),
        Some(OfficialFormat::Suspensions) => suspensions_csv(text).is_ok() || is_short(suspensions_csv(text)),
    };
    assert!(is_read, "what is known for a download is read, or lacks columns");
    if let Ok(index) = index_csv(text) {
        kept(&index);
    }
}

fn is_short<T>(read: Result<Read<T>, ImportError>) -> bool {
    matches!(read, Err(ImportError::MissingColumn { .. }))
}

fn each<T: PartialEq + std::fmt::Debug>(text: &str, read: impl Fn(&str) -> Result<Read<T>, ImportError>) {
    let found = read(text);
    if !text.contains(['\r', '"']) {
        // Line ends inside quotes are a part of the cell.
        assert_eq!(read(&text.replace('\n', "\r\n")), found, "other line ends");
    }
    let Ok(found) = found else { return };
    assert!(found.problems.len() <= import::PROBLEMS_MAX);
    let mut lost: Vec<usize> =
        found.problems.iter().filter(|problem| problem.lost).map(|problem| problem.line).collect();
    lost.dedup();
    assert!(found.rows.len() <= found.seen);
    if found.more_problems == 0 {
        assert_eq!(found.rows.len() + lost.len(), found.seen, "a row is read or told: {:?}", found.problems);
    }
    for problem in &found.problems {
        assert!((1..=parts::lines(text)).contains(&(problem.line as u64)), "{problem}");
    }
}

/// Names that are read make a file, always the same, in which each is found.
fn kept(index: &Read<import::IndexRow>) {
    let mut set = NameSet::default();
    set.merge(&index.rows);
    assert_eq!(set.clone().merge(&index.rows).changed + set.clone().merge(&index.rows).added, 0);
    let bytes = write(&set);
    let names =
        ImportedNames::open(&bytes).unwrap_or_else(|error| unreachable!("a file just written: {error}"));
    assert_eq!(names.to_set().as_ref(), Ok(&set), "what is written is read");
    let taxa = names.taxa().unwrap_or_else(|error| unreachable!("a file just written: {error}"));
    for taxon in taxa {
        let found = names.find(taxon.kingdom, taxon.name);
        assert!(found.is_ok(), "{taxon:?}: {found:?}");
    }
}
