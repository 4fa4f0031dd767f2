//! The law book: every table together, each read when it is first asked for.
//!
//! Source of truth: `data/species`, `data/law` and `data/packs`, as text in [`Tables`]. What shipped tables
//! hold is checked when the program is built; tables laid over them are checked by [`LawBook::from_tables`]
//! before anything is answered. The book answers nothing itself: listings, bars and rules do.

mod compare;
mod diff;
pub mod editions;
mod error;
mod national;
mod office;
mod read;
mod standing;
mod tables;
pub mod touch;

use std::sync::OnceLock;

use cites::EditionId;
use species::Backbone;

pub use compare::Agreement;
pub use diff::{About, Change, Dated, Event, Kind, Nature, RowEvent};
pub use error::{BookError, BookFaults, FAULTS_SHOWN};
pub use national::NationalStanding;
pub use standing::Standing;
pub use tables::Tables;

use crate::annotation::Annotations;
use crate::assess::{Pairs, Sources};
use crate::bars::deemed::Deemed;
use crate::bars::quota::Quotas;
use crate::bars::quota_yearly::YearlyQuotas;
use crate::bars::reservation::Reservations;
use crate::bars::suspension::Suspensions;
use crate::listing::Listings;
use crate::pack::Pack;
use crate::rule::{GroupIndex, RuleBook};
use crate::table::TableError;

/// The law of every day, as one edition of the tables holds it.
#[derive(Debug)]
pub struct LawBook {
    tables: Tables,
    edition: EditionId,
    backbone: Backbone,
    listings: Part<Listings>,
    annotations: Part<Annotations>,
    deemed: Part<Deemed>,
    suspensions: Part<Suspensions>,
    quotas: Part<Quotas>,
    yearly_quotas: Part<YearlyQuotas>,
    reservations: Part<Reservations>,
    pairs: Part<Pairs>,
    rules: Part<(RuleBook, GroupIndex)>,
    packs: Part<Vec<Pack>>,
}

/// A part of the book that is read when it is first asked for.
#[derive(Debug)]
struct Part<T>(OnceLock<Result<T, BookFaults>>);

impl<T> Default for Part<T> {
    fn default() -> Part<T> {
        Part(OnceLock::new())
    }
}

impl<T> Part<T> {
    fn get(&self, read: impl FnOnce() -> Result<T, Vec<BookError>>) -> Result<&T, BookFaults> {
        self.0.get_or_init(|| read().map_err(BookFaults)).as_ref().map_err(BookFaults::clone)
    }
}

impl LawBook {
    /// A book of `tables`, every one of which is read and checked.
    ///
    /// # Errors
    /// Every fault found: a table that is missing, a row that cannot be read or has no source, days that
    /// overlap, a code or taxon that is not known, rules that contradict each other.
    pub fn from_tables(tables: Tables) -> Result<LawBook, BookFaults> {
        let edition = tables.edition();
        let book = LawBook::open(tables, edition)?;
        let parts = [
            book.listings().err(),
            book.annotations().err(),
            book.deemed().err(),
            book.suspensions().err(),
            book.quotas().err(),
            book.yearly_quotas().err(),
            book.reservations().err(),
            book.pairs().err(),
            book.rules().err(),
            book.packs().err(),
        ];
        let mut faults: Vec<BookError> = parts.into_iter().flatten().flat_map(|faults| faults.0).collect();
        faults.extend(office::unknown(&book.tables));
        if faults.is_empty() { Ok(book) } else { Err(BookFaults(faults)) }
    }

    /// A book of tables that were checked before, whose edition is known. Only the tree of taxa is read; a
    /// fault elsewhere is found where the table is first used.
    ///
    /// # Errors
    /// The tree of taxa cannot be read.
    pub fn open(tables: Tables, edition: EditionId) -> Result<LawBook, BookFaults> {
        let backbone = read::backbone(&tables).map_err(BookFaults)?;
        Ok(LawBook {
            tables,
            edition,
            backbone,
            listings: Part::default(),
            annotations: Part::default(),
            deemed: Part::default(),
            suspensions: Part::default(),
            quotas: Part::default(),
            yearly_quotas: Part::default(),
            reservations: Part::default(),
            pairs: Part::default(),
            rules: Part::default(),
            packs: Part::default(),
        })
    }

    /// The text of the tables.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The edition.
    pub fn edition(&self) -> EditionId {
        self.edition
    }

    /// The tree of taxa.
    pub fn backbone(&self) -> &Backbone {
        &self.backbone
    }

    /// The entries of the Appendices.
    ///
    /// # Errors
    /// The faults of its tables.
    pub fn listings(&self) -> Result<&Listings, BookFaults> {
        self.listings.get(|| {
            let populations = self.needed("law/populations.csv")?;
            let path = "law/listings.csv";
            let read = Listings::from_tables(self.needed(path)?, populations, &self.backbone);
            read.map_err(|faults| faults.into_iter().map(|fault| read::of_listings(fault, path)).collect())
        })
    }

    /// The `#` annotations.
    ///
    /// # Errors
    /// The faults of its table.
    pub fn annotations(&self) -> Result<&Annotations, BookFaults> {
        self.annotations.get(|| self.read("law/annotations.csv", Annotations::from_table))
    }

    /// Population entries that hold for some kinds of specimen only.
    ///
    /// # Errors
    /// The faults of its table.
    pub fn deemed(&self) -> Result<&Deemed, BookFaults> {
        self.deemed.get(|| self.read("law/deemed.csv", Deemed::from_table))
    }

    /// Recommendations to suspend trade.
    ///
    /// # Errors
    /// The faults of its table.
    pub fn suspensions(&self) -> Result<&Suspensions, BookFaults> {
        self.suspensions.get(|| self.read("law/suspensions.csv", Suspensions::from_table))
    }

    /// Quotas of the Appendices and of the Conference.
    ///
    /// # Errors
    /// The faults of its table.
    pub fn quotas(&self) -> Result<&Quotas, BookFaults> {
        self.quotas.get(|| self.read("law/quotas.csv", Quotas::from_table))
    }

    /// Quotas that Parties published year by year.
    ///
    /// # Errors
    /// The faults of its table.
    pub fn yearly_quotas(&self) -> Result<&YearlyQuotas, BookFaults> {
        self.yearly_quotas.get(|| self.read("law/quotas_yearly.csv", YearlyQuotas::from_table))
    }

    /// Reservations of Parties.
    ///
    /// # Errors
    /// The faults of its table.
    pub fn reservations(&self) -> Result<&Reservations, BookFaults> {
        self.reservations.get(|| self.read("law/reservations.csv", Reservations::from_table))
    }

    /// Which units and purposes usually go with a kind of specimen.
    ///
    /// # Errors
    /// The faults of its table.
    pub fn pairs(&self) -> Result<&Pairs, BookFaults> {
        self.pairs.get(|| self.read("law/pairs.csv", |text, _| Pairs::from_table(text)))
    }

    /// The rules of the treaty and of the packs.
    ///
    /// # Errors
    /// The faults of their files.
    pub fn rules(&self) -> Result<&RuleBook, BookFaults> {
        self.rules_and_groups().map(|(rules, _)| rules)
    }

    /// What countries and regions add, with what the office has confirmed laid over.
    ///
    /// # Errors
    /// The faults of their tables.
    pub fn packs(&self) -> Result<&[Pack], BookFaults> {
        self.packs.get(|| read::packs(&self.tables, &self.backbone)).map(Vec::as_slice)
    }

    /// Everything that an assessment reads.
    ///
    /// # Errors
    /// The faults of any table.
    pub fn sources(&self) -> Result<Sources<'_>, BookFaults> {
        let (rules, groups) = self.rules_and_groups()?;
        Ok(Sources {
            backbone: &self.backbone,
            listings: self.listings()?,
            annotations: self.annotations()?,
            deemed: self.deemed()?,
            suspensions: self.suspensions()?,
            quotas: self.quotas()?,
            yearly_quotas: self.yearly_quotas()?,
            reservations: self.reservations()?,
            pairs: self.pairs()?,
            rules,
            groups,
            packs: self.packs()?,
            edition: self.edition,
        })
    }

    fn rules_and_groups(&self) -> Result<&(RuleBook, GroupIndex), BookFaults> {
        self.rules.get(|| {
            let rules = read::rules(&self.tables, &self.backbone)?;
            let groups = GroupIndex::build(&rules, &self.backbone);
            Ok((rules, groups))
        })
    }

    fn needed(&self, path: &str) -> Result<&str, Vec<BookError>> {
        read::needed(&self.tables, path)
    }

    /// Reads one table, with what the office has confirmed laid over.
    fn read<T>(
        &self,
        path: &str,
        read: impl FnOnce(&str, &Backbone) -> Result<T, Vec<TableError>>,
    ) -> Result<T, Vec<BookError>> {
        let text = office::laid_over(&self.tables, path, self.needed(path)?)?;
        let read = read(&text, &self.backbone);
        read.map_err(|faults| faults.into_iter().map(|fault| BookError::of_law(path, fault)).collect())
    }
}

#[cfg(test)]
mod tests;
