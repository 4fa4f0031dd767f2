//! An official download against the book, row by row.
//!
//! Source of truth: the rows as `species::import` read them. A download checks the book and rules nothing: a
//! row that differs is told with what the book says, and somebody looks.

use cites::{Amount, COUNTRIES, Country, Day, Kingdom, Place, Quantity, TaxonId, Unit};
use species::import::{QuotaAmount, QuotaRow, SuspensionRow};
use species::{Hint, Names};

use super::{BookFaults, LawBook};
use crate::bars::Test;
use crate::bars::quota::Quota;
use crate::listing::Origin;

/// How a row stands to the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Agreement {
    /// The book says the same.
    Agrees,
    /// The book says something else.
    Differs {
        /// What the book says.
        book: String,
    },
    /// The book has nothing to compare the row with.
    Unknown {
        /// Why.
        why: &'static str,
    },
}

const NO_TAXON: Agreement = Agreement::Unknown { why: "the name leads to no taxon of the book" };
const NO_NAME: Agreement = Agreement::Unknown { why: "the row names its taxon by an identifier only" };
const NO_STATE: Agreement = Agreement::Unknown { why: "the State is not known" };
const NO_QUOTA: Agreement = Agreement::Unknown { why: "the book has no quota of this taxon, State and year" };
const NO_SUSPENSION: Agreement =
    Agreement::Unknown { why: "the book has no suspension of this taxon and State" };

impl LawBook {
    /// Whether the book gives `name` the Appendices `listing` on `on`; an empty listing is in no Appendix.
    ///
    /// # Errors
    /// The faults of the book's tables.
    pub fn compare_listing(
        &self,
        names: &Names<'_>,
        kingdom: Kingdom,
        name: &str,
        listing: &str,
        on: Day,
    ) -> Result<Agreement, BookFaults> {
        let hint = Hint { kingdom: Some(kingdom), ..Hint::default() };
        let standing = self.standing(&names.resolve_with(name, hint), &Origin::Unstated, on)?;
        let book = standing.appendices.to_string();
        let told = if listing.is_empty() { "NC" } else { listing };
        Ok(match book {
            book if book == told => Agreement::Agrees,
            book if book.is_empty() => NO_TAXON,
            book => Agreement::Differs { book },
        })
    }

    /// Whether the book has the quota.
    ///
    /// # Errors
    /// The faults of the book's tables.
    pub fn compare_quota(&self, names: &Names<'_>, row: &QuotaRow) -> Result<Agreement, BookFaults> {
        if row.taxon.is_empty() {
            return Ok(NO_NAME);
        }
        let Some(taxon) = taxon(names, row.kingdom, &row.taxon) else { return Ok(NO_TAXON) };
        let Some(exporter) = country(&row.party) else { return Ok(NO_STATE) };
        let year = row.year.or(row.from.map(Day::year)).and_then(|year| u16::try_from(year).ok());
        let limits = self.limits(taxon, exporter, year)?;
        Ok(match limit(row) {
            _ if limits.is_empty() => NO_QUOTA,
            Some(wanted) if limits.contains(&wanted) => Agreement::Agrees,
            _ => Agreement::Differs { book: in_words(&limits) },
        })
    }

    /// Every limit of a taxon, State and year.
    fn limits(&self, taxon: TaxonId, exporter: Country, year: Option<u16>) -> Result<Vec<Quota>, BookFaults> {
        let yearly = self.yearly_quotas()?;
        let of_year = |first: u16, last: u16| year.is_none_or(|year| (first..=last).contains(&year));
        let published = yearly.rows().iter().filter(|row| {
            row.exporter == exporter
                && of_year(row.year_first, row.year_last)
                && yearly.taxon_of(row).is_some_and(|named| named.id() == taxon)
        });
        let mut limits: Vec<Quota> = published.map(|row| row.limit).collect();
        let middle = year.and_then(|year| Day::from_ymd(i16::try_from(year).ok()?, 7, 1));
        let annotated = self.quotas()?.rows().iter().filter(|row| {
            row.taxon.id() == taxon
                && row.exporter.hold(Some(Place::from(exporter))) == Test::Met
                && middle.is_none_or(|day| row.span.contains(day))
        });
        limits.extend(annotated.map(|row| row.limit));
        Ok(limits)
    }

    /// Whether the book has the suspension, and has it in force or ended as the row says, on `on`.
    ///
    /// # Errors
    /// The faults of the book's tables.
    pub fn compare_suspension(
        &self,
        names: &Names<'_>,
        row: &SuspensionRow,
        on: Day,
    ) -> Result<Agreement, BookFaults> {
        if row.taxon.is_empty() && row.taxon_id != 0 {
            return Ok(NO_NAME);
        }
        let named = taxon(names, row.kingdom, &row.taxon);
        if named.is_none() && !row.taxon.is_empty() {
            return Ok(NO_TAXON);
        }
        let state = country(&row.party);
        if state.is_none() && !row.party.is_empty() {
            return Ok(NO_STATE);
        }
        let known = self.suspensions()?.rows().iter();
        let same = known
            .filter(|known| known.country == state && known.taxon.as_ref().map(|taxon| taxon.id()) == named);
        let same: Vec<_> = same.collect();
        let holds = row.holds.unwrap_or(row.until.is_none_or(|until| on < until));
        let agrees = same.iter().any(|known| {
            known.certainty(on).is_some() == holds && row.from.is_none_or(|from| known.span.from == from)
        });
        Ok(match same.first() {
            None => NO_SUSPENSION,
            Some(_) if agrees => Agreement::Agrees,
            Some(first) => {
                let until =
                    first.span.until.map_or("no known end".to_owned(), |until| format!("until {until}"));
                Agreement::Differs { book: format!("{} from {}, {until}", first.id, first.span.from) }
            }
        })
    }
}

fn taxon(names: &Names<'_>, kingdom: Option<Kingdom>, name: &str) -> Option<TaxonId> {
    let resolution = names.resolve_with(name, Hint { kingdom, ..Hint::default() });
    resolution.taxon.filter(|_| resolution.doubts.is_empty())
}

/// A code, or a name in English.
fn country(written: &str) -> Option<Country> {
    let named =
        || COUNTRIES.iter().find(|fact| fact.name_en.eq_ignore_ascii_case(written)).map(|fact| fact.country);
    written.parse().ok().or_else(named)
}

fn limit(row: &QuotaRow) -> Option<Quota> {
    let QuotaAmount::UpTo(amount) = &row.amount else { return Some(Quota::NotPublished) };
    let amount: Amount = amount.parse().ok()?;
    if amount == Amount::ZERO {
        return Some(Quota::Zero);
    }
    let (unit, _) = Unit::read(&row.unit).ok()?;
    Some(Quota::UpTo(Quantity::new(amount, unit)))
}

fn in_words(limits: &[Quota]) -> String {
    let told = limits.iter().map(|limit| match limit {
        Quota::NotPublished => "none published".to_owned(),
        Quota::Zero => "zero".to_owned(),
        Quota::UpTo(most) => most.to_string(),
    });
    told.collect::<Vec<_>>().join(", ")
}
