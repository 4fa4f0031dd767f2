//! The Secretariat's file of what is outside suspensions, which is malformed: cells with several codes are
//! not quoted, so that the number of commas in a row tells nothing.
//!
//! Source of truth: `sapi_exemptions.csv`. Read from it: the days, the taxon, the country, and whether the
//! purposes Z, G, Q and S are exempt or everything is. A record begins where a line begins with a day.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::bars::CHECKED;
use crate::bars::table::{Cells, cells};
use crate::lawbook::reading;

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    pub from: String,
    pub until: String,
    pub taxon: String,
    pub country: String,
    /// Every code is exempt: the taxon is outside.
    pub outside: bool,
    /// Zoo, garden, circus and science are exempt: the suspension is of commercial trade.
    pub commercial: bool,
    pub words: String,
}

/// All records.
pub struct Exempt {
    pub records: Vec<Record>,
}

/// Reads the file.
///
/// # Errors
/// The file is missing.
pub fn read(reference: &Path) -> Result<Exempt> {
    let text = reading::text(&reference.join("rules/sapi_exemptions.csv"))?;
    let records: Vec<Record> = records(&text).iter().filter_map(|record| self::record(record)).collect();
    println!("  {} records of exemptions", records.len());
    Ok(Exempt { records })
}

/// Joins lines until the next one begins with a day.
fn records(text: &str) -> Vec<String> {
    let mut records: Vec<String> = Vec::new();
    for line in text.lines().skip(1) {
        match records.last_mut() {
            Some(last) if !begins_with_day(line) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => records.push(line.to_owned()),
        }
    }
    records
}

fn begins_with_day(line: &str) -> bool {
    let mut parts = line.splitn(3, '/');
    let number = |part: Option<&str>| {
        part.is_some_and(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    number(parts.next()) && number(parts.next())
}

fn record(text: &str) -> Option<Record> {
    let mut cells = text.splitn(7, ',').map(str::trim);
    let (from, until, taxon) = (cells.next()?, cells.next()?, cells.next()?);
    let (_, _, country, rest) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let codes: String =
        rest.split('"').next().unwrap_or(rest).chars().filter(|letter| *letter != ' ').collect();
    Some(Record {
        from: day(from)?,
        until: day(until).unwrap_or_default(),
        taxon: taxon.to_owned(),
        country: country.to_owned(),
        outside: codes.starts_with("ALL,ALL,ALL,ALL,"),
        commercial: codes.starts_with("ALL,ALL,ALL,Z,G,Q,S"),
        words: reading::plain(rest),
    })
}

/// `02/02/2012 00:00` as `2012-02-02`.
fn day(cell: &str) -> Option<String> {
    reading::iso_day(cell.split(' ').next().unwrap_or("")).ok()
}

impl Exempt {
    /// The species that a suspension of their genus in a country leaves outside.
    pub fn species_outside(&self, country: &str, genus: &str) -> BTreeSet<String> {
        let fits = |record: &&Record| record.outside && record.country == country;
        let names = self.records.iter().filter(fits).map(|record| record.taxon.clone());
        names.filter(|name| name.split(' ').next() == Some(genus)).collect()
    }

    /// The stocks of whales that the Whaling Commission protects, one row a species: commercial trade in them
    /// was to stop from 2012 to 2015.
    pub fn whales(&self) -> Vec<Cells> {
        let whales = self.records.iter().filter(|record| record.country == "ALL" && record.commercial);
        whales
            .map(|whale| {
                cells([
                    ("basis", "compliance".to_owned()),
                    ("direction", "export import re-export".to_owned()),
                    ("kingdom", "Animalia".to_owned()),
                    ("taxon", whale.taxon.clone()),
                    ("purposes", "T".to_owned()),
                    ("scope", "all".to_owned()),
                    ("from", whale.from.clone()),
                    ("until", whale.until.clone()),
                    (
                        "exceptions",
                        "if=of a stock that the International Whaling Commission does not protect".to_owned(),
                    ),
                    ("notification", "2012/010".to_owned()),
                    ("source", "SAPI file of exemptions, rows checked to May 2023 (UNEP-WCMC)".to_owned()),
                    ("confidence", "F".to_owned()),
                    ("checked", CHECKED.to_owned()),
                ])
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unquoted_lists_and_broken_lines_are_read() {
        let text = "start_date,end_date,…\n\
            19/09/2005,,ALL,ALL,ALL,AF,ALL,ALL,ALL,Z, G, Q, S,,The export of species.,T,,\n\
            12/08/2014,26/11/2015,Furcifer minor,5707,SPECIES,MG,ALL,ALL,ALL,ALL,,\"All exports, except <i>F. antimena,\n\
            F. minor</i>.\",Fall under genus level suspension,,,\n\
            02/02/2012 00:00,09/04/2015 00:00,Balaenoptera edeni,6352,SPECIES,ALL,ALL,ALL,ALL,Z, G, Q, S,,\"No issuance\",,\n";
        let records: Vec<Record> = records(text).iter().filter_map(|text| record(text)).collect();
        assert_eq!(records.len(), 3);
        assert!(records[0].commercial && !records[0].outside && records[0].until.is_empty());
        assert!(records[1].outside && records[1].words.contains("F. minor"));
        assert_eq!((records[2].from.as_str(), records[2].until.as_str()), ("2012-02-02", "2015-04-09"));
        let exempt = Exempt { records };
        assert_eq!(exempt.species_outside("MG", "Furcifer").len(), 1);
        assert_eq!(exempt.whales().len(), 1);
    }
}
