//! The known differences hold what the figures say: no file has more rows than the best figure, every row has a
//! cause and says whose it is, and the document counts what the files hold.
//!
//! Source of truth: the committed files. The other sides themselves are not read here; `cargo xtask agreement`
//! compares the book with them.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Problem;
use super::house::House;
use crate::agreement::known::{self, Figure, Known};
use crate::agreement::table;

/// Looks at the files of differences, where there are any.
pub fn check(house: &House) -> Result<Vec<Problem>> {
    let folder = house.root().join(known::FOLDER);
    if !folder.join(known::FIGURES).exists() {
        return Ok(Vec::new());
    }
    let figures = known::figures(&folder)?;
    let mut problems = Vec::new();
    for figure in &figures {
        let place = format!("{}/{}", known::FOLDER, figure.file);
        match known::read(&folder.join(&figure.file)) {
            Ok(known) => problems.extend(of_file(&place, figure, &known)),
            Err(error) => problems.push(Problem::new(place, format!("{error:#}"))),
        }
    }
    problems.extend(without_figure(&figures, house.below(known::FOLDER, ".csv")));
    if problems.is_empty() && table::document(house.root())? != house.text(table::DOCUMENT)? {
        let message = "does not count what the files hold; run `cargo xtask agreement --write`";
        problems.push(Problem::new(table::DOCUMENT, message));
    }
    Ok(problems)
}

fn of_file(place: &str, figure: &Figure, known: &Known) -> Vec<Problem> {
    let mut problems = Vec::new();
    if known.len() != figure.differ {
        let message =
            format!("has {} rows, and the best figure of {} is {}", known.len(), figure.state, figure.differ);
        problems.push(Problem::new(place, message));
    }
    let bare = known.iter().filter(|(_, cause)| cause.cause.is_empty() || cause.cause == "not explained yet");
    problems.extend(
        bare.map(|(difference, _)| Problem::new(place, format!("the row `{}` has no cause", difference.row))),
    );
    problems
}

fn without_figure<'f>(figures: &[Figure], files: impl IntoIterator<Item = &'f str>) -> Vec<Problem> {
    let known: BTreeSet<&str> = figures.iter().map(|figure| figure.file.as_str()).collect();
    let name = |path: &'f str| path.rsplit('/').next().unwrap_or(path);
    let lone = files.into_iter().filter(|path| name(path) != known::FIGURES && !known.contains(name(path)));
    lone.map(|path| Problem::new(path, "has no row in figures.csv")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::{Cause, Difference, Whose};

    fn known(causes: &[&str]) -> Known {
        let row = |number: usize| Difference {
            row: number.to_string(),
            official: "I".to_owned(),
            book: "II".to_owned(),
        };
        causes.iter().enumerate().map(|(at, cause)| (row(at), Cause::of(Whose::Theirs, cause))).collect()
    }

    fn figure(differ: usize) -> Figure {
        Figure { state: "Index".to_owned(), file: "index.csv".to_owned(), rows: 100, differ }
    }

    #[test]
    fn a_file_has_as_many_rows_as_the_best_figure() {
        assert!(of_file("f", &figure(2), &known(&["one", "two"])).is_empty());
        assert_eq!(of_file("f", &figure(1), &known(&["one", "two"])).len(), 1);
        assert_eq!(of_file("f", &figure(3), &known(&["one", "two"])).len(), 1);
    }

    #[test]
    fn every_row_has_a_cause() {
        assert_eq!(of_file("f", &figure(2), &known(&["one", ""])).len(), 1);
        assert_eq!(of_file("f", &figure(1), &known(&["not explained yet"])).len(), 1);
    }

    #[test]
    fn every_file_has_a_figure() {
        assert!(without_figure(&[figure(1)], ["a/index.csv", "a/figures.csv"]).is_empty());
        assert_eq!(without_figure(&[figure(1)], ["a/lost.csv"]).len(), 1);
    }
}
