//! What the law requires for an application: asked of the book for the lines as they stand, and kept with the decision.
//!
//! Source of truth: `border::applied` for what the law is asked and what a line comes to, `wording` for the words, the
//! record for what was kept. Nothing is decided here: who grants against the answer says why, and that is kept too.

pub(crate) mod kept;
mod line;
mod reasons;
pub(crate) mod touched;

use std::collections::{BTreeMap, HashMap};

use border::Verdict;
use border::applied::{Applied, AppliedLine};
use cites::{Country, Day};
use law::assess::Sources;
use law::book::{BookFaults, LawBook};
use permits::application::asked::{Asked, Taxa};
use store::ApplicationRecord;

use crate::Office;
use crate::aside::aside;
use crate::deeds;
use crate::problem::Problem;
use kept::{AnswerText, Assessment, Coded, FORM, LineAnswer, RemarkText, RowText, RuleText};
pub(crate) use reasons::lacking_reasons;

/// The law that an office answers by.
#[derive(Debug, Clone, Copy)]
pub struct Law {
    /// The book, for as long as the program runs.
    pub book: &'static LawBook,
    /// The same, opened.
    pub sources: Sources<'static>,
    /// The State of the office.
    pub country: Country,
}

impl Law {
    /// Opens `book` for an office of `country`.
    ///
    /// # Errors
    /// The faults of its tables.
    pub fn of(book: &'static LawBook, country: Country) -> Result<Law, BookFaults> {
        Ok(Law { book, sources: book.sources()?, country })
    }
}

/// What the law of today requires for an application as it stands.
///
/// # Errors
/// What is asked cannot be read.
pub(crate) async fn today(office: &Office, record: &ApplicationRecord) -> Result<Assessment, Problem> {
    let asked = deeds::asked(record)?;
    let of = office.clone();
    aside(move || assess(of.law(), of.taxa(), &asked, of.today())).await
}

/// What was kept of the assessment that a decision rests on; `None` where none was.
///
/// # Errors
/// It cannot be read.
pub(crate) fn stored(record: &ApplicationRecord) -> Result<Option<Assessment>, Problem> {
    let kept = record.assessment.as_ref().map(serde::Deserialize::deserialize).transpose();
    kept.map_err(|error: serde_json::Error| Problem::fault("an assessment cannot be read", &error))
}

/// What the law of `on` requires for what is asked.
pub(crate) fn assess(law: &Law, taxa: &Taxa<'_>, asked: &Asked, on: Day) -> Assessment {
    let applied = Applied::of(asked, taxa, law.country);
    let mut maker = Maker {
        law,
        taxa,
        applied: &applied,
        on,
        answers: HashMap::new(),
        rules: BTreeMap::new(),
        rows: BTreeMap::new(),
    };
    let mut worst = if applied.waiting > 0 || applied.lines.is_empty() { Some(Verdict::Refer) } else { None };
    let mut lines = Vec::new();
    for line in &applied.lines {
        let (verdict, answer) = maker.line(line);
        worst = worst.max(Some(verdict));
        lines.push(answer);
    }
    let verified =
        maker.rules.values().all(|rule| rule.verified) && maker.rows.values().all(|row| row.verified);
    Assessment {
        form: FORM,
        on,
        edition: law.sources.edition,
        verdict: worst.unwrap_or(Verdict::Refer).as_str().to_owned(),
        kind: applied
            .kind
            .map(|kind| Coded { code: kind.to_string(), name: wording::answer::name_of(kind, &law.sources) }),
        country: line::country(law.country),
        remarks: RemarkText::all(&applied.remarks),
        waiting: applied.waiting,
        lines,
        answers: maker.placed(),
        rules: maker.rules.into_values().collect(),
        rows: maker.rows.into_values().collect(),
        verified,
        decision: None,
    }
}

/// Makes the answers of lines, and gathers the rules and rows that they rest on, each once.
struct Maker<'m> {
    law: &'m Law,
    taxa: &'m Taxa<'m>,
    applied: &'m Applied,
    on: Day,
    /// The answers, with their places.
    answers: HashMap<AnswerText, usize>,
    rules: BTreeMap<String, RuleText>,
    rows: BTreeMap<String, RowText>,
}

impl Maker<'_> {
    /// The answers by their places.
    fn placed(&mut self) -> Vec<AnswerText> {
        let mut placed: Vec<(AnswerText, usize)> = self.answers.drain().collect();
        placed.sort_by_key(|(_, place)| *place);
        placed.into_iter().map(|(answer, _)| answer).collect()
    }

    fn line(&mut self, line: &AppliedLine) -> (Verdict, LineAnswer) {
        let unread = || (Verdict::Refer, LineAnswer::unread(line));
        let Some(consignment) = &line.consignment else { return unread() };
        let sources = &self.law.sources;
        let received = border::receive::consignment(consignment, sources, self.taxa.names(), self.on);
        let verdicts = border::check_received(consignment, &received, sources, self.on);
        let checked =
            wording::answer::Checked { consignment, received: &received, verdicts: &verdicts, sources };
        let Some((view, own)) = checked.lines().into_iter().zip(&verdicts.lines).next() else {
            return unread();
        };
        let verdict = line.verdict(own);
        let serves = own.documents.iter().filter_map(|document| {
            let required = document.requirement.get(sources.rules)?;
            Some(self.applied.serves(document.requirement, required))
        });
        let serves: Vec<bool> = serves.collect();
        let answered = LineAnswer {
            line: line.number,
            name: line.name.to_string(),
            quantity: view.quantity.map(|quantity| quantity.to_string()),
            verdict: verdict.as_str().to_owned(),
            remarks: RemarkText::all(&line.remarks),
            answer: Some(self.answer(view, &serves)),
        };
        (verdict, answered)
    }
}
