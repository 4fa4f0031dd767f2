//! Builds `data/law/quotas_yearly.csv`: the export quotas that Parties published year by year.
//!
//! Source of truth: the Secretariat's quotas of 1997 to 2013 as Species+ holds them (rows withdrawn from
//! publication are left out), for reptiles 2014 to 2022 a coded list of the same publications, and for the
//! African elephant of 2022 the answer that Species+ gave on 27 November 2022. A quota of -1, or without a number,
//! is one whose number was not published. Rows of consecutive years that say the same become one. Notes are kept where they tell two quotas of one year apart.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::Result;
use serde_json::Value;

use super::known::Known;
use super::names::Names;
use super::table::{self, Cells, cells};
use crate::lawbook::reading::{self, Row};
use crate::recorded;

const COLUMNS: [&str; 9] =
    ["taxon", "exporter", "year", "quantity", "unit", "terms", "sources", "note", "source"];
const TABLE: &str = "quotas_yearly.csv";
/// Key of the first publication, explained in the README of the table.
const FIRST: &str = "S13";
/// Key of the second.
const SECOND: &str = "R22";
/// Key of the third.
const THIRD: &str = "A22";

/// A quota of one year.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Quota {
    taxon: String,
    exporter: String,
    terms: String,
    sources: String,
    unit: String,
    note: String,
    quantity: String,
    source: &'static str,
}

/// Builds the table.
///
/// # Errors
/// A download is missing or cannot be read, or the table cannot be written.
pub fn run(reference: &Path, data: &Path, known: &mut Known) -> Result<()> {
    let mut years: BTreeMap<Quota, Vec<u16>> = BTreeMap::new();
    let (mut count, mut strange) = (0, BTreeMap::new());
    let earlier = first(reference)?.into_iter().chain(second(reference, data)?);
    for (year, quota) in earlier.chain(third(reference)?) {
        known.find(TABLE, None, &quota.taxon);
        if let Some(reason) = cannot_be_read(&quota, known) {
            *strange.entry(reason).or_insert(0) += 1;
            continue;
        }
        count += 1;
        years.entry(quota).or_default().push(year);
    }
    strange.iter().for_each(|(reason, count)| println!("  left out, {reason}: {count} quotas"));
    let years = without_needless_notes(years);
    let mut rows: Vec<Cells> = years.into_iter().flat_map(|(quota, years)| spans(&quota, years)).collect();
    table::write(&data.join("law").join(TABLE), &COLUMNS, &mut rows)?;
    println!("quotas_yearly: {count} quotas of a year kept, in {} rows", rows.len());
    Ok(())
}

/// Why the program could not read the row.
fn cannot_be_read(quota: &Quota, known: &Known) -> Option<String> {
    if !quota.exporter.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Some(format!("`{}` is no country", quota.exporter));
    }
    let genus = quota.taxon.split(' ').next().unwrap_or("");
    let found = known.look(None, &quota.taxon).or_else(|| known.look(None, genus));
    found.is_none().then(|| format!("neither `{}` nor its genus is in the species tables", quota.taxon))
}

fn first(reference: &Path) -> Result<Vec<(u16, Quota)>> {
    let names = Names::read(&reference.join("listings/history_1975_2013"))?;
    let file = reading::rows(&reference.join("rules/quotas_1997_2013.csv.gz"))?;
    let mut withdrawn = 0;
    let mut nameless = 0;
    let mut quotas = Vec::new();
    for row in &file {
        let kingdom = if row.get("Kingdom") == "Plantae" { "Plantae" } else { "Animalia" };
        let name = names.full_at_or_below(kingdom, row.get("Rank"), row.get("RecId"));
        match (row.get("PublicDisplay"), name) {
            ("0", _) => withdrawn += 1,
            (_, None) => nameless += 1,
            (_, Some((taxon, _))) => {
                quotas.extend(row.get("Year").parse().ok().map(|year| (year, of_first(row, taxon))))
            }
        }
    }
    println!(
        "quotas_yearly: {} rows of 1997 to 2013; left out: {withdrawn} not published, {nameless} without a name",
        file.len()
    );
    Ok(quotas)
}

fn of_first(row: &Row, taxon: String) -> Quota {
    Quota {
        taxon,
        exporter: row.get("ISO code").to_owned(),
        terms: codes(row.get("Terms")),
        sources: codes(row.get("Sources")),
        unit: unit(row.get("Unit")),
        note: note(row.get("Notes")),
        quantity: quantity(row.get("Quota")),
        source: FIRST,
    }
}

fn second(reference: &Path, data: &Path) -> Result<Vec<(u16, Quota)>> {
    let countries: HashMap<String, String> = reading::rows(&data.join("codes/country.csv"))?
        .iter()
        .map(|row| (row.get("name_en").to_owned(), row.get("code").to_owned()))
        .collect();
    let file = reading::rows(&reference.join("rules/cites_quotas_reptilia_1997-2022_coded.csv.gz"))?;
    let (mut earlier, mut foreign) = (0, Vec::new());
    let mut quotas = Vec::new();
    for row in &file {
        let year: u16 = row.get("year").parse().unwrap_or(0);
        match country(&countries, row.get("party")) {
            _ if year < 2014 => earlier += 1,
            None => foreign.push(row.get("party").to_owned()),
            Some(code) => quotas.push((year, of_second(row, code))),
        }
    }
    foreign.sort_unstable();
    foreign.dedup();
    println!(
        "  {} rows of reptiles; left out: {earlier} of the years of the first file; unknown countries {foreign:?}",
        file.len()
    );
    Ok(quotas)
}

/// The code of a country by the name that the list gives it.
fn country(countries: &HashMap<String, String>, name: &str) -> Option<String> {
    let shorter = [
        ("United Republic of Tanzania", "TZ"),
        ("Democratic Republic of the Congo", "CD"),
        ("Lao People's Democratic Republic", "LA"),
        ("Venezuela (Bolivarian Republic of)", "VE"),
        ("Bolivia (Plurinational State of)", "BO"),
        ("Viet Nam", "VN"),
        ("Syrian Arab Republic", "SY"),
        ("Russian Federation", "RU"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Eswatini", "SZ"),
        ("Swaziland", "SZ"),
        ("Congo", "CG"),
        ("Côte d'Ivoire", "CI"),
    ];
    let known = shorter.iter().find(|(known, _)| *known == name).map(|(_, code)| (*code).to_owned());
    known.or_else(|| countries.get(name).cloned())
}

fn of_second(row: &Row, exporter: String) -> Quota {
    // `Assumed Wild` is the coder's reading of a quota that says no source: left as published.
    let sources =
        if row.get("Source_orig") == "Assumed Wild" { String::new() } else { codes(row.get("Source")) };
    Quota {
        taxon: row.get("FullName").to_owned(),
        exporter,
        terms: codes(row.get("Term")),
        sources,
        unit: unit(row.get("unit")),
        note: note(row.get("notes")),
        quantity: quantity(row.get("quota")),
        source: SECOND,
    }
}

/// The quotas of the answer recorded for the African elephant.
fn third(reference: &Path) -> Result<Vec<(u16, Quota)>> {
    let folder = reference.join("listings/speciesplus_api_fixtures");
    let mut quotas = Vec::new();
    for answer in recorded::answers(&folder.join("spp_cites_legislation_raw.json"))? {
        for told in recorded::list(&answer, "cites_quotas") {
            match of_third(told) {
                Some(quota) => quotas.push(quota),
                None => println!("  left out, its phrase is not known: {}", recorded::text(told, "/notes")),
            }
        }
    }
    println!("  {} quotas of the African elephant of 2022", quotas.len());
    Ok(quotas)
}

/// A quota of the answer, whose kind of specimen a phrase tells: tusks that leave as part of a trophy.
fn of_third(told: &Value) -> Option<(u16, Quota)> {
    let phrase = recorded::text(told, "/notes").to_lowercase();
    let is_of_trophies = phrase.starts_with("tusks as part of") && phrase.contains("hunting trophies");
    let number = told.get("quota")?.as_f64()?;
    let year = recorded::text(told, "/publication_date").get(..4)?.parse().ok()?;
    let quota = Quota {
        taxon: "Loxodonta africana".to_owned(),
        exporter: recorded::text(told, "/geo_entity/iso_code2").to_owned(),
        terms: "TRO TUS".to_owned(),
        sources: String::new(),
        unit: String::new(),
        note: String::new(),
        quantity: quantity(&number.to_string()),
        source: THIRD,
    };
    is_of_trophies.then_some((year, quota))
}

/// `LIV, COR` as `LIV COR`; `FLAG`, `ALL` and `NA` as nothing.
fn codes(cell: &str) -> String {
    let mut codes: Vec<&str> =
        cell.split([',', ' ']).filter(|code| !matches!(*code, "" | "FLAG" | "ALL" | "NA")).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.join(" ")
}

fn unit(cell: &str) -> String {
    match cell {
        "KIL" | "kg" => "KGM",
        "CUM" => "MTQ",
        "GRM" => "GRM",
        _ => "",
    }
    .to_owned()
}

/// The number; nothing where it was not published.
fn quantity(cell: &str) -> String {
    match cell.parse::<f64>() {
        Ok(number) if number >= 0.0 => cell.to_owned(),
        _ => String::new(),
    }
}

/// A note without mark-up, remarks on nomenclature and cross-references.
fn note(cell: &str) -> String {
    let plain = reading::plain(if cell == "NA" { "" } else { cell });
    let cut = plain
        .find(['(', '['])
        .filter(|at| plain.get(*at..).is_some_and(|rest| rest.contains("Note:") || rest.contains("see ")))
        .unwrap_or(plain.len());
    let kept = plain.get(..cut).unwrap_or("");
    let kept =
        kept.split("Quota originally").next().unwrap_or("").split("Species subject to").next().unwrap_or("");
    kept.trim_matches([' ', '.', ',', ';']).to_lowercase()
}

/// Keeps a note only where another quota of the same taxon, exporter, kind, source and year stands beside.
fn without_needless_notes(years: BTreeMap<Quota, Vec<u16>>) -> BTreeMap<Quota, Vec<u16>> {
    let mut counts: BTreeMap<(Quota, u16), usize> = BTreeMap::new();
    let bare = |quota: &Quota| Quota {
        note: String::new(),
        quantity: String::new(),
        unit: String::new(),
        ..quota.clone()
    };
    for (quota, years) in &years {
        years.iter().for_each(|year| *counts.entry((bare(quota), *year)).or_default() += 1);
    }
    let mut kept: BTreeMap<Quota, Vec<u16>> = BTreeMap::new();
    for (quota, years) in years {
        for year in years {
            let alone = counts.get(&(bare(&quota), year)) == Some(&1);
            let quota = if alone { Quota { note: String::new(), ..quota.clone() } } else { quota.clone() };
            kept.entry(quota).or_default().push(year);
        }
    }
    kept
}

/// One row for each run of years.
fn spans(quota: &Quota, mut years: Vec<u16>) -> Vec<Cells> {
    years.sort_unstable();
    years.dedup();
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == year => *last = year,
            _ => runs.push((year, year)),
        }
    }
    runs.into_iter().map(|run| row(quota, run)).collect()
}

fn row(quota: &Quota, (first, last): (u16, u16)) -> Cells {
    let year = if first == last { first.to_string() } else { format!("{first}-{last}") };
    cells([
        ("taxon", quota.taxon.clone()),
        ("exporter", quota.exporter.clone()),
        ("year", year),
        ("quantity", quota.quantity.clone()),
        ("unit", quota.unit.clone()),
        ("terms", quota.terms.clone()),
        ("sources", quota.sources.clone()),
        ("note", quota.note.clone()),
        ("source", quota.source.to_owned()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_not_published_is_no_zero() {
        for (cell, number) in [("-1", ""), ("", ""), ("0", "0"), ("64776.52", "64776.52")] {
            assert_eq!(quantity(cell), number);
        }
    }

    #[test]
    fn a_quota_of_tusks_of_trophies_has_the_year_of_its_publication() {
        let told = |notes: &str| {
            serde_json::json!({
                "quota": 800.0, "publication_date": "2022-02-01", "notes": notes,
                "geo_entity": { "iso_code2": "BW" }
            })
        };
        let (year, quota) =
            of_third(&told("Tusks as part of hunting trophies from 400 elephants (Note: …)")).unwrap();
        assert_eq!((year, quota.exporter.as_str(), quota.quantity.as_str()), (2022, "BW", "800"));
        assert_eq!(quota.terms, "TRO TUS");
        assert!(of_third(&told("Raw ivory")).is_none());
    }

    #[test]
    fn notes_lose_what_is_no_part_of_the_quota() {
        assert_eq!(note("trophies and skins [Note: see Resolution Conf. 10.14]"), "trophies and skins");
        assert_eq!(note("live. Quota originally established for <i>Chamaeleo quadricornis</i>"), "live");
        assert_eq!(note("Caviar [Caspian Sea]"), "caviar [caspian sea]");
        assert_eq!(note("NA"), "");
    }

    #[test]
    fn consecutive_years_become_one_row() {
        let quota = Quota {
            taxon: "Capra falconeri".to_owned(),
            exporter: "PK".to_owned(),
            terms: "TRO".to_owned(),
            sources: String::new(),
            unit: String::new(),
            note: String::new(),
            quantity: "12".to_owned(),
            source: FIRST,
        };
        let rows = spans(&quota, vec![2003, 2004, 2006, 2005, 2009]);
        let years: Vec<&str> = rows.iter().map(|row| table::get(row, "year")).collect();
        assert_eq!(years, ["2003-2006", "2009"]);
    }
}
