//! What the law of a day requires of one line of goods on one journey.
//!
//! Source of truth: the law book; the order of the questions is that of the treaty (listing, regime, bars,
//! commercial test, documents), then what each pack adds. A rule short of a fact finds "refer" and names
//! the fact; where no rule gives a ground for a clear answer, the answer is "refer" too.
//!
//! Findings are ids and facts; words are made where they are shown. Reads only its arguments.

mod barred;
mod evidence;
mod gather;
mod input;
mod journey;
mod lacks;
mod listed;
mod packed;
mod pairs;
mod personal;
mod plausible;
mod reading;
mod regime;
mod require;
mod sources;
mod specimen;

use cites::{Day, EditionId, Outcome};
use smallvec::SmallVec;

pub use evidence::{Evidence, EvidenceList};
pub use gather::{Assumed, purposes_of_trade};
pub use input::{AgeClaim, Claims, Crossing, Form, Hybridity, Line, UseOfGoods};
pub use packed::PackFacts;
pub use pairs::Pairs;
pub use reading::{Reading, readings};
pub use require::{Requirement, Requirements};
use sources::Question;
pub use sources::Sources;

use crate::rule::{FactSet, Facts, Finding, Findings, Rule, RuleBook};

/// What the law requires of a line.
#[derive(Debug, Clone)]
pub struct Assessment<'b> {
    /// What it comes to, before any paper is looked at.
    pub outcome: Outcome,
    /// What each rule that holds or may hold says.
    pub findings: Findings,
    /// The documents needed.
    pub requirements: Requirements,
    /// The facts used.
    pub facts: Facts,
    /// The facts of each pack whose country has a part in the journey.
    pub packs: SmallVec<[PackFacts<'b>; 1]>,
    /// The rows of the book that the facts rest on.
    pub evidence: EvidenceList<'b>,
    /// The edition of the book.
    pub edition: EditionId,
}

/// Assesses `line` on `crossing` under the law of `on`.
#[inline]
pub fn assess<'b>(
    line: &Line<'_>,
    crossing: &Crossing<'_>,
    sources: &Sources<'b>,
    on: Day,
) -> Assessment<'b> {
    let mut assessment = Assessment::open(sources.edition);
    assessment.fill(line, crossing, sources, on);
    assessment
}

/// The same, taking something open as settled.
pub(crate) fn assess_assuming<'b>(
    line: &Line<'_>,
    crossing: &Crossing<'_>,
    sources: &Sources<'b>,
    on: Day,
    assumed: Assumed,
) -> Assessment<'b> {
    let mut assessment = Assessment::open(sources.edition);
    assessment.fill_assuming(line, crossing, sources, on, assumed);
    assessment
}

impl<'b> Assessment<'b> {
    /// Nothing asked yet: all open, and a person must decide.
    #[inline]
    pub fn open(edition: EditionId) -> Assessment<'b> {
        Assessment {
            outcome: Outcome::Refer,
            findings: Findings::new(),
            requirements: Requirements::new(),
            facts: Facts::default(),
            packs: SmallVec::new(),
            evidence: EvidenceList::new(),
            edition,
        }
    }

    /// Assesses `line` on `crossing` under the law of `on`, in place; what [`assess`] answers. The assessment is
    /// one that nothing was asked of.
    pub fn fill(&mut self, line: &Line<'_>, crossing: &Crossing<'_>, sources: &Sources<'b>, on: Day) {
        self.fill_assuming(line, crossing, sources, on, Assumed::default());
    }

    /// The same, taking something open as settled. In place: an assessment is large, and moving it costs as much as a
    /// part of it.
    fn fill_assuming(
        &mut self,
        line: &Line<'_>,
        crossing: &Crossing<'_>,
        sources: &Sources<'b>,
        on: Day,
        assumed: Assumed,
    ) {
        let crossing =
            &Crossing { purpose_import: assumed.purpose_import.or(crossing.purpose_import), ..*crossing };
        let question = Question { line, crossing, sources, on };
        let rules = sources.rules;
        let Assessment { facts, findings, packs, evidence, .. } = &mut *self;
        let lineage = gather::gather(&question, assumed.appendix, facts, evidence);
        if personal::is_carried(crossing) {
            rules.caps().evaluate(facts, on, findings);
            // A cap decides a fact; the rules that ask for the fact decide the line.
            findings.iter_mut().for_each(|finding| finding.outcome = Outcome::Clear);
        }
        rules.lines().evaluate(facts, on, findings);
        for pack in rules.packs() {
            let Some(side) = packed::side_of(pack.country, crossing) else { continue };
            packs.push(PackFacts { pack, facts: facts.clone() });
            let Some(asked) = packs.last_mut() else { continue };
            packed::fill(asked, side, lineage, &question, evidence);
            pack.lines.evaluate(&asked.facts, on, findings);
        }
        self.outcome = rules.outcome(&self.findings);
        self.requirements = require::of(&self.findings, rules, line, crossing);
    }

    /// What must be told to decide the line.
    pub fn missing(&self) -> FactSet {
        self.findings.iter().fold(FactSet::EMPTY, |all, finding| all.union(finding.missing))
    }

    /// Whether everything the answer rests on is verified.
    pub fn verified(&self) -> bool {
        self.findings.iter().all(|finding| finding.verified)
    }

    /// The facts that a rule was asked with: those of its pack, or those of the treaty.
    pub fn facts_of(&self, rule: &Rule) -> &Facts {
        let own = self.packs.iter().find(|asked| rule.pack.as_deref() == Some(&*asked.pack.name));
        own.map_or(&self.facts, |asked| &asked.facts)
    }

    /// The rows of the book that a finding rests on.
    pub fn rests_on(&self, finding: &Finding, rules: &RuleBook) -> impl Iterator<Item = &Evidence<'_>> {
        let used = rules.rule(finding.rule).map_or(FactSet::EMPTY, |rule| rule.used());
        self.evidence.iter().filter(move |evidence| used.contains(evidence.fact()))
    }
}
