//! The CITES trade records of 2001 to 2012, or records drawn from the tree of taxa.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use border::record::{Law, Named, Standing, Traded, When, Years};
use cites::{Amount, Country, Day, Purpose, Quantity, Rank, Source, SourceCode, Term, Unit};
use law::assess::AgeClaim;
use law::rule::Procedure;
use species::{Hint, Names};

use super::Record;
use super::draw::Dice;

const YEARS: std::ops::RangeInclusive<i16> = 2001..=2012;

/// Reads records and leads their names to taxa, each name once.
pub struct Reader {
    law: Law<'static>,
    names: Names<'static>,
    years: Years,
    numbers: HashMap<String, u32>,
    named: Vec<Named<'static>>,
    standings: HashMap<(u32, Option<Country>, i16), Standing>,
}

impl Reader {
    pub fn new(law: Law<'static>, names: Names<'static>) -> Reader {
        let (numbers, standings) = (HashMap::new(), HashMap::new());
        Reader { law, names, years: Years::of(&law), numbers, named: Vec::new(), standings }
    }

    pub fn into_named(self) -> Vec<Named<'static>> {
        self.named
    }

    /// Every `step`-th record of the reference data; `None` where they are not at hand.
    pub fn reference(&mut self, step: usize) -> Option<Vec<Record>> {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
        let folder = std::env::var_os("COUNTRYGATE_REFERENCE").map_or(beside, PathBuf::from).join("trade");
        let mut records = Vec::new();
        let mut number = 0_usize;
        for year in YEARS {
            let file = std::fs::File::open(folder.join(format!("cites_{year}.csv.gz"))).ok()?;
            let mut text = String::new();
            flate2::read::GzDecoder::new(file).read_to_string(&mut text).ok()?;
            for row in csv::Reader::from_reader(text.as_bytes()).records() {
                number += 1;
                if number.is_multiple_of(step) {
                    records.push(self.record(&row.unwrap()));
                }
            }
        }
        Some(records)
    }

    fn record(&mut self, row: &csv::StringRecord) -> Record {
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let purpose: Option<Purpose> = cell(14).parse().ok();
        let unit = if cell(13).is_empty() {
            Some(Unit::Number)
        } else {
            Unit::read(cell(13)).ok().map(|(unit, _)| unit)
        };
        let amount = [cell(11), cell(10)].into_iter().find_map(|written| written.parse::<Amount>().ok());
        let traded = Traded {
            importer: cell(7).parse().ok(),
            exporter: cell(8).parse().ok(),
            origin: cell(9).parse().ok(),
            term: Term::from_trade_name(cell(12)),
            source: cell(15).parse().ok(),
            quantity: amount.zip(unit).map(|(amount, unit)| Quantity::new(amount, unit)),
            purpose_import: purpose.filter(|_| !cell(10).is_empty()),
            purpose_export: purpose.filter(|_| !cell(11).is_empty()),
        };
        let hint = Hint { kingdom: None, class: cell(3), order: cell(4), family: cell(5), genus: cell(6) };
        self.of(cell(2), hint, traded, cell(0).parse().unwrap())
    }

    /// A record of the year whose name is written so.
    fn of(&mut self, name: &str, hint: Hint<'_>, traded: Traded, year: i16) -> Record {
        let key = [name, hint.class, hint.order, hint.family, hint.genus].join("\t");
        let number = match self.numbers.get(&key) {
            Some(number) => *number,
            None => {
                let number = self.named.len() as u32;
                self.named.push(Named::of(self.names.resolve_with(name, hint)));
                self.numbers.insert(key, number);
                number
            }
        };
        let population = traded.population();
        let named = &self.named[number as usize];
        let standing = self.standings.entry((number, population, year)).or_insert_with(|| {
            Standing::of(named, population, When::Year(year), &self.law, &self.years).unwrap()
        });
        Record {
            named: number,
            name: standing.name,
            traded,
            acquired: AgeClaim::Undated,
            direction: None,
            procedure: Some(Procedure::Ordinary),
            carrier: None,
            via: None,
            port: None,
            hs: None,
            on: Day::new(year, 12, 31),
        }
    }

    /// Records of any listed taxon between any States.
    pub fn drawn(&mut self, count: usize) -> Vec<Record> {
        let mut dice = Dice::new(7);
        let backbone = self.law.sources.backbone;
        let taxa: Vec<String> = backbone
            .taxa()
            .filter(|taxon| backbone.rank(*taxon) >= Rank::Genus)
            .map(|taxon| backbone.name(taxon).to_owned())
            .collect();
        let states: Vec<Country> = ["US", "JP", "DE", "ID", "MG", "ZA", "NA", "RU", "KZ", "PE", "CM", "XX"]
            .map(|code| code.parse().unwrap())
            .to_vec();
        (0..count)
            .map(|_| {
                let traded = Traded {
                    importer: Some(*dice.one_of(&states)),
                    exporter: Some(*dice.one_of(&states)),
                    origin: dice.chance(40).then(|| *dice.one_of(&states)),
                    term: Some(*dice.one_of(&[Term::Live, Term::Skin, Term::Trophy, Term::Logs, Term::Root])),
                    source: Some(SourceCode::from(*dice.one_of(&[Source::Wild, Source::Unknown]))),
                    quantity: Quantity::from_millionths(1_000_000 * dice.below(500) as u64, Unit::Number),
                    purpose_import: dice.chance(60).then(|| *dice.one_of(&Purpose::ALL)),
                    purpose_export: dice.chance(60).then(|| *dice.one_of(&Purpose::ALL)),
                };
                let name = dice.one_of(&taxa).clone();
                self.of(&name, Hint::default(), traded, 2001 + dice.below(12) as i16)
            })
            .collect()
    }
}
