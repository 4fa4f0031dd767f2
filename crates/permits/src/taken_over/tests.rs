//! Tables of an office's permits: a permit is taken whole or not at all, and every row comes out once.

use std::sync::LazyLock;

use cites::Day;
use proptest::prelude::*;
use species::{Backbone, Names};

use super::*;
use crate::ledger::PermitMoveKind;

const TREE: &str = "\
kingdom,rank,name,parent,status,source
Animalia,kingdom,Animalia,,accepted,example
Animalia,genus,Falco,Animalia,accepted,example
Animalia,species,Falco cherrug,Falco,accepted,example
Animalia,genus,Saiga,Animalia,accepted,example
Animalia,species,Saiga tatarica,Saiga,accepted,example
";

static BACKBONE: LazyLock<Backbone> = LazyLock::new(|| {
    let synonyms = "kingdom,name,accepted,kind,from,source\n";
    Backbone::from_tables(TREE, synonyms, "kingdom,taxon,language,name,source\n").unwrap()
});
static TAXA: LazyLock<Taxa<'static>> = LazyLock::new(|| Taxa::of(Names::shipped(&BACKBONE)));

const HEADINGS: &str =
    "Number|Kind|Holder|Date of issue|Valid until|State|Scientific name|Term|Quantity|Unit|Used";
const SAKER: &str = "CN/1|E|Tianshan|2026-01-05|2026-07-04|issued|Falco cherrug|LIV|10|NAR|4";

fn read(rows: &[&str]) -> TakenOver {
    let rows: Vec<Vec<&str>> = [HEADINGS].iter().chain(rows).map(|row| row.split('|').collect()).collect();
    read_table(&rows, &TAXA).unwrap()
}

/// The defects by row, and the rows that wait with another one.
#[track_caller]
fn check(rows: &[&str], permits: usize, expected: &[(u32, &str)]) {
    let found = read(rows);
    let told: Vec<(u32, String)> = found
        .waiting
        .iter()
        .flat_map(|waiting| {
            let words = match &waiting.why {
                Why::WithRow(row) => vec![format!("with {row}")],
                Why::Defects(remarks) => remarks
                    .iter()
                    .filter(|remark| remark.note.is_defect())
                    .map(|remark| format!("{} {}", crate::fields::Field::id(remark.field), remark.note.id()))
                    .collect(),
            };
            words.into_iter().map(|word| (waiting.pending.row, word))
        })
        .collect();
    let told: Vec<(u32, &str)> = told.iter().map(|(row, word)| (*row, word.as_str())).collect();
    assert_eq!(told, expected, "{rows:?}");
    assert_eq!(found.permits.len(), permits, "{rows:?}");
}

#[test]
fn a_permit_of_two_rows_is_read() {
    let found = read(&[
        SAKER,
        "CN/1||||||Saiga tatarica|HOR|1,5|kg|500 g",
        "CN/2|R|Tianshan|46000|46100||Falco cherrug|LIV|1|NAR|",
    ]);
    assert_eq!(found.waiting, []);
    let [first, second] = &*found.permits else { panic!("{found:?}") };
    assert_eq!(
        (&*first.number, first.kind, &*first.holder),
        ("CN/1", DocumentKind::ExportPermit, "Tianshan")
    );
    assert_eq!((first.issued, first.last_day), (Day::new(2026, 1, 5), Day::new(2026, 7, 4)));
    let [saker, saiga] = &*first.lines else { panic!("{first:?}") };
    assert_eq!((saker.row, saker.used), (2, Told::Is("4 NAR".parse().unwrap())));
    assert_eq!(
        (saiga.row, saiga.quantity, saiga.used),
        (3, "1.5 KGM".parse().unwrap(), Told::Is("0.5 KGM".parse().unwrap()))
    );
    assert_eq!((second.kind, second.state), (DocumentKind::ReExportCertificate, Told::Unknown));
    assert_eq!((first.state, second.lines[0].used), (Told::Is(State::Issued), Told::Unknown));
    assert_eq!(found.doubts.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3, 4]);
    let moves = saker.moves().unwrap();
    assert_eq!(
        moves.iter().map(|made| made.kind).collect::<Vec<_>>(),
        [PermitMoveKind::Authorise, PermitMoveKind::Endorse]
    );
    assert_eq!(second.lines[0].moves().unwrap().len(), 1);
    assert!(first.live().is_expired(Day::new(2026, 7, 5)));
}

#[test]
fn a_number_written_otherwise_is_of_the_same_permit() {
    check(&[SAKER, "cn/ 1||||||Falco cherrug|LIV|1|NAR|"], 1, &[]);
}

#[test]
fn a_permit_is_taken_whole_or_not_at_all() {
    check(
        &[
            SAKER,
            "CN/1||||||Nosuch thing|LIV|1|NAR|",
            "CN/2|E|Altai|2026-01-05|2026-07-04||Falco cherrug|LIV|1|NAR|",
        ],
        1,
        &[(2, "with 3"), (3, "name unknown-genus")],
    );
}

#[test]
fn rows_that_contradict_each_other_wait() {
    check(
        &[SAKER, "CN/1|I|Tianshan||||Falco cherrug|LIV|1|NAR|"],
        0,
        &[(2, "with 3"), (3, "kind other-row")],
    );
    check(
        &["CN/1|E|Tianshan|2026-01-05|2026-01-04||Falco cherrug|LIV|1|NAR|"],
        0,
        &[(2, "last-day before-day")],
    );
}

#[test]
fn what_no_row_of_a_permit_tells_is_told() {
    check(
        &["CN/1|E||2026-01-05|||Falco cherrug|LIV|1|NAR|"],
        0,
        &[(2, "holder missing"), (2, "last-day missing")],
    );
    check(&["|E|Tianshan|2026-01-05|2026-07-04||Falco cherrug|LIV|1|NAR|"], 0, &[(2, "number missing")]);
    check(
        &["none|E|Tianshan|2026-01-05|2026-07-04||Falco cherrug|LIV|1|NAR|"],
        0,
        &[(2, "number no-number")],
    );
}

#[test]
fn what_was_used_fits_into_what_is_authorised() {
    let row = |used: &str| format!("CN/1|E|Tianshan|2026-01-05|2026-07-04||Falco cherrug|LIV|10|KGM|{used}");
    for (used, expected) in [
        ("10", None),
        ("10000 g", None),
        ("0", None),
        ("-", None),
        ("unknown", None),
        ("11", Some("used more-than")),
        ("3 m3", Some("used two-units")),
        ("#REF!", Some("used error-text")),
        ("some", Some("used not-an-amount")),
    ] {
        let row = row(used);
        let expected: Vec<(u32, &str)> = expected.into_iter().map(|word| (2, word)).collect();
        check(&[&row], usize::from(expected.is_empty()), &expected);
    }
}

fn any_cell(column: usize) -> impl Strategy<Value = String> {
    let sound = SAKER.split('|').nth(column).unwrap_or_default().to_owned();
    prop_oneof![
        6 => Just(sound),
        2 => Just(String::new()),
        1 => "\\PC{0,12}",
        1 => prop::sample::select(vec!["#N/A", "CN/2", "none", "2026-01-05", "kg", "total", "Falco"]).prop_map(str::to_owned),
    ]
}

fn any_row() -> impl Strategy<Value = Vec<String>> {
    (0..11_usize).map(any_cell).collect::<Vec<_>>()
}

proptest! {
    // Each looks for names that nobody knows.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_row_comes_out_once(rows in prop::collection::vec(any_row(), 0..12)) {
        let all: Vec<Vec<String>> =
            [HEADINGS.split('|').map(str::to_owned).collect()].into_iter().chain(rows).collect();
        if let Ok(found) = read_table(&all, &TAXA) {
            let lines = found.permits.iter().flat_map(|permit| permit.lines.iter().map(|line| line.row));
            let waiting = found.waiting.iter().map(|waiting| waiting.pending.row);
            let skipped = found.skipped.iter().map(|(row, _)| *row);
            let mut seen: Vec<u32> = lines.chain(waiting).chain(skipped).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (1..=all.len() as u32).collect::<Vec<_>>());
            for permit in &found.permits {
                prop_assert!(permit.lines.iter().all(|line| line.moves().is_ok()), "{permit:?}");
            }
        }
    }
}
