//! An answer of the law to a consignment as it is shown: ids with their words, in the order in which an officer needs
//! them.
//!
//! Source of truth: the verdicts. `docs/reference/check-json.md` describes the shape; a field is added, never
//! changed. Which format it is written in is said by whoever shows it.

pub mod evidence;
mod questions;

use border::consignment::Consignment;
use border::receive::Received;
use border::{DocumentState, DocumentVerdict, LineVerdict, Verdicts};
use cites::{Country, Day, Outcome, Quantity};
use law::assess::{Reading, Sources};
use law::rule::{Effect, Fact, FactSet, Facts, Finding, Met, RequiredDocument, Rule};
use permits::{Paper, Told};
use serde::Serialize;

use crate::words;
pub use evidence::EvidenceView;
pub use questions::question;

/// A checked consignment, to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'s, 'a, 'b> {
    /// What was declared.
    pub consignment: &'s Consignment,
    /// The same with its names resolved.
    pub received: &'s Received<'a>,
    /// What it comes to.
    pub verdicts: &'s Verdicts<'a, 'b>,
    /// The law.
    pub sources: &'s Sources<'b>,
}

/// A line and what it comes to.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    /// Its place, from 1.
    pub line: usize,
    /// The name as written.
    pub name: String,
    /// The accepted name of what it stands for; empty where it stands for nothing.
    pub matched_taxon: String,
    /// How it was matched.
    pub r#match: &'static str,
    /// What is not sure about the name.
    pub doubts: Vec<DoubtView>,
    /// The kind of specimen.
    pub term: Option<CodeView>,
    /// How much.
    pub quantity: Option<Quantity>,
    /// The source, by its letters.
    pub source: Option<String>,
    /// The place of origin.
    pub origin: Option<String>,
    /// The Appendices that are possible; `none` where it may be in none.
    pub appendix: Vec<&'static str>,
    /// The entries behind them.
    pub entries: Vec<EvidenceView>,
    /// The word of the verdict.
    pub verdict: &'static str,
    /// The documents required, or that may be, in the order in which to get them.
    pub documents: Vec<DocumentView>,
    /// What the rules say, the gravest first.
    pub findings: Vec<FindingView>,
    /// What must be told to decide.
    pub missing: Vec<MissingView>,
    /// What the answer would be if a fact were settled.
    pub readings: Vec<ReadingView>,
    /// States that may ask for more.
    pub asks: Vec<AskView>,
    /// Whether everything that the answer rests on is verified.
    pub verified: bool,
}

/// A code with its words.
#[derive(Debug, Clone, Serialize)]
pub struct CodeView {
    /// The code.
    pub code: String,
    /// The words.
    pub name: String,
}

/// Something about a name that is not sure.
#[derive(Debug, Clone, Serialize)]
pub struct DoubtView {
    /// The word of the doubt.
    pub id: &'static str,
    /// The doubt in words.
    pub message: String,
}

/// A document that is required.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// The word of its kind.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Kinds that serve in its place.
    pub or: Vec<String>,
    /// The State that issues it, where that is told.
    pub issuer: Option<CodeView>,
    /// Its place in the order in which to get them, from 1.
    pub order: u8,
    /// Kinds before which it must be issued.
    pub before: Vec<String>,
    /// At which border it is shown.
    pub shown_at: &'static str,
    /// Whether it is surely required.
    pub certain: bool,
    /// Why.
    pub why: String,
    /// The rule that requires it.
    pub rule: String,
    /// missing, shown-elsewhere, presented or refused.
    pub state: &'static str,
    /// The paper presented for it.
    pub paper: Option<PaperView>,
    /// Papers of the same State that are of another kind.
    pub instead: Vec<String>,
}

/// A paper that is presented for a document.
#[derive(Debug, Clone, Serialize)]
pub struct PaperView {
    /// Its number.
    pub number: Option<String>,
    /// What it comes to.
    pub outcome: &'static str,
    /// Its last day.
    pub good_until: Option<Day>,
    /// What the rules say of it.
    pub findings: Vec<FindingView>,
    /// What is to be looked at.
    pub to_see: Vec<MissingView>,
}

/// What a rule says.
#[derive(Debug, Clone, Serialize)]
pub struct FindingView {
    /// The key of the rule.
    pub rule: String,
    /// What it says.
    pub title: String,
    /// What it does.
    pub effect: &'static str,
    /// What it comes to.
    pub outcome: &'static str,
    /// Whether it surely holds.
    pub met: bool,
    /// The text of law.
    pub source: String,
    /// The clause.
    pub clause: String,
    /// Where the text is.
    pub url: Option<String>,
    /// What else there is to know.
    pub note: Option<String>,
    /// The pack whose rule it is.
    pub pack: Option<String>,
    /// The facts that it used.
    pub facts: Vec<FactView>,
    /// The facts that would decide it.
    pub missing: Vec<&'static str>,
    /// Whether everything behind it is verified.
    pub verified: bool,
    /// The rows of the book behind it.
    pub rests_on: Vec<EvidenceView>,
}

/// A fact that a rule used, with the values that are left.
#[derive(Debug, Clone, Serialize)]
pub struct FactView {
    /// The key of the fact.
    pub fact: &'static str,
    /// The values that are left.
    pub values: Vec<&'static str>,
}

/// A fact that is missing, and what to ask.
#[derive(Debug, Clone, Serialize)]
pub struct MissingView {
    /// The key of the fact.
    pub fact: &'static str,
    /// What to ask or look at.
    pub ask: &'static str,
}

/// What the answer would be if a fact were settled.
#[derive(Debug, Clone, Serialize)]
pub struct ReadingView {
    /// The key of the fact.
    pub fact: &'static str,
    /// The values.
    pub values: Vec<&'static str>,
    /// What it would come to.
    pub outcome: &'static str,
    /// The documents then required.
    pub documents: Vec<String>,
}

/// A State that may ask for more.
#[derive(Debug, Clone, Serialize)]
pub struct AskView {
    /// The State, where told.
    pub state: Option<CodeView>,
    /// The rule that says so.
    pub rule: String,
    /// What it says.
    pub title: String,
}

impl Checked<'_, '_, '_> {
    /// What is shown of each line, in order.
    pub fn lines(&self) -> Vec<LineView> {
        let lines = self.verdicts.lines.iter().enumerate();
        lines.map(|(at, verdict)| LineMaker { shown: self, at, verdict }.line()).collect()
    }
}

struct LineMaker<'m, 's, 'a, 'b> {
    shown: &'m Checked<'s, 'a, 'b>,
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
        let Checked { consignment, received, sources, verdicts } = self.shown;
        let Some(line) = received.lines.get(self.at) else { return Vec::new() };
        let readings = border::readings(consignment, line, &self.verdict.assessment, sources, verdicts.on);
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
            name: name_of(required.kind, self.shown.sources),
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

/// The name of a kind of document, of the treaty or of a pack.
pub fn name_of(kind: cites::DocumentKind, sources: &Sources<'_>) -> String {
    let of_pack = || {
        let papers = sources.packs.iter().flat_map(|pack| &pack.manifest().documents);
        { papers }.find(|paper| paper.kind == kind).map(|paper| paper.name_en.to_string())
    };
    kind.name_en().map(str::to_owned).or_else(of_pack).unwrap_or_else(|| kind.to_string())
}

/// The verdict as it is said.
pub fn said(verdict: &str) -> String {
    verdict.replace('-', " ")
}
