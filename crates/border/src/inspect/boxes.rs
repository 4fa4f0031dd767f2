//! The boxes of a paper, each against what is declared: name, kind, amount, Appendix, States, parties, statements.

use cites::{DocumentKind, Quantity};
use law::rule::{
    Agreement, Fact, FactSet, Issuer, ListedAs, NamedTaxon, PaperAmount, QuotaBox, QuotaState, Realm, Regime,
    Truth, YesNo, key,
};
use permits::{PaperLine, Told};

use super::Inspection;
use super::seen::{Seen, agreement, told};
use crate::printed::written_alike;

impl Inspection<'_, '_> {
    /// Name, kind and amount. A paper without specimen blocks need not repeat them.
    pub(super) fn coverage(&self, seen: &mut Seen<'_>, line: Option<&PaperLine>, full: bool) {
        let untold_lines = self.paper.lines.is_empty();
        if untold_lines && !full {
            seen.facts.know(key::paper_taxon, NamedTaxon::Same);
            seen.facts.know(key::paper_term, Agreement::Same);
            seen.facts.know(key::paper_amount, PaperAmount::Within);
            return;
        }
        if untold_lines {
            for fact in [Fact::PaperTaxon, Fact::PaperTerm, Fact::PaperAmount] {
                seen.facts.because(fact, FactSet::of(&[Fact::Papers]));
            }
            return;
        }
        seen.facts.know(key::paper_taxon, self.named());
        let term = line.and_then(|line| told(&line.term, self.goods.declared.term.as_ref()));
        seen.decide(key::paper_term, if full { term } else { term.or(Some(Agreement::Same)) });
        match line {
            Some(line) => self.amount(seen, line),
            None => seen.facts.know(key::paper_amount, PaperAmount::Within),
        }
    }

    /// The amount of all lines of the same goods against what was endorsed, then what is authorised.
    fn amount(&self, seen: &mut Seen<'_>, line: &PaperLine) {
        let Some(total) = self.goods.total else {
            return seen.facts.because(Fact::PaperAmount, FactSet::of(&[Fact::Quantity]));
        };
        let above = |limit: Option<&Quantity>| {
            limit.map(|limit| total.convert_to(limit.unit).map(|total| total.amount > limit.amount))
        };
        let found = match (above(line.endorsed.value()), above(line.quantity.value())) {
            (Some(None), _) | (_, Some(None)) => Some(PaperAmount::OtherUnit),
            (_, Some(Some(true))) => Some(PaperAmount::OverAuthorised),
            (Some(Some(true)), _) => Some(PaperAmount::OverEndorsed),
            (Some(Some(false)), _) | (None, Some(Some(false))) => Some(PaperAmount::Within),
            (None, None) => None,
        };
        seen.decide(key::paper_amount, found);
    }

    pub(super) fn boxes(&self, seen: &mut Seen<'_>, line: Option<&PaperLine>, full: bool) {
        let appendix = line.and_then(|line| self.appendix(seen, line));
        let source = line.and_then(|line| told(&line.source, self.goods.declared.source.as_ref()));
        if full {
            seen.decide(key::paper_appendix, appendix);
            seen.decide(key::paper_source, source);
        } else {
            seen.facts.know(key::paper_appendix, appendix.unwrap_or(Agreement::Same));
            seen.facts.know(key::paper_source, source.unwrap_or(Agreement::Same));
        }
        self.printed_boxes(seen, line, full);
    }

    /// The boxes an officer sees on the paper itself. A paper that is no permit form may lack them.
    fn printed_boxes(&self, seen: &mut Seen<'_>, line: Option<&PaperLine>, full: bool) {
        let printed = &self.paper.printed;
        let purpose = match self.required.issued_by {
            Issuer::Importer | Issuer::Local if self.at_import => self.journey.purpose_import,
            Issuer::Importer => self.journey.purpose_import,
            _ => self.journey.purpose_export,
        };
        let boxes = [
            (key::paper_purpose, told(&printed.purpose, purpose.as_ref())),
            (key::paper_destination, told(&printed.destination, self.journey.importer.as_ref())),
            (key::paper_origin, line.and_then(|line| told(&line.origin, self.goods.origin.as_ref()))),
            (key::paper_parties, self.parties()),
            (key::paper_port, self.port()),
        ];
        for (key, told) in boxes {
            if full || told.is_some() {
                seen.by_eye(key, told, Agreement::Same);
            } else {
                seen.facts.know(key, Agreement::Same);
            }
        }
    }

    /// The Appendix on the paper; open while the Appendix of the specimen is.
    fn appendix(&self, seen: &Seen<'_>, line: &PaperLine) -> Option<Agreement> {
        match line.appendix {
            Told::Unknown => None,
            Told::Absent => Some(Agreement::Absent),
            Told::Is(printed) => match seen.facts.is(key::appendix, ListedAs::from(printed)) {
                Truth::Yes => Some(Agreement::Same),
                Truth::No => Some(Agreement::Differs),
                Truth::Unknown => None,
            },
        }
    }

    /// Names are compared letter by letter, case and spaces apart; an agent's name is another name.
    fn parties(&self) -> Option<Agreement> {
        let printed = &self.paper.printed;
        let parties = &self.journey.parties;
        let pairs = [(&printed.exporter, &parties.exporter), (&printed.importer, &parties.importer)];
        let compared = pairs.into_iter().filter_map(|(printed, declared)| {
            let declared = declared.as_ref()?.name.as_deref()?;
            let printed = printed.value()?;
            Some(written_alike(printed, declared))
        });
        compared.reduce(|one, other| one && other).map(agreement)
    }

    fn port(&self) -> Option<Agreement> {
        match &self.paper.printed.port {
            Told::Unknown => None,
            Told::Absent => Some(Agreement::Same),
            Told::Is(printed) => {
                self.journey.port.as_deref().map(|port| agreement(written_alike(printed, port)))
            }
        }
    }

    pub(super) fn statements(&self, seen: &mut Seen<'_>, line: Option<&PaperLine>, full: bool) {
        let is_export_form = full && self.is_of_export();
        let re_export = self.paper.kind == DocumentKind::ReExportCertificate;
        seen.facts.know(key::for_re_export, YesNo::from(re_export));
        let earlier = line.and_then(|line| line.origin_permit.is_there());
        if re_export {
            seen.decide(key::earlier_permit, earlier.map(YesNo::from));
        } else {
            seen.facts.know(key::earlier_permit, YesNo::Yes);
        }
        let quota_matters = self.paper.kind == DocumentKind::ExportPermit
            && seen.facts.may_be(key::quota, QuotaState::Within);
        let quota = match line.map(|line| &line.quota) {
            _ if !quota_matters => Some(QuotaBox::Stated),
            Some(Told::Is(statement)) => {
                statement.within().map(|within| if within { QuotaBox::Stated } else { QuotaBox::Exceeded })
            }
            Some(Told::Absent) => Some(QuotaBox::Absent),
            Some(Told::Unknown) | None => None,
        };
        seen.decide(key::quota_stated, quota);
        let live_animal =
            seen.facts.may_be(key::live, YesNo::Yes) && seen.facts.may_be(key::kingdom, Realm::Animal);
        let transport = self.paper.printed.transport.map(YesNo::from);
        let needs_transport = is_export_form && live_animal;
        seen.decide(key::transport_stated, if needs_transport { transport } else { Some(YesNo::Yes) });
        let deemed = is_export_form && seen.facts.may_be(key::regime, Regime::DeemedII);
        let operation = line.and_then(|line| line.operation.is_there()).map(YesNo::from);
        seen.decide(key::operation_stated, if deemed { operation } else { Some(YesNo::Yes) });
        let comparable = self.paper.kind == DocumentKind::ComparableDocument;
        let listed = self.paper.authority_listed.map(YesNo::from);
        seen.decide(key::authority_listed, if comparable { listed } else { Some(YesNo::Yes) });
        let findings = self.paper.printed.findings.map(YesNo::from);
        seen.decide(key::findings_stated, if comparable { findings } else { Some(YesNo::Yes) });
    }
}
