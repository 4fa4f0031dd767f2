//! What a change of the law between two days bears on: lines of permits and of applications, asked on both days.
//!
//! Source of truth: `border::touched` for what touches a line and how its answer moves, `wording` for what changes, in
//! words. A line of a permit is asked about as it was applied for, for the taxon that it was issued for.

use std::collections::BTreeMap;

use border::LineVerdict;
use border::applied::{Applied, AppliedLine};
use border::change::{DayAnswer, Needed};
use border::touched::{Both, Changes, Outcome};
use cites::{Day, DocumentKind};
use law::book::BookFaults;
use permits::application::asked::{Asked, AskedError, ChosenTaxon, HeadField, Line, LineField, Taxa};
use permits::fields::Texts;
use store::{LineWithBalance, PermitRecord};
use wording::change::{self, ChangeView, RowView};

use super::Law;

/// What a record asks of the law, line by line; of a permit, with the numbers of its own lines.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) asked: Asked,
    pub(crate) numbers: Vec<u32>,
}

/// A line of a record that is touched, or may be.
#[derive(Debug)]
pub(crate) struct TouchedLine {
    /// The place of its record among those that were looked through.
    pub(crate) record: usize,
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) taxon: String,
    pub(crate) touched: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) answers: Option<(Answered, Answered)>,
    pub(crate) changes: Vec<(usize, bool)>,
    pub(crate) by_any: bool,
    pub(crate) steps: Vec<(&'static str, &'static str)>,
    pub(crate) verified: bool,
}

/// The answer to a line on a day.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) verdict: &'static str,
    pub(crate) appendix: Vec<&'static str>,
    pub(crate) documents: Vec<Needed>,
    pub(crate) missing: Vec<&'static str>,
}

/// What was found, with the changes that it names by their places.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) lines: Vec<TouchedLine>,
    pub(crate) changes: BTreeMap<usize, ChangeView>,
}

/// Looks through records for lines that what changes after `since`, up to `on` and on it, bears on.
///
/// # Errors
/// The book has a fault.
pub(crate) fn touched(
    law: &Law,
    taxa: &Taxa<'static>,
    (since, on): (Day, Day),
    records: &[Record],
) -> Result<Found, BookFaults> {
    let changes = Changes::of(law.book, since, on)?;
    let mut lines = Vec::new();
    for (place, record) in records.iter().enumerate() {
        let applied = Applied::of(&record.asked, taxa, law.country);
        for (line, number) in applied.lines.iter().zip(&record.numbers) {
            let found = one(law, taxa, &changes, line);
            lines.extend(found.map(|found| TouchedLine { record: place, number: *number, ..found }));
        }
    }
    let mut named = BTreeMap::new();
    for (place, _) in lines.iter().flat_map(|line| &line.changes) {
        let Some(own) = changes.changes.get(*place).filter(|_| !named.contains_key(place)) else { continue };
        named.insert(*place, change::of(law.book, own)?);
    }
    Ok(Found { lines, changes: named })
}

fn one(
    law: &Law,
    taxa: &Taxa<'static>,
    changes: &Changes<'static>,
    line: &AppliedLine,
) -> Option<TouchedLine> {
    let (rules, name) = (law.sources.rules, line.name.to_string());
    let Some(consignment) = &line.consignment else {
        return of(&Outcome::unread(changes), name, String::new());
    };
    if !border::touched::may_bear(consignment, changes, &law.sources, taxa.names()) {
        return None;
    }
    let both = Both::of(consignment, changes, &law.sources, taxa.names());
    let Some(own) = both.line(0, changes) else {
        return of(&Outcome::unread(changes), name, String::new());
    };
    let answer = |own: &LineVerdict<'_, '_>| DayAnswer::of(&own.assessment, line.verdict(own), rules);
    let outcome = Outcome::of(changes, &own.bearing, answer(own.was), answer(own.is), own.is_verified());
    let outcome = outcome.of_line(&own.received.line);
    of(&outcome, name, own.received.name.accepted.to_owned())
}

fn of(outcome: &Outcome, name: String, taxon: String) -> Option<TouchedLine> {
    use border::touched::Touched;
    (outcome.touched != Touched::No).then(|| TouchedLine {
        record: 0,
        number: 0,
        name,
        taxon,
        touched: outcome.touched.as_str(),
        answer: outcome.shift().as_str(),
        answers: { outcome.answers.as_deref() }
            .map(|(before, after)| (Answered::of(before), Answered::of(after))),
        changes: outcome.touches.iter().map(|touch| (touch.change, touch.sure)).collect(),
        by_any: outcome.by_any,
        steps: outcome.steps.iter().map(|step| (step.as_str(), step.words())).collect(),
        verified: outcome.verified,
    })
}

impl Answered {
    fn of(answer: &DayAnswer) -> Answered {
        Answered {
            verdict: answer.verdict.as_str(),
            appendix: answer.appendices.iter().map(|listed| listed.as_str()).collect(),
            documents: answer.documents.clone(),
            missing: answer.missing().iter().map(|fact| fact.key()).collect(),
        }
    }
}

impl Record {
    /// What is asked in an application.
    pub(crate) fn of_application(asked: Asked) -> Record {
        let numbers = (1..).take(asked.lines().len()).collect();
        Record { asked, numbers }
    }

    /// What lines of a permit were issued for, no more of them than an application has: its face and its lines as they
    /// were applied for, where they are kept in that form, else what the permit itself tells: its kind, and of each
    /// line the taxon.
    ///
    /// # Errors
    /// A name is longer than any may be, or there are more lines.
    pub(crate) fn of_permit(permit: &PermitRecord, lines: &[LineWithBalance]) -> Result<Record, AskedError> {
        let head: Result<Texts<HeadField>, _> = serde_json::from_value(permit.face.clone());
        let mut asked = Asked::default();
        asked.head = head.unwrap_or_default();
        let kind: DocumentKind = permit.kind;
        asked.head.write(HeadField::Kind, &kind.to_string())?;
        let mut numbers = Vec::new();
        for LineWithBalance { line, .. } in lines {
            let mut applied_for: Line = serde_json::from_value(line.content.clone()).unwrap_or_default();
            applied_for.write(LineField::Name, &line.taxon)?;
            applied_for.choose(ChosenTaxon { kingdom: line.kingdom, name: line.taxon.as_str().into() });
            asked.add(applied_for)?;
            numbers.push(line.line);
        }
        Ok(Record { asked, numbers })
    }
}

/// The rows of a change with what becomes of each: ends, begins, or the word of what else happens.
pub(crate) fn rows(view: &ChangeView) -> impl Iterator<Item = (&'static str, &RowView)> {
    let ended = view.ended.iter().map(|row| ("ends", row));
    let began = view.began.iter().map(|row| ("begins", row));
    ended.chain(began).chain(view.others.iter().map(|other| (other.event, &other.row)))
}
