//! Inspect: one paper held against one line for which a document is required.
//!
//! Source of truth: the rules of the stage `papers`. Here each box is compared and becomes a fact; the rules
//! say what follows. What decides must be told; what an officer sees on the paper itself (seal, alterations,
//! language, conditions) is listed as not told, and asked for by eye.

mod boxes;
mod seen;
mod time;

use cites::{Day, DocumentKind, Term};
use law::assess::Assessment;
use law::rule::{
    Alteration, FactSet, Facts, Issuer, NamedTaxon, PaperFindings, PaperForm, RequiredDocument, YesNo, key,
};
use permits::{Form, Paper, PaperLine, Told};

use crate::compare::{Block, Goods};
use crate::consignment::Journey;
use seen::Seen;

/// A paper that may serve a requirement, with all it is compared with.
pub(crate) struct Inspection<'i, 'b> {
    pub(crate) paper: &'i Paper,
    /// The specimen block that speaks of the goods, where one does.
    pub(crate) block: Option<Block<'i>>,
    pub(crate) required: &'i RequiredDocument,
    pub(crate) issuer: Option<cites::Country>,
    pub(crate) goods: &'i Goods<'i>,
    pub(crate) journey: &'i Journey,
    pub(crate) assessment: &'i Assessment<'b>,
    /// The goods have left the State of export and come in here.
    pub(crate) at_import: bool,
    /// The day of issue of the paper that must come first, where one must.
    pub(crate) comes_after: Option<Option<Day>>,
    /// Another paper of the same kind and State covers the same goods.
    pub(crate) doubled: bool,
    pub(crate) on: Day,
}

/// What was found about a paper.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// The facts of line and paper.
    pub facts: Facts,
    /// What each rule that holds or may hold says.
    pub findings: PaperFindings,
    /// What nobody has told and an officer must see.
    pub untold: FactSet,
    /// The last day on which the paper is good, where known.
    pub last_day: Option<Day>,
}

impl Inspection<'_, '_> {
    /// Compares every box, in the place where the answer stays.
    pub(crate) fn facts(&self) -> Box<Inspected> {
        let mut inspected = Box::new(Inspected {
            facts: self.assessment.facts.clone(),
            findings: PaperFindings::new(),
            untold: FactSet::EMPTY,
            last_day: None,
        });
        let mut seen = Seen { facts: &mut inspected.facts, untold: &mut inspected.untold };
        let line = self.block.map(|block| block.line);
        let full = self.is_full_form();
        let validity = self.validity(line);
        self.state_and_time(&mut seen, validity);
        self.condition(&mut seen);
        self.timing(&mut seen, full);
        if self.is_for_other_goods() {
            // What else such a paper says is beside the point.
            seen.know_nothing_wrong();
            seen.facts.know(key::paper_taxon, self.named());
        } else {
            self.coverage(&mut seen, line, full);
            self.boxes(&mut seen, line, full);
            self.statements(&mut seen, line, full);
        }
        inspected.last_day = validity.last_day;
        inspected
    }

    /// Whether the paper has specimen blocks, and none of them is of these goods.
    fn is_for_other_goods(&self) -> bool {
        !self.paper.lines.is_empty() && self.named() >= NamedTaxon::Other
    }

    /// How the paper names the goods.
    fn named(&self) -> NamedTaxon {
        self.block.map_or(NamedTaxon::Absent, |block| block.named)
    }

    /// Whether the paper has the boxes of a permit: one of the treaty, or one that stands for such.
    fn is_full_form(&self) -> bool {
        match self.paper.kind {
            DocumentKind::ScientificLabel
            | DocumentKind::PhytosanitaryCertificate
            | DocumentKind::ComparableDocument => false,
            DocumentKind::Pack(_) => !self.required.stands_for.is_empty(),
            _ => true,
        }
    }

    /// Whether the paper was issued on the side of export.
    fn is_of_export(&self) -> bool {
        matches!(self.required.issued_by, Issuer::Exporter | Issuer::Origin)
    }

    fn validity(&self, line: Option<&PaperLine>) -> permits::Validity {
        let mut validity = self.paper.validity(self.paper.kind.cap_months());
        let shorter = [self.caviar_end(line), self.paper.printed.quota_year_ends];
        for end in shorter.into_iter().flatten() {
            validity.last_day = Some(validity.last_day.map_or(end, |last| last.min(end)));
        }
        validity
    }

    /// Caviar may be re-exported for 18 months after the original export permit was issued.
    ///
    /// Source: Res. Conf. 12.7 (Rev. CoP17); 50 CFR 23.71; Reg. (EC) 865/2006 Art. 10.
    fn caviar_end(&self, line: Option<&PaperLine>) -> Option<Day> {
        let is_caviar = self.goods.declared.term == Some(Term::Caviar);
        let original = line?.origin_permit.value()?.issued?;
        (is_caviar && self.paper.kind == DocumentKind::ReExportCertificate).then(|| original.plus_months(18))
    }

    fn condition(&self, seen: &mut Seen<'_>) {
        let form = self.paper.form.map(|form| match form {
            Form::Original => PaperForm::Original,
            Form::Electronic => PaperForm::Electronic,
            Form::Copy => PaperForm::Copy,
        });
        seen.decide(key::paper_form, form);
        seen.facts.know(key::copy_suffices, YesNo::from(self.required.copy_suffices));
        let alteration = self.paper.alteration.map(|alteration| match alteration {
            permits::Alteration::Clean => Alteration::Clean,
            permits::Alteration::Authenticated => Alteration::Authenticated,
            permits::Alteration::Unauthenticated => Alteration::Unauthenticated,
        });
        seen.by_eye(key::alteration, alteration, Alteration::Clean);
        seen.by_eye(key::sealed, self.paper.sealed.map(YesNo::from), YesNo::Yes);
        let language = self.paper.printed.language_accepted.map(YesNo::from);
        seen.by_eye(key::language_accepted, language, YesNo::Yes);
        let met = match self.paper.printed.conditions_met {
            Told::Absent => Some(YesNo::Yes),
            Told::Is(met) => Some(YesNo::from(met)),
            Told::Unknown => None,
        };
        seen.by_eye(key::conditions_met, met, YesNo::Yes);
        seen.facts.know(key::replacement, YesNo::from(self.paper.replaces.value().is_some()));
        seen.facts.know(key::doubled, YesNo::from(self.doubled && self.paper.replaces.value().is_none()));
        let local = self.required.issued_by == Issuer::Local;
        seen.facts.know(key::paper_is_local, YesNo::from(local));
        let phytosanitary = self.paper.kind == DocumentKind::PhytosanitaryCertificate;
        seen.facts.know(key::phytosanitary, YesNo::from(phytosanitary));
    }
}
