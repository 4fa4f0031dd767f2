//! What a customs code tells: the letters of endangered species in an excerpt, and headings to look at.
//!
//! Source of truth: `commodity_hints.csv` and `commodity_headings.csv`. The excerpt is short: a code that is
//! missing from it proves nothing, so no answer here says "not supervised".

use cites::{Confidence, Verified};
use smallvec::SmallVec;

use super::tables::{Layer, Origin, PackTables, origin};
use crate::rule::Catalogue;
use crate::table::{Row, TableError};

const HINTS: &str = "commodity_hints.csv";
const HINT_COLUMNS: [&str; 6] = ["hs", "name_zh", "import_letter", "export_letter", "letters", "note"];
const HEADINGS: &str = "commodity_headings.csv";
const HEADING_COLUMNS: [&str; 3] = ["hs", "title", "look_for"];

/// A customs code of the excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommodityHint {
    /// The digits.
    pub hs: Box<str>,
    /// The goods, in the language of the country.
    pub name_zh: Box<str>,
    /// Whether import needs a paper of endangered species.
    pub import: bool,
    /// Whether export needs one.
    pub export: bool,
    /// All supervision letters.
    pub letters: Box<str>,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// A heading under which wildlife is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The digits.
    pub hs: Box<str>,
    /// The title.
    pub title: Box<str>,
    /// What to look for.
    pub look_for: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// What is known of a customs code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeHint<'p> {
    /// Codes of the excerpt that are the code asked, lie below it, or above it.
    pub codes: SmallVec<[&'p CommodityHint; 4]>,
    /// Headings above or equal to it.
    pub headings: SmallVec<[&'p Heading; 2]>,
}

impl CodeHint<'_> {
    /// Whether the catalogue names the goods: [`Catalogue::Listed`] where the very code bears a letter,
    /// else open.
    pub fn catalogue(&self, hs: &str) -> Option<Catalogue> {
        let asked = digits(hs);
        let exact = self.codes.iter().find(|code| *code.hs == *asked);
        exact.filter(|code| code.import || code.export).map(|_| Catalogue::Listed)
    }

    /// Whether what it rests on is verified.
    pub fn verified(&self) -> Verified {
        let codes = self.codes.iter().map(|code| code.origin.provenance.confidence);
        let headings = self.headings.iter().map(|heading| heading.origin.provenance.confidence);
        codes.chain(headings).collect::<Vec<Confidence>>().into_iter().collect()
    }
}

/// The codes of a catalogue, each as one number, so that a code is looked for without a look at any text.
#[derive(Debug, Clone, Default)]
pub(super) struct Codes(Vec<u64>);

impl Codes {
    pub(super) fn of(hints: &[CommodityHint]) -> Codes {
        Codes(hints.iter().map(|hint| number(&hint.hs)).collect())
    }

    /// Whether the catalogue names goods of the customs code: as [`CodeHint::catalogue`] of it, at once.
    pub(super) fn catalogue(&self, hints: &[CommodityHint], hs: &str) -> Option<Catalogue> {
        let asked = number(hs);
        let at = self.0.iter().position(|known| *known == asked)?;
        hints.get(at).filter(|hint| hint.import || hint.export).map(|_| Catalogue::Listed)
    }
}

/// The digits of a code as one number, in which zeros before others count; a code has ten digits at most.
fn number(hs: &str) -> u64 {
    let digits = hs.bytes().filter(u8::is_ascii_digit);
    digits.fold(0, |number: u64, digit| number.saturating_mul(11).saturating_add(u64::from(digit - b'0') + 1))
}

/// What `hints` and `headings` tell of a code written with or without dots and spaces.
pub(super) fn of<'p>(hints: &'p [CommodityHint], headings: &'p [Heading], hs: &str) -> CodeHint<'p> {
    let asked = digits(hs);
    let related = |known: &str| !asked.is_empty() && (known.starts_with(&*asked) || asked.starts_with(known));
    CodeHint {
        codes: hints.iter().filter(|hint| related(&hint.hs)).collect(),
        headings: headings.iter().filter(|heading| asked.starts_with(&*heading.hs)).collect(),
    }
}

fn digits(hs: &str) -> String {
    hs.chars().filter(char::is_ascii_digit).collect()
}

pub(super) fn read_hints(tables: &PackTables<'_>, errors: &mut Vec<TableError>) -> Vec<CommodityHint> {
    tables.rows(HINTS, &HINT_COLUMNS, errors, |row| {
        Ok(CommodityHint {
            hs: code(row)?,
            name_zh: row.get("name_zh").into(),
            import: !row.get("import_letter").is_empty(),
            export: !row.get("export_letter").is_empty(),
            letters: row.get("letters").into(),
            note: row.get("note").into(),
            origin: origin(row, Layer::Pack)?,
        })
    })
}

pub(super) fn read_headings(tables: &PackTables<'_>, errors: &mut Vec<TableError>) -> Vec<Heading> {
    tables.rows(HEADINGS, &HEADING_COLUMNS, errors, |row| {
        Ok(Heading {
            hs: code(row)?,
            title: row.get("title").into(),
            look_for: row.get("look_for").into(),
            origin: origin(row, Layer::Pack)?,
        })
    })
}

fn code(row: &Row<'_>) -> Result<Box<str>, TableError> {
    let code = row.needed("hs")?;
    if code.len() > 10 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(row.fault("hs", &format!("`{code}` is not a customs code; write up to ten digits")));
    }
    Ok(code.into())
}
