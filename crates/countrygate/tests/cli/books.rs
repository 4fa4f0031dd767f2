//! A book laid over the shipped one, and imported names.

use std::path::Path;

use crate::run::{run, run_with};

const LISTINGS: &str = include_str!("../../../../data/law/listings.csv");
const SUSPENSIONS: &str = include_str!("../../../../data/law/suspensions.csv");

fn write(folder: &Path, path: &str, text: &[u8]) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_table_goes_before_the_shipped_one() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().to_str().unwrap();
    let with = |taxon: &str| {
        let row = format!("later,Animalia,species,{taxon},II,,,,,,,2027-01-01,,,,,,test,test,F,2026-11-24\n");
        write(folder.path(), "law/listings.csv", format!("{LISTINGS}{row}").as_bytes());
        run(&["law", "show", "Canis latrans", "--book", book, "--on", "2026-11-24"])
    };
    let refused = with("Canis nemo");
    assert_eq!(refused.code, 1);
    let line = LISTINGS.lines().count() + 1;
    let expected = format!("law/listings.csv line {line}, column taxon: `Canis nemo` is not in taxa.csv");
    assert!(refused.err.contains(&expected), "{}", refused.err);
    let shown = with("Canis");
    assert!(shown.out.contains("From 1 January 2027: Canis is in Appendix II"), "{}{}", shown.out, shown.err);
    let doctor = run(&["doctor", "--book", book]);
    assert!(doctor.out.contains("law/listings.csv *"), "{}", doctor.out);
}

#[test]
fn faults_of_a_book_are_told_with_line_and_column() {
    let first = |text: &str| LISTINGS.lines().next().unwrap().to_owned() + "\n" + text;
    let row = |days: &str| format!("a,Animalia,species,Falco cherrug,II,,,,,,,{days},example,F,2026-11-24\n");
    for (text, expected) in [
        (first(&row("2021-02-30,,,,,,x")), "line 2, column from: `2021-02-30` is not in the calendar"),
        (first(&row("2021-02-28,,,2021-02-01,,,x")), "line 2, column until: the entry ends before it begins"),
        (
            first(&row("2021-02-28,,,,,,x").replace(",II,", ",IV,")),
            "line 2, column appendix: `IV` is not an appendix",
        ),
        (first(&row("2021-02-28,,,,,,x").replace("example", "")), "line 2, column source: the cell is empty"),
        (
            first(&(row("2021-02-28,,,,,,x") + &row("2021-03-01,,,,,,x").replace("a,Ani", "b,Ani"))),
            "still in force when `b` begins",
        ),
        (first("a,b\n"), "line 2, column row: the row has 2 cells"),
        ("id,kingdom\n".to_owned(), "line 1, column taxon: the column is missing"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "law/listings.csv", text.as_bytes());
        let run = run(&["doctor", "--book", folder.path().to_str().unwrap()]);
        assert_eq!(run.code, 1, "{expected}");
        assert!(run.err.contains(expected), "{expected}: {}", run.err);
    }
}

#[test]
fn an_office_confirms_the_end_of_a_suspension() {
    let header = SUSPENSIONS.lines().next().unwrap();
    let shipped = SUSPENSIONS.lines().find(|line| line.starts_with("kz.huso-huso.")).unwrap();
    let confirmed =
        shipped.replace(",2013-09-01,", ",,").replacen(",2013-05-02,,", ",2013-05-02,2020-01-01,", 1);
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().to_str().unwrap();
    let ask = || run(&["law", "show", "Huso huso", "--origin", "KZ", "--on", "2024-01-01", "--book", book]);
    write(
        folder.path(),
        "office/law/suspensions.csv",
        format!("{header},person,day\n{confirmed},,2026-02-01\n").as_bytes(),
    );
    let unnamed = ask();
    assert_eq!(unnamed.code, 1);
    assert!(unnamed.err.contains("office/law/suspensions.csv line 2, column person"), "{}", unnamed.err);
    write(
        folder.path(),
        "office/law/suspensions.csv",
        format!("{header},person,day\n{confirmed},A. Officer,2026-02-01\n").as_bytes(),
    );
    let ended = ask();
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!ended.out.contains("of Huso huso has been suspended"), "{}", ended.out);
    write(folder.path(), "office/law/listings.csv", b"id\n");
    assert!(ask().err.contains("office/law/listings.csv: an office confirms rows of"));
}

#[test]
fn a_table_in_the_wrong_place_is_told() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "law/listing.csv", LISTINGS.as_bytes());
    let run = run(&["doctor", "--book", folder.path().to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("`law/listing.csv` takes the place of no table"), "{}", run.err);
}

#[test]
fn an_office_confirms_a_designated_port() {
    let folder = tempfile::tempdir().unwrap();
    let header = include_str!("../../../../data/packs/china/designated_ports.csv").lines().next().unwrap();
    let columns: Vec<&str> = header.split(',').collect();
    let row = |day: &str| {
        let cells = columns.iter().map(|column| match *column {
            "port" => "horgos",
            "designated" => "yes",
            "from" | "checked" => "2026-02-01",
            "source" => "letter of the office",
            "confidence" => "F",
            _ => "",
        });
        format!("{header},person,day\n{},A. Officer,{day}\n", cells.collect::<Vec<_>>().join(","))
    };
    let doctor = || run(&["doctor", "--book", folder.path().to_str().unwrap()]);
    write(folder.path(), "office/packs/xinjiang/designated_ports.csv", row("2026-02-02").as_bytes());
    let confirmed = doctor();
    assert_eq!(confirmed.code, 0, "{}", confirmed.err);
    assert!(confirmed.out.contains("office/packs/xinjiang/designated_ports.csv *"), "{}", confirmed.out);
    write(folder.path(), "office/packs/xinjiang/designated_ports.csv", row("2026-02-30").as_bytes());
    let wrong = doctor();
    assert_eq!(wrong.code, 1);
    let expected = "office/packs/xinjiang/designated_ports.csv line 2, column day";
    assert!(wrong.err.contains(expected), "{}", wrong.err);
}

#[test]
fn folders_that_hold_nothing_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().to_str().unwrap();
    let gone = folder.path().join("gone");
    let run_book = run(&["doctor", "--book", empty]);
    assert_eq!(run_book.code, 1);
    assert!(run_book.err.contains("holds no table of a law book"), "{}", run_book.err);
    let run_gone = run(&["doctor", "--book", gone.to_str().unwrap()]);
    assert!(run_gone.code == 1 && run_gone.err.contains("opening the folder"), "{}", run_gone.err);
    let data = run(&["species", "Falco", "--data", gone.to_str().unwrap()]);
    assert!(data.code == 1 && data.err.contains("is no folder; create it"), "{}", data.err);
}

const INDEX: &str = "TaxonId,Kingdom,Phylum,Class,Order,Family,Genus,FullName,AuthorYear,RankName,CurrentListing,SynonymsWithAuthors,All_DistributionISOCodes\n\
    1,Animalia,Chordata,Aves,Falconiformes,Falconidae,Falco,Falco cherrug,\"Gray, 1834\",SPECIES,II,\"Falco saqer Gmelin, 1788\",\"CN, KZ, MN\"\n\
    2,Animalia,Chordata,Aves,Falconiformes,Falconidae,Falco,Falco novus,\"Nobody, 2020\",SPECIES,I,,KZ\n\
    3,Animalia,Chordata,Aves,Falconiformes,Falconidae,Falco,,,SPECIES,II,,KZ\n";

#[test]
fn the_same_download_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("index.csv");
    std::fs::write(&file, INDEX).unwrap();
    let import = || {
        run(&[
            "data",
            "import",
            file.to_str().unwrap(),
            "--data",
            data.to_str().unwrap(),
            "--on",
            "2017-04-21",
        ])
    };
    let first = import();
    assert_eq!(first.code, 10, "{}{}", first.out, first.err);
    for expected in
        ["2 of 3 rows read", "2 added", "1 agree, 1 differ", "line 4, column FullName: no name", "written"]
    {
        assert!(first.out.contains(expected), "{expected}: {}", first.out);
    }
    let names = std::fs::read(data.join("names.cgn")).unwrap();
    let second = import();
    assert!(second.out.contains("0 added, 0 changed, 2 unchanged"), "{}", second.out);
    assert!(second.out.contains("nothing changed"), "{}", second.out);
    assert_eq!(std::fs::read(data.join("names.cgn")).unwrap(), names);
    let found = run_with(
        &["law", "status", "--data", data.to_str().unwrap(), "--on", "2017-04-21"],
        b"Falco novus\n",
    );
    assert_eq!(found.rows()[0][1..4], ["Falco novus", "exact", "II"]);
}

#[test]
fn what_is_no_official_download_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.csv");
    let import = |bytes: &[u8]| {
        std::fs::write(&file, bytes).unwrap();
        run(&["data", "import", file.to_str().unwrap(), "--data", folder.path().to_str().unwrap()])
    };
    for (bytes, expected) in [
        (&b"a,b\n1,2\n"[..], "no official download that is known"),
        (b"", "no official download that is known"),
        (b"PK\x03\x04\0\0\0", "a zero byte"),
        (b"FullName\n\xC1\xD4\xF6\xC0\n", "line 2, byte 1: not UTF-8"),
    ] {
        let run = import(bytes);
        assert_eq!(run.code, 1, "{expected}: {}", run.out);
        assert!(run.err.contains(expected), "{expected}: {}", run.err);
    }
    let nowhere = run(&["data", "import", "nowhere.csv"]);
    assert!(nowhere.code == 1 && nowhere.err.contains("reading `nowhere.csv`"), "{}", nowhere.err);
    std::fs::write(&file, INDEX).unwrap();
    let homeless = run(&["data", "import", file.to_str().unwrap()]);
    assert!(homeless.code == 1 && homeless.err.contains("add `--data DIR`"), "{}", homeless.err);
}

#[test]
fn damaged_names_are_an_error_and_can_be_imported_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let file = folder.path().join("index.csv");
    std::fs::write(&file, INDEX).unwrap();
    run(&["data", "import", file.to_str().unwrap(), "--data", data]);
    let names = folder.path().join("names.cgn");
    let bytes = std::fs::read(&names).unwrap();
    std::fs::write(&names, &bytes[..bytes.len() / 2]).unwrap();
    let asked = run(&["species", "Falco", "--data", data]);
    assert!(asked.code == 1 && asked.err.contains("import the official download again"), "{}", asked.err);
    let doctor = run(&["doctor", "--data", data]);
    assert!(doctor.code == 10 && doctor.out.contains("cannot be used"), "{}", doctor.out);
    let again = run(&["data", "import", file.to_str().unwrap(), "--data", data]);
    assert!(again.out.contains("2 added"), "{}", again.out);
    assert_eq!(std::fs::read(&names).unwrap(), bytes);
}

#[test]
fn quotas_and_suspensions_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let quotas = folder.path().join("quotas.csv");
    std::fs::write(&quotas, "Kingdom,Full Name,Rank,party,year,quota,unit,Terms,Sources\nAnimalia,Abronia aurita,SPECIES,Guatemala,2021,0,,,W\nAnimalia,Abronia aurita,SPECIES,Guatemala,2021,7,,,W\nAnimalia,Falco cherrug,SPECIES,Mongolia,1900,1,,,\nAnimalia,Falco cherrug,SPECIES,Mongolia,2000,-5,,,\n").unwrap();
    let run = run(&["data", "import", quotas.to_str().unwrap(), "--format", "json"]);
    assert_eq!(run.code, 10, "{}", run.err);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let file = &report["files"][0];
    assert_eq!(file["format"], "Species+ quotas");
    let count = |key: &str| file[key].as_array().map(Vec::len);
    assert_eq!(
        (file["agreeing"].as_u64(), count("differing"), count("unknown")),
        (Some(1), Some(1), Some(1)),
        "{}",
        run.out
    );
    assert_eq!(count("problems"), Some(1));
}
