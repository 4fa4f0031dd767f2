//! Reservations of Parties: for the taxon and the Appendix a reserving Party is treated as a non-Party.
//!
//! Source of truth: `data/law/reservations.csv`. What a reservation changes for the other side of a
//! transaction is for the rules. Source: Arts. XV.3, XVI.2 and XXIII.

use std::collections::HashMap;

use cites::{Appendix, Country, Day, Rank, Span, TaxonId};
use species::Backbone;

use super::by_taxon::RowsByTaxon;
use super::missing::Test;
use super::places::Places;
use super::suspension::Certainty;
use super::table::{
    Provenance, or_empty, overlap, provenance, read_rows, refuse_double_ids, span, taxon, unknown_taxon,
};
use super::taxon::ListedTaxon;
use crate::table::{Row, TableError};

const TABLE: &str = "reservations.csv";
const COLUMNS: [&str; 17] = [
    "id",
    "party",
    "territory",
    "kingdom",
    "rank",
    "taxon",
    "except_taxa",
    "population",
    "appendix",
    "from",
    "until",
    "verified_to",
    "ended_by",
    "note",
    "source",
    "confidence",
    "checked",
];

/// All reservations.
#[derive(Debug, Default)]
pub struct Reservations {
    rows: Vec<Reservation>,
    /// The State of every row, close together for a search.
    states: Vec<Country>,
    by_taxon: HashMap<TaxonId, Vec<usize>>,
    concerned: RowsByTaxon,
}

/// One reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Its id.
    pub id: Box<str>,
    /// The Party that entered it.
    pub party: Country,
    /// The territory on whose behalf it was entered; the Party itself is then bound.
    pub territory: Option<Country>,
    /// The rank of the taxon.
    pub rank: Rank,
    /// The taxon.
    pub taxon: ListedTaxon,
    /// Taxa below it that are not reserved.
    pub except_taxa: Box<[ListedTaxon]>,
    /// The populations that are reserved.
    pub population: Places,
    /// The Appendix of the entry that is reserved.
    pub appendix: Appendix,
    /// Its days.
    pub span: Span,
    /// The last day on which it was seen in force, where no end is known.
    pub verified_to: Option<Day>,
    /// What ended it: `withdrawn`, or the change of the Appendices.
    pub ended_by: Box<str>,
    /// What else is told of it.
    pub note: Box<str>,
    /// Where the row comes from.
    pub provenance: Provenance,
    line: u64,
}

impl Reservations {
    /// Reads `reservations.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read, every id that stands twice, and every pair of rows of one Party,
    /// taxon, Appendix and population that overlap.
    pub fn from_table(text: &str, backbone: &Backbone) -> Result<Reservations, Vec<TableError>> {
        let rows = read_rows(TABLE, &COLUMNS, text, |row| reservation(row, backbone))?;
        refuse_double_ids(TABLE, rows.iter().map(|row| (row.line, &*row.id)))?;
        let concerned = RowsByTaxon::build(backbone, rows.iter().map(|row| row.taxon.id()));
        let states = rows.iter().map(Reservation::state).collect();
        let mut reservations = Reservations { rows, states, by_taxon: HashMap::new(), concerned };
        for (at, row) in reservations.rows.iter().enumerate() {
            reservations.by_taxon.entry(row.taxon.id()).or_default().push(at);
        }
        reservations.refuse_overlaps()?;
        Ok(reservations)
    }

    /// Every row, in the order of the table.
    pub fn rows(&self) -> &[Reservation] {
        &self.rows
    }

    /// The reservations in force on a day against entries that hold a taxon with `lineage`: of the taxon
    /// itself, or of one above it.
    pub fn on_day(&self, lineage: &[TaxonId], on: Day) -> impl Iterator<Item = &Reservation> {
        let rows = self.concerned.of(lineage).filter_map(|at| self.rows.get(at));
        rows.filter(move |row| row.holds(lineage, on))
    }

    /// The same of the States at both ends of a journey: most rows are of neither.
    pub(crate) fn of_states(
        &self,
        states: [Option<Country>; 2],
        lineage: &[TaxonId],
        on: Day,
    ) -> impl Iterator<Item = &Reservation> {
        let is_of_state = move |at: &usize| states.contains(&self.states.get(*at).copied());
        let of_state = self.concerned.of(lineage).filter(is_of_state).filter_map(|at| self.rows.get(at));
        of_state.filter(move |row| row.holds(lineage, on))
    }

    /// The reservations that `country` has in force on a day against an entry of `appendix`.
    pub fn in_force(
        &self,
        country: Country,
        lineage: &[TaxonId],
        appendix: Appendix,
        on: Day,
    ) -> Vec<&Reservation> {
        let rows = self.on_day(lineage, on);
        rows.filter(|row| row.appendix == appendix && row.state() == country).collect()
    }

    /// All reservations ever made of the taxon itself, by their first day.
    pub fn history(&self, taxon: TaxonId) -> Vec<&Reservation> {
        let places = self.by_taxon.get(&taxon).into_iter().flatten();
        let mut rows: Vec<&Reservation> = places.filter_map(|at| self.rows.get(*at)).collect();
        rows.sort_by_key(|row| (row.span.from, row.party));
        rows
    }

    fn refuse_overlaps(&self) -> Result<(), Vec<TableError>> {
        let mut errors = Vec::new();
        for places in self.by_taxon.values() {
            let rows: Vec<&Reservation> = places.iter().filter_map(|at| self.rows.get(*at)).collect();
            for (nth, row) in rows.iter().enumerate() {
                let earlier = rows.iter().take(nth).find(|other| other.clashes_with(row));
                errors.extend(earlier.map(|other| overlap(TABLE, row.line, other.line)));
            }
        }
        errors.sort_by_key(|error| error.line);
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

impl Reservation {
    /// The State or territory for which it is made.
    pub fn state(&self) -> Country {
        self.territory.unwrap_or(self.party)
    }

    /// Whether it is in force on a day against entries that hold a taxon with `lineage`.
    fn holds(&self, lineage: &[TaxonId], on: Day) -> bool {
        self.span.contains(on)
            && lineage.contains(&self.taxon.id())
            && !self.except_taxa.iter().any(|except| except.holds(lineage) == Test::Met)
    }

    fn clashes_with(&self, other: &Reservation) -> bool {
        (self.party, self.territory, self.appendix) == (other.party, other.territory, other.appendix)
            && self.population == other.population
            && self.span.overlaps(other.span)
    }

    /// Whether it is known to be in force on a day; `None` on a day on which it is not.
    pub fn certainty(&self, on: Day) -> Option<Certainty> {
        let seen = self.span.until.is_some() || self.verified_to.is_some_and(|last| on <= last);
        let sure = seen && self.provenance.confidence.is_verified();
        self.span.contains(on).then_some(if sure { Certainty::InForce } else { Certainty::NotVerified })
    }
}

fn reservation(row: &Row<'_>, backbone: &Backbone) -> Result<Reservation, TableError> {
    let kingdom = row.parsed("kingdom")?;
    let except = row.get("except_taxa").split(';').map(str::trim).filter(|name| !name.is_empty());
    let except = except.map(|name| {
        let unknown = || row.fault("except_taxa", &unknown_taxon(name));
        ListedTaxon::find_or_below(backbone, kingdom, name).ok_or_else(unknown)
    });
    Ok(Reservation {
        id: row.needed("id")?.into(),
        party: row.parsed("party")?,
        territory: row.optional("territory")?,
        rank: row.parsed("rank")?,
        taxon: taxon(row, backbone)?,
        except_taxa: except.collect::<Result<_, _>>()?,
        population: or_empty(row, "population")?,
        appendix: row.parsed("appendix")?,
        span: span(row)?,
        verified_to: row.optional("verified_to")?,
        ended_by: row.get("ended_by").into(),
        note: row.get("note").into(),
        provenance: provenance(row)?,
        line: row.line(),
    })
}

#[cfg(test)]
#[path = "reservation_tests.rs"]
mod tests;
