//! What the law requires for an application, for reading: beside the application, and as a page for the file.
//!
//! Source of truth: the assessment. Words stand in the templates; here the texts of rules and rows are put where lines
//! name them, and findings in the order in which an officer needs them.

use std::collections::BTreeMap;

use access::{Deed, may};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use cites::{Day, UserId};
use store::ApplicationRecord;

use super::layout::{Around, Here, page};
use super::row::paper;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::requirements::kept::{
    AnswerText, AskAnswer, Assessment, Coded, DocumentAnswer, FindingAnswer, LineAnswer, MissingFact,
    ReadingAnswer, RemarkText,
};
use crate::{Office, requirements, seen};

/// How many letters of an edition are shown; the API tells it whole.
const EDITION_LETTERS_SHOWN: usize = 12;
/// Up to how many answers all are shown open.
const GROUPS_OPEN_MAX: usize = 5;

/// An assessment, for reading.
struct Answer {
    verdict: String,
    on: Day,
    edition: String,
    edition_shown: String,
    is_stored: bool,
    differs: bool,
    remarks: Vec<String>,
    waiting: usize,
    groups: Vec<Group>,
    are_open: bool,
    verified: bool,
    reasons: Option<String>,
    /// granted or refused, and on which day.
    decided: Option<(String, Day)>,
}

/// Lines that have one answer; or a line about which the law could not be asked.
struct Group {
    members: Vec<Member>,
    verdict: String,
    answer: Option<Told>,
}

/// A line.
struct Member {
    number: u32,
    name: String,
    quantity: Option<String>,
    remarks: Vec<String>,
    granted: Option<(String, Option<String>)>,
}

/// An answer.
struct Told {
    taxon: String,
    doubts: Vec<String>,
    term: Option<String>,
    source: Option<String>,
    origin: Option<String>,
    appendix: Vec<String>,
    entries: Vec<Row>,
    documents: Vec<Document>,
    groups: Vec<(&'static str, Vec<Finding>)>,
    missing: Vec<String>,
    readings: Vec<(String, String, String, String)>,
    asks: Vec<(Option<String>, String)>,
    verified: bool,
}

/// A row of the law book.
struct Row {
    words: String,
    id: String,
    source: String,
    verified: bool,
}

/// A document.
struct Document {
    order: u8,
    name: String,
    issuer: Option<String>,
    or: String,
    before: String,
    state: String,
    certain: bool,
    why: String,
    rule: String,
    number: Option<String>,
    against: Vec<Finding>,
    to_see: String,
}

/// A finding with the text of its rule.
struct Finding {
    title: String,
    source: String,
    clause: String,
    rule: String,
    note: Option<String>,
    since: String,
    missing: String,
    rests_on: Vec<Row>,
    verified: bool,
}

/// In which group a finding stands, in the order of the page.
const GROUPS: [&str; 5] = ["forbidden", "person", "law", "open", "note"];

/// What is shown beside an application.
#[derive(Template)]
#[template(path = "requirements.html")]
pub(super) struct Beside {
    id: String,
    may_print: bool,
    law: Answer,
}

/// What is shown beside an application, where the caller may see it.
pub(super) async fn beside(
    office: &Office,
    caller: &Caller,
    record: &ApplicationRecord,
) -> Result<Option<Beside>, Problem> {
    let may = |deed| may(&caller.actor, deed, &record.thing()).is_ok();
    if !may(Deed::ReadRequirements) {
        return Ok(None);
    }
    let (law, _) = answer(office, record).await?;
    Ok(Some(Beside { id: record.id.to_string(), may_print: may(Deed::PrintAssessment), law }))
}

/// The answer for reading, and who decided.
async fn answer(office: &Office, record: &ApplicationRecord) -> Result<(Answer, Option<String>), Problem> {
    let stored = requirements::stored(record)?;
    let is_stored = stored.is_some();
    let assessment = match stored {
        Some(stored) => stored,
        None => requirements::today(office, record).await?,
    };
    let by = assessment.decision.as_ref().map(|decided| decided.by.clone());
    Ok((Answer::of(&assessment, is_stored, office), by))
}

impl Answer {
    fn of(assessment: &Assessment, is_stored: bool, office: &Office) -> Answer {
        let edition = assessment.edition.to_string();
        let decision = assessment.decision.as_ref();
        let groups = grouped(assessment);
        Answer {
            verdict: assessment.verdict.clone(),
            on: assessment.on,
            edition_shown: edition.get(..EDITION_LETTERS_SHOWN).unwrap_or_default().to_owned(),
            edition,
            is_stored,
            differs: assessment.edition != office.law().sources.edition,
            remarks: told(&assessment.remarks),
            waiting: assessment.waiting,
            are_open: groups.len() <= GROUPS_OPEN_MAX,
            groups,
            verified: assessment.verified,
            reasons: decision.and_then(|decided| decided.reasons.clone()),
            decided: decision.map(|decided| (decided.what.clone(), decided.on)),
        }
    }
}

/// The lines by their answers, in the order in which the first of each stands.
fn grouped(whole: &Assessment) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for line in &whole.lines {
        let key = line.answer.map(|answer| (answer, line.verdict.as_str()));
        let known = key.and_then(|key| places.get(&key)).and_then(|place| groups.get_mut(*place));
        if let Some(group) = known {
            group.members.push(Member::of(line, whole));
            continue;
        }
        if let Some(key) = key {
            places.insert(key, groups.len());
        }
        groups.push(Group {
            members: vec![Member::of(line, whole)],
            verdict: line.verdict.clone(),
            answer: whole.answer(line).map(|answer| Told::of(answer, whole)),
        });
    }
    groups
}

impl Member {
    fn of(line: &LineAnswer, whole: &Assessment) -> Member {
        let granted = whole.decision.iter().flat_map(|decided| &decided.lines);
        Member {
            number: line.line,
            name: line.name.clone(),
            quantity: line.quantity.clone(),
            remarks: told(&line.remarks),
            granted: { granted }
                .find(|granted| granted.line == line.line)
                .map(|granted| (granted.quantity.clone(), granted.reasons.clone())),
        }
    }
}

impl Told {
    fn of(answer: &AnswerText, whole: &Assessment) -> Told {
        let reading = |reading: &ReadingAnswer| {
            let (values, documents) = (reading.values.join(" or "), reading.documents.join(", "));
            (plain(&reading.fact), values, reading.outcome.clone(), documents)
        };
        let documents = answer.documents.iter();
        Told {
            taxon: answer.taxon.clone(),
            doubts: answer.doubts.iter().map(|doubt| doubt.message.clone()).collect(),
            term: answer.term.as_ref().map(coded),
            source: answer.source.clone(),
            origin: answer.origin.clone(),
            appendix: answer.appendix.clone(),
            entries: rows(&answer.entries, whole),
            documents: documents.map(|document| Document::of(document, answer, whole)).collect(),
            groups: groups(answer, whole),
            missing: asked(&answer.missing),
            readings: answer.readings.iter().map(reading).collect(),
            asks: answer.asks.iter().map(|ask| ask_of(ask, whole)).collect(),
            verified: answer.verified,
        }
    }
}

impl Document {
    fn of(document: &DocumentAnswer, answer: &AnswerText, whole: &Assessment) -> Document {
        Document {
            order: document.order,
            name: document.kind.name.clone(),
            issuer: document.issuer.as_ref().map(coded),
            or: document.or.join(", "),
            before: document.before.join(", "),
            state: document.state.clone(),
            certain: document.certain,
            why: document.why.clone(),
            rule: document.rule.clone(),
            number: document.number.clone(),
            against: document.against.iter().map(|finding| Finding::of(finding, answer, whole)).collect(),
            to_see: asked(&document.to_see).join("; "),
        }
    }
}

impl Finding {
    fn of(finding: &FindingAnswer, answer: &AnswerText, whole: &Assessment) -> Finding {
        let rule = whole.rule(&finding.rule);
        let since =
            finding.facts.iter().map(|fact| format!("{} {}", plain(&fact.fact), fact.values.join(" or ")));
        let missing = finding.missing.iter().map(|fact| plain(fact));
        // What says in which Appendix the line is stands above.
        let others: Vec<String> =
            finding.rests_on.iter().filter(|row| !answer.entries.contains(row)).cloned().collect();
        Finding {
            title: rule.map_or_else(|| finding.rule.clone(), |rule| rule.title.clone()),
            source: rule.map(|rule| rule.source.clone()).unwrap_or_default(),
            clause: rule.map(|rule| rule.clause.clone()).unwrap_or_default(),
            rule: finding.rule.clone(),
            note: rule.and_then(|rule| rule.note.clone()),
            since: since.collect::<Vec<_>>().join(", "),
            missing: missing.collect::<Vec<_>>().join(", "),
            rests_on: rows(&others, whole),
            verified: finding.verified,
        }
    }
}

/// The findings by group: what decides first, then what the law asks for, what is open, what is good to know. Whom to
/// ask stands by itself.
fn groups(answer: &AnswerText, whole: &Assessment) -> Vec<(&'static str, Vec<Finding>)> {
    let effect = |finding: &FindingAnswer| whole.rule(&finding.rule).map(|rule| rule.effect.as_str());
    let group = |finding: &FindingAnswer| match (finding.outcome.as_str(), finding.met, effect(finding)) {
        ("refuse", true, _) => "forbidden",
        ("refer", true, _) => "person",
        ("refuse" | "refer", false, _) => "open",
        (_, _, Some("require" | "clear")) => "law",
        (_, _, Some("ask")) => "asked",
        _ => "note",
    };
    let of = |wanted: &'static str| {
        let own = answer.findings.iter().filter(|finding| group(finding) == wanted);
        (wanted, own.map(|finding| Finding::of(finding, answer, whole)).collect::<Vec<_>>())
    };
    GROUPS.into_iter().map(of).filter(|(_, own)| !own.is_empty()).collect()
}

fn rows(ids: &[String], whole: &Assessment) -> Vec<Row> {
    let row = |id: &String| {
        let row = whole.row(id)?;
        Some(Row {
            words: row.words.clone(),
            id: id.clone(),
            source: row.source.clone(),
            verified: row.verified,
        })
    };
    ids.iter().filter_map(row).collect()
}

fn ask_of(ask: &AskAnswer, whole: &Assessment) -> (Option<String>, String) {
    let rule = whole.rule(&ask.rule);
    (ask.state.as_ref().map(coded), rule.map_or_else(|| ask.rule.clone(), |rule| rule.title.clone()))
}

fn coded(code: &Coded) -> String {
    format!("{} ({})", code.name, code.code)
}

fn asked(missing: &[MissingFact]) -> Vec<String> {
    let mut asks: Vec<String> = missing.iter().map(|missing| missing.ask.clone()).collect();
    asks.dedup();
    asks
}

fn told(remarks: &[RemarkText]) -> Vec<String> {
    let told = |remark: &RemarkText| match remark.text.as_str() {
        "" => format!("{}: {}", plain(&remark.field), remark.reason),
        text => format!("{}: “{text}”: {}", plain(&remark.field), remark.reason),
    };
    remarks.iter().map(told).collect()
}

/// A key of a fact or a field as words.
fn plain(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

#[derive(Template)]
#[template(path = "assessment.html")]
struct FilePage {
    around: Around,
    id: String,
    paper: Option<String>,
    operator: String,
    office: Option<String>,
    state: &'static str,
    submitted: Option<Day>,
    permits: Vec<String>,
    decided_by: Option<String>,
    printed: Day,
    law: Answer,
}

/// The assessment as a page for the file.
pub(super) async fn print(
    State(office): State<Office>,
    caller: Caller,
    Path(application): Path<String>,
) -> Result<Response, Problem> {
    let record = seen::application(&office, &caller, &application).await?;
    let (law, by) = answer(&office, &record).await?;
    let store = office.store();
    let operator = store.operator(record.operator).await?;
    let in_charge = match record.agency {
        Some(agency) => store.agency(agency).await?.map(|record| record.agency.name),
        None => None,
    };
    let decided_by = match by.as_deref().map(str::parse::<UserId>) {
        Some(Ok(user)) => store.account(user).await?.map(|account| account.name).or(by),
        _ => by,
    };
    let permits = store.permits_on(record.id).await?;
    let shown = FilePage {
        around: Around::of(&caller, Here::Applications),
        id: record.id.to_string(),
        paper: record.kind.map(paper),
        operator: operator.map_or_else(|| record.operator.to_string(), |operator| operator.name),
        office: in_charge,
        state: record.state.as_str(),
        submitted: record.submitted,
        permits: permits.into_iter().map(|permit| permit.number).collect(),
        decided_by,
        printed: office.today(),
        law,
    };
    page(StatusCode::OK, &shown)
}
