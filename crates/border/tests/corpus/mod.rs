//! Lines to test and measure the engine on, with every name led to its taxon beforehand.
//!
//! The CITES trade records of 2001 to 2012 where the reference data are at hand (`COUNTRYGATE_REFERENCE`, else
//! `../shared/data` beside the workspace); else records drawn from the tree of taxa, and the corpus says so.
//! Beside them stand as many lines drawn from those records with a fixed seed: bred and pre-Convention
//! specimens, transit, papers presented, Chinese crossings. Nothing is kept between two lines of it.

mod draw;
mod papers;
#[path = "../cases/shipped.rs"]
mod shipped;
mod trade;

use border::record::{Law, Named, Traded};
use border::{Verdict, record};
use cites::{Country, Day};
use law::assess::{self, AgeClaim, Assessment, Crossing, Line};
use law::book::LawBook;
use law::rule::{Carrier, Direction, NameMatch, Procedure};
use species::Names;

pub use papers::Presented;

/// A line of goods without papers, its name as a number.
#[derive(Clone, Copy)]
pub struct Record {
    pub named: u32,
    pub name: NameMatch,
    pub traded: Traded,
    pub acquired: AgeClaim,
    pub direction: Option<Direction>,
    pub procedure: Option<Procedure>,
    pub carrier: Option<Carrier>,
    pub via: Option<&'static [Country]>,
    pub port: Option<&'static str>,
    pub hs: Option<&'static str>,
    pub on: Day,
}

/// A part of the corpus, measured alone.
pub struct Part {
    pub name: &'static str,
    pub asked: Asked,
}

/// What is asked.
pub enum Asked {
    /// Lines without papers: what does the law require?
    Records(Vec<Record>),
    /// Consignments with papers: what is required, and is it there?
    Consignments(Vec<Presented>),
}

/// The lines, and what they are asked of. Everything lives as long as the program.
pub struct Corpus {
    pub law: Law<'static>,
    pub named: Vec<Named<'static>>,
    pub parts: Vec<Part>,
}

/// How many records are drawn where the trade records are not at hand.
const FIXTURE_RECORDS: usize = 20_000;

impl Corpus {
    /// The whole corpus; of the trade records every `step`-th.
    pub fn load(step: usize) -> Corpus {
        let book: &'static LawBook = Box::leak(Box::new(shipped::book()));
        let law = Law::of(book).unwrap();
        let names = Names::shipped(book.backbone());
        let mut reader = trade::Reader::new(law, names);
        let found = reader.reference(step);
        let (name, records) = match found {
            Some(records) => ("trade records", records),
            None => {
                eprintln!("NOT THE TRADE RECORDS: they are not at hand; {FIXTURE_RECORDS} drawn ones serve");
                ("drawn records", reader.drawn(FIXTURE_RECORDS))
            }
        };
        let named = reader.into_named();
        let mut parts = vec![Part { name, asked: Asked::Records(records.clone()) }];
        parts.extend(draw::parts(&records, &named, law, names));
        Corpus { law, named, parts }
    }

    /// The line and the journey of a record.
    pub fn question(&self, record: &Record) -> (Line<'static>, Crossing<'static>) {
        question(record, &self.named)
    }

    /// What the law requires of a record.
    pub fn assess(&self, record: &Record) -> Assessment<'static> {
        let (line, crossing) = self.question(record);
        assess::assess(&line, &crossing, &self.law.sources, record.on)
    }
}

/// The line and the journey of a record.
pub fn question(record: &Record, named: &[Named<'static>]) -> (Line<'static>, Crossing<'static>) {
    let mut line = record.traded.line(&named[record.named as usize], record.name);
    line.hs = record.hs;
    line.acquired = record.acquired;
    let crossing = Crossing {
        direction: record.direction,
        procedure: record.procedure,
        carrier: record.carrier,
        via: record.via,
        port: record.port,
        ..record.traded.crossing()
    };
    (line, crossing)
}

impl Part {
    /// How many lines it has.
    pub fn lines(&self) -> usize {
        match &self.asked {
            Asked::Records(records) => records.len(),
            Asked::Consignments(all) => all.iter().map(|presented| presented.consignment.lines.len()).sum(),
        }
    }

    /// Asks every line; `see` is shown how many findings it has and what it comes to.
    pub fn ask(&self, corpus: &Corpus, mut see: impl FnMut(usize, Verdict)) {
        match &self.asked {
            Asked::Records(records) => {
                let sources = &corpus.law.sources;
                for record in records {
                    let (line, crossing) = corpus.question(record);
                    let mut assessment = Assessment::open(sources.edition);
                    assessment.fill(&line, &crossing, sources, record.on);
                    see(assessment.findings.len(), record::verdict(&assessment));
                }
            }
            Asked::Consignments(all) => {
                for presented in all {
                    let verdicts = presented.check(&corpus.law.sources);
                    for line in &verdicts.lines {
                        see(line.findings().count(), line.verdict);
                    }
                }
            }
        }
    }
}
