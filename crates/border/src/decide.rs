//! Decide: from findings and papers to one verdict a line, and one for the consignment.
//!
//! The mapping is documented in `docs/reference/rules.md`: refuse is *prohibited*, refer is *refer*; clear is
//! *may cross with documents* where any is required, *not controlled* where no Appendix holds the specimen,
//! else *may cross*. A required document that is absent or refused is missing, and forbids only where its rule
//! says so. An officer decides; this is an assessment.

use cites::{Country, Day, EditionId, Outcome};
use law::assess::{Assessment, Requirement};
use law::rule::{Effect, FactSet, Finding, Issuer, ListedAs, Met, RuleBook, key};

use smallvec::SmallVec;

use crate::inspect::Inspected;

/// What a line or a consignment comes to. Ordered by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Outside the Convention and outside what the packs ask.
    NotControlled,
    /// Controlled, and no document is needed.
    MayCross,
    /// It may cross with the documents listed; some may be missing.
    MayCrossWithDocuments,
    /// A person must decide: something is unknown or doubtful.
    Refer,
    /// The law forbids it as declared.
    Prohibited,
}

impl Verdict {
    /// Every verdict, from the mildest.
    pub const ALL: [Verdict; 5] = [
        Verdict::NotControlled,
        Verdict::MayCross,
        Verdict::MayCrossWithDocuments,
        Verdict::Refer,
        Verdict::Prohibited,
    ];

    /// The word of answers and cases.
    pub const fn as_str(self) -> &'static str {
        match self {
            Verdict::NotControlled => "not-controlled",
            Verdict::MayCross => "may-cross",
            Verdict::MayCrossWithDocuments => "may-cross-with-documents",
            Verdict::Refer => "refer",
            Verdict::Prohibited => "prohibited",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == word)
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A document that is required, and what was presented for it.
#[derive(Debug, Clone)]
pub struct DocumentVerdict {
    /// What is required.
    pub requirement: Requirement,
    /// Whether it is there.
    pub state: DocumentState,
}

/// Documents, in place while they are few.
pub type DocumentVerdicts = SmallVec<[DocumentVerdict; 4]>;

/// Whether a required document is there.
#[derive(Debug, Clone)]
pub enum DocumentState {
    /// A paper is presented for it.
    Presented {
        /// Its place among the papers of the consignment.
        paper: usize,
        /// What it comes to: a refused paper does not serve.
        outcome: Outcome,
        /// What was found about it.
        inspected: Box<Inspected>,
    },
    /// None is presented.
    Missing {
        /// Papers of the right State that are of another kind.
        instead: Vec<usize>,
    },
    /// It is shown at the other border.
    ShownElsewhere,
}

impl DocumentVerdict {
    /// Whether the document is needed here and a serving paper is not there.
    pub fn is_missing(&self) -> bool {
        match &self.state {
            DocumentState::Presented { outcome, .. } => *outcome == Outcome::Refuse,
            DocumentState::Missing { .. } => true,
            DocumentState::ShownElsewhere => false,
        }
    }

    /// What the document adds to the outcome of the line.
    fn outcome(&self, rules: &RuleBook) -> Outcome {
        match &self.state {
            _ if self.is_missing() && self.requirement.certain => match self.requirement.if_missing(rules) {
                Outcome::Refuse => Outcome::Refuse,
                Outcome::Clear | Outcome::Refer => Outcome::Clear,
            },
            DocumentState::Presented { outcome: Outcome::Refer, .. } => Outcome::Refer,
            _ => Outcome::Clear,
        }
    }
}

/// A State that may ask for more than the Convention does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The rule that says so.
    pub rule: cites::RuleId,
    /// The State whose authority to ask, where told.
    pub state: Option<Country>,
}

/// What a line comes to.
#[derive(Debug, Clone)]
pub struct LineVerdict<'a, 'b> {
    /// The verdict.
    pub verdict: Verdict,
    /// What the written name stands for.
    pub name: species::Resolution<'a>,
    /// What the law requires.
    pub assessment: Assessment<'b>,
    /// Each document required.
    pub documents: DocumentVerdicts,
    /// The States to ask.
    pub asks: SmallVec<[Ask; 2]>,
}

/// What a consignment comes to.
#[derive(Debug, Clone)]
pub struct Verdicts<'a, 'b> {
    /// The worst line.
    pub verdict: Verdict,
    /// Each line, in order.
    pub lines: Vec<LineVerdict<'a, 'b>>,
    /// The day of the law.
    pub on: Day,
    /// The edition of the book.
    pub edition: EditionId,
}

impl LineVerdict<'_, '_> {
    /// The documents that are needed here and not there.
    pub fn missing_documents(&self) -> impl Iterator<Item = &DocumentVerdict> {
        self.documents.iter().filter(|document| document.is_missing() && document.requirement.certain)
    }

    /// What must be told to decide the line and its papers.
    pub fn missing_facts(&self) -> FactSet {
        let inspected = self.documents.iter().filter_map(|document| match &document.state {
            DocumentState::Presented { inspected, outcome, .. } if *outcome == Outcome::Refer => {
                Some(inspected)
            }
            _ => None,
        });
        let of_papers = inspected.flat_map(|inspected| inspected.findings.iter());
        of_papers.fold(self.assessment.missing(), |all, finding| all.union(finding.missing))
    }

    /// What every rule says, for the line and for the papers presented.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let of_papers = self.documents.iter().filter_map(|document| match &document.state {
            DocumentState::Presented { inspected, .. } => Some(inspected.findings.iter()),
            _ => None,
        });
        self.assessment.findings.iter().chain(of_papers.flatten())
    }

    /// Every rule that surely holds, for the line and for the papers presented.
    pub fn rules_met(&self) -> impl Iterator<Item = cites::RuleId> {
        self.findings().filter(|finding| finding.met == Met::Met).map(|finding| finding.rule)
    }
}

impl Verdicts<'_, '_> {
    /// Whether a required document is missing on any line.
    pub fn lacks_documents(&self) -> bool {
        self.lines.iter().any(|line| line.missing_documents().next().is_some())
    }
}

/// The verdict of a line from its assessment and its documents.
pub(crate) fn verdict(
    assessment: &Assessment<'_>,
    documents: &[DocumentVerdict],
    rules: &RuleBook,
) -> Verdict {
    let of_papers = documents.iter().map(|document| document.outcome(rules));
    verdict_of(of_papers.fold(assessment.outcome, Outcome::max), !documents.is_empty(), assessment)
}

/// The verdict of an outcome.
pub(crate) fn verdict_of(outcome: Outcome, needs_documents: bool, assessment: &Assessment<'_>) -> Verdict {
    match outcome {
        Outcome::Refuse => Verdict::Prohibited,
        Outcome::Refer => Verdict::Refer,
        Outcome::Clear if needs_documents => Verdict::MayCrossWithDocuments,
        Outcome::Clear if assessment.facts.is(key::appendix, ListedAs::Nowhere).is_yes() => {
            Verdict::NotControlled
        }
        Outcome::Clear => Verdict::MayCross,
    }
}

/// The States whose authorities must be asked what they want beyond the Convention.
pub(crate) fn asks(
    assessment: &Assessment<'_>,
    rules: &RuleBook,
    state_of: impl Fn(Issuer) -> Option<Country>,
) -> SmallVec<[Ask; 2]> {
    let met = assessment.findings.iter().filter(|finding| finding.met == Met::Met);
    let asked = met.filter_map(|finding| {
        let rule = rules.rule_to(Effect::Ask, finding.rule)?;
        Some(Ask { rule: finding.rule, state: rule.ask.and_then(&state_of) })
    });
    asked.collect()
}
