//! Suspensions in force after September 2013.
//!
//! Source of truth: `rules/suspensions_2013_2026.csv`. A blank end means that no end was found: the row then
//! says the last day on which one of its sources still shows it.

use std::path::Path;

use anyhow::Result;

use super::exempt::Exempt;
use crate::bars::table::{Cells, cells, day_in_words};
use crate::bars::{CHECKED, HISTORY_END};
use crate::lawbook::reading::{self, Row};

/// The day of the notification that the significant-trade rows of May 2013 were already in.
const EARLIER_SIGNIFICANT_TRADE: &str = "2012-09-25";
/// The day of the recorded answers of the Species+ service.
const RECORDED_ANSWER: &str = "2022-11-27";

/// The rows with their keys, `later|country|taxon|from`; `None` where the phrase is not known.
///
/// # Errors
/// The table is missing or no CSV.
pub fn rows(reference: &Path, exempt: &Exempt) -> Result<Vec<(String, Option<Cells>)>> {
    let file = reading::rows(&reference.join("rules/suspensions_2013_2026.csv"))?;
    println!("  {} rows of 2013 to 2026", file.len());
    let mut rows = Vec::new();
    let warnings = |row: &&Row| row.get("scope") == "warning only";
    println!(
        "  {} warnings left out: they name what may follow, and suspend nothing",
        file.iter().filter(warnings).count()
    );
    for row in file.iter().filter(|row| row.get("scope") != "warning only") {
        for country in row.get("country").split(';') {
            let key = format!("later|{country}|{}|{}", row.get("taxon"), row.get("from"));
            rows.push((key, read(row, country, exempt)));
        }
    }
    Ok(rows)
}

/// What a phrase stops: ways of trade, purposes, kinds.
fn phrase(words: &str) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match words {
        "all trade" | "all trade (2013 file: all exports)" => ("export import re-export", "", ""),
        "all commercial trade" | "commercial trade: export, re-export and import" => {
            ("export import re-export", "T", "")
        }
        "commercial trade" | "commercial trade, finished products too" => ("export re-export", "T", ""),
        "trade in live animals" => ("export re-export", "", "LIV"),
        "all exports" => ("export", "", ""),
        _ => return None,
    })
}

fn read(row: &Row, country: &str, exempt: &Exempt) -> Option<Cells> {
    if row.get("scope") == "national ban" || row.get("from").is_empty() {
        return None;
    }
    let (direction, purposes, terms) = phrase(row.get("trade"))?;
    // A recommendation on a species of a country is on what comes from there.
    let from_there = row.get("scope") == "species" && row.get("trade") == "all commercial trade";
    let direction = if from_there { "export re-export" } else { direction };
    let basis = if row.get("reason") == "significant trade" { "significant-trade" } else { "compliance" };
    let taxon = match row.get("taxon") {
        "all" => "",
        name => name.trim_end_matches(" spp."),
    };
    let (until, verified_to) = end(row, country);
    let scope = if basis == "significant-trade" { "ordinary" } else { "all" };
    Some(cells([
        ("country", country.to_owned()),
        ("basis", basis.to_owned()),
        ("direction", direction.to_owned()),
        ("taxon", taxon.to_owned()),
        ("terms", terms.to_owned()),
        ("purposes", purposes.to_owned()),
        ("scope", scope.to_owned()),
        ("from", first_day(row)),
        ("until", until),
        ("verified_to", verified_to),
        ("exceptions", exceptions(row, country, taxon, exempt)),
        ("notification", row.get("notification").to_owned()),
        ("source", row.get("source").to_owned()),
        ("confidence", row.get("confidence").to_owned()),
        ("checked", CHECKED.to_owned()),
    ]))
}

fn first_day(row: &Row) -> String {
    if row.get("exceptions").contains("already in 2012/059") {
        return EARLIER_SIGNIFICANT_TRADE.to_owned();
    }
    row.get("from").to_owned()
}

/// The end, or the day by which it had ended; and the last day it was seen, where the end is not known.
fn end(row: &Row, country: &str) -> (String, String) {
    if !row.get("to").is_empty() {
        return (row.get("to").to_owned(), String::new());
    }
    let words = row.get("exceptions");
    let until = if words.contains("ended before Nov 2022") {
        RECORDED_ANSWER
    } else if words.contains("so ended before") {
        "2019-05-06"
    } else {
        ""
    };
    (until.to_owned(), last_seen(row, country))
}

/// The last day on which a source shows the row; nothing for a row from memory.
fn last_seen(row: &Row, country: &str) -> String {
    let parts = row.get("source").split(';').map(str::trim);
    let days = parts.filter_map(|source| seen_in(source, country));
    days.max().unwrap_or_else(|| {
        if row.get("confidence") == "M" { String::new() } else { row.get("from").to_owned() }
    })
}

fn seen_in(source: &str, country: &str) -> Option<String> {
    // `cites.org table of 13 Apr 2023 (CM, CF)` shows those two countries only.
    let (source, countries) = source.split_once(" (").unwrap_or((source, ""));
    let named =
        countries.trim_end_matches(')').split(", ").all(|code| code.len() == 2) && !countries.is_empty();
    if (named && !countries.contains(country)) || countries.starts_with("not current") {
        return None;
    }
    if source.starts_with("Species+ suspensions file of 2013") {
        return Some(HISTORY_END.to_owned());
    }
    if source.starts_with("SAPI exemptions.csv") {
        return Some("2023-05-02".to_owned());
    }
    let words = source.split_once(" of ").or_else(|| source.split_once(" recorded ")).map(|(_, words)| words);
    let words = words.or_else(|| source.strip_prefix("Kvedomosti "))?;
    day_in_words(words)
}

/// What is outside, in the tests of the column.
fn exceptions(row: &Row, country: &str, taxon: &str, exempt: &Exempt) -> String {
    let words = row.get("exceptions");
    if words.contains("free: ") || words.contains("named species free") {
        let names: Vec<String> = exempt.species_outside(country, taxon).into_iter().collect();
        return format!("taxon={}", names.join("|"));
    }
    let known = [
        (
            "Pterocarpus erinaceus",
            "taxon=Pterocarpus erinaceus&if=stock of before the listing, up to 14 000 m3",
        ),
        ("finished products, carvings and furniture", "terms=CAR WPR FRN TIC"),
        ("goods made, registered and cleared before", GOODS_OF_MADAGASCAR),
        ("as before", GOODS_OF_MADAGASCAR),
        ("already caught in 2016", "if=one of 1 600 birds caught before, exported in 2016"),
        (
            "ranched or bred specimens under an agreed quota",
            "sources=R C D F&if=under a yearly quota agreed with the Secretariat",
        ),
    ];
    let found = known.iter().find(|(phrase, _)| words.contains(phrase));
    found.map_or(String::new(), |(_, tests)| (*tests).to_owned())
}

const GOODS_OF_MADAGASCAR: &str = "if=made, registered and cleared for export before 2 January 2017";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sight_is_read_from_the_sources() {
        for (source, day) in [
            ("cites.org French table of 6 May 2019", Some("2019-05-06")),
            ("cites.org table of 12 Sep 2024", Some("2024-09-12")),
            ("SAPI exemptions.csv (rows checked to May 2023)", Some("2023-05-02")),
            ("Species+ API answer recorded 27 Nov 2022", Some("2022-11-27")),
            ("Species+ API answer recorded 27 Nov 2022 (not current)", None),
            ("Species+ API answer recorded 27 Nov 2022 (current)", Some("2022-11-27")),
            ("cites.org table of 13 Apr 2023 (CM, CF)", None),
            ("Species+ suspensions file of 2013", Some(HISTORY_END)),
            ("Kvedomosti 28 Mar 2023", Some("2023-03-28")),
            ("ENB summary of SC66", None),
        ] {
            assert_eq!(seen_in(source, "GM").as_deref(), day, "{source}");
        }
        assert_eq!(seen_in("cites.org table of 13 Apr 2023 (CM, CF)", "CF").as_deref(), Some("2023-04-13"));
    }

    #[test]
    fn a_phrase_tells_the_ways_of_trade_and_the_purposes() {
        assert_eq!(phrase("all exports"), Some(("export", "", "")));
        assert_eq!(phrase("all commercial trade"), Some(("export import re-export", "T", "")));
        assert_eq!(phrase("something else"), None);
    }
}
