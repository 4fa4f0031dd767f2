//! The plants of 2021, out of one transcription.
//!
//! The list's last note says that only wild plants in the sense of the Regulation on Wild Plants are meant,
//! so every entry has the scope `wild`. A few algae, a blue-green alga and fungi stand in the list of plants.

use std::path::Path;

use anyhow::Result;

use super::corrections::Corrections;
use super::national::Entry;
use super::place::{Place, Places};
use super::table::{self, Row};

const KINGDOM: &str = "Plantae";

/// Reads the transcription below `lists`.
///
/// # Errors
/// The file cannot be read, or a family has no place.
pub fn read(lists: &Path, places: &Places, corrections: &mut Corrections) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for row in table::rows(&lists.join("plants_2021_derived_from_docx.csv"))? {
        if corrections.value(KINGDOM, &row.get("scientific_name"), "drop").is_none() {
            entries.push(entry(&row, places, corrections)?);
        }
    }
    Ok(entries)
}

fn entry(row: &Row, places: &Places, corrections: &mut Corrections) -> Result<Entry> {
    let as_listed = row.get("scientific_name");
    let mut mend = |field: &str| corrections.value(KINGDOM, &as_listed, field);
    let corrected = mend("taxon");
    let name = Name::parse(corrected.as_deref().unwrap_or(&as_listed));
    let (name_zh, bracketed) = chinese_names(&row.get("name_zh"));
    let note = scope_note(row, &bracketed);
    let family_zh = mend("family_zh").unwrap_or_else(|| row.get("family_zh"));
    let (family, order) = places.family(KINGDOM, &family_zh)?;
    let genus = if name.rank == "family" { "" } else { name.taxon.split(' ').next().unwrap_or_default() };
    let listed = Place { order, family, ..Place::default() };
    Ok(Entry {
        kingdom: KINGDOM,
        class: if row.get("level_I").is_empty() { "II" } else { "I" }.to_owned(),
        side: if row.get("agriculture_dept_flag").is_empty() { "forestry" } else { "agriculture" },
        scope: "wild",
        scope_note: note,
        name_zh,
        other_zh: if bracketed.contains("所有种") { String::new() } else { bracketed },
        part_of: mend("part_of").unwrap_or_default(),
        place: places.of(KINGDOM, genus, listed),
        as_listed: as_listed.clone(),
        rank: name.rank,
        section: name.section,
        except: name.except,
        taxon: name.taxon,
        from: "2021-09-07",
        source: "NFGA and MARA, announcement 2021 No. 15",
        confidence: if corrected.is_some() { "D" } else { "F" },
    })
}

/// The name before the bracket, and what stands in it.
fn chinese_names(written: &str) -> (String, String) {
    let (name, rest) = written.split_once('（').unwrap_or((written, ""));
    (name.to_owned(), rest.split('）').next().unwrap_or_default().to_owned())
}

fn scope_note(row: &Row, bracketed: &str) -> String {
    let group = row.get("group");
    let mut notes = Vec::new();
    if group.starts_with("藻类") || group.starts_with("真菌") {
        notes.push("counted among plants by the list");
    }
    if bracketed.contains("所有种") {
        notes.push(bracketed);
    }
    notes.join("; ")
}

/// A scientific name taken apart.
struct Name {
    taxon: String,
    rank: &'static str,
    section: String,
    except: String,
}

impl Name {
    /// Takes apart `Genus epithet`, `Genus spp.`, `Genus sect. Section spp. （excl. …）`.
    fn parse(written: &str) -> Name {
        let written = written.replace('ë', "e");
        let (head, excluded) = written.split_once("（excl.").unwrap_or((&written, ""));
        let head = head.trim();
        let Some(group) = head.strip_suffix(" spp.") else {
            let rank = match head {
                name if name.contains(" var. ") => "variety",
                name if name.contains(" subsp. ") => "subspecies",
                _ => "species",
            };
            return Name { taxon: bare(head), rank, section: String::new(), except: String::new() };
        };
        let (taxon, section) = group.split_once(" sect. ").unwrap_or((group, ""));
        let rank = if taxon.ends_with("aceae") { "family" } else { "genus" };
        let except = whole_names(taxon, excluded.trim_end_matches('）'));
        Name { taxon: taxon.to_owned(), rank, section: section.to_owned(), except }
    }
}

/// The name without marks of rank and hybrid, as the tree of taxa writes it.
fn bare(name: &str) -> String {
    let words = name.split(' ').filter(|word| !matches!(*word, "var." | "subsp." | "×"));
    words.collect::<Vec<_>>().join(" ")
}

/// `C. insigne， C. wenshanense` as whole names: an initial stands for the genus last named.
fn whole_names(genus: &str, excluded: &str) -> String {
    let mut last = genus.to_owned();
    let names = excluded.split([',', '，', '&']).map(str::trim).filter(|name| !name.is_empty());
    let whole = names.map(|name| {
        let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
        if !first.ends_with('.') {
            last = first.to_owned();
        }
        bare(&format!("{last} {rest}"))
    });
    whole.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_initial_stands_for_the_genus_last_named() {
        let except = |written: &str| Name::parse(written).except;
        assert_eq!(
            except("Cyatheaceae spp. （excl. Alsophila metteniana & A. denticulata）"),
            "Alsophila metteniana;Alsophila denticulata"
        );
        assert_eq!(except("Paris spp. （excl. P. verticillata）"), "Paris verticillata");
    }

    #[test]
    fn marks_of_rank_and_hybrid_stay_in_the_listed_name_only() {
        let name = Name::parse("Rosa chinensis var. spontanea");
        assert_eq!((name.taxon.as_str(), name.rank), ("Rosa chinensis spontanea", "variety"));
        assert_eq!(Name::parse("Populus × irtyschensis").taxon, "Populus irtyschensis");
    }

    #[test]
    fn a_section_stands_on_its_genus() {
        let name = Name::parse("Camellia sect. Chrysantha spp.");
        assert_eq!(
            (name.taxon.as_str(), name.rank, name.section.as_str()),
            ("Camellia", "genus", "Chrysantha")
        );
    }
}
