//! Which units and purposes usually go with a kind of specimen.
//!
//! Source of truth: `data/law/pairs.csv`, the pairs that the validation of annual reports accepts. A kind of
//! specimen without a row, or without a list, is never called unusual.

use cites::{Purpose, PurposeSet, Term, Unit};

use crate::table::{Row, Table, TableError};

const TABLE: &str = "pairs.csv";
const COLUMNS: [&str; 5] = ["term", "units", "purposes", "source", "checked"];

/// The usual pairs, by kind of specimen.
#[derive(Debug, Clone, Default)]
pub struct Pairs {
    by_term: Vec<Usual>,
}

/// What usually goes with one kind of specimen; nothing where it is not told.
#[derive(Debug, Clone, Copy, Default)]
struct Usual {
    units: u64,
    purposes: PurposeSet,
}

const _: () = assert!(Unit::ALL.len() <= 64, "a row has room for 64 units");

impl Pairs {
    /// Reads `pairs.csv`.
    ///
    /// # Errors
    /// Every row that cannot be read.
    pub fn from_table(text: &str) -> Result<Pairs, Vec<TableError>> {
        let table = Table::read(TABLE, text, &COLUMNS).map_err(|error| vec![error])?;
        let mut by_term = vec![Usual::default(); Term::ALL.len()];
        let mut errors = Vec::new();
        for row in table.rows() {
            match read(&row) {
                Ok((term, usual)) => {
                    by_term.iter_mut().skip(term as usize).take(1).for_each(|slot| *slot = usual)
                }
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(Pairs { by_term }) } else { Err(errors) }
    }

    /// Whether the unit usually goes with the term; `None` where that is not told.
    pub fn unit(&self, term: Option<Term>, unit: Option<Unit>) -> Option<bool> {
        let units = self.by_term.get(term? as usize)?.units;
        (units != 0).then_some(units & 1 << unit? as u32 != 0)
    }

    /// Whether the purpose usually goes with the term; `None` where that is not told.
    pub fn purpose(&self, term: Option<Term>, purpose: Option<Purpose>) -> Option<bool> {
        let purposes = self.by_term.get(term? as usize)?.purposes;
        (!purposes.is_empty()).then_some(purposes.contains(purpose?))
    }
}

fn read(row: &Row<'_>) -> Result<(Term, Usual), TableError> {
    let mut units = 0;
    for word in row.get("units").split_whitespace() {
        let (unit, _) = Unit::read(word).map_err(|error| row.fault("units", &error.to_string()))?;
        units |= 1 << unit as u32;
    }
    let purposes = row.get("purposes").split_whitespace().map(str::parse::<Purpose>);
    let purposes = purposes.collect::<Result<PurposeSet, _>>();
    let purposes = purposes.map_err(|error| row.fault("purposes", &error.to_string()))?;
    row.needed("source")?;
    row.parsed::<cites::Day>("checked")?;
    Ok((row.parsed("term")?, Usual { units, purposes }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_usual_unusual_or_not_told() {
        let table = "term,units,purposes,source,checked\nHOR,KGM NAR,T,validation,2026-11-24\nLIV,,T Z,validation,2026-11-24\n";
        let pairs = Pairs::from_table(table).unwrap();
        assert_eq!(pairs.unit(Some(Term::Horn), Some(Unit::Kilogram)), Some(true));
        assert_eq!(pairs.unit(Some(Term::Horn), Some(Unit::Litre)), Some(false));
        assert_eq!(pairs.unit(Some(Term::Live), Some(Unit::Litre)), None);
        assert_eq!(pairs.unit(Some(Term::Horn), None), None);
        assert_eq!(pairs.purpose(Some(Term::Live), Some(Purpose::Zoo)), Some(true));
        assert_eq!(pairs.purpose(Some(Term::Bark), Some(Purpose::Zoo)), None);
    }

    #[test]
    fn a_wrong_row_is_told() {
        let table = "term,units,purposes,source,checked\nHOR,KGM,X,validation,2026-11-24\n";
        let errors = Pairs::from_table(table).unwrap_err();
        assert!(errors.iter().all(|error| error.to_string().contains("line 2, column purposes")));
    }
}
