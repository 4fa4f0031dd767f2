//! What is shown of a change of the law, for every format: `docs/reference/law-diff.md` describes it.
//!
//! Source of truth: the rows of the book and the nature of their change. Nothing is decided here.

mod words;

use cites::{AppendixSet, Country, Day};
use law::book::{About, BookFaults, Change, Dated, Event, Kind, LawBook};
use serde::Serialize;

/// Rows that end and begin on one day.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// The day.
    pub day: Day,
    /// The kind of table, as a word.
    pub kind: &'static str,
    /// The taxon, where it is about one.
    pub taxon: Option<String>,
    /// The State, where it is about one.
    pub country: Option<Country>,
    /// The symbol, where it is about an annotation.
    pub annotation: Option<String>,
    /// The pack, for what a country or region adds.
    pub pack: Option<String>,
    /// What it is about, in words.
    pub title: String,
    /// What it is, as a word.
    pub nature: &'static str,
    /// What it comes to, in words.
    pub words: String,
    /// The Appendices of the taxon before and after, whatever its population; only of a listing.
    pub before: Option<AppendixSet>,
    /// After.
    pub after: Option<AppendixSet>,
    /// Rows that end.
    pub ended: Vec<RowView>,
    /// Rows that begin.
    pub began: Vec<RowView>,
    /// Rows that may begin or end, or are no longer verified.
    pub others: Vec<OtherView>,
    /// Whether every row of it is verified.
    pub verified: bool,
}

/// A row in words.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Where it was read.
    pub source: String,
    /// Whether it is verified.
    pub verified: bool,
}

/// A row to which something else happens.
#[derive(Debug, Clone, Serialize)]
pub struct OtherView {
    /// What happens, as a word.
    pub event: &'static str,
    /// The row.
    #[serde(flatten)]
    pub row: RowView,
}

/// The view of a change.
///
/// # Errors
/// The tables of entries have a fault.
pub fn of(book: &LawBook, change: &Change<'_>) -> Result<ChangeView, BookFaults> {
    let nature = book.nature(change)?;
    let kind = change.about.kind();
    let listed = change.about.taxon().filter(|_| kind == Kind::Listing);
    let around = listed.map(|taxon| book.appendices_around(taxon, change)).transpose()?;
    let (before, after) = around.unwrap_or_default();
    let annotation = match &change.about {
        About::Annotation(symbol) => Some(symbol.to_string()),
        _ => None,
    };
    let pack = match &change.about {
        About::Pack(_, pack, _) => Some(pack.to_string()),
        _ => None,
    };
    let taxon = change.about.taxon().map(|taxon| book.backbone().name(taxon).to_owned());
    Ok(ChangeView {
        day: change.day,
        kind: kind.as_str(),
        taxon: taxon.or_else(|| named(change)),
        country: change.about.country(),
        annotation,
        pack,
        title: words::title(book, &change.about),
        nature: nature.as_str(),
        words: words::sentence(change, nature, before, after),
        before: around.map(|(before, _)| before),
        after: around.map(|(_, after)| after),
        ended: change.ended.iter().map(row).collect(),
        began: change.began.iter().map(row).collect(),
        others: change.others.iter().map(|(event, known)| other(*event, known)).collect(),
        verified: change.rows().all(Dated::is_verified),
    })
}

/// The taxon that a row of a national list names.
fn named(change: &Change<'_>) -> Option<String> {
    change.rows().find_map(|row| match row {
        Dated::National(_, entry) => Some(entry.taxon.name().to_owned()),
        _ => None,
    })
}

fn row(row: &Dated<'_>) -> RowView {
    RowView {
        id: row.id().into_owned(),
        text: words::row(row),
        source: row.source().into_owned(),
        verified: row.is_verified(),
    }
}

fn other(event: Event, known: &Dated<'_>) -> OtherView {
    OtherView { event: event.as_str(), row: row(known) }
}

impl ChangeView {
    /// Whether it is one of many of its kind on its day, such as the entries of a whole national list.
    pub fn is_of_many(&self) -> bool {
        [Kind::National, Kind::YearlyQuota].iter().any(|kind| kind.as_str() == self.kind)
    }

    /// The ids of its rows that ended, or of those that began.
    pub fn ids(rows: &[RowView]) -> String {
        rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>().join(";")
    }
}
