//! Tables against what spreadsheets do to them.

use std::borrow::Cow;

use super::*;

/// A form of three fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Col {
    Name,
    Quantity,
    Unit,
    OriginPermit,
    OriginDay,
}

impl Field for Col {
    const ALL: &'static [Col] = &[Col::Name, Col::Quantity, Col::Unit, Col::OriginPermit, Col::OriginDay];

    fn id(self) -> Cow<'static, str> {
        match self {
            Col::Name => "name",
            Col::Quantity => "quantity",
            Col::Unit => "unit",
            Col::OriginPermit => "permit",
            Col::OriginDay => "day",
        }
        .into()
    }

    fn from_id(id: &str) -> Option<Col> {
        Col::ALL.iter().copied().find(|field| field.id() == id)
    }

    fn letters_max(self) -> usize {
        20
    }

    fn headings(self) -> &'static [&'static [&'static str]] {
        match self {
            Col::Name => headings::NAME,
            Col::Quantity => headings::QUANTITY,
            Col::Unit => headings::UNIT,
            Col::OriginPermit => headings::PREVIOUS_NUMBER,
            Col::OriginDay => headings::PREVIOUS_DAY,
        }
    }

    fn is_needed(self) -> bool {
        self == Col::Name
    }

    fn is_free_text(self) -> bool {
        false
    }
}

const ROOM: Room = Room { rows_max: 5, bytes_max: 10_000 };

fn table(text: &str) -> Result<Table<Col, String>, TableError> {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('|').collect()).collect();
    read(&rows, ROOM, |texts| match texts.get(Col::Name) {
        "" => Err(Vec::new()),
        name => Ok((format!("{name}/{}", texts.get(Col::Quantity)), Vec::new())),
    })
}

/// What became of each row: the value, `?` for one that waits, or why it was skipped.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let table = table(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let told = table.rows.iter().map(|row| match &row.outcome {
        Outcome::Taken { value, .. } => value.clone(),
        Outcome::Pending { .. } => "?".to_owned(),
        Outcome::Skipped(skip) => skip.as_str().to_owned(),
    });
    assert_eq!(told.collect::<Vec<_>>(), expected, "{text}");
}

#[test]
fn rows_that_are_no_lines_are_skipped_with_the_reason() {
    check(
        "Annex to the application||\n\nScientific name|Quantity|Unit\nFalco cherrug|1|NAR\n\u{a0}| |\nScientific name|QUANTITY|Unit\n|2|\nTotal|3|NAR\nИтого:||\n合计|3|",
        &[
            "above-headings",
            "above-headings",
            "headings",
            "Falco cherrug/1",
            "empty",
            "headings-again",
            "?",
            "total",
            "total",
            "total",
        ],
    );
}

#[test]
fn a_line_is_no_total_because_of_a_word_in_it() {
    check(
        "name|quantity|unit\ntotal aquatica|1|\nTotal|see page 2 below|kg",
        &["headings", "total aquatica/1", "total"],
    );
    check("name|quantity\nTotal|many", &["headings", "Total/many"]);
}

#[test]
fn headings_are_known_in_three_languages_and_any_order() {
    for heading in [
        "Quantity|Scientific name",
        "QUANTITY (including unit)|7. Scientific name (genus and species)",
        "数量|学名",
        "數量（包括單位）|學名",
        "количество|научное название",
        "11. 数量 Quantity|7/8 x|学名 Scientific name",
        "Quantity|Common name|Scientific name",
    ] {
        let table = table(heading).unwrap_or_else(|error| panic!("{heading}: {error}"));
        let width = heading.split('|').count();
        assert_eq!(table.layout.column(Col::Name), Some(width - 1), "{heading}");
        assert_eq!(table.layout.column(Col::Quantity), Some(0), "{heading}");
    }
}

#[test]
fn headings_in_two_rows_are_read_together() {
    let text = "Form 7|||\nSpecies|Origin permit||Quantity\n|No.|Date|\nFalco cherrug|KZ 1|2026-01-02|3";
    let table = table(text).unwrap();
    assert_eq!(table.layout.rows, (1, 2));
    for (field, at) in [(Col::Name, 0), (Col::OriginPermit, 1), (Col::OriginDay, 2), (Col::Quantity, 3)] {
        assert_eq!(table.layout.column(field), Some(at), "{field:?}");
    }
    assert_eq!(
        table.taken().map(|(row, value, _)| (row, value.as_str())).collect::<Vec<_>>(),
        [(4, "Falco cherrug/3")]
    );
}

#[test]
fn columns_that_are_not_read_and_fields_without_a_column_are_told() {
    let table = table("№|name|Colour||\n1|Falco cherrug|brown|beside\n2|Falco rusticolus||").unwrap();
    let unread: Vec<_> =
        table.layout.unread.iter().map(|column| (column.at, &*column.heading, column.filled)).collect();
    assert_eq!(unread, [(0, "№", 2), (2, "Colour", 1), (3, "", 1)]);
    assert_eq!(table.layout.missing, [Col::Quantity, Col::Unit, Col::OriginPermit, Col::OriginDay]);
}

#[test]
fn what_is_no_table_is_told() {
    assert_eq!(table("").unwrap_err(), TableError::NoHeadings);
    assert_eq!(table("a|b\nc|d").unwrap_err(), TableError::NoHeadings);
    assert_eq!(
        table("\nquantity|unit\n1|kg").unwrap_err(),
        TableError::NoColumn { field: "name".into(), row: 2 }
    );
    assert_eq!(
        table("name|Quantity|quantity").unwrap_err(),
        TableError::Twice { heading: "quantity".into(), columns: (1, 2) }
    );
    let many = format!("name{}", "\nFalco cherrug".repeat(6));
    assert_eq!(table(&many).unwrap_err(), TableError::TooManyRows { rows: 6, rows_max: 5 });
    assert_eq!(
        table(&format!("name{}", "|".repeat(256))).unwrap_err(),
        TableError::TooWide { row: 1, columns: 257 }
    );
    assert_eq!(
        table(&format!("name\n{}", "a".repeat(10_000))).unwrap_err(),
        TableError::TooLarge { bytes: 10_004, bytes_max: 10_000 }
    );
}

#[test]
fn a_heading_names_one_field_of_a_form() {
    use crate::application::asked::LineField;
    let mut seen = std::collections::BTreeMap::new();
    for field in LineField::ALL {
        for name in field.headings().iter().flat_map(|list| list.iter()) {
            assert_eq!(fold(name), **name, "{name} is written as it is compared");
            assert_eq!(seen.insert(*name, *field), None, "{name} stands twice");
        }
    }
}
