//! Answers of the Species+ interface recorded on 27 November 2022 against the book on that day: the listing of
//! some five hundred names, and all that is told of the African elephant: entries, reservations, suspensions
//! and quotas.
//!
//! Source of truth: the recorded answers. Annotations in words are not compared.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use cites::Day;
use law::Origin;
use serde_json::Value;
use species::{ImportedNames, Names};

use super::{Book, Comparison};
use crate::lawbook::reading::{self, Row};
use crate::recorded::{answers, list, text};

/// The day of the answers.
const DAY: Day = Day::new(2022, 11, 27);

/// The species of which all is told.
const ELEPHANT: &str = "Loxodonta africana";

pub(super) fn compare(
    book: Book<'_>,
    reference: &Path,
    data: &Path,
    index: &[u8],
) -> Result<Vec<Comparison>> {
    let folder = reference.join("listings/speciesplus_api_fixtures");
    let imported = ImportedNames::open(index)?;
    let with_index = Names { imported: Some(&imported), ..Names::shipped(book.backbone) };
    let mut names = Comparison::new("Species+ names 2022", "speciesplus-names-2022-11-27.csv");
    for file in ["spp_taxonconcept_raw.json", "spp_taxonconcept_upd.json"] {
        for answer in answers(&folder.join(file))? {
            for concept in list(&answer, "taxon_concepts") {
                compare_name(book, with_index, concept, &mut names)?;
            }
        }
    }
    let mut elephant = Comparison::new("Species+ elephant 2022", "speciesplus-elephant-2022-11-27.csv");
    for answer in answers(&folder.join("spp_cites_legislation_sco.json"))? {
        entries(book, &answer, &mut elephant)?;
        reservations(&answer, data, &mut elephant)?;
        suspensions(&answer, data, &mut elephant)?;
    }
    for answer in answers(&folder.join("spp_cites_legislation_raw.json"))? {
        quotas(&answer, data, &mut elephant)?;
    }
    Ok(vec![names, elephant])
}

fn compare_name(
    book: Book<'_>,
    names: Names<'_>,
    concept: &Value,
    comparison: &mut Comparison,
) -> Result<()> {
    let (name, expected) = (text(concept, "/full_name"), text(concept, "/cites_listing"));
    comparison.rows += 1;
    let resolution = names.resolve(name);
    let found = book.law.standing(&resolution, &Origin::Unstated, DAY)?.appendices.to_string();
    if found != expected {
        comparison.differs(name, expected, found);
    }
    Ok(())
}

/// Each addition: the elephant is in that Appendix from its day on.
fn entries(book: Book<'_>, answer: &Value, comparison: &mut Comparison) -> Result<()> {
    let added = list(answer, "cites_listings").iter().filter(|step| text(step, "/change_type") == "+");
    for step in added {
        comparison.rows += 1;
        let (appendix, day) = (text(step, "/appendix"), text(step, "/effective_at"));
        let resolution = Names::shipped(book.backbone).resolve(ELEPHANT);
        let found = book.law.standing(&resolution, &Origin::Unstated, day.parse()?)?.appendices;
        if !found.contains(appendix.parse()?) {
            comparison.differs(format!("entry of {day}"), appendix, found.to_string());
        }
    }
    Ok(())
}

/// Each reservation: it begins in the book on its day; each withdrawal: one ends there.
fn reservations(answer: &Value, data: &Path, comparison: &mut Comparison) -> Result<()> {
    let rows = reading::rows(&data.join("law/reservations.csv"))?;
    let of = |row: &Row, day: &str| -> [String; 3] {
        [row.get("party").to_owned(), row.get("appendix").to_owned(), row.get(day).to_owned()]
    };
    let own: Vec<&Row> = rows.iter().filter(|row| row.get("taxon") == ELEPHANT).collect();
    let entered: BTreeSet<_> = own.iter().map(|row| of(row, "from")).collect();
    let withdrawn: BTreeSet<_> = own.iter().map(|row| of(row, "until")).collect();
    for step in list(answer, "cites_listings") {
        let known = match text(step, "/change_type") {
            "R+" => &entered,
            "R-" => &withdrawn,
            _ => continue,
        };
        comparison.rows += 1;
        let told = ["/party/iso_code2", "/appendix", "/effective_at"].map(|key| text(step, key).to_owned());
        if !known.contains(&told) {
            let [party, appendix, day] = told;
            let what = format!("reservation {} of {party} on {day}", text(step, "/change_type"));
            comparison.differs(what, appendix, "not held");
        }
    }
    Ok(())
}

/// Each suspension: the book has one of that State that begins on the day, or that rests on the same
/// notification: measures of a State itself begin on another day than that of the notification.
fn suspensions(answer: &Value, data: &Path, comparison: &mut Comparison) -> Result<()> {
    let rows = reading::rows(&data.join("law/suspensions.csv"))?;
    for told in list(answer, "cites_suspensions") {
        comparison.rows += 1;
        let (country, day) = (text(told, "/geo_entity/iso_code2"), text(told, "/start_date"));
        let number = text(told, "/start_notification/name").rsplit(' ').next().unwrap_or_default();
        let is_same = |row: &&Row| {
            let rests_on = !number.is_empty() && row.get("notification").contains(number);
            row.get("country") == country && (row.get("from") == day || rests_on)
        };
        if !rows.iter().any(|row| is_same(&row)) {
            comparison.differs(format!("suspension of {country} from {day}"), number, "not held");
        }
    }
    Ok(())
}

/// Each quota of the day: the book holds that number, or that none was published, for the State and year.
fn quotas(answer: &Value, data: &Path, comparison: &mut Comparison) -> Result<()> {
    let rows = reading::rows(&data.join("law/quotas_yearly.csv"))?;
    let own = rows.iter().filter(|row| row.get("taxon") == ELEPHANT);
    let known: BTreeSet<_> =
        own.map(|row| ["exporter", "year", "quantity"].map(|key| row.get(key).to_owned())).collect();
    for told in list(answer, "cites_quotas") {
        comparison.rows += 1;
        let number = told.get("quota").and_then(Value::as_f64).map(|number| number.to_string());
        let year = text(told, "/publication_date").get(..4).unwrap_or_default().to_owned();
        let key = [text(told, "/geo_entity/iso_code2").to_owned(), year, number.unwrap_or_default()];
        if !known.contains(&key) {
            let [country, year, number] = key;
            let number = if number.is_empty() { "no number" } else { &number };
            comparison.differs(format!("quota of {country} for {year}"), number, "not held");
        }
    }
    Ok(())
}
