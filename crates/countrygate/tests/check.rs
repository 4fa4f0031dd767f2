//! `countrygate check` as a user runs it: every kind of table, every encoding, every kind of bad input.

#![cfg(test)]

#[path = "check/run.rs"]
mod run;

use run::{Ran, check, check_bytes};

const TABULATION: &str = "Year,App.,Taxon,Class,Order,Family,Genus,Importer,Exporter,Origin,\
    Importer reported quantity,Exporter reported quantity,Term,Unit,Purpose,Source";

const ADDED: &str = "matched_taxon,match,law_appendix,agrees,verdict,documents,rules";

const SAKER: &str = "2005,II,Falco cherrug,Aves,Falconiformes,Falconidae,Falco,AE,KZ,,,4,live,,T,W";
const GYRFALCON: &str = "2005,II,Falco rusticolus,Aves,Falconiformes,Falconidae,Falco,AE,RU,,,4,live,,T,W";

fn table(rows: &[&str]) -> String {
    let mut text = TABULATION.to_owned();
    for row in rows {
        text.push('\n');
        text.push_str(row);
    }
    text + "\n"
}

/// The cells that the answer added to each row, up to `agrees`.
fn answers(ran: &Ran) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
    let width = reader.headers().unwrap().len();
    let first = width - 7;
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| (first..first + 4).map(|at| row[at].to_owned()).collect::<Vec<_>>().join(",")).collect()
}

#[test]
fn a_tabulation_keeps_its_columns_and_gains_seven() {
    let ran = check("a.csv", &table(&[SAKER, GYRFALCON]), &["--format", "csv"]);
    assert_eq!(ran.out.lines().next().unwrap(), format!("{TABULATION},{ADDED}"));
    assert!(ran.out.lines().nth(1).unwrap().starts_with(&format!("{SAKER},Falco cherrug,exact,II,true,")));
    assert_eq!(answers(&ran), ["Falco cherrug,exact,II,true", "Falco rusticolus,exact,I,false"]);
    assert_eq!(ran.err, "");
}

#[test]
fn a_rewritten_tabulation_tells_namibia_from_what_is_missing() {
    let text = "\"\",\"year\",\"app\",\"taxon\",\"class\",\"order\",\"family\",\"genus\",\"importer\",\"exporter\",\
        \"origin\",\"importer_reported_quantity\",\"exporter_reported_quantity\",\"term\",\"unit\",\"purpose\",\"source\"\n\
        \"1\",2013,\"I\",\"Loxodonta africana\",\"Mammalia\",\"Proboscidea\",\"Elephantidae\",\"Loxodonta\",\"US\",NA,NA,NA,2,\"meat\",NA,NA,\"W\"\n\
        \"2\",2013,\"I\",\"Loxodonta africana\",\"Mammalia\",\"Proboscidea\",\"Elephantidae\",\"Loxodonta\",\"US\",\"MZ\",NA,NA,2,\"meat\",NA,NA,\"W\"\n";
    let ran = check("a.csv", text, &["--format", "csv"]);
    assert_eq!(answers(&ran), ["Loxodonta africana,exact,II,true", "Loxodonta africana,exact,I,true"]);
    assert_eq!(ran.err, "");
}

#[test]
fn shipments_and_lines_of_goods_are_read() {
    let shipments = "Id,Year,Appendix,Taxon,Class,Order,Family,Genus,Term,Quantity,Unit,Importer,Exporter,Origin,Purpose,Source,Reporter.type\n\
        68,1998,II,Acipenser baerii,Actinopteri,Acipenseriformes,Acipenseridae,Acipenser,live,200,,PL,DE,,T,F,E\n";
    assert_eq!(answers(&check("a.csv", shipments, &["--format", "csv"])), ["Acipenser baerii,exact,II,true"]);
    let lines = "name;date;exporter;importer;term;quantity;unit;source;purpose\n\
        Falco cherrug;2026-03-05;KZ;AE;LIV;2;;W;T\n\
        \"Panax \"\"ginseng\"\"\";2026-03-05;RU;CN;ROO;2;KGM;W;T\n";
    let ran = check("a.csv", lines, &["--format", "csv"]);
    assert_eq!(
        ran.out.lines().next().unwrap(),
        format!("name,date,exporter,importer,term,quantity,unit,source,purpose,{ADDED}")
    );
    assert_eq!(answers(&ran)[0], "Falco cherrug,exact,II,");
}

#[test]
fn every_encoding_and_line_end_gives_the_same_answer() {
    let text = table(&[SAKER, &GYRFALCON.replace("live", "\"live\"")]);
    let plain = check("a.csv", &text, &["--format", "csv"]);
    let utf_16 = |text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
    };
    for bytes in [
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        utf_16(&text, b"\xFF\xFE", u16::to_le_bytes),
        utf_16(&text, b"\xFE\xFF", u16::to_be_bytes),
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
        text.trim_end().as_bytes().to_vec(),
    ] {
        let ran = check_bytes("a.csv", &bytes, &["--format", "csv"]);
        assert_eq!((&ran.out, &ran.err, ran.code), (&plain.out, &plain.err, plain.code));
    }
    let guessed = check_bytes("a.csv", &utf_16(&text, b"", u16::to_le_bytes), &["--format", "csv"]);
    assert_eq!(guessed.out, plain.out);
    assert!(guessed.err.contains("read as UTF-16LE"), "{}", guessed.err);
}

#[test]
fn chinese_in_gb18030_is_read_and_told() {
    let text = "name,exporter,importer,remark\nFalco cherrug,KZ,CN,霍尔果斯口岸\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let ran = check_bytes("a.csv", &bytes, &["--format", "csv", "--on", "2026-03-05"]);
    assert!(ran.out.contains("Falco cherrug,KZ,CN,霍尔果斯口岸,Falco cherrug,exact,II,"), "{}", ran.out);
    assert!(ran.err.contains("read as gb18030"), "{}", ran.err);
}

#[test]
fn a_cell_may_hold_line_ends_and_quotes() {
    let text =
        "name,remark,exporter\nFalco cherrug,\"two\nlines, \"\"quoted\"\"\",KZ\nFalco rusticolus,,RU\n";
    let ran = check("a.csv", text, &["--format", "csv", "--on", "2026-03-05"]);
    assert_eq!(answers(&ran), ["Falco cherrug,exact,II,", "Falco rusticolus,exact,I,"]);
    assert!(ran.out.contains("\"two\nlines, \"\"quoted\"\"\",KZ,"));
}

/// Checks bad rows, each between good ones. The good ones are answered, and the exit code says that a row
/// could not be read; the message of each bad row begins as expected.
fn bad_rows(rows: &[(String, &str)]) {
    let mut all = vec![SAKER];
    for (row, _) in rows {
        all.extend([row.as_str(), SAKER]);
    }
    let ran = check("a.csv", &table(&all), &["--format", "csv"]);
    assert_eq!(ran.code, 10, "{}", ran.err);
    let answers = answers(&ran);
    assert_eq!(answers.len(), all.len());
    for good in answers.iter().step_by(2) {
        assert_eq!(good, "Falco cherrug,exact,II,true");
    }
    let told: Vec<&str> = ran.err.lines().map(|line| line.strip_prefix("a.csv: ").unwrap()).collect();
    assert_eq!(told.len(), rows.len(), "{}", ran.err);
    for (place, ((_, message), told)) in rows.iter().zip(told).enumerate() {
        let expected = format!("row {}{message}", 2 * place + 3);
        assert!(told.starts_with(&expected), "expected {expected}, told {told}");
    }
}

#[test]
fn a_bad_cell_is_told_with_row_and_column_and_loses_no_row() {
    let rows = [
        (
            ",AE,",
            ",Ae,",
            ", column `Importer`: `Ae` is not a country code; write two capital letters, such as KZ",
        ),
        (",4,", ",-4,", ", column `Exporter reported quantity`: `-4` is negative"),
        (",4,", ",1e308,", ", column `Exporter reported quantity`: `1e308`"),
        ("2005,", "20O5,", ", column `Year`: `20O5` is not a year"),
        ("live", "unicorn", ", column `Term`: `unicorn` is not a trade term"),
        (",T,W", ",T,Q", ", column `Source`: `Q` is not a source"),
        (",T,W", ",X,W", ", column `Purpose`: `X` is not a purpose"),
        ("II,", "IV,", ", column `App.`: `IV` is not an Appendix"),
        ("Falco cherrug", "", ", column `Taxon`: the name is missing"),
        ("live,,", "live,stone,", ", column `Unit`: `stone` is not a unit"),
        ("Falco cherrug", "Falco\0cherrug", ", column `Taxon`: the cell holds bytes that are no text"),
    ];
    bad_rows(&rows.map(|(from, to, message)| (SAKER.replacen(from, to, 1), message)));
}

#[test]
fn a_row_of_another_shape_is_told_and_loses_no_other() {
    bad_rows(&[
        ("2005,II,Falco cherrug".to_owned(), ": the row has 3 cells, row 1 has 16"),
        (format!("{SAKER},more"), ": the row has 17 cells, row 1 has 16"),
        ("x".repeat(2 * 1024 * 1024), ": the row is longer than 1048576 bytes"),
        ("a,".repeat(300_000), ": the row has 300001 cells"),
        (SAKER.replace("Aves", "\"Aves"), ": a quote in cell 4 is never closed"),
    ]);
}

#[test]
fn a_file_cut_in_a_row_tells_the_cut_row() {
    let text = table(&[SAKER, SAKER]);
    let ran = check("a.csv", &text[..text.len() - 30], &["--format", "csv"]);
    assert_eq!((ran.code, answers(&ran).len()), (10, 2));
    assert!(ran.err.contains("row 3: the row has"), "{}", ran.err);
}

#[test]
fn what_is_no_table_fails_with_the_reason() {
    for (bytes, message) in [
        (&b""[..], "the file is empty"),
        (b"PK\x03\x04\x14\0", "a workbook of a spreadsheet program"),
        (b"\x1F\x8B\x08\0\0", "compressed"),
        (b"\x7FELF\x02\x01\x01\0\0\0", "zero byte"),
        (b"species,origin\nFalco cherrug,KZ\n", "no column `name` or `Taxon`"),
        (b"name,name\n", "`name` stands twice"),
        (b"name,verdict\n", "the answer adds"),
    ] {
        let ran = check_bytes("a.csv", bytes, &[]);
        assert_eq!(ran.code, 1, "{bytes:?}");
        assert!(ran.err.contains(message), "{message}: {}", ran.err);
    }
    let wide = check("a.csv", &",".repeat(1_000_000), &[]);
    assert!(wide.err.contains("1000001 cells"), "{}", wide.err);
    assert!(run::countrygate(&["check", "nowhere.csv"], b"").err.contains("cannot be opened"));
}

#[test]
fn a_file_with_many_bad_rows_tells_the_first_and_counts_the_others() {
    let rows: Vec<&str> = std::iter::repeat_n("a,b", 250).collect();
    let ran = check("a.csv", &table(&rows), &[]);
    assert_eq!(ran.err.lines().count(), 101);
    assert!(ran.err.contains("150 more such problems"), "{}", ran.err);
}

#[test]
fn text_sums_up_and_json_tells_every_row() {
    let text = table(&[SAKER, GYRFALCON, "2005,II"]);
    let summary = check("a.csv", &text, &[]).out;
    assert!(summary.contains("CITES comparative tabulation"), "{summary}");
    assert!(summary.contains("stated II   1 of 2 agree with the law (50.00 %)"), "{summary}");
    let json: serde_json::Value =
        serde_json::from_str(&check("a.csv", &text, &["--format", "json"]).out).unwrap();
    assert_eq!(json["rows"].as_array().unwrap().len(), 3);
    assert_eq!(json["rows"][1]["law_appendix"], "I");
    assert_eq!(json["rows"][1]["agrees"], false);
    assert_eq!(json["rows"][2]["problems"][0]["column"], serde_json::Value::Null);
    assert_eq!(json["totals"]["bad_rows"], 1);
    let two = run::countrygate_in(
        &[("a.csv", text.as_bytes()), ("b.csv", b"name\nFalco cherrug\n")],
        &["--format", "json"],
    );
    let list: serde_json::Value = serde_json::from_str(&two.out).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 2);
}

#[test]
fn standard_input_is_known_by_its_first_letters() {
    let ran = run::countrygate(&["check", "-", "--format", "csv"], table(&[SAKER]).as_bytes());
    assert_eq!(answers(&ran), ["Falco cherrug,exact,II,true"]);
    let json = br#"{"line": [{"name": "Falco cherrug"}]}"#;
    let ran = run::countrygate(&["check", "-", "--on", "2026-03-05"], json);
    assert!(ran.out.contains("Line 1: Falco cherrug"), "{}", ran.out);
}

/// Two live falcons bred in Kazakhstan pass through China; line 2 is a forbidden one.
const CONSIGNMENT: &str = r#"
direction = "import"
procedure = "ordinary"
carrier = "cargo"
[dates]
presented = 2025-06-20
[countries]
export = "KZ"
import = "AE"
origin = "KZ"
[purpose]
export = "T"
import = "T"
[[line]]
name = "Falco cherrug"
term = "LIV"
quantity = 2
source = "W"
[[line]]
name = "Saiga tatarica"
term = "HOR"
quantity = "30 KGM"
source = "W"
"#;

#[test]
fn a_consignment_is_read_aloud() {
    let ran = check("a.toml", CONSIGNMENT, &[]);
    assert_eq!(ran.code, 11, "{}", ran.err);
    for said in [
        "a.toml: the law of 20 June 2025 (the papers are presented)",
        "Line 1: Falco cherrug, live (LIV), 2 specimens, source W, origin KZ",
        "Verdict: PROHIBITED, documents missing",
        "It is in Appendix II.",
        "Export permit of Kazakhstan (KZ): MISSING",
        "A zero quota is in force for this export.",
        "[zero-quota]",
        "Ask the authority of United Arab Emirates (AE)",
        "The consignment: PROHIBITED, documents missing",
    ] {
        assert!(ran.out.contains(said), "{said} is not in\n{}", ran.out);
    }
    assert!(!ran.out.contains('\u{1B}'), "no colour away from a terminal");
    assert!(check("a.toml", CONSIGNMENT, &["--color", "always"]).out.contains("\u{1B}[1;31mPROHIBITED"));
}

#[test]
fn a_consignment_is_a_document_for_programs() {
    let ran = check("a.toml", CONSIGNMENT, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((json["verdict"].as_str(), json["on"].as_str()), (Some("prohibited"), Some("2025-06-20")));
    let line = &json["lines"][1];
    assert_eq!(
        (line["matched_taxon"].as_str(), line["appendix"][0].as_str()),
        (Some("Saiga tatarica"), Some("II"))
    );
    let worst = &line["findings"][0];
    assert_eq!((worst["rule"].as_str(), worst["met"].as_bool()), (Some("zero-quota"), Some(true)));
    assert!(worst["rests_on"].as_array().unwrap().iter().any(|row| row["fact"] == "quota"));
    assert_eq!(line["documents"][0]["kind"], "export-permit");
    assert_eq!(line["documents"][0]["state"], "missing");
    let csv = check("a.toml", CONSIGNMENT, &["--format", "csv"]).out;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[1][0], &rows[1][4], &rows[1][5]), ("2", "II", "prohibited"));
}

#[test]
fn the_day_of_the_law_can_be_told() {
    let ran = check("a.toml", CONSIGNMENT, &["--on", "2019-11-25", "--format", "csv"]);
    assert!(ran.out.contains("may-cross-with-documents"), "{}", ran.out);
    assert_eq!(ran.code, 10);
}

#[test]
fn a_consignment_that_cannot_be_read_is_told_with_line_and_column() {
    let bad = CONSIGNMENT
        .replace("presented = 2025-06-20", "presented = 2025-06-31")
        .replace("\"LIV\"", "\"LIVE\"");
    let ran = check("a.toml", &bad, &[]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("a.toml"), "{}", ran.err);
    assert!(ran.err.contains("line 6"), "{}", ran.err);
    let twice = CONSIGNMENT.replace("carrier = \"cargo\"", "carrier = \"cargo\"\ncarrier = \"post\"");
    assert!(check("a.toml", &twice, &[]).err.contains("duplicate"));
}

/// Names, kinds, sources and origins of lines that cross together.
const LINES: [[&str; 4]; 8] = [
    ["Falco cherrug", "LIV", "C", "KZ"],
    ["Falco rusticolus", "LIV", "W", "RU"],
    ["Saiga tatarica", "HOR", "W", "KZ"],
    ["Ursus arctos", "SKI", "W", "KZ"],
    ["Panax ginseng", "ROO", "A", "RU"],
    ["Falco rusticolus x cherrug", "LIV", "C", "KZ"],
    ["Falco cherug", "LIV", "W", "KZ"],
    ["Quagga nemo", "SKI", "W", "XX"],
];

#[test]
fn a_row_and_a_line_of_a_consignment_find_the_same() {
    let mut toml =
        "direction = \"import\"\nprocedure = \"ordinary\"\ncarrier = \"cargo\"\nport = \"Horgos\"\n\
        [dates]\npresented = 2025-06-20\n[countries]\nexport = \"KZ\"\nimport = \"CN\"\n\
        [purpose]\nexport = \"T\"\nimport = \"T\"\n"
            .to_owned();
    let mut csv =
        "name,term,quantity,source,origin,exporter,importer,purpose,direction,procedure,carrier,port,date\n"
            .to_owned();
    for [name, term, source, origin] in LINES {
        toml += &format!(
            "[[line]]\nname = \"{name}\"\nterm = \"{term}\"\nquantity = 2\nsource = \"{source}\"\norigin = \"{origin}\"\n"
        );
        csv +=
            &format!("{name},{term},2,{source},{origin},KZ,CN,T,import,ordinary,cargo,Horgos,2025-06-20\n");
    }
    let json = |name: &str, text: &str| -> serde_json::Value {
        serde_json::from_str(&check(name, text, &["--format", "json"]).out).unwrap()
    };
    let (consignment, table) = (json("a.toml", &toml), json("a.csv", &csv));
    let ids = |list: &serde_json::Value, key: &str| -> std::collections::BTreeSet<String> {
        let text = |one: &serde_json::Value| one.as_str().unwrap_or_default().to_owned();
        list.as_array()
            .unwrap()
            .iter()
            .map(|one| if key.is_empty() { text(one) } else { text(&one[key]) })
            .collect()
    };
    for (place, [name, ..]) in LINES.iter().enumerate() {
        let (line, row) = (&consignment["lines"][place], &table["rows"][place]);
        assert_eq!(ids(&line["findings"], "rule"), ids(&row["rules"], ""), "{name}");
        assert_eq!(ids(&line["documents"], "kind"), ids(&row["documents"], ""), "{name}");
        assert_eq!(line["match"], row["match"], "{name}");
    }
}
