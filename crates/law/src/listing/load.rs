//! Loading the entries and checking that they do not contradict each other.

use std::collections::HashMap;

use cites::{Country, TaxonId};
use species::Backbone;

use super::entry::{self, Entry};
use super::lineages::Lineages;
use super::moved::Moves;
use super::plain::Brief;
use super::population::NamedPopulations;
use super::{Listings, Span};
use crate::table::{Table, TableError};

impl Listings {
    /// Reads `listings.csv` with the populations of `populations.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read, names no taxon of `backbone`, has no source, has an id twice, or
    /// overlaps another entry of the same taxon, Appendix, population and Party.
    pub fn from_tables(
        listings: &str,
        populations: &str,
        backbone: &Backbone,
    ) -> Result<Listings, Vec<TableError>> {
        let named = NamedPopulations::from_table(populations)?;
        let table = Table::read("listings.csv", listings, &entry::COLUMNS).map_err(|fault| vec![fault])?;
        let mut entries = Vec::new();
        let mut faults = Vec::new();
        for row in table.rows() {
            match entry::from_row(&row, &named, backbone) {
                Ok(entry) => entries.push((entry, row.line())),
                Err(fault) => faults.push(fault),
            }
        }
        let (places, count) = places(backbone);
        let place = |taxon: TaxonId| places.get(taxon.0 as usize).map_or(0, |span| span.place);
        entries.sort_by(|(one, _), (other, _)| {
            (place(one.taxon), one.from).cmp(&(place(other.taxon), other.from))
        });
        faults.extend(contradictions(&entries));
        if !faults.is_empty() {
            return Err(faults);
        }
        let entries: Vec<Entry> = entries.into_iter().map(|(entry, _)| entry).collect();
        let first_entry = first_entries(&entries, count, place);
        let everywhere = (0..Country::COUNT).filter_map(Country::from_index).collect();
        let mut listings = Listings {
            briefs: entries.iter().map(Brief::from).collect(),
            moves: Moves::of(&entries, backbone),
            entries,
            places,
            first_entry,
            lineages: Lineages::default(),
            everywhere,
        };
        listings.lineages = Lineages::build(backbone, |taxon| !listings.of_taxon(taxon).is_empty());
        Ok(listings)
    }
}

/// Numbers the taxa so that everything below a taxon follows it directly. Parents stand before their
/// children in the backbone, so sizes are summed from the end.
fn places(backbone: &Backbone) -> (Vec<Span>, usize) {
    let count = backbone.len();
    let mut sizes = vec![1_u32; count];
    let taxa: Vec<TaxonId> = backbone.taxa().collect();
    for taxon in taxa.iter().rev().copied() {
        let own = sizes.get(taxon.0 as usize).copied().unwrap_or(1);
        if let Some(above) = backbone.parent(taxon).and_then(|parent| sizes.get_mut(parent.0 as usize)) {
            *above += own;
        }
    }
    let mut spans = vec![Span::default(); count];
    let mut next_child = vec![0_u32; count];
    let mut next_root = 0;
    for taxon in taxa {
        let at = taxon.0 as usize;
        let size = sizes.get(at).copied().unwrap_or(1);
        let slot = match backbone.parent(taxon) {
            Some(parent) => next_child.get_mut(parent.0 as usize),
            None => Some(&mut next_root),
        };
        let Some(slot) = slot else { continue };
        let place = *slot;
        *slot += size;
        if let Some(span) = spans.get_mut(at) {
            *span = Span { place, end: place + size };
        }
        if let Some(child) = next_child.get_mut(at) {
            *child = place + 1;
        }
    }
    (spans, count)
}

fn first_entries(entries: &[Entry], count: usize, place: impl Fn(TaxonId) -> u32) -> Vec<u32> {
    let mut first = vec![0_u32; count + 1];
    for entry in entries {
        if let Some(number) = first.get_mut(place(entry.taxon) as usize + 1) {
            *number += 1;
        }
    }
    let mut sum = 0;
    for number in &mut first {
        sum += *number;
        *number = sum;
    }
    first
}

/// Two entries of the same taxon, Appendix, population and Party may not be in force at once.
fn contradictions(entries: &[(Entry, u64)]) -> Vec<TableError> {
    let mut faults = Vec::new();
    let mut ids: HashMap<&str, u64> = HashMap::new();
    for (entry, line) in entries {
        if let Some(first) = ids.insert(&entry.id, *line) {
            faults.push(fault(
                *line,
                "id",
                format!("the id `{}` is on line {first} already; make them differ", entry.id),
            ));
        }
    }
    for pair in entries.chunk_by(|(one, _), (other, _)| one.taxon == other.taxon) {
        for (at, (one, line)) in pair.iter().enumerate() {
            let same = |other: &Entry| {
                other.appendix == one.appendix
                    && other.party == one.party
                    && other.population == one.population
            };
            let later = pair.get(at + 1..).unwrap_or(&[]);
            if let Some((other, _)) = later
                .iter()
                .find(|(other, _)| same(other) && one.until.is_none_or(|until| until > other.from))
            {
                faults.push(fault(
                    *line,
                    "until",
                    format!(
                        "`{}` is still in force when `{}` begins; end it on {}",
                        one.id, other.id, other.from
                    ),
                ));
            }
        }
    }
    faults
}

fn fault(line: u64, column: &str, problem: String) -> TableError {
    TableError { table: "listings.csv".to_owned(), line, column: column.to_owned(), problem }
}
