//! The check of a consignment: receive, ask the law, hold the papers against what it requires, decide.

use cites::{Country, Day, DocumentKind, Outcome};
use law::assess::{self, Assessment, Crossing, Reading, Requirement, Sources};
use law::rule::{Direction, Issuer, RuleBook, ShownAt};
use permits::Paper;
use smallvec::SmallVec;
use species::Names;

use crate::compare::Goods;
use crate::consignment::{Consignment, Line};
use crate::decide::{self, DocumentState, DocumentVerdict, DocumentVerdicts, LineVerdict, Verdict, Verdicts};
use crate::inspect::{Inspected, Inspection};
use crate::receive::{self, Received, ReceivedLine};
use crate::total::Totals;

/// Checks `consignment` under the law of `on`.
pub fn check<'a, 'b>(
    consignment: &'a Consignment,
    sources: &Sources<'b>,
    names: &Names<'a>,
    on: Day,
) -> Verdicts<'a, 'b> {
    let received = receive::consignment(consignment, sources, names, on);
    check_received(consignment, &received, sources, on)
}

/// Checks a consignment that was received before.
pub fn check_received<'a, 'b>(
    consignment: &'a Consignment,
    received: &Received<'a>,
    sources: &Sources<'b>,
    on: Day,
) -> Verdicts<'a, 'b> {
    let crossing = receive::crossing(consignment);
    let totals = Totals::of(consignment, &received.lines);
    let desk = Desk { consignment, crossing, sources, on, received, totals };
    // Opened and decided where it stays: the answer for a line is large, and moving it costs as much as a part of it.
    let mut lines: Vec<LineVerdict<'a, 'b>> = received.lines.iter().map(|line| desk.open(line)).collect();
    let declared = consignment.lines.iter().zip(&received.lines).enumerate();
    for (opened, (at, (declared, line))) in lines.iter_mut().zip(declared) {
        desk.decide(opened, at, declared, line);
    }
    let worst = lines.iter().map(|line| line.verdict).max();
    Verdicts { verdict: worst.unwrap_or(Verdict::Refer), lines, on, edition: sources.edition }
}

/// What the answer for a line would be if what is open were settled; made where it is shown.
pub fn readings(
    consignment: &Consignment,
    received: &ReceivedLine<'_>,
    assessment: &Assessment<'_>,
    sources: &Sources<'_>,
    on: Day,
) -> Vec<Reading> {
    assess::readings(&received.line, &receive::crossing(consignment), sources, on, assessment)
}

/// Everything the check of one line looks at.
struct Desk<'d, 'a, 'b> {
    consignment: &'a Consignment,
    crossing: Crossing<'a>,
    sources: &'d Sources<'b>,
    on: Day,
    received: &'d Received<'a>,
    totals: Totals,
}

impl<'a, 'b> Desk<'_, 'a, 'b> {
    /// A line of which nothing is asked yet.
    fn open(&self, received: &ReceivedLine<'a>) -> LineVerdict<'a, 'b> {
        LineVerdict {
            verdict: Verdict::Refer,
            name: received.name.clone(),
            assessment: Assessment::open(self.sources.edition),
            documents: DocumentVerdicts::new(),
            asks: SmallVec::new(),
        }
    }

    /// Asks the law about the line at place `at`, and holds the papers against what it requires.
    fn decide(
        &self,
        decided: &mut LineVerdict<'a, 'b>,
        at: usize,
        declared: &Line,
        received: &ReceivedLine<'a>,
    ) {
        decided.assessment.fill(&received.line, &self.crossing, self.sources, self.on);
        let assessment = &decided.assessment;
        let goods = Goods {
            at,
            declared,
            name: &received.name,
            origin: declared.origin.or(self.consignment.journey.origin).map(|place| place.country),
            total: self.totals.of_line(at),
            printed: &self.received.printed,
            backbone: self.sources.backbone,
        };
        let rules = self.sources.rules;
        for requirement in &assessment.requirements {
            decided.documents.push(self.document(*requirement, assessment, &goods));
        }
        decided.verdict = decide::verdict(assessment, &decided.documents, rules);
        decided.asks = decide::asks(assessment, rules, |issuer| self.state_of(issuer));
    }

    fn document(
        &self,
        requirement: Requirement,
        assessment: &Assessment<'_>,
        goods: &Goods<'_>,
    ) -> DocumentVerdict {
        let Some(required) = requirement.get(self.sources.rules) else {
            return DocumentVerdict { requirement, state: DocumentState::Missing { instead: Vec::new() } };
        };
        let serving = |kind: DocumentKind| kind == required.kind || required.or.contains(&kind);
        let serving: SmallVec<[usize; 8]> =
            self.papers(|paper| serving(paper.kind) && self.may_be_of(paper, requirement)).collect();
        let elsewhere = !self.is_shown_here(required.shown_at);
        let first = if serving.is_empty() { None } else { self.comes_after(assessment, required.kind) };
        let mut best: Option<(Outcome, usize, Box<Inspected>)> = None;
        for at in &serving {
            let Some(paper) = self.consignment.papers.get(*at) else { continue };
            let inspection = Inspection {
                paper,
                block: goods.block_of(paper, *at),
                required,
                issuer: requirement.issuer,
                goods,
                journey: &self.consignment.journey,
                assessment,
                at_import: self.is_import(),
                comes_after: first,
                doubled: serving.iter().any(|other| other != at && self.is_twin(*other, paper)),
                on: self.on,
            };
            let mut inspected = inspection.facts();
            self.ask_papers(&mut inspected);
            let outcome = self.sources.rules.outcome(&inspected.findings);
            if best.as_ref().is_none_or(|(known, ..)| outcome < *known) {
                best = Some((outcome, *at, inspected));
            }
        }
        let state = match best {
            Some((outcome, paper, inspected)) => DocumentState::Presented { paper, outcome, inspected },
            None if elsewhere => DocumentState::ShownElsewhere,
            None => DocumentState::Missing { instead: self.instead(requirement) },
        };
        DocumentVerdict { requirement, state }
    }

    /// The rules of the treaty about papers, and those of every pack.
    fn ask_papers(&self, inspected: &mut Inspected) {
        let rules: &RuleBook = self.sources.rules;
        let Inspected { facts, findings, .. } = inspected;
        rules.papers().evaluate(facts, self.on, findings);
        for pack in rules.packs() {
            pack.papers.evaluate(facts, self.on, findings);
        }
    }

    fn papers(&self, wanted: impl Fn(&Paper) -> bool) -> impl Iterator<Item = usize> {
        let papers = self.consignment.papers.iter().enumerate();
        papers.filter(move |(_, paper)| wanted(paper)).map(|(at, _)| at)
    }

    /// A paper of another State serves another requirement of the same kind, if there is one.
    fn may_be_of(&self, paper: &Paper, requirement: Requirement) -> bool {
        let (Some(told), Some(wanted)) = (paper.issuer, requirement.issuer) else { return true };
        told == wanted || !self.is_wanted_from(told)
    }

    /// Whether the State has a part in the journey that some other document is asked for.
    fn is_wanted_from(&self, state: Country) -> bool {
        [self.crossing.exporter, self.crossing.importer].contains(&Some(state))
    }

    fn is_twin(&self, other: usize, paper: &Paper) -> bool {
        self.consignment.papers.get(other).is_some_and(|other| {
            let replaced = other.replaces.value().map(|old| &old.number) == paper.number.value();
            other.kind == paper.kind
                && other.issuer == paper.issuer
                && !(replaced && paper.number.value().is_some())
        })
    }

    /// Papers of the State that should issue the document, of another kind.
    fn instead(&self, requirement: Requirement) -> Vec<usize> {
        self.papers(|paper| requirement.issuer.is_some() && paper.issuer == requirement.issuer).collect()
    }

    /// The day of issue of the paper that must come before one of `kind`, where the law wants one.
    fn comes_after(&self, assessment: &Assessment<'_>, kind: DocumentKind) -> Option<Option<Day>> {
        let rules = self.sources.rules;
        let first = assessment.requirements.iter().find_map(|requirement| {
            let required = requirement.get(rules).filter(|required| required.before.contains(&kind))?;
            let mut papers = self.consignment.papers.iter().filter(|paper| paper.kind == required.kind);
            papers.find(|paper| paper.issuer == requirement.issuer)
        });
        first.map(|paper| paper.issued.value().copied())
    }

    fn is_import(&self) -> bool {
        matches!(self.crossing.direction, Some(Direction::Import | Direction::Introduction))
    }

    fn is_shown_here(&self, shown_at: ShownAt) -> bool {
        match (self.crossing.direction, shown_at) {
            (_, ShownAt::Both) | (None, _) => true,
            (Some(Direction::Export | Direction::ReExport), shown_at) => shown_at == ShownAt::Export,
            (Some(Direction::Import | Direction::Introduction), shown_at) => shown_at == ShownAt::Import,
            (Some(Direction::Transit), shown_at) => shown_at == ShownAt::Transit,
        }
    }

    fn state_of(&self, issuer: Issuer) -> Option<Country> {
        match issuer {
            Issuer::Exporter => self.crossing.exporter,
            Issuer::Importer => self.crossing.importer,
            Issuer::Transit => self.crossing.via.and_then(|states| states.first().copied()),
            Issuer::Origin | Issuer::Local => None,
        }
    }
}
