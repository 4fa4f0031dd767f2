//! The Index of CITES Species of 21 April 2017: every name stands where the Index puts it.
//!
//! The Index is not part of the tree: `COUNTRYGATE_REFERENCE` names the folder of reference data, the default
//! lies beside the tree. Without it the test says so and checks nothing. Rows that are known to differ, with
//! their causes, are the business of `cargo xtask agreement`.

use std::io::Read;
use std::path::PathBuf;

const DAY: &str = "2017-04-21";

/// The least share of rows that must agree, with the names imported and without.
const LEAST_IMPORTED: f64 = 99.8;
const LEAST_SHIPPED: f64 = 98.5;

fn index() -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let folder = std::env::var_os("COUNTRYGATE_REFERENCE").map_or_else(|| beside.into(), PathBuf::from);
    let path = folder.join("listings/Index_of_CITES_Species_2017-04-21.csv.gz");
    let Ok(file) = std::fs::File::open(&path) else {
        eprintln!("NOT CHECKED: `{}` is not there; set COUNTRYGATE_REFERENCE", path.display());
        return None;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    Some(text)
}

#[test]
fn names_stand_where_the_index_puts_them() {
    let Some(text) = index() else { return };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |column: &str| header.iter().position(|name| name == column).unwrap();
    let (name, listing) = (place("FullName"), place("CurrentListing"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let names: String = rows.iter().map(|row| format!("{}\n", &row[name])).collect();
    let folder = tempfile::tempdir().unwrap();
    let (file, data) = (folder.path().join("index.csv"), folder.path().join("data"));
    std::fs::write(&file, &text).unwrap();
    let data = data.to_str().unwrap();
    let imported = crate::run::run(&["data", "import", file.to_str().unwrap(), "--data", data, "--on", DAY]);
    assert!(imported.out.contains("written"), "{}{}", imported.out, imported.err);

    let share = |arguments: &[&str]| {
        let run =
            crate::run::run_with(&[&["law", "status", "--on", DAY], arguments].concat(), names.as_bytes());
        let answers = run.rows();
        assert_eq!(answers.len(), rows.len());
        let agrees = |(row, answer): &(&csv::StringRecord, &Vec<String>)| {
            let expected = if row[listing].is_empty() { "NC" } else { &row[listing] };
            answer[3] == expected
        };
        let right = rows.iter().zip(&answers).filter(agrees).count();
        100.0 * right as f64 / rows.len() as f64
    };
    let (with, without) = (share(&["--data", data]), share(&[]));
    println!(
        "Index of {DAY}, {} rows: {with:.3} % with the names imported, {without:.3} % with the shipped tables",
        rows.len()
    );
    assert!(with >= LEAST_IMPORTED, "{with:.3} %");
    assert!(without >= LEAST_SHIPPED, "{without:.3} %");
}
