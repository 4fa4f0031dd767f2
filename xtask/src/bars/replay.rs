//! Replays the official reservation steps and compares the table with them, on the day before each step and
//! on the day.
//!
//! Source of truth: the steps themselves. A reservation that the table ends with the listing is expected to
//! differ from a replay that knows only withdrawals; such days are counted apart.

use std::collections::{BTreeMap, BTreeSet};

use super::reservations::Step;
use super::table::{Cells, get};

/// What the comparison came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// Days compared.
    pub days: usize,
    /// Days on which the table differs because the taxon had left the Appendix.
    pub left: usize,
    /// Days on which it differs otherwise, in words.
    pub different: Vec<String>,
}

/// Compares and says what came of it.
pub fn report(steps: &[Step], rows: &[Cells]) {
    let replay = compare(steps, rows);
    println!(
        "  replayed: {} days, {} of them after the taxon had left the Appendix, {} different",
        replay.days,
        replay.left,
        replay.different.len()
    );
    replay.different.iter().for_each(|different| println!("    {different}"));
}

/// Compares the table with the steps.
pub fn compare(steps: &[Step], rows: &[Cells]) -> Replay {
    let mut groups: BTreeMap<_, Vec<&Step>> = BTreeMap::new();
    for step in steps {
        groups.entry(step.group()).or_default().push(step);
    }
    let mut table: BTreeMap<[&str; 6], Vec<&Cells>> = BTreeMap::new();
    for row in rows {
        let group = ["kingdom", "taxon", "appendix", "party", "territory", "population"]
            .map(|column| get(row, column));
        table.entry(group).or_default().push(row);
    }
    let mut replay = Replay::default();
    for (group, steps) in &groups {
        let rows = table.get(group).map_or(&[][..], Vec::as_slice);
        compare_group(steps, rows, &mut replay);
    }
    replay
}

fn compare_group(steps: &[&Step], rows: &[&Cells], replay: &mut Replay) {
    let mut days: BTreeSet<String> = steps.iter().map(|step| step.day.clone()).collect();
    days.extend(steps.iter().map(|step| day_before(&step.day)));
    for day in days {
        replay.days += 1;
        let entered = steps.iter().filter(|step| step.enters && step.day <= day).count();
        let withdrawn = steps.iter().filter(|step| !step.enters && step.day <= day).count();
        let expected = entered > withdrawn;
        let holds = |row: &&&Cells| {
            get(row, "from") <= day.as_str()
                && (get(row, "until").is_empty() || day.as_str() < get(row, "until"))
        };
        let found = rows.iter().any(|row| holds(&row));
        let left = rows
            .iter()
            .any(|row| get(row, "ended_by").starts_with("moved") || get(row, "ended_by").starts_with("left"));
        match (expected == found, left) {
            (true, _) => {}
            (false, true) => replay.left += 1,
            (false, false) => {
                let told = steps.first().map_or(String::new(), |step| step.told());
                replay
                    .different
                    .push(format!("{told} on {day}: the steps say {expected}, the table {found}"));
            }
        }
    }
}

/// The day before, by string: steps are told apart by days, so any earlier text will do at the month's edge.
fn day_before(day: &str) -> String {
    let number = day.get(8..).and_then(|number| number.parse::<u32>().ok()).unwrap_or(1);
    if number > 1 {
        return format!("{}{:02}", day.get(..8).unwrap_or(""), number - 1);
    }
    // Before the first of a month sorts the thirty-first of the month before, whether or not it has one.
    let month = day.get(5..7).and_then(|month| month.parse::<u32>().ok()).unwrap_or(1);
    let year = day.get(..4).and_then(|year| year.parse::<u32>().ok()).unwrap_or(1975);
    if month > 1 { format!("{year}-{:02}-31", month - 1) } else { format!("{}-12-31", year - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lawbook::reading;
    use std::path::{Path, PathBuf};

    #[test]
    fn the_day_before_sorts_before() {
        for (day, before) in
            [("1990-01-18", "1990-01-17"), ("1990-03-01", "1990-02-31"), ("1990-01-01", "1989-12-31")]
        {
            assert_eq!(day_before(day), before);
        }
    }

    /// The shipped table against the official steps. Needs the downloads; says so where they are not there.
    #[test]
    fn the_table_replays_the_official_steps() {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        let reference = root.join("../shared/data");
        if !reference.is_dir() {
            println!("the official history is not here; the replay of reservations was not run");
            return;
        }
        let steps = super::super::reservations::steps(&reference).unwrap();
        let rows = table(&root);
        let replay = compare(&steps, &rows);
        assert!(replay.days > 3_000, "{} days", replay.days);
        assert!(replay.different.len() * 1000 <= replay.days * 5, "{:#?}", replay.different);
    }

    fn table(root: &Path) -> Vec<Cells> {
        let rows = reading::rows(&root.join("data/law/reservations.csv")).unwrap();
        let row = |row: &reading::Row| {
            super::super::table::cells(
                super::super::reservations::COLUMNS.map(|column| (column, row.get(column).to_owned())),
            )
        };
        rows.iter().map(row).collect()
    }
}
