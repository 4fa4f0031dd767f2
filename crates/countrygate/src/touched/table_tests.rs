//! Which rows a change touches, by properties that hold for every row and every day.

use std::sync::LazyLock;

use border::change::Shift;
use border::record::{Law, Years};
use cites::Day;
use law::book::LawBook;
use proptest::prelude::*;
use species::Names;

use super::*;
use crate::check::cells::Cells;
use crate::check::told;
use crate::touched::window::Changes;

static BOOK: LazyLock<LawBook> = LazyLock::new(|| crate::shipped::book(None).unwrap());
static LAW: LazyLock<Law<'static>> = LazyLock::new(|| Law::of(&BOOK).unwrap());
static YEARS: LazyLock<Years> = LazyLock::new(|| Years::of(&LAW));
static NAMES: LazyLock<Names<'static>> = LazyLock::new(|| Names::shipped(BOOK.backbone()));

const HEADER: &str = "name,exporter,importer,origin,term,quantity,unit,source,purpose,date,port";

/// Days on which much of different kinds changes, with the days before.
static CHANGES: LazyLock<Vec<Changes<'static>>> = LazyLock::new(|| {
    let day = Day::new;
    let pairs = [
        (day(2026, 3, 4), day(2026, 3, 5)),
        (day(2019, 11, 25), day(2019, 11, 26)),
        (day(2019, 12, 31), day(2020, 1, 1)),
        (day(2021, 1, 31), day(2021, 2, 1)),
        (day(2007, 9, 12), day(2007, 9, 13)),
        (day(2023, 2, 22), day(2023, 2, 23)),
        (day(2013, 5, 1), day(2013, 5, 2)),
        (day(2024, 10, 8), day(2024, 10, 9)),
        (day(1990, 1, 17), day(1990, 1, 18)),
        (day(2005, 12, 31), day(2006, 1, 1)),
        (day(2016, 6, 1), day(2017, 6, 1)),
    ];
    pairs.into_iter().map(|(since, on)| Changes::of(&BOOK, since, on).unwrap()).collect()
});

/// One of them.
fn changes() -> impl Strategy<Value = &'static Changes<'static>> {
    (0..CHANGES.len()).prop_map(|place| &CHANGES[place])
}

/// A row as cells, in the order of the header.
fn row() -> impl Strategy<Value = Vec<String>> {
    let select = |words: &'static [&'static str]| prop::sample::select(words);
    let name = select(&[
        "Loxodonta africana",
        "Conolophus subcristatus",
        "Saiga tatarica",
        "Falco cherrug",
        "Falco spp.",
        "Falco cherug",
        "Gyps africanus",
        "Dalbergia cochinchinensis",
        "Panax quinquefolius",
        "Paubrasilia echinata",
        "Panthera leo",
        "Ursus arctos",
        "Acipenser gueldenstaedtii",
        "Huso huso",
        "Calumma brevicorne",
        "Ursus arctos x maritimus",
        "Phyllurus amnicola",
        "Hyaena hyaena",
        "Cactaceae",
        "Quagga nemo",
        "Bos taurus",
        "",
    ]);
    let state = || select(&["CN", "KZ", "RU", "MG", "ZW", "US", "TD", "XX", "SU", "AU", "BW", "k1", ""]);
    let term = select(&["LIV", "HOR", "TRO", "IVC", "EXT", "LOG", "ROO", "CAV", "tusks", "", "zzz"]);
    let source = select(&["W", "C", "D", "A", "R", "O", "I", "", "?"]);
    let purpose = select(&["T", "H", "P", "S", "Z", ""]);
    let quantity = select(&["1", "1000", "", "-2"]);
    let unit = select(&["", "KGM"]);
    let port = select(&["", "", "", "Horgos"]);
    (name, state(), state(), state(), term, quantity, (unit, source, purpose, port)).prop_map(
        |(name, exporter, importer, origin, term, quantity, (unit, source, purpose, port))| {
            let cells =
                [name, exporter, importer, origin, term, quantity, unit, source, purpose, "2024-05-01", port];
            cells.map(str::to_owned).to_vec()
        },
    )
}

fn asking<'c>(changes: &'c Changes<'static>, format: Format) -> Asking<'c> {
    let office =
        crate::check::desk::Office { law: &LAW, years: &YEARS, names: &NAMES, on: changes.law.window.on };
    Asking { edition: BOOK.edition(), office, changes, format, show: Show::All, input: None }
}

/// The answer to a whole table, as CSV.
fn table(rows: &[Vec<String>], changes: &Changes<'static>) -> Vec<String> {
    let asking = asking(changes, Format::Csv);
    let text = rows.iter().fold(HEADER.to_owned(), |text, row| format!("{text}\n{}", row.join(",")));
    let (read, layout) = stream::open(text.as_bytes(), &ADDED, stream::Hands::all()).unwrap();
    let clerk = Clerk { asking: &asking, layout: &layout };
    let mut out = Vec::new();
    stream::run(read, &clerk, stream::Hands::all(), false, &mut Report::of("a.csv", None), &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
}

/// What one row comes to.
fn outcome(row: &[String], changes: &Changes<'static>) -> Outcome {
    let asking = asking(changes, Format::Csv);
    let layout = Layout::read(HEADER, &ADDED).unwrap();
    let clerk = Clerk { asking: &asking, layout: &layout };
    let text = row.join(",");
    let mut cells = Cells::default();
    let told = told::read(cells.split(&text, b','), &layout);
    clerk.outcome(&told, &mut Desk::of(asking.office)).unwrap().0
}

/// The answers of both days, whatever may have changed.
fn answers(row: &[String], changes: &Changes<'static>) -> Option<(DayAnswer, DayAnswer)> {
    let asking = asking(changes, Format::Csv);
    let layout = Layout::read(HEADER, &ADDED).unwrap();
    let text = row.join(",");
    let mut cells = Cells::default();
    let told = told::read(cells.split(&text, b','), &layout);
    let mut desk = Desk::of(asking.office);
    let mut on = |day| {
        let Asked { line, crossing, .. } = desk.asked(&told, When::On(day)).unwrap();
        let assessment = assess::assess(&line, &crossing, &LAW.sources, day);
        DayAnswer::of(&assessment, record::verdict(&assessment), LAW.sources.rules)
    };
    (!told.name.is_empty()).then(|| (on(changes.law.window.since), on(changes.law.window.on)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_answer_never_changes_without_the_line_being_touched(row in row(), changes in changes()) {
        let outcome = outcome(&row, changes);
        match answers(&row, changes) {
            None => prop_assert_eq!(outcome.touched, Touched::Unknown),
            Some((before, after)) => {
                let shift = after.shift(&before);
                prop_assert_eq!(outcome.shift(), shift, "{:?}", row);
                prop_assert!(shift == Shift::Same || outcome.touched != Touched::No, "{:?}", row);
            }
        }
    }

    #[test]
    fn what_is_not_told_is_never_not_touched(row in row(), changes in changes(), left_out in 1_usize..9) {
        let told = outcome(&row, changes);
        // A quantity alone decides nothing about which rows bear on a line; a unit goes with it.
        if told.touched != Touched::No {
            let mut less = row.clone();
            less[left_out].clear();
            // Without an origin the State of export is meant, so both go.
            if left_out == 3 {
                less[1].clear();
            }
            let outcome = outcome(&less, changes);
            prop_assert_ne!(outcome.touched, Touched::No, "{:?} without {}", row, left_out);
        }
    }

    #[test]
    fn a_table_is_answered_as_its_rows_one_by_one(rows in prop::collection::vec(row(), 1..20), changes in changes()) {
        let whole = table(&rows, changes);
        prop_assert_eq!(whole.len(), rows.len());
        for (row, answered) in rows.iter().zip(&whole) {
            let alone = table(std::slice::from_ref(row), changes);
            prop_assert_eq!(&alone[..], std::slice::from_ref(answered));
        }
    }

    #[test]
    fn a_day_on_which_nothing_changes_touches_nothing(row in row(), day in 0_i32..12_000) {
        let on = Day::new(1990, 1, 1).plus_days(day);
        let changes = Changes::of(&BOOK, on.previous(), on).unwrap();
        let mut row = row;
        // A port opens and closes by the season, whatever changes in the book.
        row[10].clear();
        if changes.law.window.is_empty() {
            prop_assert_eq!(outcome(&row, &changes).touched, Touched::No);
            if let Some((before, after)) = answers(&row, &changes) {
                prop_assert_eq!(before, after, "{:?} {}", row, on);
            }
        }
    }
}

#[test]
fn many_days_change_nothing() {
    let empty = (0..365).filter(|day| {
        let on = Day::new(2022, 1, 1).plus_days(*day);
        BOOK.window(on.previous(), on).unwrap().is_empty()
    });
    assert!(empty.count() > 300);
}

#[test]
fn a_state_of_export_that_is_not_told_may_be_one_whose_own_list_changes() {
    // China's list of 2021 takes the place of the one before, which asks nothing of what leaves other States.
    let changes = CHANGES.iter().find(|changes| changes.law.window.on == Day::new(2021, 2, 1)).unwrap();
    let touched = |exporter: &str, importer: &str| {
        let row = ["Phyllurus amnicola", exporter, importer, "", "LIV", "1", "", "W", "T", "2024-05-01", ""];
        outcome(&row.map(str::to_owned), changes).touched
    };
    assert_eq!(touched("CN", "KZ"), Touched::Yes);
    assert_eq!(touched("", "KZ"), Touched::Unknown);
    assert_eq!(touched("RU", "KZ"), Touched::No);
}
