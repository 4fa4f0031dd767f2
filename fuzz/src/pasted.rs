//! Tables that people paste: rows of cells with tabs between them, as lines of an application and as permits.

use std::sync::OnceLock;

use permits::application::asked::{self, Asked, Line, LineField, Taxa};
use permits::fields::has_defect;
use permits::sheet::{Outcome, Row, Skip, Table};
use permits::taken_over::{self, Why};
use species::Names;

use crate::{book, parts};

/// How many rows are asked again, each alone with the rows up to the headings.
const ROWS_ALONE: usize = 4;

fn taxa() -> &'static Taxa<'static> {
    static TAXA: OnceLock<Taxa<'static>> = OnceLock::new();
    TAXA.get_or_init(|| Taxa::of(Names::shipped(book::small_backbone())))
}

/// Every row comes out once; a row that waits has a defect, and one that was taken has none; a row alone comes to what
/// it comes to among others; what is kept is read again as it was.
pub fn pasted(bytes: &[u8]) {
    let text = parts::text(bytes);
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    lines(&rows);
    permits(&rows);
}

/// What must hold of rows of cells that are read as lines.
pub(crate) fn lines(rows: &[Vec<&str>]) {
    if let Ok(table) = asked::read_table(rows, taxa()) {
        assert!(table.rows.iter().map(|row| row.number as usize).eq(1..=rows.len()), "each row once");
        table.rows.iter().for_each(judged);
        alone(rows, &table);
        kept(table);
    }
}

fn judged(row: &Row<LineField, Line>) {
    match &row.outcome {
        Outcome::Taken { value, remarks } => {
            assert!(!has_defect(remarks), "row {}: {remarks:?}", row.number);
            assert!(!has_defect(&value.read(taxa()).1), "row {} is read again as it was", row.number);
        }
        Outcome::Pending { remarks, .. } => {
            assert!(has_defect(remarks), "row {} waits for nothing", row.number)
        }
        Outcome::Skipped(_) => {}
    }
}

/// The first rows below the headings, each alone.
fn alone(rows: &[Vec<&str>], table: &Table<LineField, Line>) {
    let (_, last) = table.layout.rows;
    for (row, among) in rows.iter().zip(&table.rows).skip(last + 1).take(ROWS_ALONE) {
        let some: Vec<Vec<&str>> = rows.iter().take(last + 1).chain([row]).cloned().collect();
        let one = asked::read_table(&some, taxa()).ok();
        // With fewer rows below, other rows may be headings; where they are the same, so is the answer.
        let one = one.filter(|one| one.layout.columns == table.layout.columns);
        let outcome = one.and_then(|one| one.rows.into_iter().next_back()).map(|row| row.outcome);
        assert!(outcome.is_none_or(|outcome| outcome == among.outcome), "row {} alone", among.number);
    }
}

fn kept(table: Table<LineField, Line>) {
    let mut asked = Asked::default();
    let taken = asked.take(table);
    assert!(taken.is_ok(), "a table that is read fits into an empty application: {taken:?}");
    let text = serde_json::to_string(&asked).unwrap_or_else(|error| unreachable!("it is kept: {error}"));
    match serde_json::from_str::<Asked>(&text) {
        Ok(again) => assert_eq!(again, asked),
        Err(error) => unreachable!("what is kept is read: {error}"),
    }
}

fn permits(rows: &[Vec<&str>]) {
    let Ok(found) = taken_over::read_table(rows, taxa()) else { return };
    let lines = found.permits.iter().flat_map(|permit| permit.lines.iter().map(|line| line.row));
    let waiting = found.waiting.iter().map(|waiting| waiting.pending.row);
    let skipped = found.skipped.iter().map(|(row, _)| *row);
    let mut seen: Vec<u32> = lines.chain(waiting).chain(skipped).collect();
    seen.sort_unstable();
    assert!(seen.iter().map(|row| *row as usize).eq(1..=rows.len()), "each row once: {seen:?}");
    for line in found.permits.iter().flat_map(|permit| &permit.lines) {
        assert!(line.moves().is_ok(), "row {} begins a ledger", line.row);
    }
    for waiting in &found.waiting {
        let has_cause = match &waiting.why {
            Why::Defects(remarks) => has_defect(remarks),
            Why::WithRow(row) => *row != waiting.pending.row,
        };
        assert!(has_cause, "row {} waits for nothing", waiting.pending.row);
    }
    assert!(found.skipped.iter().any(|(_, skip)| *skip == Skip::Headings), "a table has headings");
}
