//! `species` against real data: the shipped tables, the Index of 2017, the trade records of 2001 to 2012.
//!
//! The reference data lie outside the project (`COUNTRYGATE_REFERENCE`, else `../shared/data` beside the
//! workspace). Where they are missing the tests say so and pass: the same code runs on fixtures elsewhere.
#![cfg(test)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use species::imported::{NameSet, write};
use species::{Backbone, Doubt, Hint, ImportedNames, Language, MatchKind, Names, Placement, import};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A reference file as text, unpacked by `gzip` where it is packed; `None`, said loudly, where it is missing.
fn reference(file: &str) -> Option<String> {
    let folder = std::env::var_os("COUNTRYGATE_REFERENCE");
    let path = folder.map_or_else(|| workspace().join("../shared/data"), PathBuf::from).join(file);
    if !path.is_file() {
        eprintln!("SKIPPED: no reference file `{}`; set COUNTRYGATE_REFERENCE to its folder", path.display());
        return None;
    }
    let unpacked =
        Command::new("gzip").arg("-dcf").arg(&path).output().expect("gzip unpacks the reference data");
    assert!(unpacked.status.success(), "`{}` does not unpack", path.display());
    Some(String::from_utf8(unpacked.stdout).expect("reference data are UTF-8"))
}

fn shipped() -> Backbone {
    let table = |name: &str| {
        std::fs::read_to_string(workspace().join("data/species").join(name)).expect("a shipped table")
    };
    let backbone =
        Backbone::from_tables(&table("taxa.csv"), &table("synonyms.csv"), &table("vernacular.csv"));
    let backbone = backbone.and_then(|backbone| backbone.with_domesticated(&table("domesticated.csv")));
    backbone.unwrap_or_else(|errors| panic!("{} faults, the first: {}", errors.len(), errors[0]))
}

fn index_file(index: &str) -> Vec<u8> {
    let mut set = NameSet::default();
    set.merge(&import::index_csv(index).unwrap().rows);
    write(&set)
}

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

const INDEX: &str = "listings/Index_of_CITES_Species_2017-04-21.csv.gz";

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

#[test]
fn every_name_of_the_index_resolves_with_it_imported() {
    let Some(index) = sampled_index() else { return };
    let (backbone, file) = (shipped(), index_file(&index));
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
    let (backbone, file) = (shipped(), index_file(&index));
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

/// A small generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }

    fn slip(&mut self, name: &str) -> String {
        let mut letters: Vec<u8> = name.bytes().collect();
        let at = 1 + self.below(letters.len() - 2);
        let letter = b'a' + self.below(26) as u8;
        match self.below(4) {
            0 => letters.insert(at, letter),
            1 => {
                letters.remove(at);
            }
            2 => letters[at] = letter,
            _ => letters.swap(at, at + 1),
        }
        String::from_utf8(letters).expect("ASCII")
    }
}

#[test]
fn random_slips_lead_to_the_name_or_to_a_doubt_that_names_it() {
    let Some(index) = sampled_index() else { return };
    let mut set = NameSet::default();
    let rows = import::index_csv(&index).unwrap().rows;
    set.merge(&rows);
    let (backbone, file) = (shipped(), write(&set));
    let imported = ImportedNames::open(&file).unwrap();
    let names = Names { backbone: &backbone, imported: Some(&imported) };
    let binomials: Vec<&str> = imported.taxa().unwrap().map(|taxon| taxon.name).collect();
    let binomials: Vec<&str> = binomials
        .into_iter()
        .filter(|name| name.is_ascii() && name.split(' ').count() == 2 && !name.contains('"'))
        .collect();
    let mut numbers = Numbers(1975);
    let (mut right, mut asked, mut wrong, mut silent) = (0, 0, Vec::new(), 0);
    let trials = if cfg!(debug_assertions) { 1_000 } else { 10_000 };
    for trial in 0..trials {
        let name = binomials[numbers.below(binomials.len())];
        let mut written = numbers.slip(name);
        if trial % 2 == 1 {
            written = numbers.slip(&written);
        }
        let meant = names.resolve(name);
        let found = names.resolve(&written);
        let names_it = |doubt: &Doubt| {
            let candidates = doubt.candidates().iter();
            { candidates }.any(|one| one.accepted.as_deref().unwrap_or(&one.name) == meant.accepted)
        };
        if found.accepted == meant.accepted && found.placement == meant.placement {
            right += 1;
        } else if found.doubts.iter().any(names_it) {
            asked += 1;
        } else {
            // A slip may make another known name of it; that is no near name but an exact one.
            let is_exact = matches!(found.kind, MatchKind::Exact | MatchKind::Synonym);
            silent += usize::from(found.doubts.is_empty() && !is_exact);
            wrong.push((name, written, found.kind));
        }
    }
    println!(
        "{trials} slips: {right} read right, {asked} asked about, {} missed: {:?}",
        wrong.len(),
        wrong.iter().take(20).collect::<Vec<_>>()
    );
    assert_eq!(silent, 0);
    assert!((right + asked) * 100 >= trials * 99, "{right} + {asked} of {trials}");
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
    let (backbone, file) = (shipped(), index_file(&first_rows));
    let imported = ImportedNames::open(&file).unwrap();
    let names = Names { backbone: &backbone, imported: Some(&imported) };
    let found = names.resolve("Abeillia abeillei (Lesson & DeLattre, 1839)");
    assert_eq!((found.kind, found.placement), (MatchKind::Exact, Placement::KnownMember));
    assert_eq!(found.range.map(|range| range.len()), Some(5));
    assert_eq!(names.resolve("Ornismya abeillei").kind, MatchKind::Synonym);
}
