//! Inspect: one paper held against one line for which a document is required.
//!
//! Source of truth: the rules of the stage `papers`. Here each box is compared and becomes a fact; the rules
//! say what follows. What decides must be told; what an officer sees on the paper itself (seal, alterations,
//! language, conditions) is listed as not told, and asked for by eye.

use cites::{Day, DocumentKind, Quantity, Term};
use law::assess::{Assessment, Evidence};
use law::rule::{
    Agreement, Alteration, Fact, FactSet, Facts, Findings, Issuer, Key, ListedAs, NamedTaxon, PaperAmount,
    PaperForm, PaperOrder, PaperTime, PrintedTerm, QuotaBox, QuotaState, Realm, Regime, RequiredDocument,
    Retrospective, Truth, YesNo, key,
};
use permits::{Form, Grounds, Paper, PaperLine, Told};

use crate::compare::{Block, Goods};
use crate::consignment::Journey;
use crate::printed::written_alike;

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
    pub findings: Findings,
    /// What nobody has told and an officer must see.
    pub untold: FactSet,
    /// The last day on which the paper is good, where known.
    pub last_day: Option<Day>,
}

impl Inspection<'_, '_> {
    /// Compares every box.
    pub(crate) fn facts(&self) -> Inspected {
        let mut seen = Seen { facts: self.assessment.facts.clone(), untold: FactSet::EMPTY };
        let line = self.block.map(|block| block.line);
        let full = self.is_full_form();
        self.state_and_time(&mut seen, line);
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
        let last_day = self.validity(line).last_day;
        Inspected { facts: seen.facts, findings: Findings::new(), untold: seen.untold, last_day }
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

    fn state_and_time(&self, seen: &mut Seen, line: Option<&PaperLine>) {
        let same = self.paper.issuer.zip(self.issuer).map(|(told, wanted)| told == wanted);
        seen.decide(key::paper_issuer, same.map(agreement));
        let validity = self.validity(line);
        let time = match (validity.is_not_yet_issued(self.on), validity.has_expired(self.on)) {
            (Some(true), _) => Some(PaperTime::NotYetIssued),
            (_, Some(true)) => Some(PaperTime::Expired),
            (Some(false), Some(false)) => Some(PaperTime::Valid),
            _ => None,
        };
        seen.decide(key::paper_time, time);
        let printed = validity
            .printed_beyond_cap
            .map(|beyond| if beyond { PrintedTerm::BeyondCap } else { PrintedTerm::WithinCap });
        seen.decide(key::printed_term, printed);
        let arrived = self.journey.dates.arrived.zip(validity.last_day).map(|(day, last)| day <= last);
        seen.facts.know_if_told(key::arrived_in_time, arrived.map(YesNo::from));
        seen.facts.because(Fact::ArrivedInTime, FactSet::of(&[Fact::Dates]));
        seen.facts.know(key::timber, YesNo::from(self.is_timber()));
    }

    /// Wood of an entry that covers logs, sawn wood, veneer and plywood at most.
    ///
    /// Source: 50 CFR 23.73, annotations #5 and #6.
    fn is_timber(&self) -> bool {
        use cites::TermSet;
        use law::annotation::Covers;
        const TIMBER: TermSet =
            TermSet::of(&[Term::Logs, Term::SawnWood, Term::VeneerSheets, Term::Plywood, Term::Timber]);
        let wood = self.goods.declared.term.is_some_and(|term| TIMBER.contains(term));
        wood && self.assessment.evidence.iter().any(|evidence| match evidence {
            Evidence::Annotation(text) => {
                text.covers == Covers::Only && text.covered_terms.difference(TIMBER).is_empty()
            }
            _ => false,
        })
    }

    fn condition(&self, seen: &mut Seen) {
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

    /// Name, kind and amount. A paper without specimen blocks need not repeat them.
    fn coverage(&self, seen: &mut Seen, line: Option<&PaperLine>, full: bool) {
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
    fn amount(&self, seen: &mut Seen, line: &PaperLine) {
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

    fn boxes(&self, seen: &mut Seen, line: Option<&PaperLine>, full: bool) {
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
    fn printed_boxes(&self, seen: &mut Seen, line: Option<&PaperLine>, full: bool) {
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
    fn appendix(&self, seen: &Seen, line: &PaperLine) -> Option<Agreement> {
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

    fn statements(&self, seen: &mut Seen, line: Option<&PaperLine>, full: bool) {
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

    fn timing(&self, seen: &mut Seen, full: bool) {
        let due = self.at_import && full && self.is_of_export();
        seen.facts.know(key::endorsement_due, YesNo::from(due));
        let endorsed = self.paper.endorsement.is_there().map(YesNo::from);
        seen.decide(key::endorsed, if due { endorsed } else { Some(YesNo::Yes) });
        seen.decide(key::paper_order, self.order());
        if self.was_in_time(full) {
            return seen.facts.know(key::retrospective, Retrospective::No);
        }
        match self.late() {
            None => seen.by_eye(key::retrospective, None, Retrospective::No),
            Some(Truth::Yes) => seen.facts.know(key::retrospective, Retrospective::Grounded),
            Some(Truth::No) => seen.facts.know(key::retrospective, Retrospective::Groundless),
            Some(Truth::Unknown) => {
                seen.facts.among(key::retrospective, [Retrospective::Grounded, Retrospective::Groundless]);
                seen.facts.because(Fact::Retrospective, FactSet::of(&[Fact::Papers]));
            }
        }
    }

    /// Issued before the paper that must come first. A paper that cites the assurance of the other State may
    /// come first all the same.
    fn order(&self) -> Option<PaperOrder> {
        let Some(first) = self.comes_after else { return Some(PaperOrder::Kept) };
        if self.paper.printed.cites_approval == Some(true) {
            return Some(PaperOrder::Kept);
        }
        let issued = self.paper.issued.value().copied();
        issued.zip(first).map(|(own, first)| if own < first { PaperOrder::Broken } else { PaperOrder::Kept })
    }

    /// Issued on or before the day of departure, or on the side of import.
    fn was_in_time(&self, full: bool) -> bool {
        let issued = self.paper.issued.value().copied();
        let in_time = issued.zip(self.journey.dates.left).is_some_and(|(issued, left)| issued <= left);
        in_time || !full || !self.is_of_export() || !self.at_import
    }

    /// Whether a paper issued after departure states every ground that excuses it; `None` where it is not
    /// known to be late.
    ///
    /// Source: 50 CFR 23.53; Reg. (EC) 865/2006 Art. 15.
    fn late(&self) -> Option<Truth> {
        let issued = self.paper.issued.value().copied();
        let known_late = issued.zip(self.journey.dates.left).is_some_and(|(issued, left)| issued > left);
        match self.paper.retrospective.value() {
            None => known_late.then_some(Truth::No),
            Some(said) => {
                let grounds = said.grounds.map(|grounds| grounds != Grounds::Neither);
                let all = [said.stated, said.agreed, said.declared, grounds];
                Some(all.into_iter().map(Truth::from).fold(Truth::Yes, Truth::and))
            }
        }
    }
}

/// The facts of a paper while they are filled.
struct Seen {
    facts: Facts,
    untold: FactSet,
}

impl Seen {
    /// A fact that decides: not told is open.
    fn decide<V: law::rule::Value>(&mut self, key: Key<V>, told: Option<V>) {
        match told {
            Some(value) => self.facts.know(key, value),
            None => self.facts.because(key.fact(), FactSet::of(&[Fact::Papers])),
        }
    }

    /// A paper for other goods: nothing else is said of it.
    fn know_nothing_wrong(&mut self) {
        use key::{
            authority_listed, earlier_permit, findings_stated, for_re_export, operation_stated, paper_amount,
            paper_appendix, paper_destination, paper_origin, paper_parties, paper_port, paper_purpose,
            paper_source, paper_term, quota_stated, transport_stated,
        };
        let same = [
            paper_term,
            paper_appendix,
            paper_source,
            paper_purpose,
            paper_destination,
            paper_origin,
            paper_parties,
            paper_port,
        ];
        same.into_iter().for_each(|key| self.facts.know(key, Agreement::Same));
        let yes = [authority_listed, findings_stated, earlier_permit, operation_stated, transport_stated];
        yes.into_iter().for_each(|key| self.facts.know(key, YesNo::Yes));
        self.facts.know(for_re_export, YesNo::No);
        self.facts.know(paper_amount, PaperAmount::Within);
        self.facts.know(quota_stated, QuotaBox::Stated);
    }

    /// A fact that an officer sees on the paper: not told is taken as in order, and listed.
    fn by_eye<V: law::rule::Value>(&mut self, key: Key<V>, told: Option<V>, in_order: V) {
        if told.is_none() {
            self.untold = self.untold.with(key.fact());
        }
        self.facts.know(key, told.unwrap_or(in_order));
    }
}

fn agreement(same: bool) -> Agreement {
    if same { Agreement::Same } else { Agreement::Differs }
}

/// A box against what is declared; `None` where either is not told.
fn told<T: PartialEq>(printed: &Told<T>, declared: Option<&T>) -> Option<Agreement> {
    match printed {
        Told::Unknown => None,
        Told::Absent => Some(Agreement::Absent),
        Told::Is(printed) => declared.map(|declared| agreement(printed == declared)),
    }
}
