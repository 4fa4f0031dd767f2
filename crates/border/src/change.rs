//! What the answer to a line is on one day, held against what it is on another.
//!
//! Source of truth: two assessments of the same line on the same journey. Stricter and milder follow the order
//! of the verdicts, then the documents, then the Appendices. What an officer may do about it is a list of
//! steps, each with its clause; a person decides.

use std::fmt;

use cites::{Country, DocumentKind};
use law::assess::{Assessment, Requirement};
use law::rule::{Fact, Finding, ListedAs, RuleBook, key};
use smallvec::SmallVec;

use crate::Verdict;

/// The answer to a line on a day, as far as two days are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayAnswer {
    /// The verdict.
    pub verdict: Verdict,
    /// The Appendices that are possible.
    pub appendices: SmallVec<[ListedAs; 4]>,
    /// The documents required, or those that may be, in the order in which to get them.
    pub documents: Vec<Needed>,
    findings: Vec<Finding>,
}

/// A document that is needed, or may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// Its kind.
    pub kind: DocumentKind,
    /// The State that issues it, where that is told.
    pub issuer: Option<Country>,
    /// Whether it is surely needed.
    pub certain: bool,
}

/// How the later answer stands to the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shift {
    /// The same in everything.
    Same,
    /// Less is asked, or less stands in the way.
    Milder,
    /// Neither stricter nor milder: other papers, other reasons, other facts missing.
    Other,
    /// More is asked, or more stands in the way.
    Stricter,
}

/// What to do about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The movement is forbidden from the day on.
    Stop,
    /// It was forbidden before and is no longer.
    Release,
    /// Papers that state the Appendix of before no longer fit.
    ReplacePaper,
    /// An Appendix I import needs its import permit first, and no commercial use.
    ImportPermitFirst,
    /// Papers are needed where none were.
    GetPapers,
    /// Specimens acquired before the first listing may be pre-Convention.
    PreConvention,
    /// Papers are needed besides those of before.
    MorePapers,
    /// Papers of before are no longer asked for.
    FewerPapers,
    /// Something became unknown.
    FindOut,
    /// The reasons changed: other rules, other rows behind them, or what is said of the papers.
    Reassess,
    /// The rows changed and the answer did not.
    Nothing,
}

impl Shift {
    /// Every shift, in the order of summaries.
    pub const ALL: [Shift; 4] = [Shift::Stricter, Shift::Other, Shift::Milder, Shift::Same];

    /// The word of answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Shift::Same => "same",
            Shift::Milder => "milder",
            Shift::Other => "other",
            Shift::Stricter => "stricter",
        }
    }
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Step {
    /// The word of answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Step::Stop => "stop",
            Step::Release => "no-longer-forbidden",
            Step::ReplacePaper => "replace-paper",
            Step::ImportPermitFirst => "import-permit-first",
            Step::GetPapers => "get-papers",
            Step::PreConvention => "pre-convention",
            Step::MorePapers => "more-papers",
            Step::FewerPapers => "fewer-papers",
            Step::FindOut => "find-out",
            Step::Reassess => "reassess",
            Step::Nothing => "nothing",
        }
    }

    /// What to do, in words, with its clause.
    pub const fn words(self) -> &'static str {
        match self {
            Step::Stop => {
                "do not let it cross from that day on, whatever papers were issued before; tell the holder, and \
                 refer open applications to the Management Authority"
            }
            Step::Release => "it is no longer forbidden from that day on; assess it anew with its papers",
            Step::ReplacePaper => {
                "the law of the day of the border event counts, not that of the day of issue (Arts XV, XVI): a \
                 permit that states the Appendix of before must be replaced by its issuer before it is used \
                 (Res. Conf. 12.3 (Rev. CoP19): the paper states the Appendix of each species)"
            }
            Step::ImportPermitFirst => {
                "the import permit comes first, and for purposes that are not primarily commercial (Art. III)"
            }
            Step::GetPapers => "papers are needed from that day on; see the documents",
            Step::PreConvention => {
                "a specimen acquired before the Convention first applied to it may travel with a \
                 pre-Convention certificate (Art. VII.2; Res. Conf. 13.6 (Rev. CoP18))"
            }
            Step::MorePapers => "get the papers that are asked for besides; see the documents",
            Step::FewerPapers => "papers of before are no longer asked for; see the documents",
            Step::FindOut => "find out what is missing, then assess it anew",
            Step::Reassess => "assess it anew: the verdict stays, the reasons do not",
            Step::Nothing => "nothing: the answer is the same on both days",
        }
    }
}

impl DayAnswer {
    /// What `assessment` comes to; `verdict` with the papers, where there are any.
    pub fn of(assessment: &Assessment<'_>, verdict: Verdict, rules: &RuleBook) -> DayAnswer {
        let possible = ListedAs::ALL.iter().copied();
        let needed = |requirement: &Requirement| {
            let kind = requirement.get(rules)?.kind;
            Some(Needed { kind, issuer: requirement.issuer, certain: requirement.certain })
        };
        DayAnswer {
            verdict,
            appendices: possible.filter(|listed| assessment.facts.may_be(key::appendix, *listed)).collect(),
            documents: assessment.requirements.iter().filter_map(needed).collect(),
            // That a row is no longer verified changes what is known of an answer, not the answer.
            findings: assessment
                .findings
                .iter()
                .map(|finding| Finding { verified: true, ..*finding })
                .collect(),
        }
    }

    /// How this answer stands to that of an earlier day.
    pub fn shift(&self, before: &DayAnswer) -> Shift {
        if self == before {
            return Shift::Same;
        }
        let by_verdict = before.verdict.cmp(&self.verdict);
        let (more, fewer) =
            (has_more(&self.documents, &before.documents), has_more(&before.documents, &self.documents));
        let by_appendix = self.strictest().cmp(&before.strictest()).reverse();
        match by_verdict {
            std::cmp::Ordering::Less => Shift::Stricter,
            std::cmp::Ordering::Greater => Shift::Milder,
            std::cmp::Ordering::Equal => match (more, fewer, by_appendix) {
                (true, true, _) => Shift::Other,
                (true, false, _) | (false, false, std::cmp::Ordering::Greater) => Shift::Stricter,
                (false, true, _) | (false, false, std::cmp::Ordering::Less) => Shift::Milder,
                (false, false, std::cmp::Ordering::Equal) => Shift::Other,
            },
        }
    }

    /// The strictest Appendix that is possible; I is the least.
    fn strictest(&self) -> ListedAs {
        self.appendices.iter().copied().min().unwrap_or(ListedAs::Nowhere)
    }

    /// Whether the specimen is surely in no Appendix.
    fn is_free(&self) -> bool {
        self.appendices.as_slice() == [ListedAs::Nowhere]
    }

    /// Whether the specimen is surely in one.
    fn is_listed(&self) -> bool {
        !self.appendices.contains(&ListedAs::Nowhere)
    }

    /// What to do about the change from `before` to this answer, the gravest first.
    pub fn steps(&self, before: &DayAnswer) -> Vec<Step> {
        let mut steps = Vec::new();
        if self.shift(before) == Shift::Same {
            return vec![Step::Nothing];
        }
        let forbidden = |answer: &DayAnswer| answer.verdict == Verdict::Prohibited;
        if forbidden(self) {
            // No paper helps what is forbidden.
            return vec![if forbidden(before) { Step::Reassess } else { Step::Stop }];
        }
        let mut add = |holds: bool, step: Step| {
            if holds {
                steps.push(step);
            }
        };
        add(forbidden(before), Step::Release);
        add(
            before.is_listed() && self.is_listed() && self.appendices != before.appendices,
            Step::ReplacePaper,
        );
        let needs = |answer: &DayAnswer, kind| answer.documents.iter().any(|needed| needed.kind == kind);
        let first = needs(self, DocumentKind::ImportPermit) && !needs(before, DocumentKind::ImportPermit);
        add(first && self.appendices.contains(&ListedAs::I), Step::ImportPermitFirst);
        add(before.documents.is_empty() && !self.documents.is_empty(), Step::GetPapers);
        add(before.is_free() && !self.is_free(), Step::PreConvention);
        let (more, fewer) =
            (has_more(&self.documents, &before.documents), has_more(&before.documents, &self.documents));
        add(more && !before.documents.is_empty(), Step::MorePapers);
        add(fewer, Step::FewerPapers);
        add(self.missing() != before.missing() && !self.missing().is_empty(), Step::FindOut);
        if steps.is_empty() {
            steps.push(Step::Reassess);
        }
        steps
    }

    /// What must be told to decide.
    pub fn missing(&self) -> Vec<Fact> {
        let all = self.findings.iter().flat_map(|finding| finding.missing.iter());
        let mut facts: Vec<Fact> = all.collect();
        facts.sort_unstable_by_key(|fact| *fact as usize);
        facts.dedup();
        facts
    }
}

/// Whether `one` asks for a document that `other` does not ask for, or not surely.
fn has_more(one: &[Needed], other: &[Needed]) -> bool {
    let asked = |needed: &Needed| {
        let same = |known: &&Needed| known.kind == needed.kind && known.issuer == needed.issuer;
        other.iter().find(same).is_some_and(|known| known.certain || !needed.certain)
    };
    !one.iter().all(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `may-cross-with-documents I/II export-permit import-permit?`.
    fn answer(text: &str) -> DayAnswer {
        let mut words = text.split(' ');
        let verdict = Verdict::from_word(words.next().unwrap()).unwrap();
        let listed =
            |word: &str| ListedAs::ALL.iter().copied().find(|listed| listed.as_str() == word).unwrap();
        let appendices = words.next().unwrap().split('/').map(listed).collect();
        let documents = words.map(|word| Needed {
            kind: word.trim_end_matches('?').parse().unwrap(),
            issuer: None,
            certain: !word.ends_with('?'),
        });
        DayAnswer { verdict, appendices, documents: documents.collect(), findings: Vec::new() }
    }

    fn check(before: &str, after: &str, shift: Shift, steps: &[Step]) {
        let (was, is) = (answer(before), answer(after));
        assert_eq!(is.shift(&was), shift, "{before} -> {after}");
        assert_eq!(is.steps(&was), steps, "{before} -> {after}");
    }

    #[test]
    fn an_answer_is_stricter_by_verdict_then_documents_then_appendix() {
        let permit = "may-cross-with-documents II export-permit";
        check(permit, permit, Shift::Same, &[Step::Nothing]);
        check(permit, "prohibited II export-permit", Shift::Stricter, &[Step::Stop]);
        check("prohibited II export-permit", permit, Shift::Milder, &[Step::Release]);
        check(
            permit,
            "may-cross-with-documents I import-permit export-permit",
            Shift::Stricter,
            &[Step::ReplacePaper, Step::ImportPermitFirst, Step::MorePapers],
        );
        check(
            "may-cross-with-documents I import-permit export-permit",
            permit,
            Shift::Milder,
            &[Step::ReplacePaper, Step::FewerPapers],
        );
        check("not-controlled none", permit, Shift::Stricter, &[Step::GetPapers, Step::PreConvention]);
        check(permit, "not-controlled none", Shift::Milder, &[Step::FewerPapers]);
        check(permit, "may-cross-with-documents I export-permit", Shift::Stricter, &[Step::ReplacePaper]);
        check("prohibited I", "prohibited II", Shift::Milder, &[Step::Reassess]);
    }

    #[test]
    fn a_document_that_becomes_sure_is_more() {
        let (perhaps, surely) = ("refer II export-permit?", "refer II export-permit");
        check(perhaps, surely, Shift::Stricter, &[Step::MorePapers]);
        check(surely, perhaps, Shift::Milder, &[Step::FewerPapers]);
        check(
            "refer II export-permit",
            "refer II re-export-certificate",
            Shift::Other,
            &[Step::MorePapers, Step::FewerPapers],
        );
    }

    #[test]
    fn the_opposite_of_stricter_is_milder() {
        let all = [
            "not-controlled none",
            "may-cross II",
            "may-cross-with-documents III certificate-of-origin",
            "may-cross-with-documents II export-permit",
            "may-cross-with-documents I import-permit export-permit",
            "refer I/II export-permit?",
            "prohibited I",
        ];
        for one in all {
            for other in all {
                let (forth, back) = (answer(other).shift(&answer(one)), answer(one).shift(&answer(other)));
                let opposite = match forth {
                    Shift::Stricter => Shift::Milder,
                    Shift::Milder => Shift::Stricter,
                    same => same,
                };
                assert_eq!(back, opposite, "{one} -> {other}");
            }
        }
    }
}
