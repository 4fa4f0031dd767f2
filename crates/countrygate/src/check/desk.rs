//! One worker's desk: rows in, answers out. What a name stands for and how it stands in law is kept, since
//! tables of trade write the same few thousand names again and again.
//!
//! Source of truth: the names and the law book. Nothing is decided here.

use std::collections::HashMap;

use anyhow::Result;
use border::Verdict;
use border::consignment::HsCode;
use border::record::{self, Law, Named, Standing, When, Years};
use cites::{AppendixSet, Country, Day};
use law::assess::{self, Assessment, Crossing, Line};
use species::{MatchKind, Names, Resolution};

use super::told::Told;

/// How many names are kept: more than all the Appendices hold, so that only a hostile file reaches it.
pub const NAMES_KEPT: usize = 65_536;
/// How many bytes of names as written are kept: sixty letters with the taxa above for each of them.
pub const NAMES_KEPT_BYTES: usize = 8 * 1024 * 1024;
/// How many standings are kept: a name has one for each population and year.
pub const STANDINGS_KEPT: usize = 262_144;

/// What every desk works with.
#[derive(Clone, Copy)]
pub struct Office<'s> {
    /// The law.
    pub law: &'s Law<'s>,
    /// The days on which it changes.
    pub years: &'s Years,
    /// The names.
    pub names: &'s Names<'s>,
    /// The day of rows that tell none.
    pub on: Day,
}

/// One worker's desk.
pub struct Desk<'s> {
    office: Office<'s>,
    /// The key of the name at hand, built in place.
    key: String,
    numbers: HashMap<Box<str>, u32>,
    /// The bytes of their keys.
    kept_bytes: usize,
    named: Vec<Named<'s>>,
    standings: HashMap<(u32, Option<Country>, When), Standing>,
}

/// What a row comes to.
pub struct Answer<'d> {
    /// The accepted name.
    pub matched: &'d str,
    /// How the name was matched.
    pub kind: MatchKind,
    /// The Appendices in which the population is; empty where the name stands for nothing.
    pub law_appendix: AppendixSet,
    /// Whether the Appendix stated was in force; `None` where none is stated or the name stands for nothing.
    pub agrees: Option<bool>,
    /// The verdict.
    pub verdict: Verdict,
    /// What the law requires; `None` where the row tells no day.
    pub assessment: Assessment<'d>,
}

/// What the law is asked about a row.
pub struct Asked<'d, 't> {
    /// What its name stands for.
    pub name: &'d Resolution<'d>,
    /// How it stands in law.
    pub standing: &'d Standing,
    /// The goods.
    pub line: Line<'t>,
    /// Their journey.
    pub crossing: Crossing<'t>,
}

impl<'s> Desk<'s> {
    /// An empty desk.
    pub fn of(office: Office<'s>) -> Desk<'s> {
        Desk {
            office,
            key: String::new(),
            numbers: HashMap::new(),
            kept_bytes: 0,
            named: Vec::new(),
            standings: HashMap::new(),
        }
    }

    /// What a row comes to.
    ///
    /// # Errors
    /// A table of the law book has a fault.
    pub fn answer(&mut self, told: &Told<'_>) -> Result<Answer<'_>> {
        let when = told.when.unwrap_or(When::On(self.office.on));
        let Office { law, on, .. } = self.office;
        let Asked { name, standing, line, crossing } = self.asked(told, when)?;
        let assessment = assess::assess(&line, &crossing, &law.sources, when.day().unwrap_or(on));
        Ok(Answer {
            matched: standing.matched.as_deref().unwrap_or(name.accepted),
            kind: standing.kind,
            law_appendix: standing.at_end,
            agrees: told.recorded.and_then(|recorded| standing.agrees(recorded, &told.traded, law)),
            verdict: record::verdict(&assessment),
            assessment,
        })
    }

    /// What the law is asked about a row.
    ///
    /// # Errors
    /// A table of the law book has a fault.
    pub fn asked<'d: 't, 't>(&'d mut self, told: &'t Told<'_>, when: When) -> Result<Asked<'d, 't>> {
        let number = self.number_of(told);
        let Office { law, years, .. } = self.office;
        if self.standings.len() >= STANDINGS_KEPT {
            self.standings.clear();
        }
        let named = self.named.get(number as usize).ok_or_else(|| anyhow::anyhow!("a name was lost"))?;
        let population = told.traded.population_of(named);
        let standing = match self.standings.entry((number, population, when)) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(Standing::of(named, population, when, law, years)?)
            }
        };
        let declared = &told.declared;
        let hs = declared.hs.as_ref().map(HsCode::digits);
        let line = Line { hs, ..told.traded.line(named, standing.name) };
        let crossing = Crossing {
            direction: declared.direction,
            procedure: declared.procedure,
            carrier: declared.carrier,
            port: declared.port.as_deref(),
            ..told.traded.crossing()
        };
        Ok(Asked { name: &named.resolution, standing, line, crossing })
    }

    /// The number of the name of a row, resolved when it is first seen.
    fn number_of(&mut self, told: &Told<'_>) -> u32 {
        self.key.clear();
        self.key.push_str(&told.name);
        for above in &told.above.names {
            self.key.push('\u{1F}');
            self.key.push_str(above);
        }
        if let Some(kingdom) = told.above.kingdom {
            self.key.push_str(kingdom.as_str());
        }
        if let Some(number) = self.numbers.get(self.key.as_str()) {
            return *number;
        }
        self.kept_bytes += self.key.len();
        if self.named.len() >= NAMES_KEPT || self.kept_bytes > NAMES_KEPT_BYTES {
            self.kept_bytes = self.key.len();
            self.numbers.clear();
            self.named.clear();
            self.standings.clear();
        }
        let number = self.named.len() as u32;
        let resolution = self.office.names.resolve_with(&told.name, told.above.hint());
        self.named.push(Named::of(resolution));
        self.numbers.insert(self.key.as_str().into(), number);
        number
    }
}
