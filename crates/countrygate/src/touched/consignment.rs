//! The lines of a consignment, with its papers, each on both days.

use std::io::Write;

use anyhow::Result;
use border::change::{DayAnswer, Shift, Step};
use border::consignment::Consignment;
use border::{DocumentState, LineVerdict, Verdicts};
use law::rule::{Finding, RuleBook};
use permits::{Paper, Told};

use super::document::Document;
use super::show::{ADDED, PaperShift, Shown};
use super::totals::Totals;
use super::{Asking, Show};
use crate::arguments::Format;
use crate::check::cells::write_cell;
use crate::check::input::Input;
use border::touched::{Both, Outcome, Touched};

/// Looks through a consignment.
///
/// # Errors
/// The file is no consignment, or the output ends early.
pub fn run(
    asking: &Asking<'_>,
    input: Input,
    document: &mut Document,
    out: &mut dyn Write,
) -> Result<Totals> {
    let consignment = input.consignment()?;
    document.head(asking, out)?;
    if asking.format == Format::Csv {
        writeln!(out, "line,name,{}", ADDED.join(","))?;
    }
    let mut totals = Totals::default();
    let mut written = Vec::new();
    let office = &asking.office;
    let both = Both::of(&consignment, &asking.changes.law, &office.law.sources, office.names);
    for at in 0..consignment.lines.len() {
        one(asking, (&consignment, &both), at, &mut totals, &mut written);
    }
    let is_separated = asking.format == Format::Json;
    out.write_all(if is_separated { written.get(1..).unwrap_or_default() } else { &written })?;
    Ok(totals)
}

fn one<'a>(
    asking: &Asking<'a>,
    (consignment, both): (&Consignment, &Both<'a>),
    at: usize,
    totals: &mut Totals,
    out: &mut Vec<u8>,
) {
    let (changes, rules) = (asking.changes, asking.office.law.sources.rules);
    let line = both.line(at, &changes.law).zip(consignment.lines.get(at)).zip(both.ends());
    let Some(((line, declared), (first, last))) = line else { return };
    let (was, is) = (answer(line.was, rules), answer(line.is, rules));
    let mut outcome = Outcome::of(&changes.law, &line.bearing, was, is, line.is_verified());
    let papers = papers(first, last, at, consignment, rules);
    if !papers.is_empty() && outcome.shift() == Shift::Same {
        outcome.shift = Some(Shift::Other);
        outcome.touched = outcome.touched.max(Touched::Yes);
        outcome.steps = vec![Step::Reassess];
    }
    let received = line.received;
    let outcome = outcome.of_line(&received.line);
    totals.count(&outcome, false);
    if asking.show == Show::Touched && outcome.touched == Touched::No {
        return;
    }
    let shown = Shown {
        what: "Line",
        number: at as u64 + 1,
        line: None,
        name: &declared.name,
        matched: received.name.accepted,
        kind: received.name.kind.as_str(),
        about: String::new(),
        outcome: &outcome,
        papers: &papers,
        problems: Vec::new(),
    };
    write(asking, &shown, out);
}

fn write(asking: &Asking<'_>, shown: &Shown<'_>, out: &mut Vec<u8>) {
    match asking.format {
        Format::Text => shown.write_text(asking.changes, out),
        Format::Json => shown.write_json(out),
        Format::Csv => {
            out.extend_from_slice(format!("{},", shown.number).as_bytes());
            write_cell(out, shown.name);
            shown.write_cells(asking.changes, out);
            out.push(b'\n');
        }
    }
}

fn answer(line: &LineVerdict<'_, '_>, rules: &RuleBook) -> DayAnswer {
    DayAnswer::of(&line.assessment, line.verdict, rules)
}

/// The papers presented for a line whose standing is another after the change.
fn papers(
    before: &Verdicts<'_, '_>,
    after: &Verdicts<'_, '_>,
    at: usize,
    consignment: &Consignment,
    rules: &RuleBook,
) -> Vec<PaperShift> {
    let of = |verdicts: &Verdicts<'_, '_>| -> Vec<(usize, &'static str, Vec<Finding>)> {
        let documents = verdicts.lines.get(at).map(|line| line.documents.as_slice()).unwrap_or_default();
        let presented = documents.iter().filter_map(|document| match &document.state {
            DocumentState::Presented { paper, outcome, inspected } => {
                Some((*paper, outcome.as_str(), inspected.findings.iter().copied().collect()))
            }
            _ => None,
        });
        presented.collect()
    };
    let (was, is) = (of(before), of(after));
    let mut found = Vec::new();
    for (place, after, findings) in &is {
        let Some((_, before, known)) = was.iter().find(|(paper, ..)| paper == place) else { continue };
        let fresh: Vec<&Finding> = findings.iter().filter(|finding| !known.contains(finding)).collect();
        if before == after && fresh.is_empty() {
            continue;
        }
        let because = { fresh }.into_iter().filter_map(|finding| rules.rule(finding.rule));
        let because = because.map(|rule| rule.title.to_string());
        let Some(paper) = consignment.papers.get(*place) else { continue };
        found.push(shift_of(paper, before, after, because.collect()));
    }
    found
}

fn shift_of(paper: &Paper, before: &'static str, after: &'static str, because: Vec<String>) -> PaperShift {
    let number = match &paper.number {
        Told::Is(number) => Some(number.to_string()),
        Told::Absent | Told::Unknown => None,
    };
    PaperShift {
        kind: paper.kind.to_string(),
        number,
        issued: paper.issued.value().copied(),
        before,
        after,
        because,
    }
}
