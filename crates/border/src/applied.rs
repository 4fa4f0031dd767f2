//! An application as the law is asked about it: each line a consignment of its own, with no paper presented other than
//! those that the application itself names.
//!
//! Source of truth: what is read of the application. What it does not tell stays unknown. A line whose name leads to
//! nothing is not asked about at all: it is told with the reason and never taken for one that needs nothing; one whose
//! name leaves open which taxon is meant is asked about, and is for a person whatever the answer. Each line stands alone
//! because each may have a purpose, an earlier State and papers of its own, which serve no other.

use cites::{Country, DocumentKind, Outcome};
use law::assess::Requirement;
use law::rule::{Direction, Movement, RequiredDocument};
use permits::application::asked::{Asked, HeadField, Line, LineField, ReadHead, ReadLine, ReadParty, Taxa};
use permits::fields::{Remark, has_defect};
use permits::written::{self, Defect, Doubt, Note};
use permits::{EarlierPaper, Paper, Told};

use crate::consignment::{self, Acquired, AcquiredWhen, Consignment, Dates, Journey, Parties, Party};
use crate::decide::{self, DocumentState, LineVerdict, Verdict};

/// What is applied for, as the law is asked about it.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The paper that is applied for, where it is told.
    pub kind: Option<DocumentKind>,
    /// The State of the office.
    pub own: Country,
    /// Doubts and defects of the head.
    pub remarks: Vec<Remark<HeadField>>,
    /// The lines, in their order.
    pub lines: Vec<AppliedLine>,
    /// How many rows wait to be corrected; they are no lines yet.
    pub waiting: usize,
}

/// A line of what is applied for.
#[derive(Debug, Clone)]
pub struct AppliedLine {
    /// Its place, from 1.
    pub number: u32,
    /// The name as it was written.
    pub name: Box<str>,
    /// Doubts and defects of the line.
    pub remarks: Vec<Remark<LineField>>,
    /// The line as a consignment of one line; `None` where its name leads to nothing, as the remarks say.
    pub consignment: Option<Consignment>,
    /// Whether it is known which taxon is meant; else somebody must choose, as the remarks say.
    pub is_name_sure: bool,
}

impl Applied {
    /// What `asked` is, handed in to an office of the State `own`.
    pub fn of(asked: &Asked, taxa: &Taxa<'_>, own: Country) -> Applied {
        let (head, remarks) = ReadHead::of(&asked.head);
        let lines = asked.lines().iter().zip(1..);
        Applied {
            kind: head.kind.value().copied(),
            own,
            remarks,
            lines: lines.map(|(line, number)| applied_line(line, number, (&head, own), taxa)).collect(),
            waiting: asked.pending().len(),
        }
    }

    /// Whether the paper that is applied for serves a requirement: it is what is asked for, or serves as well, or a
    /// paper of the office's country stands for it.
    pub fn serves(&self, requirement: Requirement, required: &RequiredDocument) -> bool {
        let is_ours = requirement.issuer.is_none_or(|issuer| issuer == self.own);
        let serves = |kind: &DocumentKind| {
            *kind == required.kind || required.or.contains(kind) || required.stands_for.contains(kind)
        };
        is_ours && self.kind.as_ref().is_some_and(serves)
    }
}

impl AppliedLine {
    /// What the line comes to before any paper is issued: what the law requires is listed and its absence bars nothing,
    /// since it is what is applied for or is still to come. A paper that the application names and that is not known to
    /// be good is for a person to look at, and so is a name that leaves open which taxon is meant.
    pub fn verdict(&self, line: &LineVerdict<'_, '_>) -> Verdict {
        let of_papers = line.documents.iter().map(|document| match &document.state {
            DocumentState::Presented { outcome: Outcome::Refer | Outcome::Refuse, .. } => Outcome::Refer,
            _ => Outcome::Clear,
        });
        let of_name = if self.is_name_sure { Outcome::Clear } else { Outcome::Refer };
        let outcome = of_papers.fold(line.assessment.outcome.max(of_name), Outcome::max);
        decide::verdict_of(outcome, !line.documents.is_empty(), &line.assessment)
    }
}

fn applied_line(line: &Line, number: u32, head: (&ReadHead, Country), taxa: &Taxa<'_>) -> AppliedLine {
    let (read, remarks) = line.read(taxa);
    let name = line.texts().get(LineField::Name);
    let of_name: Vec<_> = remarks.iter().filter(|remark| remark.field == LineField::Name).cloned().collect();
    let consignment = asked_by(line, &read, &of_name).map(|name| consignment(name, &read, head));
    let is_name_sure = consignment.is_some() && !has_defect(&of_name);
    AppliedLine { number, name: name.into(), remarks, consignment, is_name_sure }
}

/// The name by which the law is asked: as it was written, with every doubt that it has; the scientific name where a
/// taxon was chosen or a common name is written. `None` where it leads to nothing.
fn asked_by(line: &Line, read: &ReadLine<'_>, remarks: &[Remark<LineField>]) -> Option<Box<str>> {
    let found = read.name.as_ref()?;
    let is = |wanted: fn(&Note) -> bool| remarks.iter().any(|remark| wanted(&remark.note));
    let resolution = &found.resolution;
    let is_chosen = line.taxon().is_some() && line.taxon() == found.taxon.as_ref();
    if is_chosen || is(|note| matches!(note, Note::Doubt(Doubt::CommonName { .. }))) {
        let accepted = resolution.accepted;
        return (!accepted.is_empty()).then(|| accepted.into());
    }
    // Which of its taxa a common name means, its likeness to a scientific one does not tell.
    if is(|note| matches!(note, Note::Defect(Defect::CommonNameOfSeveral { .. }))) {
        return None;
    }
    let has_candidates = resolution.doubts.iter().any(|doubt| !doubt.candidates().is_empty());
    let leads_to_something = resolution.taxon.is_some() || resolution.hybrid.is_some() || has_candidates;
    leads_to_something.then(|| line.texts().get(LineField::Name).trim().into())
}

fn consignment(name: Box<str>, read: &ReadLine<'_>, (head, own): (&ReadHead, Country)) -> Consignment {
    let goods = consignment::Line {
        name,
        term: read.term.value().copied(),
        quantity: read.quantity.value().copied(),
        source: read.source.value().copied(),
        origin: read.origin.value().copied(),
        acquired: acquired(read),
        marks: read.marks.clone(),
        operation: read.operation.clone(),
        ..consignment::Line::default()
    };
    let journey = journey(head, read, own);
    let papers = papers(read, &journey, own);
    Consignment { journey, lines: vec![goods], papers }
}

fn acquired(read: &ReadLine<'_>) -> Told<Acquired> {
    read.acquired.map(|acquired| Acquired {
        when: match acquired {
            written::Acquired::On(day) => AcquiredWhen::On(day),
            written::Acquired::Before(day) => AcquiredWhen::Before(day),
        },
        how: None,
    })
}

/// Which way the goods go, where the paper that is applied for tells it.
fn direction(kind: &Told<DocumentKind>) -> Option<Direction> {
    match kind {
        Told::Is(DocumentKind::ExportPermit) => Some(Direction::Export),
        Told::Is(DocumentKind::ReExportCertificate) => Some(Direction::ReExport),
        Told::Is(DocumentKind::ImportPermit) => Some(Direction::Import),
        Told::Is(DocumentKind::IntroductionFromTheSeaCertificate) => Some(Direction::Introduction),
        _ => None,
    }
}

fn journey(head: &ReadHead, read: &ReadLine<'_>, own: Country) -> Journey {
    let direction = direction(&head.kind);
    let (exporter, importer) = sides(head, direction, own);
    let leaves = match direction {
        Some(Direction::Export | Direction::ReExport) => true,
        Some(_) => false,
        None => exporter == Some(own),
    };
    let enters = direction.map_or(importer == Some(own), |_| !leaves);
    let purpose = read.purpose.value().or(head.purpose.value()).copied();
    let crossing = head.crossing.value().copied();
    Journey {
        direction,
        port: head.port.value().cloned(),
        dates: Dates {
            left: crossing.filter(|_| leaves),
            arrived: crossing.filter(|_| enters),
            presented: None,
        },
        exporter,
        exported_as: (direction == Some(Direction::ReExport)).then_some(Movement::ReExport),
        importer,
        last_re_export: read.last_re_exporter,
        purpose_export: purpose.filter(|_| leaves),
        purpose_import: purpose.filter(|_| enters),
        parties: Parties { exporter: party(&head.consignor), importer: party(&head.consignee) },
        ..Journey::default()
    }
}

/// The State that the goods leave and the one that they enter. What is told twice and not alike is not known.
fn sides(head: &ReadHead, direction: Option<Direction>, own: Country) -> (Option<Country>, Option<Country>) {
    let (sender, receiver) = (head.consignor.country.value(), head.consignee.country.value());
    let other = |party: Option<&Country>| match (party, head.other_side.value()) {
        (Some(party), Some(told)) => (party == told).then_some(*party),
        (party, told) => party.or(told).copied(),
    };
    // A paper of this office is for goods that leave or enter its State.
    let ours = |party: Option<&Country>| party.is_none_or(|state| *state == own).then_some(own);
    match direction {
        Some(Direction::Export | Direction::ReExport) => (ours(sender), other(receiver)),
        Some(Direction::Import) => (other(sender), ours(receiver)),
        Some(Direction::Introduction) => (sender.copied(), ours(receiver)),
        Some(Direction::Transit) | None => {
            let is_ours = |party: Option<&Country>| party == Some(&own);
            let to = if is_ours(sender) { other(receiver) } else { receiver.copied() };
            let from = if is_ours(receiver) { other(sender) } else { sender.copied() };
            (from, to)
        }
    }
}

fn party(read: &ReadParty) -> Option<Party> {
    let name = read.name.value().cloned()?;
    Some(Party { name: Some(name), institution: Told::Unknown })
}

/// The papers that a line names and whose kind its field tells (the permit of the State of origin, the certificate of
/// the last re-export), where they are of the State that the goods leave for this one. Nobody has looked at them yet, so
/// that all else about them is unknown. An earlier paper of goods that leave is no paper of this journey: it is written
/// in box 12 of the one that is applied for.
fn papers(read: &ReadLine<'_>, journey: &Journey, own: Country) -> Vec<Paper> {
    let origin = read.origin.value().map(|place| place.country);
    let of_origin = { read.previous.iter() }.filter(|paper| origin.is_some() && paper.issuer == origin);
    let of_origin = of_origin.take(1).map(|paper| named(DocumentKind::ExportPermit, paper));
    let re_export = read.last_re_export.value().map(|paper| {
        let issuer = paper.issuer.or(read.last_re_exporter.value().copied());
        Paper { issuer, ..named(DocumentKind::ReExportCertificate, paper) }
    });
    let sender = journey.exporter.filter(|state| *state != own);
    let is_of_sender = |paper: &Paper| sender.is_some() && paper.issuer == sender;
    of_origin.chain(re_export).filter(is_of_sender).collect()
}

fn named(kind: DocumentKind, earlier: &EarlierPaper) -> Paper {
    Paper {
        number: Told::Is(earlier.number.clone()),
        issuer: earlier.issuer,
        issued: earlier.issued.into(),
        ..Paper::of(kind)
    }
}

#[cfg(test)]
#[path = "applied_tests.rs"]
mod tests;
