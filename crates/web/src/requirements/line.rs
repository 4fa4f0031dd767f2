//! The answer for a line, out of the words of `wording`.

use border::Verdict;
use border::applied::AppliedLine;
use cites::Country;
use permits::fields::{Field, Remark};
use wording::answer::{
    AskView, CodeView, DocumentView, DoubtView, EvidenceView, FindingView, LineView, MissingView, ReadingView,
};
use wording::words;

use super::Maker;
use super::kept::{
    AnswerText, AskAnswer, Coded, DocumentAnswer, DoubtText, FactAnswer, FindingAnswer, LineAnswer,
    MissingFact, ReadingAnswer, RemarkText, RowText, RuleText,
};

/// A fact with more values left than this tells nothing.
const FACT_VALUES_MAX: usize = 3;

impl Maker<'_> {
    /// The place of the answer for a line; `serves` says of each document whether it is the one applied for.
    pub(super) fn answer(&mut self, view: LineView, serves: &[bool]) -> usize {
        for finding in &view.findings {
            self.note_rule(finding);
        }
        let entries = self.note_rows(&view.entries);
        let findings = view.findings.iter().map(|finding| self.finding(finding)).collect();
        let documents = view.documents.into_iter().zip(serves);
        let documents = documents.map(|(document, serves)| self.document(document, *serves)).collect();
        let doubt = |doubt: DoubtView| DoubtText { id: doubt.id.to_owned(), message: doubt.message };
        let answer = AnswerText {
            taxon: view.matched_taxon,
            doubts: view.doubts.into_iter().map(doubt).collect(),
            term: view.term.map(Coded::from),
            source: view.source,
            origin: view.origin,
            appendix: texts(&view.appendix),
            entries,
            documents,
            findings,
            missing: view.missing.into_iter().map(MissingFact::from).collect(),
            readings: view.readings.into_iter().map(ReadingAnswer::from).collect(),
            asks: view.asks.into_iter().map(AskAnswer::from).collect(),
            verified: view.verified,
        };
        let place = self.answers.len();
        *self.answers.entry(answer).or_insert(place)
    }

    fn finding(&mut self, finding: &FindingView) -> FindingAnswer {
        let rests_on = self.note_rows(&finding.rests_on);
        let few = finding.facts.iter().filter(|fact| fact.values.len() <= FACT_VALUES_MAX);
        FindingAnswer {
            rule: finding.rule.clone(),
            outcome: finding.outcome.to_owned(),
            met: finding.met,
            facts: few
                .map(|fact| FactAnswer { fact: fact.fact.to_owned(), values: texts(&fact.values) })
                .collect(),
            missing: texts(&finding.missing),
            rests_on,
            verified: finding.verified,
        }
    }

    fn document(&mut self, document: DocumentView, is_applied_for: bool) -> DocumentAnswer {
        let state = match document.state {
            "missing" if is_applied_for => "applied-for",
            "presented" | "refused" => "named",
            other => other,
        };
        let (mut number, mut to_see, mut against) = (None, Vec::new(), Vec::new());
        if let Some(paper) = document.paper {
            let is_against = |finding: &&FindingView| finding.met && finding.outcome != "clear";
            for finding in paper.findings.iter().filter(is_against) {
                self.note_rule(finding);
                against.push(self.finding(finding));
            }
            number = paper.number;
            to_see = paper.to_see.into_iter().map(MissingFact::from).collect();
        }
        DocumentAnswer {
            kind: Coded { code: document.kind, name: document.name },
            or: document.or,
            issuer: document.issuer.map(Coded::from),
            order: document.order,
            before: document.before,
            shown_at: document.shown_at.to_owned(),
            certain: document.certain,
            why: document.why,
            rule: document.rule,
            state: state.to_owned(),
            number,
            against,
            to_see,
        }
    }

    /// Keeps the text of a rule once. It is verified where it is so in every line.
    fn note_rule(&mut self, finding: &FindingView) {
        let known = self.rules.entry(finding.rule.clone()).or_insert_with(|| RuleText {
            rule: finding.rule.clone(),
            title: finding.title.clone(),
            effect: finding.effect.to_owned(),
            source: finding.source.clone(),
            clause: finding.clause.clone(),
            url: finding.url.clone(),
            note: finding.note.clone(),
            pack: finding.pack.clone(),
            verified: true,
        });
        known.verified &= finding.verified;
    }

    /// Keeps the text of rows, each once; their ids.
    fn note_rows(&mut self, rows: &[EvidenceView]) -> Vec<String> {
        for row in rows {
            self.rows.entry(row.id.clone()).or_insert_with(|| RowText {
                id: row.id.clone(),
                words: row.words.clone(),
                source: row.source.clone(),
                confidence: row.confidence.to_owned(),
                verified: row.verified,
            });
        }
        rows.iter().map(|row| row.id.clone()).collect()
    }
}

fn texts(words: &[&'static str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A country with its name.
pub(super) fn country(country: Country) -> Coded {
    Coded { code: country.to_string(), name: words::country(country) }
}

impl LineAnswer {
    /// A line about which the law could not be asked.
    pub(super) fn unread(line: &AppliedLine) -> LineAnswer {
        LineAnswer {
            line: line.number,
            name: line.name.to_string(),
            quantity: None,
            verdict: Verdict::Refer.as_str().to_owned(),
            remarks: RemarkText::all(&line.remarks),
            answer: None,
        }
    }
}

impl RemarkText {
    /// All remarks, in their order.
    pub(super) fn all<F: Field>(remarks: &[Remark<F>]) -> Vec<RemarkText> {
        let text = |remark: &Remark<F>| RemarkText {
            field: remark.field.id().into_owned(),
            text: remark.written.to_string(),
            defect: remark.note.is_defect(),
            id: remark.note.id().to_owned(),
            reason: remark.note.to_string(),
        };
        remarks.iter().map(text).collect()
    }
}

impl From<CodeView> for Coded {
    fn from(code: CodeView) -> Coded {
        Coded { code: code.code, name: code.name }
    }
}

impl From<MissingView> for MissingFact {
    fn from(missing: MissingView) -> MissingFact {
        MissingFact { fact: missing.fact.to_owned(), ask: missing.ask.to_owned() }
    }
}

impl From<ReadingView> for ReadingAnswer {
    fn from(reading: ReadingView) -> ReadingAnswer {
        ReadingAnswer {
            fact: reading.fact.to_owned(),
            values: texts(&reading.values),
            outcome: reading.outcome.to_owned(),
            documents: reading.documents,
        }
    }
}

impl From<AskView> for AskAnswer {
    fn from(ask: AskView) -> AskAnswer {
        AskAnswer { state: ask.state.map(Coded::from), rule: ask.rule }
    }
}
