//! Where taxa live whose listing depends on the country.
//!
//! Source of truth: `data/species/ranges.csv`, taken from the Checklist. Holds only taxa of which an entry names
//! populations; that a taxon has no row says nothing about where it lives. A range that is imported goes first.

use cites::{Country, CountrySet, TaxonId};

use crate::Backbone;
use crate::backbone::read_kingdom;
use crate::table::{Fault, Rows, TableError};

const TABLE: &str = "ranges.csv";

/// Ranges, in the order of the taxa.
#[derive(Debug, Default)]
pub(crate) struct Ranges(Vec<(TaxonId, CountrySet)>);

impl Ranges {
    /// Where `taxon` lives, where the table tells.
    pub fn of(&self, taxon: TaxonId) -> Option<&CountrySet> {
        let at = self.0.binary_search_by_key(&taxon, |(known, _)| *known).ok()?;
        self.0.get(at).map(|(_, range)| range)
    }
}

/// Reads the table.
pub(crate) fn read(text: &str, backbone: &Backbone) -> Result<Ranges, Vec<TableError>> {
    let fail = |(line, fault)| TableError { table: TABLE, line, fault };
    let rows = Rows::<4>::new(text, "kingdom,name,range,source").map_err(|place| vec![fail(place)])?;
    let (mut ranges, mut errors): (Vec<(TaxonId, CountrySet, u32)>, _) = (Vec::new(), Vec::new());
    for row in rows {
        let read = row.and_then(|row| {
            let [kingdom, name, range, _] = row.cells;
            let place = |fault| (row.line, fault);
            let kingdom = read_kingdom(&kingdom).map_err(place)?;
            let unknown = || place(Fault::UnknownTaxon { name: name.to_string() });
            let taxon = backbone.only(kingdom, &name).ok_or_else(unknown)?;
            Ok((taxon, countries(&range).map_err(place)?, row.line))
        });
        match read {
            Ok(range) => ranges.push(range),
            Err(place) => errors.push(fail(place)),
        }
    }
    ranges.sort_by_key(|(taxon, _, line)| (*taxon, *line));
    for pair in ranges.windows(2) {
        if let [(one, _, first), (other, _, line)] = pair
            && one == other
        {
            let name = backbone.name(*one).to_owned();
            errors.push(fail((*line, Fault::Duplicate { name, first: *first })));
        }
    }
    let ranges = ranges.into_iter().map(|(taxon, range, _)| (taxon, range)).collect();
    if errors.is_empty() { Ok(Ranges(ranges)) } else { Err(errors) }
}

/// Codes between spaces, one at least: a range that is not known has no row.
fn countries(cell: &str) -> Result<CountrySet, Fault> {
    let wrong = |problem: String| Fault::Cell { column: "range", problem };
    let mut range = CountrySet::EMPTY;
    for code in cell.split(' ').filter(|code| !code.is_empty()) {
        range.insert(code.parse::<Country>().map_err(|error| wrong(error.to_string()))?);
    }
    if range.is_empty() {
        return Err(wrong("no country; write one, or leave the row out".to_owned()));
    }
    Ok(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAXA: &str = "kingdom,rank,name,parent,status,source\n\
        Animalia,kingdom,Animalia,,accepted,\n\
        Animalia,genus,Moschus,Animalia,accepted,\n\
        Animalia,species,Moschus cupreus,Moschus,accepted,\n";

    fn check(rows: &str) -> Result<Backbone, Vec<String>> {
        let backbone = Backbone::from_tables(TAXA, "kingdom,name,accepted,kind,from,source\n", "").unwrap();
        let told = |errors: Vec<TableError>| errors.iter().map(ToString::to_string).collect();
        backbone.with_ranges(&format!("kingdom,name,range,source\n{rows}")).map_err(told)
    }

    #[test]
    fn a_taxon_without_a_row_has_no_range() {
        let backbone = check("Animalia,Moschus cupreus,AF IN PK,\n").unwrap();
        let taxon = |name: &str| backbone.find(None, name)[0];
        let range = backbone.range(taxon("Moschus cupreus")).unwrap();
        let codes: Vec<String> = range.iter().map(|country| country.to_string()).collect();
        assert_eq!(codes, ["AF", "IN", "PK"]);
        assert!(backbone.range(taxon("Moschus")).is_none());
    }

    #[test]
    fn rows_that_say_nothing_twice_or_of_nobody_are_told() {
        for (rows, expected) in [
            ("Animalia,Moschus cupreus,,\n", "ranges.csv line 2: column range: no country"),
            ("Animalia,Moschus cupreus,Q9,\n", "ranges.csv line 2: column range:"),
            ("Animalia,Moschus fuscus,CN,\n", "ranges.csv line 2: `Moschus fuscus` is not an accepted name"),
            (
                "Animalia,Moschus cupreus,IN,\nAnimalia,Moschus cupreus,PK,\n",
                "ranges.csv line 3: `Moschus cupreus` is in the table already, on line 2",
            ),
        ] {
            let errors = check(rows).unwrap_err();
            assert!(errors[0].starts_with(expected), "{errors:?}");
        }
    }
}
