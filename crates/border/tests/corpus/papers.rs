//! Consignments with papers: those that the law requires, most of them in order.

use border::consignment::{Consignment, Dates, Journey, Line};
use border::receive::{self, Received};
use border::record::{Law, Named};
use border::{Verdicts, check_received};
use cites::{Day, DocumentKind, Purpose, Quantity};
use law::assess::{self, Requirement, Sources};
use law::rule::{Issuer, ListedAs, key};
use permits::{Endorsement, Form, Paper, PaperLine, Printed, Told};
use species::Names;

use super::draw::Dice;
use super::{Record, question};

/// The most lines a drawn consignment has.
const LINES_MOST: usize = 3;

/// A consignment with the names of its lines led to taxa.
pub struct Presented {
    pub consignment: &'static Consignment,
    pub received: Received<'static>,
    pub on: Day,
}

impl Presented {
    /// What the consignment comes to.
    pub fn check<'b>(&self, sources: &Sources<'b>) -> Verdicts<'static, 'b> {
        check_received(self.consignment, &self.received, sources, self.on)
    }

    /// Consignments of one to three of the lines, with papers for most of what is required.
    pub fn draw(
        records: &[Record],
        named: &[Named<'static>],
        law: Law<'static>,
        names: Names<'static>,
        dice: &mut Dice,
    ) -> Vec<Presented> {
        let mut all = Vec::new();
        let mut rest = records;
        while let Some(first) = rest.first() {
            let count = (1 + dice.below(LINES_MOST)).min(rest.len());
            let (own, after) = rest.split_at(count);
            rest = after;
            let mut consignment = declared(first, own, named, dice);
            consignment.papers = papers(&consignment, own, first, named, law, dice);
            let consignment: &'static Consignment = Box::leak(Box::new(consignment));
            let received = receive::consignment(consignment, &law.sources, &names, first.on);
            all.push(Presented { consignment, received, on: first.on });
        }
        all
    }
}

/// The goods of `own` on the journey of `first`.
fn declared(first: &Record, own: &[Record], named: &[Named<'static>], dice: &mut Dice) -> Consignment {
    let traded = &first.traded;
    let left = first.on.plus_days(-(dice.below(20) as i32));
    let journey = Journey {
        direction: first.direction,
        procedure: first.procedure,
        carrier: first.carrier,
        port: first.port.map(Into::into),
        dates: Dates { left: dice.chance(70).then_some(left), arrived: Some(first.on), presented: None },
        exporter: traded.exporter,
        importer: traded.importer,
        via: first.via.map(<[_]>::to_vec),
        purpose_export: traded.purpose_export.or(Some(Purpose::Commercial)),
        purpose_import: traded.purpose_import.or(dice.chance(70).then_some(Purpose::Commercial)),
        ..Journey::default()
    };
    let line = |record: &Record| Line {
        name: named[record.named as usize].resolution.accepted.into(),
        term: record.traded.term,
        quantity: record.traded.quantity,
        source: record.traded.source,
        origin: record.traded.population().map(Into::into),
        ..Line::default()
    };
    Consignment { journey, lines: own.iter().map(line).collect(), papers: Vec::new() }
}

/// A paper for nearly every document that some line requires, of the State that issues it.
fn papers(
    consignment: &Consignment,
    own: &[Record],
    first: &Record,
    named: &[Named<'static>],
    law: Law<'static>,
    dice: &mut Dice,
) -> Vec<Paper> {
    let rules = law.sources.rules;
    let mut papers: Vec<Paper> = Vec::new();
    for (record, declared) in own.iter().zip(&consignment.lines) {
        let (line, crossing) = question(&Record { on: first.on, ..*record }, named);
        let crossing =
            assess::Crossing { exporter: first.traded.exporter, importer: first.traded.importer, ..crossing };
        let assessment = assess::assess(&line, &crossing, &law.sources, first.on);
        let appendix =
            ListedAs::ALL.iter().find(|listed| assessment.facts.is(key::appendix, **listed).is_yes());
        for requirement in &assessment.requirements {
            let Some(document) = requirement.get(rules) else { continue };
            if dice.chance(10) {
                continue;
            }
            let block = block(declared, appendix.copied(), dice);
            let known = papers
                .iter_mut()
                .find(|paper| paper.kind == document.kind && paper.issuer == requirement.issuer);
            match known {
                Some(paper) => paper.lines.push(block),
                None => papers.push(paper(
                    *requirement,
                    document.kind,
                    document.issued_by,
                    consignment,
                    block,
                    first.on,
                    dice,
                )),
            }
        }
    }
    papers
}

fn paper(
    requirement: Requirement,
    kind: DocumentKind,
    issued_by: Issuer,
    consignment: &Consignment,
    block: PaperLine,
    on: Day,
    dice: &mut Dice,
) -> Paper {
    let journey = &consignment.journey;
    let age = if dice.chance(8) { 250 } else { 20 + dice.below(100) as i32 };
    let issued = on.plus_days(-age);
    let purpose = if issued_by == Issuer::Importer { journey.purpose_import } else { journey.purpose_export };
    Paper {
        number: Told::Is(format!("{}-{}", issued, dice.below(100_000)).into()),
        issuer: requirement.issuer,
        issued: Told::Is(issued),
        expires: Told::Is(issued.plus_months(6).previous()),
        form: Some(if dice.chance(4) { Form::Copy } else { Form::Original }),
        sealed: Some(true),
        endorsement: Told::Is(Endorsement { on: Some(on.plus_days(-10)), port: None }),
        printed: Printed {
            destination: journey.importer.into(),
            purpose: purpose.into(),
            transport: Some(true),
            language_accepted: Some(true),
            conditions_met: Told::Absent,
            ..Printed::default()
        },
        lines: vec![block],
        ..Paper::of(kind)
    }
}

/// A specimen block that names the goods, in some cases with another amount, kind or way of writing the name.
fn block(declared: &Line, appendix: Option<ListedAs>, dice: &mut Dice) -> PaperLine {
    let name: String = match dice.below(20) {
        0 => declared.name.to_uppercase(),
        1 => declared.name.split(' ').next().unwrap_or_default().to_owned(),
        _ => declared.name.to_string(),
    };
    let printed = match appendix {
        Some(ListedAs::I) => Some(cites::Appendix::I),
        Some(ListedAs::II) => Some(cites::Appendix::II),
        Some(ListedAs::III) => Some(cites::Appendix::III),
        Some(ListedAs::Nowhere) | None => None,
    };
    let less = |quantity: Quantity| Quantity::from_millionths(quantity.millionths() / 2, quantity.unit);
    let amount = if dice.chance(7) { declared.quantity.and_then(less) } else { declared.quantity };
    PaperLine {
        name: name.into(),
        term: declared.term.into(),
        appendix: printed.into(),
        source: declared.source.into(),
        quantity: amount.into(),
        origin: declared.origin.map(|place| place.country).into(),
        endorsed: amount.into(),
        ..PaperLine::default()
    }
}
