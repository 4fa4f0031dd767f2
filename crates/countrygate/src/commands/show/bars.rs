//! Suspensions, quotas, reservations and national protection, as `law show` answers them.

use anyhow::Result;
use cites::Rank;
use law::bars::quota::{Quota, QuotaKind};
use law::bars::reservation::Reservation;
use law::bars::suspension::{Certainty, Suspension};
use law::bars::{ListedTaxon, Movement, Provenance};
use law::book::Standing;
use law::pack::{ManagingSide, NationalEntry, Scope};

use super::gather::{Lineages, Question};
use super::view::{
    NationalEntryView, NationalView, QuotaView, ReservationView, SourceView, SuspensionView, YearlyView,
};
use wording::words;

/// What stands in the way of a taxon.
pub struct Bars<'q, 's> {
    pub question: &'q Question<'s>,
    pub lineages: &'q Lineages,
}

impl SourceView {
    /// Where a row comes from.
    pub fn of(provenance: &Provenance) -> SourceView {
        SourceView {
            source: provenance.source.to_string(),
            confidence: provenance.confidence.as_str(),
            verified: provenance.confidence.is_verified(),
            checked: Some(provenance.checked),
        }
    }
}

impl Bars<'_, '_> {
    fn name(&self, taxon: &ListedTaxon) -> String {
        self.question.book.backbone().name(taxon.id()).to_owned()
    }

    /// Whether a row about `taxon` speaks of what is asked, or of something below it.
    fn concerns(&self, taxon: &ListedTaxon) -> bool {
        let backbone = self.question.book.backbone();
        let below = |own: &cites::TaxonId| backbone.is_within(taxon.id(), *own);
        self.lineages.all.contains(&taxon.id()) || self.lineages.own.iter().any(below)
    }

    /// Suspensions of the taxon in every State, or, where an origin is told, all of that State's.
    pub fn suspensions(&self) -> Result<Vec<SuspensionView>> {
        let Question { book, on, .. } = *self.question;
        let origin = self.question.country();
        let mut views = Vec::new();
        for row in book.suspensions()?.rows() {
            let here = origin.is_none() || row.country.is_none() || row.country == origin;
            let told = row.taxon.as_ref().map_or(!self.lineages.own.is_empty(), |taxon| self.concerns(taxon));
            if let (true, true, Some(certainty)) = (here, told, row.certainty(on)) {
                views.push(self.suspension(row, certainty));
            }
        }
        Ok(views)
    }

    fn suspension(&self, row: &Suspension, certainty: Certainty) -> SuspensionView {
        let ways = [
            (row.direction.export, "export"),
            (row.direction.re_export, "re-export"),
            (row.direction.import, "import"),
        ];
        SuspensionView {
            id: row.id.to_string(),
            country: row.country,
            taxon: row.taxon.as_ref().map(|taxon| self.name(taxon)),
            is_broad: row
                .taxon
                .as_ref()
                .is_none_or(|taxon| self.question.book.backbone().rank(taxon.id()) <= Rank::Class),
            directions: ways.into_iter().filter(|(is_told, _)| *is_told).map(|(_, way)| way).collect(),
            terms: words::terms(row.terms),
            sources: words::sources(row.sources),
            purposes: words::purposes(row.purposes),
            certainty: certain(certainty),
            from: row.span.from,
            until: row.span.until,
            verified_to: row.verified_to,
            exceptions: row.exceptions.iter().map(|exception| exception.as_str().to_owned()).collect(),
            notification: row.notification.to_string(),
            source: SourceView::of(&row.provenance),
        }
    }

    /// Quotas of the Appendices and the Conference for the day.
    pub fn quotas(&self) -> Result<Vec<QuotaView>> {
        let book = self.question.book;
        let mut views = Vec::new();
        for lineage in &self.lineages.each {
            let movement = self.question.movement(lineage);
            let applying = book
                .quotas()?
                .applying(&Movement { exporter: movement.origin.map(|place| place.country), ..movement });
            for row in applying.into_iter().map(|found| found.quota) {
                if views.iter().any(|view: &QuotaView| view.id == *row.id) {
                    continue;
                }
                views.push(QuotaView {
                    id: row.id.to_string(),
                    taxon: self.name(&row.taxon),
                    exporters: row.exporter.within().to_vec(),
                    except_exporters: row.exporter.except().to_vec(),
                    limit: limit(row.limit),
                    limit_in_words: words::limit(row.limit),
                    terms: words::terms(row.terms),
                    sources: words::sources(row.sources),
                    purposes: words::purposes(row.purposes),
                    condition: row.condition.to_string(),
                    kind: match row.kind {
                        QuotaKind::Annotation => "annotation",
                        QuotaKind::Conference => "conference",
                        QuotaKind::Declared => "declared",
                    },
                    note: row.note.to_string(),
                    from: row.span.from,
                    until: row.span.until,
                    source: SourceView::of(&row.provenance),
                });
            }
        }
        Ok(views)
    }

    /// Quotas that Parties published for the year of the day.
    pub fn yearly_quotas(&self) -> Result<Vec<YearlyView>> {
        let quotas = self.question.book.yearly_quotas()?;
        let year = i32::from(self.question.on.year());
        let origin = self.question.country();
        let of_year = quotas.rows().iter().filter(|row| {
            (i32::from(row.year_first)..=i32::from(row.year_last)).contains(&year)
                && origin.is_none_or(|origin| row.exporter == origin)
        });
        let mut views = Vec::new();
        for row in of_year {
            let Some(taxon) = quotas.taxon_of(row).filter(|taxon| self.concerns(taxon)) else { continue };
            views.push(YearlyView {
                taxon: self.name(taxon),
                exporter: row.exporter,
                year_first: row.year_first,
                year_last: row.year_last,
                limit: limit(row.limit),
                limit_in_words: words::limit(row.limit),
                terms: words::terms(row.terms),
                sources: row.sources.map_or(String::new(), words::sources),
                note: row.note.to_string(),
                source: row.source.to_string(),
            });
        }
        Ok(views)
    }

    /// Reservations in force on the day.
    pub fn reservations(&self) -> Result<Vec<ReservationView>> {
        let Question { book, on, .. } = *self.question;
        let rows = book.reservations()?;
        let mut views: Vec<ReservationView> = Vec::new();
        for lineage in &self.lineages.each {
            for row in rows.on_day(lineage, on) {
                if !views.iter().any(|view| view.id == *row.id) {
                    views.push(self.reservation(row));
                }
            }
        }
        Ok(views)
    }

    /// Every reservation ever made of the taxa asked about and of those above them.
    pub fn reservation_history(&self) -> Result<Vec<ReservationView>> {
        let rows = self.question.book.reservations()?;
        let of = self.lineages.own.iter().chain(&self.lineages.above).flat_map(|taxon| rows.history(*taxon));
        Ok(of.map(|row| self.reservation(row)).collect())
    }

    fn reservation(&self, row: &Reservation) -> ReservationView {
        ReservationView {
            id: row.id.to_string(),
            taxon: self.name(&row.taxon),
            party: row.party,
            territory: row.territory,
            appendix: row.appendix,
            from: row.span.from,
            until: row.span.until,
            verified_to: row.verified_to,
            certainty: row.certainty(self.question.on).map_or("no", certain),
            ended_by: row.ended_by.to_string(),
            note: row.note.to_string(),
            source: SourceView::of(&row.provenance),
        }
    }

    /// What the national list of each pack says.
    pub fn national(&self, standing: &Standing<'_>) -> Result<Vec<NationalView>> {
        let Question { book, on, .. } = *self.question;
        let mut views = Vec::new();
        for subject in standing.subjects.iter().filter(|_| !standing.is_excluded_form) {
            let accepted = if standing.subjects.len() == 1 { &*standing.matched } else { "" };
            for found in book.national(subject, accepted, on)? {
                let answer = &found.answer;
                views.push(NationalView {
                    pack: found.pack.manifest().id.to_string(),
                    country: found.pack.manifest().name_en.to_string(),
                    held: answer.held,
                    classes: answer.possible.iter().map(|class| words::numeral(*class)).collect(),
                    missing: answer.missing.iter().map(law::rule::Fact::key).collect(),
                    entries: answer.entries.iter().map(|entry| national_entry(entry)).collect(),
                });
            }
        }
        Ok(views)
    }
}

fn national_entry(entry: &NationalEntry) -> NationalEntryView {
    NationalEntryView {
        taxon: entry.taxon.name().to_owned(),
        as_listed: entry.as_listed.to_string(),
        name_zh: entry.name_zh.to_string(),
        class: words::numeral(entry.class),
        side: match entry.side {
            ManagingSide::Forestry => "forestry",
            ManagingSide::Fishery => "fishery",
            ManagingSide::Agriculture => "agriculture",
        },
        scope: match entry.scope {
            Scope::All => entry.scope_note.to_string(),
            Scope::Wild => "wild only".to_owned(),
            Scope::Landlocked => "of inland waters only".to_owned(),
        },
        from: entry.span.from,
        until: entry.span.until,
        source: SourceView::of(&entry.origin.provenance),
    }
}

fn certain(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::InForce => "in-force",
        Certainty::NotVerified => "not-verified",
    }
}

fn limit(limit: Quota) -> String {
    match limit {
        Quota::NotPublished => "not-published".to_owned(),
        Quota::Zero => "zero".to_owned(),
        Quota::UpTo(most) => most.to_string(),
    }
}
