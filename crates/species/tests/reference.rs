//! `species` against real data: the shipped tables, the Index of 2017, the trade records of 2001 to 2012.
//!
//! The reference data lie outside the project (`COUNTRYGATE_REFERENCE`, else `../shared/data` beside the
//! workspace). Where they are missing the tests say so and pass: the same code runs on fixtures elsewhere.
#![cfg(test)]

use std::collections::BTreeMap;

use species::imported::{NameSet, write};
use species::{Hint, ImportedNames, Language, MatchKind, Names, Placement, import, write_joined};

#[path = "corpus/index.rs"]
mod index;
#[path = "corpus/shipped.rs"]
mod shipped;
#[path = "corpus/slips.rs"]
mod slips;

use index::{INDEX, index_file, reference};
use shipped::shipped;

/// The Index, of which a program without optimisation takes one row of ten, and says so: reading all of it for
/// each test would take minutes.
fn sampled_index() -> Option<String> {
    let index = reference(INDEX)?;
    if !cfg!(debug_assertions) {
        return Some(index);
    }
    eprintln!("SAMPLED: one row of ten, since the program is not optimised; `--release` takes all");
    let begins_row = |line: &str| line.contains(",Animalia,") || line.contains(",Plantae,");
    let mut row = 0;
    let kept = index.split_inclusive('\n').filter(|line| {
        row += usize::from(begins_row(line));
        row % 10 == 0
    });
    Some(kept.collect())
}

#[test]
fn the_shipped_tables_are_sound() {
    let backbone = shipped();
    assert!(backbone.len() > 10_000 && backbone.synonym_count() > 5_000);
    let names = Names::shipped(&backbone);
    for taxon in backbone.taxa() {
        let found = names.resolve_with(
            backbone.name(taxon),
            Hint { kingdom: Some(backbone.kingdom(taxon)), ..Hint::default() },
        );
        let is_homonym = found.doubts.iter().any(|doubt| doubt.id() == "homonym");
        let is_form = found.excluded_form.is_some();
        assert!(found.taxon == Some(taxon) || is_homonym || is_form, "{} {found:?}", backbone.name(taxon));
    }
    let saker = names.resolve("Falco cherrug").taxon.unwrap();
    assert_eq!(backbone.vernacular(saker, Language::Chinese), Some("猎隼"));
    let lineage: Vec<&str> = backbone.lineage(saker).map(|taxon| backbone.name(taxon)).collect();
    assert_eq!(lineage.first(), Some(&"Falco cherrug"));
    assert_eq!(lineage.last(), Some(&"Animalia"));
}

#[test]
fn domesticated_forms_are_named_with_the_entry_that_excludes_them() {
    let backbone = shipped();
    let names = Names::shipped(&backbone);
    for (written, wild) in [
        ("Bos grunniens", "Bos mutus"),
        ("Bos frontalis", "Bos gaurus"),
        ("Bubalus bubalis (Linnaeus, 1758)", "Bubalus arnee"),
        ("Canis familiaris", "Canis lupus"),
        ("Canis lupus familiaris", "Canis lupus"),
        ("Canis lupus dingo", "Canis lupus"),
        ("EQUUS ASINUS", "Equus africanus"),
        ("Felis catus", "Felidae"),
    ] {
        let found = names.resolve(written);
        assert_eq!(found.kind, MatchKind::Exact, "{written}");
        assert_eq!(found.excluded_form.map(|form| backbone.name(form.wild)), Some(wild), "{written}");
    }
}

#[test]
fn the_index_is_read_whole_and_written_the_same_twice() {
    let Some(index) = reference(INDEX) else { return };
    assert_eq!(import::detect(&index), Some(import::OfficialFormat::Index));
    let read = import::index_csv(&index).unwrap();
    assert_eq!((read.seen, read.rows.len()), (38_079, 38_079));
    assert!(
        read.problems.iter().all(|problem| !problem.lost && problem.column == "All_DistributionISOCodes")
    );
    let mut set = NameSet::default();
    assert_eq!(set.merge(&read.rows).added, 38_079);
    assert!(set.synonym_count() > 32_000, "{}", set.synonym_count());
    let bytes = write(&set);
    let again = ImportedNames::open(&bytes).unwrap().to_set().unwrap();
    assert_eq!(write(&again), bytes);
    let mut twice = again;
    assert_eq!(twice.merge(&read.rows).unchanged, 38_079);
}

/// Damage anywhere in a large file is told, and as long as it is not met the answers are those of the whole file.
#[test]
fn a_changed_byte_of_a_large_file_is_told_or_not_met() {
    let Some(index) = sampled_index() else { return };
    let backbone = shipped();
    let file = index_file(&index, &backbone);
    let asked = ["Abeillia abeillei", "Ornismya abeillei", "Falco cherug", "Bulbophyllum nemo", "Aloe ferox"];
    let answers = |bytes: &[u8]| {
        let imported = ImportedNames::open(bytes)?;
        let names = Names { backbone: &backbone, imported: Some(&imported) };
        let found = asked.iter().map(|name| format!("{:?}", names.resolve(name)));
        Ok::<Vec<String>, species::ImportedError>(found.collect())
    };
    let whole = answers(&file).unwrap();
    let places = 200;
    for place in 0..places {
        let at = file.len() / places * place + place * 31 % (file.len() / places);
        let mut damaged = file.clone();
        damaged[at] ^= 1 << (place % 8);
        let checked = ImportedNames::open(&damaged).and_then(|names| names.check());
        assert!(checked.is_err(), "byte {at} of {}", file.len());
        if let Ok(found) = answers(&damaged) {
            for (found, whole) in found.iter().zip(&whole) {
                assert!(found == whole || found.contains("ImportDamaged"), "byte {at}: {found}");
            }
        }
    }
}

/// One index for both tables answers as the two do in turn: every known name, and names with a slip.
#[test]
fn the_index_joined_answers_as_two_tables_do() {
    let Some(index) = sampled_index() else { return };
    let backbone = shipped();
    let mut set = NameSet::default();
    set.merge(&import::index_csv(&index).unwrap().rows);
    let (joined, alone) = (write_joined(&set, &backbone), write(&set));
    let [joined, alone] = [&joined, &alone].map(|file| ImportedNames::open(file).unwrap());
    let known = backbone.taxa().flat_map(|taxon| {
        let synonyms = backbone.synonyms(taxon).map(|(name, _)| name).collect::<Vec<_>>();
        synonyms.into_iter().chain([backbone.name(taxon)])
    });
    let mut written: Vec<String> = alone.all_names().unwrap().chain(known).map(str::to_owned).collect();
    let mut numbers = slips::Numbers(4);
    let near: Vec<String> = written
        .iter()
        .step_by(40)
        .filter(|name| name.is_ascii() && name.len() > 3)
        .map(|name| numbers.slip(name))
        .collect();
    written.extend(near);
    let names = [&joined, &alone].map(|imported| Names { backbone: &backbone, imported: Some(imported) });
    for name in &written {
        let [found, expected] = names.map(|names| format!("{:?}", names.resolve(name)));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn every_name_of_the_index_resolves_with_it_imported() {
    let Some(index) = sampled_index() else { return };
    let backbone = shipped();
    let file = index_file(&index, &backbone);
    let imported = ImportedNames::open(&file).unwrap();
    let names = Names { backbone: &backbone, imported: Some(&imported) };
    let mut kinds: BTreeMap<MatchKindKey, usize> = BTreeMap::new();
    for taxon in imported.taxa().unwrap() {
        let hint = Hint { kingdom: Some(taxon.kingdom), ..Hint::default() };
        let found = names.resolve_with(taxon.name, hint);
        *kinds.entry(found.kind.as_str()).or_default() += 1;
        assert!(matches!(found.kind, MatchKind::Exact | MatchKind::Synonym), "{} {found:?}", taxon.name);
        let with_author = names.resolve_with(&format!("{} {}", taxon.name, taxon.author), hint);
        assert_eq!(
            (with_author.taxon, with_author.accepted),
            (found.taxon, found.accepted),
            "{} {}",
            taxon.name,
            taxon.author
        );
    }
    println!("{kinds:?}");
}

type MatchKindKey = &'static str;

#[test]
fn every_row_of_the_trade_records_resolves() {
    let (Some(index), Some(tally)) = (sampled_index(), trade()) else { return };
    let backbone = shipped();
    let file = index_file(&index, &backbone);
    let imported = ImportedNames::open(&file).unwrap();
    let names = Names { backbone: &backbone, imported: Some(&imported) };
    let (mut rows, mut resolved, mut fuzzy) = (0, 0, 0);
    for ([taxon, class, order, family, genus], count) in &tally {
        let hint = Hint { kingdom: None, class, order, family, genus };
        let found = names.resolve_with(taxon, hint);
        rows += count;
        resolved += if found.is_resolved() { *count } else { 0 };
        fuzzy += if found.kind == MatchKind::Fuzzy { *count } else { 0 };
        if !found.is_resolved() {
            println!("not resolved: {taxon} ({count} rows): {:?}", found.doubts);
        }
    }
    println!(
        "{rows} rows of {} names: {resolved} resolved, {fuzzy} of them through a near name",
        tally.len()
    );
    assert_eq!(rows, 366_240);
    // The aim is 99.9 %; all are reached.
    assert_eq!(resolved, rows);
    assert!(fuzzy * 5_000 < rows, "names of official records are seldom misspelt: {fuzzy}");
}

/// How many rows of the trade records name a taxon with its class, order, family and genus.
fn trade() -> Option<BTreeMap<[String; 5], usize>> {
    let mut tally = BTreeMap::new();
    for year in 2001..=2012 {
        let text = reference(&format!("trade/cites_{year}.csv.gz"))?;
        for line in text.lines().skip(1) {
            let mut cells = line.split(',').skip(2).map(str::to_owned);
            let key = [(); 5].map(|()| cells.next().unwrap_or_default());
            *tally.entry(key).or_default() += 1;
        }
    }
    Some(tally)
}

#[test]
fn a_real_species_that_is_not_shipped_is_hardly_ever_taken_for_another() {
    let Some(index) = sampled_index() else { return };
    let backbone = shipped();
    let names = Names::shipped(&backbone);
    let rows = import::index_csv(&index).unwrap().rows;
    let found = rows.iter().map(|row| (row, names.resolve(&row.name.name)));
    let fuzzy: Vec<String> = { found }
        .filter(|(_, found)| found.kind == MatchKind::Fuzzy)
        .map(|(row, found)| format!("{} read as {}", row.name.name, found.accepted))
        .collect();
    println!("{} of {}: {fuzzy:?}", fuzzy.len(), rows.len());
    assert!(fuzzy.len() <= 12, "{fuzzy:?}");
}

#[test]
fn other_downloads_are_read_row_by_row() {
    // Rows seen, rows read; the others are lost with a problem each.
    for (file, format, seen, kept) in [
        // Some rows have no amount at all; none published would be -1.
        ("rules/quotas_1997_2013.csv.gz", import::OfficialFormat::Quotas, 15_859, 15_733),
        ("rules/cites_quotas_reptilia_1997-2022_coded.csv.gz", import::OfficialFormat::Quotas, 7_761, 7_761),
        ("rules/sapi_quotas.csv", import::OfficialFormat::Quotas, 72, 72),
        ("rules/sapi_exemptions.csv", import::OfficialFormat::Suspensions, 275, 275),
        (
            "listings/history_1975_2013/suspensions_2013_cr_line_ends.csv",
            import::OfficialFormat::Suspensions,
            150,
            150,
        ),
    ] {
        let Some(text) = reference(file) else { return };
        assert_eq!(import::detect(&text), Some(format), "{file}");
        let (rows, problems, found) = match format {
            import::OfficialFormat::Quotas => {
                let read = import::quotas_csv(&text).unwrap();
                (read.rows.len(), read.problems, read.seen)
            }
            _ => {
                let read = import::suspensions_csv(&text).unwrap();
                (read.rows.len(), read.problems, read.seen)
            }
        };
        let lost = problems.iter().filter(|problem| problem.lost).count();
        println!("{file}: {found} rows, {rows} read, {} problems", problems.len());
        assert_eq!((found, rows, lost), (seen, kept, seen - kept), "{file} {:?}", problems.first());
    }
}

#[test]
fn hybrids_of_the_trade_records_resolve_to_their_genus_or_family() {
    let Some(table) = reference("names/hybrids_cr_line_ends.csv") else { return };
    let backbone = shipped();
    let names = Names::shipped(&backbone);
    let mut unresolved = Vec::new();
    for line in table.split(['\r', '\n']).skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        let found = names.resolve(cells[1]);
        assert!(found.hybrid.is_some(), "{} {found:?}", cells[1]);
        if found.kind != MatchKind::Hybrid {
            unresolved.push(cells[1].to_owned());
        }
    }
    println!("hybrids whose anchor is in no table: {unresolved:?}");
    assert!(unresolved.len() <= 25, "{unresolved:?}");
}

#[test]
fn placement_of_an_imported_name_says_it_is_known() {
    let Some(index) = reference(INDEX) else { return };
    let first_rows: String = index.split_inclusive('\n').take(200).collect();
    let backbone = shipped();
    let file = index_file(&first_rows, &backbone);
    let imported = ImportedNames::open(&file).unwrap();
    let names = Names { backbone: &backbone, imported: Some(&imported) };
    let found = names.resolve("Abeillia abeillei (Lesson & DeLattre, 1839)");
    assert_eq!((found.kind, found.placement), (MatchKind::Exact, Placement::KnownMember));
    assert_eq!(found.range.map(|range| range.countries().len()), Some(5));
    assert_eq!(names.resolve("Ornismya abeillei").kind, MatchKind::Synonym);
}
