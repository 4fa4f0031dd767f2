//! What is shown of a check: ids with their words, in the order in which an officer needs them.
//!
//! Source of truth: the verdicts. `docs/reference/check-json.md` describes the shape; a field is added, never
//! changed.

use border::{DocumentState, DocumentVerdict, LineVerdict};
use cites::{Country, Day, Outcome, Quantity};
use law::assess::Reading;
use law::rule::{Effect, Fact, FactSet, Facts, Finding, Met, RequiredDocument, Rule};
use permits::{Paper, Told};
use serde::Serialize;

use super::Shown;
use super::evidence::{self, EvidenceView};
use super::questions::question;
use crate::words;

/// A consignment and what it comes to.
#[derive(Serialize)]
pub struct View {
    pub file: String,
    pub verdict: &'static str,
    pub on: Day,
    pub on_why: &'static str,
    pub edition: String,
    pub documents_missing: bool,
    pub lines: Vec<LineView>,
}

/// A line and what it comes to.
#[derive(Serialize)]
pub struct LineView {
    pub line: usize,
    pub name: String,
    pub matched_taxon: String,
    pub r#match: &'static str,
    pub doubts: Vec<DoubtView>,
    pub term: Option<CodeView>,
    pub quantity: Option<Quantity>,
    pub source: Option<String>,
    pub origin: Option<String>,
    pub appendix: Vec<&'static str>,
    pub entries: Vec<EvidenceView>,
    pub verdict: &'static str,
    pub documents: Vec<DocumentView>,
    pub findings: Vec<FindingView>,
    pub missing: Vec<MissingView>,
    pub readings: Vec<ReadingView>,
    pub asks: Vec<AskView>,
    pub verified: bool,
}

/// A code with its words.
#[derive(Serialize)]
pub struct CodeView {
    pub code: String,
    pub name: String,
}

/// Something about a name that is not sure.
#[derive(Serialize)]
pub struct DoubtView {
    pub id: &'static str,
    pub message: String,
}

/// A document that is required.
#[derive(Serialize)]
pub struct DocumentView {
    pub kind: String,
    pub name: String,
    pub or: Vec<String>,
    pub issuer: Option<CodeView>,
    pub order: u8,
    pub before: Vec<String>,
    pub shown_at: &'static str,
    pub certain: bool,
    pub why: String,
    pub rule: String,
    pub state: &'static str,
    pub paper: Option<PaperView>,
    pub instead: Vec<String>,
}

/// A paper that is presented for a document.
#[derive(Serialize)]
pub struct PaperView {
    pub number: Option<String>,
    pub outcome: &'static str,
    pub good_until: Option<Day>,
    pub findings: Vec<FindingView>,
    pub to_see: Vec<MissingView>,
}

/// What a rule says.
#[derive(Serialize)]
pub struct FindingView {
    pub rule: String,
    pub title: String,
    pub effect: &'static str,
    pub outcome: &'static str,
    pub met: bool,
    pub source: String,
    pub clause: String,
    pub url: Option<String>,
    pub note: Option<String>,
    pub pack: Option<String>,
    pub facts: Vec<FactView>,
    pub missing: Vec<&'static str>,
    pub verified: bool,
    pub rests_on: Vec<EvidenceView>,
}

/// A fact that a rule used, with the values that are left.
#[derive(Serialize)]
pub struct FactView {
    pub fact: &'static str,
    pub values: Vec<&'static str>,
}

/// A fact that is missing, and what to ask.
#[derive(Serialize)]
pub struct MissingView {
    pub fact: &'static str,
    pub ask: &'static str,
}

/// What the answer would be if a fact were settled.
#[derive(Serialize)]
pub struct ReadingView {
    pub fact: &'static str,
    pub values: Vec<&'static str>,
    pub outcome: &'static str,
    pub documents: Vec<String>,
}

/// A State that may ask for more.
#[derive(Serialize)]
pub struct AskView {
    pub state: Option<CodeView>,
    pub rule: String,
    pub title: String,
}

/// The view of a checked consignment.
pub fn of(shown: &Shown<'_, '_, '_>) -> View {
    let lines = shown.verdicts.lines.iter().enumerate();
    View {
        file: shown.file.to_owned(),
        verdict: shown.verdicts.verdict.as_str(),
        on: shown.day.on,
        on_why: shown.day.why,
        edition: shown.verdicts.edition.to_string(),
        documents_missing: shown.verdicts.lacks_documents(),
        lines: lines.map(|(at, verdict)| LineMaker { shown, at, verdict }.line()).collect(),
    }
}

struct LineMaker<'m, 's, 'a, 'b> {
    shown: &'m Shown<'s, 'a, 'b>,
    at: usize,
    verdict: &'m LineVerdict<'a, 'b>,
}

impl LineMaker<'_, '_, '_, '_> {
    fn line(&self) -> LineView {
        let declared = self.shown.consignment.lines.get(self.at);
        let assessment = &self.verdict.assessment;
        let origin = declared.and_then(|line| line.origin).or(self.shown.consignment.journey.origin);
        let facts = &assessment.facts;
        LineView {
            line: self.at + 1,
            name: declared.map(|line| line.name.to_string()).unwrap_or_default(),
            matched_taxon: self.verdict.name.accepted.to_owned(),
            r#match: self.verdict.name.kind.as_str(),
            doubts: self.doubts(),
            term: declared
                .and_then(|line| line.term)
                .map(|term| CodeView { code: term.code().to_owned(), name: term.name_en().to_owned() }),
            quantity: declared.and_then(|line| line.quantity),
            source: declared.and_then(|line| line.source).map(|source| source.to_string()),
            origin: origin.map(|origin| origin.to_string()),
            appendix: facts.words(Fact::Appendix).collect(),
            entries: self.evidence(|fact| fact == Fact::Appendix),
            verdict: self.verdict.verdict.as_str(),
            documents: self.verdict.documents.iter().filter_map(|document| self.document(document)).collect(),
            findings: self.findings(assessment.findings.iter(), facts),
            missing: missing(self.verdict.missing_facts()),
            readings: self.readings(),
            asks: self.asks(),
            verified: self.verdict.findings().all(|finding| finding.verified),
        }
    }

    fn readings(&self) -> Vec<ReadingView> {
        let Shown { consignment, received, sources, day, .. } = self.shown;
        let Some(line) = received.lines.get(self.at) else { return Vec::new() };
        let readings = border::readings(consignment, line, &self.verdict.assessment, sources, day.on);
        readings.iter().map(|reading| self.reading(reading)).collect()
    }

    fn rule(&self, id: cites::RuleId) -> Option<&Rule> {
        self.shown.sources.rules.rule(id)
    }

    fn doubts(&self) -> Vec<DoubtView> {
        let doubts = self.verdict.name.doubts.iter();
        doubts.map(|doubt| DoubtView { id: doubt.id(), message: doubt.to_string() }).collect()
    }

    fn findings<'f>(&self, findings: impl Iterator<Item = &'f Finding>, facts: &Facts) -> Vec<FindingView> {
        let mut views: Vec<FindingView> = findings
            .filter_map(|finding| Some(self.finding(finding, self.rule(finding.rule)?, facts)))
            .collect();
        views.sort_by_key(|view| std::cmp::Reverse(view.severity()));
        views
    }

    fn finding(&self, finding: &Finding, rule: &Rule, facts: &Facts) -> FindingView {
        let used = rule.used();
        let known = used.iter().filter(|fact| facts.words(*fact).next().is_some());
        FindingView {
            rule: rule.key.to_string(),
            title: rule.title.to_string(),
            effect: rule.effect.as_str(),
            outcome: finding.outcome.as_str(),
            met: finding.met == Met::Met,
            source: rule.source.title.to_string(),
            clause: rule.source.clause.to_string(),
            url: rule.source.url.as_deref().map(str::to_owned),
            note: rule.note.as_deref().map(str::to_owned),
            pack: rule.pack.as_deref().map(str::to_owned),
            facts: known
                .map(|fact| FactView { fact: fact.key(), values: facts.words(fact).collect() })
                .collect(),
            missing: finding.missing.iter().map(Fact::key).collect(),
            verified: finding.verified,
            rests_on: self.evidence(|fact| used.contains(fact)),
        }
    }

    /// The rows of the law book behind facts.
    fn evidence(&self, wanted: impl Fn(Fact) -> bool) -> Vec<EvidenceView> {
        let all = self.verdict.assessment.evidence.iter().filter(|evidence| wanted(evidence.fact()));
        all.map(|evidence| evidence::of(evidence, self.shown.sources.backbone)).collect()
    }

    fn document(&self, document: &DocumentVerdict) -> Option<DocumentView> {
        let rules = self.shown.sources.rules;
        let required: &RequiredDocument = document.requirement.get(rules)?;
        let (state, paper, instead) = self.state(&document.state);
        Some(DocumentView {
            kind: required.kind.to_string(),
            name: self.name_of(required.kind),
            or: required.or.iter().map(ToString::to_string).collect(),
            issuer: document.requirement.issuer.map(country),
            order: required.order,
            before: required.before.iter().map(ToString::to_string).collect(),
            shown_at: required.shown_at.as_str(),
            certain: document.requirement.certain,
            why: required.why.to_string(),
            rule: self.rule(document.requirement.rule).map(|rule| rule.key.to_string()).unwrap_or_default(),
            state,
            paper,
            instead,
        })
    }

    fn state(&self, state: &DocumentState) -> (&'static str, Option<PaperView>, Vec<String>) {
        let papers = &self.shown.consignment.papers;
        match state {
            DocumentState::ShownElsewhere => ("shown-elsewhere", None, Vec::new()),
            DocumentState::Missing { instead } => {
                let instead = instead.iter().filter_map(|at| papers.get(*at)).map(described);
                ("missing", None, instead.collect())
            }
            DocumentState::Presented { paper, outcome, inspected } => {
                let number = papers.get(*paper).and_then(number_of);
                let view = PaperView {
                    number,
                    outcome: outcome.as_str(),
                    good_until: inspected.last_day,
                    findings: self.findings(inspected.findings.iter(), &inspected.facts),
                    to_see: missing(inspected.untold),
                };
                (if *outcome == Outcome::Refuse { "refused" } else { "presented" }, Some(view), Vec::new())
            }
        }
    }

    /// The name of a kind of document, of the treaty or of a pack.
    fn name_of(&self, kind: cites::DocumentKind) -> String {
        let of_pack = || {
            let papers = self.shown.sources.packs.iter().flat_map(|pack| &pack.manifest().documents);
            { papers }.find(|paper| paper.kind == kind).map(|paper| paper.name_en.to_string())
        };
        kind.name_en().map(str::to_owned).or_else(of_pack).unwrap_or_else(|| kind.to_string())
    }

    fn reading(&self, reading: &Reading) -> ReadingView {
        let rules = self.shown.sources.rules;
        let required = reading.requirements.iter().filter_map(|required| {
            let document = required.get(rules)?;
            let issuer = required.issuer.map(|state| format!(" {state}")).unwrap_or_default();
            Some(format!("{}{issuer}", document.kind))
        });
        ReadingView {
            fact: reading.fact.key(),
            values: reading.values.clone(),
            outcome: reading.outcome.as_str(),
            documents: required.collect(),
        }
    }

    fn asks(&self) -> Vec<AskView> {
        let asks = self.verdict.asks.iter();
        asks.map(|ask| AskView {
            state: ask.state.map(country),
            rule: self.rule(ask.rule).map(|rule| rule.key.to_string()).unwrap_or_default(),
            title: self.rule(ask.rule).map(|rule| rule.title.to_string()).unwrap_or_default(),
        })
        .collect()
    }
}

impl FindingView {
    /// How much it weighs: what forbids, what refers, what is a ground, what is a note.
    pub fn severity(&self) -> u8 {
        match self.outcome {
            "refuse" => 4,
            "refer" => 3,
            _ if self.effect == Effect::Require.as_str() => 2,
            _ if self.effect == Effect::Clear.as_str() => 1,
            _ => 0,
        }
    }
}

fn missing(facts: FactSet) -> Vec<MissingView> {
    facts.iter().map(|fact| MissingView { fact: fact.key(), ask: question(fact) }).collect()
}

fn country(country: Country) -> CodeView {
    CodeView { code: country.to_string(), name: words::country(country) }
}

fn number_of(paper: &Paper) -> Option<String> {
    match &paper.number {
        Told::Is(number) => Some(number.to_string()),
        Told::Absent | Told::Unknown => None,
    }
}

fn described(paper: &Paper) -> String {
    let number = number_of(paper).map(|number| format!(" {number}")).unwrap_or_default();
    format!("{}{number}", paper.kind)
}

/// The verdict as it is said.
pub fn said(verdict: &str) -> String {
    verdict.replace('-', " ")
}
