//! What a change of a listing is: an addition, a move, a deletion, another annotation.
//!
//! Source of truth: the entries that end and begin, and the listing of the taxon on the day and on the day
//! before: an entry of a taxon's own may say what a higher entry said before.

use cites::{Appendix, AppendixSet, TaxonId};

use super::{Change, Dated};
use crate::book::{BookFaults, LawBook};
use crate::listing::{Entry, Origin, Population, Subject};

/// What a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// In no Appendix before, in one after.
    Added,
    /// In an Appendix before, in none after.
    Deleted,
    /// In another Appendix after.
    Moved,
    /// The parts and derivatives that the entry covers are others.
    Annotated,
    /// The populations are others.
    Repopulated,
    /// Only what is said of the entry is other.
    Remarked,
    /// Left out of the entry of a higher taxon.
    Excluded,
    /// No longer left out.
    Readmitted,
    /// The same Appendix by another entry.
    Restated,
    /// Something that is no listing begins.
    Began,
    /// It ends.
    Ended,
    /// One row takes the place of another.
    Replaced,
    /// A row may begin or end, or is no longer verified.
    Unsure,
}

impl Nature {
    /// The word of answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Nature::Added => "added",
            Nature::Deleted => "deleted",
            Nature::Moved => "moved",
            Nature::Annotated => "annotation-changed",
            Nature::Repopulated => "populations-changed",
            Nature::Remarked => "remark-changed",
            Nature::Excluded => "excluded",
            Nature::Readmitted => "no-longer-excluded",
            Nature::Restated => "same-appendix-by-another-entry",
            Nature::Began => "began",
            Nature::Ended => "ended",
            Nature::Replaced => "replaced",
            Nature::Unsure => "unsure",
        }
    }
}

impl LawBook {
    /// The Appendices of a taxon, whatever its population, on the day before a change and on the day.
    ///
    /// # Errors
    /// The faults of the tables of entries.
    pub fn appendices_around(
        &self,
        taxon: TaxonId,
        change: &Change<'_>,
    ) -> Result<(AppendixSet, AppendixSet), BookFaults> {
        let listings = self.listings()?;
        let on = |day| {
            let listing = listings.listing(self.backbone(), &Subject::itself(taxon), &Origin::Unstated, day);
            if listing.appendices.is_empty() { AppendixSet::NOT_CONTROLLED } else { listing.appendices }
        };
        Ok((on(change.day.previous()), on(change.day)))
    }

    /// What a change is.
    ///
    /// # Errors
    /// The faults of the tables of entries.
    pub fn nature(&self, change: &Change<'_>) -> Result<Nature, BookFaults> {
        let Some(taxon) = change.about.taxon().filter(|_| change.about.kind() == super::Kind::Listing) else {
            return Ok(match (change.ended.is_empty(), change.began.is_empty()) {
                (true, true) => Nature::Unsure,
                (true, false) => Nature::Began,
                (false, true) => Nature::Ended,
                (false, false) => Nature::Replaced,
            });
        };
        let (before, after) = self.appendices_around(taxon, change)?;
        Ok(of_listing(&entries(&change.ended), &entries(&change.began), before, after))
    }
}

fn entries<'b>(rows: &[Dated<'b>]) -> Vec<&'b Entry> {
    let entries = rows.iter().filter_map(|row| match row {
        Dated::Entry(entry) => Some(*entry),
        _ => None,
    });
    entries.collect()
}

fn of_listing(ended: &[&Entry], began: &[&Entry], before: AppendixSet, after: AppendixSet) -> Nature {
    let listed = |entries: &[&Entry]| -> Vec<Appendix> {
        let mut all: Vec<Appendix> = entries.iter().filter_map(|entry| entry.appendix).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (was, is) = (listed(ended), listed(began));
    if was.is_empty() && is.is_empty() {
        return match (ended.is_empty(), began.is_empty()) {
            (_, false) => Nature::Excluded,
            (false, true) => Nature::Readmitted,
            (true, true) => Nature::Unsure,
        };
    }
    if was == is {
        return of_same(ended, began);
    }
    match (before.strictest(), after.strictest()) {
        (None, Some(_)) => Nature::Added,
        (Some(_), None) => Nature::Deleted,
        _ if before != after => Nature::Moved,
        _ if was.is_empty() || is.is_empty() => Nature::Restated,
        _ => Nature::Moved,
    }
}

/// Entries of the same Appendix: what is other about them.
fn of_same(ended: &[&Entry], began: &[&Entry]) -> Nature {
    fn all<T: PartialEq>(entries: &[&Entry], of: impl Fn(&Entry) -> T) -> Vec<T> {
        let mut found = Vec::new();
        entries.iter().map(|entry| of(entry)).for_each(|one| {
            if !found.contains(&one) {
                found.push(one);
            }
        });
        found
    }
    let same_symbols =
        all(ended, |entry| entry.annotation.clone()) == all(began, |entry| entry.annotation.clone());
    let populations = |entries: &[&Entry]| -> Vec<(Option<cites::Country>, Population)> {
        all(entries, |entry| (entry.party, entry.population.clone()))
    };
    if !same_symbols {
        Nature::Annotated
    } else if populations(ended) != populations(began) {
        Nature::Repopulated
    } else if all(ended, |entry| entry.note.clone()) != all(began, |entry| entry.note.clone()) {
        Nature::Remarked
    } else {
        Nature::Restated
    }
}
