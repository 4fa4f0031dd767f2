//! The rows of the law book that an answer rests on, in words.
//!
//! Source of truth: the rows. Each keeps its id, by which `countrygate law show` and the tables know it.

use law::assess::Evidence;
use law::bars::quota::Quota;
use serde::Serialize;
use species::Backbone;

use crate::words;

/// A row of the law book that the answer rests on.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// Its id.
    pub id: String,
    /// The key of the fact that it decides.
    pub fact: &'static str,
    /// What it says.
    pub words: String,
    /// Where it was read.
    pub source: String,
    /// How sure it is, by its letter.
    pub confidence: &'static str,
    /// Whether it is verified.
    pub verified: bool,
}

/// The view of a row.
pub fn of(evidence: &Evidence<'_>, backbone: &Backbone) -> EvidenceView {
    EvidenceView {
        id: evidence.id().to_owned(),
        fact: evidence.fact().key(),
        words: words_of(evidence, backbone),
        source: source_of(evidence).to_owned(),
        confidence: evidence.confidence().as_str(),
        verified: evidence.confidence().is_verified(),
    }
}

fn words_of(evidence: &Evidence<'_>, backbone: &Backbone) -> String {
    match evidence {
        Evidence::Entry(entry) => {
            let taxon = backbone.name(entry.taxon);
            let since = format!("since {} ({})", words::day(entry.from), entry.event);
            match (entry.appendix, entry.party) {
                (None, _) => format!("{taxon} left out of the entry of a higher taxon {since}"),
                (Some(appendix), Some(party)) => {
                    format!(
                        "{taxon} in Appendix {appendix} at the request of {} {since}",
                        words::country(party)
                    )
                }
                (Some(appendix), None) => format!("{taxon} in Appendix {appendix} {since}"),
            }
        }
        Evidence::Annotation(text) => {
            format!("annotation {} in the text of {}", text.symbol, words::day(text.span.from))
        }
        Evidence::Deemed(row) => {
            let taxon = backbone.name(row.taxon.id());
            format!(
                "the kinds of specimen of {taxon} that stay in Appendix II; others count as Appendix {}",
                row.otherwise
            )
        }
        Evidence::Suspension(row) => {
            let state = row.country.map_or_else(|| "any State".to_owned(), words::country);
            let taxon = row.taxon.as_ref().map_or("all taxa", |taxon| backbone.name(taxon.id()));
            format!("the suspension of trade in {taxon} with {state} since {}", words::day(row.span.from))
        }
        Evidence::Quota(row) => {
            format!("a quota of {} for {}", limit(&row.limit), backbone.name(row.taxon.id()))
        }
        Evidence::YearlyQuota(row) => {
            let years = if row.year_first == row.year_last {
                row.year_first.to_string()
            } else {
                format!("{} to {}", row.year_first, row.year_last)
            };
            format!("the quota of {} for {years}: {}", words::country(row.exporter), limit(&row.limit))
        }
        Evidence::Reservation(row) => {
            format!("the reservation of {} since {}", words::country(row.party), words::day(row.span.from))
        }
        Evidence::National(entry) => format!("{} in the national list", entry.taxon.name()),
        Evidence::Medicinal(row) => format!("the medicinal material {}", row.material_en),
        Evidence::Prohibition(row) => format!("the national prohibition: {}", row.title),
        Evidence::Carried(row) => format!("what may not be carried or sent in: {}", row.name_en),
    }
}

fn limit(limit: &Quota) -> String {
    match limit {
        Quota::NotPublished => "an amount not published".to_owned(),
        Quota::Zero => "zero".to_owned(),
        Quota::UpTo(most) => words::quantity(*most),
    }
}

fn source_of<'b>(evidence: &Evidence<'b>) -> &'b str {
    match evidence {
        Evidence::Entry(entry) => &entry.source,
        Evidence::Annotation(text) => &text.provenance.source,
        Evidence::Deemed(row) => &row.provenance.source,
        Evidence::Suspension(row) => &row.provenance.source,
        Evidence::Quota(row) => &row.provenance.source,
        Evidence::YearlyQuota(row) => &row.source,
        Evidence::Reservation(row) => &row.provenance.source,
        Evidence::National(entry) => &entry.origin.provenance.source,
        Evidence::Medicinal(row) => &row.origin.provenance.source,
        Evidence::Prohibition(row) => &row.origin.provenance.source,
        Evidence::Carried(row) => &row.origin.provenance.source,
    }
}
