//! An assessment as it is kept with a decision, and as it is sent: what the law requires, line by line.
//!
//! Source of truth: the answer of the day on which it was made. It is kept whole and never made anew, so that it tells
//! later what the decision rested on. Texts of rules and rows stand in it once, and so does an answer that several lines
//! have: a file of 250 specimens of one species is one answer. A field may be added, and is then absent of what was kept
//! before; none is changed.

use cites::{Day, EditionId};
use permits::application::GrantedLine;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The form in which it is kept.
pub(crate) const FORM: u16 = 1;

/// What the law requires for what is applied for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Assessment {
    /// The form in which it is kept: 1.
    pub(crate) form: u16,
    /// The day of the law.
    #[schema(value_type = String)]
    pub(crate) on: Day,
    /// The edition of the law book.
    #[schema(value_type = String)]
    pub(crate) edition: EditionId,
    /// The gravest of the lines: not-controlled, may-cross, may-cross-with-documents, refer or prohibited. It is refer
    /// as long as a line cannot be asked about, or a row waits to be corrected.
    pub(crate) verdict: String,
    /// The paper that is applied for, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<Coded>,
    /// The State of the office.
    pub(crate) country: Coded,
    /// Doubts and defects of the head.
    pub(crate) remarks: Vec<RemarkText>,
    /// How many rows of a table wait to be corrected; the law was not asked about them.
    pub(crate) waiting: usize,
    /// The lines, in their order.
    pub(crate) lines: Vec<LineAnswer>,
    /// The answers that lines name, each once.
    pub(crate) answers: Vec<AnswerText>,
    /// The rules that answers name.
    pub(crate) rules: Vec<RuleText>,
    /// The rows of the law book that answers name.
    pub(crate) rows: Vec<RowText>,
    /// Whether every rule and row of it is verified.
    pub(crate) verified: bool,
    /// What was decided; absent of an assessment that no decision rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) decision: Option<Decided>,
}

/// A code with its words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = CodeWithName)]
pub(crate) struct Coded {
    /// The code.
    pub(crate) code: String,
    /// The words.
    pub(crate) name: String,
}

/// A doubt or a defect, with the field it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessedRemark)]
pub(crate) struct RemarkText {
    /// The word of the field.
    pub(crate) field: String,
    /// What is written there, as much as is shown.
    pub(crate) text: String,
    /// Whether the value could not be read; else it was read with a doubt.
    pub(crate) defect: bool,
    /// The word of the doubt or defect.
    pub(crate) id: String,
    /// What there is to say, in English.
    pub(crate) reason: String,
}

/// What a line comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessedLine)]
pub(crate) struct LineAnswer {
    /// Its place, from 1.
    pub(crate) line: u32,
    /// The name as it is written.
    pub(crate) name: String,
    /// How much, such as `5 NAR`, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) quantity: Option<String>,
    /// The word of the verdict, as of the whole; refer where the law could not be asked.
    pub(crate) verdict: String,
    /// Doubts and defects of what is written.
    pub(crate) remarks: Vec<RemarkText>,
    /// The place of its answer in `answers`, from 0. Absent where the law could not be asked about it: the defects among
    /// the remarks say why, and that is never an answer that nothing is required.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<usize>,
}

/// The answer of the law to one line or several.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub(crate) struct AnswerText {
    /// The accepted name of what the name stands for.
    pub(crate) taxon: String,
    /// What is not sure about the name.
    pub(crate) doubts: Vec<DoubtText>,
    /// The kind of specimen, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) term: Option<Coded>,
    /// The source by its letters, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<String>,
    /// The place of origin, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) origin: Option<String>,
    /// The Appendices that are possible: I, II, III, none.
    pub(crate) appendix: Vec<String>,
    /// The ids of the rows behind them.
    pub(crate) entries: Vec<String>,
    /// The documents required, or that may be.
    pub(crate) documents: Vec<DocumentAnswer>,
    /// What the rules say, the gravest first.
    pub(crate) findings: Vec<FindingAnswer>,
    /// What must be told to decide.
    pub(crate) missing: Vec<MissingFact>,
    /// What the answer would be if a fact were settled.
    pub(crate) readings: Vec<ReadingAnswer>,
    /// States that may ask for more.
    pub(crate) asks: Vec<AskAnswer>,
    /// Whether everything that the answer rests on is verified.
    pub(crate) verified: bool,
}

/// Something about a name that is not sure.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessedDoubt)]
pub(crate) struct DoubtText {
    /// The word of the doubt.
    pub(crate) id: String,
    /// The doubt in words.
    pub(crate) message: String,
}

/// A document that is required.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessedDocument)]
pub(crate) struct DocumentAnswer {
    /// The word of its kind, with its name.
    pub(crate) kind: Coded,
    /// Words of kinds that serve in its place.
    pub(crate) or: Vec<String>,
    /// The State that issues it, where that is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) issuer: Option<Coded>,
    /// The step in which to get it, from 1.
    pub(crate) order: u8,
    /// Words of kinds before which it must be issued.
    pub(crate) before: Vec<String>,
    /// At which border it is shown: export, import, transit or both.
    pub(crate) shown_at: String,
    /// Whether it is surely required; else it is as long as something is unknown.
    pub(crate) certain: bool,
    /// Why it is required.
    pub(crate) why: String,
    /// The key of the rule that requires it.
    pub(crate) rule: String,
    /// applied-for; named, by the application, and not yet looked at; missing; or shown-elsewhere, at the other border.
    pub(crate) state: String,
    /// The number of the paper that the application names for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<String>,
    /// What surely holds against that paper.
    pub(crate) against: Vec<FindingAnswer>,
    /// What is to be looked at on it.
    pub(crate) to_see: Vec<MissingFact>,
}

/// What a rule says of a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessedFinding)]
pub(crate) struct FindingAnswer {
    /// The key of the rule, whose text is among `rules`.
    pub(crate) rule: String,
    /// clear, refer or refuse.
    pub(crate) outcome: String,
    /// Whether it surely holds; else it may.
    pub(crate) met: bool,
    /// The facts that it used, of those that have few values left.
    pub(crate) facts: Vec<FactAnswer>,
    /// The keys of the facts that would decide it.
    pub(crate) missing: Vec<String>,
    /// The ids of the rows behind it.
    pub(crate) rests_on: Vec<String>,
    /// Whether everything behind it is verified.
    pub(crate) verified: bool,
}

/// A fact, with the values that are left.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessedFact)]
pub(crate) struct FactAnswer {
    /// The key of the fact.
    pub(crate) fact: String,
    /// The values.
    pub(crate) values: Vec<String>,
}

/// A fact that is missing, and what to ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub(crate) struct MissingFact {
    /// The key of the fact.
    pub(crate) fact: String,
    /// What to ask or look at.
    pub(crate) ask: String,
}

/// What the answer would be if a fact were settled.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessedReading)]
pub(crate) struct ReadingAnswer {
    /// The key of the fact.
    pub(crate) fact: String,
    /// The values.
    pub(crate) values: Vec<String>,
    /// clear, refer or refuse.
    pub(crate) outcome: String,
    /// The documents then required, by their words.
    pub(crate) documents: Vec<String>,
}

/// A State that may ask for more.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessedAsk)]
pub(crate) struct AskAnswer {
    /// The State, where it is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<Coded>,
    /// The key of the rule that says so.
    pub(crate) rule: String,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct RuleText {
    /// Its key.
    pub(crate) rule: String,
    /// What it says.
    pub(crate) title: String,
    /// What follows from it: clear, note, ask, require, refer or refuse.
    pub(crate) effect: String,
    /// The text of law.
    pub(crate) source: String,
    /// The clause.
    pub(crate) clause: String,
    /// Where the text is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    /// What else there is to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    /// The pack whose rule it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pack: Option<String>,
    /// Whether it and every row it rested on is verified.
    pub(crate) verified: bool,
}

/// A row of the law book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct RowText {
    /// Its id.
    pub(crate) id: String,
    /// What it says.
    pub(crate) words: String,
    /// Where it was read.
    pub(crate) source: String,
    /// How sure it is: F, D, M or C.
    pub(crate) confidence: String,
    /// Whether it is verified.
    pub(crate) verified: bool,
}

/// What was decided on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Decided {
    /// granted or refused.
    pub(crate) what: String,
    /// The day.
    #[schema(value_type = String)]
    pub(crate) on: Day,
    /// The id of the account that decided.
    pub(crate) by: String,
    /// Reasons for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reasons: Option<String>,
    /// The lines that were granted.
    pub(crate) lines: Vec<DecidedText>,
}

/// A line that was granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GrantedLineOfAssessment)]
pub(crate) struct DecidedText {
    /// The line of what is asked, from 1.
    pub(crate) line: u32,
    /// How much, such as `5 NAR`.
    pub(crate) quantity: String,
    /// Reasons for this line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reasons: Option<String>,
}

impl DecidedText {
    /// A line as it is granted.
    pub(crate) fn of(line: &GrantedLine) -> DecidedText {
        let reasons = line.reasons.as_deref().map(str::to_owned);
        DecidedText { line: line.line, quantity: line.quantity.to_string(), reasons }
    }
}

impl Assessment {
    /// The answer of a line; `None` where the law could not be asked.
    pub(crate) fn answer(&self, line: &LineAnswer) -> Option<&AnswerText> {
        self.answers.get(line.answer?)
    }

    /// The rule that an answer names.
    pub(crate) fn rule(&self, key: &str) -> Option<&RuleText> {
        self.rules.iter().find(|rule| rule.rule == key)
    }

    /// The row that an answer names.
    pub(crate) fn row(&self, id: &str) -> Option<&RowText> {
        self.rows.iter().find(|row| row.id == id)
    }
}
