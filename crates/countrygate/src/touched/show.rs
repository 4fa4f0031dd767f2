//! A line as it is shown, in every format.

use std::io::Write;

use border::change::{DayAnswer, Needed, Shift};
use law::rule::ListedAs;
use serde::Serialize;

use super::window::Changes;
use crate::check::cells::write_cell;
use border::touched::{Outcome, Touched};
use wording::words;

/// The columns that the answer adds, in order.
pub const ADDED: [&str; 14] = [
    "matched_taxon",
    "match",
    "touched",
    "answer",
    "appendix_before",
    "appendix_after",
    "verdict_before",
    "verdict_after",
    "documents_before",
    "documents_after",
    "changes",
    "rows_changed",
    "to_do",
    "verified",
];

/// A line and what it comes to.
pub struct Shown<'a> {
    /// `Row` of a table, `Line` of a consignment.
    pub what: &'static str,
    /// Its number.
    pub number: u64,
    /// The line of the file on which it starts, of a row.
    pub line: Option<u64>,
    /// The name as written.
    pub name: &'a str,
    /// What the name stands for.
    pub matched: &'a str,
    /// How it was matched.
    pub kind: &'a str,
    /// What else is told, for reading.
    pub about: String,
    /// What it comes to.
    pub outcome: &'a Outcome,
    /// Papers presented whose standing moves.
    pub papers: &'a [PaperShift],
    /// What could not be read.
    pub problems: Vec<Problem<'a>>,
}

/// A paper whose standing is another after the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperShift {
    pub kind: String,
    pub number: Option<String>,
    pub issued: Option<cites::Day>,
    pub before: &'static str,
    pub after: &'static str,
    /// What the rules say of it after the change and did not before.
    pub because: Vec<String>,
}

/// A cell that could not be read.
#[derive(Debug, Clone, Serialize)]
pub struct Problem<'a> {
    pub column: Option<&'a str>,
    pub message: &'a str,
}

#[derive(Serialize)]
struct JsonLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    line: u64,
    name: &'a str,
    matched_taxon: &'a str,
    r#match: &'a str,
    touched: &'static str,
    answer: &'static str,
    before: Option<JsonAnswer>,
    after: Option<JsonAnswer>,
    changes: Vec<JsonTouch>,
    any_change: bool,
    to_do: Vec<JsonStep>,
    papers: &'a [PaperShift],
    verified: bool,
    problems: &'a [Problem<'a>],
}

#[derive(Serialize)]
struct JsonAnswer {
    verdict: &'static str,
    appendix: Vec<&'static str>,
    documents: Vec<JsonDocument>,
    missing: Vec<&'static str>,
}

#[derive(Serialize)]
struct JsonDocument {
    kind: String,
    issuer: Option<String>,
    certain: bool,
}

#[derive(Serialize)]
struct JsonTouch {
    /// The number of the change in `changes` of the file, which says what it is.
    change: usize,
    sure: bool,
}

#[derive(Serialize)]
struct JsonStep {
    step: &'static str,
    words: &'static str,
}

impl Shown<'_> {
    /// Adds the line as a line of JSON, with the comma that sets it apart from the one before.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let outcome = self.outcome;
        let answers = outcome.answers.as_deref();
        let touch = |touch: &border::touched::Touch| JsonTouch { change: touch.change, sure: touch.sure };
        let json = JsonLine {
            row: self.line.map(|_| self.number),
            line: self.line.unwrap_or(self.number),
            name: self.name,
            matched_taxon: self.matched,
            r#match: self.kind,
            touched: outcome.touched.as_str(),
            answer: outcome.shift().as_str(),
            before: answers.map(|(before, _)| JsonAnswer::from(before)),
            after: answers.map(|(_, after)| JsonAnswer::from(after)),
            changes: outcome.touches.iter().map(touch).collect(),
            any_change: outcome.by_any,
            to_do: outcome
                .steps
                .iter()
                .map(|step| JsonStep { step: step.as_str(), words: step.words() })
                .collect(),
            papers: self.papers,
            verified: outcome.verified,
            problems: &self.problems,
        };
        out.extend_from_slice(b",\n");
        // Writing to memory cannot fail, and every key is text.
        let _ = serde_json::to_writer(&mut *out, &json);
    }

    /// Adds the columns of the answer, each with a comma before it.
    pub fn write_cells(&self, changes: &Changes<'_>, out: &mut Vec<u8>) {
        let outcome = self.outcome;
        let answers = outcome.answers.as_deref();
        let (before, after) = (answers.map(|(before, _)| before), answers.map(|(_, after)| after));
        let each = |of: &dyn Fn(usize) -> String, perhaps: bool| {
            let touches = outcome.touches.iter().take(TOUCHES_SHOWN).map(|touch| {
                let mark = if perhaps && !touch.sure { "perhaps " } else { "" };
                format!("{mark}{}", of(touch.change))
            });
            let more = outcome.touches.len().saturating_sub(TOUCHES_SHOWN);
            let more = (more > 0).then(|| format!("and {more} more"));
            touches.chain(more).collect::<Vec<_>>().join(";")
        };
        let cells = [
            self.matched.to_owned(),
            self.kind.to_owned(),
            outcome.touched.as_str().to_owned(),
            outcome.shift().as_str().to_owned(),
            before.map(appendices).unwrap_or_default(),
            after.map(appendices).unwrap_or_default(),
            before.map(|answer| answer.verdict.to_string()).unwrap_or_default(),
            after.map(|answer| answer.verdict.to_string()).unwrap_or_default(),
            before.map(|answer| documents(answer, ";")).unwrap_or_default(),
            after.map(|answer| documents(answer, ";")).unwrap_or_default(),
            if outcome.by_any { any(changes) } else { each(&|change| words_of(changes, change), true) },
            each(&|change| ids(changes, change).join(";"), false),
            outcome.steps.iter().map(|step| step.as_str()).collect::<Vec<_>>().join(";"),
            outcome.verified.to_string(),
        ];
        for cell in cells {
            out.push(b',');
            write_cell(out, &cell);
        }
    }

    /// Adds the line for reading.
    pub fn write_text(&self, changes: &Changes<'_>, out: &mut Vec<u8>) {
        // Writing to memory cannot fail.
        let _ = self.text(changes, out);
    }

    fn text(&self, changes: &Changes<'_>, out: &mut Vec<u8>) -> std::io::Result<()> {
        let outcome = self.outcome;
        let name = if self.name.is_empty() { "(no name could be read)" } else { self.name };
        writeln!(out, "\n{} {}: {name}{}", self.what, self.number, self.about)?;
        if !self.matched.is_empty() && self.matched != self.name {
            writeln!(out, "  The name stands for {} ({}).", self.matched, self.kind)?;
        }
        writeln!(out, "  {}", headline(outcome))?;
        if outcome.by_any {
            writeln!(out, "    {}", any(changes))?;
        }
        for touch in outcome.touches.iter().take(TOUCHES_SHOWN) {
            let perhaps = if touch.sure { "" } else { " (whether it concerns this line is not known)" };
            writeln!(out, "    {}{perhaps}", dated(changes, touch.change))?;
        }
        if outcome.touches.len() > TOUCHES_SHOWN {
            let more = outcome.touches.len() - TOUCHES_SHOWN;
            writeln!(out, "    and {more} more; --format json has all of them")?;
        }
        if outcome.touches.is_empty() && outcome.touched == Touched::Yes {
            writeln!(
                out,
                "    no row of the book changes; the day itself does, such as the season of a port"
            )?;
        }
        if let Some((before, after)) = outcome.answers.as_deref().filter(|_| outcome.touched != Touched::No) {
            texts(before, after, out)?;
        }
        for paper in self.papers {
            let number = paper.number.as_ref().map(|number| format!(" No. {number}")).unwrap_or_default();
            let issued = paper.issued.map(|day| format!(", issued {}", words::day(day))).unwrap_or_default();
            writeln!(
                out,
                "  Paper: {}{number}{issued}: {} before, {} after",
                paper.kind, paper.before, paper.after
            )?;
            paper.because.iter().try_for_each(|why| writeln!(out, "    {why}"))?;
        }
        for step in &outcome.steps {
            writeln!(out, "  To do: {}.", step.words())?;
        }
        if !outcome.verified {
            writeln!(out, "  Not verified: the answer rests on facts from memory or in conflict.")?;
        }
        self.problems.iter().try_for_each(|problem| {
            let column = problem.column.map(|column| format!("column `{column}`: ")).unwrap_or_default();
            writeln!(out, "  Could not be read: {column}{}", problem.message)
        })
    }
}

fn headline(outcome: &Outcome) -> String {
    let verdicts = outcome.answers.as_deref().map(|(before, after)| (before.verdict, after.verdict));
    let moved = match (outcome.shift(), verdicts) {
        (_, None) => String::new(),
        (Shift::Same, Some((before, _))) => format!("; the answer stays: {before}"),
        (shift, Some((before, after))) if before == after => {
            format!("; the answer changes ({shift}): {after}")
        }
        (shift, Some((before, after))) => {
            format!("; the answer changes ({shift}): {before} before, {after} after")
        }
    };
    match outcome.touched {
        Touched::Yes => format!("TOUCHED{moved}"),
        Touched::Unknown => format!("NOT KNOWN whether it is touched{moved}"),
        Touched::No => format!("Not touched{moved}"),
    }
}

fn texts(before: &DayAnswer, after: &DayAnswer, out: &mut Vec<u8>) -> std::io::Result<()> {
    let (was, is) = (appendices(before), appendices(after));
    if was == is {
        writeln!(out, "  Appendix: {was}")?;
    } else {
        writeln!(out, "  Appendix: {was} before, {is} after")?;
    }
    let (was, is) = (documents(before, ", "), documents(after, ", "));
    let told = |documents: String| if documents.is_empty() { "none".to_owned() } else { documents };
    if was == is {
        writeln!(out, "  Documents: {}", told(was))
    } else {
        writeln!(out, "  Documents before: {}", told(was))?;
        writeln!(out, "  Documents after:  {}", told(is))
    }
}

/// The Appendices that are possible: `I/II`, `NC` where it may be in none.
fn appendices(answer: &DayAnswer) -> String {
    let each = answer.appendices.iter().map(|listed| match listed {
        ListedAs::Nowhere => "NC",
        listed => listed.as_str(),
    });
    each.collect::<Vec<_>>().join("/")
}

fn documents(answer: &DayAnswer, between: &str) -> String {
    let each = answer.documents.iter().map(|needed: &Needed| {
        let issuer = needed.issuer.map(|state| format!(" {state}")).unwrap_or_default();
        let mark = if needed.certain { "" } else { "?" };
        format!("{}{issuer}{mark}", needed.kind)
    });
    each.collect::<Vec<_>>().join(between)
}

/// How many changes stand beside one line in text and CSV: a line on a family may have hundreds, and each would
/// stand in every row again.
const TOUCHES_SHOWN: usize = 12;

/// What may touch a line whose name may mean anything.
fn any(changes: &Changes<'_>) -> String {
    format!("the name may mean anything: perhaps any of {} changes", changes.views.len())
}

/// A change in words.
fn words_of(changes: &Changes<'_>, change: usize) -> String {
    changes.views.get(change).map(|view| format!("{}: {}", view.title, view.words)).unwrap_or_default()
}

fn dated(changes: &Changes<'_>, change: usize) -> String {
    let day = changes.views.get(change).map(|view| words::day(view.day)).unwrap_or_default();
    format!("{day}: {}", words_of(changes, change))
}

/// The ids of the rows of a change.
fn ids<'c>(changes: &'c Changes<'_>, change: usize) -> Vec<&'c str> {
    let Some(view) = changes.views.get(change) else { return Vec::new() };
    let others = view.others.iter().map(|other| &other.row);
    view.ended.iter().chain(&view.began).chain(others).map(|row| row.id.as_str()).collect()
}

impl From<&DayAnswer> for JsonAnswer {
    fn from(answer: &DayAnswer) -> JsonAnswer {
        let document = |needed: &Needed| JsonDocument {
            kind: needed.kind.to_string(),
            issuer: needed.issuer.map(|state| state.to_string()),
            certain: needed.certain,
        };
        JsonAnswer {
            verdict: answer.verdict.as_str(),
            appendix: answer.appendices.iter().map(|listed| listed.as_str()).collect(),
            documents: answer.documents.iter().map(document).collect(),
            missing: answer.missing().iter().map(|fact| fact.key()).collect(),
        }
    }
}
