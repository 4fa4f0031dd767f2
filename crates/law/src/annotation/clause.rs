//! The clauses of an annotation: a small closed vocabulary of tests, joined by `&`, evaluated in three values.
//!
//! Source of truth: the column `excluded_when` of `data/law/annotations.csv`; `data/law/README.md` explains
//! each word. A clause takes a specimen out of the text; one that opens with `keep` leaves it in all the
//! same; one that opens with `as #n` sends to the text of another symbol. Taxa and countries stand in the
//! data, not here.

use cites::{Country, Kingdom, Term, TermSet};
use species::Backbone;

use super::specimen::SpecimenKind;
use crate::bars::{ListedTaxon, Missing, Test, code_set, named, unknown_taxon};

/// One clause of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    effect: Effect,
    tests: Box<[Word]>,
    written: Box<str>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Effect {
    TakesOut,
    KeepsIn,
    Follows(Box<str>),
}

/// One test of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    /// `terms=SEE FRU`.
    Terms(TermSet),
    /// `taxon=NAME`, or `taxon=NAME|NAME`.
    Taxon(Box<[ListedTaxon]>),
    /// `origin=MX`.
    Origin(Country),
    /// `exporter=MX`.
    Exporter(Country),
    /// `item-mass<=10kg`, in millionths of a kilogram.
    ItemMass(u64),
    /// `shipment-mass<=10kg`, in millionths of a kilogram.
    ShipmentMass(u64),
    /// A word of its own.
    Plain(Plain),
    /// `ask=words`: what no field of a declaration tells.
    Ask,
}

/// The tests that are one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    Propagated,
    NaturalisedOrPropagated,
    RetailPacked,
    Finished,
    Instrument,
    ReExport,
    Sterile,
    ExhaustedPowder,
    Labelled,
    KeepsOwner,
    NonCommercial,
}

const PLAIN: [(&str, Plain); 11] = [
    ("propagated", Plain::Propagated),
    ("naturalised-or-propagated", Plain::NaturalisedOrPropagated),
    ("retail-packed", Plain::RetailPacked),
    ("finished", Plain::Finished),
    ("musical-instrument", Plain::Instrument),
    ("re-export", Plain::ReExport),
    ("in-vitro-sterile", Plain::Sterile),
    ("exhausted-powder", Plain::ExhaustedPowder),
    ("labelled", Plain::Labelled),
    ("keeps-owner", Plain::KeepsOwner),
    ("non-commercial", Plain::NonCommercial),
];

impl Clause {
    /// The clause as the table writes it.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    pub(super) fn takes_out(&self) -> bool {
        self.effect == Effect::TakesOut
    }

    pub(super) fn keeps_in(&self) -> bool {
        self.effect == Effect::KeepsIn
    }

    /// Whether it takes out cultures in vitro, which it does even where they are living plants.
    pub(super) fn is_of_cultures(&self) -> bool {
        self.tests.contains(&Word::Plain(Plain::Sterile))
    }

    /// The symbol whose text holds instead.
    pub(super) fn follows(&self) -> Option<&str> {
        match &self.effect {
            Effect::Follows(symbol) => Some(symbol),
            Effect::TakesOut | Effect::KeepsIn => None,
        }
    }

    /// Whether the clause may fit a specimen of the kind `term`: whether it names no other kinds.
    pub(super) fn may_fit(&self, term: Term) -> bool {
        let names_others = |word: &Word| matches!(word, Word::Terms(terms) if !terms.contains(term));
        !self.tests.iter().any(names_others)
    }

    /// Whether every test of the clause fits the specimen.
    pub(super) fn fits(&self, kind: &SpecimenKind<'_>) -> Test {
        self.tests.iter().map(|word| word.fits(kind)).collect()
    }
}

impl Word {
    fn fits(&self, kind: &SpecimenKind<'_>) -> Test {
        match self {
            Word::Terms(terms) => kind.term_in(*terms),
            Word::Taxon(taxa) => {
                taxa.iter().map(|taxon| taxon.holds(kind.lineage)).fold(Test::NotMet, Test::or)
            }
            Word::Origin(country) => is(kind.origin, *country, Missing::Origin),
            Word::Exporter(country) => is(kind.exporter, *country, Missing::Exporter),
            Word::ItemMass(most) => at_most(kind.mass_per_item_millionths_kg, *most, Missing::MassPerItem),
            Word::ShipmentMass(most) => {
                at_most(kind.mass_per_shipment_millionths_kg, *most, Missing::MassPerShipment)
            }
            Word::Plain(plain) => plain.fits(kind),
            Word::Ask => Test::lacks(Missing::Condition),
        }
    }
}

impl Plain {
    fn fits(self, kind: &SpecimenKind<'_>) -> Test {
        match self {
            Plain::Propagated => kind.propagated(),
            Plain::NaturalisedOrPropagated => {
                kind.propagated().or(Test::told(kind.naturalised, Missing::Propagated))
            }
            Plain::RetailPacked => Test::told(kind.retail_packed, Missing::RetailPacked),
            Plain::Finished => Test::told(kind.finished, Missing::Finished),
            Plain::Instrument => Test::told(kind.musical_instrument, Missing::Instrument),
            Plain::ReExport => Test::told(re_exported(kind), Missing::ReExport),
            Plain::Sterile => Test::told(kind.sterile_in_vitro, Missing::Sterile),
            Plain::ExhaustedPowder => Test::told(kind.exhausted_powder, Missing::Exhausted),
            Plain::Labelled => Test::told(kind.labelled, Missing::Labelled),
            Plain::KeepsOwner => Test::told(kind.keeps_owner, Missing::KeepsOwner),
            Plain::NonCommercial => Test::told(kind.non_commercial, Missing::Purpose),
        }
    }
}

fn re_exported(kind: &SpecimenKind<'_>) -> Option<bool> {
    Some(named(kind.origin?)? != named(kind.exporter?)?)
}

fn is(told: Option<Country>, wanted: Country, fact: Missing) -> Test {
    Test::told(told.and_then(named).map(|country| country == wanted), fact)
}

fn at_most(told: Option<u64>, most: u64, fact: Missing) -> Test {
    Test::told(told.map(|mass| mass <= most), fact)
}

/// Reads the clauses of a cell, separated by `;`.
pub(super) fn read(cell: &str, backbone: &Backbone) -> Result<Box<[Clause]>, String> {
    cell.split(';')
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
        .map(|text| clause(text, backbone))
        .collect()
}

fn clause(written: &str, backbone: &Backbone) -> Result<Clause, String> {
    let (effect, tests) = match written.split_once(' ') {
        Some(("keep", tests)) => (Effect::KeepsIn, tests),
        Some(("as", rest)) => {
            let (symbol, tests) = rest.trim().split_once(' ').ok_or_else(|| unknown(written))?;
            (Effect::Follows(symbol.into()), tests)
        }
        _ => (Effect::TakesOut, written),
    };
    let tests = tests.split('&').map(|test| word(test.trim(), backbone)).collect::<Result<_, _>>()?;
    Ok(Clause { effect, tests, written: written.into() })
}

fn word(test: &str, backbone: &Backbone) -> Result<Word, String> {
    if let Some((_, plain)) = PLAIN.iter().find(|(word, _)| *word == test) {
        return Ok(Word::Plain(*plain));
    }
    if let Some(mass) = test.strip_prefix("item-mass<=") {
        return kilograms(mass).map(Word::ItemMass);
    }
    if let Some(mass) = test.strip_prefix("shipment-mass<=") {
        return kilograms(mass).map(Word::ShipmentMass);
    }
    let (key, value) = test.split_once('=').ok_or_else(|| unknown(test))?;
    match key {
        "terms" => code_set::<TermSet>(value).map(Word::Terms).map_err(told),
        "taxon" => value
            .split('|')
            .map(|name| taxon(name.trim(), backbone))
            .collect::<Result<_, _>>()
            .map(Word::Taxon),
        "origin" => value.parse().map(Word::Origin).map_err(told),
        "exporter" => value.parse().map(Word::Exporter).map_err(told),
        "ask" => Ok(Word::Ask),
        _ => Err(unknown(test)),
    }
}

fn taxon(name: &str, backbone: &Backbone) -> Result<ListedTaxon, String> {
    let kingdoms = [Kingdom::Plantae, Kingdom::Animalia].into_iter();
    let found = kingdoms.filter_map(|kingdom| ListedTaxon::find(backbone, kingdom, name)).next();
    found.ok_or_else(|| unknown_taxon(name))
}

fn kilograms(text: &str) -> Result<u64, String> {
    let amount = text.strip_suffix("kg").and_then(|number| number.parse::<cites::Amount>().ok());
    amount.map(cites::Amount::millionths).ok_or_else(|| format!("`{text}` is not a mass; write 10kg"))
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn unknown(test: &str) -> String {
    format!("`{test}` is not a test of an annotation; `data/law/README.md` lists them")
}
