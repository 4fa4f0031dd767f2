//! The page of limits against the constants: docs/reference/limits.md says what holds.

use std::collections::BTreeMap;

use border::consignment as c;
use permits::taken_over;
use species::import as i;

use crate::check::{desk, input, layout, report, rows};

const PAGE: &str = include_str!("../../../docs/reference/limits.md");

/// Every limit by its name on the page.
fn limits() -> BTreeMap<&'static str, u64> {
    let of = |value: usize| value as u64;
    BTreeMap::from([
        ("check::input::CONSIGNMENT_BYTES_MAX", input::CONSIGNMENT_BYTES_MAX),
        ("check::rows::ROW_BYTES_MAX", of(rows::ROW_BYTES_MAX)),
        ("check::rows::RUN_ROWS_MAX", of(rows::RUN_ROWS_MAX)),
        ("check::layout::COLUMNS_MAX", of(layout::COLUMNS_MAX)),
        ("check::report::PROBLEMS_SHOWN", of(report::PROBLEMS_SHOWN)),
        ("check::report::MESSAGE_LETTERS_MAX", of(report::MESSAGE_LETTERS_MAX)),
        ("check::report::COLUMN_LETTERS_MAX", of(report::COLUMN_LETTERS_MAX)),
        ("check::desk::NAMES_KEPT", of(desk::NAMES_KEPT)),
        ("check::desk::NAMES_KEPT_BYTES", of(desk::NAMES_KEPT_BYTES)),
        ("check::desk::STANDINGS_KEPT", of(desk::STANDINGS_KEPT)),
        ("border::consignment::MOST_LINES", of(c::MOST_LINES)),
        ("border::consignment::MOST_PAPERS", of(c::MOST_PAPERS)),
        ("border::consignment::MOST_PAPER_LINES", of(c::MOST_PAPER_LINES)),
        ("border::consignment::MOST_PAPER_LINES_IN_ALL", of(c::MOST_PAPER_LINES_IN_ALL)),
        ("border::consignment::MOST_COMPARISONS", of(c::MOST_COMPARISONS)),
        ("border::consignment::MOST_VALUES", of(c::MOST_VALUES)),
        ("border::consignment::MOST_SIGNS", of(c::MOST_SIGNS)),
        ("border::consignment::MOST_KEYS", of(c::MOST_KEYS)),
        ("border::consignment::DEEPEST", of(c::DEEPEST)),
        ("border::consignment::TEXT_BYTES_MAX", of(c::TEXT_BYTES_MAX)),
        ("border::consignment::MOST_PROBLEMS", of(c::MOST_PROBLEMS)),
        ("border::consignment::PROBLEM_LETTERS_MAX", of(c::PROBLEM_LETTERS_MAX)),
        ("files::ARCHIVE_ENTRIES_MAX", of(::files::ARCHIVE_ENTRIES_MAX)),
        ("files::UNPACKED_BYTES_MAX", of(::files::UNPACKED_BYTES_MAX)),
        ("files::SHEETS_MAX", of(::files::SHEETS_MAX)),
        ("files::SHEET_ROWS_MAX", of(::files::SHEET_ROWS_MAX)),
        ("files::SHEET_COLUMNS_MAX", of(::files::SHEET_COLUMNS_MAX)),
        ("files::SHEET_TEXT_BYTES_MAX", of(::files::SHEET_TEXT_BYTES_MAX)),
        ("files::CELL_LETTERS_MAX", of(::files::CELL_LETTERS_MAX)),
        ("files::TEXT_TABLE_BYTES_MAX", of(::files::TEXT_TABLE_BYTES_MAX)),
        ("permits::application::asked::LINES_MAX", of(permits::application::asked::LINES_MAX)),
        ("web::BODY_BYTES_MAX", of(web::BODY_BYTES_MAX)),
        ("web::ATTACHMENTS_MAX", of(web::ATTACHMENTS_MAX)),
        ("web::ATTACHMENT_NAME_LETTERS_MAX", of(web::ATTACHMENT_NAME_LETTERS_MAX)),
        ("web::PASSKEYS_MAX", of(web::PASSKEYS_MAX)),
        ("web::WEBHOOKS_MAX", of(web::WEBHOOKS_MAX)),
        ("store::ATTACHMENT_BYTES_MAX", of(store::ATTACHMENT_BYTES_MAX)),
        ("permits::taken_over::PERMITS_ROOM (rows)", of(taken_over::PERMITS_ROOM.rows_max)),
        ("permits::taken_over::PERMITS_ROOM (bytes)", of(taken_over::PERMITS_ROOM.bytes_max)),
        ("web::house::taken_over::TEXT_ROWS_MAX", of(web::house::taken_over::TEXT_ROWS_MAX)),
        ("permits::taken_over::VALUE_LETTERS_MAX", of(taken_over::VALUE_LETTERS_MAX)),
        ("permits::taken_over::HOLDER_LETTERS_MAX", of(taken_over::HOLDER_LETTERS_MAX)),
        ("permits::foreign::PAPER_NUMBER_LETTERS_MAX", of(permits::foreign::PAPER_NUMBER_LETTERS_MAX)),
        ("configuration::FILE_BYTES_MAX", crate::configuration::FILE_BYTES_MAX),
        ("lines::LINE_BYTES_MAX", of(crate::lines::LINE_BYTES_MAX)),
        ("species::NAME_BYTES_MAX", of(species::NAME_BYTES_MAX)),
        ("species::JOINED_NAMES_MAX", of(species::JOINED_NAMES_MAX)),
        ("species::CANDIDATES_MAX", of(species::CANDIDATES_MAX)),
        ("cites::Amount::MAX (millionths)", cites::Amount::MAX.millionths()),
        ("commands::import::DOWNLOAD_BYTES_MAX", crate::commands::import::DOWNLOAD_BYTES_MAX),
        ("species::import::ROW_BYTES_MAX", of(i::ROW_BYTES_MAX)),
        ("species::import::CELLS_MAX", of(i::CELLS_MAX)),
        ("species::import::PROBLEMS_MAX", of(i::PROBLEMS_MAX)),
        ("species::import::CELL_LETTERS_MAX", of(i::CELL_LETTERS_MAX)),
        ("shipped::TABLE_BYTES_MAX", crate::shipped::TABLE_BYTES_MAX),
        ("editions::EDITION_BYTES_MAX", crate::editions::EDITION_BYTES_MAX),
        ("editions::file::UNPACKED_BYTES_MAX", crate::editions::file::UNPACKED_BYTES_MAX),
        ("shipped::FOLDERS_DEEP_MAX", of(crate::shipped::FOLDERS_DEEP_MAX)),
        ("law::book::FAULTS_SHOWN", of(law::book::FAULTS_SHOWN)),
        ("law::rule::MOST_GROUPS", of(law::rule::MOST_GROUPS)),
    ])
}

#[test]
fn the_page_tells_every_limit_and_its_value() {
    let told: BTreeMap<&str, u64> = PAGE
        .lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split(" | ");
            let name = cells.next()?.strip_suffix('`')?;
            let value = cells.next()?.replace(',', "").parse().unwrap();
            assert!(cells.next().is_some_and(|reason| reason.len() > 10), "{name} has no reason");
            Some((name, value))
        })
        .collect();
    assert_eq!(told, limits());
}
