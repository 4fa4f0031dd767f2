//! Medicinal materials whose export the pack's country bars or limits.
//!
//! Source of truth: `medicinal.csv`. A material is a taxon and the kinds of specimen it is traded as; a
//! medicine, powder or extract of the taxon may contain it. The law means wild stock; whether it reaches
//! farmed stock is left to a person.

use cites::{Span, Term, TermSet};
use smallvec::SmallVec;
use species::Backbone;

use super::asked::Asked;
use super::fit::Fit;
use super::masks::RowMasks;
use super::tables::{Layer, Origin, PackTables, origin, word};
use super::taxon::{Names, PackTaxa, read_taxa};
use crate::bars::{codes, span};
use crate::rule::{Fact, FactSet, MedicinalClass};
use crate::table::{Row, TableError};

const TABLE: &str = "medicinal.csv";
const COLUMNS: [&str; 8] = ["id", "material_zh", "material_en", "class", "kingdom", "taxa", "terms", "from"];

/// A medicinal material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medicinal {
    /// Its id.
    pub id: Box<str>,
    /// Its name in the language of the country.
    pub material_zh: Box<str>,
    /// Its name in English.
    pub material_en: Box<str>,
    /// The class.
    pub class: MedicinalClass,
    /// The species it comes from.
    pub taxa: PackTaxa,
    /// The kinds of specimen; every kind where the table names none.
    pub terms: TermSet,
    /// Its days.
    pub span: Span,
    /// Where the row comes from.
    pub origin: Origin,
}

/// The medicinal class of what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MedicinalAnswer<'p> {
    /// The classes that are possible, each once; one alone is certain.
    pub possible: SmallVec<[MedicinalClass; 4]>,
    /// The materials that say so.
    pub materials: SmallVec<[&'p Medicinal; 4]>,
    /// What would decide.
    pub missing: FactSet,
}

/// Kinds of specimen that may contain any material.
const MAY_CONTAIN: TermSet = TermSet::of(&[Term::Medicine, Term::Powder, Term::Extract, Term::Derivatives]);

impl Medicinal {
    pub(crate) fn fits(&self, asked: &Asked<'_>) -> Fit {
        let as_material = asked.term_in(self.terms);
        let contained = asked.term_in(MAY_CONTAIN).weaken(Fact::Term);
        let material = as_material.or(contained);
        if material.is_no() {
            return Fit::NO;
        }
        let wild = match asked.is_wild() {
            fit if fit.is_no() => Fit::lacks(Fact::Use),
            fit => fit,
        };
        self.taxa.holds(asked).and(material).and(wild)
    }
}

/// The materials of a pack.
#[derive(Debug, Clone, Default)]
pub(super) struct Materials {
    rows: Vec<Medicinal>,
    masks: RowMasks,
}

impl Materials {
    pub(super) fn read(
        tables: &PackTables<'_>,
        backbone: &Backbone,
        errors: &mut Vec<TableError>,
    ) -> Materials {
        let rows = tables.rows(TABLE, &COLUMNS, errors, |row| medicinal(row, backbone));
        let concerned = rows.iter().map(|row| (&row.taxa, row.terms.union(MAY_CONTAIN)));
        Materials { masks: RowMasks::build(backbone, concerned), rows }
    }

    /// Every row, in the order of the table.
    pub(super) fn rows(&self) -> &[Medicinal] {
        &self.rows
    }

    /// Whether some material may be what is asked: hardly a line is of any.
    #[inline]
    pub(super) fn concern(&self, asked: &Asked<'_>) -> bool {
        self.masks.any(asked)
    }

    /// The class of what is asked.
    pub(super) fn class(&self, asked: &Asked<'_>) -> MedicinalAnswer<'_> {
        class(self.masks.candidates(asked).filter_map(|place| self.rows.get(place)), asked)
    }

    /// The same, with every row looked at.
    #[cfg(test)]
    pub(super) fn class_among_all(&self, asked: &Asked<'_>) -> MedicinalAnswer<'_> {
        class(self.rows.iter(), asked)
    }
}

/// The class of what is asked among `materials`.
fn class<'p>(materials: impl Iterator<Item = &'p Medicinal>, asked: &Asked<'_>) -> MedicinalAnswer<'p> {
    let mut answer =
        MedicinalAnswer { possible: SmallVec::new(), materials: SmallVec::new(), missing: FactSet::EMPTY };
    let mut sure = false;
    for material in materials.filter(|material| material.span.contains(asked.on)) {
        let fit = material.fits(asked);
        if !fit.is_no() {
            sure |= fit.is_yes();
            answer.missing = answer.missing.union(fit.missing);
            answer.materials.push(material);
            if !answer.possible.contains(&material.class) {
                answer.possible.push(material.class);
            }
        }
    }
    if !sure {
        answer.possible.push(MedicinalClass::Nowhere);
    }
    if answer.possible.len() == 1 {
        answer.missing = FactSet::EMPTY;
    }
    answer
}

fn medicinal(row: &Row<'_>, backbone: &Backbone) -> Result<Medicinal, TableError> {
    Ok(Medicinal {
        id: row.needed("id")?.into(),
        material_zh: row.needed("material_zh")?.into(),
        material_en: row.needed("material_en")?.into(),
        class: word(row, "class", MedicinalClass::from_word, "one, two, three")?,
        taxa: read_taxa(row, backbone, Names::Free)?,
        terms: codes(row, "terms")?,
        span: span(row)?,
        origin: origin(row, Layer::Pack)?,
    })
}
