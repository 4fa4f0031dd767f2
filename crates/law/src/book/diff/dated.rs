//! A row with days, of whichever table.

use std::borrow::Cow;

use cites::{Country, Day, PartyFact, RuleId, Span, TaxonId};

use crate::annotation::AnnotationText;
use crate::assess::Evidence;
use crate::bars::deemed::DeemedRow;
use crate::bars::quota::QuotaRow;
use crate::bars::quota_yearly::YearlyQuota;
use crate::bars::reservation::Reservation;
use crate::bars::suspension::Suspension;
use crate::bars::{ListedTaxon, Provenance};
use crate::listing::Entry;
use crate::pack::{
    CalendarRow, CarriedBan, Delegation, Designation, Livestock, Medicinal, NationalEntry, Pack, PackPaper,
    PackTaxon, Prohibition, Validity,
};
use crate::rule::Rule;

/// A row with days.
#[derive(Debug, Clone, Copy)]
pub enum Dated<'b> {
    /// An entry of the Appendices.
    Entry(&'b Entry),
    /// The text of an annotation.
    Annotation(&'b AnnotationText),
    /// Specimens for which an Appendix II entry of a population holds.
    Deemed(&'b DeemedRow),
    /// A quota of the Appendices or the Conference.
    Quota(&'b QuotaRow),
    /// A quota that a Party published for a year, and its taxon.
    YearlyQuota(&'b YearlyQuota, TaxonId),
    /// A suspension.
    Suspension(&'b Suspension),
    /// A reservation.
    Reservation(&'b Reservation),
    /// Whether the Convention binds a State.
    Party(&'static PartyFact),
    /// A rule.
    Rule(RuleId, &'b Rule),
    /// An entry of a national list.
    National(&'b Pack, &'b NationalEntry),
    /// What a country forbids whatever the papers.
    Prohibition(&'b Pack, &'b Prohibition),
    /// What may not be carried, posted or sent in.
    Carried(&'b Pack, &'b CarriedBan),
    /// A medicinal material.
    Medicinal(&'b Pack, &'b Medicinal),
    /// Who decides.
    Delegation(&'b Pack, &'b Delegation),
    /// A form kept as livestock.
    Livestock(&'b Pack, &'b Livestock),
    /// When ports are open.
    Calendar(&'b Pack, &'b CalendarRow),
    /// Whether a port is designated.
    Designation(&'b Pack, &'b Designation),
    /// How long a paper is good.
    Validity(&'b Pack, &'b PackPaper, &'b Validity),
}

/// What happens to a row on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// It no longer holds.
    Ends,
    /// It holds.
    Begins,
    /// The first day on which it may hold, where its day is known within bounds only.
    MayBegin,
    /// The first day on which it may no longer hold.
    MayEnd,
    /// It was last seen in force the day before.
    Unverified,
}

/// Something that happens to a row on a day.
#[derive(Debug, Clone, Copy)]
pub struct RowEvent<'b> {
    /// The day.
    pub day: Day,
    /// What happens.
    pub event: Event,
    /// The row.
    pub row: Dated<'b>,
}

impl Event {
    /// The word of answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Event::Ends => "ends",
            Event::Begins => "begins",
            Event::MayBegin => "may-begin",
            Event::MayEnd => "may-end",
            Event::Unverified => "no-longer-verified",
        }
    }
}

impl<'b> Dated<'b> {
    /// The id of the row, or what stands for one.
    pub fn id(&self) -> Cow<'b, str> {
        match self {
            Dated::Entry(entry) => Cow::Borrowed(&entry.id),
            Dated::Annotation(text) => Cow::Owned(format!("{}.{}", text.symbol, text.span.from)),
            Dated::Deemed(row) => Cow::Borrowed(&row.id),
            Dated::Quota(row) => Cow::Borrowed(&row.id),
            Dated::YearlyQuota(row, _) if row.year_first == row.year_last => {
                Cow::Owned(format!("{}.{}.{}", row.source, row.exporter, row.year_first))
            }
            Dated::YearlyQuota(row, _) => {
                Cow::Owned(format!("{}.{}.{}-{}", row.source, row.exporter, row.year_first, row.year_last))
            }
            Dated::Suspension(row) => Cow::Borrowed(&row.id),
            Dated::Reservation(row) => Cow::Borrowed(&row.id),
            Dated::Party(fact) => {
                let from = fact.from.map(|day| format!(".{day}")).unwrap_or_default();
                Cow::Owned(format!("{}{from}", fact.country))
            }
            Dated::Rule(_, rule) => Cow::Borrowed(&rule.key),
            Dated::National(pack, row) => {
                Cow::Owned(format!("{}/{}.{}", pack.folder(), row.taxon.name(), row.span.from))
            }
            Dated::Prohibition(_, row) => Cow::Borrowed(&row.id),
            Dated::Carried(_, row) => Cow::Borrowed(&row.id),
            Dated::Medicinal(_, row) => Cow::Borrowed(&row.id),
            Dated::Delegation(pack, row) => {
                Cow::Owned(format!("{}/delegation line {}", pack.folder(), row.origin.line))
            }
            Dated::Livestock(pack, row) => {
                Cow::Owned(format!("{}/livestock line {}", pack.folder(), row.origin.line))
            }
            Dated::Calendar(pack, row) => {
                Cow::Owned(format!("{}/port_calendar line {}", pack.folder(), row.origin.line))
            }
            Dated::Designation(pack, row) => {
                Cow::Owned(format!("{}/designated_ports line {}", pack.folder(), row.origin.line))
            }
            Dated::Validity(_, paper, row) => Cow::Owned(format!("{}.{}", paper.kind, row.span.from)),
        }
    }

    /// Where the row was read.
    pub fn source(&self) -> Cow<'b, str> {
        match self {
            Dated::Entry(entry) => Cow::Borrowed(&entry.source),
            Dated::YearlyQuota(row, _) => Cow::Borrowed(&row.source),
            Dated::Party(fact) => Cow::Borrowed(fact.source),
            Dated::Rule(_, rule) => Cow::Owned(format!("{}, {}", rule.source.title, rule.source.clause)),
            other => other.provenance().map_or(Cow::Borrowed(""), |row| Cow::Borrowed(&*row.source)),
        }
    }

    /// Whether an answer that rests on the row is verified.
    pub fn is_verified(&self) -> bool {
        match self {
            Dated::Entry(entry) => entry.is_verified(),
            Dated::Party(fact) => fact.confidence.is_verified(),
            Dated::Rule(_, rule) => rule.confidence.is_verified(),
            // Read in the publication.
            Dated::YearlyQuota(..) => true,
            other => other.provenance().is_some_and(|row| row.confidence.is_verified()),
        }
    }

    fn provenance(&self) -> Option<&'b Provenance> {
        Some(match self {
            Dated::Annotation(text) => &text.provenance,
            Dated::Deemed(row) => &row.provenance,
            Dated::Quota(row) => &row.provenance,
            Dated::Suspension(row) => &row.provenance,
            Dated::Reservation(row) => &row.provenance,
            Dated::National(_, row) => &row.origin.provenance,
            Dated::Prohibition(_, row) => &row.origin.provenance,
            Dated::Carried(_, row) => &row.origin.provenance,
            Dated::Medicinal(_, row) => &row.origin.provenance,
            Dated::Delegation(_, row) => &row.origin.provenance,
            Dated::Livestock(_, row) => &row.origin.provenance,
            Dated::Calendar(_, row) => &row.origin.provenance,
            Dated::Designation(_, row) => &row.origin.provenance,
            Dated::Validity(_, _, row) => &row.provenance,
            Dated::Entry(_) | Dated::YearlyQuota(..) | Dated::Party(_) | Dated::Rule(..) => return None,
        })
    }

    /// The days on which it holds.
    pub fn span(&self) -> Span {
        match self {
            Dated::Entry(entry) => Span { from: entry.from, until: entry.until },
            Dated::Annotation(text) => text.span,
            Dated::Deemed(row) => row.span,
            Dated::Quota(row) => row.span,
            Dated::YearlyQuota(row, _) => years(row.year_first, row.year_last),
            Dated::Suspension(row) => row.span,
            Dated::Reservation(row) => row.span,
            Dated::Party(fact) => Span { from: fact.from.unwrap_or(Day::MIN), until: fact.until },
            Dated::Rule(_, rule) => rule.in_force,
            Dated::National(_, row) => row.span,
            Dated::Prohibition(_, row) => row.span,
            Dated::Carried(_, row) => row.span,
            Dated::Medicinal(_, row) => row.span,
            Dated::Delegation(_, row) => row.span,
            Dated::Livestock(_, row) => row.span,
            Dated::Calendar(_, row) => row.span,
            Dated::Designation(_, row) => row.span,
            Dated::Validity(_, _, row) => row.span,
        }
    }

    /// The taxa of the tree that it names; none where it speaks of everything.
    pub fn taxa(&self) -> Vec<TaxonId> {
        let of_pack = |taxa: &[PackTaxon]| taxa.iter().filter_map(PackTaxon::id).collect();
        match self {
            Dated::Entry(entry) => vec![entry.taxon],
            Dated::Deemed(row) => vec![row.taxon.id()],
            Dated::Quota(row) => vec![row.taxon.id()],
            Dated::YearlyQuota(_, taxon) => vec![*taxon],
            Dated::Suspension(row) => row.taxon.iter().map(ListedTaxon::id).collect(),
            Dated::Reservation(row) => vec![row.taxon.id()],
            Dated::National(_, row) => row.taxon.id().into_iter().collect(),
            Dated::Prohibition(_, row) => of_pack(&row.taxa.taxa),
            Dated::Carried(_, row) => of_pack(&row.taxa.taxa),
            Dated::Medicinal(_, row) => of_pack(&row.taxa.taxa),
            Dated::Delegation(_, row) => of_pack(&row.taxa),
            Dated::Livestock(_, row) => of_pack(&row.taxa.taxa),
            Dated::Annotation(_)
            | Dated::Party(_)
            | Dated::Rule(..)
            | Dated::Calendar(..)
            | Dated::Designation(..)
            | Dated::Validity(..) => Vec::new(),
        }
    }

    /// The State whose trade the row is about, where it is about one; for a row of a pack, the pack's.
    pub fn country(&self) -> Option<Country> {
        match self {
            Dated::Suspension(row) => row.country,
            Dated::Reservation(row) => Some(row.territory.unwrap_or(row.party)),
            Dated::YearlyQuota(row, _) => Some(row.exporter),
            Dated::Party(fact) => Some(fact.country),
            Dated::National(pack, _)
            | Dated::Prohibition(pack, _)
            | Dated::Carried(pack, _)
            | Dated::Medicinal(pack, _)
            | Dated::Delegation(pack, _)
            | Dated::Livestock(pack, _)
            | Dated::Calendar(pack, _)
            | Dated::Designation(pack, _)
            | Dated::Validity(pack, ..) => Some(pack.place().country),
            _ => None,
        }
    }

    /// Whether an assessment that rests on `evidence` rests on this row.
    pub fn is(&self, evidence: &Evidence<'_>) -> bool {
        match (self, evidence) {
            (Dated::Entry(one), Evidence::Entry(other)) => std::ptr::eq(*one, *other),
            (Dated::Annotation(one), Evidence::Annotation(other)) => std::ptr::eq(*one, *other),
            (Dated::Deemed(one), Evidence::Deemed(other)) => std::ptr::eq(*one, *other),
            (Dated::Quota(one), Evidence::Quota(other)) => std::ptr::eq(*one, *other),
            (Dated::YearlyQuota(one, _), Evidence::YearlyQuota(other)) => std::ptr::eq(*one, *other),
            (Dated::Suspension(one), Evidence::Suspension(other)) => std::ptr::eq(*one, *other),
            (Dated::Reservation(one), Evidence::Reservation(other)) => std::ptr::eq(*one, *other),
            (Dated::National(_, one), Evidence::National(other)) => std::ptr::eq(*one, *other),
            (Dated::Prohibition(_, one), Evidence::Prohibition(other)) => std::ptr::eq(*one, *other),
            (Dated::Carried(_, one), Evidence::Carried(other)) => std::ptr::eq(*one, *other),
            (Dated::Medicinal(_, one), Evidence::Medicinal(other)) => std::ptr::eq(*one, *other),
            _ => false,
        }
    }
}

/// The days of whole years. A year outside the calendar of the book is one that never comes.
fn years(first: u16, last: u16) -> Span {
    let first_of = |year: u16| i16::try_from(year).ok().and_then(|year| Day::from_ymd(year, 1, 1));
    Span { from: first_of(first).unwrap_or(Day::MAX), until: first_of(last + 1) }
}
