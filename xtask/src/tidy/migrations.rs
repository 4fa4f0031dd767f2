//! The migrations: the same steps for both databases, numbered without a gap, each saying why, each known to the program.

use std::collections::BTreeMap;

use anyhow::Result;

use super::Problem;
use super::house::House;

const FOLDER: &str = "migrations/";
const ENGINES: [&str; 2] = ["sqlite", "postgres"];
/// Where the program lists its steps.
const STEPS: &str = "crates/store/src/migrations/steps.rs";

/// Looks at the names and the first lines; that they give `schema.sql` is for the tests of the store.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut steps: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in house.files().filter(|path| path.starts_with(FOLDER)) {
        match place_of(path) {
            Some((_, "schema")) => {}
            Some((engine, name)) => steps.entry(name).or_default().push(engine),
            None => problems.push(Problem::new(path, "is no step of a database; name it NNNN_what.sql")),
        }
        if !house.text(path)?.starts_with("-- ") {
            problems.push(Problem::at_line(path, 1, "opens with no comment that says why"));
        }
    }
    let known = if house.has(STEPS) { house.text(STEPS)? } else { String::new() };
    for ((name, engines), number) in steps.iter().zip(1..) {
        let place = format!("{FOLDER}*/{name}.sql");
        if engines.len() != ENGINES.len() {
            problems.push(Problem::new(&place, "is there for one database only"));
        }
        if !name.starts_with(&format!("{number:04}_")) {
            problems.push(Problem::new(&place, format!("should be step {number:04}; steps have no gap")));
        }
        if !known.contains(&format!("\"{name}\"")) {
            problems.push(Problem::new(&place, format!("is not applied; it does not stand in {STEPS}")));
        }
    }
    Ok(problems)
}

/// The engine and the name of the step.
fn place_of(path: &str) -> Option<(&str, &str)> {
    let (engine, file) = path.strip_prefix(FOLDER)?.split_once('/')?;
    let name = file.strip_suffix(".sql")?;
    (ENGINES.contains(&engine) && !name.contains('/')).then_some((engine, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::house::sample;

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        let (_folder, house) = sample(files);
        check(&house).unwrap().into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn steps_that_are_told_and_stand_for_both_are_in_order() {
        let files = [
            ("migrations/sqlite/0001_a.sql", "-- Why.\n"),
            ("migrations/postgres/0001_a.sql", "-- Why.\n"),
            ("migrations/sqlite/schema.sql", "-- All.\n"),
            (STEPS, "\"0001_a\""),
        ];
        assert_eq!(messages(&files), Vec::<String>::new());
    }

    #[test]
    fn a_step_for_one_database_without_a_reason_or_out_of_turn_is_told() {
        let files = [
            ("migrations/sqlite/0002_a.sql", "CREATE TABLE a;\n"),
            ("migrations/mysql/0001_b.sql", "-- b\n"),
        ];
        let told = messages(&files);
        assert_eq!(told.len(), 5, "{told:?}");
    }
}
