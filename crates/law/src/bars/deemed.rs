//! Population entries of Appendix II that hold for some kinds of specimen only, all others being deemed to
//! be of Appendix I.
//!
//! Source of truth: `data/law/deemed.csv`: a row is one kind of specimen for which Appendix II holds. Asked
//! only for a specimen whose population is in Appendix II: it does not know the listings.

use std::fmt;
use std::str::FromStr;

use cites::{Appendix, PurposeSet, Span, TaxonId, TermSet};
use smallvec::SmallVec;
use species::Backbone;

use super::by_taxon::RowsByTaxon;
use super::missing::{Match, Missing, MissingSet, Test};
use super::movement::Movement;
use super::places::Places;
use super::table::{Provenance, codes, or_empty, provenance, read_rows, refuse_double_ids, span, taxon};
use super::taxon::ListedTaxon;
use crate::table::{Row, TableError};

const TABLE: &str = "deemed.csv";
const COLUMNS: [&str; 13] = [
    "id",
    "kingdom",
    "taxon",
    "population",
    "from",
    "until",
    "terms",
    "purposes",
    "conditions",
    "otherwise",
    "source",
    "confidence",
    "checked",
];

/// All such entries.
#[derive(Debug, Default)]
pub struct Deemed {
    rows: Vec<DeemedRow>,
    by_taxon: RowsByTaxon,
}

/// One kind of specimen that stays in Appendix II.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeemedRow {
    /// Its id.
    pub id: Box<str>,
    /// The taxon.
    pub taxon: ListedTaxon,
    /// The populations.
    pub population: Places,
    /// Its days.
    pub span: Span,
    /// The kinds of specimen; empty where every specimen is deemed to be of the other Appendix.
    pub terms: TermSet,
    /// The purposes.
    pub purposes: PurposeSet,
    /// What the specimen must fulfil besides.
    pub conditions: Box<[Condition]>,
    /// The Appendix of all others.
    pub otherwise: Appendix,
    /// Where the row comes from.
    pub provenance: Provenance,
    line: u64,
}

/// What an annotation asks beside kind and purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// The destination of a live animal is appropriate and acceptable. Source: Res. Conf. 11.20.
    AppropriateDestination,
    /// The live animal goes to an in-situ conservation programme.
    InSitu,
    /// The live animal stays within the natural and historical range.
    WithinRange,
    /// The live animal is released in a protected area proclaimed by law.
    ProtectedArea,
    /// The fibre was shorn from live animals, and cloth and goods bear the marks of the country of origin.
    ShornAndMarked,
    /// The ivory is set in finished jewellery, marked one by one and certified.
    CertifiedEkipa,
    /// The part belongs to a hunting trophy.
    PartOfTrophy,
    /// The part is a hide.
    IsHide,
    /// The goods are of leather.
    IsLeather,
    /// The goods are carved.
    IsCarving,
    /// The goods are made of shorn fibre.
    IsFibreGoods,
    /// The purpose is shown not to be commercial.
    NotCommercial,
    /// Registered stock of the government, sold once under the Secretariat's eyes.
    GovernmentStock,
}

impl Condition {
    const ALL: [(Condition, &'static str); 13] = [
        (Condition::AppropriateDestination, "appropriate-destination"),
        (Condition::InSitu, "in-situ-programme"),
        (Condition::WithinRange, "within-range"),
        (Condition::ProtectedArea, "protected-area"),
        (Condition::ShornAndMarked, "shorn-and-marked"),
        (Condition::CertifiedEkipa, "certified-ekipa"),
        (Condition::PartOfTrophy, "part-of-trophy"),
        (Condition::IsHide, "is-hide"),
        (Condition::IsLeather, "is-leather"),
        (Condition::IsCarving, "is-carving"),
        (Condition::IsFibreGoods, "is-fibre-goods"),
        (Condition::NotCommercial, "not-commercial"),
        (Condition::GovernmentStock, "government-stock"),
    ];

    /// The word of the column `conditions`.
    pub fn as_str(self) -> &'static str {
        Condition::ALL.iter().find(|(condition, _)| *condition == self).map_or("", |(_, word)| word)
    }

    /// Whether kind and purpose leave the Appendix open until the condition is looked at. Shorn fibre does
    /// not: its kind tells, and the marks are looked at on the goods.
    pub fn leaves_open(self) -> bool {
        self != Condition::ShornAndMarked
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(word: &str) -> Result<Condition, String> {
        let found = Condition::ALL.iter().find(|(_, known)| *known == word).map(|(condition, _)| *condition);
        found.ok_or_else(|| format!("`{word}` is not a condition; `data/law/README.md` lists them"))
    }
}

/// Which Appendix a specimen of an Appendix II population is treated as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading<'d> {
    /// Appendix II, provided that the row's conditions are fulfilled.
    AppendixII {
        /// The row that keeps it there.
        row: &'d DeemedRow,
    },
    /// Deemed to be of Appendix I.
    DeemedI {
        /// One of the rows that do not name it.
        row: &'d DeemedRow,
    },
    /// Kind and purpose do not decide.
    Either {
        /// The rows that may keep it in Appendix II.
        rows: SmallVec<[&'d DeemedRow; 8]>,
        /// The facts that would decide.
        missing: MissingSet,
    },
}

impl Deemed {
    /// Reads `deemed.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read, and every id that stands twice.
    pub fn from_table(text: &str, backbone: &Backbone) -> Result<Deemed, Vec<TableError>> {
        let rows = read_rows(TABLE, &COLUMNS, text, |row| deemed(row, backbone))?;
        refuse_double_ids(TABLE, rows.iter().map(|row| (row.line, &*row.id)))?;
        let by_taxon = RowsByTaxon::build(backbone, rows.iter().map(|row| row.taxon.id()));
        Ok(Deemed { rows, by_taxon })
    }

    /// Every row, in the order of the table.
    pub fn rows(&self) -> &[DeemedRow] {
        &self.rows
    }

    /// Whether such an annotation may concern a taxon with `lineage`, itself first: hardly any does.
    #[inline]
    pub(crate) fn concern(&self, lineage: &[TaxonId]) -> bool {
        self.by_taxon.concern(lineage)
    }

    /// How the specimen is treated; `None` where no such annotation concerns the taxon, the origin and the
    /// day, so that the listing alone decides.
    pub fn reading(&self, movement: &Movement<'_>) -> Option<Reading<'_>> {
        if !self.concern(movement.lineage) {
            return None;
        }
        let rows = self.by_taxon.of(movement.lineage).filter_map(|place| self.rows.get(place));
        let in_force = rows.filter(|row| row.span.contains(movement.on));
        let concerned: SmallVec<[(&DeemedRow, Match); 32]> =
            in_force.filter_map(|row| Some((row, row.concerns(movement).fits()?))).collect();
        let (first, _) = concerned.first()?;
        let surely_concerned = concerned.iter().find(|(_, concerns)| concerns.is_met());
        let mut open = SmallVec::new();
        let mut missing = MissingSet::EMPTY;
        for (row, concerns) in &concerned {
            let Some(kept) = row.keeps(movement).fits() else { continue };
            if kept.is_met() && concerns.is_met() {
                return Some(Reading::AppendixII { row });
            }
            open.push(*row);
            missing = missing.union(kept.missing()).union(concerns.missing());
        }
        match surely_concerned {
            Some((row, _)) if open.is_empty() => Some(Reading::DeemedI { row }),
            Some(_) => Some(Reading::Either { rows: open, missing }),
            None => {
                let lacks =
                    concerned.iter().fold(missing, |all, (_, concerns)| all.union(concerns.missing()));
                let rows = if open.is_empty() { SmallVec::from_slice(&[*first]) } else { open };
                Some(Reading::Either { rows, missing: lacks })
            }
        }
    }
}

impl DeemedRow {
    fn concerns(&self, movement: &Movement<'_>) -> Test {
        self.taxon.holds(movement.lineage).and(self.population.hold(movement.origin))
    }

    fn keeps(&self, movement: &Movement<'_>) -> Test {
        let open = self.conditions.iter().any(|condition| condition.leaves_open());
        let conditions = if open { Test::lacks(Missing::Condition) } else { Test::Met };
        movement.terms_in(self.terms).and(movement.purposes_in(self.purposes)).and(conditions)
    }
}

fn deemed(row: &Row<'_>, backbone: &Backbone) -> Result<DeemedRow, TableError> {
    let conditions = row.get("conditions").split_whitespace().map(str::parse);
    let conditions = conditions.collect::<Result<Box<[Condition]>, String>>();
    Ok(DeemedRow {
        id: row.needed("id")?.into(),
        taxon: taxon(row, backbone)?,
        population: or_empty(row, "population")?,
        span: span(row)?,
        terms: codes(row, "terms")?,
        purposes: codes(row, "purposes")?,
        conditions: conditions.map_err(|problem| row.fault("conditions", &problem))?,
        otherwise: row.parsed("otherwise")?,
        provenance: provenance(row)?,
        line: row.line(),
    })
}

#[cfg(test)]
#[path = "deemed_tests.rs"]
mod tests;
