//! Workbooks as programs write them, and as nobody does.

use super::*;
use crate::archive::tests::packed;

const RELS: &str = r#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK_RELS: &str = r#"<Relationships>
    <Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="r2" Type="http://x/worksheet" Target="/xl/worksheets/sheet2.xml"/>
    <Relationship Id="r3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
    <Relationship Id="r4" Type="http://x/styles" Target="styles.xml"/>
    <Relationship Id="r5" Type="http://x/worksheet" Target="http://elsewhere/" TargetMode="External"/>
</Relationships>"#;
const WORKBOOK: &str = r#"<x:workbook xmlns:x="m" xmlns:r="r"><x:sheets>
    <x:sheet name="Notes" r:id="r1" state="hidden"/><x:sheet name="Lines &amp; more" r:id="r2"/>
    <x:sheet name="Elsewhere" r:id="r5"/></x:sheets></x:workbook>"#;
const STRINGS: &str = "<sst><si><t>name</t></si><si><t>猎隼</t></si></sst>";
const STYLES: &str = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

fn workbook(sheet: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
    packed(&[
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/sharedStrings.xml", STRINGS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/worksheets/sheet2.xml", sheet.as_bytes()),
    ])
}

fn read(sheet: &str) -> Result<Vec<Vec<String>>, WorkbookError> {
    let bytes = workbook(sheet);
    let mut workbook = Workbook::of(&bytes)?;
    assert_eq!(workbook.names().collect::<Vec<_>>(), ["Lines & more"]);
    let sheet = workbook.sheet(0)?.unwrap();
    assert_eq!(sheet.name, "Lines & more");
    assert_eq!(workbook.sheet(1), Ok(None));
    Ok(sheet.rows)
}

#[test]
fn cells_stand_where_the_sheet_says() {
    let sheet = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c t="str"><f>B1</f><v>text</v></c></row>
        <row><c t="s"><v>1</v></c><c r="D3" s="1"><v>46356</v></c><c t="b"><v>1</v></c></row>
        <row r="5"><c r="A5" s="1"/><c t="inlineStr"><is><t xml:space="preserve"> a&#10;b </t></is></c></row>
        <row r="7"><c t="e"><v>#REF!</v></c><c><f>1+1</f><v>2</v></c><c><f>A1*2</f></c><c t="d"><v>2026-11-30T00:00:00</v></c></row>"#;
    let rows = read(sheet).unwrap();
    let expected: [&[&str]; 7] = [
        &[],
        &["name", "text"],
        &["猎隼", "", "", "2026-11-30", "TRUE"],
        &[],
        &["", " a\nb "],
        &[],
        &["#REF!", "2", "=A1*2", "2026-11-30"],
    ];
    assert_eq!(rows, expected);
}

#[test]
fn what_is_only_coloured_is_no_row() {
    let rows =
        read(r#"<row r="1"><c t="s"><v>0</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>"#);
    assert_eq!(rows.unwrap(), [["name"]]);
}

#[test]
fn what_is_larger_than_is_read_is_told_with_its_place() {
    let sheet = || "Lines & more".to_owned();
    for (cells, expected) in [
        (
            r#"<row r="1048576"><c><v>1</v></c></row>"#.to_owned(),
            WorkbookError::TooManyRows { sheet: sheet(), row: 1_048_576 },
        ),
        (
            r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#.to_owned(),
            WorkbookError::TooWide { sheet: sheet(), row: 1, column: 16_384 },
        ),
        (
            format!(r#"<row r="3"><c t="str"><v>{}</v></c></row>"#, "a".repeat(CELL_LETTERS_MAX + 1)),
            WorkbookError::LongCell { sheet: sheet(), row: 3 },
        ),
        (
            format!("<row>{}</row>", format!(r#"<c t="str"><v>{}</v></c>"#, "a".repeat(20_000)).repeat(220)),
            WorkbookError::TooMuchText { sheet: sheet() },
        ),
        (
            r#"<row r="1"><c t="s"><v>9</v></c></row>"#.to_owned(),
            WorkbookError::part("xl/worksheets/sheet2.xml"),
        ),
        (r#"<row r="x"/>"#.to_owned(), WorkbookError::part("xl/worksheets/sheet2.xml")),
        (r#"<row><c r="ABCD1"/></row>"#.to_owned(), WorkbookError::part("xl/worksheets/sheet2.xml")),
        ("<row><c><v>1</c></row>".to_owned(), WorkbookError::part("xl/worksheets/sheet2.xml")),
    ] {
        assert_eq!(read(&cells), Err(expected), "{:.80}", cells);
    }
}

#[test]
fn an_archive_without_a_workbook_is_told() {
    assert_eq!(Workbook::of(&packed(&[("a.txt", b"a")])).unwrap_err(), WorkbookError::NoWorkbook);
    assert_eq!(Workbook::of(b"PK\x03\x04").unwrap_err(), WorkbookError::Archive(ArchiveError::Damaged));
    let other = packed(&[("xl/workbook.xml", b"<html/>")]);
    assert_eq!(Workbook::of(&other).unwrap_err(), WorkbookError::NoWorkbook);
    let many: String = (0..=SHEETS_MAX).map(|at| format!(r#"<sheet name="{at}" id="r1"/>"#)).collect();
    let many = format!("<workbook>{many}</workbook>");
    let many = packed(&[
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS.as_bytes()),
        ("xl/workbook.xml", many.as_bytes()),
    ]);
    assert_eq!(Workbook::of(&many).unwrap_err(), WorkbookError::TooManySheets);
}

/// Written by openpyxl 3.1.5, with our values.
const ANOTHER: &[u8] = include_bytes!("../../../../fuzz/corpus/workbook/written-by-another-program.xlsx");

#[test]
fn what_another_program_wrote_is_read() {
    let mut workbook = Workbook::of(ANOTHER).unwrap();
    assert_eq!(workbook.names().collect::<Vec<_>>(), ["Lines"], "a hidden sheet is none");
    let rows = workbook.sheet(0).unwrap().unwrap().rows;
    let expected: [&[&str]; 4] = [
        &["scientific name", "term", "quantity", "unit", "acquired", "marks"],
        &["Falco cherrug", "LIV", "2", "NAR", "2025-03-01", "000042"],
        &["猎隼", "LIV", "0.3", "KGM", "2025-03-01 14:30", "=A1"],
        &["", "", "", "", "", "", "50%"],
    ];
    assert_eq!(rows, expected);
}
