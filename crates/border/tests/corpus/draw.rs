//! Lines drawn from records with a fixed seed, so that two runs ask the same.

use border::record::{Law, Named};
use cites::{Country, Day, Source, SourceCode};
use law::assess::AgeClaim;
use law::rule::{Carrier, Direction, Procedure};
use species::Names;

use super::papers::Presented;
use super::{Asked, Part, Record};

/// Numbers that look random and are the same in every run (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one_of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// The drawn parts: together as many lines as there are records, a quarter of them in each.
pub fn parts(
    records: &[Record],
    named: &[Named<'static>],
    law: Law<'static>,
    names: Names<'static>,
) -> Vec<Part> {
    let mut dice = Dice::new(2026);
    let quarter = records.len() / 4;
    let mut taken = records.iter().cycle().copied();
    let mut draw = |change: &dyn Fn(Record, &mut Dice) -> Record| -> Vec<Record> {
        // Every fourth record, so that a part of the drawn lines is spread over all of them.
        (0..quarter).filter_map(|_| taken.nth(3)).map(|record| change(record, &mut dice)).collect()
    };
    let ports: Vec<&'static str> =
        law.sources.packs.iter().flat_map(|pack| pack.ports()).map(|port| &*port.id).collect();
    let bred = draw(&bred);
    let transit = draw(&|record, dice| transit(bred_or_not(record, dice), dice));
    let crossing = draw(&|record, dice| chinese(bred_or_not(record, dice), &ports, dice));
    let with_papers = draw(&|record, dice| {
        let record = bred_or_not(record, dice);
        if dice.chance(25) { chinese(record, &ports, dice) } else { at_border(record, dice) }
    });
    let consignments = Presented::draw(&with_papers, named, law, names, &mut Dice::new(77));
    vec![
        Part { name: "sources C D O R", asked: Asked::Records(bred) },
        Part { name: "transit", asked: Asked::Records(transit) },
        Part { name: "Chinese crossings", asked: Asked::Records(crossing) },
        Part { name: "papers presented", asked: Asked::Consignments(consignments) },
    ]
}

fn bred_or_not(record: Record, dice: &mut Dice) -> Record {
    if dice.chance(50) { bred(record, dice) } else { record }
}

/// Bred, ranched or older than its listing.
fn bred(mut record: Record, dice: &mut Dice) -> Record {
    let old = |source: Option<Source>| SourceCode::new(source, true, false).unwrap();
    record.traded.source = Some(match dice.below(5) {
        0 => SourceCode::from(Source::CaptiveBred),
        1 => SourceCode::from(Source::AppendixICommercial),
        2 => SourceCode::from(Source::Ranched),
        3 => old(None),
        _ => old(Some(Source::Wild)),
    });
    if record.traded.source.is_some_and(|code| code.pre_convention()) {
        let day = Day::new(1960 + dice.below(50) as i16, 1 + dice.below(12) as u8, 1);
        record.acquired = *dice.one_of(&[AgeClaim::Undated, AgeClaim::On(day), AgeClaim::Before(day)]);
    }
    record
}

fn state(code: &str) -> Country {
    code.parse().unwrap()
}

/// Passing through one or two States under customs control.
fn transit(mut record: Record, dice: &mut Dice) -> Record {
    record.direction = Some(Direction::Transit);
    record.procedure = Some(*dice.one_of(&[Procedure::Transit, Procedure::Transhipment]));
    let through = ["KZ", "CN", "AE", "RU", "TM", "DE"].map(state);
    let via: Vec<Country> = (0..=dice.below(2)).map(|_| *dice.one_of(&through)).collect();
    record.via = Some(via.leak());
    on_any_day(&mut record, dice);
    record
}

/// Into or out of China, through a port that is named or not.
fn chinese(mut record: Record, ports: &[&'static str], dice: &mut Dice) -> Record {
    if dice.chance(60) {
        record.traded.importer = Some(state("CN"));
        record.direction = Some(Direction::Import);
    } else {
        if dice.chance(50) {
            record.traded.origin = record.traded.population();
        }
        record.traded.exporter = Some(state("CN"));
        record.direction = Some(Direction::Export);
    }
    record.carrier = *dice.one_of(&[None, Some(Carrier::Cargo), Some(Carrier::Post), Some(Carrier::Baggage)]);
    record.port = dice.chance(70).then(|| *dice.one_of(ports));
    record.hs =
        dice.chance(50).then(|| *dice.one_of(&["0507901000", "4103200090", "0106199090", "1211905099"]));
    on_any_day(&mut record, dice);
    record
}

/// At a border on the way in or out.
fn at_border(mut record: Record, dice: &mut Dice) -> Record {
    record.direction = Some(*dice.one_of(&[Direction::Import, Direction::Export, Direction::ReExport]));
    record.carrier = Some(Carrier::Cargo);
    record.via = dice.chance(50).then_some(&[]);
    on_any_day(&mut record, dice);
    record
}

fn on_any_day(record: &mut Record, dice: &mut Dice) {
    record.on = Day::new(2001 + dice.below(26) as i16, 1 + dice.below(12) as u8, 1 + dice.below(28) as u8);
}
