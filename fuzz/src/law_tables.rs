//! Tables of law. The first line of an input names the table, the rest is its text.

use law::TableError;
use law::annotation::Annotations;
use law::assess::Pairs;
use law::bars::deemed::Deemed;
use law::bars::quota::Quotas;
use law::bars::quota_yearly::YearlyQuotas;
use law::bars::reservation::Reservations;
use law::bars::suspension::Suspensions;
use law::listing::Listings;
use law::table::Table;

use crate::{book, parts};

/// Populations that the tables of entries in the corpus may name.
const POPULATIONS: &str = "key,name,members,source,checked\nnorth,the north,NO SE FI,example,2026-11-24\n";

/// A table loads, or every fault is told with its line and column; line ends and a mark change nothing; its
/// cells are those that other programs read.
pub fn law_tables(bytes: &[u8]) {
    let input = parts::text(bytes);
    let (name, text) = parts::first_line(&input);
    let text = text.trim_start_matches('\u{feff}');
    let read = load(name.trim_end(), text);
    if let Err(faults) = &read {
        told(text, faults);
    }
    let same = |other: &str| assert_eq!(load(name.trim_end(), other), read, "written otherwise: {other:?}");
    same(&format!("\u{feff}{text}"));
    if !text.contains('\r') {
        same(&text.replace('\n', "\r\n"));
    }
    cells(text);
}

/// How many rows a table has, or its faults.
fn load(name: &str, text: &str) -> Result<usize, Vec<TableError>> {
    let backbone = book::small_backbone();
    match name {
        "listings" => Listings::from_tables(text, POPULATIONS, backbone).map(|table| table.all().len()),
        "populations" => {
            let empty = "id,kingdom,rank,taxon,appendix,party,population,except_population,except_taxa,annotation,note,from,from_earliest,from_latest,until,until_earliest,until_latest,event,source,confidence,checked\n";
            Listings::from_tables(empty, text, backbone).map(|table| table.all().len())
        }
        "annotations" => Annotations::from_table(text, backbone).map(|table| table.rows().len()),
        "deemed" => Deemed::from_table(text, backbone).map(|table| table.rows().len()),
        "suspensions" => Suspensions::from_table(text, backbone).map(|table| table.rows().len()),
        "quotas" => Quotas::from_table(text, backbone).map(|table| table.rows().len()),
        "quotas_yearly" => YearlyQuotas::from_table(text, backbone).map(|table| table.rows().len()),
        "reservations" => Reservations::from_table(text, backbone).map(|table| table.rows().len()),
        _ => Pairs::from_table(text).map(|_| 0),
    }
}

fn told(text: &str, faults: &[TableError]) {
    assert!(!faults.is_empty());
    for fault in faults {
        assert!((1..=parts::lines(text)).contains(&fault.line), "{fault}");
        assert!(!fault.column.is_empty() && !fault.problem.is_empty(), "{fault:?}");
    }
}

/// The cells of a table are those that the CSV library reads.
fn cells(text: &str) {
    let Ok(table) = Table::read("table.csv", text, &[]) else { return };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else { return };
    let mut others = reader.into_records();
    for row in table.rows() {
        let Some(Ok(other)) = others.next() else {
            unreachable!("a row more than others read: line {}", row.line());
        };
        for (at, column) in header.iter().enumerate() {
            if header.iter().position(|name| name == column) == Some(at) {
                assert_eq!(
                    Some(row.get(column)),
                    other.get(at).map(str::trim),
                    "{column} line {}",
                    row.line()
                );
            }
        }
    }
    assert!(others.next().is_none(), "a row less than others read");
}
