//! What a row tells, and what is said of cells that cannot be read.

use super::super::cells::Cells;
use super::*;

const TABULATION: &str = "Year,App.,Taxon,Class,Order,Family,Genus,Importer,Exporter,Origin,\
    Importer reported quantity,Exporter reported quantity,Term,Unit,Purpose,Source";
const REWRITTEN: &str = "\"\",\"year\",\"app\",\"taxon\",\"class\",\"order\",\"family\",\"genus\",\"importer\",\
    \"exporter\",\"origin\",\"importer_reported_quantity\",\"exporter_reported_quantity\",\"term\",\"unit\",\
    \"purpose\",\"source\"";

/// What a row tells, and its problems as `column: message`.
fn with<T>(header: &str, row: &str, look: impl Fn(&Told<'_>, Vec<String>) -> T) -> T {
    let layout = Layout::read(header, &super::super::layout::ADDED).unwrap();
    let mut cells = Cells::default();
    let told = read(cells.split(row, layout.delimiter), &layout);
    let problems = told.problems.iter().map(|problem| {
        let column = problem.at.map_or("row", |at| layout.name(at));
        format!("{column}: {}", problem.message)
    });
    let problems = problems.collect();
    look(&told, problems)
}

fn country(code: &[u8; 2]) -> Option<Country> {
    Some(Country::new(code))
}

#[test]
fn a_tabulation_row_is_read_with_the_sides_that_report_it() {
    let row = "2001,I,Aquila heliaca,Aves,Falconiformes,Accipitridae,Aquila,US,KZ,,100,57,specimens,,S,W";
    with(TABULATION, row, |told, problems| {
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(told.when, Some(When::Year(2001)));
        assert_eq!(
            (told.traded.purpose_export, told.traded.purpose_import),
            (Some(Purpose::Scientific), Some(Purpose::Scientific))
        );
        assert_eq!(told.traded.population(), country(b"KZ"));
        assert_eq!(told.traded.quantity.unwrap().to_string(), "100 NAR");
        assert_eq!(told.above.hint().family, "Accipitridae");
    });
    let row = "2001,II,Falco cherrug,,,,,AE,KZ,RU,,5,live,,T,W";
    with(TABULATION, row, |told, _| {
        assert_eq!(
            (told.traded.purpose_export, told.traded.purpose_import),
            (Some(Purpose::Commercial), None)
        );
        assert_eq!(told.traded.population(), country(b"RU"));
    });
}

#[test]
fn namibia_is_told_from_what_is_missing() {
    let row = "2001,II,Acinonyx jubatus,,,,,NA,NA,NA,,5,trophies,,H,W";
    with(TABULATION, row, |told, _| {
        assert_eq!([told.traded.importer, told.traded.exporter, told.traded.origin], [country(b"NA"); 3]);
    });
    let row = "\"7\",2013,\"I\",\"Acinonyx jubatus\",NA,NA,NA,NA,\"US\",NA,NA,NA,1,\"trophies\",NA,NA,\"W\"";
    with(REWRITTEN, row, |told, problems| {
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!((told.traded.exporter, told.traded.origin), (country(b"NA"), None));
        assert_eq!((told.traded.purpose_export, told.above.hint().class), (None, ""));
        assert_eq!(told.traded.quantity.unwrap().to_string(), "1 NAR");
    });
    let row = "\"7\",2013,\"I\",\"Acinonyx jubatus\",NA,NA,NA,NA,\"US\",\"ZA\",\"NA\",NA,1,\"trophies\",NA,NA,\"W\"";
    with(REWRITTEN, row, |told, _| assert_eq!(told.traded.origin, country(b"NA")));
}

#[test]
fn every_bad_cell_is_told_with_its_column() {
    let row = "20x1,IV,,,,,,U,KZ,R1,-3,1e308,unicorn,stone,X,Q";
    with(TABULATION, row, |told, problems| {
        let columns: Vec<&str> = problems.iter().filter_map(|problem| problem.split(':').next()).collect();
        let expected = [
            "Taxon",
            "Year",
            "App.",
            "Purpose",
            "Importer reported quantity",
            "Exporter reported quantity",
            "Unit",
            "Importer",
            "Origin",
            "Term",
            "Source",
        ];
        assert_eq!(columns, expected);
        assert_eq!(told.traded.population(), Some(Country::UNKNOWN));
    });
}

#[test]
fn a_row_with_other_cells_than_the_first_tells_nothing() {
    with("name,origin", "Falco cherrug", |told, problems| {
        assert_eq!(
            problems,
            ["row: the row has 1 cells, row 1 has 2; add what is missing; the file may have been cut"]
        );
        assert!(told.name.is_empty());
    });
    with("name,origin", "Falco cherrug,KZ,RU", |_, problems| assert!(problems[0].contains("3 cells")));
    with("name,origin", "Falco cherrug,KZ,,", |told, problems| {
        assert!(problems.is_empty());
        assert_eq!(told.name, "Falco cherrug");
    });
}

#[test]
fn lines_of_goods_tell_days_and_codes() {
    let header = "name,subspecies,date,importer,exporter,term,quantity,unit,purpose,source";
    with(header, "Ursus arctos,isabellinus,2026-03-05,CN,KG,SKI,2,,P,W", |told, problems| {
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(told.name, "Ursus arctos isabellinus");
        assert_eq!(told.when, Some(When::On(Day::new(2026, 3, 5))));
        assert_eq!(told.traded.purpose_import, Some(Purpose::Personal));
    });
    with(header, "Falco cherrug,,2026-02-30,CN,KG,LIV,2,KIL,P,W", |told, problems| {
        assert_eq!(problems, ["date: `2026-02-30` is not in the calendar; check the month and the day"]);
        assert_eq!(told.traded.quantity.unwrap().to_string(), "2 KGM");
    });
}

#[test]
fn lines_of_goods_tell_the_journey_and_records_do_not() {
    let header = "name,hs,direction,procedure,carrier,port";
    with(header, "Saiga tatarica,0507.90.10,import,transit,cargo,Horgos", |told, problems| {
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(told.declared.direction, Some(Direction::Import));
        assert_eq!(told.declared.procedure, Some(Procedure::Transit));
        assert_eq!(
            told.declared.hs.as_ref().map(|code| code.digits().to_owned()),
            Some("05079010".to_owned())
        );
        assert_eq!(told.declared.port.as_deref(), Some("Horgos"));
    });
    with(header, "Saiga tatarica,horn,in,,by air,", |told, problems| {
        assert_eq!(problems.len(), 3);
        assert!(problems[0].starts_with("direction: `in` is not known here; write one of "), "{problems:?}");
        assert_eq!(told.declared, Declared::default());
    });
    let row = "2005,II,Falco cherrug,,,,,AE,KZ,,,4,live,,T,W";
    with(TABULATION, row, |told, _| assert_eq!(told.declared.procedure, Some(Procedure::Ordinary)));
}

#[test]
fn characters_that_are_no_text_spoil_their_cell() {
    with("name,origin", "Falco\u{FFFD},KZ", |told, problems| {
        assert!(problems[0].starts_with("name: the cell holds bytes"));
        assert_eq!(told.traded.origin, country(b"KZ"));
    });
}
