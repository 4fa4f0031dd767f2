//! One entry of an Appendix while it is in force.
//!
//! Source of truth: `data/law/listings.csv`.

use cites::{Appendix, Confidence, Country, Day, Kingdom, TaxonId};
use species::Backbone;

use super::population::{NamedPopulations, Population};
use crate::table::{Row, TableError};

/// One entry of an Appendix while it is in force, or an exclusion from a higher taxon's entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The readable id: taxon, first day, Appendix, Party.
    pub id: Box<str>,
    /// The taxon that is listed.
    pub taxon: TaxonId,
    /// The Appendix; `None` for an exclusion from the entry of a higher taxon.
    pub appendix: Option<Appendix>,
    /// The Party that listed it; only in Appendix III.
    pub party: Option<Country>,
    /// The populations for which it holds.
    pub population: Population,
    /// The annotation that names parts and derivatives, such as `#4`.
    pub annotation: Option<Box<str>>,
    /// Remarks of the source.
    pub note: Box<str>,
    /// The first day; the last possible one where only the bounds are known.
    pub from: Day,
    /// The first possible day where the day is not known.
    pub from_earliest: Option<Day>,
    /// The first day on which it no longer holds.
    pub until: Option<Day>,
    /// The first possible such day where the day is not known.
    pub until_earliest: Option<Day>,
    /// The meeting or notification that brought it.
    pub event: Box<str>,
    /// Where the fact was read.
    pub source: Box<str>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The last day on which it was compared with the source.
    pub checked: Day,
}

/// Whether an entry is in force on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InForce {
    /// It is.
    Yes,
    /// The day lies between the bounds of a day that is not known.
    Perhaps,
    /// It is not.
    No,
}

/// The days between which an entry holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    earliest: Day,
    from: Day,
    until_earliest: Option<Day>,
    until: Option<Day>,
}

impl Days {
    /// Whether it holds on `on`.
    pub(super) fn in_force(self, on: Day) -> InForce {
        if on < self.earliest || self.until.is_some_and(|until| until <= on) {
            return InForce::No;
        }
        let perhaps = on < self.from || self.until_earliest.is_some_and(|earliest| earliest <= on);
        if perhaps { InForce::Perhaps } else { InForce::Yes }
    }
}

impl Entry {
    /// Whether the entry is in force on `on`.
    pub fn in_force(&self, on: Day) -> InForce {
        self.days().in_force(on)
    }

    /// The days between which it holds.
    pub(super) fn days(&self) -> Days {
        Days {
            earliest: self.from_earliest.unwrap_or(self.from),
            from: self.from,
            until_earliest: self.until_earliest,
            until: self.until,
        }
    }

    /// Whether an answer that rests on it is verified.
    pub fn is_verified(&self) -> bool {
        self.confidence.is_verified()
    }
}

/// The columns that a table of entries must have.
pub(super) const COLUMNS: [&str; 12] = [
    "id",
    "kingdom",
    "taxon",
    "appendix",
    "party",
    "population",
    "except_population",
    "annotation",
    "from",
    "until",
    "source",
    "confidence",
];

/// Reads a row.
pub(super) fn from_row(
    row: &Row<'_>,
    named: &NamedPopulations,
    backbone: &Backbone,
) -> Result<Entry, TableError> {
    let appendix = match row.needed("appendix")? {
        "NC" => None,
        _ => Some(row.parsed("appendix")?),
    };
    let party: Option<Country> = row.optional("party")?;
    if party.is_some() != (appendix == Some(Appendix::III)) {
        return Err(row.fault("party", "an entry of Appendix III names its Party, and no other entry does"));
    }
    let annotation = row.get("annotation");
    let (from, until): (Day, Option<Day>) = (row.parsed("from")?, row.optional("until")?);
    if until.is_some_and(|until| until <= from) {
        return Err(row.fault("until", "the entry ends before it begins; correct one of the two days"));
    }
    Ok(Entry {
        id: row.needed("id")?.into(),
        taxon: taxon(row, backbone)?,
        appendix,
        party,
        population: Population::from_row(row, named)?,
        annotation: (!annotation.is_empty()).then(|| annotation.into()),
        note: row.get("note").into(),
        from,
        from_earliest: row.optional("from_earliest")?,
        until,
        until_earliest: row.optional("until_earliest")?,
        event: row.get("event").into(),
        source: row.needed("source")?.into(),
        confidence: row.parsed("confidence")?,
        checked: row.parsed("checked")?,
    })
}

/// The taxon that a row names by `kingdom` and `taxon`; its accepted name or a name that stands for one taxon only.
fn taxon(row: &Row<'_>, backbone: &Backbone) -> Result<TaxonId, TableError> {
    let kingdom: Kingdom = row.parsed("kingdom")?;
    let name = row.needed("taxon")?;
    let found = backbone.find(Some(kingdom), name);
    let itself = found.iter().copied().find(|taxon| backbone.name(*taxon) == name);
    match (itself, found.as_slice()) {
        (Some(taxon), _) => Ok(taxon),
        (None, [taxon]) => Ok(*taxon),
        (None, []) => {
            Err(row
                .fault("taxon", &format!("`{name}` is not in taxa.csv; add the taxon or correct the name")))
        }
        (None, _) => {
            Err(row.fault("taxon", &format!("`{name}` stands for several taxa; write the accepted name")))
        }
    }
}
