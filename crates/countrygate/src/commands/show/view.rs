//! What `law show` answers, as data: the text and the JSON are written from it.
//!
//! The fields are a promise; `docs/reference/json.md` says what each means.

use cites::{Appendix, AppendixSet, Country, Day, EditionId, Place, Term};
use serde::Serialize;

use crate::commands::doubt::DoubtView;

/// The law of a taxon on a day.
#[derive(Debug, Serialize)]
pub struct Shown {
    pub edition: EditionId,
    pub on: Day,
    pub origin: Option<Place>,
    pub term: Option<Term>,
    pub input: String,
    pub matched: String,
    pub r#match: &'static str,
    pub rank: Option<&'static str>,
    pub doubts: Vec<DoubtView>,
    pub excluded_form: Option<String>,
    pub taxa: Vec<TaxonView>,
    pub listing: AppendixSet,
    pub listing_doubts: Vec<&'static str>,
    pub verified: bool,
    pub first_listed: Option<Day>,
    pub entries: Vec<EntryView>,
    pub coming: Vec<EntryView>,
    pub history: Vec<EntryView>,
    pub annotations: Vec<AnnotationView>,
    pub deemed: Vec<DeemedView>,
    pub suspensions: Vec<SuspensionView>,
    pub quotas: Vec<QuotaView>,
    pub yearly_quotas: Vec<YearlyView>,
    pub reservations: Vec<ReservationView>,
    pub reservation_history: Vec<ReservationView>,
    pub national: Vec<NationalView>,
}

/// A taxon asked about.
#[derive(Debug, Serialize)]
pub struct TaxonView {
    pub name: String,
    pub rank: &'static str,
    pub kingdom: &'static str,
    pub above: Vec<String>,
    pub common_names: Vec<CommonName>,
}

/// A common name.
#[derive(Debug, Serialize)]
pub struct CommonName {
    pub language: &'static str,
    pub name: String,
}

/// Where a row comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView {
    pub source: String,
    pub confidence: &'static str,
    pub verified: bool,
    pub checked: Option<Day>,
}

/// An entry of the Appendices.
#[derive(Debug, Serialize)]
pub struct EntryView {
    pub id: String,
    pub taxon: String,
    pub appendix: Option<Appendix>,
    pub party: Option<Country>,
    pub population: Vec<Place>,
    pub except_population: Vec<Country>,
    pub annotation: Option<String>,
    pub note: String,
    pub from: Day,
    pub from_earliest: Option<Day>,
    pub until: Option<Day>,
    pub until_earliest: Option<Day>,
    pub event: String,
    /// `yes`, `perhaps` or `no`.
    pub in_force: &'static str,
    #[serde(flatten)]
    pub source: SourceView,
}

/// The text of an annotation on the day.
#[derive(Debug, Serialize)]
pub struct AnnotationView {
    pub symbol: String,
    pub taxon: String,
    /// `None` where no text for the day is known.
    pub text: Option<String>,
    pub from: Option<Day>,
    pub until: Option<Day>,
    /// For the kind of specimen asked about: `covered`, `free` or `unknown`.
    pub term: Option<&'static str>,
    pub because: Option<String>,
    pub missing: Vec<&'static str>,
    #[serde(flatten)]
    pub source: Option<SourceView>,
}

/// The specimens for which an Appendix II entry of a population holds.
#[derive(Debug, Serialize)]
pub struct DeemedView {
    pub id: String,
    pub taxon: String,
    pub population: Vec<Place>,
    pub terms: Vec<Term>,
    pub all_terms: bool,
    pub purposes: String,
    pub conditions: Vec<&'static str>,
    pub otherwise: Appendix,
    pub from: Day,
    pub until: Option<Day>,
    #[serde(flatten)]
    pub source: SourceView,
}

/// A suspension of trade.
#[derive(Debug, Serialize)]
pub struct SuspensionView {
    pub id: String,
    pub country: Option<Country>,
    pub taxon: Option<String>,
    /// Whether it stops the trade in a whole class, kingdom, or everything that is listed.
    pub is_broad: bool,
    pub directions: Vec<&'static str>,
    pub terms: String,
    pub sources: String,
    pub purposes: String,
    /// `in-force` or `not-verified`.
    pub certainty: &'static str,
    pub from: Day,
    pub until: Option<Day>,
    pub verified_to: Option<Day>,
    pub exceptions: Vec<String>,
    pub notification: String,
    #[serde(flatten)]
    pub source: SourceView,
}

/// A quota of the Appendices or of the Conference.
#[derive(Debug, Serialize)]
pub struct QuotaView {
    pub id: String,
    pub taxon: String,
    pub exporters: Vec<Place>,
    pub except_exporters: Vec<Place>,
    /// `zero`, `not-published`, or an amount with its unit.
    pub limit: String,
    #[serde(skip)]
    pub limit_in_words: String,
    pub terms: String,
    pub sources: String,
    pub purposes: String,
    pub condition: String,
    pub kind: &'static str,
    pub note: String,
    pub from: Day,
    pub until: Option<Day>,
    #[serde(flatten)]
    pub source: SourceView,
}

/// A quota that a Party published for the year.
#[derive(Debug, Serialize)]
pub struct YearlyView {
    pub taxon: String,
    pub exporter: Country,
    pub year_first: u16,
    pub year_last: u16,
    pub limit: String,
    #[serde(skip)]
    pub limit_in_words: String,
    pub terms: String,
    pub sources: String,
    pub note: String,
    pub source: String,
}

/// A reservation.
#[derive(Debug, Serialize)]
pub struct ReservationView {
    pub id: String,
    pub taxon: String,
    pub party: Country,
    pub territory: Option<Country>,
    pub appendix: Appendix,
    pub from: Day,
    pub until: Option<Day>,
    pub verified_to: Option<Day>,
    pub certainty: &'static str,
    pub ended_by: String,
    pub note: String,
    #[serde(flatten)]
    pub source: SourceView,
}

/// What a pack's national list says.
#[derive(Debug, Serialize)]
pub struct NationalView {
    pub pack: String,
    pub country: String,
    /// Whether the pack has a list for the day.
    pub held: bool,
    /// The classes that are possible: `I`, `II`, `regional`, `none`.
    pub classes: Vec<&'static str>,
    pub missing: Vec<&'static str>,
    pub entries: Vec<NationalEntryView>,
}

/// An entry of a national list.
#[derive(Debug, Serialize)]
pub struct NationalEntryView {
    pub taxon: String,
    pub as_listed: String,
    pub name_zh: String,
    pub class: &'static str,
    pub side: &'static str,
    pub scope: String,
    pub from: Day,
    pub until: Option<Day>,
    #[serde(flatten)]
    pub source: SourceView,
}
