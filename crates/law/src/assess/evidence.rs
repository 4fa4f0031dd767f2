//! The rows of the law book that an assessment rests on.

use cites::Confidence;
use smallvec::SmallVec;

use crate::annotation::AnnotationText;
use crate::bars::deemed::DeemedRow;
use crate::bars::quota::QuotaRow;
use crate::bars::quota_yearly::YearlyQuota;
use crate::bars::reservation::Reservation;
use crate::bars::suspension::Suspension;
use crate::listing::Entry;
use crate::pack::{CarriedBan, Medicinal, NationalEntry, Prohibition};
use crate::rule::Fact;

/// Rows, in place while they are few.
pub type EvidenceList<'b> = SmallVec<[Evidence<'b>; 12]>;

/// A row that a fact of the assessment rests on.
#[derive(Debug, Clone, Copy)]
pub enum Evidence<'b> {
    /// An entry of the Appendices.
    Entry(&'b Entry),
    /// A dated text of a `#` annotation.
    Annotation(&'b AnnotationText),
    /// A kind of specimen that stays in Appendix II.
    Deemed(&'b DeemedRow),
    /// A recommendation to suspend trade.
    Suspension(&'b Suspension),
    /// A quota of the Appendices or the Conference.
    Quota(&'b QuotaRow),
    /// A quota that a Party published for a year.
    YearlyQuota(&'b YearlyQuota),
    /// A reservation.
    Reservation(&'b Reservation),
    /// An entry of a national list.
    National(&'b NationalEntry),
    /// A medicinal material.
    Medicinal(&'b Medicinal),
    /// What a country forbids whatever the papers.
    Prohibition(&'b Prohibition),
    /// What may not be carried, posted or sent in.
    Carried(&'b CarriedBan),
}

impl<'b> Evidence<'b> {
    /// The fact that rests on the row.
    pub const fn fact(&self) -> Fact {
        match self {
            Evidence::Entry(_) | Evidence::Deemed(_) => Fact::Appendix,
            Evidence::Annotation(_) => Fact::Covered,
            Evidence::Suspension(_) => Fact::Suspension,
            Evidence::Quota(_) | Evidence::YearlyQuota(_) => Fact::Quota,
            Evidence::Reservation(_) => Fact::Reservation,
            Evidence::National(_) => Fact::NationalClass,
            Evidence::Medicinal(_) => Fact::Medicinal,
            Evidence::Prohibition(_) => Fact::Ban,
            Evidence::Carried(_) => Fact::CarriedBan,
        }
    }

    /// The readable id of the row.
    pub fn id(&self) -> &'b str {
        match self {
            Evidence::Entry(entry) => &entry.id,
            Evidence::Annotation(text) => &text.symbol,
            Evidence::Deemed(row) => &row.id,
            Evidence::Suspension(row) => &row.id,
            Evidence::Quota(row) => &row.id,
            Evidence::YearlyQuota(row) => &row.source,
            Evidence::Reservation(row) => &row.id,
            Evidence::National(entry) => entry.taxon.name(),
            Evidence::Medicinal(row) => &row.id,
            Evidence::Prohibition(row) => &row.id,
            Evidence::Carried(row) => &row.id,
        }
    }

    /// How sure the row is; a quota that a Party published was read in the publication.
    pub fn confidence(&self) -> Confidence {
        match self {
            Evidence::Entry(entry) => entry.confidence,
            Evidence::Annotation(text) => text.provenance.confidence,
            Evidence::Deemed(row) => row.provenance.confidence,
            Evidence::Suspension(row) => row.provenance.confidence,
            Evidence::Quota(row) => row.provenance.confidence,
            Evidence::YearlyQuota(_) => Confidence::Found,
            Evidence::Reservation(row) => row.provenance.confidence,
            Evidence::National(entry) => entry.origin.provenance.confidence,
            Evidence::Medicinal(row) => row.origin.provenance.confidence,
            Evidence::Prohibition(row) => row.origin.provenance.confidence,
            Evidence::Carried(row) => row.origin.provenance.confidence,
        }
    }
}
