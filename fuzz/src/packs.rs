//! Packs of countries and regions. A line `=== file` begins each file of the pack.

use cites::Day;
use law::TableError;
use law::pack::{Asked, Pack, PackTables};

use crate::{book, parts};

const ON: Day = Day::new(2026, 3, 5);

/// A pack loads, or every fault names the file, the line and the column; what it answers does not hang on how
/// often it is asked.
pub fn packs(bytes: &[u8]) {
    let text = parts::text(bytes);
    let files = parts::parts(&text);
    let tables = PackTables::new("example", files.iter().copied());
    let backbone = book::small_backbone();
    match Pack::from_tables(&tables, backbone) {
        Err(faults) => faults.iter().for_each(|fault| told(&files, fault)),
        Ok(pack) => {
            let saiga = backbone.find(None, "Saiga tatarica");
            let lineage: Vec<_> = saiga.iter().flat_map(|taxon| backbone.lineage(*taxon)).collect();
            let asked = Asked::of(&lineage, ON);
            let ask = || {
                let ports: Vec<_> =
                    pack.ports().iter().map(|port| format!("{:?}", pack.port_open(&port.id, ON))).collect();
                format!(
                    "{:?} {:?} {:?} {:?} {:?} {ports:?}",
                    pack.national_class(&asked),
                    pack.medicinal_class(&asked),
                    pack.prohibitions(&asked),
                    pack.carried_ban(&asked),
                    pack.commodity_hint("0507.10"),
                )
            };
            assert_eq!(ask(), ask());
            for port in pack.ports() {
                assert!(pack.port_states(port, ON).count() > 0, "{}: a port is open or not", port.id);
            }
        }
    }
}

fn told(files: &[(&str, &str)], fault: &TableError) {
    let name = fault.table.strip_prefix("example/");
    assert!(name.is_some(), "{fault}");
    let text = files.iter().rev().find(|(file, _)| Some(*file) == name).map_or("", |(_, text)| *text);
    assert!((1..=parts::lines(text)).contains(&fault.line), "{fault}");
    assert!(!fault.problem.is_empty());
}
