//! What may not be carried, posted or sent into the pack's country, however it stands under the Convention.
//!
//! Source of truth: `carried_ban.csv`. `terms` are surely of the category; `perhaps_terms` only in some
//! states (raw, not worked, able to grow), which a person must see.

use cites::{Span, TermSet};
use smallvec::SmallVec;
use species::Backbone;

use super::asked::Asked;
use super::fit::Fit;
use super::masks::RowMasks;
use super::tables::{Layer, Origin, PackTables, origin, refuse_overlaps, words};
use super::taxon::{Names, PackTaxa, read_taxa};
use crate::bars::{codes, span};
use crate::rule::{Carrier, Direction, Fact, FactSet, Procedure};
use crate::table::{Row, TableError};

const TABLE: &str = "carried_ban.csv";
const COLUMNS: [&str; 9] =
    ["id", "item", "name_en", "kingdom", "taxa", "terms", "perhaps_terms", "carriers", "from"];

/// A category of goods that may not be carried or sent in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedBan {
    /// Its id.
    pub id: Box<str>,
    /// Its number in the list.
    pub item: Box<str>,
    /// What it is, in the language of the country.
    pub name_zh: Box<str>,
    /// What it is.
    pub name_en: Box<str>,
    /// The taxa.
    pub taxa: PackTaxa,
    /// Kinds of specimen that are surely in it.
    pub terms: TermSet,
    /// Kinds that are in it in some states.
    pub perhaps_terms: TermSet,
    /// What is left out, in words.
    pub except_when: Box<str>,
    /// The carriers.
    pub carriers: Box<[Carrier]>,
    /// Whether it also holds for what enters border trade and border zones.
    pub border_trade: bool,
    /// Its days.
    pub span: Span,
    /// Where the row comes from.
    pub origin: Origin,
}

/// What may not be carried in of the goods asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedAnswer<'p> {
    /// Yes, no, or open with what would decide.
    pub fit: Fit,
    /// The categories that hold or may hold.
    pub rows: SmallVec<[(&'p CarriedBan, Fit); 2]>,
    /// Whether the pack holds a list for the day; if not, the answer is open.
    pub held: bool,
}

impl CarriedBan {
    pub(crate) fn fits(&self, asked: &Asked<'_>) -> Fit {
        let carried = self.carried(asked);
        if carried.is_no() {
            return Fit::NO;
        }
        let perhaps = asked.term_in(self.perhaps_terms).weaken(Fact::Finished);
        let term = asked.term_in(self.terms).or(perhaps);
        self.taxa.holds(asked).and(term).and(carried)
    }

    fn carried(&self, asked: &Asked<'_>) -> Fit {
        let carrier = Fit::told(asked.carrier.map(|carrier| self.carriers.contains(&carrier)), Fact::Carrier);
        let border = asked.procedure.map(|procedure| procedure == Procedure::BorderTrade);
        let border = if self.border_trade { Fit::told(border, Fact::Procedure) } else { Fit::NO };
        let inward = asked.direction_in(&[Direction::Import, Direction::Transit]);
        inward.and(carrier.or(border))
    }
}

/// The categories of a pack.
#[derive(Debug, Clone, Default)]
pub(super) struct CarriedBans {
    rows: Vec<CarriedBan>,
    masks: RowMasks,
}

impl CarriedBans {
    pub(super) fn read(
        tables: &PackTables<'_>,
        backbone: &Backbone,
        errors: &mut Vec<TableError>,
    ) -> CarriedBans {
        let rows = tables.rows(TABLE, &COLUMNS, errors, |row| carried_ban(row, backbone));
        let keyed = rows.iter().map(|row| (&*row.id, row.span, row.origin.line));
        refuse_overlaps(&tables.path(TABLE), keyed, errors);
        let concerned = rows.iter().map(|row| (&row.taxa, row.terms.union(row.perhaps_terms)));
        CarriedBans { masks: RowMasks::build(backbone, concerned), rows }
    }

    /// Every row, in the order of the table.
    pub(super) fn rows(&self) -> &[CarriedBan] {
        &self.rows
    }

    /// The categories that hold for what is asked.
    pub(super) fn bans(&self, asked: &Asked<'_>) -> CarriedAnswer<'_> {
        if !self.rows.iter().any(|row| row.span.contains(asked.on)) {
            let fit = Fit { truth: crate::rule::Truth::Unknown, missing: FactSet::EMPTY };
            return CarriedAnswer { fit, rows: SmallVec::new(), held: false };
        }
        bans(self.masks.candidates(asked).filter_map(|place| self.rows.get(place)), asked)
    }

    /// The same, with every row looked at; for a day on which a list is held.
    #[cfg(test)]
    pub(super) fn bans_among_all(&self, asked: &Asked<'_>) -> CarriedAnswer<'_> {
        bans(self.rows.iter(), asked)
    }
}

/// The categories among `rows` that hold for what is asked.
fn bans<'p>(rows: impl Iterator<Item = &'p CarriedBan>, asked: &Asked<'_>) -> CarriedAnswer<'p> {
    let in_force = rows.filter(|row| row.span.contains(asked.on));
    let fitting: SmallVec<[(&CarriedBan, Fit); 2]> =
        in_force.map(|row| (row, row.fits(asked))).filter(|(_, fit)| !fit.is_no()).collect();
    let fit = fitting.iter().map(|(_, fit)| *fit).fold(Fit::NO, Fit::or);
    CarriedAnswer { fit, rows: fitting, held: true }
}

fn carried_ban(row: &Row<'_>, backbone: &Backbone) -> Result<CarriedBan, TableError> {
    let none_or = |column: &str| match row.get(column) {
        "" => Ok(TermSet::EMPTY),
        _ => codes(row, column),
    };
    let border_trade = Procedure::BorderTrade.as_str();
    let carrier =
        |word: &str| if word == border_trade { Some(None) } else { Carrier::from_word(word).map(Some) };
    let carriers = words(row, "carriers", carrier, "baggage, crew, household, post, express, border-trade")?;
    Ok(CarriedBan {
        id: row.needed("id")?.into(),
        item: row.needed("item")?.into(),
        name_zh: row.get("name_zh").into(),
        name_en: row.needed("name_en")?.into(),
        taxa: read_taxa(row, backbone, Names::InTree)?,
        terms: none_or("terms")?,
        perhaps_terms: none_or("perhaps_terms")?,
        except_when: row.get("except_when").into(),
        border_trade: carriers.contains(&None),
        carriers: carriers.iter().copied().flatten().collect(),
        span: span(row)?,
        origin: origin(row, Layer::Pack)?,
    })
}
