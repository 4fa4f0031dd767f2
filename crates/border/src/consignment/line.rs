//! One line of goods as declared.

use std::fmt;
use std::str::FromStr;

use cites::{Amount, Day, Place, Quantity, SourceCode, Term, Unit};
use law::assess::UseOfGoods;
use permits::Told;

use super::reader::Table;

/// One line of goods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The name as written.
    pub name: Box<str>,
    /// The subspecies, where it is told apart from the name.
    pub subspecies: Option<Box<str>>,
    /// What is told about the ancestors of a hybrid; absent where it is told to be none.
    pub hybrid: Told<HybridClaim>,
    /// Whether it is a domesticated form.
    pub domesticated: Option<bool>,
    /// The kind of specimen.
    pub term: Option<Term>,
    /// The customs code.
    pub hs: Option<HsCode>,
    /// How much.
    pub quantity: Option<Quantity>,
    /// The mass of listed wood in each item.
    pub mass_per_item: Option<Quantity>,
    /// The mass of listed wood in the whole shipment.
    pub mass_per_shipment: Option<Quantity>,
    /// Whether the goods are finished.
    pub finished: Option<bool>,
    /// Whether the goods are packed and ready for retail trade.
    pub retail_packed: Option<bool>,
    /// Whether the goods are a musical instrument, its part or accessory.
    pub instrument: Option<bool>,
    /// Whether a culture travels in sterile containers.
    pub sterile: Option<bool>,
    /// Whether a powder is exhausted.
    pub exhausted: Option<bool>,
    /// Whether the goods bear the label that an annotation prescribes.
    pub labelled: Option<bool>,
    /// How the specimen was obtained.
    pub source: Option<SourceCode>,
    /// The State of origin, where it is another than the consignment's.
    pub origin: Option<Place>,
    /// When and how the specimen was acquired.
    pub acquired: Told<Acquired>,
    /// Marks, tags, rings, labels.
    pub marks: Told<Box<str>>,
    /// The registered operation or nursery.
    pub operation: Told<Box<str>>,
    /// Whether it is alive; the term tells where this does not.
    pub live: Option<bool>,
    /// What the goods are to be used for.
    pub use_of_goods: Option<UseOfGoods>,
}

/// What is told about the ancestors of a hybrid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HybridClaim {
    /// The ancestors of the last four generations that are named.
    pub ancestors: Vec<Box<str>>,
    /// Whether these are all the species among the ancestors of four generations, by a pedigree.
    pub pedigree_complete: Option<bool>,
}

/// When and how a specimen was acquired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acquired {
    /// When.
    pub when: AcquiredWhen,
    /// How, where told.
    pub how: Option<AcquiredHow>,
}

/// When a specimen was acquired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcquiredWhen {
    /// On the day.
    On(Day),
    /// Before the day; the day itself is not known.
    Before(Day),
    /// Not known.
    Undated,
}

/// How a specimen was acquired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AcquiredHow {
    /// Removed from the wild.
    Taken,
    /// Born in captivity or propagated.
    Bred,
    /// Bought, received or inherited by the present owner: it is at least as old.
    Received,
}

impl AcquiredHow {
    const WORDS: [(&'static str, AcquiredHow); 3] =
        [("taken", AcquiredHow::Taken), ("bred", AcquiredHow::Bred), ("received", AcquiredHow::Received)];
}

/// A customs code: the digits of the Harmonized System, and what a country adds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HsCode(Box<str>);

/// Why text is not an [`HsCode`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is not a customs code; write two to thirteen digits, such as 0507901000")]
pub struct HsCodeError {
    /// The text as written.
    pub written: String,
}

impl HsCode {
    /// The digits, without the points between them.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

impl FromStr for HsCode {
    type Err = HsCodeError;

    fn from_str(text: &str) -> Result<HsCode, HsCodeError> {
        let digits: String = text.chars().filter(|letter| !matches!(letter, '.' | ' ')).collect();
        let good = (2..=13).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if good { Ok(HsCode(digits.into())) } else { Err(HsCodeError { written: text.to_owned() }) }
    }
}

impl fmt::Display for HsCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) fn read(table: Table<'_>) -> Line {
    let read = Line {
        name: table.needed_text("name", "write the scientific name as it stands on the papers"),
        subspecies: table.text("subspecies"),
        hybrid: hybrid(&table),
        domesticated: table.flag("domesticated"),
        term: table.code("term"),
        hs: table.code("hs"),
        quantity: quantity(&table, "quantity", Some("unit")),
        mass_per_item: quantity(&table, "mass_per_item", None),
        mass_per_shipment: quantity(&table, "mass_per_shipment", None),
        finished: table.flag("finished"),
        retail_packed: table.flag("retail_packed"),
        instrument: table.flag("instrument"),
        sterile: table.flag("sterile"),
        exhausted: table.flag("exhausted"),
        labelled: table.flag("labelled"),
        source: table.code("source"),
        origin: table.code("origin"),
        acquired: acquired(&table),
        marks: table.told_text("marks"),
        operation: table.told_text("operation"),
        live: table.flag("live"),
        use_of_goods: use_of_goods(&table),
    };
    table.done();
    read
}

/// An amount with its unit in one text (`30 KGM`), or with the unit in a key of its own.
pub(super) fn quantity(table: &Table<'_>, key: &'static str, unit: Option<&'static str>) -> Option<Quantity> {
    let written = unit.and_then(|unit| table.text(unit));
    let Some(written) = written else { return table.code(key) };
    let amount: Option<Amount> = table.code(key);
    match Unit::read(&written) {
        Ok((unit, _)) => amount.map(|amount| Quantity::new(amount, unit)),
        Err(error) => {
            table.wrong(error.to_string());
            None
        }
    }
}

/// `hybrid = true`, or the ancestors of the last four generations.
fn hybrid(table: &Table<'_>) -> Told<HybridClaim> {
    if table.is_none("hybrid") {
        return Told::Absent;
    }
    let ancestors = table.texts("ancestors");
    let pedigree_complete = table.flag("pedigree_complete");
    let claimed = table.flag("hybrid").unwrap_or(false) || ancestors.is_some();
    if !claimed {
        return Told::Unknown;
    }
    Told::Is(HybridClaim { ancestors: ancestors.unwrap_or_default(), pedigree_complete })
}

fn use_of_goods(table: &Table<'_>) -> Option<UseOfGoods> {
    let words =
        [("food", UseOfGoods::Food), ("medicine", UseOfGoods::Medicine), ("other", UseOfGoods::Other)];
    let from_word = |text: &str| words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    table.word("use_of_goods", from_word, &words.map(|(word, _)| word))
}

fn acquired(table: &Table<'_>) -> Told<Acquired> {
    table.told_table("acquired").map(|acquired| {
        let words: Vec<&str> = AcquiredHow::WORDS.iter().map(|(word, _)| *word).collect();
        let from_word =
            |text: &str| AcquiredHow::WORDS.iter().find(|(word, _)| *word == text).map(|(_, how)| *how);
        let how = acquired.word("how", from_word, &words);
        let when = match (acquired.code("on"), acquired.code("before")) {
            (Some(_), Some(_)) => {
                acquired.wrong("`on` and `before` cannot both be told; keep one");
                AcquiredWhen::Undated
            }
            (Some(on), None) => AcquiredWhen::On(on),
            (None, Some(before)) => AcquiredWhen::Before(before),
            (None, None) => AcquiredWhen::Undated,
        };
        acquired.done();
        Acquired { when, how }
    })
}
