//! The lines of a consignment, with its papers, each on both days.

use std::io::Write;

use anyhow::Result;
use border::change::{DayAnswer, Shift, Step};
use border::consignment::Consignment;
use border::receive::ReceivedLine;
use border::{DocumentState, LineVerdict, Verdicts};
use cites::Day;
use law::assess::Crossing;
use law::book::touch::Candidates;
use law::rule::{Finding, RuleBook};
use permits::{Paper, Told};

use super::document::Document;
use super::line::{self, Outcome, Touched};
use super::show::{ADDED, PaperShift, Shown};
use super::totals::Totals;
use super::{Asking, Show};
use crate::arguments::Format;
use crate::check::cells::write_cell;
use crate::check::input::Input;

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
    let both = Both::of(asking, &consignment);
    for at in 0..consignment.lines.len() {
        one(asking, &both, at, &mut totals, &mut written);
    }
    let is_separated = asking.format == Format::Json;
    out.write_all(if is_separated { written.get(1..).unwrap_or_default() } else { &written })?;
    Ok(totals)
}

/// A consignment on both days, and on every day between on which something changes that may bear on a line.
struct Both<'c> {
    consignment: &'c Consignment,
    crossing: Crossing<'c>,
    /// The lines as they are received on the later day.
    received: Vec<ReceivedLine<'c>>,
    /// For each line, the events that may bear on it.
    candidates: Vec<Candidates>,
    verdicts: Vec<Verdicts<'c, 'c>>,
}

impl<'c> Both<'c> {
    fn of(asking: &Asking<'c>, consignment: &'c Consignment) -> Both<'c> {
        let (changes, sources, names) = (asking.changes, &asking.office.law.sources, asking.office.names);
        let crossing = border::receive::crossing(consignment);
        let (since, on) = (changes.window.since, changes.window.on);
        let receive = |day: Day| border::receive::consignment(consignment, sources, names, day);
        let (before, received) = (receive(since), receive(on));
        let of = |line: &ReceivedLine<'_>| changes.window.candidates(&line.line, &crossing);
        let candidates: Vec<Candidates> = before
            .lines
            .iter()
            .zip(&received.lines)
            .map(|(first, last)| line::join(of(first), of(last)))
            .collect();
        let all = candidates.iter().cloned().fold(Candidates::new(), line::join);
        let days = line::days(changes, &all);
        let verdicts = |day: Day| match day {
            day if day == since => border::check_received(consignment, &before, sources, day),
            day if day == on => border::check_received(consignment, &received, sources, day),
            day => border::check(consignment, sources, names, day),
        };
        let verdicts = days.into_iter().map(verdicts).collect();
        Both { consignment, crossing, received: received.lines, candidates, verdicts }
    }
}

fn one<'a>(asking: &Asking<'a>, both: &Both<'a>, at: usize, totals: &mut Totals, out: &mut Vec<u8>) {
    let (changes, rules) = (asking.changes, asking.office.law.sources.rules);
    let ends = both.verdicts.first().zip(both.verdicts.last());
    let (Some((first, last)), Some(received), Some(candidates), Some(declared)) =
        (ends, both.received.get(at), both.candidates.get(at), both.consignment.lines.get(at))
    else {
        return;
    };
    let (Some(was), Some(is)) = (first.lines.get(at), last.lines.get(at)) else { return };
    let days = line::days(changes, candidates);
    let own = both.verdicts.iter().filter(|verdicts| days.contains(&verdicts.on));
    let assessments: Vec<_> =
        own.filter_map(|verdicts| verdicts.lines.get(at)).map(|line| line.assessment.clone()).collect();
    let bearing = changes.window.bearing(candidates, &received.line, &both.crossing, &assessments);
    let is_verified = verified(was) && verified(is);
    let mut outcome = Outcome::of(changes, &bearing, answer(was, rules), answer(is, rules), is_verified);
    let papers = papers(first, last, at, both.consignment, rules);
    if !papers.is_empty() && outcome.shift() == Shift::Same {
        outcome.shift = Some(Shift::Other);
        outcome.touched = outcome.touched.max(Touched::Yes);
        outcome.steps = vec![Step::Reassess];
    }
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

fn verified(line: &LineVerdict<'_, '_>) -> bool {
    line.findings().all(|finding| finding.verified)
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
