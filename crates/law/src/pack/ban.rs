//! What the pack's country forbids whatever papers the goods carry.
//!
//! Source of truth: `prohibitions.csv`. A row that fits in everything told but one fact may hold: it is
//! given with what is missing. Whether it refuses or refers is the row's own word.

use cites::{PurposeSet, Span, TermSet};
use smallvec::SmallVec;
use species::Backbone;

use super::asked::Asked;
use super::fit::Fit;
use super::masks::RowMasks;
use super::tables::{Layer, Origin, PackTables, origin, refuse_overlaps, word, words};
use super::taxon::{Names, PackTaxa, read_taxa};
use crate::bars::{codes, span};
use crate::rule::{Ban, Direction, Fact, FactSet, Regime, Truth};
use crate::table::{Row, TableError};

const TABLE: &str = "prohibitions.csv";
const COLUMNS: [&str; 14] = [
    "id",
    "title",
    "directions",
    "kingdom",
    "taxa",
    "except_taxa",
    "terms",
    "except_terms",
    "purposes",
    "regimes",
    "condition",
    "outcome",
    "from",
    "until",
];

/// One prohibition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prohibition {
    /// Its id.
    pub id: Box<str>,
    /// What it forbids, in words.
    pub title: Box<str>,
    /// The directions over the border.
    pub directions: Box<[Direction]>,
    /// The taxa.
    pub taxa: PackTaxa,
    /// The kinds of specimen.
    pub terms: TermSet,
    /// Kinds that are left out.
    pub except_terms: TermSet,
    /// The purposes.
    pub purposes: PurposeSet,
    /// The regimes; empty is every regime.
    pub regimes: Box<[Regime]>,
    /// What no field of a declaration tells.
    pub condition: Option<BanCondition>,
    /// Refuse, or refer to a person.
    pub outcome: Ban,
    /// Its days.
    pub span: Span,
    /// The clause.
    pub clause: Box<str>,
    /// What to know beside it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub origin: Origin,
}

/// A circumstance that a prohibition asks for. See [`super::Circumstances`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BanCondition {
    /// The goods are to be eaten.
    ForFood,
    /// The species is unnamed or newly discovered.
    NewlyDiscovered,
    /// The Convention forbids the trade for commerce.
    ConventionForbidsCommerce,
}

/// What a country forbids of the goods asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BanAnswer<'p> {
    /// The values that are possible, each once; one alone is certain.
    pub possible: SmallVec<[Ban; 3]>,
    /// The rows that hold or may hold, with how they fit.
    pub rows: SmallVec<[(&'p Prohibition, Fit); 4]>,
    /// What would decide.
    pub missing: FactSet,
}

impl Prohibition {
    pub(crate) fn fits(&self, asked: &Asked<'_>) -> Fit {
        let excepted = if self.except_terms.is_empty() { Fit::NO } else { asked.term_in(self.except_terms) };
        let terms = asked.term_in(self.terms).and(excepted.negate());
        let direction = asked.direction_in(&self.directions);
        if terms.is_no() || direction.is_no() {
            return Fit::NO;
        }
        let purpose =
            Fit::told(asked.purpose.map(|purpose| self.purposes.contains(purpose)), Fact::PurposeImport);
        let purpose = if self.purposes == PurposeSet::ALL { Fit::YES } else { purpose };
        let regime = Fit::told(asked.regime.map(|regime| self.regimes.contains(&regime)), Fact::Regime);
        let regime = if self.regimes.is_empty() { Fit::YES } else { regime };
        let condition = self.condition.map_or(Fit::YES, |condition| condition.holds(asked));
        if purpose.is_no() || regime.is_no() || condition.is_no() {
            return Fit::NO;
        }
        self.taxa.holds(asked).and(direction).and(terms).and(purpose).and(regime).and(condition)
    }
}

impl BanCondition {
    fn holds(self, asked: &Asked<'_>) -> Fit {
        let told = asked.circumstances;
        let (truth, fact) = match self {
            BanCondition::ForFood => (told.for_food, Fact::Use),
            BanCondition::NewlyDiscovered => (told.newly_discovered, Fact::Taxon),
            BanCondition::ConventionForbidsCommerce => {
                (told.convention_forbids_commerce, Fact::PurposeImport)
            }
        };
        match truth {
            Truth::Yes => Fit::YES,
            Truth::No => Fit::NO,
            Truth::Unknown => Fit::lacks(fact),
        }
    }

    fn from_word(word: &str) -> Option<BanCondition> {
        match word {
            "for-food" => Some(BanCondition::ForFood),
            "newly-discovered" => Some(BanCondition::NewlyDiscovered),
            "convention-forbids-commerce" => Some(BanCondition::ConventionForbidsCommerce),
            _ => None,
        }
    }
}

/// The prohibitions of a pack.
#[derive(Debug, Clone, Default)]
pub(super) struct Prohibitions {
    rows: Vec<Prohibition>,
    masks: RowMasks,
}

impl Prohibitions {
    pub(super) fn read(
        tables: &PackTables<'_>,
        backbone: &Backbone,
        errors: &mut Vec<TableError>,
    ) -> Prohibitions {
        let rows = tables.rows(TABLE, &COLUMNS, errors, |row| prohibition(row, backbone));
        let keyed = rows.iter().map(|row| (&*row.id, row.span, row.origin.line));
        refuse_overlaps(&tables.path(TABLE), keyed, errors);
        let concerned = rows.iter().map(|row| (&row.taxa, row.terms.difference(row.except_terms)));
        Prohibitions { masks: RowMasks::build(backbone, concerned), rows }
    }

    /// Every row, in the order of the table.
    pub(super) fn rows(&self) -> &[Prohibition] {
        &self.rows
    }

    /// Whether some row may forbid what is asked.
    #[inline]
    pub(super) fn concern(&self, asked: &Asked<'_>) -> bool {
        self.masks.any(asked)
    }

    /// What is forbidden of what is asked.
    pub(super) fn bans(&self, asked: &Asked<'_>) -> BanAnswer<'_> {
        bans(self.masks.candidates(asked).filter_map(|place| self.rows.get(place)), asked)
    }

    /// The same, with every row looked at.
    #[cfg(test)]
    pub(super) fn bans_among_all(&self, asked: &Asked<'_>) -> BanAnswer<'_> {
        bans(self.rows.iter(), asked)
    }
}

/// What is forbidden of what is asked among `rows`.
fn bans<'p>(rows: impl Iterator<Item = &'p Prohibition>, asked: &Asked<'_>) -> BanAnswer<'p> {
    let in_force = rows.filter(|row| row.span.contains(asked.on));
    let fitting: SmallVec<[(&Prohibition, Fit); 4]> =
        in_force.map(|row| (row, row.fits(asked))).filter(|(_, fit)| !fit.is_no()).collect();
    let prohibited = |fit: &Fit| fit.is_yes();
    let sure = |ban: Ban| fitting.iter().any(|(row, fit)| row.outcome == ban && prohibited(fit));
    let may = |ban: Ban| fitting.iter().any(|(row, _)| row.outcome == ban);
    let mut possible = SmallVec::new();
    if may(Ban::Prohibited) {
        possible.push(Ban::Prohibited);
    }
    if !sure(Ban::Prohibited) {
        if may(Ban::Refer) {
            possible.push(Ban::Refer);
        }
        if !sure(Ban::Refer) {
            possible.push(Ban::No);
        }
    }
    let lacks = fitting.iter().fold(FactSet::EMPTY, |all, (_, fit)| all.union(fit.missing));
    let missing = if possible.len() > 1 { lacks } else { FactSet::EMPTY };
    BanAnswer { possible, rows: fitting, missing }
}

fn prohibition(row: &Row<'_>, backbone: &Backbone) -> Result<Prohibition, TableError> {
    let except_terms = match row.get("except_terms") {
        "" => TermSet::EMPTY,
        _ => codes(row, "except_terms")?,
    };
    let regimes = match row.get("regimes") {
        "all" => Box::default(),
        "" => return Err(row.fault("regimes", "the cell is empty; write `all`, or the regimes it names")),
        _ => words(row, "regimes", Regime::from_word, "the regimes of docs/reference/rules.md")?,
    };
    let condition = match row.get("condition") {
        "" => None,
        _ => Some(word(row, "condition", BanCondition::from_word, CONDITIONS)?),
    };
    row.needed("directions")?;
    Ok(Prohibition {
        id: row.needed("id")?.into(),
        title: row.needed("title")?.into(),
        directions: words(row, "directions", Direction::from_word, "export, import, re-export, transit")?,
        taxa: read_taxa(row, backbone, Names::InTree)?,
        terms: codes(row, "terms")?,
        except_terms,
        purposes: codes(row, "purposes")?,
        regimes,
        condition,
        outcome: word(row, "outcome", outcome, "prohibited, refer")?,
        span: span(row)?,
        clause: row.get("clause").into(),
        note: row.get("note").into(),
        origin: origin(row, Layer::Pack)?,
    })
}

const CONDITIONS: &str = "for-food, newly-discovered, convention-forbids-commerce, or nothing";

fn outcome(word: &str) -> Option<Ban> {
    match word {
        "prohibited" => Some(Ban::Prohibited),
        "refer" => Some(Ban::Refer),
        _ => None,
    }
}
