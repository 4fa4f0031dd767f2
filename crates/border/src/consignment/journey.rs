//! The journey: direction, procedure, carrier, port, days, States, purposes, owner and parties.

use cites::{Country, Day, Place, Purpose};
use law::rule::{Carrier, Direction, Movement, Procedure};
use permits::Told;

use super::reader::Table;

/// What is told of the journey as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Journey {
    /// Which way the goods go at this border.
    pub direction: Option<Direction>,
    /// The customs procedure.
    pub procedure: Option<Procedure>,
    /// What carries the goods.
    pub carrier: Option<Carrier>,
    /// The port, by any of its names.
    pub port: Option<Box<str>>,
    /// The days of the journey.
    pub dates: Dates,
    /// The State of export or re-export.
    pub exporter: Option<Country>,
    /// Whether that State was written as one of export or of re-export.
    pub exported_as: Option<Movement>,
    /// The State of import.
    pub importer: Option<Country>,
    /// The State of origin of lines that name none.
    pub origin: Option<Place>,
    /// The State of the last re-export before this journey.
    pub last_re_export: Told<Country>,
    /// The States passed through, in order.
    pub via: Option<Vec<Country>>,
    /// The purpose on the side of export.
    pub purpose_export: Option<Purpose>,
    /// The purpose in the State of import.
    pub purpose_import: Option<Purpose>,
    /// Where the owner usually lives.
    pub residence: Option<Country>,
    /// Who sends, who receives.
    pub parties: Parties,
}

/// The days of the journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// The goods left the State of export.
    pub left: Option<Day>,
    /// The goods arrived in the State of import, or of transit.
    pub arrived: Option<Day>,
    /// The papers are presented.
    pub presented: Option<Day>,
}

/// Who sends and who receives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parties {
    /// The exporter.
    pub exporter: Option<Party>,
    /// The importer.
    pub importer: Option<Party>,
}

/// One who sends or receives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// The name as declared.
    pub name: Option<Box<str>>,
    /// The code under which a scientific institution is registered; absent where it is not.
    pub institution: Told<Box<str>>,
}

/// The word list of an enum, for messages.
macro_rules! allowed {
    ($word:ty) => {
        &<$word>::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>()
    };
}

pub(super) fn read(table: &Table<'_>) -> Journey {
    let countries = table.table("countries");
    let purpose = table.table("purpose");
    let owner = table.table("owner");
    let (exporter, exported_as) = countries.as_ref().map_or((None, None), exporter);
    let journey = Journey {
        direction: table.word("direction", Direction::from_word, allowed!(Direction)),
        procedure: table.word("procedure", Procedure::from_word, allowed!(Procedure)),
        carrier: table.word("carrier", Carrier::from_word, allowed!(Carrier)),
        port: table.text("port"),
        dates: dates(table),
        exporter,
        exported_as,
        importer: countries.as_ref().and_then(|states| states.code("import")),
        origin: countries.as_ref().and_then(|states| states.code("origin")),
        last_re_export: countries.as_ref().map_or(Told::Unknown, |states| states.told("last_re_export")),
        via: countries.as_ref().and_then(via),
        purpose_export: purpose.as_ref().and_then(|purpose| purpose.code("export")),
        purpose_import: purpose.as_ref().and_then(|purpose| purpose.code("import")),
        residence: owner.as_ref().and_then(|owner| owner.code("residence")),
        parties: parties(table),
    };
    [countries, purpose, owner].into_iter().flatten().for_each(Table::done);
    journey
}

fn dates(table: &Table<'_>) -> Dates {
    let Some(dates) = table.table("dates") else { return Dates::default() };
    let read = Dates {
        left: dates.code("left"),
        arrived: dates.code("arrived"),
        presented: dates.code("presented"),
    };
    let order = [read.left, read.arrived, read.presented];
    if !order.iter().flatten().is_sorted() {
        dates.wrong("the days are not in order: goods leave, arrive, and then are presented");
    }
    dates.done();
    read
}

/// The State the goods leave, written under `export` or under `re_export`.
fn exporter(states: &Table<'_>) -> (Option<Country>, Option<Movement>) {
    let (export, re_export): (Option<Country>, Option<Country>) =
        (states.code("export"), states.code("re_export"));
    match (export, re_export) {
        (Some(_), Some(_)) => {
            states.wrong(
                "`export` and `re_export` both name the State the goods leave; keep one, and write an earlier \
                 State under `origin` or `last_re_export`",
            );
            (export, None)
        }
        (Some(_), None) => (export, None),
        (None, Some(_)) => (re_export, Some(Movement::ReExport)),
        (None, None) => (None, None),
    }
}

/// The States passed through; `"none"` is an empty list, which is not the same as not told.
fn via(states: &Table<'_>) -> Option<Vec<Country>> {
    if states.is_none("via") { Some(Vec::new()) } else { states.codes("via") }
}

fn parties(table: &Table<'_>) -> Parties {
    let Some(parties) = table.table("parties") else { return Parties::default() };
    let read = Parties {
        exporter: parties.table("exporter").map(party),
        importer: parties.table("importer").map(party),
    };
    parties.done();
    read
}

fn party(table: Table<'_>) -> Party {
    let read = Party { name: table.text("name"), institution: table.told_text("institution") };
    table.done();
    read
}
