//! `data/species/vernacular.csv`: Chinese, English and Russian names of the taxa of the backbone.
//!
//! Source of truth: the official common names (UNEP-WCMC), the Checklist, China's national lists of 2021; for
//! Chinese names found in none of them a transcription of the Appendices of 2017, which says so in its source;
//! and a few names written at the border. A name goes to the taxon that the backbone has for it, by accepted
//! name or synonym; names of other taxa are counted and left out. Nothing is translated or transliterated here.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use cites::{Kingdom, TaxonId};
use species::{Backbone, Language};

use crate::lawbook::reading::{self, Row};

/// Names kept for a taxon in one language: what fits on a screen. Others are for the lexicon of screening.
const NAMES_MAX: usize = 2;

const OFFICIAL_2023: &str = "Official common names, Nov 2023 (UNEP-WCMC)";
const OFFICIAL_2013: &str = "Official common names, 2013 (UNEP-WCMC)";
const OFFICIAL_2013_LATIN: &str = "Official common names, 2013 (UNEP-WCMC), in Latin letters as published";
const INDEX: &str = "Index of CITES Species, 21 Apr 2017 (UNEP-WCMC)";
const ANIMALS_2021: &str = "NFGA and MARA, announcement 2021 No. 3";
const PLANTS_2021: &str = "NFGA and MARA, announcement 2021 No. 15";
const TRANSCRIPTION: &str = "Chinese transcription of the Appendices of 2017, not official";
const BORDER: &str = "names in use at the border of Xinjiang, public pages read in Nov 2026";

/// Names written at the border, in the order in which they are shown.
const BORDER_NAMES: [(&str, Language, &str); 10] = [
    ("Saiga tatarica", Language::Chinese, "高鼻羚羊"),
    ("Saiga tatarica", Language::Chinese, "赛加羚羊"),
    ("Saiga tatarica", Language::Russian, "сайгак"),
    ("Panthera uncia", Language::Russian, "снежный барс"),
    ("Panthera uncia", Language::Russian, "ирбис"),
    ("Falco cherrug", Language::Russian, "балобан"),
    ("Ovis ammon", Language::Chinese, "盘羊"),
    ("Ovis ammon", Language::Russian, "архар"),
    ("Capra sibirica", Language::Russian, "сибирский горный козёл"),
    ("Testudo horsfieldii", Language::Russian, "среднеазиатская черепаха"),
];

/// Builds the table from the reference data and writes it into the folder of the project's data.
///
/// # Errors
/// A source is missing or cannot be read, or the backbone has a fault.
pub fn run(reference: &Path, data: &Path) -> Result<()> {
    let species = data.join("species");
    let table = |name: &str| reading::text(&species.join(name));
    let backbone = Backbone::from_tables(&table("taxa.csv")?, &table("synonyms.csv")?, "");
    let backbone = backbone.map_err(|errors| {
        let told: Vec<String> = errors.iter().take(10).map(ToString::to_string).collect();
        anyhow!("{} faults in the tables of names: {}", errors.len(), told.join("; "))
    })?;
    let index = reading::rows(&reference.join("listings/Index_of_CITES_Species_2017-04-21.csv.gz"))?;
    let names = reference.join("names");
    let official = names.join("official_common_names");
    let mut book = Book::new(&backbone);
    for (taxon, language, name) in BORDER_NAMES {
        book.add(Kingdom::Animalia, taxon, language, name, BORDER);
    }
    book.report("names at the border");
    official_chinese(&mut book, &reading::rows(&official.join("zh_2023-11.csv"))?, &index);
    let plants = names.join("china_national_key_lists/plants_2021_derived_from_docx.csv");
    national_lists(&mut book, &data.join("packs/china/national_list.csv"), &plants)?;
    checklist_english(&mut book, &index);
    for (kingdom, stem, file) in [
        (Kingdom::Animalia, "animalia", "animalia_60_languages.csv.gz"),
        (Kingdom::Plantae, "plantae", "plantae_50_languages.csv.gz"),
    ] {
        let taxa = reference.join(format!("listings/history_1975_2013/{stem}_taxa.csv.gz"));
        let taxa = reading::rows(&taxa)?;
        let ids = Identified::new(&taxa);
        official_names(&mut book, kingdom, &ids, &reading::rows(&official.join(file))?);
        book.report(&format!("official names of {kingdom} 2013"));
    }
    transcription(&mut book, &names.join("cites_appendices_zh_konrumi_2017.json"))?;
    let path = species.join("vernacular.csv");
    std::fs::write(&path, book.csv()?).with_context(|| format!("writing `{}`", path.display()))?;
    book.summary();
    Ok(())
}

/// The names that were found, and what was read to find them.
struct Book<'b> {
    backbone: &'b Backbone,
    names: BTreeMap<(TaxonId, Language), Vec<(String, &'static str)>>,
    kept: usize,
    elsewhere: usize,
    surplus: usize,
}

impl<'b> Book<'b> {
    fn new(backbone: &'b Backbone) -> Self {
        Book { backbone, names: BTreeMap::new(), kept: 0, elsewhere: 0, surplus: 0 }
    }

    /// Adds a name of `taxon`, unless the backbone does not have it or it has names enough.
    fn add(&mut self, kingdom: Kingdom, taxon: &str, language: Language, name: &str, source: &'static str) {
        let name = tidy(name);
        let [taxon] = *self.backbone.find(Some(kingdom), taxon) else {
            self.elsewhere += 1;
            return;
        };
        if name.is_empty() || (language == Language::Chinese) != has_han(&name) {
            self.elsewhere += 1;
            return;
        }
        let own = self.names.entry((taxon, language)).or_default();
        let is_known = own.iter().any(|(known, _)| known.to_lowercase() == name.to_lowercase());
        if is_known || own.len() >= NAMES_MAX {
            self.surplus += 1;
            return;
        }
        own.push((name, source));
        self.kept += 1;
    }

    /// Prints what the source just read gave, and begins to count anew.
    fn report(&mut self, source: &str) {
        let Book { kept, elsewhere, surplus, .. } = self;
        println!(
            "{source}: {kept} names taken, {surplus} known already or beyond {NAMES_MAX}, {elsewhere} of other taxa or languages"
        );
        (self.kept, self.elsewhere, self.surplus) = (0, 0, 0);
    }

    fn csv(&self) -> Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["kingdom", "taxon", "language", "name", "source"])?;
        for ((taxon, language), names) in &self.names {
            for (name, source) in names {
                let kingdom = self.backbone.kingdom(*taxon).as_str();
                writer.write_record([
                    kingdom,
                    self.backbone.name(*taxon),
                    language.as_str(),
                    name,
                    source,
                ])?;
            }
        }
        writer.into_inner().context("the table in memory")
    }

    fn summary(&self) {
        for language in Language::ALL {
            let own = || self.names.iter().filter(|((_, own), _)| *own == language);
            let names: usize = own().map(|(_, names)| names.len()).sum();
            println!("{}: {} names of {} taxa", language.as_str(), names, own().count());
        }
    }
}

/// The official Chinese names; they bear the identifiers of Species+, as the Checklist does.
fn official_chinese(book: &mut Book<'_>, rows: &[Row], index: &[Row]) {
    let by_id: HashMap<&str, (&str, &str)> =
        index.iter().map(|row| (row.get("TaxonId"), (row.get("Kingdom"), row.get("FullName")))).collect();
    let mut unknown = 0;
    for row in rows {
        match by_id.get(row.get("RecId")).map(|(kingdom, name)| (kingdom.parse::<Kingdom>(), name)) {
            Some((Ok(kingdom), name)) => {
                book.add(kingdom, name, Language::Chinese, row.get("ComName"), OFFICIAL_2023);
            }
            _ => unknown += 1,
        }
    }
    println!(
        "official Chinese names 2023: {unknown} of {} bear an identifier that the Index of 2017 lacks",
        rows.len()
    );
    book.report("official Chinese names 2023");
}

/// The Chinese names of China's national lists; those of animals as the pack has them, in which signs that a
/// transcription lost are mended.
fn national_lists(book: &mut Book<'_>, animals: &Path, plants: &Path) -> Result<()> {
    for row in reading::rows(animals)?.iter().filter(|row| row.get("kingdom") == "Animalia") {
        let taxon = bare_taxon(row.get("taxon"));
        book.add(Kingdom::Animalia, &taxon, Language::Chinese, row.get("name_zh"), ANIMALS_2021);
    }
    for row in reading::rows(plants)? {
        let taxon = bare_taxon(row.get("scientific_name"));
        book.add(Kingdom::Plantae, &taxon, Language::Chinese, row.get("name_zh"), PLANTS_2021);
    }
    book.report("national lists 2021");
    Ok(())
}

/// The English names of the Checklist.
fn checklist_english(book: &mut Book<'_>, index: &[Row]) {
    for row in index {
        let Ok(kingdom) = row.get("Kingdom").parse::<Kingdom>() else { continue };
        for name in row.get("EnglishNames").split(", ") {
            book.add(kingdom, row.get("FullName"), Language::English, name, INDEX);
        }
    }
    book.report("English names of the Index");
}

/// The official names of 2013, of which the Russian ones are published in Latin letters.
fn official_names(book: &mut Book<'_>, kingdom: Kingdom, ids: &Identified<'_>, rows: &[Row]) {
    for row in rows {
        let name = &letters(row.get("ComName"));
        let (language, source) = match row.get("LangShort") {
            "ENG" => (Language::English, OFFICIAL_2013),
            "RUS" if name.is_ascii() => (Language::Russian, OFFICIAL_2013_LATIN),
            "RUS" => (Language::Russian, OFFICIAL_2013),
            "ZHO" => (Language::Chinese, OFFICIAL_2013),
            _ => continue,
        };
        match ids.full_name(row.get("Rank"), row.get("RecId")) {
            Some(taxon) => book.add(kingdom, &taxon, language, name, source),
            None => book.elsewhere += 1,
        }
    }
}

/// Chinese names of species that no better source names. The transcription's families are partly wrong, so
/// only species and subspecies are taken from it, under the very name that the backbone has.
fn transcription(book: &mut Book<'_>, file: &Path) -> Result<()> {
    let text: BTreeMap<String, BTreeMap<String, serde_json::Value>> =
        serde_json::from_str(&reading::text(file)?)?;
    for (taxon, facts) in &text {
        let kingdom = match facts.get("group").and_then(|group| group.as_str()) {
            Some(group) if group.contains("FLORA") => Kingdom::Plantae,
            _ => Kingdom::Animalia,
        };
        let Some(name) = facts.get("cnName").and_then(|name| name.as_str()) else { continue };
        let found = book.backbone.find(Some(kingdom), taxon);
        let is_own = found.iter().any(|found| book.backbone.name(*found) == taxon);
        let has_name = found.iter().any(|found| book.names.contains_key(&(*found, Language::Chinese)));
        if taxon.contains(' ') && is_own && !has_name {
            book.add(kingdom, taxon, Language::Chinese, name, TRANSCRIPTION);
        } else {
            book.surplus += 1;
        }
    }
    book.report("transcription of 2017");
    Ok(())
}

/// Taxa by their identifiers, which are unique within a kingdom and a rank.
struct Identified<'r>(HashMap<(String, &'r str), &'r Row>);

impl<'r> Identified<'r> {
    fn new(rows: &'r [Row]) -> Self {
        Identified(rows.iter().map(|row| ((row.get("Rank").to_lowercase(), row.get("RecID")), row)).collect())
    }

    fn full_name(&self, rank: &str, id: &str) -> Option<String> {
        let rank = rank.to_lowercase();
        let row = self.0.get(&(rank.clone(), id))?;
        let part = row.get("Scientific name");
        if matches!(rank.as_str(), "species" | "subspecies" | "variety") {
            let above = self.full_name(row.get("ParentRank"), row.get("ParentRecID"))?;
            return Some(format!("{above} {part}"));
        }
        Some(part.to_owned())
    }
}

/// `Cycas spp.` as `Cycas`.
fn bare_taxon(written: &str) -> String {
    let words: Vec<&str> =
        written.split_whitespace().filter(|word| !matches!(*word, "spp." | "spp" | "sp.")).collect();
    words.join(" ")
}

/// `&#1041;` as the letter it stands for; the last one has lost its semicolon in the published file.
fn letters(written: &str) -> String {
    let mut parts = written.split("&#");
    let mut name = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let digits = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(digits);
        name.extend(number.parse().ok().and_then(char::from_u32));
        name.push_str(rest.strip_prefix(';').unwrap_or(rest));
    }
    name
}

/// The name with single spaces, without marks and what stands in brackets behind it.
fn tidy(name: &str) -> String {
    let name = name.split(['(', '（']).next().unwrap_or("");
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").trim_matches(['*', '#', '"', '＊', ',', ';']).trim().to_owned()
}

/// Whether a name is written in Chinese characters.
fn has_han(name: &str) -> bool {
    name.chars().any(|letter| ('\u{3400}'..='\u{9fff}').contains(&letter) || letter > '\u{20000}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAXA: &str = "kingdom,rank,name,parent,status,source\n\
                        Animalia,genus,Falco,,accepted,x\n\
                        Animalia,species,Falco cherrug,Falco,accepted,x\n";

    #[test]
    fn letters_written_as_numbers_are_letters() {
        assert_eq!(letters("&#1041;&#1077;&#1083;&#1099;&#1081; &#1072;&#1080;&#1089;&#1090"), "Белый аист");
        assert_eq!(letters("Saker Falcon"), "Saker Falcon");
    }

    #[test]
    fn names_are_kept_for_taxa_of_the_backbone_only() {
        let backbone = Backbone::from_tables(TAXA, "", "").unwrap();
        let mut book = Book::new(&backbone);
        for (taxon, language, name) in [
            ("Falco cherrug", Language::Chinese, "猎隼（鸽鹘）"),
            ("Falco cherrug", Language::Chinese, "lie sun"),
            ("Falco cherrug", Language::English, "  Saker \u{3000} Falcon* "),
            ("Falco cherrug", Language::English, "saker falcon"),
            ("Falco cherrug", Language::English, "Saker"),
            ("Falco cherrug", Language::English, "a third"),
            ("Falco nemo", Language::English, "Nobody"),
        ] {
            book.add(Kingdom::Animalia, taxon, language, name, "x");
        }
        let csv = String::from_utf8(book.csv().unwrap()).unwrap();
        let expected = "kingdom,taxon,language,name,source\nAnimalia,Falco cherrug,zh,猎隼,x\n\
                        Animalia,Falco cherrug,en,Saker Falcon,x\nAnimalia,Falco cherrug,en,Saker,x\n";
        assert_eq!(csv, expected);
        assert_eq!((book.kept, book.surplus, book.elsewhere), (3, 2, 2));
    }
}
